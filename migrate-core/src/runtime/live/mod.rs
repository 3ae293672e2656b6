//! The live targets: a transaction for each migration, or one for the whole run.
//!
//! What they have in common, how a piece of work is sent, is in [`send`].

mod batches;
mod per_migration;
mod send;
mod single;

pub(crate) use per_migration::PerMigration;
pub(crate) use single::Single;
