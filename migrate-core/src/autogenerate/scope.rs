//! What of a database is compared at all.

use std::collections::BTreeSet;

use crate::schema::{Metadata, Type};

/// What is there, without the kinds of things that models need not describe, unless they do: views, triggers, functions,
/// sequences, extensions, schemas, and enum types that no column has. Nobody is told to drop these. A sequence that a column
/// owns stays, for it may be what numbers that.
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
        .retain(|name, sequence| wanted.sequences.contains_key(name) || sequence.owned_by.is_some());
    present
        .extensions
        .retain(|name, _| wanted.extensions.contains_key(name));
    present
        .enumerations
        .retain(|name, _| wanted.enumerations.contains_key(name) || used.contains(name));
    present
}

/// The same without the sequences that no model describes, when the columns that own them are settled.
pub(super) fn without_owned(mut present: Metadata, wanted: &Metadata) -> Metadata {
    present
        .sequences
        .retain(|name, _| wanted.sequences.contains_key(name));
    present
}

/// What is wanted, with the schemas in which it is and nothing is yet. One in which there is something was made by
/// somebody, whoever that was.
pub(super) fn with_schemas(present: &Metadata, wanted: &Metadata) -> Metadata {
    let of = |metadata: &Metadata| -> BTreeSet<String> {
        let tables = metadata.tables.keys();
        let names = tables
            .chain(metadata.enumerations.keys())
            .chain(metadata.sequences.keys());
        names.filter_map(|name| name.schema.clone()).collect()
    };
    let mut wanted = wanted.clone();
    let there = of(present);
    wanted.schemas.extend(of(&wanted).difference(&there).cloned());
    wanted
}
