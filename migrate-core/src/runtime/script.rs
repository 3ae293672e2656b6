//! The script target: offline SQL. It connects to nothing.
//!
//! What it writes is for psql and sqlite3 to run as it is. Comments hold revision ids alone, never a message: a
//! message is free text, and clients act on what they find at the start of a line.

use crate::runtime::executor::started;
use crate::runtime::{Action, ApplyError, Target, VersionTable, Work};

/// How a script wraps its statements in transactions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wrap {
    /// One around each migration.
    Each,
    /// One around all.
    All,
}

/// A script as it grows.
#[derive(Debug)]
pub(crate) struct Script<'o> {
    out: &'o mut String,
    table: VersionTable,
    exists: bool,
    wrap: Wrap,
    begun: bool,
}

impl<'o> Script<'o> {
    pub(crate) fn new(out: &'o mut String, table: VersionTable, exists: bool, wrap: Wrap) -> Self {
        Self {
            out,
            table,
            exists,
            wrap,
            begun: false,
        }
    }

    fn statement(&mut self, sql: &str) {
        self.out.push_str(&self.table.dialect().terminated(sql));
        self.out.push_str("\n\n");
    }

    /// The version table, where a script starts without one.
    pub(crate) fn ensure_table(&mut self) {
        if !self.exists {
            self.exists = true;
            let create = self.table.create();
            self.statement(&create);
        }
    }
}

impl Target for Script<'_> {
    async fn apply(&mut self, work: &Work) -> Result<(), ApplyError> {
        let wrapped = match self.wrap {
            Wrap::Each => work.transaction(),
            Wrap::All => !self.begun,
        };
        self.begun = true;
        if wrapped {
            self.statement("BEGIN");
        }
        if !self.exists {
            self.ensure_table();
        } else if wrapped && let Some(guard) = self.table.guard(&work.rows_before) {
            self.statement(&guard);
        }
        self.out.extend(["-- ", &started(work).to_string(), "\n\n"]);
        for action in &work.actions {
            match action {
                Action::Statement { statement, .. } => self.statement(&statement.sql),
                Action::Run {
                    script: Some(sql), ..
                } => self.statement(sql),
                // Nobody can be asked what the table is; but some of it needs no answer.
                Action::Alter {
                    table,
                    operations,
                    place,
                } => {
                    let dialect = self.table.dialect();
                    let compiled = operations.iter().map(|one| dialect.compile(&one.operation));
                    let Ok(compiled) = compiled.collect::<Result<Vec<_>, _>>() else {
                        return Err(ApplyError::NoPresent {
                            place: *place,
                            table: table.to_string(),
                        });
                    };
                    for statement in compiled.iter().flatten() {
                        self.statement(&statement.sql);
                    }
                }
                Action::Run {
                    script: None,
                    name,
                    place,
                    ..
                } => {
                    return Err(ApplyError::NoScript {
                        place: *place,
                        name: name.clone(),
                    });
                }
            }
        }
        for change in &work.step.changes {
            let sql = self.table.change(change);
            self.statement(&sql);
        }
        if wrapped && self.wrap == Wrap::Each {
            self.statement("COMMIT");
        }
        Ok(())
    }

    async fn finish(mut self) -> Result<(), ApplyError> {
        if self.begun && self.wrap == Wrap::All {
            self.statement("COMMIT");
        }
        Ok(())
    }
}
