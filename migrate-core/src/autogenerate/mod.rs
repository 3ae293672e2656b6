//! Autogenerate: what leads from the database that there is to the one that is wanted.
//!
//! [`compare`] takes two descriptions and gives operations, in an order in which a database takes them. It knows no
//! database: whoever calls it makes two spellings of one thing equal first, by [`settle`]. Nothing is asked here, and
//! nothing is written.

mod brought;
mod changes;
mod compare;
mod draft;
mod fillable;
mod models;
mod rename;
mod render;
mod scope;
mod settle;
mod words;

use std::collections::BTreeSet;

pub use changes::{Comparison, Open};
pub(crate) use draft::comment as remark;
pub use draft::{Draft, back, draft};
pub use models::{ModelFile, models};
pub use rename::renamed;
pub use render::render;
pub use settle::settle;
pub use words::words;

use crate::autogenerate::changes::Changes;
use crate::dialect::{Dialect, Rules};
use crate::model::Rename;
use crate::schema::{Metadata, QualifiedName};

/// The operations that make of what is there what is wanted, and what none can make.
///
/// Things are the same when they have the same name; what a name stands for is compared as a whole. The operations are
/// the same on every run: nothing depends on the order in which things were described, but the order of a new table's
/// columns.
///
/// ```
/// use migrate_core::autogenerate::compare;
/// use migrate_core::prelude::*;
/// use migrate_core::schema::Metadata;
///
/// let described = |record: fn(&mut Op)| {
///     let (mut op, mut metadata) = (Op::new(), Metadata::default());
///     record(&mut op);
///     for recorded in op.finish() {
///         metadata.apply(&recorded.operation).unwrap();
///     }
///     metadata
/// };
/// let present = described(|op| {
///     op.create_table("users", |t| {
///         t.column("id", integer()).primary_key();
///         t.column("name", varchar(40));
///     });
/// });
/// let wanted = described(|op| {
///     op.create_table("users", |t| {
///         t.column("id", integer()).primary_key();
///         t.column("email", varchar(255));
///     });
///     op.create_index(None, "users", ["email"]);
/// });
/// let operations: Vec<String> = compare(&present, &wanted)
///     .operations
///     .iter()
///     .map(ToString::to_string)
///     .collect();
/// assert_eq!(
///     operations,
///     ["add_column users.email", "create_index ix_users_email on users", "drop_column users.name"]
/// );
/// ```
#[must_use]
pub fn compare(present: &Metadata, wanted: &Metadata) -> Comparison {
    found(present, wanted, Rules::default())
}

/// As [`compare`], on the way that a database demands.
fn found(present: &Metadata, wanted: &Metadata, rules: Rules) -> Comparison {
    let mut changes = Changes::new(rules);
    compare::objects(present, wanted, &mut changes);
    compare::tables(present, wanted, &mut changes);
    changes.finish(present)
}

/// What makes a database of nothing: as [`difference`], but for all kinds of things, also for what is never compared.
#[must_use]
pub fn creation(dialect: &dyn Dialect, wanted: &Metadata) -> Comparison {
    let found = found(&Metadata::default(), wanted, dialect.rules());
    Comparison {
        operations: brought::brought(found.operations, &BTreeSet::new()),
        ..found
    }
}

/// What leads from what is there to what models want: as [`compare`], but on a database that spells things in its own
/// way, without what models need not describe, and with new enum types as the columns' own. What only has another name
/// gets it first: tables and columns of which `renames` say so, and then constraints and indexes that are the same.
///
/// `enums` are the enum types that some migration made, whether or not this database has such.
#[must_use]
pub fn difference(
    dialect: &dyn Dialect,
    present: &Metadata,
    wanted: &Metadata,
    enums: &BTreeSet<QualifiedName>,
    renames: &[Rename],
) -> Comparison {
    let wanted = &scope::with_schemas(present, wanted);
    let old = scope::described(present, wanted);
    let (present, mut operations) = renamed(&old, renames);
    let (present, more) = rename::names(dialect, present, wanted);
    operations.extend(more);
    let (settled, wanted) = settle::both(dialect, &present, wanted);
    let settled = scope::without_owned(settled, &wanted);
    let found = found(&settled, &wanted, dialect.rules());
    let there = present.enumerations.keys().chain(enums).cloned().collect();
    let before = rename::undone(found.before, &operations, &old);
    operations.extend(fillable::fillable(brought::brought(found.operations, &there)));
    Comparison {
        operations,
        before,
        likely: rename::likely(dialect, &present, &wanted),
        ..found
    }
}
