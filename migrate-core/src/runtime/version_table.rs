//! The version table: the only place that writes SQL about it.
//!
//! It is Alembic's own, row for row: one row for each head of what is applied. Which rows a step changes is the
//! graph's decision; this file only spells it.

use migrate_graph::{Plan, RevisionId, VersionChange};

use crate::connection::{DatabaseError, Db, FromValue, Row, Value};
use crate::dialect::Dialect;
use crate::runtime::PrepareError;

/// The name of Alembic's table.
pub const DEFAULT_VERSION_TABLE: &str = "alembic_version";

/// How its key's name ends.
const KEY: &str = "_pkc";

/// How the name of the journal beside it ends.
const JOURNAL: &str = "_journal";

/// Its only column.
const COLUMN: &str = "version_num";

/// The version table of one database.
#[derive(Debug, Clone)]
pub(crate) struct VersionTable {
    dialect: &'static dyn Dialect,
    name: String,
    schema: Option<String>,
}

/// What a look at a database found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Found {
    /// Whether the table is there.
    pub(crate) exists: bool,
    /// Its rows, sorted.
    pub(crate) rows: Vec<String>,
    /// How many characters a row takes, where the database holds it to that: a table that somebody made by hand may
    /// be narrower than ours.
    pub(crate) width: Option<usize>,
    /// Whether there is a journal beside it: a migration may be half done.
    pub(crate) journal: bool,
}

impl Found {
    /// The ids that a plan would write into this table and that do not fit, each once, in the order of the plan.
    pub(crate) fn too_long(&self, plan: &Plan, table: &str) -> Vec<PrepareError> {
        let width = self.width.unwrap_or(usize::MAX);
        let mut long: Vec<&RevisionId> = Vec::new();
        for change in plan.steps.iter().flat_map(|step| &step.changes) {
            if let VersionChange::Insert(id) | VersionChange::Update { to: id, .. } = change
                && id.as_str().len() > width
                && !long.contains(&id)
            {
                long.push(id);
            }
        }
        let error = |id: &RevisionId| PrepareError::TooLong {
            revision: id.clone(),
            table: table.into(),
            width,
        };
        long.into_iter().map(error).collect()
    }
}

impl VersionTable {
    pub(crate) fn new(dialect: &'static dyn Dialect, name: &str, schema: Option<&str>) -> Self {
        Self {
            dialect,
            name: name.into(),
            schema: schema.map(Into::into),
        }
    }

