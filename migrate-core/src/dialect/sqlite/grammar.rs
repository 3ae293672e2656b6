//! What SQLite makes of an author's own SQL. What has no name there has the one of the convention here, as where a
//! database is read.

use sqlparser::dialect::SQLiteDialect;

use super::{normal, types};
use crate::dialect::parsed::{Grammar, Unnamed};
use crate::schema::{ConstraintKind, naming};

pub(super) const GRAMMAR: Grammar = Grammar {
    language: &SQLiteDialect {},
    unquoted: str::to_owned,
    ty: types::read,
    default: normal::read_default,
    unnamed,
    serial: false,
    row_ids: true,
};

fn unnamed(unnamed: &Unnamed<'_>) -> String {
    let Unnamed {
        table,
        kind,
        columns,
        referent,
        within,
        checks,
        before: _,
    } = unnamed;
    match kind {
        ConstraintKind::PrimaryKey => naming::primary_key(table),
        ConstraintKind::Unique | ConstraintKind::Exclude => naming::unique(table, columns),
        ConstraintKind::ForeignKey => naming::foreign_key(table, columns, referent),
        ConstraintKind::Check => match within {
            Some(column) => naming::check(table, column),
            None => naming::check(table, checks + 1),
        },
    }
}
