//! PostgreSQL's sessions: settings, the run's lock, the version table's claim.

use crate::dialect::postgres::{Postgres, client};
use crate::dialect::session::{VERSION_COLUMN, elsewhere, holds};
use crate::dialect::{AdvisoryLock, Dialect, Session, sql};
use crate::schema::QualifiedName;

/// A role may carry defaults (`ALTER ROLE .. SET`) that would cut a long migration short or change what text means.
/// `lock_timeout` is left as it is: a team that sets one wants it. Asked by name from `pg_settings`, because older
/// servers refuse to set what they do not know.
const SETUP: &str = "SELECT pg_catalog.set_config(s.name, w.value, false) FROM (VALUES \
('statement_timeout', '0'), ('idle_in_transaction_session_timeout', '0'), ('idle_session_timeout', '0'), \
('transaction_timeout', '0'), ('standard_conforming_strings', 'on'), ('client_connection_check_interval', '1000')\
) AS w (name, value) JOIN pg_catalog.pg_settings AS s ON s.name = w.name";

pub(super) const SESSION: Session = Session {
    begin: "BEGIN",
    reads_heads_under_begin: false,
    setup: Some(SETUP),
    transactional_ddl: true,
    twin: None,
    alteration: None,
    head: client::HEAD,
    version_column: VERSION_COLUMN,
    table_options: "",
    any_text: "",
};

/// `SHARE ROW EXCLUSIVE` conflicts with itself and with every writer, and lets readers through: an application
/// asks for its version while a migration runs. It also holds against Alembic, which takes no advisory lock.
pub(super) fn claim_table(table: &str) -> String {
    format!("LOCK TABLE {table} IN SHARE ROW EXCLUSIVE MODE")
}

/// It claims the table too, so that its rows stay what they were found to be until the transaction ends. Where there is
/// none, the statement is one by itself.
pub(super) fn guard(table: &str, column: &str, values: &[String]) -> String {
    let body = format!(
        "BEGIN {}; IF NOT ({}) THEN RAISE EXCEPTION {}; END IF; END",
        claim_table(table),
        holds(&Postgres, table, column, values),
        sql::literal(&elsewhere(values).replace('%', "%%")),
    );
    block("guard", &body)
}

/// `DO`: a statement that is a block of several. The tag around it begins with this name, and is not in it.
pub(super) fn block(name: &str, body: &str) -> String {
    let tag = (0..)
        .map(|number| format!("${name}{number}$"))
        .find(|tag| !body.contains(tag.as_str()));
    let tag = tag.unwrap_or_default();
    format!("DO {tag}{body}{tag}")
}

/// <https://www.postgresql.org/docs/current/explicit-locking.html#ADVISORY-LOCKS>: in `pg_locks` the high half of
/// a bigint key is `classid`, the low half `objid`, and `objsubid` is 1.
pub(super) fn advisory_lock(key: i64) -> AdvisoryLock {
    let bits = key.cast_unsigned();
    let (high, low) = (bits >> 32, bits & 0xffff_ffff);
    AdvisoryLock {
        try_lock: format!("SELECT pg_catalog.pg_try_advisory_lock({key})"),
        unlock: format!("SELECT pg_catalog.pg_advisory_unlock({key})"),
        holder: format!(
            "SELECT pg_catalog.format('process %s of %s%s, %s for %s', a.pid, a.usename, \
             CASE WHEN a.application_name <> '' THEN ' (' || a.application_name || ')' ELSE '' END, a.state, \
             pg_catalog.date_trunc('second', pg_catalog.clock_timestamp() - a.state_change)) \
             FROM pg_catalog.pg_locks AS l JOIN pg_catalog.pg_stat_activity AS a ON a.pid = l.pid \
             WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1 AND l.classid = {high} AND l.objid = {low} \
             AND a.datname = pg_catalog.current_database()"
        ),
    }
}

/// Answers the schema of a table and whether it is there. Without a schema it is the first of that name on the
/// search path, or the one where it would be made. The third value is the declared length of a `varchar` or `char`
/// column, which `atttypmod` has with four more;
/// 1042 and 1043 are these two types everywhere.
pub(super) fn find_table(schema: Option<&str>, table: &str, column: &str, beside: &str) -> String {
    let (name, made_in) = match schema {
        Some(schema) => (
            format!("{}.{}", sql::identifier(schema), sql::identifier(table)),
            Postgres.literal(schema),
        ),
        None => (sql::identifier(table), "pg_catalog.current_schema()".to_owned()),
    };
    format!(
        "SELECT coalesce(n.nspname, {made_in})::text, c.oid IS NOT NULL, \
         (SELECT a.atttypmod - 4 FROM pg_catalog.pg_attribute AS a WHERE a.attrelid = c.oid AND a.attname = {} \
         AND a.atttypid IN (1042, 1043) AND a.atttypmod > 4), \
         EXISTS (SELECT FROM pg_catalog.pg_class AS b JOIN pg_catalog.pg_namespace AS bn ON bn.oid = b.relnamespace \
         WHERE b.relname = {} AND bn.nspname = coalesce(n.nspname, {made_in})) \
         FROM (SELECT pg_catalog.to_regclass({}) AS oid) AS t \
         LEFT JOIN pg_catalog.pg_class AS c ON c.oid = t.oid \
         LEFT JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace",
        Postgres.literal(column),
        Postgres.literal(beside),
        Postgres.literal(&name)
    )
}

/// `conkey` has the columns of a key in its order, without those that its index only includes.
pub(super) fn key_columns(table: &QualifiedName) -> String {
    let name = match &table.schema {
        Some(schema) => format!("{}.{}", sql::identifier(schema), sql::identifier(&table.name)),
        None => sql::identifier(&table.name),
    };
    format!(
        "SELECT a.attname::text, pg_catalog.array_position(k.conkey, a.attnum), false \
         FROM pg_catalog.pg_attribute AS a \
         LEFT JOIN pg_catalog.pg_constraint AS k ON k.conrelid = a.attrelid AND k.contype = 'p' \
         WHERE a.attrelid = pg_catalog.to_regclass({}) AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum",
        Postgres.literal(&name)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_guard_is_one_statement_also_where_no_row_is_left() {
        for rows in [
            vec![],
            vec!["a1".to_owned()],
            vec!["a'$guard0$\\".to_owned(), "%".to_owned()],
        ] {
            let guard = guard("v", "version_num", &rows);
            assert!(Postgres.is_single(&guard) && !guard.contains("IN ()"), "{guard}");
        }
    }
}
