//! Directives for what a schema holds beside tables: sequences, views, triggers, functions, extensions.

use super::{Op, record};
use crate::operation::{
    AlterSequence, AlterSequenceHandle, CreateExtension, CreateExtensionHandle, CreateFunction,
    CreateSequence, CreateTrigger, CreateView, DropCascadeHandle, DropExtension, DropFunction, DropHandle,
    DropSequence, DropTrigger, DropView, DropViewHandle, SequenceHandle, TriggerHandle, ViewHandle,
};
use crate::schema::{Counting, Event, Extension, Function, QualifiedName, Sequence, Timing, Trigger, View};

/// Views.
impl Op {
    /// Creates a view.
    ///
    /// ```
    /// # use migrate_core::{dialect::for_scheme, prelude::*};
    /// # let mut op = Op::new();
    /// op.create_view("adults", "SELECT * FROM users WHERE age >= 18");
    /// # let script = for_scheme("postgres").unwrap().script(&op.finish()).unwrap();
    /// assert_eq!(script, r#"CREATE VIEW "adults" AS SELECT * FROM users WHERE age >= 18;"#);
    /// ```
    #[track_caller]
    pub fn create_view(&mut self, name: impl Into<QualifiedName>, query: &str) -> ViewHandle<'_> {
        let view = View::of(name, query);
        ViewHandle(record!(self, CreateView(CreateView { view, replace: false })))
    }

    /// Gives a view another query. The downgrade of a `reversible` migration gives it the old one.
    ///
    /// ```
    /// # use migrate_core::{dialect::for_scheme, prelude::*};
    /// # let mut op = Op::new();
    /// op.replace_view("adults", "SELECT * FROM users WHERE age >= 21");
    /// # let script = for_scheme("postgres").unwrap().script(&op.finish()).unwrap();
    /// assert_eq!(script, r#"CREATE OR REPLACE VIEW "adults" AS SELECT * FROM users WHERE age >= 21;"#);
    /// ```
    #[track_caller]
    pub fn replace_view(&mut self, name: impl Into<QualifiedName>, query: &str) -> ViewHandle<'_> {
        let view = View::of(name, query);
        ViewHandle(record!(self, CreateView(CreateView { view, replace: true })))
    }

    /// Drops a view.
    ///
    /// ```
    /// # use migrate_core::{dialect::for_scheme, prelude::*};
    /// # let mut op = Op::new();
    /// op.drop_view("adults");
    /// # let script = for_scheme("postgres").unwrap().script(&op.finish()).unwrap();
    /// assert_eq!(script, r#"DROP VIEW "adults";"#);
    /// ```
    #[track_caller]
    pub fn drop_view(&mut self, name: impl Into<QualifiedName>) -> DropViewHandle<'_> {
        DropViewHandle(record!(
            self,
            DropView(DropView {
                name: name.into(),
                materialized: false,
                if_exists: false,
                cascade: false,
            })
        ))
    }
}

