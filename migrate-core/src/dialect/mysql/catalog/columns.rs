//! Columns: their types, their defaults, and how they are numbered or computed.

use super::tables::Tables;
use super::{name, note, row, unescaped};
use crate::dialect::mysql::normal::{read_default, read_type};
use crate::dialect::{Note, Present, Unreadable};
use crate::schema::{Column, Expression, Generated, Type};

/// Those of views too, which are then passed over.
pub(super) const COLUMNS: &str =
    "SELECT NULLIF(table_schema, DATABASE()), table_name, column_name, column_type,
    is_nullable, column_default, extra, NULLIF(generation_expression, ''), collation_name, column_comment
FROM information_schema.columns WHERE table_schema {chosen} ORDER BY 1, 2, ordinal_position";

pub(super) fn columns(
    tables: &mut Tables,
    is_mariadb: bool,
    present: &Present,
    notes: &mut Vec<Note>,
) -> Result<(), Unreadable> {
    for row in row::rows(present) {
        let [
            schema,
            table,
            column,
            spelling,
            nullable,
            default,
            extra,
            computed,
            collation,
            comment,
        ] = row?;
        let Some(read) = tables.get_mut(&name(schema, table)?) else {
            continue;
        };
        let mut ty = read_type(row::required(spelling, "a column's type")?);
        let of = row::required(column, "a column's name")?;
        // What the type was called is not kept: a name that is its own.
        if let Type::Enumeration(enumeration) = &mut ty {
            enumeration.name = read.table.name.sibling(format!("{}_{of}", read.table.name.name));
        }
        let extra = extra.unwrap_or_default().to_lowercase();
        let mut column = Column {
            nullable: row::flag(nullable, "whether a column may be NULL")?,
            autoincrement: extra.contains("auto_increment"),
            collation: collation
                .filter(|collation| Some(*collation) != read.collation.as_deref())
                .map(str::to_owned),
            comment: comment.filter(|text| !text.is_empty()).map(str::to_owned),
            ..Column::new(of, ty)
        };
        if let Some(computed) = computed {
            column.generated = Some(Generated {
                expression: unescaped(computed, is_mariadb),
                stored: extra.contains("stored generated"),
            });
        } else if let Some(default) = default {
            let is_sql = is_mariadb || extra.contains("default_generated");
            column.server_default = match (is_sql, &column.ty) {
                (true, ty) => read_default(&unescaped(default, is_mariadb), ty),
                // MySQL tells a value without its quotes.
                (false, Type::Timestamp | Type::TimestampTz)
                    if default.to_lowercase().starts_with("current_timestamp") =>
                {
                    read_default(default, &column.ty)
                }
                (false, Type::Custom(of)) if of.starts_with("bit(") => read_default(default, &column.ty),
                (false, _) => Some(Expression::Text(default.to_owned())),
            };
        }
        for (word, unsaid) in [
            ("on update", "that an update sets it is not described"),
            ("invisible", "that it is INVISIBLE is not described"),
        ] {
            if extra.contains(word) {
                let subject = format!("column `{}.{}`", read.table.name, column.name);
                notes.push(note(subject, unsaid));
            }
        }
        read.table.columns.push(column);
    }
    Ok(())
}
