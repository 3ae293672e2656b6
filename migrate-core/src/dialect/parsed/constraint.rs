//! Constraints, with the names that a database gives to those without one.

use sqlparser::ast::{
    CheckConstraint, ConstraintCharacteristics, ConstraintReferenceMatchKind, DeferrableInitial,
    ForeignKeyConstraint, IndexColumn, NullsDistinctOption, ReferentialAction, TableConstraint,
    UniqueConstraint,
};

use super::{Reader, Unnamed};
use crate::schema::naming::MAX_NAME_BYTES;
use crate::schema::{
    Action, Check, Constraint, ConstraintKind, Deferrable, ForeignKey, PrimaryKey, QualifiedName, Unique,
    mentions,
};

/// The columns and constraints of the table so far, by which names are found.
pub(super) struct Named<'t> {
    pub(super) columns: Vec<&'t str>,
    pub(super) names: Vec<(String, ConstraintKind)>,
    /// The column in whose definition they stand.
    pub(super) within: Option<String>,
}

impl Reader<'_> {
    /// A constraint that stands by itself.
    pub(super) fn constraint(
        &self,
        table: &QualifiedName,
        constraint: &TableConstraint,
        named: &mut Named<'_>,
    ) -> Option<Constraint> {
        let ident = |name: &Option<sqlparser::ast::Ident>| name.as_ref().map(|name| self.ident(name));
        if let TableConstraint::PrimaryKey(key) = constraint {
            let columns = self.columns(&key.columns)?;
            self.primary_key(
                table,
                &columns,
                ident(&key.name),
                key.characteristics.as_ref(),
                named,
            )
        } else if let TableConstraint::Unique(unique) = constraint {
            let columns = self.columns(&unique.columns)?;
            let name = ident(&unique.name).or_else(|| ident(&unique.index_name));
            self.unique(table, &columns, name, unique, named)
        } else if let TableConstraint::ForeignKey(key) = constraint {
            self.foreign_key(table, &self.idents(&key.columns), ident(&key.name), key, named)
        } else if let TableConstraint::Check(check) = constraint {
            self.check(table, ident(&check.name), check, named)
        } else {
            None
        }
    }

    fn columns(&self, columns: &[IndexColumn]) -> Option<Vec<String>> {
        let elements = columns.iter().map(|column| self.element(column));
        elements
            .map(|element| Some(element?.column()?.to_owned()))
            .collect()
    }

    pub(super) fn primary_key(
        &self,
        table: &QualifiedName,
        columns: &[String],
        name: Option<String>,
        characteristics: Option<&ConstraintCharacteristics>,
        named: &mut Named<'_>,
    ) -> Option<Constraint> {
        Some(Constraint::PrimaryKey(PrimaryKey {
            name: self.called(name, table, ConstraintKind::PrimaryKey, columns, "", named)?,
            columns: columns.to_vec(),
            deferrable: deferrable(characteristics)?,
        }))
    }

    pub(super) fn unique(
        &self,
        table: &QualifiedName,
        columns: &[String],
        name: Option<String>,
        unique: &UniqueConstraint,
        named: &mut Named<'_>,
    ) -> Option<Constraint> {
        if !unique.include.is_empty() {
            return None;
        }
        Some(Constraint::Unique(Unique {
            name: self.called(name, table, ConstraintKind::Unique, columns, "", named)?,
            columns: columns.to_vec(),
            nulls_not_distinct: unique.nulls_distinct == NullsDistinctOption::NotDistinct,
            deferrable: deferrable(unique.characteristics.as_ref())?,
        }))
    }

    pub(super) fn foreign_key(
        &self,
        table: &QualifiedName,
        columns: &[String],
        name: Option<String>,
        key: &ForeignKeyConstraint,
        named: &mut Named<'_>,
    ) -> Option<Constraint> {
        let referent = self.name(&key.foreign_table)?;
        let mut referent_columns = self.idents(&key.referred_columns);
        if referent_columns.is_empty() {
            // Its primary key.
            let other = self.known.tables.get(&referent)?;
            let keys = other.constraints.iter();
            let mut keys = keys.filter(|one| one.kind() == ConstraintKind::PrimaryKey);
            referent_columns = keys.next()?.key_columns()?.to_vec();
        }
        let kind = ConstraintKind::ForeignKey;
        Some(Constraint::ForeignKey(ForeignKey {
            name: self.called(name, table, kind, columns, &referent.name, named)?,
            columns: columns.to_vec(),
            referent_columns,
            referent,
            on_delete: key.on_delete.map(action),
            on_update: key.on_update.map(action),
            match_full: key.match_kind == Some(ConstraintReferenceMatchKind::Full),
            deferrable: deferrable(key.characteristics.as_ref())?,
        }))
    }

    pub(super) fn check(
        &self,
        table: &QualifiedName,
        name: Option<String>,
        check: &CheckConstraint,
        named: &mut Named<'_>,
    ) -> Option<Constraint> {
        if check.no_inherit || check.enforced == Some(false) {
            return None;
        }
        let condition = check.expr.to_string();
        let columns = named.columns.iter().filter(|column| mentions(&condition, column));
        let columns: Vec<String> = columns.map(|column| (*column).to_owned()).collect();
        Some(Constraint::Check(Check {
            name: self.called(name, table, ConstraintKind::Check, &columns, "", named)?,
            condition,
        }))
    }

    /// Its own name, else the one that the database makes; none where that is too long to be sure.
    fn called(
        &self,
        own: Option<String>,
        table: &QualifiedName,
        kind: ConstraintKind,
        columns: &[String],
        referent: &str,
        named: &mut Named<'_>,
    ) -> Option<String> {
        let checks = named
            .names
            .iter()
            .filter(|(_, kind)| *kind == ConstraintKind::Check);
        let checks = checks.count();
        let unnamed = |before| {
            (self.grammar.unnamed)(&Unnamed {
                table: &table.name,
                kind,
                columns,
                referent,
                within: named.within.as_deref(),
                checks,
                before,
            })
        };
        let taken = |name: &str| named.names.iter().any(|(other, _)| other == name);
        let name = own.or_else(|| (0..=named.names.len()).map(unnamed).find(|name| !taken(name)))?;
        named.names.push((name.clone(), kind));
        (name.len() <= MAX_NAME_BYTES).then_some(name)
    }
}

/// When it is checked; none for what no operation says.
fn deferrable(characteristics: Option<&ConstraintCharacteristics>) -> Option<Option<Deferrable>> {
    let Some(characteristics) = characteristics else {
        return Some(None);
    };
    if characteristics.enforced == Some(false) {
        return None;
    }
    let deferred = characteristics.initially == Some(DeferrableInitial::Deferred);
    Some(match characteristics.deferrable {
        Some(true) if deferred => Some(Deferrable::InitiallyDeferred),
        Some(true) => Some(Deferrable::InitiallyImmediate),
        // To be deferred at first means to be deferrable.
        None if deferred => Some(Deferrable::InitiallyDeferred),
        Some(false) | None => None,
    })
}

fn action(action: ReferentialAction) -> Action {
    match action {
        ReferentialAction::Restrict => Action::Restrict,
        ReferentialAction::Cascade => Action::Cascade,
        ReferentialAction::SetNull => Action::SetNull,
        ReferentialAction::NoAction => Action::NoAction,
        ReferentialAction::SetDefault => Action::SetDefault,
    }
}
