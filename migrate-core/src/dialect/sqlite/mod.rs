//! SQLite.

mod session;

use crate::dialect::{Dialect, Session};

/// SQLite's language.
#[derive(Debug)]
pub(super) struct Sqlite;

impl Dialect for Sqlite {
    fn name(&self) -> &'static str {
        "sqlite"
    }

    fn session(&self) -> &'static Session {
        &session::SESSION
    }

    fn find_table(&self, schema: Option<&str>, table: &str) -> String {
        session::find_table(schema, table)
    }
}
