//! What a database looks like, in lines that a test can compare: two databases with the same lines are the same to
//! whoever uses them.

use crate::TestDatabase;

impl TestDatabase {
    /// Whether it is on the PostgreSQL server.
    #[must_use]
    pub fn is_postgres(&self) -> bool {
        self.url().starts_with("postgres")
    }

    /// The names of its tables, sorted.
    pub async fn tables(&self) -> Vec<String> {
        self.rows(if self.is_postgres() {
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename COLLATE \"C\""
        } else {
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name"
        })
        .await
    }

    /// Everything that a migration could have changed: columns, indexes, constraints, enum types, and the rows of
    /// every table.
    pub async fn fingerprint(&self) -> Vec<String> {
        let schema = if self.is_postgres() {
            "SELECT concat_ws(' ', table_name, column_name, data_type, is_nullable, column_default) \
             FROM information_schema.columns WHERE table_schema = 'public' \
             UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' \
             UNION ALL SELECT conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) \
             FROM pg_constraint WHERE connamespace = 'public'::regnamespace \
             UNION ALL SELECT typname || ' ' || enumlabel FROM pg_enum JOIN pg_type ON pg_type.oid = enumtypid \
             ORDER BY 1"
        } else {
            "SELECT coalesce(sql, name) FROM sqlite_master ORDER BY 1"
        };
        let mut lines = self.rows(schema).await;
        for table in self.tables().await {
            let rows = self.rows(&format!("SELECT * FROM \"{table}\" ORDER BY 1")).await;
            lines.extend(rows.into_iter().map(|row| format!("{table}: {row}")));
        }
        lines
    }
}
