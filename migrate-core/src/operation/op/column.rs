//! Directives for columns.

use super::{Op, record};
use crate::operation::{
    AddColumn, AlterColumn, AlterColumnHandle, ColumnHandle, DropCascadeHandle, DropColumn, IfNotExists,
};
use crate::schema::{Column, QualifiedName, Type};

/// Columns.
impl Op {
    /// Adds a column to a table, nullable unless refined.
    ///
    /// ```
    /// # use migrate_core::{dialect::for_scheme, prelude::*};
    /// # let mut op = Op::new();
    /// op.add_column("users", "plan", varchar(8)).not_null().server_default("free");
    /// # let recorded = op.finish();
    /// # let [postgres, sqlite] = ["postgres", "sqlite"].map(|scheme| for_scheme(scheme).unwrap().script(&recorded));
    /// assert_eq!(sqlite, postgres);
    /// assert_eq!(postgres.unwrap(), r#"ALTER TABLE "users" ADD COLUMN "plan" VARCHAR(8) DEFAULT 'free' NOT NULL;"#);
    /// # assert_eq!(sqlite.unwrap(), r#"ALTER TABLE "users" ADD COLUMN "plan" VARCHAR(8) DEFAULT 'free' NOT NULL;"#);
    /// ```
    #[track_caller]
    pub fn add_column(
        &mut self,
        table: impl Into<QualifiedName>,
        name: &str,
        ty: impl Into<Type>,
    ) -> ColumnHandle<'_, IfNotExists<'_>> {
        let add = record!(
            self,
            AddColumn(AddColumn {
                table: table.into(),
                column: Column::new(name, ty),
                constraints: Vec::new(),
                if_not_exists: false,
            })
        );
        ColumnHandle {
            table: &add.table,
            column: &mut add.column,
            constraints: &mut add.constraints,
            more: IfNotExists(&mut add.if_not_exists),
        }
    }

    /// Drops a column with its values.
    ///
    /// ```
    /// # use migrate_core::{dialect::for_scheme, prelude::*};
    /// # let mut op = Op::new();
    /// op.drop_column("users", "plan");
    /// # let recorded = op.finish();
    /// # let [postgres, sqlite] = ["postgres", "sqlite"].map(|scheme| for_scheme(scheme).unwrap().script(&recorded));
    /// assert_eq!(sqlite, postgres);
    /// assert_eq!(postgres.unwrap(), r#"ALTER TABLE "users" DROP COLUMN "plan";"#);
    /// # assert_eq!(sqlite.unwrap(), r#"ALTER TABLE "users" DROP COLUMN "plan";"#);
    /// ```
    #[track_caller]
    pub fn drop_column(&mut self, table: impl Into<QualifiedName>, column: &str) -> DropCascadeHandle<'_> {
        let drop = record!(
            self,
            DropColumn(DropColumn {
                table: table.into(),
                column: column.into(),
                if_exists: false,
                cascade: false,
            })
        );
        DropCascadeHandle {
            if_exists: &mut drop.if_exists,
            cascade: &mut drop.cascade,
        }
    }

    /// Changes a column in the respects that the handle is told. SQLite can rename a column, no more.
    ///
    /// ```
    /// # use migrate_core::{dialect::for_scheme, prelude::*};
    /// # let mut op = Op::new();
    /// op.alter_column("users", "plan").set_type(text()).not_null();
    /// # let recorded = op.finish();
    /// # let [postgres, sqlite] = ["postgres", "sqlite"].map(|scheme| for_scheme(scheme).unwrap().script(&recorded));
    /// assert_eq!(postgres.unwrap(), r#"ALTER TABLE "users" ALTER COLUMN "plan" TYPE TEXT;
    /// ALTER TABLE "users" ALTER COLUMN "plan" SET NOT NULL;"#);
    /// assert!(sqlite.is_err());
    /// ```
    #[track_caller]
    pub fn alter_column(&mut self, table: impl Into<QualifiedName>, column: &str) -> AlterColumnHandle<'_> {
        AlterColumnHandle(record!(self, AlterColumn(AlterColumn::new(table, column))))
    }
}
