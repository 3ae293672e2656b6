//! Directives for constraints of tables that exist.

use super::{Op, record};
use crate::operation::{
    AddConstraint, CheckHandle, Columns, DropConstraint, DropConstraintHandle, ExcludeHandle,
    ForeignKeyHandle, NameOrDefault, NotValid, PrimaryKeyHandle, RenameConstraint, RenameConstraintHandle,
    UniqueHandle, ValidateConstraint,
};
use crate::schema::{
    Check, Constraint, Exclude, ForeignKey, IndexElement, PrimaryKey, QualifiedName, Unique,
};

/// Records a constraint and makes a handle of it. That the constraint is that variant is plain from the macro's own
/// text, which is why it may say `unreachable`.
macro_rules! constraint {
    ($op:ident, $table:ident, $variant:ident($payload:ident) $(, $more:ident)? => $handle:expr) => {{
        let add = record!(
            $op,
            AddConstraint(AddConstraint {
                table: $table,
                constraint: Constraint::$variant($payload),
                not_valid: false,
            })
        );
        $(let $more = NotValid(&mut add.not_valid);)?
        match &mut add.constraint {
            Constraint::$variant($payload) => $handle,
            _ => unreachable!("it was just made one"),
        }
    }};
}

/// Constraints of a table that exists. On SQLite each is a rebuild of the table.
impl Op {
    /// Makes these columns the table's primary key.
    ///
    /// ```
    /// # use migrate_core::{dialect::for_scheme, prelude::*};
    /// # let mut op = Op::new();
    /// op.create_primary_key(None, "members", ["org_id", "user_id"]);
    /// # let recorded = op.finish();
    /// # let [postgres, sqlite] = ["postgres", "sqlite"].map(|scheme| for_scheme(scheme).unwrap().script(&recorded));
    /// assert_eq!(postgres.unwrap(), r#"ALTER TABLE "members" ADD CONSTRAINT "pk_members" PRIMARY KEY ("org_id", "user_id");"#);
    /// assert!(sqlite.is_err());
    /// ```
    #[track_caller]
    pub fn create_primary_key(
        &mut self,
        name: impl Into<NameOrDefault>,
        table: impl Into<QualifiedName>,
        columns: impl Columns,
    ) -> PrimaryKeyHandle<'_> {
        let table = table.into();
        let key = PrimaryKey::over(&table, columns.names());
        let name = name.into().or_else(|| key.name.clone());
        let key = PrimaryKey { name, ..key };
        constraint!(self, table, PrimaryKey(key) => PrimaryKeyHandle(key))
    }

    /// Makes these columns point to those of another table.
    ///
    /// ```
    /// # use migrate_core::{dialect::for_scheme, prelude::*};
    /// # let mut op = Op::new();
    /// op.create_foreign_key("fk_boss", "users", "users", ["boss_id"], ["id"]).on_delete(SetNull);
    /// # let recorded = op.finish();
    /// # let [postgres, sqlite] = ["postgres", "sqlite"].map(|scheme| for_scheme(scheme).unwrap().script(&recorded));
    /// assert_eq!(postgres.unwrap(), r#"ALTER TABLE "users" ADD CONSTRAINT "fk_boss" FOREIGN KEY ("boss_id") REFERENCES "users" ("id") ON DELETE SET NULL;"#);
    /// assert!(sqlite.is_err());
    /// ```
    #[track_caller]
    pub fn create_foreign_key(
        &mut self,
        name: impl Into<NameOrDefault>,
        table: impl Into<QualifiedName>,
        referent: impl Into<QualifiedName>,
        columns: impl Columns,
        referent_columns: impl Columns,
    ) -> ForeignKeyHandle<'_, NotValid<'_>> {
        let table = table.into();
        let key = ForeignKey::to(&table, columns.names(), referent.into(), referent_columns.names());
        let name = name.into().or_else(|| key.name.clone());
        let key = ForeignKey { name, ..key };
        constraint!(self, table, ForeignKey(key), more => ForeignKeyHandle { key, more })
    }

    /// No two rows may have the same values in these columns.
    ///
    /// ```
    /// # use migrate_core::{dialect::for_scheme, prelude::*};
    /// # let mut op = Op::new();
    /// op.create_unique_constraint(None, "users", ["email"]);
    /// # let recorded = op.finish();
    /// # let [postgres, sqlite] = ["postgres", "sqlite"].map(|scheme| for_scheme(scheme).unwrap().script(&recorded));
    /// assert_eq!(postgres.unwrap(), r#"ALTER TABLE "users" ADD CONSTRAINT "uq_users_email" UNIQUE ("email");"#);
    /// assert!(sqlite.is_err());
    /// ```
    #[track_caller]
    pub fn create_unique_constraint(
        &mut self,
        name: impl Into<NameOrDefault>,
        table: impl Into<QualifiedName>,
        columns: impl Columns,
    ) -> UniqueHandle<'_> {
        let table = table.into();
        let unique = Unique::over(&table, columns.names());
        let name = name.into().or_else(|| unique.name.clone());
        let unique = Unique { name, ..unique };
        constraint!(self, table, Unique(unique) => UniqueHandle(unique))
    }

    /// Every row has to fulfil this condition.
    ///
    /// ```
    /// # use migrate_core::{dialect::for_scheme, prelude::*};
    /// # let mut op = Op::new();
    /// op.create_check_constraint("ck_users_age", "users", "age > 0");
    /// # let recorded = op.finish();
    /// # let [postgres, sqlite] = ["postgres", "sqlite"].map(|scheme| for_scheme(scheme).unwrap().script(&recorded));
    /// assert_eq!(postgres.unwrap(), r#"ALTER TABLE "users" ADD CONSTRAINT "ck_users_age" CHECK (age > 0);"#);
    /// assert!(sqlite.is_err());
    /// ```
    #[track_caller]
    pub fn create_check_constraint(
        &mut self,
        name: &str,
        table: impl Into<QualifiedName>,
        condition: &str,
    ) -> CheckHandle<'_, NotValid<'_>> {
        let table = table.into();
        let check = Check {
            name: name.into(),
            condition: condition.into(),
        };
        constraint!(self, table, Check(check), more => CheckHandle { check, more })
    }

    /// Gives a constraint of a table another name. Where the database cannot (`MySQL`, but for unique constraints), it is
    /// dropped and added as it is, by one statement.
    ///
    /// ```
    /// # use migrate_core::{dialect::for_scheme, prelude::*};
    /// # let mut op = Op::new();
    /// op.rename_table("users", "people");
    /// op.rename_constraint("people", "pk_users", "pk_people").primary_key();
    /// # let recorded = op.finish();
    /// # let [postgres, sqlite] = ["postgres", "sqlite"].map(|scheme| for_scheme(scheme).unwrap().script(&recorded));
    /// assert_eq!(postgres.unwrap(), r#"ALTER TABLE "users" RENAME TO "people";
    /// ALTER TABLE "people" RENAME CONSTRAINT "pk_users" TO "pk_people";"#);
    /// assert!(sqlite.is_err());
    /// ```
    #[track_caller]
    pub fn rename_constraint(
        &mut self,
        table: impl Into<QualifiedName>,
        name: &str,
        to: &str,
    ) -> RenameConstraintHandle<'_> {
        RenameConstraintHandle(record!(
            self,
            RenameConstraint(RenameConstraint {
                table: table.into(),
                name: name.into(),
                to: to.into(),
                primary_key: false,
            })
        ))
    }

    /// Drops a constraint of a table, by name.
    ///
    /// ```
    /// # use migrate_core::{dialect::for_scheme, prelude::*};
    /// # let mut op = Op::new();
    /// op.drop_constraint("ck_users_age", "users");
    /// # let recorded = op.finish();
    /// # let [postgres, sqlite] = ["postgres", "sqlite"].map(|scheme| for_scheme(scheme).unwrap().script(&recorded));
    /// assert_eq!(postgres.unwrap(), r#"ALTER TABLE "users" DROP CONSTRAINT "ck_users_age";"#);
    /// assert!(sqlite.is_err());
    /// ```
    #[track_caller]
    pub fn drop_constraint(
        &mut self,
        name: &str,
        table: impl Into<QualifiedName>,
    ) -> DropConstraintHandle<'_> {
        DropConstraintHandle(record!(
            self,
            DropConstraint(DropConstraint {
                table: table.into(),
                name: name.into(),
                kind: None,
                if_exists: false,
                cascade: false,
            })
        ))
    }

    /// No two rows may be compared with yes by all of these operators (`PostgreSQL`).
    ///
    /// ```
    /// # use migrate_core::{dialect::for_scheme, prelude::*};
    /// # let mut op = Op::new();
    /// op.create_exclude_constraint("no_overlap", "bookings", [("room", "="), ("during", "&&")]).where_("NOT cancelled");
    /// # let script = for_scheme("postgres").unwrap().script(&op.finish()).unwrap();
    /// assert_eq!(script, r#"ALTER TABLE "bookings" ADD CONSTRAINT "no_overlap" EXCLUDE USING "gist" ("room" WITH =, "during" WITH &&) WHERE (NOT cancelled);"#);
    /// ```
    #[track_caller]
    pub fn create_exclude_constraint(
        &mut self,
        name: &str,
        table: impl Into<QualifiedName>,
        elements: impl IntoIterator<Item = (impl Into<IndexElement>, impl Into<String>)>,
    ) -> ExcludeHandle<'_> {
        let table = table.into();
        let exclude = Exclude::over(name, elements);
        constraint!(self, table, Exclude(exclude) => ExcludeHandle(exclude))
    }

    /// Checks the rows of a table against a constraint that was created `not_valid` (`PostgreSQL`). It lets readers and
    /// writers go on, which is why the two are best in migrations of their own.
    ///
    /// ```
    /// # use migrate_core::{dialect::for_scheme, prelude::*};
    /// # let mut op = Op::new();
    /// op.create_check_constraint("ck_users_age", "users", "age > 0").not_valid();
    /// op.validate_constraint("ck_users_age", "users");
    /// # let script = for_scheme("postgres").unwrap().script(&op.finish()).unwrap();
    /// assert_eq!(script, r#"ALTER TABLE "users" ADD CONSTRAINT "ck_users_age" CHECK (age > 0) NOT VALID;
    /// ALTER TABLE "users" VALIDATE CONSTRAINT "ck_users_age";"#);
    /// ```
    #[track_caller]
    pub fn validate_constraint(&mut self, name: &str, table: impl Into<QualifiedName>) {
        record!(
            self,
            ValidateConstraint(ValidateConstraint {
                table: table.into(),
                name: name.into(),
            })
        );
    }
}
