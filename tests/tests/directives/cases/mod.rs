//! Every directive in use, over the tables of [`setup`]: a case for each directive and each option that shows.
//!
//! What a case is shown and run for stands in the files beside this folder; here is only what is recorded.

mod columns;
mod constraints;
mod enums;
mod indexes;
mod objects;
mod rows;
mod tables;

use migrate_core::prelude::*;
use migrate_core::schema::Backend;

/// What a migration's `upgrade` or `downgrade` is.
pub(crate) type Record = fn(&mut Op) -> Result;

/// A history of two migrations: what stands before, and what the case is about.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Case {
    /// Its name, among all cases.
    pub(crate) name: &'static str,
    /// What stands before it, beside the tables of [`setup`].
    pub(crate) before: Record,
    /// What it is about.
    pub(crate) up: Record,
    /// What leads back.
    pub(crate) down: Record,
    /// The databases that refuse `up`.
    pub(crate) refused: &'static [Backend],
    /// The databases where `up` changes nothing that a catalog shows.
    pub(crate) idle: &'static [Backend],
}

impl Case {
    /// These databases refuse it.
    const fn refused(self, refused: &'static [Backend]) -> Self {
        Self { refused, ..self }
    }

    /// These databases have nothing to do.
    const fn idle(self, idle: &'static [Backend]) -> Self {
        Self { idle, ..self }
    }
}

/// A case: its name, perhaps what stands before it, what it does, and what leads back.
macro_rules! case {
    ($name:literal, |$up_op:ident| $up:expr, |$down_op:ident| $down:expr $(,)?) => {
        case!($name, |_op| {}, |$up_op| $up, |$down_op| $down)
    };
    ($name:literal, |$before_op:ident| $before:expr, |$up_op:ident| $up:expr, |$down_op:ident| $down:expr$(,)?) => {
        $crate::cases::Case {
            name: $name,
            before: |$before_op| {
                $before;
                Ok(())
            },
            up: |$up_op| {
                $up;
                Ok(())
            },
            down: |$down_op| {
                $down;
                Ok(())
            },
            refused: &[],
            idle: &[],
        }
    };
}
use case;

/// Cases about one kind of thing.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Kind {
    /// Its name, which is its file's.
    pub(crate) name: &'static str,
    /// Its cases.
    pub(crate) cases: &'static [Case],
    /// The text of its file.
    pub(crate) source: &'static str,
}

/// All cases.
pub(crate) const KINDS: [Kind; 7] = [
    Kind {
        name: "tables",
        cases: tables::CASES,
        source: include_str!("tables.rs"),
    },
    Kind {
        name: "columns",
        cases: columns::CASES,
        source: include_str!("columns.rs"),
    },
    Kind {
        name: "constraints",
        cases: constraints::CASES,
        source: include_str!("constraints.rs"),
    },
    Kind {
        name: "indexes",
        cases: indexes::CASES,
        source: include_str!("indexes.rs"),
    },
    Kind {
        name: "enums",
        cases: enums::CASES,
        source: include_str!("enums.rs"),
    },
    Kind {
        name: "objects",
        cases: objects::CASES,
        source: include_str!("objects.rs"),
    },
    Kind {
        name: "rows",
        cases: rows::CASES,
        source: include_str!("rows.rs"),
    },
];

/// The tables that the cases work on; `logs` is empty.
pub(crate) fn setup(op: &mut Op) {
    op.create_table("orgs", |t| {
        t.column("id", integer()).primary_key().autoincrement();
        t.column("name", text()).not_null();
    });
    op.create_table("users", |t| {
        t.column("id", integer()).primary_key();
        t.column("name", varchar(80)).not_null();
        t.column("age", integer());
        t.column("boss_id", integer()).references("users", "id");
        t.column("note", text()).comment("free text");
        t.check("age > 0").name("ck_users_age");
    });
    op.create_index("ix_users_name", "users", ["name"]);
    op.create_table("logs", |t| {
        t.column("line", varchar(80));
        t.column("number", integer());
    });
    op.bulk_insert("orgs", ["name"], [("first",)]);
    op.bulk_insert(
        "users",
        ["id", "name", "age", "note"],
        [(1, "somebody", 30, "none")],
    );
}
