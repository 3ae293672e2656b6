//! Constraints and indexes of a table that exists.

use super::{Draft, listed};
use crate::dialect::sql::Writer;
use crate::dialect::sqlite::definition::{Clause, Rule, Unread};
use crate::dialect::sqlite::named::{name_of, numbered};
use crate::dialect::sqlite::tokens::tokens;
use crate::dialect::sqlite::{Sqlite, ddl as own};
use crate::dialect::{Statement, Unsupported, ddl};
use crate::operation::{
    AddConstraint, CreateIndex, DropConstraint, DropIndex, RenameConstraint, RenameIndex,
};
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
        if let Some(clause) = self.named("dropping", &drop.name, is_kind, drop.if_exists)? {
            self.definition = self.understood(self.definition.without_clause(&clause))?;
            self.rebuild = true;
        }
        Ok(())
    }

    /// The database does not look at the name, but whoever reads the table does.
    pub(super) fn rename_constraint(&mut self, rename: &RenameConstraint) -> Result<(), Unsupported> {
        let RenameConstraint { name, to, .. } = rename;
        if !name.eq_ignore_ascii_case(to)
            && self
                .constraints()
                .any(|(other, _)| other.eq_ignore_ascii_case(to))
        {
            return Err(self.refused(
                format!("a second constraint `{to}` of `{}`", self.table),
                "give it another name",
            ));
        }
        if let Some(clause) = self.named("renaming", name, |_| true, false)? {
            let name = Writer::new(self.dialect).name(to).finish()?.sql;
            self.definition = self.understood(self.definition.with_name(&clause, &name))?;
            self.rebuild = true;
        }
        Ok(())
    }

    /// The one constraint of a name, which may be none only where that is said.
    fn named(
        &self,
        doing: &str,
        name: &str,
        is_kind: impl Fn(&Clause) -> bool,
        if_exists: bool,
    ) -> Result<Option<Clause>, Unsupported> {
        let found: Vec<&Clause> = self
            .constraints()
            .filter(|(other, clause)| other.eq_ignore_ascii_case(name) && is_kind(clause))
            .map(|(_, clause)| clause)
            .collect();
        match found.as_slice() {
            [] if if_exists => Ok(None),
            [] => Err(self.refused(
                format!(
                    "{doing} the constraint `{name}`, which `{}` does not have",
                    self.table
                ),
                listed("its constraints are", self.constraints().map(|(name, _)| name)),
            )),
            [clause] => Ok(Some((*clause).clone())),
            several => Err(self.refused(
                format!(
                    "{doing} `{name}`: `{}` has {} constraints of this name",
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

    /// It goes, and comes again by its own text. The catalog's text of an index is its name and what follows, so that the
    /// name is what stands before `ON`.
    pub(super) fn rename_index(&mut self, rename: &RenameIndex) -> Result<(), Unsupported> {
        let RenameIndex { name, to, .. } = rename;
        let found = self
            .indexes
            .iter()
            .find(|(index, _)| index.eq_ignore_ascii_case(name));
        let Some((old, sql)) = found.cloned() else {
            return Err(self.refused(
                format!(
                    "renaming the index `{name}`, which `{}` does not have",
                    self.table
                ),
                self.listed_indexes(),
            ));
        };
        let quoted = Writer::new(self.dialect).name(to).finish()?.sql;
        let renamed = self.understood(with_name(&sql, &quoted))?;
        let drop = DropIndex {
            name: old.clone(),
            table: self.home(),
            if_exists: false,
            concurrently: false,
        };
        self.native.push(ddl::drop_index(self.dialect, &drop)?);
        self.native.push(Statement::new(renamed.clone()));
        for index in self.indexes.iter_mut().filter(|(index, _)| *index == old) {
            *index = (to.clone(), renamed.clone());
        }
        Ok(())
    }

    fn listed_indexes(&self) -> String {
        listed(
            "its indexes are",
            self.indexes.iter().map(|(name, _)| name.clone()),
        )
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
                self.listed_indexes(),
            )),
        }
    }
}

/// The statement that creates an index, with another name in it.
fn with_name(sql: &str, name: &str) -> Result<String, Unread> {
    let tokens = tokens(sql).map_err(|at| Unread(sql.get(at..).unwrap_or_default().to_owned()))?;
    let text = |at: usize| sql.get(tokens.get(at)?.span.start..tokens.get(at)?.span.end);
    let on = (0..tokens.len()).find(|at| text(*at).is_some_and(|word| word.eq_ignore_ascii_case("ON")));
    let before = on.and_then(|on| tokens.get(on.checked_sub(1)?));
    let span = before
        .map(|token| token.span)
        .ok_or_else(|| Unread(sql.to_owned()))?;
    let (head, tail) = (sql.get(..span.start), sql.get(span.end..));
    Ok([head.unwrap_or_default(), name, tail.unwrap_or_default()].concat())
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
