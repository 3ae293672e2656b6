//! Operations on a table that exists, applied to its present text.
//!
//! What SQLite's `ALTER TABLE` does is left to it; everything else becomes one rebuild. One file for each kind of
//! operation; here is what they have in common.

mod change;
mod column;
mod constraint;

use crate::dialect::sql::{Writer, unsupported};
use crate::dialect::sqlite::definition::{Definition, Unread};
use crate::dialect::sqlite::facts::{Facts, not_understood};
use crate::dialect::sqlite::rebuild::{self, Target};
use crate::dialect::sqlite::{Sqlite, ddl as own};
use crate::dialect::{Present, Statement, Unsupported, Way};
use crate::operation::{AlterColumn, Operation, RenameConstraint, RenameIndex};
use crate::schema::{QualifiedName, qualified};

/// See [`Dialect::way`](crate::dialect::Dialect::way).
pub(super) fn way(dialect: &Sqlite, operation: &Operation) -> Way {
    if let Operation::AddColumn(_) = operation
        && own::compile(dialect, operation).is_err()
    {
        return Way::WithPresent;
    }
    if let Operation::AlterColumn(alter) = operation
        && alter.rename.is_some()
    {
        return if *alter == renaming(alter) {
            Way::Direct
        } else {
            Way::Last
        };
    }
    if matches!(
        operation,
        Operation::AddColumn(_) | Operation::CreateIndex(_) | Operation::DropIndex(_)
    ) {
        Way::Either
    } else if matches!(
        operation,
        Operation::AlterColumn(_)
            | Operation::DropColumn(_)
            | Operation::AddConstraint(_)
            | Operation::RenameConstraint(_)
            | Operation::DropConstraint(_)
            | Operation::RenameIndex(_)
    ) {
        Way::WithPresent
    } else {
        Way::Direct
    }
}

/// See [`Dialect::refuse`](crate::dialect::Dialect::refuse).
pub(super) fn refuse(dialect: &Sqlite, operation: &Operation) -> Result<(), Unsupported> {
    if let Operation::AddColumn(add) = operation {
        column::text(dialect, add).map(drop)
    } else if let Operation::DropColumn(drop) = operation {
        column::check_drop(dialect, drop)
    } else if let Operation::AlterColumn(alter) = operation {
        change::check(dialect, alter)
    } else if let Operation::AddConstraint(add) = operation {
        constraint::text(dialect, add).map(drop)
    } else if let Operation::DropConstraint(drop) = operation {
        constraint::check_drop(dialect, drop)
    } else if let Operation::RenameConstraint(RenameConstraint { name, to, .. })
    | Operation::RenameIndex(RenameIndex { name, to, .. }) = operation
    {
        Writer::new(dialect).name(name).name(to).finish().map(drop)
    } else {
        own::compile(dialect, operation).map(drop)
    }
}

/// What is left of an operation when it changes nothing but the column's name.
fn renaming(alter: &AlterColumn) -> AlterColumn {
    AlterColumn {
        rename: alter.rename.clone(),
        ..AlterColumn::new(&alter.table, &alter.column)
    }
}

/// See [`Dialect::alter`](crate::dialect::Dialect::alter).
pub(super) fn alter(
    dialect: &Sqlite,
    table: &QualifiedName,
    operations: &[&Operation],
    present: &Present,
) -> Result<Vec<Statement>, Unsupported> {
    let facts = Facts::read(dialect, table, present)?;
    let mut draft = Draft {
        dialect,
        table,
        facts: &facts,
        definition: facts.definition.clone(),
        indexes: facts
            .indexes
            .iter()
            .map(|index| (index.name.clone(), index.sql.clone()))
            .collect(),
        added: Vec::new(),
        dropped: Vec::new(),
        using: Vec::new(),
        native: Vec::new(),
        after: Vec::new(),
        renamed: None,
        replaced: None,
        numbering: Vec::new(),
        rebuild: false,
    };
    for operation in operations {
        draft.apply(operation)?;
    }
    draft.statements()
}

/// A table while operations are applied to it.
struct Draft<'a> {
    dialect: &'a Sqlite,
    table: &'a QualifiedName,
    facts: &'a Facts,
    /// What the table is to be. A column that is dropped still stands in it.
    definition: Definition,
    /// The indexes that it is to have: their names, and the statements that create them.
    indexes: Vec<(String, String)>,
    added: Vec<String>,
    dropped: Vec<String>,
    using: Vec<(String, String)>,
    /// What does it all without a rebuild.
    native: Vec<Statement>,
    /// What SQLite itself does after a rebuild.
    after: Vec<Statement>,
    /// A column that got another name.
    renamed: Option<String>,
    /// A column that was dropped and came again.
    replaced: Option<String>,
    /// The columns that are to number the rows.
    numbering: Vec<String>,
    rebuild: bool,
}