/// Triggers.
impl Op {
    /// Creates a trigger. What it does is the database's SQL: the call of a function on `PostgreSQL`, statements
    /// elsewhere.
    ///
    /// ```
    /// # use migrate_core::{dialect::for_scheme, prelude::*};
    /// # let mut op = Op::new();
    /// op.create_trigger("touch", "users", Before, [Update], "EXECUTE FUNCTION touch()");
    /// # let script = for_scheme("postgres").unwrap().script(&op.finish()).unwrap();
    /// assert_eq!(script, r#"CREATE TRIGGER "touch" BEFORE UPDATE ON "users" FOR EACH ROW EXECUTE FUNCTION touch();"#);
    /// ```
    #[track_caller]
    pub fn create_trigger(
        &mut self,
        name: &str,
        table: impl Into<QualifiedName>,
        timing: Timing,
        events: impl IntoIterator<Item = Event>,
        body: &str,
    ) -> TriggerHandle<'_> {
        let trigger = Trigger::of(name, table, timing, events, body);
        TriggerHandle(record!(
            self,
            CreateTrigger(CreateTrigger {
                trigger,
                replace: false
            })
        ))
    }

    /// Puts a trigger in the place of the one of that name. The downgrade of a `reversible` migration puts the old one
    /// back.
    ///
    /// ```
    /// # use migrate_core::{dialect::for_scheme, prelude::*};
    /// # let mut op = Op::new();
    /// op.replace_trigger("touch", "users", Before, [Insert, Update], "EXECUTE FUNCTION touch()");
    /// # let script = for_scheme("postgres").unwrap().script(&op.finish()).unwrap();
    /// assert_eq!(script, r#"DROP TRIGGER "touch" ON "users";
    /// CREATE TRIGGER "touch" BEFORE INSERT OR UPDATE ON "users" FOR EACH ROW EXECUTE FUNCTION touch();"#);
    /// ```
    #[track_caller]
    pub fn replace_trigger(
        &mut self,
        name: &str,
        table: impl Into<QualifiedName>,
        timing: Timing,
        events: impl IntoIterator<Item = Event>,
        body: &str,
    ) -> TriggerHandle<'_> {
        let trigger = Trigger::of(name, table, timing, events, body);
        TriggerHandle(record!(
            self,
            CreateTrigger(CreateTrigger {
                trigger,
                replace: true
            })
        ))
    }

    /// Drops a trigger.
    ///
    /// ```
    /// # use migrate_core::{dialect::for_scheme, prelude::*};
    /// # let mut op = Op::new();
    /// op.drop_trigger("touch", "users");
    /// # let script = for_scheme("postgres").unwrap().script(&op.finish()).unwrap();
    /// assert_eq!(script, r#"DROP TRIGGER "touch" ON "users";"#);
    /// ```
    #[track_caller]
    pub fn drop_trigger(&mut self, name: &str, table: impl Into<QualifiedName>) -> DropHandle<'_> {
        let drop = record!(
            self,
            DropTrigger(DropTrigger {
                name: name.into(),
                table: table.into(),
                if_exists: false,
            })
        );
        DropHandle(&mut drop.if_exists)
    }
}

/// Stored functions.
impl Op {
    /// Creates a stored function: its arguments as they stand between the parentheses, and all that follows them.
    ///
    /// ```
    /// # use migrate_core::{dialect::for_scheme, prelude::*};
    /// # let mut op = Op::new();
    /// op.create_function("one", "", "RETURNS integer LANGUAGE sql RETURN 1");
    /// # let script = for_scheme("postgres").unwrap().script(&op.finish()).unwrap();
    /// assert_eq!(script, r#"CREATE FUNCTION "one"() RETURNS integer LANGUAGE sql RETURN 1;"#);
    /// ```
    #[track_caller]
    pub fn create_function(&mut self, name: impl Into<QualifiedName>, arguments: &str, definition: &str) {
        let function = Function::of(name, arguments, definition);
        record!(
            self,
            CreateFunction(CreateFunction {
                function,
                replace: false
            })
        );
    }

    /// Puts a stored function in the place of the one of that name and arguments. The downgrade of a `reversible`
    /// migration puts the old one back.
    ///
    /// ```
    /// # use migrate_core::{dialect::for_scheme, prelude::*};
    /// # let mut op = Op::new();
    /// op.replace_function("one", "", "RETURNS integer LANGUAGE sql RETURN 2");
    /// # let script = for_scheme("postgres").unwrap().script(&op.finish()).unwrap();
    /// assert_eq!(script, r#"CREATE OR REPLACE FUNCTION "one"() RETURNS integer LANGUAGE sql RETURN 2;"#);
    /// ```
    #[track_caller]
    pub fn replace_function(&mut self, name: impl Into<QualifiedName>, arguments: &str, definition: &str) {
        let function = Function::of(name, arguments, definition);
        record!(
            self,
            CreateFunction(CreateFunction {
                function,
                replace: true
            })
        );
    }

    /// Drops a stored function; its arguments tell it from others of its name.
    ///
    /// ```
    /// # use migrate_core::{dialect::for_scheme, prelude::*};
    /// # let mut op = Op::new();
    /// op.drop_function("one", "");
    /// # let script = for_scheme("postgres").unwrap().script(&op.finish()).unwrap();
    /// assert_eq!(script, r#"DROP FUNCTION "one"();"#);
    /// ```
    #[track_caller]
    pub fn drop_function(&mut self, name: impl Into<QualifiedName>, arguments: &str) -> DropHandle<'_> {
        let drop = record!(
            self,
            DropFunction(DropFunction {
                name: name.into(),
                arguments: arguments.into(),
                if_exists: false,
            })
        );
        DropHandle(&mut drop.if_exists)
    }
}

