//! A private MariaDB server for tests: found or installed, started, and removed with all its data.

mod binaries;
mod server;

pub(crate) use binaries::{Binaries, find_or_install};
pub(crate) use server::Server;
