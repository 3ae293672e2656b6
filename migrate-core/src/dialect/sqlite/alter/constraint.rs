//! Constraints and indexes of a table that exists.

use super::{Draft, listed};
use crate::dialect::sql::Writer;
use crate::dialect::sqlite::definition::{Clause, Rule};
use crate::dialect::sqlite::named::{name_of, numbered};
use crate::dialect::sqlite::{Sqlite, ddl as own};
use crate::dialect::{Unsupported, ddl};
use crate::operation::{AddConstraint, CreateIndex, DropConstraint, DropIndex};
use crate::schema::{Constraint, ConstraintKind};

/// A constraint as it stands in its table.
pub(super) fn text(dialect: &Sqlite, add: &AddConstraint) -> Result<String, Unsupported> {
    let mut writer = Writer::new(dialect);
    if add.not_valid {
        writer.refuse(
            "a constraint that leaves old rows unchecked",
            "leave `.not_valid()` out, or keep it to another database by `op.on(..)`",
        );
    }
    let constraint = std::slice::from_ref(&add.constraint);
    for constraint in &own::in_schema(dialect, &add.table, constraint)? {
        ddl::refuse_rare(&mut writer, constraint);
        ddl::constraint(&mut writer, constraint);
    }
    Ok(writer.finish()?.sql)
}

pub(super) fn check_drop(dialect: &Sqlite, drop: &DropConstraint) -> Result<(), Unsupported> {
    if drop.cascade {
        return Err(own::no_cascade(dialect, "`cascade` for a constraint"));
    }
    Ok(())
}

impl Draft<'_> {
    pub(super) fn add_constraint(&mut self, add: &AddConstraint) -> Result<(), Unsupported> {
        let name = add.constraint.name();
        if self.constraints().any(|(_, clause)| {
            clause
                .name
                .as_deref()
                .is_some_and(|other| other.eq_ignore_ascii_case(name))
        }) {
            return Err(self.refused(
                format!("a second constraint `{name}` of `{}`", self.table),
                "give it another name",
            ));
        }
        // SQLite takes a name in double quotes that is no column for a text.
        let columns = match &add.constraint {
            Constraint::PrimaryKey(key) => key.columns.as_slice(),
            Constraint::Unique(unique) => unique.columns.as_slice(),
            Constraint::ForeignKey(key) => key.columns.as_slice(),
            Constraint::Check(_) | Constraint::Exclude(_) => &[],
        };
        columns.iter().try_for_each(|column| self.check_column(column))?;
        if matches!(add.constraint, Constraint::PrimaryKey(_)) {
            self.check_no_primary_key()?;
        }
        let text = text(self.dialect, add)?;
        self.definition = self.understood(self.definition.with_constraint(&text))?;
        self.rebuild = true;
        Ok(())
    }

    pub(super) fn drop_constraint(&mut self, drop: &DropConstraint) -> Result<(), Unsupported> {
        check_drop(self.dialect, drop)?;
        let is_kind = |clause: &Clause| drop.kind.is_none_or(|kind| is_of(clause, kind));
        let found: Vec<Clause> = self
            .constraints()
            .filter(|(name, clause)| name.eq_ignore_ascii_case(&drop.name) && is_kind(clause))
            .map(|(_, clause)| clause.clone())
            .collect();
        match found.as_slice() {
            [] if drop.if_exists => Ok(()),
            [] => Err(self.refused(
                format!(
                    "dropping the constraint `{}`, which `{}` does not have",
                    drop.name, self.table
                ),
                listed("its constraints are", self.constraints().map(|(name, _)| name)),
            )),
            [clause] => {
                self.definition = self.understood(self.definition.without_clause(clause))?;
                self.rebuild = true;
                Ok(())
            }
            several => Err(self.refused(
                format!(
                    "dropping `{}`: `{}` has {} constraints of this name",
                    drop.name,
                    self.table,
                    several.len()
                ),
                "rebuild the table by `op.execute`",
            )),
        }
    }

    /// Its primary key, unique constraints, foreign keys and checks, each with the name by which it can be dropped.
    fn constraints(&self) -> impl Iterator<Item = (String, &Clause)> {
        numbered(&self.definition).filter_map(|(of, number, clause)| match clause.rule {
            Rule::PrimaryKey { .. } | Rule::Unique { .. } | Rule::ForeignKey { .. } | Rule::Check(_) => {
                Some((name_of(&self.table.name, of, number, clause), clause))
            }
            Rule::NotNull
            | Rule::Null
            | Rule::Default(_)
            | Rule::Collate(_)
            | Rule::Generated(..)
            | Rule::Deferrable => None,
        })
    }

    pub(super) fn create_index(&mut self, create: &CreateIndex) -> Result<(), Unsupported> {
        let name = &create.index.name;
        let exists = self
            .indexes
            .iter()
            .any(|(index, _)| index.eq_ignore_ascii_case(name));
        if create.if_not_exists && exists {
            return Ok(());
        }
        // On the table itself, which a temporary one of the same name cannot hide.
        let mut create = create.clone();
        create.index.table = self.home();
        let statement = own::create_index(self.dialect, &create)?;
        self.indexes.push((name.clone(), statement.sql.clone()));
        self.native.push(statement);
        Ok(())
    }

    pub(super) fn drop_index(&mut self, drop: &DropIndex) -> Result<(), Unsupported> {
        let found = self
            .indexes
            .iter()
            .position(|(index, _)| index.eq_ignore_ascii_case(&drop.name));
        match found {
            Some(position) => {
                self.indexes.remove(position);
                let drop = DropIndex {
                    table: self.home(),
                    ..drop.clone()
                };
                self.native.push(ddl::drop_index(self.dialect, &drop)?);
                Ok(())
            }
            None if drop.if_exists => Ok(()),
            None => Err(self.refused(
                format!(
                    "dropping the index `{}`, which `{}` does not have",
                    drop.name, self.table
                ),
                listed(
                    "its indexes are",
                    self.indexes.iter().map(|(name, _)| name.clone()),
                ),
            )),
        }
    }
}

fn is_of(clause: &Clause, kind: ConstraintKind) -> bool {
    match kind {
        ConstraintKind::PrimaryKey => matches!(clause.rule, Rule::PrimaryKey { .. }),
        ConstraintKind::Unique => matches!(clause.rule, Rule::Unique { .. }),
        ConstraintKind::ForeignKey => matches!(clause.rule, Rule::ForeignKey { .. }),
        ConstraintKind::Check => matches!(clause.rule, Rule::Check(_)),
        ConstraintKind::Exclude => false,
    }
}
