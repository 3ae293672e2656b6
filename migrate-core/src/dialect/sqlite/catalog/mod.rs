//! What SQLite's catalog holds, as a model: the queries, and what their answers mean.
//!
//! The catalog is text: the statements that made what is there, as their authors wrote them, read by the reader that a
//! rebuild has too. There are two queries, however many tables there are: the texts, and the columns that SQLite itself
//! reads in them, which have to be those that are read here. Left out are tables of the database itself (`sqlite_..`),
//! virtual tables with what they keep their rows in, and the indexes of constraints; a text that is not understood is in
//! the notes.
//!
//! A schema is an attached database; one that is not there is the database's error, since its catalog cannot be asked.

mod object;
mod table;

use std::collections::BTreeMap;

use crate::dialect::sql::{identifier, literal};
use crate::dialect::sqlite::Sqlite;
use crate::dialect::sqlite::definition::{Definition, Unread};
use crate::dialect::{Dialect, Note, Present, Reading, Scope, Unreadable};
use crate::schema::{Index, Metadata, QualifiedName, Trigger, View};

/// The database in which a table without a schema is made.
const MAIN: &str = "main";

/// See [`Dialect::catalog`].
pub(super) fn queries(scope: &Scope) -> Vec<String> {
    let schemas = match scope {
        Scope::Current => vec![MAIN.to_owned()],
        Scope::Schemas(names) => names.clone(),
    };
    let texts = schemas.iter().map(|schema| {
        let unqualified = schema.eq_ignore_ascii_case(MAIN);
        let (name, catalog) = (literal(schema), format!("{}.sqlite_schema", identifier(schema)));
        format!(
            "SELECT {} AS schema, s.type, s.name, s.tbl_name, s.sql, l.type AS kind, {name} AS home, s.rowid AS place \
             FROM {catalog} AS s LEFT JOIN listed AS l \
             ON s.type = 'table' AND l.schema = {name} COLLATE NOCASE AND l.name = s.name \
             WHERE s.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'",
            if unqualified { "NULL" } else { &name }
        )
    });
    let texts: Vec<String> = texts.collect();
    let texts = if texts.is_empty() {
        "SELECT NULL AS schema, NULL AS type, NULL AS name, NULL AS tbl_name, NULL AS sql, NULL AS kind, NULL AS home, 0 AS place \
         WHERE 0"
            .to_owned()
    } else {
        texts.join(" UNION ALL ")
    };
    // Both are made once, or SQLite would list all tables for each of them.
    let things = format!(
        "WITH listed AS MATERIALIZED (SELECT schema, name, type FROM pragma_table_list), thing AS MATERIALIZED ({texts})"
    );
    vec![
        format!(
            "{things} SELECT schema, type, name, tbl_name, sql, kind FROM thing ORDER BY schema, type, name, place"
        ),
        format!(
            "{things} SELECT t.schema, t.name, c.name FROM thing AS t, pragma_table_xinfo(t.name, t.home) AS c \
             WHERE t.type = 'table' AND t.kind = 'table' ORDER BY t.schema, t.name, c.cid"
        ),
    ]
}

/// A text of the catalog.
struct Thing<'p> {
    /// What it is named, with its schema unless that is the main one.
    name: QualifiedName,
    /// The table that it is on.
    table: QualifiedName,
    sql: &'p str,
}

impl Thing<'_> {
    fn note(&self, what: &str, unsaid: impl Into<String>) -> Note {
        Note {
            subject: format!("{what} `{}`", self.name),
            unsaid: unsaid.into(),
        }
    }

    fn not_understood(&self, what: &str, unread: &Unread) -> Note {
        self.note(
            what,
            format!(
                "it is not described, for a part of its text is not understood: {}",
                unread.0
            ),
        )
    }
}

