//! SQL of the author's own, and data steps.

use std::sync::Arc;

use crate::operation::{Execute, Run, StepFn};
use crate::schema::Expression;

/// SQL that is sent as it is.
#[derive(Debug)]
pub struct ExecuteHandle<'op>(pub(crate) &'op mut Execute);

impl ExecuteHandle<'_> {
    /// What stands for `:name` in the text: a Rust value, which is written as a literal of the database, online and in
    /// scripts alike.
    pub fn bind(self, name: &str, value: impl Into<Expression>) -> Self {
        self.0.values.push((name.into(), value.into()));
        self
    }

    /// The SQL that undoes it, for the downgrade of a `reversible` migration.
    pub fn reverse(self, sql: &str) -> Self {
        self.0.reverse = Some(sql.into());
        self
    }
}

/// A data step.
#[derive(Debug)]
pub struct RunHandle<'op>(pub(crate) &'op mut Run);

impl RunHandle<'_> {
    /// What stands for it in a script, where no Rust can run: SQL that does the same.
    pub fn sql(self, sql: &str) -> Self {
        self.0.script = Some(sql.into());
        self
    }

    /// The step that undoes it, for the downgrade of a `reversible` migration.
    pub fn reverse(self, step: impl for<'a> StepFn<'a> + 'static) -> Self {
        self.0.reverse = Some(Arc::new(step));
        self
    }
}
