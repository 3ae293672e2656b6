//! A database in memory, and an alteration as the runtime sends it.

use migrate_core::dialect::{Dialect, Present, for_scheme};
use migrate_core::operation::Operation;
use migrate_core::prelude::*;
use migrate_core::schema::QualifiedName;
use migrate_core::sqlx::sqlite::SqliteRow;
use migrate_core::sqlx::{AssertSqlSafe, Connection, Executor, Row, SqliteConnection, ValueRef, raw_sql};

pub(crate) struct Base(pub(crate) SqliteConnection);

pub(crate) fn dialect() -> &'static dyn Dialect {
    for_scheme("sqlite").unwrap()
}

/// What a value is, and its text: `1` and `'1'` are two values.
fn shown(row: &SqliteRow, index: usize) -> String {
    let raw = row.try_get_raw(index).unwrap();
    if raw.is_null() {
        return "NULL".to_owned();
    }
    match raw.type_info().to_string().as_str() {
        "INTEGER" | "BOOLEAN" => row.get_unchecked::<i64, _>(index).to_string(),
        "REAL" => format!("{:?}", row.get_unchecked::<f64, _>(index)),
        "BLOB" => format!("{:?}", row.get_unchecked::<Vec<u8>, _>(index)),
        _ => format!("'{}'", row.get_unchecked::<String, _>(index)),
    }
}

impl Base {
    pub(crate) async fn new(sql: &str) -> Self {
        let mut base = Self(SqliteConnection::connect("sqlite::memory:").await.unwrap());
        base.send(sql).await.unwrap();
        base
    }

    pub(crate) async fn send(&mut self, sql: &str) -> Result<(), String> {
        let sent = self.0.execute(raw_sql(AssertSqlSafe(sql.to_owned()))).await;
        sent.map(drop)
            .map_err(|error| error.as_database_error().unwrap().message().to_owned())
    }

    /// The rows of a query, with their values in SQL.
    pub(crate) async fn rows(&mut self, sql: &str) -> Vec<String> {
        let rows = self.0.fetch_all(raw_sql(AssertSqlSafe(sql.to_owned()))).await;
        let rows = rows.map_err(|error| format!("{sql}: {error}")).unwrap();
        let row = |row: &SqliteRow| {
            (0..row.len())
                .map(|at| shown(row, at))
                .collect::<Vec<_>>()
                .join(" ")
        };
        rows.iter().map(row).collect()
    }

    /// Every row of every table, with its row id where it has one.
    pub(crate) async fn contents(&mut self) -> Vec<String> {
        let tables = "SELECT name, wr FROM pragma_table_list WHERE schema = 'main' AND type = 'table' \
            AND name NOT LIKE 'sqlite%' ORDER BY name";
        let mut contents = Vec::new();
        for table in self.rows(tables).await {
            let (name, without_rowid) = table.rsplit_once(' ').unwrap();
            let row_id = if without_rowid == "0" { "rowid, " } else { "" };
            let name = name.trim_matches('\'');
            let rows = self
                .rows(&format!(
                    "SELECT {row_id}* FROM \"{}\"",
                    name.replace('"', "\"\"")
                ))
                .await;
            contents.extend(rows.into_iter().map(|row| format!("{name}: {row}")));
        }
        contents
    }

    /// The text of something in the catalog.
    pub(crate) async fn sql_of(&mut self, name: &str) -> String {
        let sql = format!(
            "SELECT sql FROM sqlite_schema WHERE name = '{}'",
            name.replace('\'', "''")
        );
        let rows = self.rows(&sql).await;
        rows.join("\n").trim_matches('\'').to_owned()
    }

    /// All that the catalog holds, in an order that a rebuild does not change.
    pub(crate) async fn schema(&mut self) -> Vec<String> {
        let all = "SELECT type, name, tbl_name, sql FROM main.sqlite_schema \
            UNION ALL SELECT type, name, tbl_name, sql FROM temp.sqlite_schema ORDER BY 1, 2, 3";
        self.rows(all).await
    }

    async fn present(&mut self, table: &QualifiedName) -> Present {
        let rows = self
            .0
            .fetch_all(raw_sql(AssertSqlSafe(dialect().present(table))))
            .await;
        let row = |row: SqliteRow| (0..row.len()).map(|at| row.get_unchecked(at)).collect();
        Present {
            rows: rows.unwrap().into_iter().map(row).collect(),
        }
    }

    /// The statements that do what is recorded, or why they cannot be.
    pub(crate) async fn planned(
        &mut self,
        table: impl Into<QualifiedName>,
        record: impl FnOnce(&mut Op),
    ) -> Result<Vec<String>, String> {
        let table = table.into();
        let mut op = Op::new();
        record(&mut op);
        let recorded = op.finish();
        let operations: Vec<&Operation> = recorded.iter().map(|recorded| &recorded.operation).collect();
        let present = self.present(&table).await;
        let statements = dialect().alter(&table, &operations, &present);
        let statements = statements.map_err(|unsupported| unsupported.to_string())?;
        Ok(statements.into_iter().map(|statement| statement.sql).collect())
    }

    /// Does what is recorded, or tells why not; the database is then as before.
    pub(crate) async fn alter(
        &mut self,
        table: impl Into<QualifiedName>,
        record: impl FnOnce(&mut Op),
    ) -> Result<Vec<String>, String> {
        let alteration = dialect().session().alteration.as_ref().unwrap();
        let restore: String = self.0.fetch_one(alteration.restore).await.unwrap().get(0);
        self.send(alteration.prepare).await?;
        self.send("BEGIN IMMEDIATE").await?;
        let done = self.inside(table, record).await;
        self.send(if done.is_ok() { "COMMIT" } else { "ROLLBACK" })
            .await?;
        self.send(&restore).await?;
        done
    }

    async fn inside(
        &mut self,
        table: impl Into<QualifiedName>,
        record: impl FnOnce(&mut Op),
    ) -> Result<Vec<String>, String> {
        let statements = self.planned(table, record).await?;
        for sql in &statements {
            self.send(sql).await.map_err(|error| format!("{error}\n{sql}"))?;
        }
        Ok(statements)
    }

    /// Does what needs a rebuild, which changes nothing but the text of the table.
    pub(crate) async fn rebuild(&mut self, table: &str, record: impl FnOnce(&mut Op)) {
        let statements = self.alter(table, record).await.unwrap();
        assert!(
            statements.iter().any(|sql| sql.starts_with("DROP TABLE")),
            "{statements:#?}"
        );
        assert_eq!(self.rows("PRAGMA integrity_check").await, ["'ok'"]);
        assert_eq!(self.rows("PRAGMA foreign_keys").await, ["1"]);
        assert_eq!(self.rows("PRAGMA legacy_alter_table").await, ["0"]);
    }
}
