//! A private PostgreSQL server for tests: found or installed, started, and removed with all its data.

mod binaries;
mod server;

pub(crate) use binaries::find_or_install;
pub(crate) use server::{Durability, Server};
