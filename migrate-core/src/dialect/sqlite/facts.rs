//! What a change of a table has to know of it: the query, and its answer as values.
//!
//! One query, so that all of it is of one moment. The texts are those of the catalog; what they mean is read elsewhere.

use crate::dialect::sql::{identifier, literal, unsupported};
use crate::dialect::sqlite::Sqlite;
use crate::dialect::sqlite::definition::Definition;
use crate::dialect::{Present, Unsupported};
use crate::schema::QualifiedName;

/// How the names of the tables begin that a rebuild makes for itself.
pub(super) const PREFIX: &str = "migrate_";

/// A table and what hangs on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Facts {
    /// The attached database that it is in.
    pub(super) schema: String,
    /// Its name, as it is spelled there.
    pub(super) name: String,
    /// Its text.
    pub(super) definition: Definition,
    /// Its indexes that are no constraints, in their order.
    pub(super) indexes: Vec<Index>,
    /// The statements that create its triggers, in their order.
    pub(super) triggers: Vec<String>,
    /// The tables that point to it, once for each column that does.
    pub(super) children: Vec<Child>,
    /// The views and triggers of the whole database, and those of the connection.
    pub(super) bystanders: Vec<Bystander>,
    /// Names that are taken and begin as those of our own tables do.
    pub(super) taken: Vec<String>,
    /// Whether the database holds statistics for its planner.
    pub(super) analyzed: bool,
}

/// An index, and the statement that creates it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Index {
    pub(super) name: String,
    pub(super) sql: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Child {
    pub(super) table: String,
    /// The column of ours that it points to; none for the primary key, whatever that is.
    pub(super) to: Option<String>,
}

/// Something that may mention the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Bystander {
    /// `view` or `trigger`.
    pub(super) kind: String,
    /// The database that it is in.
    pub(super) schema: String,
    pub(super) name: String,
    pub(super) sql: String,
}

/// The query. Every row says first what it tells.
pub(super) fn query(table: &QualifiedName) -> String {
    let name = literal(&table.name);
    let schema_name = table.schema.as_deref().unwrap_or("main");
    let (schema, catalog) = (
        literal(schema_name),
        format!("{}.sqlite_schema", identifier(schema_name)),
    );
    let taken = literal(&format!("{}%", PREFIX));
    // SQLite compares names without regard to ASCII's case, which is what NOCASE does.
    format!(
        "WITH this AS (SELECT name, type, wr FROM pragma_table_list \
            WHERE schema = {schema} AND name = {name} COLLATE NOCASE)
SELECT 'table', this.name, this.type, (SELECT sql FROM {catalog} WHERE type = 'table' AND name = this.name) FROM this
UNION ALL SELECT * FROM (SELECT 'column', c.name, c.hidden, NULL FROM this, pragma_table_xinfo(this.name, {schema}) c ORDER BY c.cid)
UNION ALL SELECT * FROM (SELECT type, name, sql, 'kept' FROM {catalog} \
    WHERE type IN ('index', 'trigger') AND tbl_name = {name} COLLATE NOCASE ORDER BY rowid)
UNION ALL SELECT * FROM (SELECT type, name, sql, 'temporary' FROM temp.sqlite_schema \
    WHERE type = 'trigger' AND tbl_name = {name} COLLATE NOCASE AND {schema} <> 'temp' ORDER BY rowid)
UNION ALL SELECT 'child', m.name, f.\"to\", NULL FROM {catalog} m, pragma_foreign_key_list(m.name, {schema}) f \
    WHERE m.type = 'table' AND f.\"table\" = {name} COLLATE NOCASE
UNION ALL SELECT type, name, sql, 'bystander' FROM {catalog} WHERE type IN ('view', 'trigger')
UNION ALL SELECT type, name, sql, 'temporary bystander' FROM temp.sqlite_schema \
    WHERE type IN ('view', 'trigger') AND {schema} <> 'temp'
UNION ALL SELECT 'taken', name, NULL, NULL FROM {catalog} WHERE name LIKE {taken}
UNION ALL SELECT 'taken', name, NULL, NULL FROM temp.sqlite_schema WHERE name LIKE {taken}
UNION ALL SELECT 'analyzed', NULL, NULL, NULL FROM {catalog} WHERE name = 'sqlite_stat1'"
    )
}

