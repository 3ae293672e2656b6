//! The statements that are made of what was asked for, and the table afterwards.

use std::fmt::Write as _;

use migrate_core::prelude::*;

use crate::database::Base;

/// The statements without those that every rebuild has.
pub(crate) async fn made(setup: &str, record: impl FnOnce(&mut Op)) -> String {
    let mut base = Base::new(setup).await;
    let statements = match base.alter("t", record).await {
        Ok(statements) => statements,
        Err(refused) => return format!("!! {refused}"),
    };
    let mut text = String::new();
    for sql in &statements {
        let of_every_rebuild = ["migrate_guard", "migrate_before", "legacy_alter_table"]
            .iter()
            .any(|ours| sql.contains(ours));
        if !of_every_rebuild {
            writeln!(text, "{};", sql.replace("\"main\".\"migrate_rebuild_t\"", "new")).unwrap();
        }
    }
    write!(text, "-- {}", base.sql_of("t").await).unwrap();
    text
}

/// What each of these makes of the same table.
macro_rules! each_made {
    ($setup:expr, $($record:expr),+ $(,)?) => {{
        use std::fmt::Write as _;
        let mut text = String::new();
        $(writeln!(text, "{}\n", $crate::made::made($setup, $record).await).unwrap();)+
        text
    }};
}

pub(crate) const T: &str = "CREATE TABLE t (
    id INTEGER PRIMARY KEY, -- the key
    a VARCHAR(10) NOT NULL DEFAULT 'x', -- about a
    b INT CONSTRAINT positive CHECK (b > 0),
    c,
    CONSTRAINT uq UNIQUE (a, b), -- about uq
    UNIQUE (b), CHECK (c <> 9)
    FOREIGN KEY (c) REFERENCES t
);
INSERT INTO t (a, b) VALUES ('1', 2);
CREATE TABLE p (id INTEGER PRIMARY KEY);
INSERT INTO p VALUES (2);";
pub(crate) use each_made;
