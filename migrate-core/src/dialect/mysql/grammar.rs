//! What MySQL makes of an author's own SQL: names stay as they are, and what has none gets one.
//!
//! <https://dev.mysql.com/doc/refman/8.4/en/create-table.html>

use sqlparser::dialect::MySqlDialect;

use super::normal;
use crate::dialect::parsed::{Grammar, Unnamed};
use crate::schema::{ConstraintKind, Expression, Type, naming};

pub(super) const GRAMMAR: Grammar = Grammar {
    language: &MySqlDialect {},
    unquoted: str::to_owned,
    ty: normal::read_type,
    default,
    unnamed,
    serial: false,
    row_ids: false,
};

fn default(text: &str, ty: &Type) -> Expression {
    normal::read_default(text, ty).unwrap_or_else(|| Expression::Sql(text.to_owned()))
}

/// `email`, `email_2`; `users_ibfk_1`; `CONSTRAINT_1`, as MariaDB calls a check.
fn unnamed(unnamed: &Unnamed<'_>) -> String {
    let Unnamed {
        table,
        kind,
        columns,
        referent: _,
        within: _,
        checks: _,
        before,
    } = unnamed;
    match kind {
        ConstraintKind::PrimaryKey => naming::primary_key(table),
        ConstraintKind::Unique | ConstraintKind::Exclude => {
            let column = columns.first().map_or("", String::as_str);
            match before {
                0 => column.to_owned(),
                before => format!("{column}_{}", before + 1),
            }
        }
        ConstraintKind::ForeignKey => format!("{table}_ibfk_{}", before + 1),
        ConstraintKind::Check => format!("CONSTRAINT_{}", before + 1),
    }
}
