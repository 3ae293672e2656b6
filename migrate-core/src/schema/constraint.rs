//! Constraints of a table.
//!
//! Every constraint has a name: the one it was given, or the one of the [`naming`](crate::schema::naming)
//! convention.

use crate::schema::{IndexElement, QualifiedName, mentions};

/// A constraint.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Constraint {
    /// The primary key.
    PrimaryKey(PrimaryKey),
    /// Columns whose values together are unique.
    Unique(Unique),
    /// Columns that point to a row of another table.
    ForeignKey(ForeignKey),
    /// A condition that every row fulfils.
    Check(Check),
    /// Rows of which no two may be compared with yes by all of its operators.
    Exclude(Exclude),
}

impl Constraint {
    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::PrimaryKey(key) => &key.name,
            Self::Unique(unique) => &unique.name,
            Self::ForeignKey(key) => &key.name,
            Self::Check(check) => &check.name,
            Self::Exclude(exclude) => &exclude.name,
        }
    }

    /// Its name, to give it another one.
    pub(crate) fn name_mut(&mut self) -> &mut String {
        match self {
            Self::PrimaryKey(key) => &mut key.name,
            Self::Unique(unique) => &mut unique.name,
            Self::ForeignKey(key) => &mut key.name,
            Self::Check(check) => &mut check.name,
            Self::Exclude(exclude) => &mut exclude.name,
        }
    }

    /// What kind it is of.
    #[must_use]
    pub fn kind(&self) -> ConstraintKind {
        match self {
            Self::PrimaryKey(_) => ConstraintKind::PrimaryKey,
            Self::Unique(_) => ConstraintKind::Unique,
            Self::ForeignKey(_) => ConstraintKind::ForeignKey,
            Self::Check(_) => ConstraintKind::Check,
            Self::Exclude(_) => ConstraintKind::Exclude,
        }
    }

    /// The foreign key that it is, if it is one.
    #[must_use]
    pub fn foreign_key(&self) -> Option<&ForeignKey> {
        if let Self::ForeignKey(key) = self {
            Some(key)
        } else {
            None
        }
    }

    /// The columns that are the key of a row by it: those of a primary key or of a unique constraint.
    #[must_use]
    pub fn key_columns(&self) -> Option<&[String]> {
        match self {
            Self::PrimaryKey(key) => Some(&key.columns),
            Self::Unique(unique) => Some(&unique.columns),
            Self::ForeignKey(_) | Self::Check(_) | Self::Exclude(_) => None,
        }
    }

    /// Whether it is about a column. In an author's own SQL a column is told by its name.
    #[must_use]
    pub fn involves(&self, column: &str) -> bool {
        let listed = |columns: &[String]| columns.iter().any(|name| name == column);
        match self {
            Self::PrimaryKey(key) => listed(&key.columns),
            Self::Unique(unique) => listed(&unique.columns),
            Self::ForeignKey(key) => listed(&key.columns),
            Self::Check(check) => mentions(&check.condition, column),
            Self::Exclude(exclude) => {
                let elements = exclude.elements.iter();
                elements
                    .map(|(element, _)| element)
                    .any(|element| element.involves(column))
                    || exclude
                        .predicate
                        .as_ref()
                        .is_some_and(|sql| mentions(sql, column))
            }
        }
    }
}

/// The primary key of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrimaryKey {
    /// Its name.
    pub name: String,
    /// Its columns, in the order of its index.
    pub columns: Vec<String>,
    /// When it is checked; at each statement unless given.
    pub deferrable: Option<Deferrable>,
}

/// A unique constraint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unique {
    /// Its name.
    pub name: String,
    /// Its columns, in the order of its index.
    pub columns: Vec<String>,
    /// Whether `NULL` counts as a value, of which there can be only one.
    pub nulls_not_distinct: bool,
    /// When it is checked; at each statement unless given.
    pub deferrable: Option<Deferrable>,
}

/// A check constraint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// Its name.
    pub name: String,
    /// The condition, in SQL.
    pub condition: String,
}

/// A foreign key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForeignKey {
    /// Its name.
    pub name: String,
    /// The columns that point.
    pub columns: Vec<String>,
    /// The table they point to.
    pub referent: QualifiedName,
    /// The columns they point to, one for each.
    pub referent_columns: Vec<String>,
    /// What happens to a row when the one it points to is deleted; the database's default is an error.
    pub on_delete: Option<Action>,
    /// What happens to a row when the key it points to changes; the database's default is an error.
    pub on_update: Option<Action>,
    /// Whether a key of which only some columns are `NULL` is an error (`MATCH FULL`); it points nowhere by default.
    pub match_full: bool,
    /// When it is checked; at each statement unless given.
    pub deferrable: Option<Deferrable>,
}

/// What a foreign key does when the row it points to goes or changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// An error, when the constraint is checked.
    NoAction,
    /// An error, at once.
    Restrict,
    /// The same happens to the pointing row.
    Cascade,
    /// The pointing columns become `NULL`.
    SetNull,
    /// The pointing columns take their defaults.
    SetDefault,
}

/// When a deferrable constraint is checked, unless the transaction says otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deferrable {
    /// After each statement.
    InitiallyImmediate,
    /// At the end of the transaction.
    InitiallyDeferred,
}

/// An exclusion constraint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exclude {
    /// Its name.
    pub name: String,
    /// What is compared, and the operator (`&&`) that must not say yes for all of them.
    pub elements: Vec<(IndexElement, String)>,
    /// The access method of its index; `gist` where nothing else is said.
    pub method: Option<String>,
    /// The condition, in SQL, of the rows that it covers.
    pub predicate: Option<String>,
    /// When it is checked; at each statement unless given.
    pub deferrable: Option<Deferrable>,
}

/// What kind of constraint a name is of, for a database that has to be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConstraintKind {
    /// The primary key.
    PrimaryKey,
    /// A unique constraint.
    Unique,
    /// A foreign key.
    ForeignKey,
    /// A check.
    Check,
    /// An exclusion constraint.
    Exclude,
}
