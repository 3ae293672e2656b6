//! Transcripts of `cargo migrate` on source files, most of which do not compile.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod finding;
mod reading;
mod status;