impl Facts {
    /// Reads the answer.
    pub(super) fn read(
        dialect: &Sqlite,
        table: &QualifiedName,
        present: &Present,
    ) -> Result<Self, Unsupported> {
        let refused =
            |what: &str, hint: &str| Err(unsupported(dialect, format!("altering `{table}`{what}"), hint));
        let Some((name, kind, sql)) =
            rows(present, "table").find_map(|(name, kind, sql)| Some((name?, kind?, sql)))
        else {
            return refused(", which does not exist", "correct its name, or create it first");
        };
        if name.to_ascii_lowercase().starts_with("sqlite_") {
            return refused(", a table of the database itself", "leave it alone");
        }
        let sql = match (kind.as_str(), sql) {
            ("table", Some(sql)) => sql,
            ("view", _) => {
                return refused(", which is a view", "drop it, and create it anew by `op.execute`");
            }
            ("virtual", _) => {
                return refused(
                    ", which is a virtual table",
                    "create a new one by `op.execute`, copy the rows and drop the old one",
                );
            }
            ("shadow", _) => return refused(", which holds what a virtual table knows", "leave it alone"),
            _ => {
                return refused(
                    ", whose definition the catalog does not tell",
                    "change it by `op.execute`",
                );
            }
        };
        let definition =
            Definition::parse(&sql).map_err(|unread| not_understood(dialect, table, &unread.0))?;
        // What SQLite itself reads in the text has to be what was read here.
        let columns = rows(present, "column").filter_map(|(name, _, _)| name);
        if !columns.eq(definition.columns().map(|column| column.name.clone())) {
            return Err(not_understood(dialect, table, &sql));
        }
        let schema = table.schema.clone().unwrap_or_else(|| "main".into());
        let home = format!("{}.", identifier(&schema));
        let mut indexes = Vec::new();
        // The index of a constraint has no text.
        for (name, sql) in rows(present, "index").filter_map(|(name, sql, _)| Some((name?, sql?))) {
            let create = anew(&sql, &["CREATE INDEX ", "CREATE UNIQUE INDEX "], &home);
            let sql = create.ok_or_else(|| not_understood(dialect, table, &sql))?;
            indexes.push(Index { name, sql });
        }
        let mut triggers = Vec::new();
        for (sql, place) in rows(present, "trigger").filter_map(|(_, sql, place)| Some((sql?, place?))) {
            if place.ends_with("bystander") {
                continue;
            }
            let create = if place == "temporary" {
                // It may be on a temporary table of the same name, and is then still there.
                let rest = sql.strip_prefix("CREATE TRIGGER ");
                rest.map(|rest| format!("CREATE TEMP TRIGGER IF NOT EXISTS {rest}"))
            } else {
                anew(&sql, &["CREATE TRIGGER "], &home)
            };
            triggers.push(create.ok_or_else(|| not_understood(dialect, table, &sql))?);
        }
        let mut bystanders = Vec::new();
        for kind in ["view", "trigger"] {
            for (name, sql, place) in rows(present, kind) {
                let schema = match place.as_deref() {
                    Some("bystander") => schema.clone(),
                    Some("temporary bystander") => "temp".to_owned(),
                    Some(_) | None => continue,
                };
                if let (Some(name), Some(sql)) = (name, sql) {
                    let kind = kind.to_owned();
                    bystanders.push(Bystander {
                        kind,
                        schema,
                        name,
                        sql,
                    });
                }
            }
        }
        Ok(Self {
            schema,
            name,
            definition,
            indexes,
            triggers,
            bystanders,
            children: rows(present, "child")
                .filter_map(|(table, to, _)| Some(Child { table: table?, to }))
                .collect(),
            taken: rows(present, "taken").filter_map(|(name, _, _)| name).collect(),
            analyzed: rows(present, "analyzed").next().is_some(),
        })
    }
}

impl Facts {
    /// A name that nothing has.
    pub(super) fn free_name(&self, name: &str) -> String {
        let taken = |name: &str| self.taken.iter().any(|taken| taken.eq_ignore_ascii_case(name));
        let mut free = name.to_owned();
        let mut number = 2;
        while taken(&free) {
            free = format!("{name}_{number}");
            number += 1;
        }
        free
    }
}

/// The statement that creates what the catalog keeps this text of: there it begins as SQLite itself wrote it, and does
/// not say in which attached database it is.
fn anew(sql: &str, beginnings: &[&str], home: &str) -> Option<String> {
    beginnings.iter().find_map(|beginning| {
        let rest = sql.strip_prefix(beginning)?;
        Some(format!("{beginning}{home}{rest}"))
    })
}

/// Refuses a text of which something is not understood.
pub(super) fn not_understood(dialect: &Sqlite, table: &QualifiedName, part: &str) -> Unsupported {
    unsupported(
        dialect,
        format!("altering `{table}`: a part of its definition is not understood: {part}"),
        "change the table by `op.execute`",
    )
}

/// The rows that tell of one kind of thing.
fn rows<'p>(
    present: &'p Present,
    kind: &'static str,
) -> impl Iterator<Item = (Option<String>, Option<String>, Option<String>)> + 'p {
    present.rows.iter().filter_map(move |row| match row.as_slice() {
        [Some(first), a, b, c] if first == kind => Some((a.clone(), b.clone(), c.clone())),
        _ => None,
    })
}
