//! [`Metadata`]: all that a database holds, as far as somebody described it.
//!
//! It is filled by simulating operations, by reading a database, or from an application's models. It does not say which
//! database it is of, and knows no SQL.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::schema::{
    Column, Constraint, Enumeration, Extension, ForeignKey, Function, Index, QualifiedName, Sequence, Table,
    Trigger, View,
};

/// All that a database holds, each thing by its name. A copy shares what neither side changes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Metadata {
    /// Schemas, the namespaces of the rest. What lives in one may be here while the schema itself is not, because
    /// somebody else made it.
    pub schemas: BTreeSet<String>,
    /// Tables, with their columns and constraints. An enum type of a column is always an
    /// [existing](Enumeration::existing) one here: the type itself stands in [`enumerations`](Self::enumerations).
    pub tables: BTreeMap<QualifiedName, Arc<Table>>,
    /// Indexes, by their table and their name.
    pub indexes: BTreeMap<(QualifiedName, String), Arc<Index>>,
    /// Views, materialized ones included.
    pub views: BTreeMap<QualifiedName, Arc<View>>,
    /// Triggers, by the table or view that they are on and their name.
    pub triggers: BTreeMap<(QualifiedName, String), Arc<Trigger>>,
    /// Stored functions, by their name and arguments.
    pub functions: BTreeMap<(QualifiedName, String), Arc<Function>>,
    /// Sequences that were created by themselves; not those of identity columns.
    pub sequences: BTreeMap<QualifiedName, Arc<Sequence>>,
    /// Named enum types, however they came to be.
    pub enumerations: BTreeMap<QualifiedName, Arc<Enumeration>>,
    /// Extensions.
    pub extensions: BTreeMap<String, Arc<Extension>>,
}

impl Metadata {
    /// Takes in what another describes too.
    pub fn extend(&mut self, other: Self) {
        let Self {
            schemas,
            tables,
            indexes,
            views,
            triggers,
            functions,
            sequences,
            enumerations,
            extensions,
        } = other;
        self.schemas.extend(schemas);
        self.tables.extend(tables);
        self.indexes.extend(indexes);
        self.views.extend(views);
        self.triggers.extend(triggers);
        self.functions.extend(functions);
        self.sequences.extend(sequences);
        self.enumerations.extend(enumerations);
        self.extensions.extend(extensions);
    }

    /// The indexes of a table, by name.
    pub fn indexes_of<'m>(&'m self, table: &'m QualifiedName) -> impl Iterator<Item = &'m Arc<Index>> {
        of(&self.indexes, table)
    }

    /// The triggers of a table or view, by name.
    pub fn triggers_of<'m>(&'m self, table: &'m QualifiedName) -> impl Iterator<Item = &'m Arc<Trigger>> {
        of(&self.triggers, table)
    }

    /// The foreign keys that point to a table, each with the table that it is of.
    pub fn foreign_keys_to<'m>(
        &'m self,
        table: &'m QualifiedName,
    ) -> impl Iterator<Item = (&'m QualifiedName, &'m ForeignKey)> {
        let all = self.tables.values().flat_map(|from| {
            let keys = from.constraints.iter().filter_map(Constraint::foreign_key);
            keys.map(move |key| (&from.name, key))
        });
        all.filter(move |(_, key)| key.referent == *table)
    }

    /// A column that has an enum type, and its table.
    #[must_use]
    pub fn column_of_enum(&self, name: &QualifiedName) -> Option<(&QualifiedName, &Column)> {
        self.tables.values().find_map(|table| {
            let column = table.columns.iter().find(|column| column.has_enum(name))?;
            Some((&table.name, column))
        })
    }

    /// The function that is meant by a name and arguments: the one with just these arguments, or else the only one of
    /// that name, since arguments can be spelled in more than one way.
    #[must_use]
    pub fn function(&self, name: &QualifiedName, arguments: &str) -> Option<&Arc<Function>> {
        let exact = self.functions.get(&(name.clone(), arguments.to_owned()));
        exact.or_else(|| {
            let mut named = of(&self.functions, name);
            named.next().filter(|_| named.next().is_none())
        })
    }

    /// A table, to be changed.
    pub fn table_mut(&mut self, name: &QualifiedName) -> Option<&mut Table> {
        self.tables.get_mut(name).map(Arc::make_mut)
    }

    /// The tables that fulfil a condition, to be changed; the others stay shared.
    pub fn tables_mut(&mut self, condition: impl Fn(&Table) -> bool) -> impl Iterator<Item = &mut Table> {
        let chosen = self.tables.values_mut().filter(move |table| condition(table));
        chosen.map(Arc::make_mut)
    }
}

/// What stands under a name and anything.
fn of<'m, 'n, T>(
    map: &'m BTreeMap<(QualifiedName, String), Arc<T>>,
    name: &'n QualifiedName,
) -> impl Iterator<Item = &'m Arc<T>> + use<'m, 'n, T> {
    let from = map.range((name.clone(), String::new())..);
    from.take_while(move |((of, _), _)| of == name)
        .map(|(_, value)| value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_function_is_found_by_its_arguments_or_by_its_name_alone() {
        let mut metadata = Metadata::default();
        let mut add = |name: &str, arguments: &str| {
            let function = Function::of(name, arguments, "");
            let key = (function.name.clone(), function.arguments.clone());
            metadata.functions.insert(key, Arc::new(function));
        };
        add("touch", "row_id integer");
        add("total", "integer");
        add("total", "text");
        let found = |name: &str, arguments: &str| {
            let function = metadata.function(&name.into(), arguments);
            function.map(|function| function.arguments.clone())
        };
        assert_eq!(found("touch", "integer").as_deref(), Some("row_id integer"));
        assert_eq!(found("total", "text").as_deref(), Some("text"));
        assert_eq!(found("total", "bigint"), None);
        assert_eq!(found("other", ""), None);
    }

    #[test]
    fn what_is_on_a_table_is_told_from_what_is_on_one_that_begins_alike() {
        let mut metadata = Metadata::default();
        for (table, name) in [("users", "b"), ("users", "a"), ("users_old", "c"), ("user", "d")] {
            let index = Index::new(name, table, vec!["id".into()]);
            let key = (index.table.clone(), index.name.clone());
            metadata.indexes.insert(key, Arc::new(index));
        }
        let users = "users".into();
        let names: Vec<&str> = metadata
            .indexes_of(&users)
            .map(|index| index.name.as_str())
            .collect();
        assert_eq!(names, ["a", "b"]);
    }
}
