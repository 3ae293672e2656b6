//! The script target: offline SQL. It connects to nothing.
//!
//! What it writes is for psql and sqlite3 to run as it is. Comments hold revision ids alone, never a message: a
//! message is free text, and clients act on what they find at the start of a line.

use crate::runtime::executor::started;
use crate::runtime::{Action, ApplyError, Segment, Target, VersionTable, Work, segments};

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

impl Script<'_> {
    /// Opens a transaction, unless all is one and it is open; makes the version table, or makes sure of its rows.
    fn begin(&mut self, work: &Work) {
        let opens = match self.wrap {
            Wrap::Each => true,
            Wrap::All => !self.begun,
        };
        self.begun = true;
        if opens {
            self.statement("BEGIN");
        }
        if !self.exists {
            self.ensure_table();
        } else if opens && let Some(guard) = self.table.guard(&work.rows_before) {
            self.statement(&guard);
        }
    }

    fn commit(&mut self) {
        if self.wrap == Wrap::Each {
            self.statement("COMMIT");
        }
    }

    fn action(&mut self, action: &Action) -> Result<(), ApplyError> {
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
        Ok(())
    }
}

impl Target for Script<'_> {
    async fn apply(&mut self, work: &Work) -> Result<(), ApplyError> {
        let mut segments = segments(work, self.table.dialect().session());
        // The version rows are in the last transaction, which may hold nothing else.
        if !matches!(segments.last(), Some(Segment::Together(_))) {
            segments.push(Segment::Together(0..0));
        }
        let last = segments.len() - 1;
        for (index, segment) in segments.iter().enumerate() {
            let transaction = matches!(segment, Segment::Together(_));
            if transaction {
                self.begin(work);
            }
            if index == 0 {
                self.out.extend(["-- ", &started(work).to_string(), "\n\n"]);
            }
            for action in work.actions.get(segment.range()).unwrap_or_default() {
                self.action(action)?;
            }
            if index == last {
                for change in &work.step.changes {
                    let sql = self.table.change(change);
                    self.statement(&sql);
                }
            }
            if transaction {
                self.commit();
            }
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
