//! [`Filter`]: which part of a database models are compared with.
//!
//! It says what is looked at, on both sides alike, and nothing of how it is compared.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

use crate::schema::{Element, Metadata, QualifiedName, Type};

/// What is compared. By default it is all that models describe, and all that migrations made.
///
/// A pattern is a table's name, in which `*` stands for any text; one with a `.` has the schema before it. What a table
/// has goes with it: its columns, constraints and indexes.
///
/// ```
/// use migrate_core::model::Filter;
/// use migrate_core::schema::{Element, qualified};
///
/// let filter = Filter::new()
///     .exclude("legacy_*")
///     .schema("auth")
///     .object(|element| !matches!(element, Element::Index(_, name) if name.ends_with("_tmp")));
/// assert!(filter.takes(&Element::Table("users".into())));
/// assert!(!filter.takes(&Element::Table("legacy_users".into())));
/// assert!(!filter.takes(&Element::Column("legacy_users".into(), "id".into())));
/// assert!(filter.takes(&Element::Table(qualified("auth", "users"))));
/// assert!(!filter.takes(&Element::Table(qualified("audit", "users"))));
/// assert!(!filter.takes(&Element::Index("users".into(), "ix_tmp".into())));
/// ```
#[derive(Clone, Default)]
pub struct Filter {
    include: Vec<String>,
    exclude: Vec<String>,
    schemas: BTreeSet<String>,
    objects: Vec<Arc<Predicate>>,
    unknown_tables: bool,
}

type Predicate = dyn Fn(&Element) -> bool + Send + Sync;

impl Filter {
    /// All of it.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Of the tables those alone that match this pattern, or another that is included.
    #[must_use]
    pub fn include(mut self, pattern: impl Into<String>) -> Self {
        self.include.push(pattern.into());
        self
    }

    /// Without the tables that match this pattern, whatever is included.
    #[must_use]
    pub fn exclude(mut self, pattern: impl Into<String>) -> Self {
        self.exclude.push(pattern.into());
        self
    }

    /// Of what says its schema only what is in this one, or in another that is named so. What says none is compared all
    /// the same.
    #[must_use]
    pub fn schema(mut self, name: impl Into<String>) -> Self {
        self.schemas.insert(name.into());
        self
    }

    /// Only what this is true of. It is asked of tables, columns, constraints, indexes, enum types, sequences, views and
    /// triggers, and of none of them where something before says no.
    #[must_use]
    pub fn object(mut self, takes: impl Fn(&Element) -> bool + Send + Sync + 'static) -> Self {
        self.objects.push(Arc::new(takes));
        self
    }

    /// Also the tables that neither a model describes nor a migration made: that they go is then what is wanted. The
    /// tool's own tables are never looked at.
    #[must_use]
    pub fn unknown_tables(mut self) -> Self {
        self.unknown_tables = true;
        self
    }

    /// Whether something is compared.
    #[must_use]
    pub fn takes(&self, element: &Element) -> bool {
        let name = match element {
            Element::Table(name)
            | Element::Column(name, _)
            | Element::Constraint(name, _)
            | Element::Index(name, _)
            | Element::Trigger(name, _) => {
                if !self.takes_table(name) {
                    return false;
                }
                name.schema.as_ref()
            }
            Element::View(name)
            | Element::Sequence(name)
            | Element::EnumType(name)
            | Element::EnumValue(name, _)
            | Element::Function(name) => name.schema.as_ref(),
            Element::Schema(name) => Some(name),
            Element::Extension(_) => None,
        };
        name.is_none_or(|schema| self.schemas.is_empty() || self.schemas.contains(schema))
            && self.objects.iter().all(|takes| takes(element))
    }

    fn takes_table(&self, name: &QualifiedName) -> bool {
        let any = |patterns: &[String]| patterns.iter().any(|pattern| is_meant(pattern, name));
        (self.include.is_empty() || any(&self.include)) && !any(&self.exclude)
    }

    /// The schemas that are named.
    pub(crate) fn schemas(&self) -> &BTreeSet<String> {
        &self.schemas
    }

    /// Whether tables are compared that nobody knows.
    pub(crate) fn has_unknown_tables(&self) -> bool {
        self.unknown_tables
    }

