//! What a private server has that nobody else has: a password and a port.

use std::hash::{BuildHasher, Hasher, RandomState};
use std::net::TcpListener;

use crate::failure::{Failure, io_failure};

/// A password of sixteen characters.
pub(crate) fn password() -> String {
    format!("{:016x}", RandomState::new().build_hasher().finish())
}

/// A port that nobody listens on. Until it is taken, another program can take it.
pub(crate) fn free_port() -> Result<u16, Failure> {
    TcpListener::bind("127.0.0.1:0")
        .and_then(|listener| listener.local_addr())
        .map(|address| address.port())
        .map_err(|error| io_failure("find a free port", &error))
}
