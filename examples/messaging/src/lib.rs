//! An AI messaging backend in small: people write to each other, or to a model.
//!
//! It has a command line of its own, `messaging send` and `messaging inbox`, and mounts the migrations' commands in it:
//!
//! ```sh
//! cd examples/messaging && cp .env.example .env
//! cargo run -q -- migrate upgrade head
//! cargo run -q -- send ada@example.com grace@example.com "Is it a moth?"
//! cargo run -q -- inbox grace@example.com
//! ```
//!
//! `migrate.toml` says so to the installed command: `cargo migrate upgrade head` does the same, and builds first. A
//! migration for a changed model in `src/models.rs`: `cargo migrate revision --autogenerate -m "your description"`.

pub mod mailbox;
pub mod migrations;
pub mod models;
