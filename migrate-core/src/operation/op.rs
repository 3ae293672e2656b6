//! [`Op`]: what `upgrade` and `downgrade` receive.
//!
//! It records and does nothing else: no SQL is written here and no database is asked.

use std::sync::Arc;

use crate::operation::{Execute, Operation, Place, Recorded, Run, StepFn};

/// Records what a migration does.
///
/// Each method is a directive. It records an operation at once, with the file and line that called it. Nothing
/// reaches a database before the whole migration is recorded.
#[derive(Debug, Default)]
pub struct Op {
    recorded: Vec<Recorded>,
}

impl Op {
    /// Nothing recorded yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// What was recorded, in order.
    #[must_use]
    pub fn finish(self) -> Vec<Recorded> {
        self.recorded
    }

    /// Sends SQL as it is. It may be several statements, and may not begin or end a transaction.
    #[track_caller]
    pub fn execute(&mut self, sql: impl Into<String>) {
        let operation = Operation::Execute(Execute { sql: sql.into() });
        self.recorded.push(Recorded {
            operation,
            place: Place::caller(),
        });
    }

    /// Runs a named `async fn(db: &mut Db<'_>) -> Result` on the live connection, at its place between the
    /// recorded operations.
    #[track_caller]
    pub fn run(&mut self, name: &str, step: impl for<'a> StepFn<'a> + 'static) {
        let operation = Operation::Run(Run {
            name: name.into(),
            step: Arc::new(step),
            script: None,
        });
        self.recorded.push(Recorded {
            operation,
            place: Place::caller(),
        });
    }
}
