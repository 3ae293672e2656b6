//! Enum types as Rust enums.

use std::collections::BTreeMap;

use super::attribute::attributes;
use super::identifier::{Identifiers, pascal};
use super::imports::Imports;
use crate::autogenerate::render::literal::text;
use crate::dialect::Dialect;
use crate::schema::{Metadata, QualifiedName};

/// The enum types that columns have, but those without values: Rust has no value of an enum without variants.
pub(super) struct Enums(BTreeMap<QualifiedName, Enum>);

struct Enum {
    identifier: String,
    values: Vec<String>,
}

impl Enums {
    pub(super) fn of(metadata: &Metadata, taken: &mut Identifiers) -> Self {
        let columns = metadata.tables.values().flat_map(|table| &table.columns);
        let mut used: BTreeMap<&QualifiedName, &[String]> = BTreeMap::new();
        for of in columns.filter_map(|column| column.ty.enumeration()) {
            let known = metadata.enumerations.get(&of.name);
            used.insert(&of.name, known.map_or(&of.values, |known| &known.values));
        }
        used.retain(|_, values| !values.is_empty());
        let enums = used.into_iter().map(|(name, values)| {
            let one = Enum {
                identifier: taken.enumeration(name),
                values: values.to_vec(),
            };
            (name.clone(), one)
        });
        Self(enums.collect())
    }

    pub(super) fn identifier(&self, name: &QualifiedName) -> Option<&str> {
        self.0.get(name).map(|one| one.identifier.as_str())
    }

    pub(super) fn items<'e>(
        &'e self,
        dialect: &'e dyn Dialect,
        imports: &mut Imports,
    ) -> impl Iterator<Item = String> + 'e {
        if !self.0.is_empty() {
            imports.derive("Enumeration");
        }
        self.0.iter().map(move |(name, one)| item(dialect, name, one))
    }
}

fn item(dialect: &dyn Dialect, name: &QualifiedName, one: &Enum) -> String {
    let mut out = "#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::Type, Enumeration)]\n".to_owned();
    let plain = name.schema.is_none() && is_plain(&name.name);
    let type_name = if plain {
        name.name.clone()
    } else {
        let parts = name.schema.iter().chain([&name.name]);
        let parts: Vec<String> = parts.map(|part| dialect.identifier(part)).collect();
        parts.join(".")
    };
    let style = style(&one.values);
    let mut keys = vec![format!("type_name = {}", text(&type_name))];
    keys.extend(style.map(|style| format!("rename_all = {}", text(style))));
    out.push_str(&attributes("", "sqlx", &keys));
    if !plain {
        let schema = name
            .schema
            .iter()
            .map(|schema| format!("schema = {}", text(schema)));
        let keys: Vec<String> = schema.chain([format!("name = {}", text(&name.name))]).collect();
        out.push_str(&attributes("", "enumeration", &keys));
    }
    out.extend(["pub enum ", &one.identifier, " {\n"]);
    let mut taken = Identifiers::default();
    for value in &one.values {
        let variant = taken.variant(value);
        if style.is_none() && variant != *value {
            out.push_str(&attributes(
                "    ",
                "sqlx",
                &[format!("rename = {}", text(value))],
            ));
        }
        out.extend(["    ", &variant, ",\n"]);
    }
    out.push_str("}\n");
    out
}

/// A name that SQL reads as it is without quotes.
fn is_plain(name: &str) -> bool {
    let right = |one: char| one.is_ascii_lowercase() || one.is_ascii_digit() || one == '_';
    name.chars().all(right) && name.starts_with(|first: char| !first.is_ascii_digit())
}

/// The style in which sqlx makes all values of their variants, where that is certain.
fn style(values: &[String]) -> Option<&'static str> {
    let word = |word: &str| !word.is_empty() && word.chars().all(|one| one.is_ascii_lowercase());
    if !values.iter().all(|value| pascal(value) != "Self") {
        None
    } else if values.iter().all(|value| word(value)) {
        Some("lowercase")
    } else if values
        .iter()
        .all(|value| value.split('_').all(|part| word(part) && part.len() > 1))
    {
        Some("snake_case")
    } else {
        None
    }
}
