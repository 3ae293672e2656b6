//! Tables, without what stands in them.

use std::collections::BTreeMap;

use super::{name, row};
use crate::dialect::{Present, Unreadable};
use crate::schema::{Backend, QualifiedName, Table};

pub(super) const TABLES: &str = "SELECT schema, name, pg_catalog.obj_description(oid, 'pg_class'),
    'PARTITION BY ' || pg_catalog.pg_get_partkeydef(oid),
    'WITH (' || array_to_string(reloptions, ', ') || ')',
    CASE relkind WHEN 'f' THEN 'it is a foreign table' END
FROM relation WHERE relkind IN ('r', 'p', 'f') ORDER BY 1, 2";

/// The tables, and those that are not described.
type Tables = (BTreeMap<QualifiedName, Table>, BTreeMap<QualifiedName, String>);

pub(super) fn tables(present: &Present) -> Result<Tables, Unreadable> {
    let (mut tables, mut undescribed) = (BTreeMap::new(), BTreeMap::new());
    for row in row::rows(present) {
        let [schema, of, comment, partitions, parameters, why] = row?;
        if let Some(why) = why {
            undescribed.insert(name(schema, of)?, why.to_owned());
            continue;
        }
        let options = [partitions, parameters].into_iter().flatten();
        let table = Table {
            comment: comment.map(str::to_owned),
            options: options.map(|sql| (Backend::Postgres, sql.to_owned())).collect(),
            ..Table::new(name(schema, of)?)
        };
        tables.insert(table.name.clone(), table);
    }
    Ok((tables, undescribed))
}

/// The table that a row is about.
pub(super) fn of<'t>(
    tables: &'t mut BTreeMap<QualifiedName, Table>,
    name: &QualifiedName,
) -> Result<&'t mut Table, Unreadable> {
    let table = tables.get_mut(name);
    table.ok_or_else(|| row::unreadable("a table that was not listed", Some(&name.to_string())))
}
