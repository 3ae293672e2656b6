//! What a database says about sessions: how a transaction begins, how a run locks, where a table is.
//!
//! Text only, as everywhere in this layer: who sends it, and when, is the runtime's business.

use crate::dialect::Dialect;

/// How a session of this database is led.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// The statement that opens a migration's transaction.
    pub begin: &'static str,
    /// Whether `begin` is itself the lock against other runs, so that the heads are to be read again under it. If
    /// not, [`Dialect::advisory_lock`] gives a lock for the run.
    pub reads_heads_under_begin: bool,
    /// What a session of our own sets first, so that a role's defaults do not cut a migration short.
    pub setup: Option<&'static str>,
    /// Whether a transaction may change tables. If not, each such statement commits what was open before it, and is a
    /// step of its own.
    pub transactional_ddl: bool,
    /// What a script begins with: which client it is for, and what that client and its session are told before
    /// anything else, so that it stops at an error, and that text means what it means in a session of our own.
    pub head: &'static str,
    /// The URL of a database in memory, which is empty and needs no server: what a script has to know of a table is
    /// asked there.
    pub twin: Option<&'static str>,
    /// What has to be set around a transaction that holds an [alteration](super::Dialect::alter).
    pub alteration: Option<Alteration>,
    /// The type of the version table's column.
    pub version_column: &'static str,
    /// What follows the version table's definition.
    pub table_options: &'static str,
    /// What a table's definition ends with besides that, so that its columns hold any text whatever the database's own
    /// character set is.
    pub any_text: &'static str,
}

/// Settings of a session that cannot be changed inside of a transaction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alteration {
    /// A query for one text: the statements that give the session its present settings back. They are sent after the
    /// transaction, also when it failed.
    pub restore: &'static str,
    /// The statements to send before the transaction begins. Where they have no effect, because somebody has opened
    /// one already, an alteration that depends on them fails before it changes anything.
    pub prepare: &'static str,
    /// The statements before and after what changes rows under these settings: the last of them fail when it left rows
    /// that the database would have refused otherwise.
    pub watch: [&'static [&'static str]; 2],
}

/// Alembic's type of the version table's column.
pub(crate) const VERSION_COLUMN: &str = "VARCHAR(32)";

/// The statements of a lock that a session holds until it gives it back or ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AdvisoryLock {
    /// Tries to take it and answers one boolean, at once.
    pub try_lock: String,
    /// Gives it back.
    pub unlock: String,
    /// Describes its holder in one text, if there is one.
    pub holder: String,
}

/// The condition under which a column of a quoted table holds exactly these values.
pub(crate) fn holds(dialect: &dyn Dialect, table: &str, column: &str, values: &[String]) -> String {
    let literals: Vec<String> = values.iter().map(|value| dialect.literal(value)).collect();
    let count = values.len();
    let all = format!("(SELECT count(*) FROM {table}) = {count}");
    if values.is_empty() {
        return all;
    }
    let list = literals.join(", ");
    format!("{all} AND (SELECT count(*) FROM {table} WHERE {column} IN ({list})) = {count}")
}

/// What a script says to a database that does not hold the version rows that it was written for.
pub(crate) fn elsewhere(rows: &[String]) -> String {
    let from = if rows.is_empty() {
        "base".to_owned()
    } else {
        rows.join(", ")
    };
    format!("this script starts from {from}, and the database is not there")
}
