//! PostgreSQL.

mod session;

use crate::dialect::{AdvisoryLock, Dialect, Session};

/// PostgreSQL's language.
#[derive(Debug)]
pub(super) struct Postgres;

impl Dialect for Postgres {
    fn name(&self) -> &'static str {
        "postgres"
    }

    fn session(&self) -> &'static Session {
        &session::SESSION
    }

    fn claim_table(&self, table: &str) -> Option<String> {
        Some(session::claim_table(table))
    }

    fn advisory_lock(&self, key: i64) -> Option<AdvisoryLock> {
        Some(session::advisory_lock(key))
    }

    fn find_table(&self, schema: Option<&str>, table: &str) -> String {
        session::find_table(schema, table)
    }
}
