//! The statements of a rebuild: a new table takes the rows of the old one, and its place.
//!
//! They stand in a transaction, and each that finds something lost fails: then nothing has happened. What the new
//! table is, is `alter`'s business. The order is that of <https://www.sqlite.org/lang_altertable.html#otheralter>.

use crate::dialect::Statement;
use crate::dialect::sql::{identifier, literal, parenthesised};
use crate::dialect::sqlite::definition::{Column, Definition, Rule};
use crate::dialect::sqlite::facts::{Facts, PREFIX};

/// What a table is to be.
#[derive(Debug)]
pub(super) struct Target {
    pub(super) definition: Definition,
    /// The columns that are not in the old table.
    pub(super) added: Vec<String>,
    /// The expressions, over the old table, of columns that do not take their values as they are.
    pub(super) using: Vec<(String, String)>,
    /// The statements that create its indexes.
    pub(super) indexes: Vec<Statement>,
    /// What its new text cannot say: SQLite itself drops and renames columns, for it knows what mentions them.
    pub(super) after: Vec<Statement>,
}

/// The statements.
pub(super) fn statements(facts: &Facts, target: &Target) -> Vec<Statement> {
    let (old, new) = (&facts.definition, &target.definition);
    let new_name = facts.free_name(&format!("{PREFIX}rebuild_{}", facts.name));
    let schema = identifier(&facts.schema);
    let table = format!("{schema}.{}", identifier(&facts.name));
    let rebuilt = format!("{schema}.{}", identifier(&new_name));
    let guard = Guard::new(facts);
    let references = (old.has_foreign_keys() || new.has_foreign_keys() || !facts.children.is_empty())
        .then(|| violations(facts));

    let mut texts = vec![guard.create(facts)];
    // What nothing points to can be dropped while foreign keys are enforced.
    if !facts.children.is_empty() || new.refers_to(&facts.name) {
        texts.push(guard.expect("keys", "SELECT foreign_keys = 0 FROM pragma_foreign_keys"));
    }
    if let Some(violations) = &references {
        texts.push(format!("CREATE TABLE {} AS {violations}", guard.before));
    }
    texts.push(new.renamed(&rebuilt));
    let (into, from) = copied(old, target);
    texts.push(format!(
        "INSERT OR ABORT INTO {rebuilt} ({}) SELECT {} FROM {table}",
        into.join(", "),
        from.join(", "),
    ));
    texts.push(guard.expect(
        "rows",
        &format!("SELECT (SELECT count(*) FROM {table}) = (SELECT count(*) FROM {rebuilt})"),
    ));
    if old.autoincrement() && new.autoincrement() {
        let (old_name, new_name) = (literal(&facts.name), literal(&new_name));
        let sequence = format!("{schema}.sqlite_sequence");
        texts.push(format!("DELETE FROM {sequence} WHERE name = {new_name}"));
        texts.push(format!(
            "INSERT INTO {sequence} (name, seq) SELECT {new_name}, seq FROM {sequence} WHERE name = {old_name}"
        ));
    }
    texts.push(format!("DROP TABLE {table}"));
    // Without it the new name is looked for in every view and trigger, and while the old table is gone those that
    // mention it do not stand.
    texts.push("PRAGMA legacy_alter_table=ON".into());
    texts.push(format!(
        "ALTER TABLE {rebuilt} RENAME TO {}",
        identifier(&facts.name)
    ));
    texts.push("PRAGMA legacy_alter_table=OFF".into());
    texts.extend(target.indexes.iter().map(|index| index.sql.clone()));
    if let Some(violations) = &references {
        texts.push(guard.expect("references", &guard.no_more_than_before(violations)));
        texts.push(format!("DROP TABLE {}", guard.before));
    }
    texts.extend(facts.triggers.iter().cloned());
    texts.extend(target.after.iter().map(|statement| statement.sql.clone()));
    if facts.analyzed {
        texts.push(format!("ANALYZE {table}"));
    }
    texts.push(format!("DROP TABLE {}", guard.table));
    texts.into_iter().map(Statement::new).collect()
}