/// See [`Dialect::read`].
pub(super) fn read(answers: &[Present]) -> Result<Reading, Unreadable> {
    let [things, columns] = answers else {
        let count = answers.len().to_string();
        return Err(Unreadable::of(
            Sqlite.name(),
            "the number of answers",
            Some(&count),
        ));
    };
    let mut spelled: BTreeMap<QualifiedName, Vec<&str>> = BTreeMap::new();
    for row in rows(columns) {
        let [schema, table, column] = row?;
        let table = name(schema, required(table, "a table's name")?);
        spelled
            .entry(table)
            .or_default()
            .push(required(column, "a column's name")?);
    }
    let mut reading = Reading {
        schema: Some("main".into()),
        ..Reading::default()
    };
    let mut definitions: BTreeMap<QualifiedName, Definition> = BTreeMap::new();
    let (mut indexes, mut views, mut triggers) = (Vec::new(), Vec::new(), Vec::new());
    for row in rows(things) {
        let [schema, kind, of, table, sql, table_kind] = row?;
        // The index of a constraint has no text.
        let Some(sql) = sql else { continue };
        let thing = Thing {
            name: name(schema, required(of, "a name")?),
            table: name(schema, required(table, "a table's name")?),
            sql,
        };
        reading.metadata.schemas.extend(schema.map(str::to_owned));
        match (required(kind, "a kind of thing")?, table_kind) {
            ("table", Some("shadow")) => {}
            ("table", Some("virtual")) => {
                reading
                    .notes
                    .push(thing.note("virtual table", "it is not described"));
                let why = "it is a virtual table".to_owned();
                reading.undescribed.insert(thing.name, why);
            }
            ("table", _) => match table::definition(&thing, spelled.get(&thing.name)) {
                Ok(definition) => drop(definitions.insert(thing.name, definition)),
                Err(unread) => {
                    reading.notes.push(thing.not_understood("table", &unread));
                    let why = format!("a part of its text is not understood: {}", unread.0);
                    reading.undescribed.insert(thing.name, why);
                }
            },
            ("index", _) => indexes.push(thing),
            ("view", _) => views.push(thing),
            ("trigger", _) => triggers.push(thing),
            (other, _) => return Err(Unreadable::of(Sqlite.name(), "a kind of thing", Some(other))),
        }
    }
    for (name, definition) in &definitions {
        let (table, notes) = table::table(name, definition, &definitions);
        reading.metadata.tables.insert(name.clone(), table.into());
        reading.notes.extend(notes);
    }
    objects(&mut reading, &indexes, &views, &triggers);
    Ok(reading)
}

/// What stands beside tables. What is on a table that is not described is not described either.
fn objects(reading: &mut Reading, indexes: &[Thing<'_>], views: &[Thing<'_>], triggers: &[Thing<'_>]) {
    for thing in indexes {
        let Some(table) = reading.metadata.tables.get(&thing.table) else {
            continue;
        };
        match Index::parse(thing, table) {
            Ok(index) => {
                let key = (index.table.clone(), index.name.clone());
                reading.metadata.indexes.insert(key, index.into());
            }
            Err(unread) => reading.notes.push(thing.not_understood("index", &unread)),
        }
    }
    for thing in views {
        match View::parse(thing) {
            Ok(view) => drop(reading.metadata.views.insert(view.name.clone(), view.into())),
            Err(unread) => reading.notes.push(thing.not_understood("view", &unread)),
        }
    }
    for thing in triggers {
        let Metadata { tables, views, .. } = &reading.metadata;
        if !tables.contains_key(&thing.table) && !views.contains_key(&thing.table) {
            continue;
        }
        match Trigger::parse(thing) {
            Ok(trigger) => {
                let key = (trigger.table.clone(), trigger.name.clone());
                reading.metadata.triggers.insert(key, trigger.into());
            }
            Err(unread) => reading.notes.push(thing.not_understood("trigger", &unread)),
        }
    }
}

/// The rows of an answer that has this many columns.
fn rows<const N: usize>(present: &Present) -> impl Iterator<Item = Result<[Option<&str>; N], Unreadable>> {
    present.rows.iter().map(|row| {
        let values: Vec<Option<&str>> = row.iter().map(Option::as_deref).collect();
        values
            .try_into()
            .map_err(|values: Vec<_>| Unreadable::of(Sqlite.name(), "a row", Some(&format!("{values:?}"))))
    })
}

fn required<'v>(value: Option<&'v str>, subject: &str) -> Result<&'v str, Unreadable> {
    value.ok_or_else(|| Unreadable::of(Sqlite.name(), subject, None))
}

fn name(schema: Option<&str>, name: &str) -> QualifiedName {
    QualifiedName {
        schema: schema.map(str::to_owned),
        name: name.to_owned(),
    }
}
