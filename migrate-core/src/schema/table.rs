//! A table.

use crate::schema::{Backend, Column, Constraint, PrimaryKey, QualifiedName};

/// A table with its columns and constraints, in their order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Its name.
    pub name: QualifiedName,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its constraints; at most one of them is a primary key.
    pub constraints: Vec<Constraint>,
    /// What it is for, where the database keeps comments.
    pub comment: Option<String>,
    /// What one database alone knows, in its SQL, after the columns: `PARTITION BY RANGE (day)`, `STRICT`.
    pub options: Vec<(Backend, String)>,
}

impl Table {
    /// A table without columns.
    #[must_use]
    pub fn new(name: impl Into<QualifiedName>) -> Self {
        Self {
            name: name.into(),
            columns: Vec::new(),
            constraints: Vec::new(),
            comment: None,
            options: Vec::new(),
        }
    }

    /// Its column of this name.
    #[must_use]
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.name == name)
    }

    /// Its constraint of this name.
    #[must_use]
    pub fn constraint(&self, name: &str) -> Option<&Constraint> {
        self.constraints
            .iter()
            .find(|constraint| constraint.name() == name)
    }

    /// Its primary key.
    #[must_use]
    pub fn primary_key(&self) -> Option<&PrimaryKey> {
        self.constraints.iter().find_map(|constraint| match constraint {
            Constraint::PrimaryKey(key) => Some(key),
            Constraint::Unique(_)
            | Constraint::ForeignKey(_)
            | Constraint::Check(_)
            | Constraint::Exclude(_) => None,
        })
    }
}