/// What the rows are copied into, and from which expressions. A generated column has no value of its own, and a new
/// one has its default.
fn copied(old: &Definition, target: &Target) -> (Vec<String>, Vec<String>) {
    let new = &target.definition;
    let mut pairs: Vec<(String, String)> = row_ids(old, target).into_iter().collect();
    for column in new.columns().filter(|column| !is_generated(column)) {
        let name = identifier(&column.name);
        let using = target
            .using
            .iter()
            .find(|(of, _)| of.eq_ignore_ascii_case(&column.name));
        match using {
            Some((_, expression)) => pairs.push((name, parenthesised(expression))),
            None if is_added(target, column) => {}
            None => pairs.push((name.clone(), name)),
        }
    }
    pairs.into_iter().unzip()
}

pub(super) fn is_generated(column: &Column) -> bool {
    column
        .clauses
        .iter()
        .any(|clause| matches!(clause.rule, Rule::Generated(..)))
}

fn is_added(target: &Target, column: &Column) -> bool {
    target
        .added
        .iter()
        .any(|added| added.eq_ignore_ascii_case(&column.name))
}

/// The names of the row id in both tables, when it is to be kept and no column of the old table decides it. It has
/// three names, and a column may hide each of them.
fn row_ids(old: &Definition, target: &Target) -> Option<(String, String)> {
    let new = &target.definition;
    let decided = new.row_id().is_some_and(|column| !is_added(target, column));
    if decided || old.without_rowid || new.without_rowid {
        return None;
    }
    let name = |definition: &Definition| {
        let names = ["rowid", "_rowid_", "oid"].into_iter();
        names
            .map(str::to_owned)
            .find(|name| definition.column(name).is_none())
    };
    Some((name(new)?, name(old)?))
}

/// The rows of this table, and of those that point to it, which point to nothing: how many for each foreign key.
fn violations(facts: &Facts) -> String {
    let mut tables = vec![format!("({})", literal(&facts.name))];
    for child in &facts.children {
        let table = format!("({})", literal(&child.table));
        if !tables.contains(&table) {
            tables.push(table);
        }
    }
    let schema = literal(&facts.schema);
    format!(
        "SELECT c.\"table\" AS child, c.parent, l.\"from\", l.\"to\", count(*) AS n \
         FROM (VALUES {}) t, pragma_foreign_key_check(t.column1, {schema}) c, \
         pragma_foreign_key_list(c.\"table\", {schema}) l \
         WHERE l.id = c.fkid AND l.seq = 0 GROUP BY 1, 2, 3, 4",
        tables.join(", ")
    )
}

/// A temporary table into which nothing can be inserted but what is true. Its checks are named by what is then lost,
/// since the name is what an error tells.
struct Guard {
    table: String,
    /// A table for the rows that pointed to nothing before.
    before: String,
}

impl Guard {
    fn new(facts: &Facts) -> Self {
        let name = |name: &str| {
            format!(
                "temp.{}",
                identifier(&facts.free_name(&format!("{PREFIX}{name}")))
            )
        };
        Self {
            table: name("guard"),
            before: name("before"),
        }
    }

    fn create(&self, facts: &Facts) -> String {
        let checks = [
            (
                "keys",
                "foreign_keys is ON: rows that point to `{}` would be deleted with the old table",
            ),
            ("rows", "the new `{}` has not all rows of the old one"),
            (
                "references",
                "rows of `{}`, or rows that point to it, point to nothing",
            ),
        ];
        let columns = checks.map(|(column, reason)| {
            let reason = identifier(&reason.replace("{}", &facts.name));
            format!(
                "{} CONSTRAINT {reason} CHECK ({})",
                identifier(column),
                identifier(column)
            )
        });
        format!("CREATE TABLE {} ({})", self.table, columns.join(", "))
    }

    /// The statement that fails unless the query answers true.
    fn expect(&self, column: &str, query: &str) -> String {
        format!("INSERT INTO {} ({}) {query}", self.table, identifier(column))
    }

    fn no_more_than_before(&self, violations: &str) -> String {
        format!(
            "SELECT NOT EXISTS (SELECT 1 FROM ({violations}) AS now WHERE n > coalesce((SELECT n FROM {} AS before \
             WHERE before.child = now.child AND before.parent = now.parent \
             AND before.\"from\" IS now.\"from\" AND before.\"to\" IS now.\"to\"), 0))",
            self.before
        )
    }
}
