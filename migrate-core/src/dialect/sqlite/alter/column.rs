//! Columns of a table that exists: they come, go and change.
//!
//! What would be lost with a column is named and refused, unless an operation before has dropped it.

use super::{Draft, contains};
use crate::dialect::sql::Writer;
use crate::dialect::sqlite::definition::Rule;
use crate::dialect::sqlite::facts::not_understood;
use crate::dialect::sqlite::named::{name_of, numbered};
use crate::dialect::sqlite::tokens::{Kind, Span, mentions, tokens};
use crate::dialect::sqlite::{Sqlite, ddl as own, drop};
use crate::dialect::{Unsupported, ddl};
use crate::operation::{AddColumn, DropColumn, Operation};
use crate::schema::{Constraint, PrimaryKey};

/// A new column as it stands in its table.
pub(super) fn text(dialect: &Sqlite, add: &AddColumn) -> Result<String, Unsupported> {
    let constraints = own::in_schema(dialect, &add.table, &add.constraints)?;
    // Whether a column becomes the row id is known when all is done: its key may come after it.
    let to_come = PrimaryKey {
        name: String::new(),
        columns: vec![add.column.name.clone()],
        deferrable: None,
    };
    let key = key(&constraints).or_else(|| add.column.autoincrement.then_some(&to_come));
    let mut writer = Writer::new(dialect);
    if key.is_none() {
        own::check_value_for_old_rows(&mut writer, &add.column);
    }
    for constraint in &constraints {
        ddl::refuse_rare(&mut writer, constraint);
    }
    writer.name(&add.column.name).raw(" ");
    own::column_definition(&mut writer, &add.table, &add.column, key, &constraints);
    Ok(writer.finish()?.sql)
}

fn key(constraints: &[Constraint]) -> Option<&PrimaryKey> {
    constraints.iter().find_map(|constraint| match constraint {
        Constraint::PrimaryKey(key) => Some(key),
        Constraint::Unique(_) | Constraint::ForeignKey(_) | Constraint::Check(_) | Constraint::Exclude(_) => {
            None
        }
    })
}

pub(super) fn check_drop(dialect: &Sqlite, drop: &DropColumn) -> Result<(), Unsupported> {
    if drop.cascade {
        return Err(own::no_cascade(dialect, "`cascade` for a column"));
    }
    Ok(())
}

impl Draft<'_> {
    pub(super) fn add_column(&mut self, add: &AddColumn) -> Result<(), Unsupported> {
        let name = &add.column.name;
        if self.has_column(name) && add.if_not_exists {
            return Ok(());
        }
        if self.has_column(name) {
            return Err(self.refused(
                format!("adding the column `{name}`, which `{}` has already", self.table),
                "give it another name",
            ));
        }
        if key(&add.constraints).is_some() {
            self.check_no_primary_key()?;
        }
        // `ADD COLUMN` has no `IF NOT EXISTS`, but by now it is known that the column is not there.
        let alone = Operation::AddColumn(AddColumn {
            table: self.home(),
            if_not_exists: false,
            ..add.clone()
        });
        match own::compile(self.dialect, &alone) {
            Ok(statements) => self.native.extend(statements),
            Err(_) => self.rebuild = true,
        }
        let text = text(self.dialect, add)?;
        if self.definition.column(name).is_some() {
            self.replaced = Some(name.clone());
        } else {
            self.definition = self.understood(self.definition.with_column(&text))?;
        }
        self.dropped.retain(|dropped| !dropped.eq_ignore_ascii_case(name));
        self.added.push(name.clone());
        if add.column.autoincrement {
            self.numbering.push(name.clone());
        }
        Ok(())
    }

    pub(super) fn drop_column(&mut self, drop: &DropColumn) -> Result<(), Unsupported> {
        if drop.if_exists && !self.has_column(&drop.column) {
            return Ok(());
        }
        self.check_column(&drop.column)?;
        check_drop(self.dialect, drop)?;
        if let Some(what) = self.needs(&drop.column)? {
            return Err(self.refused(
                format!(
                    "dropping the column `{}` of `{}`, which {what} needs",
                    drop.column, self.table
                ),
                "drop that first, in the same migration",
            ));
        }
        let alone = self.understood(
            self.definition
                .without_clauses(&drop.column, |clause| matches!(clause.rule, Rule::Unique { .. })),
        )?;
        // SQLite's `DROP COLUMN` takes the column's other constraints along.
        self.rebuild |= alone != self.definition;
        self.definition = alone;
        let statements = drop::column(self.facts, &drop.column);
        self.native.extend(statements.iter().cloned());
        self.after.extend(statements);
        self.dropped.push(drop.column.clone());
        Ok(())
    }

    /// What cannot do without a column, among the table's own parts and the tables that point to it. Views and triggers
    /// are found out about when it is [dropped](drop::column).
    fn needs(&self, column: &str) -> Result<Option<String>, Unsupported> {
        let definition = &self.definition;
        let is = |name: &String| name.eq_ignore_ascii_case(column);
        for (within, number, clause) in numbered(definition) {
            let of = within.map(|column| column.name.as_str());
            if of.is_some_and(|of| contains(&self.dropped, of)) {
                continue;
            }
            let own = of.is_some_and(|of| of.eq_ignore_ascii_case(column));
            let needs = match &clause.rule {
                Rule::PrimaryKey { columns, .. } => columns.iter().any(is),
                Rule::Unique { columns } => !own && columns.iter().any(is),
                Rule::ForeignKey {
                    columns,
                    referent,
                    referent_columns,
                    ..
                } => {
                    let to_itself = referent.eq_ignore_ascii_case(&self.facts.name);
                    !own && (columns.iter().any(is) || to_itself && referent_columns.iter().any(is))
                }
                Rule::Check(within) | Rule::Generated(within, _) => {
                    !own && definition.mentions(*within, column)
                }
                Rule::NotNull | Rule::Null | Rule::Default(_) | Rule::Collate(_) | Rule::Deferrable => false,
            };
            if !needs {
                continue;
            }
            return Ok(Some(match (&clause.rule, of) {
                (Rule::Generated(..), Some(of)) => format!("the generated column `{of}`"),
                _ => format!(
                    "the constraint `{}`",
                    name_of(&self.table.name, within, number, clause)
                ),
            }));
        }
        for (name, sql) in &self.indexes {
            let tokens = tokens(sql).map_err(|_| not_understood(self.dialect, self.table, sql))?;
            let open = tokens.iter().find(|token| token.kind == Kind::Mark('('));
            let start = open.map_or(0, |token| token.span.start);
            let within = Span {
                start,
                end: sql.len(),
            };
            if mentions(sql, &tokens, within, column) {
                return Ok(Some(format!("the index `{name}`")));
            }
        }
        let child = self
            .facts
            .children
            .iter()
            .find(|child| child.table != self.facts.name && child.to.as_ref().is_some_and(is));
        Ok(child.map(|child| format!("a foreign key of `{}`", child.table)))
    }
}
