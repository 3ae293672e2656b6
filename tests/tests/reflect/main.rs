//! Reading a database: what was made by directives is read back as what they say, and what a comparison finds leads there.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]

mod compared;
mod drafts;
mod fixpoint;
mod mysql;
mod postgres;
mod renamed;
mod server;
mod sqlite;