/// Sequences.
impl Op {
    /// Creates a sequence.
    ///
    /// ```
    /// # use migrate_core::{dialect::for_scheme, prelude::*};
    /// # let mut op = Op::new();
    /// op.create_sequence("invoice_no").start(1000).increment(10);
    /// # let script = for_scheme("postgres").unwrap().script(&op.finish()).unwrap();
    /// assert_eq!(script, r#"CREATE SEQUENCE "invoice_no" INCREMENT BY 10 START WITH 1000;"#);
    /// ```
    #[track_caller]
    pub fn create_sequence(&mut self, name: impl Into<QualifiedName>) -> SequenceHandle<'_> {
        let sequence = Sequence {
            name: name.into(),
            counting: Counting::default(),
            owned_by: None,
        };
        SequenceHandle(record!(
            self,
            CreateSequence(CreateSequence {
                sequence,
                if_not_exists: false
            })
        ))
    }

    /// Changes how a sequence counts, in the respects that the handle is told.
    ///
    /// ```
    /// # use migrate_core::{dialect::for_scheme, prelude::*};
    /// # let mut op = Op::new();
    /// op.alter_sequence("invoice_no").restart(5000);
    /// # let script = for_scheme("postgres").unwrap().script(&op.finish()).unwrap();
    /// assert_eq!(script, r#"ALTER SEQUENCE "invoice_no" RESTART WITH 5000;"#);
    /// ```
    #[track_caller]
    pub fn alter_sequence(&mut self, name: impl Into<QualifiedName>) -> AlterSequenceHandle<'_> {
        AlterSequenceHandle(record!(
            self,
            AlterSequence(AlterSequence {
                name: name.into(),
                counting: Counting::default(),
                restart: None,
            })
        ))
    }

    /// Drops a sequence.
    ///
    /// ```
    /// # use migrate_core::{dialect::for_scheme, prelude::*};
    /// # let mut op = Op::new();
    /// op.drop_sequence("invoice_no").if_exists();
    /// # let script = for_scheme("postgres").unwrap().script(&op.finish()).unwrap();
    /// assert_eq!(script, r#"DROP SEQUENCE IF EXISTS "invoice_no";"#);
    /// ```
    #[track_caller]
    pub fn drop_sequence(&mut self, name: impl Into<QualifiedName>) -> DropHandle<'_> {
        let drop = record!(
            self,
            DropSequence(DropSequence {
                name: name.into(),
                if_exists: false
            })
        );
        DropHandle(&mut drop.if_exists)
    }
}

/// Extensions.
impl Op {
    /// Creates an extension (`PostgreSQL`).
    ///
    /// ```
    /// # use migrate_core::{dialect::for_scheme, prelude::*};
    /// # let mut op = Op::new();
    /// op.create_extension("pg_trgm").if_not_exists();
    /// # let script = for_scheme("postgres").unwrap().script(&op.finish()).unwrap();
    /// assert_eq!(script, r#"CREATE EXTENSION IF NOT EXISTS "pg_trgm";"#);
    /// ```
    #[track_caller]
    pub fn create_extension(&mut self, name: &str) -> CreateExtensionHandle<'_> {
        let extension = Extension {
            name: name.into(),
            schema: None,
            version: None,
        };
        CreateExtensionHandle(record!(
            self,
            CreateExtension(CreateExtension {
                extension,
                if_not_exists: false
            })
        ))
    }

    /// Drops an extension (`PostgreSQL`).
    ///
    /// ```
    /// # use migrate_core::{dialect::for_scheme, prelude::*};
    /// # let mut op = Op::new();
    /// op.drop_extension("pg_trgm").if_exists();
    /// # let script = for_scheme("postgres").unwrap().script(&op.finish()).unwrap();
    /// assert_eq!(script, r#"DROP EXTENSION IF EXISTS "pg_trgm";"#);
    /// ```
    #[track_caller]
    pub fn drop_extension(&mut self, name: &str) -> DropCascadeHandle<'_> {
        let drop = record!(
            self,
            DropExtension(DropExtension {
                name: name.into(),
                if_exists: false,
                cascade: false,
            })
        );
        DropCascadeHandle {
            if_exists: &mut drop.if_exists,
            cascade: &mut drop.cascade,
        }
    }
}
