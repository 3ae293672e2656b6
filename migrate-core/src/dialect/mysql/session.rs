//! MySQL's sessions: settings, the run's lock, the version table's claim.

use crate::dialect::mysql::MySql;
use crate::dialect::session::elsewhere;
use crate::dialect::{AdvisoryLock, Dialect, Session};

/// MySQL 8's own default, which MariaDB takes too: triggers and routines keep the mode of the session that created
/// them, so that it had better be known.
macro_rules! sql_mode {
    () => {
        "SET SESSION sql_mode = 'ONLY_FULL_GROUP_BY,STRICT_TRANS_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,\
ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION'"
    };
}

/// Besides the mode, what keeps a server's or a role's settings from cutting a long migration short. What only one of
/// the two servers knows stands in a comment that only that one runs: MariaDB skips those from 50700 to 50999.
const SETUP: &str = concat!(
    sql_mode!(),
    ", autocommit = 1, sql_safe_updates = 0, sql_quote_show_create = 1, wait_timeout = 2147483 \
/*M!100300 , max_statement_time = 0, idle_transaction_timeout = 0 */ /*!50708 , max_execution_time = 0 */"
);

/// What a script begins with. Both clients stop at the first error by themselves.
const HEAD: &str = concat!(
    "-- For MySQL and MariaDB, to be run by mysql or mariadb\n\nSET NAMES utf8mb4;\n\n",
    sql_mode!(),
    ";\n\n"
);

pub(super) const SESSION: Session = Session {
    begin: "START TRANSACTION",
    reads_heads_under_begin: false,
    setup: Some(SETUP),
    twin: None,
    alteration: None,
    transactional_ddl: false,
    // Two revisions may differ in nothing but case.
    version_column: "VARCHAR(32) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin",
    // Only there do rows and a migration's other rows commit together.
    table_options: " ENGINE=InnoDB",
    any_text: " DEFAULT CHARACTER SET utf8mb4",
    head: HEAD,
};

/// Other writers of these rows wait until the transaction ends; who only reads does not.
pub(super) fn claim_table(table: &str) -> String {
    format!("SELECT 1 FROM {table} FOR UPDATE")
}

/// There is no statement that fails with a message of ours on both servers; but both tell the name of a column that
/// they do not know. Which statement that is, is text that is put together once the rows are read and locked.
pub(super) fn guard(table: &str, column: &str, values: &[String]) -> Vec<String> {
    let count = values.len();
    let one_of = values.iter().map(|value| MySql.equals(column, value));
    let one_of = one_of.collect::<Vec<_>>().join(" OR ");
    let all = if values.is_empty() {
        String::new()
    } else {
        format!(" AND coalesce(sum({one_of}), 0) = {count}")
    };
    let unknown = format!("SELECT {}", MySql.identifier(&elsewhere(values)));
    vec![
        format!(
            "SELECT IF(count(*) = {count}{all}, 'DO 0', {}) INTO @migrate_guard FROM {table} FOR UPDATE",
            MySql.literal(&unknown)
        ),
        "PREPARE migrate_guard FROM @migrate_guard".to_owned(),
        "EXECUTE migrate_guard".to_owned(),
        "DEALLOCATE PREPARE migrate_guard".to_owned(),
    ]
}

/// Such a lock is the whole server's: the key has the database in it. Its name has at most 64 characters, and one
/// of the two servers compares it without regard to case. What cannot be given is NULL.
pub(super) fn advisory_lock(key: i64) -> AdvisoryLock {
    let name = format!("'migrate_core_{:016x}'", key.cast_unsigned());
    AdvisoryLock {
        try_lock: format!("SELECT GET_LOCK({name}, 0)"),
        unlock: format!("SELECT RELEASE_LOCK({name})"),
        holder: format!(
            "SELECT CONCAT_WS(' ', 'connection', l.id, CONCAT('of ', p.user, '@', p.host), \
             CONCAT('(', p.command, ' for ', p.time, ' s)')) \
             FROM (SELECT IS_USED_LOCK({name}) AS id) AS l \
             LEFT JOIN information_schema.processlist AS p ON p.id = l.id WHERE l.id IS NOT NULL"
        ),
    }
}

/// Answers the schema (the database) of a table, whether it is there, and how many characters its column takes.
pub(super) fn find_table(schema: Option<&str>, table: &str, column: &str, beside: &str) -> String {
    let schema = schema.map_or_else(|| "DATABASE()".to_owned(), |schema| MySql.literal(schema));
    let (table, column) = (MySql.literal(table), MySql.literal(column));
    let exists = |table: &str| {
        format!(
            "EXISTS (SELECT 1 FROM information_schema.tables AS t \
             WHERE t.table_schema = {schema} AND t.table_name = {table})"
        )
    };
    let (table_is_there, beside) = (exists(&table), exists(&MySql.literal(beside)));
    format!(
        "SELECT {schema}, {table_is_there}, \
         (SELECT c.character_maximum_length FROM information_schema.columns AS c \
         WHERE c.table_schema = {schema} AND c.table_name = {table} AND c.column_name = {column}), {beside}"
    )
}
