//! Directives for rows, and for whatever no directive covers.

use std::sync::Arc;

use super::{Op, record};
use crate::operation::{
    Backfill, BackfillHandle, BulkInsert, Columns, Execute, ExecuteHandle, InsertRow, Run, RunHandle, StepFn,
};
use crate::schema::{Expression, QualifiedName};

/// Rows, and whatever no directive covers.
impl Op {
    /// Sends SQL as it is. It may be several statements, and may not begin or end a transaction. Values stand in it by
    /// name, and are given by `bind`.
    ///
    /// ```
    /// # use migrate_core::{dialect::for_scheme, prelude::*};
    /// # let mut op = Op::new();
    /// op.execute("UPDATE users SET name = trim(name) -- as agreed");
    /// # let recorded = op.finish();
    /// # let [postgres, sqlite] = ["postgres", "sqlite"].map(|scheme| for_scheme(scheme).unwrap().script(&recorded));
    /// assert_eq!(sqlite, postgres);
    /// assert_eq!(postgres.unwrap(), "UPDATE users SET name = trim(name) -- as agreed\n;");
    ///
    /// # let mut op = Op::new();
    /// op.execute("UPDATE users SET plan = :plan WHERE id < :id").bind("plan", "it's free").bind("id", 100);
    /// # let script = for_scheme("postgres").unwrap().script(&op.finish());
    /// assert_eq!(script.unwrap(), "UPDATE users SET plan = 'it''s free' WHERE id < 100;");
    /// ```
    #[track_caller]
    pub fn execute(&mut self, sql: impl Into<String>) -> ExecuteHandle<'_> {
        ExecuteHandle(record!(
            self,
            Execute(Execute {
                sql: sql.into(),
                values: Vec::new(),
                reverse: None,
            })
        ))
    }

    /// Inserts rows: tuples with a value for each column.
    ///
    /// ```
    /// # use migrate_core::{dialect::for_scheme, prelude::*};
    /// # let mut op = Op::new();
    /// op.bulk_insert("plans", ["name", "public"], [("free", true), ("team", false)]);
    /// # let recorded = op.finish();
    /// # let [postgres, sqlite] = ["postgres", "sqlite"].map(|scheme| for_scheme(scheme).unwrap().script(&recorded));
    /// assert_eq!(postgres.unwrap(), r#"INSERT INTO "plans" ("name", "public") VALUES
    ///     ('free', true),
    ///     ('team', false);"#);
    /// assert_eq!(sqlite.unwrap(), r#"INSERT INTO "plans" ("name", "public") VALUES
    ///     ('free', 1),
    ///     ('team', 0);"#);
    /// ```
    #[track_caller]
    pub fn bulk_insert<const N: usize>(
        &mut self,
        table: impl Into<QualifiedName>,
        columns: [&str; N],
        rows: impl IntoIterator<Item = impl InsertRow<N>>,
    ) {
        record!(
            self,
            BulkInsert(BulkInsert {
                table: table.into(),
                columns: columns.names(),
                rows: rows.into_iter().map(InsertRow::values).collect(),
            })
        );
    }

    /// Fills a column of a large table in batches, each a transaction of its own: nobody waits for long, and what was cut
    /// off goes on where it stopped, with every row filled once. It tells how far it is. The batches walk along the
    /// primary key, unless the handle says otherwise.
    ///
    /// It is a step of its own, like what stands in [`autocommit`](Self::autocommit): what is recorded before it is
    /// committed first. In a script it is one statement.
    ///
    /// ```
    /// # use migrate_core::{dialect::for_scheme, prelude::*};
    /// # let mut op = Op::new();
    /// op.add_column("users", "full_name", varchar(255));
    /// op.backfill("users", "full_name", sql("first_name || ' ' || last_name"))
    ///     .where_("full_name IS NULL")
    ///     .batch(10_000);
    /// # let script = for_scheme("postgres").unwrap().script(&op.finish()).unwrap();
    /// assert_eq!(script, r#"ALTER TABLE "users" ADD COLUMN "full_name" VARCHAR(255);
    /// UPDATE "users" SET "full_name" = (first_name || ' ' || last_name) WHERE (full_name IS NULL);"#);
    /// ```
    #[track_caller]
    pub fn backfill(
        &mut self,
        table: impl Into<QualifiedName>,
        column: &str,
        value: impl Into<Expression>,
    ) -> BackfillHandle<'_> {
        BackfillHandle(record!(
            self,
            Backfill(Backfill {
                table: table.into(),
                set: vec![(column.into(), value.into())],
                filter: None,
                by: Vec::new(),
                batch: Backfill::BATCH,
                reverse: None,
            })
        ))
    }

    /// Runs a named `async fn(db: &mut Db<'_>) -> Result` on the live connection, at its place between the
    /// recorded operations. In a script only the SQL form that the handle is given can stand for it.
    ///
    /// ```
    /// # use migrate_core::prelude::*;
    /// async fn normalise_names(db: &mut Db<'_>) -> Result {
    ///     db.execute("UPDATE users SET name = trim(name)").await?;
    ///     Ok(())
    /// }
    ///
    /// # let mut op = Op::new();
    /// op.run("normalise names", normalise_names).sql("UPDATE users SET name = trim(name)");
    /// ```
    #[track_caller]
    pub fn run(&mut self, name: &str, step: impl for<'a> StepFn<'a> + 'static) -> RunHandle<'_> {
        RunHandle(record!(
            self,
            Run(Run {
                name: name.into(),
                step: Arc::new(step),
                script: None,
                reverse: None,
            })
        ))
    }
}
