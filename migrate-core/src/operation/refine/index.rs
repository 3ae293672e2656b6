//! Indexes: new ones, and those that go.

use crate::operation::refine::Columns;
use crate::operation::{CreateIndex, DropIndex};
use crate::schema::Backend;

/// An index that is created.
#[derive(Debug)]
pub struct CreateIndexHandle<'op>(pub(crate) &'op mut CreateIndex);

impl CreateIndexHandle<'_> {
    /// No two rows may have the same values.
    pub fn unique(self) -> Self {
        self.0.index.unique = true;
        self
    }

    /// `NULL` counts as a value, of which a unique index takes only one (`PostgreSQL` 15).
    pub fn nulls_not_distinct(self) -> Self {
        self.0.index.nulls_not_distinct = true;
        self
    }

    /// It covers only the rows that fulfil this condition.
    pub fn where_(self, condition: &str) -> Self {
        self.0.index.predicate = Some(condition.into());
        self
    }

    /// Its access method, such as `gin`; on `MySQL` also its kind, `fulltext` or `spatial`. `SQLite` has one method only.
    pub fn using(self, method: &str) -> Self {
        self.0.index.method = Some(method.into());
        self
    }

    /// It stores these columns without being ordered by them (`PostgreSQL`).
    pub fn include(self, columns: impl Columns) -> Self {
        self.0.index.include = columns.names();
        self
    }

    /// What one database alone knows, in its SQL: `.option(Postgres, "WITH (fillfactor = 70)")`. Others leave it out.
    pub fn option(self, backend: Backend, sql: &str) -> Self {
        self.0.index.options.push((backend, sql.into()));
        self
    }

    /// Writers of the table go on while it is built. It is a step of its own, outside of the migration's transaction
    /// (`PostgreSQL`); elsewhere it is built as any other.
    pub fn concurrently(self) -> Self {
        self.0.concurrently = true;
        self
    }

    /// An index of that name, whatever it is over, is good enough.
    pub fn if_not_exists(self) -> Self {
        self.0.if_not_exists = true;
        self
    }
}

/// An index that is dropped.
#[derive(Debug)]
pub struct DropIndexHandle<'op>(pub(crate) &'op mut DropIndex);

impl DropIndexHandle<'_> {
    /// It may be gone already, where the database can ask that.
    pub fn if_exists(self) -> Self {
        self.0.if_exists = true;
        self
    }

    /// Writers of the table go on meanwhile. It is a step of its own, outside of the migration's transaction
    /// (`PostgreSQL`); elsewhere it is dropped as any other.
    pub fn concurrently(self) -> Self {
        self.0.concurrently = true;
        self
    }
}
