//! The harness of the tests that need more than one crate or a real server.
//!
//! A test that needs PostgreSQL carries `#[ignore = "needs PostgreSQL: run by cargo xtask test"]`, one that needs
//! MariaDB, Alembic or Chromium the same with its name: `cargo test` reports them as ignored. Run without what it needs, such a test
//! fails; none passes without having looked.
#![expect(
    clippy::panic,
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on has failed"
)]

mod alembic;
pub mod book;
mod chromium;
mod client;
mod compose;
mod database;
pub mod described;
mod dockerfile;
mod fingerprint;
pub mod migrations;
pub mod models;
mod project;
pub mod proxy;
mod python;
pub mod recorded;
mod running;
mod transcript;
mod workflow;

pub use alembic::Alembic;
pub use chromium::Chromium;
pub use compose::{Compose, Up};
pub use database::TestDatabase;
pub use dockerfile::Dockerfile;
pub use project::{Project, build_apart, programs, workspace};
pub use python::python;
pub use running::Running;
pub use transcript::Transcript;
pub use workflow::Workflow;
