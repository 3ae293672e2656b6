//! What the catalog of MySQL and MariaDB holds, as a model: the queries, and what their answers mean.
//!
//! There is one query for each kind of thing, and so as many for one table as for a thousand. None joins two views of
//! `information_schema`: MariaDB has no index for such a join, so that what belongs together is put together here. What
//! only one of the two servers has stands in a comment that only that one runs, as for a session's settings.
//! Triggers, routines and MariaDB's sequences are in the notes only.
//!
//! Whatever is only MySQL's (its spelling of defaults and conditions, functional indexes, `NOT ENFORCED`) follows its manual
//! and is not tested on a server.

mod columns;
mod indexes;
mod keys;
mod objects;
mod row;
mod tables;

use std::collections::BTreeMap;

use crate::dialect::mysql::MySql;
use crate::dialect::{Dialect, Note, Present, Reading, Scope, Unreadable};
use crate::schema::{Metadata, QualifiedName};

/// The database that is used, and whether the server is MariaDB.
const SESSION: &str = "SELECT DATABASE(), IF(VERSION() LIKE '%MariaDB%', 'YES', 'NO')";

/// See [`Dialect::catalog`].
pub(super) fn queries(scope: &Scope) -> Vec<String> {
    let chosen = match scope {
        Scope::Current => "= DATABASE()".to_owned(),
        Scope::Schemas(schemas) => {
            // A list may not be empty.
            let names = schemas.iter().map(|name| MySql.literal(name));
            let names: Vec<String> = std::iter::once("NULL".to_owned()).chain(names).collect();
            format!("IN ({})", names.join(", "))
        }
    };
    let bodies = [
        objects::SCHEMAS,
        tables::TABLES,
        columns::COLUMNS,
        indexes::INDEXES,
        keys::FOREIGN_KEYS,
        keys::RULES,
        keys::CHECKS,
        keys::CHECKED,
        objects::VIEWS,
        objects::NOTES,
    ];
    let queries = bodies.iter().map(|body| body.replace("{chosen}", &chosen));
    std::iter::once(SESSION.to_owned()).chain(queries).collect()
}

/// See [`Dialect::read`].
pub(super) fn read(answers: &[Present]) -> Result<Reading, Unreadable> {
    let [
        session,
        schemas,
        tables,
        columns,
        indexes,
        foreign_keys,
        rules,
        checks,
        checked,
        views,
        notes,
    ] = answers
    else {
        let count = answers.len().to_string();
        return Err(row::unreadable("the number of answers", Some(&count)));
    };
    let (mut is_mariadb, mut schema) = (false, None);
    for row in row::rows(session) {
        let [current, mariadb] = row?;
        // Without one, nothing would be found and all of it taken for missing.
        schema = Some(row::required(current, "the database that is used")?.to_owned());
        is_mariadb = row::flag(mariadb, "whether the server is MariaDB")?;
    }
    let mut metadata = Metadata::default();
    let mut unsaid: Vec<Note> = Vec::new();
    objects::schemas(&mut metadata, schemas)?;
    let mut tables = tables::tables(tables, &mut unsaid)?;
    columns::columns(&mut tables, is_mariadb, columns, &mut unsaid)?;
    keys::foreign_keys(&mut tables, foreign_keys, rules)?;
    keys::checks(&mut tables, is_mariadb, checks, checked, &mut unsaid)?;
    indexes::indexes(&mut metadata, &mut tables, is_mariadb, indexes, &mut unsaid)?;
    objects::views(&mut metadata, views)?;
    metadata.tables = tables
        .into_iter()
        .map(|(name, table)| (name, table.table.into()))
        .collect();
    for row in row::rows(notes) {
        let [subject, said] = row?;
        unsaid.push(note(
            row::required(subject, "what a note is about")?,
            row::required(said, "what a note says")?,
        ));
    }
    unsaid.sort();
    Ok(Reading {
        schema,
        undescribed: BTreeMap::new(),
        notes: unsaid,
        metadata,
    })
}

fn note(subject: impl Into<String>, unsaid: &str) -> Note {
    Note {
        subject: subject.into(),
        unsaid: unsaid.to_owned(),
    }
}

/// A name, with its schema unless that is the current one.
fn name(schema: Option<&str>, name: Option<&str>) -> Result<QualifiedName, Unreadable> {
    Ok(QualifiedName {
        schema: schema.map(str::to_owned),
        name: row::required(name, "a name")?.to_owned(),
    })
}

/// SQL as it was before MySQL escaped what `information_schema` tells of it (`_utf8mb4\'a\'`); MariaDB does not.
fn unescaped(sql: &str, is_mariadb: bool) -> String {
    if is_mariadb {
        return sql.to_owned();
    }
    let mut text = String::new();
    let mut characters = sql.chars();
    while let Some(character) = characters.next() {
        match character {
            '\\' => text.extend(characters.next()),
            other => text.push(other),
        }
    }
    text
}
