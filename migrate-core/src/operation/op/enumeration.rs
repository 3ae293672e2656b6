//! Directives for named enum types.

use super::{Op, record};
use crate::operation::{AddEnumValue, AddEnumValueHandle, CreateEnum, DropEnum, DropHandle, RenameEnumValue};
use crate::schema::{Enumeration, QualifiedName};

/// Named enum types.
impl Op {
    /// Creates a named enum type, for columns that are added later and say
    /// [`existing`](crate::schema::Enumeration::existing). It stays until a [`drop_enum`](Self::drop_enum). A column of a
    /// new [`enumeration`](crate::schema::types::enumeration) creates its type by itself, which goes with the last column
    /// that has it. Without named enum types (`SQLite`, `MySQL`) each column carries its values, and there is nothing to do.
    ///
    /// ```
    /// # use migrate_core::{dialect::for_scheme, prelude::*};
    /// # let mut op = Op::new();
    /// op.create_enum(enumeration("plan", ["free", "pro"]));
    /// # let script = for_scheme("postgres").unwrap().script(&op.finish()).unwrap();
    /// assert_eq!(script, r#"CREATE TYPE "plan" AS ENUM ('free', 'pro');"#);
    /// ```
    #[track_caller]
    pub fn create_enum(&mut self, enumeration: Enumeration) {
        record!(
            self,
            CreateEnum(CreateEnum {
                enumeration,
                if_not_exists: false,
            })
        );
    }

    /// Gives a named enum type one more value. `PostgreSQL` has it usable only once it is committed: where the same
    /// migration uses it, it is committed before that, with all that stands before it. Nothing takes a value out again.
    ///
    /// ```
    /// # use migrate_core::{dialect::for_scheme, prelude::*};
    /// # let mut op = Op::new();
    /// op.add_enum_value("plan", "team").after("free");
    /// # let script = for_scheme("postgres").unwrap().script(&op.finish()).unwrap();
    /// assert_eq!(script, r#"ALTER TYPE "plan" ADD VALUE 'team' AFTER 'free';"#);
    /// ```
    #[track_caller]
    pub fn add_enum_value(&mut self, name: impl Into<QualifiedName>, value: &str) -> AddEnumValueHandle<'_> {
        AddEnumValueHandle(record!(
            self,
            AddEnumValue(AddEnumValue {
                name: name.into(),
                value: value.into(),
                position: None,
                if_not_exists: false,
            })
        ))
    }

    /// Gives a value of a named enum type another name, in every row.
    ///
    /// ```
    /// # use migrate_core::{dialect::for_scheme, prelude::*};
    /// # let mut op = Op::new();
    /// op.rename_enum_value("plan", "free", "basic");
    /// # let script = for_scheme("postgres").unwrap().script(&op.finish()).unwrap();
    /// assert_eq!(script, r#"ALTER TYPE "plan" RENAME VALUE 'free' TO 'basic';"#);
    /// ```
    #[track_caller]
    pub fn rename_enum_value(&mut self, name: impl Into<QualifiedName>, value: &str, to: &str) {
        record!(
            self,
            RenameEnumValue(RenameEnumValue {
                name: name.into(),
                value: value.into(),
                to: to.into(),
            })
        );
    }

    /// Drops a named enum type, after the last column that has it is gone. One that a column of an
    /// [`enumeration`](crate::schema::types::enumeration) created needs none of this: at the end of the migration which
    /// takes its last column, it goes by itself, unless something else needs it. Without named enum types (`SQLite`,
    /// `MySQL`) there is nothing to do.
    ///
    /// ```
    /// # use migrate_core::{dialect::for_scheme, prelude::*};
    /// # let mut op = Op::new();
    /// op.drop_enum("plan");
    /// # let recorded = op.finish();
    /// # let [postgres, sqlite] = ["postgres", "sqlite"].map(|scheme| for_scheme(scheme).unwrap().script(&recorded));
    /// assert_eq!(postgres.unwrap(), r#"DROP TYPE "plan";"#);
    /// assert_eq!(sqlite.unwrap(), "");
    /// ```
    #[track_caller]
    pub fn drop_enum(&mut self, name: impl Into<QualifiedName>) -> DropHandle<'_> {
        let drop = record!(
            self,
            DropEnum(DropEnum {
                name: name.into(),
                if_exists: false,
                if_unused: false,
            })
        );
        DropHandle(&mut drop.if_exists)
    }
}
