//! The models of a database that is there: a Rust file with a struct for each table, and an enum for each enum type.
//!
//! What is written derives what describes the same tables again. A name or text of the database is only ever a literal:
//! identifiers are made of it, and never taken from it. What models do not say stands at the top of the file.

mod attribute;
mod enumeration;
mod identifier;
mod imports;
mod rust;
mod structure;
mod unsaid;

use std::collections::{BTreeMap, BTreeSet};

use crate::autogenerate::draft::comment;
use crate::dialect::{Dialect, Reading};
use crate::schema::{Metadata, QualifiedName};

use enumeration::Enums;
use identifier::Identifiers;
use imports::Imports;

/// A file of models.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ModelFile {
    /// Its text.
    pub source: String,
    /// The features of migrate-core that its types need.
    pub features: BTreeSet<&'static str>,
    /// What the database holds and the models do not say, a line each. It stands in the file too.
    pub unsaid: Vec<String>,
}

/// The identifiers of what is written: of structs by table, of fields by table and column, of enums by type.
struct Names {
    structs: BTreeMap<QualifiedName, String>,
    fields: BTreeMap<QualifiedName, BTreeMap<String, String>>,
    enums: Enums,
}

/// The models of what was read of a database.
///
/// Tables stand in the order of their names, and the same is written on every run. The Rust types are those that sqlx
/// reads from this database, dates those of chrono; what sqlx does not read is a `String`, and said to be so.
///
/// ```
/// use migrate_core::autogenerate::models;
/// use migrate_core::dialect::{Reading, for_scheme};
/// use migrate_core::prelude::*;
///
/// let mut op = Op::new();
/// op.create_table("users", |t| {
///     t.column("id", integer()).primary_key();
///     t.column("email", varchar(255)).not_null().unique();
///     t.column("type", text());
/// });
/// let mut reading = Reading::default();
/// for recorded in op.finish() {
///     reading.metadata.apply(&recorded.operation).unwrap();
/// }
/// let file = models(for_scheme("postgres").unwrap(), &reading);
/// let expected = r#"
/// #[derive(Debug, sqlx::FromRow, Table)]
/// #[table(name = "users")]
/// pub struct User {
///     #[column(primary_key)]
///     pub id: i32,
///     #[column(length = 255, unique)]
///     pub email: String,
///     pub r#type: Option<String>,
/// }
/// "#;
/// assert!(file.source.ends_with(expected), "{}", file.source);
/// ```
#[must_use]
pub fn models(dialect: &dyn Dialect, reading: &Reading) -> ModelFile {
    let metadata = &reading.metadata;
    let names = names(metadata);
    let mut imports = Imports::default();
    let mut unread = Vec::new();
    let mut items: Vec<String> = names.enums.items(dialect, &mut imports).collect();
    for table in metadata.tables.values() {
        items.push(structure::item(
            dialect,
            metadata,
            &names,
            table,
            &mut imports,
            &mut unread,
        ));
    }
    let unsaid = unsaid::lines(reading, &names, unread);
    let mut source = "//! Models, as `generate models` made them of a database.\n".to_owned();
    for line in imports.needs() {
        source.extend(["// ", line.as_str(), "\n"]);
    }
    if !unsaid.is_empty() {
        source.push_str("//\n// What the database holds and the models do not say:\n");
    }
    for line in &unsaid {
        source.extend([comment(&format!("- {line}")).as_str(), "\n"]);
    }
    let lines = imports.lines();
    if !lines.is_empty() {
        source.push('\n');
        source.push_str(&lines);
    }
    for item in &items {
        source.push('\n');
        source.push_str(item);
    }
    ModelFile {
        source,
        features: imports.features(),
        unsaid,
    }
}

/// Structs come first to the good names, then enums.
fn names(metadata: &Metadata) -> Names {
    let mut taken = Identifiers::of_types();
    let mut structs = BTreeMap::new();
    let mut fields = BTreeMap::new();
    for (name, table) in &metadata.tables {
        structs.insert(name.clone(), taken.structure(name));
        let columns = table.columns.iter().map(|column| column.name.as_str());
        fields.insert(name.clone(), Identifiers::fields(columns));
    }
    let enums = Enums::of(metadata, &mut taken);
    Names {
        structs,
        fields,
        enums,
    }
}
