//! Indexes, and the keys that they are.
//!
//! A unique index over whole columns is a unique constraint: the server keeps no difference. Which index is a foreign
//! key's own, and so none of the model, is in [`normal`](crate::dialect::mysql::normal).

use std::sync::Arc;

use super::tables::Tables;
use super::{name, note, row, unescaped};
use crate::dialect::mysql::normal::{is_foreign_keys, unique_over};
use crate::dialect::{Note, Present, Unreadable};
use crate::schema::{
    Constraint, Index, IndexElement, IndexKey, Metadata, Order, PrimaryKey, QualifiedName, Sql, Unique,
    naming,
};

/// A row for each element. Only MySQL has such that are expressions.
pub(super) const INDEXES: &str =
    "SELECT NULLIF(table_schema, DATABASE()), table_name, index_name, IF(non_unique, 'NO', 'YES'),
    column_name, COALESCE(NULL /*!50708 , expression */), collation, sub_part, index_type, NULLIF(index_comment, '')
FROM information_schema.statistics WHERE table_schema {chosen} ORDER BY 1, 2, 3, seq_in_index";

pub(super) fn indexes(
    metadata: &mut Metadata,
    tables: &mut Tables,
    is_mariadb: bool,
    present: &Present,
    notes: &mut Vec<Note>,
) -> Result<(), Unreadable> {
    let mut all: Vec<Index> = Vec::new();
    for row in row::rows(present) {
        let [
            schema,
            table,
            of,
            unique,
            column,
            expression,
            direction,
            length,
            method,
            comment,
        ] = row?;
        let table = name(schema, table)?;
        let of = row::required(of, "an index's name")?;
        let method = method.unwrap_or_default().to_lowercase();
        let mut element = match (column, expression) {
            (Some(column), None) => IndexElement::from(column),
            (None, Some(sql)) => IndexElement::from(Sql(format!("({})", unescaped(sql, is_mariadb)))),
            (_, other) => return Err(row::unreadable("what an index is over", other)),
        };
        element.order = (direction == Some("D")).then_some(Order::Descending);
        // Of a place, the server tells how many bytes it takes.
        if method != "spatial" && method != "rtree" {
            element.length = row::number(length, "how much of a column an index takes")?;
        }
        match all.last_mut() {
            Some(index) if index.table == table && index.name == of => index.elements.push(element),
            Some(_) | None => {
                if comment.is_some() {
                    notes.push(note(
                        format!("index `{of}` of `{table}`"),
                        "its comment is not described",
                    ));
                }
                all.push(Index {
                    unique: row::flag(unique, "whether an index is unique")?,
                    method: match method.as_str() {
                        "btree" => None,
                        "rtree" => Some("spatial".into()),
                        _ => Some(method),
                    },
                    ..Index::new(of, table, vec![element])
                });
            }
        }
    }
    for index in all {
        index_of(metadata, tables, index);
    }
    Ok(())
}

fn index_of(metadata: &mut Metadata, tables: &mut Tables, index: Index) {
    let Some(read) = tables.get_mut(&index.table) else {
        return;
    };
    let constraints = &mut read.table.constraints;
    if index.name == "PRIMARY" {
        let columns = index.elements.iter().filter_map(|element| match &element.key {
            IndexKey::Column(column) => Some(column.clone()),
            IndexKey::Expression(_) => None,
        });
        constraints.push(Constraint::PrimaryKey(PrimaryKey {
            name: primary_key(&index.table),
            columns: columns.collect(),
            deferrable: None,
        }));
    } else if let Some(columns) = unique_over(&index) {
        constraints.push(Constraint::Unique(Unique {
            name: index.name,
            columns,
            nulls_not_distinct: false,
            deferrable: None,
        }));
    } else if !is_foreign_keys(&index, &read.table) {
        let key = (index.table.clone(), index.name.clone());
        metadata.indexes.insert(key, Arc::new(index));
    }
}

/// Every primary key is called `PRIMARY`: what the convention says of it.
fn primary_key(table: &QualifiedName) -> String {
    naming::primary_key(&table.name)
}
