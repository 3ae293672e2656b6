//! Every directive on every database: the SQL that it becomes, side by side, and what the database's catalog says when
//! it was run, up, down and up again.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]

mod cases;
mod catalog;
mod complete;
mod history;
mod rendered;
mod sql;

use migrate_core::schema::Backend;

/// The databases, by the scheme of their URLs.
const DATABASES: [(&str, Backend); 3] = [
    ("postgres", Backend::Postgres),
    ("sqlite", Backend::Sqlite),
    ("mysql", Backend::MySql),
];