    pub(crate) fn dialect(&self) -> &'static dyn Dialect {
        self.dialect
    }

    /// The table's name as messages show it.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// What the lock of a run is about: this table, in this schema.
    pub(crate) fn lock_name(&self) -> String {
        format!("{}\0{}", self.schema.as_deref().unwrap_or_default(), self.name)
    }

    /// Whether a table is this one, or the journal beside it, wherever it is.
    pub(crate) fn is_own(&self, table: &str) -> bool {
        table == self.name || table == self.derived(JOURNAL)
    }

    fn quoted(&self) -> String {
        self.in_schema(&self.name)
    }

    /// The name of the journal's table, quoted. It is made of this table's own, in the same schema: migrations that keep
    /// their state in two tables may share a database.
    pub(crate) fn journal(&self) -> String {
        self.in_schema(&self.derived(JOURNAL))
    }

    fn in_schema(&self, name: &str) -> String {
        let name = self.dialect.identifier(name);
        match &self.schema {
            Some(schema) => format!("{}.{name}", self.dialect.identifier(schema)),
            None => name,
        }
    }

    /// This table's name with something after it. Where a database would cut such a name, this one is cut before it.
    fn derived(&self, ending: &'static str) -> String {
        let limit = self.dialect.names().limit.less(ending);
        let (stem, _) = self.name.split_at(limit.fitting(&self.name));
        format!("{stem}{ending}")
    }

    /// The table's DDL, with Alembic's column and its name for the key. Where a database would cut that name, it
    /// would be the table's own.
    pub(crate) fn create(&self) -> String {
        self.made_by("CREATE TABLE")
    }

    /// The same for a script, which cannot know whether a downgrade to base left an empty one.
    pub(crate) fn ensure(&self) -> String {
        self.made_by("CREATE TABLE IF NOT EXISTS")
    }

    fn made_by(&self, create: &str) -> String {
        let session = self.dialect.session();
        let key = self.dialect.identifier(&self.derived(KEY));
        format!(
            "{create} {} (\n    version_num {} NOT NULL,\n    CONSTRAINT {key} PRIMARY KEY (version_num)\n){}",
            self.quoted(),
            session.version_column,
            session.table_options,
        )
    }

    /// The statement that makes other writers of the table wait until the transaction ends, where one is needed.
    pub(crate) fn claim(&self) -> Option<String> {
        self.dialect.claim_table(&self.quoted())
    }

    /// The statement for one change of the rows.
    pub(crate) fn change(&self, change: &VersionChange) -> String {
        let table = self.quoted();
        let literal = |id: &RevisionId| self.dialect.literal(id.as_str());
        let is = |id: &RevisionId| self.dialect.equals(&format!("{table}.{COLUMN}"), id.as_str());
        match change {
            VersionChange::Insert(id) => {
                format!("INSERT INTO {table} (version_num) VALUES ({})", literal(id))
            }
            VersionChange::Delete(id) => {
                format!("DELETE FROM {table} WHERE {}", is(id))
            }
            VersionChange::Update { from, to } => format!(
                "UPDATE {table} SET version_num={} WHERE {}",
                literal(to),
                is(from)
            ),
            VersionChange::Clear { .. } => format!("DELETE FROM {table}"),
        }
    }

    /// The statements by which a script makes sure that it starts from these rows.
    pub(crate) fn guard(&self, rows: &[String]) -> Vec<String> {
        self.dialect.guard(&self.quoted(), COLUMN, rows)
    }

    /// Looks for the table and reads its rows; nothing is written. A row that is no text stands in parentheses: it
    /// names no revision, whatever it looks like, and the message about that should show it.
    ///
    /// Without a configured schema the table is the first of its name where the database looks, or would be made
    /// there; from then on it is that one, whatever a migration does to the search path.
    pub(crate) async fn read(&mut self, db: &mut Db<'_>) -> Result<Found, DatabaseError> {
        let lookup =
            self.dialect
                .find_table(self.schema.as_deref(), &self.name, COLUMN, &self.derived(JOURNAL));
        let found = db.fetch_all(&lookup).await?;
        let found = found.first().map_or(&[][..], Row::values);
        if let Some(Value::Text(schema)) = found.first() {
            self.schema = Some(schema.clone());
        }
        let journal = found.get(3).and_then(bool::from_value) == Some(true);
        if found.get(1).and_then(bool::from_value) != Some(true) {
            return Ok(Found {
                journal,
                ..Found::default()
            });
        }
        let width = found.get(2).and_then(i64::from_value);
        let rows = db.fetch_all(&self.select()).await?;
        Ok(Found {
            exists: true,
            rows: texts(&rows),
            width: width.and_then(|width| width.try_into().ok()),
            journal,
        })
    }

    /// The rows once whoever writes them now is done.
    pub(crate) async fn read_settled(&mut self, db: &mut Db<'_>) -> Result<Vec<String>, DatabaseError> {
        if self.read(db).await?.exists
            && let Some(claim) = self.claim()
        {
            let mut transaction = db.begin(self.dialect.session().begin).await?;
            let claimed = transaction.db().execute(&claim).await;
            transaction.rollback().await?;
            claimed?;
        }
        Ok(self.read(db).await?.rows)
    }

    /// Opens a transaction and reads the rows of a table that is there, in one message.
    pub(crate) async fn begin_and_read(
        &self,
        db: &mut Db<'_>,
        begin: &str,
    ) -> Result<Vec<String>, DatabaseError> {
        let rows = db.fetch_all(&format!("{begin}; {}", self.select())).await?;
        Ok(texts(&rows))
    }

    fn select(&self) -> String {
        format!("SELECT version_num FROM {}", self.quoted())
    }
}

/// The first value of each row, sorted; what is no text as text that no id is.
fn texts(rows: &[Row]) -> Vec<String> {
    let text = |value: &Value| match value {
        Value::Text(text) => text.clone(),
        Value::Null | Value::Bool(_) | Value::Integer(_) | Value::Real(_) | Value::Bytes(_) => {
            format!("({value})")
        }
    };
    let texts = rows.iter().filter_map(|row| row.values().first().map(text));
    let mut texts: Vec<String> = texts.collect();
    texts.sort_unstable();
    texts
}
