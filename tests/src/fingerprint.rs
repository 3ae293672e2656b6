//! What a database looks like, in lines that a test can compare: two databases with the same lines are the same to
//! whoever uses them.

use crate::TestDatabase;

impl TestDatabase {
    /// Whether it is on the PostgreSQL server.
    #[must_use]
    pub fn is_postgres(&self) -> bool {
        self.url().starts_with("postgres")
    }

    /// Whether it is on the MariaDB server.
    #[must_use]
    pub fn is_mysql(&self) -> bool {
        self.url().starts_with("mysql")
    }

    /// A name as an identifier.
    #[must_use]
    pub fn quoted(&self, name: &str) -> String {
        if self.is_mysql() {
            format!("`{}`", name.replace('`', "``"))
        } else {
            format!("\"{}\"", name.replace('"', "\"\""))
        }
    }

    /// The names of its tables, sorted.
    pub async fn tables(&self) -> Vec<String> {
        self.rows(if self.is_postgres() {
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename COLLATE \"C\""
        } else if self.is_mysql() {
            "SELECT table_name FROM information_schema.tables \
             WHERE table_schema = DATABASE() AND table_type = 'BASE TABLE' ORDER BY BINARY table_name"
        } else {
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name"
        })
        .await
    }

    /// Everything that a migration could have changed: columns, indexes, constraints, types, comments, what stands
    /// beside tables, and the rows of every table.
    pub async fn fingerprint(&self) -> Vec<String> {
        let schema = if self.is_postgres() {
            "SELECT concat_ws(' ', table_name, column_name, data_type, is_nullable, column_default) \
             FROM information_schema.columns WHERE table_schema = 'public' \
             UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' \
             UNION ALL SELECT conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) \
             FROM pg_constraint WHERE connamespace = 'public'::regnamespace \
             UNION ALL SELECT 'comment ' || pg_describe_object(classoid, objoid, objsubid) || ' ' || description \
             FROM pg_description JOIN pg_class ON pg_class.oid = objoid AND relnamespace = 'public'::regnamespace \
             UNION ALL SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal \
             UNION ALL SELECT 'view ' || viewname || definition FROM pg_views WHERE schemaname = 'public' \
             UNION ALL SELECT pg_get_functiondef(pg_proc.oid) FROM pg_proc \
             WHERE pronamespace = 'public'::regnamespace AND prokind = 'f' \
             UNION ALL SELECT 'sequence ' || seqrelid::regclass || ' ' || \
             concat_ws(' ', seqstart, seqincrement, seqmin, seqmax, seqcache, seqcycle) FROM pg_sequence \
             UNION ALL SELECT 'schema ' || nspname FROM pg_namespace WHERE nspname NOT LIKE 'pg\\_%' \
             UNION ALL SELECT typname || ' ' || enumlabel FROM pg_enum JOIN pg_type ON pg_type.oid = enumtypid \
             ORDER BY 1"
        } else if self.is_mysql() {
            MYSQL
        } else {
            "SELECT coalesce(sql, name) FROM sqlite_master ORDER BY 1"
        };
        let mut lines = self.rows(schema).await;
        for table in self.tables().await {
            let rows = self
                .rows(&format!("SELECT * FROM {} ORDER BY 1", self.quoted(&table)))
                .await;
            lines.extend(rows.into_iter().map(|row| format!("{table}: {row}")));
        }
        lines
    }
}

/// Nothing of it depends on the name of the database.
const MYSQL: &str = "\
SELECT CONCAT_WS(' ', 'table', table_name, table_type, engine, table_collation, table_comment) \
FROM information_schema.tables WHERE table_schema = DATABASE() \
UNION ALL SELECT CONCAT_WS(' ', 'column', table_name, ordinal_position, column_name, column_type, is_nullable, \
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
UNION ALL SELECT CONCAT_WS(' ', 'trigger', trigger_name, sql_mode, action_statement) \
FROM information_schema.triggers WHERE trigger_schema = DATABASE() \
UNION ALL SELECT CONCAT_WS(' ', 'routine', routine_name, sql_mode, routine_definition) \
FROM information_schema.routines WHERE routine_schema = DATABASE() \
ORDER BY 1";
