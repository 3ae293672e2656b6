//! Transcripts of `cargo migrate` on source files, most of which do not compile.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod drawing;
mod edit;
mod finding;
mod init;
mod pages;
mod reading;
mod rebase;
mod same;
mod status;

use migrate_tests::Project;

fn project() -> Project {
    Project::new(env!("CARGO_BIN_EXE_fixture-cargo-migrate"))
}

fn empty() -> Project {
    Project::empty(env!("CARGO_BIN_EXE_fixture-cargo-migrate"))
}
