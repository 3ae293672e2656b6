//! The revision graph: every rule about revisions, and nothing else.
//!
//! This crate knows no I/O, clock, environment or database, and its order never comes from a hash: it is
//! `no_std`, so the compiler holds that promise. What the macros, the runtime and the command line must agree
//! on about revisions lives here, once.
//!
//! Words that mean one thing everywhere in this workspace:
//! - A *base* revises nothing; a *head* is revised by nothing. An *effective head* is needed by nothing, by
//!   `down_revision` or `depends_on`. A *branch point* is revised by several, a *merge point* revises several.
//! - What a revision *needs* is what it revises and what it depends on. What is *applied* holds its needs.
//! - The *rows* of the version table are the applied revisions that no applied one needs.
//! - The *line* of a revision is its ancestors, itself and its descendants, by `down_revision`.
//! - A *target* is what people write (`head`, `cart@+2`): a [`RevisionSpec`], until it is resolved.
//! - A [`Plan`] is the steps from one state of the version table to another.
//! - A [`Draft`] is what the author of a new revision asks for; a [`Rebase`] is the change that makes one line
//!   of two heads.
//!
//! A set of [`Revision`]s becomes a [`RevisionMap`] if [`check()`] finds no problem in it. The map answers what
//! the graph is, resolves targets, makes plans, and works out new revisions and rebases:
//!
//! ```
//! use migrate_graph::{Heads, Revision, RevisionMap, RevisionSpec};
//!
//! let revision = |id: &str, down: &[&str]| Revision {
//!     id: id.parse().unwrap(),
//!     down_revisions: down.iter().map(|id| id.parse().unwrap()).collect(),
//!     depends_on: vec![],
//!     branch_labels: vec![],
//! };
//! let map = RevisionMap::new(vec![revision("a1", &[]), revision("b2", &["a1"])]).unwrap();
//! let current = Heads::read(&map, &["a1"]).unwrap();
//! let plan = map.plan_upgrade(&current, &RevisionSpec::parse("head").unwrap()).unwrap();
//! assert_eq!(plan.to[0].as_str(), "b2");
//! ```
#![no_std]

extern crate alloc;
#[cfg(any(test, feature = "source"))]
extern crate std;
// `drawn` is shared with the integration tests, which know this crate by its name.
#[cfg(test)]
extern crate self as migrate_graph;

pub mod check;
mod cycle;
pub mod draft;
#[cfg(test)]
mod drawn;
pub mod edges;
pub mod heads;
pub mod map;
mod nearest;
pub mod plan;
pub mod problem;
pub mod rebase;
pub mod refusal;
pub mod resolve;
pub mod revision;
#[cfg(feature = "source")]
pub mod source;
pub mod spec;
pub mod visible;
mod walk;

pub use check::check;
pub use draft::{Draft, DraftError};
pub use edges::{Edge, EdgeKind, GraphNode};
pub use heads::{Heads, VersionChange};
pub use map::RevisionMap;
pub use plan::{Direction, Plan, Step};
pub use problem::{Field, GraphError, GraphErrorKind};
pub use rebase::{Exit, Rebase, RebaseError};
pub use refusal::{ErrorKind, ResolveError};
pub use revision::{BranchLabel, InvalidName, InvalidNameReason, NameKind, Reference, Revision, RevisionId};
pub use spec::{Offset, RevisionSpec, SpecError, SpecErrorReason, SpecRange, Symbol};
