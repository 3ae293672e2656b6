//! Plans on drawn graphs: input and output together.
//!
//! A drawing is `id < what it revises | what it depends on @ its labels`, separated by `;`.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "../../src/drawn.rs"]
mod drawn;

mod dependencies;
mod history;
mod lines;
mod merges;
mod rows;
mod shown;
mod targets;