    /// What of this is compared.
    pub(crate) fn part_of(&self, mut metadata: Metadata) -> Metadata {
        let takes = |element: Element| self.takes(&element);
        metadata
            .schemas
            .retain(|name| takes(Element::Schema(name.clone())));
        metadata
            .tables
            .retain(|name, _| takes(Element::Table(name.clone())));
        for table in metadata.tables_mut(|_| !self.objects.is_empty()) {
            let name = table.name.clone();
            table
                .columns
                .retain(|column| takes(Element::Column(name.clone(), column.name.clone())));
            table
                .constraints
                .retain(|constraint| takes(Element::Constraint(name.clone(), constraint.name().to_owned())));
        }
        metadata
            .indexes
            .retain(|(table, name), _| takes(Element::Index(table.clone(), name.clone())));
        metadata
            .triggers
            .retain(|(table, name), _| takes(Element::Trigger(table.clone(), name.clone())));
        metadata
            .views
            .retain(|name, _| takes(Element::View(name.clone())));
        metadata
            .sequences
            .retain(|name, _| takes(Element::Sequence(name.clone())));
        metadata
            .enumerations
            .retain(|name, _| takes(Element::EnumType(name.clone())));
        metadata
    }

    /// The same of what is wanted: an enum type that only what is left out has is left out, too.
    pub(crate) fn part_of_wanted(&self, metadata: Metadata) -> Metadata {
        let before = enumerations(&metadata);
        let mut part = self.part_of(metadata);
        let after = enumerations(&part);
        part.enumerations
            .retain(|name, _| after.contains(name) || !before.contains(name));
        part
    }

    /// The patterns and schemas that mean none of these tables: probably somebody's slip.
    pub(crate) fn without_effect<'n>(&self, tables: impl Iterator<Item = &'n QualifiedName>) -> Vec<String> {
        let tables: Vec<&QualifiedName> = tables.collect();
        let patterns = self.include.iter().chain(&self.exclude);
        let unmet = patterns.filter(|pattern| !tables.iter().any(|table| is_meant(pattern, table)));
        let empty = self
            .schemas
            .iter()
            .filter(|schema| !tables.iter().any(|table| table.schema.as_ref() == Some(schema)));
        unmet.chain(empty).cloned().collect()
    }
}

impl fmt::Debug for Filter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Filter")
            .field("include", &self.include)
            .field("exclude", &self.exclude)
            .field("schemas", &self.schemas)
            .field("objects", &self.objects.len())
            .field("unknown_tables", &self.unknown_tables)
            .finish()
    }
}

/// The enum types that columns have.
fn enumerations(metadata: &Metadata) -> BTreeSet<QualifiedName> {
    let columns = metadata.tables.values().flat_map(|table| &table.columns);
    let types = columns.filter_map(|column| Type::enumeration(&column.ty));
    types.map(|enumeration| enumeration.name.clone()).collect()
}

/// Whether a pattern means a table.
fn is_meant(pattern: &str, table: &QualifiedName) -> bool {
    let qualified = table
        .schema
        .as_ref()
        .map(|schema| format!("{schema}.{}", table.name));
    matches(pattern, &table.name) || qualified.is_some_and(|name| matches(pattern, &name))
}

/// Whether a text is what a pattern says, in which `*` is any text: each piece between two of them where it comes first.
fn matches(pattern: &str, text: &str) -> bool {
    let Some((head, rest)) = pattern.split_once('*') else {
        return pattern == text;
    };
    let (pieces, tail) = rest.rsplit_once('*').unwrap_or(("", rest));
    let Some(middle) = text.strip_prefix(head).and_then(|text| text.strip_suffix(tail)) else {
        return false;
    };
    let mut left = middle;
    pieces.split('*').all(|piece| match left.split_once(piece) {
        Some((_, after)) => {
            left = after;
            true
        }
        None => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::qualified;

    #[test]
    fn a_star_is_any_text_and_all_else_is_itself() {
        for (pattern, text, expected) in [
            ("users", "users", true),
            ("users", "Users", false),
            ("user", "users", false),
            ("*", "", true),
            ("*", "anything", true),
            ("a*", "a", true),
            ("a*a", "a", false),
            ("a*a", "aba", true),
            ("*_old", "users_old", true),
            ("*_old", "users_older", false),
            ("a*b*c", "a1b2c", true),
            ("a*b*c", "acbc", true),
            ("a*b*c", "a1c2b", false),
            ("a**b", "ab", true),
            ("*a*a*", "a", false),
            ("a?b", "axb", false),
        ] {
            assert_eq!(matches(pattern, text), expected, "{pattern} {text}");
        }
    }

    #[test]
    fn a_pattern_with_a_point_says_the_schema() {
        let table = qualified("auth", "users");
        assert!(is_meant("users", &table));
        assert!(is_meant("auth.*", &table));
        assert!(!is_meant("audit.*", &table));
        assert!(!is_meant("auth.*", &"users".into()));
    }
}
