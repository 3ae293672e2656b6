//! What MariaDB's catalog tells. Rights are left out.

use crate::TestDatabase;

pub(super) async fn lines(database: &TestDatabase) -> Vec<String> {
    let mut lines = database.rows(CATALOG).await;
    for table in database.tables().await {
        let rows = format!("SELECT * FROM {}", database.quoted(&table));
        let rows = database.rows(&rows).await;
        lines.extend(rows.into_iter().map(|row| format!("row of {table}: {row}")));
    }
    lines
}

/// Nothing of it depends on the name of the database.
const CATALOG: &str = "\
SELECT CONCAT_WS(' ', 'table', table_name, table_type, engine, table_collation, table_comment) \
FROM information_schema.tables WHERE table_schema = DATABASE() \
UNION ALL SELECT CONCAT_WS(' ', 'column', CONCAT(table_name, '.', column_name), CONCAT('#', ordinal_position), column_type, is_nullable, \
column_default, extra, collation_name, column_comment) \
FROM information_schema.columns WHERE table_schema = DATABASE() \
UNION ALL SELECT CONCAT_WS(' ', 'index', table_name, index_name, seq_in_index, column_name, non_unique, sub_part, \
index_type) FROM information_schema.statistics WHERE table_schema = DATABASE() \
UNION ALL SELECT CONCAT_WS(' ', 'constraint', table_name, constraint_name, constraint_type) \
FROM information_schema.table_constraints WHERE table_schema = DATABASE() \
UNION ALL SELECT CONCAT_WS(' ', 'key', table_name, constraint_name, ordinal_position, column_name, \
referenced_table_name, referenced_column_name) \
FROM information_schema.key_column_usage WHERE table_schema = DATABASE() \
UNION ALL SELECT CONCAT_WS(' ', 'rule', constraint_name, update_rule, delete_rule) \
FROM information_schema.referential_constraints WHERE constraint_schema = DATABASE() \
UNION ALL SELECT CONCAT_WS(' ', 'check', constraint_name, check_clause) \
FROM information_schema.check_constraints WHERE constraint_schema = DATABASE() \
UNION ALL SELECT CONCAT_WS(' ', 'trigger', trigger_name, action_timing, event_manipulation, event_object_table, sql_mode, \
action_statement) \
FROM information_schema.triggers WHERE trigger_schema = DATABASE() \
UNION ALL SELECT CONCAT_WS(' ', 'routine', routine_name, sql_mode, routine_definition) \
FROM information_schema.routines WHERE routine_schema = DATABASE() \
UNION ALL SELECT CONCAT_WS(' ', 'view', table_name, REPLACE(view_definition, CONCAT('`', DATABASE(), '`.'), '')) \
FROM information_schema.views WHERE table_schema = DATABASE() \
UNION ALL SELECT CONCAT('schema ', schema_name) FROM information_schema.schemata \
WHERE schema_name NOT LIKE 'test%' \
AND schema_name NOT IN ('mysql', 'sys', 'information_schema', 'performance_schema')";