impl Draft<'_> {
    fn apply(&mut self, operation: &Operation) -> Result<(), Unsupported> {
        if let Some(column) = &self.renamed {
            return Err(self.refused(
                format!(
                    "altering `{}` further where its column `{column}` gets another name",
                    self.table
                ),
                "rename the column in a migration of its own",
            ));
        }
        match operation {
            Operation::AddColumn(add) => self.add_column(add),
            Operation::DropColumn(drop) => self.drop_column(drop),
            Operation::AlterColumn(alter) => self.alter_column(alter),
            Operation::CreateIndex(create) => self.create_index(create),
            Operation::DropIndex(drop) => self.drop_index(drop),
            Operation::AddConstraint(add) => self.add_constraint(add),
            Operation::RenameIndex(rename) => self.rename_index(rename),
            Operation::RenameConstraint(rename) => self.rename_constraint(rename),
            Operation::DropConstraint(drop) => self.drop_constraint(drop),
            // These take nothing of the table but its name, or are refused whatever it is.
            Operation::CommentTable(_)
            | Operation::ValidateConstraint(_)
            | Operation::CreateSchema(_)
            | Operation::DropSchema(_)
            | Operation::CreateTable(_)
            | Operation::DropTable(_)
            | Operation::RenameTable(_)
            | Operation::CreateEnum(_)
            | Operation::AddEnumValue(_)
            | Operation::RenameEnumValue(_)
            | Operation::DropEnum(_)
            | Operation::CreateSequence(_)
            | Operation::AlterSequence(_)
            | Operation::DropSequence(_)
            | Operation::CreateView(_)
            | Operation::DropView(_)
            | Operation::CreateTrigger(_)
            | Operation::DropTrigger(_)
            | Operation::CreateFunction(_)
            | Operation::DropFunction(_)
            | Operation::CreateExtension(_)
            | Operation::DropExtension(_)
            | Operation::Execute(_)
            | Operation::BulkInsert(_)
            | Operation::DeleteRows(_)
            | Operation::Backfill(_)
            | Operation::Run(_) => {
                own::compile(self.dialect, operation)?;
                Err(self.refused(
                    format!("`{operation}` as part of an alteration of `{}`", self.table),
                    "let it stand alone",
                ))
            }
        }
    }

    fn statements(self) -> Result<Vec<Statement>, Unsupported> {
        for column in &self.numbering {
            let row_id = self.definition.row_id();
            if row_id.is_none_or(|row_id| !row_id.name.eq_ignore_ascii_case(column)) {
                return Err(self.refused(
                    format!("`autoincrement` on `{column}`, which is not the whole primary key"),
                    "make it the primary key, or let the application number the rows",
                ));
            }
        }
        if !self.rebuild {
            return Ok(self.native);
        }
        if let Some(column) = &self.replaced {
            return Err(self.refused(
                format!(
                    "dropping the column `{column}` and adding one of its name where `{}` is rebuilt",
                    self.table
                ),
                "do one of the two in a migration of its own",
            ));
        }
        let indexes = self.indexes.into_iter();
        let target = Target {
            definition: self.definition,
            added: self.added,
            using: self.using,
            indexes: indexes.map(|(_, sql)| Statement::new(sql)).collect(),
            after: self.after,
        };
        Ok(rebuild::statements(self.facts, &target))
    }

    fn refused(&self, operation: impl Into<String>, hint: impl Into<String>) -> Unsupported {
        unsupported(self.dialect, operation, hint)
    }

    fn understood<T>(&self, edited: Result<T, Unread>) -> Result<T, Unsupported> {
        edited.map_err(|unread| not_understood(self.dialect, self.table, &unread.0))
    }

    /// The table with its schema, which a temporary table of the same name cannot hide.
    fn home(&self) -> QualifiedName {
        qualified(&self.facts.schema, &self.facts.name)
    }

    fn has_column(&self, name: &str) -> bool {
        self.definition.column(name).is_some() && !contains(&self.dropped, name)
    }

    fn check_column(&self, name: &str) -> Result<(), Unsupported> {
        if self.has_column(name) {
            return Ok(());
        }
        let columns = self.definition.columns().map(|column| column.name.as_str());
        let columns: Vec<&str> = columns.filter(|name| !contains(&self.dropped, name)).collect();
        Err(self.refused(
            format!(
                "altering the column `{name}`, which `{}` does not have",
                self.table
            ),
            format!("its columns are {}", columns.join(", ")),
        ))
    }

    fn check_no_primary_key(&self) -> Result<(), Unsupported> {
        match self.definition.primary_key() {
            Some(key) => Err(self.refused(
                format!("a second primary key of `{}`", self.table),
                format!("drop the one over {} first", key.join(", ")),
            )),
            None => Ok(()),
        }
    }
}

fn contains(names: &[String], name: &str) -> bool {
    names.iter().any(|other| other.eq_ignore_ascii_case(name))
}

/// `its indexes are a, b`, or that there are none.
fn listed(what: &str, names: impl Iterator<Item = String>) -> String {
    let names: Vec<String> = names.collect();
    if names.is_empty() {
        "it has none".into()
    } else {
        format!("{what} {}", names.join(", "))
    }
}
