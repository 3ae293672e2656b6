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
pub mod edges;
pub mod heads;
pub mod map;
mod nearest;
pub mod plan;
pub mod refusal;
pub mod resolve;
pub mod revision;
#[cfg(feature = "source")]
pub mod source;
pub mod spec;
mod walk;

pub use check::{Field, GraphError, GraphErrorKind, check};
pub use edges::{Edge, EdgeKind, GraphNode};
pub use heads::{Heads, VersionChange};
pub use map::RevisionMap;
pub use plan::{Direction, Plan, Step};
pub use refusal::{ErrorKind, ResolveError};
pub use revision::{BranchLabel, InvalidName, InvalidNameReason, NameKind, Reference, Revision, RevisionId};
pub use spec::{Offset, RevisionSpec, SpecError, SpecErrorReason, SpecRange, Symbol};
