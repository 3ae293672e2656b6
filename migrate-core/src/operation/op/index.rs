//! Directives for indexes.

use super::{Op, record};
use crate::operation::{
    CreateIndex, CreateIndexHandle, DropIndex, DropIndexHandle, NameOrDefault, RenameIndex,
};
use crate::schema::{Index, IndexElement, QualifiedName, naming};

/// Indexes.
impl Op {
    /// Creates an index over columns, or over expressions given by [`sql`](crate::schema::sql).
    ///
    /// ```
    /// # use migrate_core::{dialect::for_scheme, prelude::*};
    /// # let mut op = Op::new();
    /// op.create_index("ix_users_email", "users", ["email"]).unique().where_("active");
    /// # let recorded = op.finish();
    /// # let [postgres, sqlite] = ["postgres", "sqlite"].map(|scheme| for_scheme(scheme).unwrap().script(&recorded));
    /// assert_eq!(postgres.unwrap(), r#"CREATE UNIQUE INDEX "ix_users_email" ON "users" ("email") WHERE (active);"#);
    /// assert_eq!(sqlite.unwrap(), r#"CREATE UNIQUE INDEX "ix_users_email" ON "users" (`email`) WHERE (active);"#);
    /// ```
    #[track_caller]
    pub fn create_index(
        &mut self,
        name: impl Into<NameOrDefault>,
        table: impl Into<QualifiedName>,
        elements: impl IntoIterator<Item = impl Into<IndexElement>>,
    ) -> CreateIndexHandle<'_> {
        let table = table.into();
        let elements: Vec<IndexElement> = elements.into_iter().map(Into::into).collect();
        let name = name.into().or_else(|| naming::index(&table.name, &elements));
        CreateIndexHandle(record!(
            self,
            CreateIndex(CreateIndex {
                index: Index::new(name, table, elements),
                if_not_exists: false,
                concurrently: false,
            })
        ))
    }

    /// Gives an index of a table another name. On `SQLite` it is made anew, by its own text.
    ///
    /// ```
    /// # use migrate_core::{dialect::for_scheme, prelude::*};
    /// # let mut op = Op::new();
    /// op.rename_index("users", "ix_users_email", "ix_users_address");
    /// # let recorded = op.finish();
    /// # let [postgres, sqlite] = ["postgres", "sqlite"].map(|scheme| for_scheme(scheme).unwrap().script(&recorded));
    /// assert_eq!(postgres.unwrap(), r#"ALTER INDEX "ix_users_email" RENAME TO "ix_users_address";"#);
    /// assert!(sqlite.is_err());
    /// ```
    #[track_caller]
    pub fn rename_index(&mut self, table: impl Into<QualifiedName>, name: &str, to: &str) {
        record!(
            self,
            RenameIndex(RenameIndex {
                name: name.into(),
                table: table.into(),
                to: to.into(),
            })
        );
    }

    /// Drops an index of a table.
    ///
    /// ```
    /// # use migrate_core::{dialect::for_scheme, prelude::*};
    /// # let mut op = Op::new();
    /// op.drop_index("ix_users_email", "users");
    /// # let recorded = op.finish();
    /// # let [postgres, sqlite] = ["postgres", "sqlite"].map(|scheme| for_scheme(scheme).unwrap().script(&recorded));
    /// assert_eq!(sqlite, postgres);
    /// assert_eq!(postgres.unwrap(), r#"DROP INDEX "ix_users_email";"#);
    /// # assert_eq!(sqlite.unwrap(), r#"DROP INDEX "ix_users_email";"#);
    /// ```
    #[track_caller]
    pub fn drop_index(&mut self, name: &str, table: impl Into<QualifiedName>) -> DropIndexHandle<'_> {
        DropIndexHandle(record!(
            self,
            DropIndex(DropIndex {
                name: name.into(),
                table: table.into(),
                if_exists: false,
                concurrently: false,
            })
        ))
    }
}
