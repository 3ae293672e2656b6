//! A second brain in small: notes, and who keeps them.
//!
//! Its settings are its own (`config`), the migrations' commands are told of them, and both stand in one command line:
//!
//! ```sh
//! cd examples/second-brain
//! cargo run -q -- migrate upgrade head
//! cargo run -q -- add-user ada@example.com Ada Lovelace
//! cargo run -q -- users
//! ```
//!
//! A migration for a changed model in `src/db/models.rs`: `cargo migrate revision --autogenerate -m "what changed"
//! --rev-id 003`. `compose.yaml` has PostgreSQL and the service, `backend`.

pub mod config;
pub mod db;
pub mod migrations;
