//! What is read of a database: how much of it, and what it is as a model.
//!
//! How a catalog is asked, and what its answers mean, is each dialect's business.

use std::collections::BTreeMap;
use std::fmt;

use crate::schema::{Metadata, QualifiedName};

/// How much of a database is read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Scope {
    /// The schema in which a table without one would be made. Its names are unqualified.
    #[default]
    Current,
    /// These schemas, those of them that are there. Names of the one in which a table without one would be made are
    /// unqualified; all others say their schema. On `SQLite`, where they are attached databases, one that is not there is
    /// an error.
    Schemas(Vec<String>),
}

/// What a database holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reading {
    /// As far as the model can say it.
    pub metadata: Metadata,
    /// The schema of whatever says none; none where nothing was read.
    pub schema: Option<String>,
    /// The tables that it does not say at all, and why.
    pub undescribed: BTreeMap<QualifiedName, String>,
    /// What it cannot say, in the order of the database's answer.
    pub notes: Vec<Note>,
}

/// Something that a database holds and the model does not say: whoever makes the database anew from the model makes it
/// without.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Note {
    /// What it is about: ``domain `email` ``.
    pub subject: String,
    /// What is not said of it: `has no row security in the model`.
    pub unsaid: String,
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.subject, self.unsaid)
    }
}

/// An answer of the catalog that is not what was asked for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the {dialect} catalog cannot be read: {subject} is {}", found.as_deref().unwrap_or("missing"))]
pub struct Unreadable {
    /// The dialect's name.
    pub dialect: &'static str,
    /// What could not be read: `the type of a constraint`.
    pub subject: String,
    /// What stood there, if anything did.
    pub found: Option<String>,
}

impl Unreadable {
    pub(crate) fn of(dialect: &'static str, subject: impl Into<String>, found: Option<&str>) -> Self {
        Self {
            dialect,
            subject: subject.into(),
            found: found.map(str::to_owned),
        }
    }
}
