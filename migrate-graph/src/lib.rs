//! The revision graph: every rule about revisions, and nothing else.
//!
//! This crate knows no I/O, clock, environment or database, and its order never comes from a hash: it is
//! `no_std`, so the compiler holds that promise. What the macros, the runtime and the command line must agree
//! on about revisions lives here, once.
#![no_std]

extern crate alloc;
#[cfg(any(test, feature = "source"))]
extern crate std;

pub mod check;
mod cycle;
#[cfg(test)]
mod drawn;
pub mod map;
mod nearest;
pub mod revision;
#[cfg(feature = "source")]
pub mod source;

pub use check::{Field, GraphError, GraphErrorKind, check};
pub use map::RevisionMap;
pub use revision::{BranchLabel, InvalidName, InvalidNameReason, NameKind, Reference, Revision, RevisionId};
