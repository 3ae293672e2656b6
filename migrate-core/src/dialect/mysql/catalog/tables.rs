//! Tables, without what stands in them.

use std::collections::BTreeMap;

use super::{name, note, row};
use crate::dialect::{Note, Present, Unreadable};
use crate::schema::{Backend, QualifiedName, Table};

/// The engine is given where it is not `InnoDB`, and the collation wherever there is one.
pub(super) const TABLES: &str = "SELECT NULLIF(table_schema, DATABASE()), table_name, table_comment,
    NULLIF(engine, 'InnoDB'), table_collation,
    IF(create_options LIKE '%partitioned%', 'YES', 'NO'), IF(table_type = 'SYSTEM VERSIONED', 'YES', 'NO')
FROM information_schema.tables
WHERE table_schema {chosen} AND table_type IN ('BASE TABLE', 'SYSTEM VERSIONED') ORDER BY 1, 2";

/// A table, and what its columns are measured by.
pub(super) struct Read {
    pub(super) table: Table,
    pub(super) collation: Option<String>,
}

pub(super) type Tables = BTreeMap<QualifiedName, Read>;

pub(super) fn tables(present: &Present, notes: &mut Vec<Note>) -> Result<Tables, Unreadable> {
    let mut tables = BTreeMap::new();
    for row in row::rows(present) {
        let [schema, of, comment, engine, collation, partitioned, versioned] = row?;
        let name = name(schema, of)?;
        for (is_so, unsaid) in [
            (partitioned, "its partitions are not described"),
            (versioned, "that its old rows are kept is not described"),
        ] {
            if row::flag(is_so, "what a table is like")? {
                notes.push(note(format!("table `{name}`"), unsaid));
            }
        }
        let options = engine.map(|engine| (Backend::MySql, format!("ENGINE={engine}")));
        let table = Table {
            comment: comment.filter(|text| !text.is_empty()).map(str::to_owned),
            options: options.into_iter().collect(),
            ..Table::new(name)
        };
        let read = Read {
            collation: collation.map(str::to_owned),
            table,
        };
        tables.insert(read.table.name.clone(), read);
    }
    Ok(tables)
}
