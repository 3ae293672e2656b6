//! What of a database is compared at all.

use crate::schema::{Metadata, Type};

/// What is there, without the kinds of things that models need not describe, unless they do: views, triggers, functions,
/// sequences, extensions, schemas, and enum types that no column has. Nobody is told to drop these.
pub(super) fn described(present: &Metadata, wanted: &Metadata) -> Metadata {
    let mut present = present.clone();
    let used: Vec<_> = present
        .tables
        .values()
        .flat_map(|table| table.columns.iter())
        .filter_map(|column| Type::enumeration(&column.ty))
        .map(|enumeration| enumeration.name.clone())
        .collect();
    present.schemas.retain(|name| wanted.schemas.contains(name));
    present.views.retain(|name, _| wanted.views.contains_key(name));
    present
        .triggers
        .retain(|key, _| wanted.triggers.contains_key(key));
    present
        .functions
        .retain(|key, _| wanted.functions.contains_key(key));
    present
        .sequences
        .retain(|name, _| wanted.sequences.contains_key(name));
    present
        .extensions
        .retain(|name, _| wanted.extensions.contains_key(name));
    present
        .enumerations
        .retain(|name, _| wanted.enumerations.contains_key(name) || used.contains(name));
    present
}
