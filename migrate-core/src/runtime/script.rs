//! The script target: offline SQL. It connects to nothing but a database in memory, where a table has to be known.
//!
//! What it writes is for psql, sqlite3, mysql and mariadb to run as it is. The script stops at the first error, and each
//! transaction makes sure first that it starts from the version rows that it was written for, and keeps other writers off
//! them: from there on a change of a row that is there changes one row, so that nothing has to count the rows afterwards.
//! Should the migration itself change them, the next transaction is not where it starts from.
//!
//! Comments hold revision ids alone, never a message: a message is free text, and clients act on what they find at the
//! start of a line.

use crate::connection::OpenError;
use crate::dialect::Unsupported;
use crate::runtime::executor::started;
use crate::runtime::{Action, Alter, ApplyError, Segment, Target, Twin, VersionTable, Work, segments};

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
    /// Whether the open transaction stands between settings that an alteration needs.
    set: bool,
    twin: Option<Result<Twin<'o>, OpenError>>,
}

impl<'o> Script<'o> {
    pub(crate) fn new(out: &'o mut String, table: VersionTable, exists: bool, wrap: Wrap) -> Self {
        Self {
            out,
            table,
            exists,
            wrap,
            begun: false,
            set: false,
            twin: None,
        }
    }

    /// With somebody to ask what a table is, for the alterations that are to come.
    pub(crate) fn asking(self, twin: Result<Twin<'o>, OpenError>) -> Self {
        Self {
            twin: Some(twin),
            ..self
        }
    }

    /// What the client is told before anything else.
    fn head(&mut self) {
        if self.out.is_empty() {
            self.out.push_str(self.table.dialect().session().head);
        }
    }

    fn statement(&mut self, sql: &str) -> Result<(), Unsupported> {
        self.head();
        self.out.push_str(&self.table.dialect().scripted(sql)?);
        self.out.push_str("\n\n");
        Ok(())
    }

    /// The version table, where a script starts without one.
    pub(crate) fn ensure_table(&mut self) -> Result<(), Unsupported> {
        if !self.exists {
            self.exists = true;
            let create = self.table.ensure();
            self.statement(&create)?;
        }
        Ok(())
    }

    /// Makes sure that the database is where this step starts.
    fn guard(&mut self, work: &Work) -> Result<(), Unsupported> {
        self.ensure_table()?;
        for sql in self.table.guard(&work.rows_before) {
            self.statement(&sql)?;
        }
        Ok(())
    }

    /// Opens a transaction for these actions, unless all is one and it is open.
    fn begin(&mut self, work: &Work, actions: &[Action]) -> Result<(), Unsupported> {
        let opens = match self.wrap {
            Wrap::Each => true,
            Wrap::All => !self.begun,
        };
        if !opens {
            return Ok(());
        }
        self.begun = true;
        let session = self.table.dialect().session();
        let alters = match self.wrap {
            Wrap::Each => actions.iter().any(|action| matches!(action, Action::Alter(_))),
            // Where nothing is altered, nobody has to be asked.
            Wrap::All => true,
        };
        if let (true, Some(Ok(_)), Some(alteration)) = (alters, &self.twin, &session.alteration) {
            self.set = true;
            self.statement(alteration.prepare)?;
        }
        if !session.transactional_ddl {
            // Within a transaction it would end it.
            self.ensure_table()?;
        }
        self.statement(session.begin)?;
        self.guard(work)
    }

    fn commit(&mut self) -> Result<(), Unsupported> {
        self.statement("COMMIT")?;
        if !std::mem::take(&mut self.set) {
            return Ok(());
        }
        let restore = match &self.twin {
            Some(Ok(twin)) => twin.restore().to_vec(),
            Some(Err(_)) | None => Vec::new(),
        };
        restore.iter().try_for_each(|sql| self.statement(sql))
    }

    async fn action(&mut self, action: &Action) -> Result<(), ApplyError> {
        let (statements, place) = match action {
            Action::Statement { statement, place, .. }
            | Action::Backfill {
                whole: statement,
                place,
                ..
            } => (vec![statement.sql.clone()], *place),
            Action::Run {
                script: Some(sql),
                place,
                ..
            } => (vec![sql.clone()], *place),
            Action::Alter(alter) => (self.alteration(alter).await?, alter.place),
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
        };
        for sql in statements {
            self.statement(&sql)
                .map_err(|unsupported| ApplyError::Unsupported { place, unsupported })?;
        }
        match &mut self.twin {
            Some(Ok(twin)) => twin.follow(action).await,
            Some(Err(_)) | None => Ok(()),
        }
    }

    /// Where neither a twin nor the history tells what the table is, some of it needs no answer.
    async fn alteration(&mut self, alter: &Alter) -> Result<Vec<String>, ApplyError> {
        let no_twin = match &mut self.twin {
            Some(Ok(twin)) => return twin.alter(alter).await,
            Some(Err(error)) => Some(error.clone()),
            None => None,
        };
        let dialect = self.table.dialect();
        if let Some(presumed) = &alter.presumed {
            let altered = alter.statements(dialect, presumed)?;
            return Ok(altered.into_iter().map(|statement| statement.sql).collect());
        }
        let mut statements = Vec::new();
        for one in &alter.recorded {
            let compiled = dialect.compile(&one.operation);
            let compiled = compiled.map_err(|unsupported| ApplyError::NoPresent {
                place: one.place,
                table: alter.table.to_string(),
                no_twin: no_twin.clone(),
                hint: unsupported.hint,
            })?;
            statements.extend(compiled.into_iter().map(|statement| statement.sql));
        }
        Ok(statements)
    }
}

impl Target for Script<'_> {
    async fn apply(&mut self, work: &Work) -> Result<(), ApplyError> {
        let work = &work.scripted();
        let mut segments = segments(work, self.table.dialect().session());
        // The version rows are in the last transaction, which may hold nothing else.
        if !matches!(segments.last(), Some(Segment::Together(_))) {
            segments.push(Segment::Together(0..0));
        }
        let last = segments.len() - 1;
        for (index, segment) in segments.iter().enumerate() {
            let actions = work.actions.get(segment.range()).unwrap_or_default();
            match segment {
                Segment::Together(_) | Segment::Batches(_) => self.begin(work, actions)?,
                // Nothing keeps others off the rows until the next statement, so once is enough.
                Segment::Alone(_) if index == 0 => self.guard(work)?,
                Segment::Alone(_) => {}
            }
            if index == 0 {
                self.out.extend(["-- ", &started(work).to_string(), "\n\n"]);
            }
            for action in actions {
                self.action(action).await?;
            }
            if index == last {
                for change in &work.step.changes {
                    let sql = self.table.change(change);
                    self.statement(&sql)?;
                }
            }
            match (segment, self.wrap) {
                (Segment::Together(_) | Segment::Batches(_), Wrap::Each) => self.commit()?,
                (Segment::Together(_) | Segment::Batches(_), Wrap::All) | (Segment::Alone(_), _) => {}
            }
        }
        Ok(())
    }

    async fn finish(mut self) -> Result<(), ApplyError> {
        if self.begun && self.wrap == Wrap::All {
            self.commit()?;
        }
        Ok(())
    }
}
