//! [`Rename`]: that something is only called otherwise.
//!
//! Data, from an attribute of a model or from whoever runs a command. What becomes of it, in view of what a database
//! holds, is not known here.

use std::fmt;

use crate::operation::{AlterColumn, Operation, RenameTable};
use crate::schema::{Metadata, QualifiedName};

/// A table or a column that has another name than before.
///
/// It is shown as `--rename` takes it: `users:accounts`, `users.name:users.full_name`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rename {
    /// A table, which stays in its schema.
    Table {
        /// Its old name.
        from: QualifiedName,
        /// Its new name.
        to: String,
    },
    /// A column.
    Column {
        /// Its table, under the name that it is to have.
        table: QualifiedName,
        /// Its old name.
        from: String,
        /// Its new name.
        to: String,
    },
}

/// Why a text is no [`Rename`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RenameError {
    /// It is not two names.
    #[error("`{text}` is not `old:new`: write `users:accounts`, or `users.name:users.full_name`")]
    NotTwoNames {
        /// The text.
        text: String,
    },
    /// No model has the new name.
    #[error(
        "no model describes a table or a column `{name}`: the new name is the one that the models have, as in `users:accounts` or `users.name:users.full_name`"
    )]
    Unknown {
        /// The name.
        name: String,
    },
    /// It could be a table as well as a column.
    #[error("`{text}` is more than one thing: say `renamed_from` on the model instead")]
    Ambiguous {
        /// The text.
        text: String,
    },
    /// A table moves, or a column does.
    #[error(
        "`{text}` is no new name: a table stays in its schema and a column in its table, which is called as it will be"
    )]
    Moved {
        /// The text.
        text: String,
    },
}

impl Rename {
    /// Reads `old:new`, where the new name is one of `wanted`, and of a column may be its own alone:
    /// `users.name:full_name`.
    ///
    /// ```
    /// use migrate_core::model::Rename;
    /// use migrate_core::prelude::*;
    /// use migrate_core::schema::Metadata;
    ///
    /// let (mut op, mut wanted) = (Op::new(), Metadata::default());
    /// op.create_table("users", |t| {
    ///     t.column("full_name", text());
    /// });
    /// for recorded in op.finish() {
    ///     wanted.apply(&recorded.operation).unwrap();
    /// }
    /// let column = Rename::Column {
    ///     table: "users".into(),
    ///     from: "name".into(),
    ///     to: "full_name".into(),
    /// };
    /// assert_eq!(Rename::read("users.name:full_name", &wanted), Ok(column));
    /// assert!(Rename::read("users:accounts", &wanted).is_err());
    /// ```
    ///
    /// # Errors
    /// [`RenameError`].
    pub fn read(text: &str, wanted: &Metadata) -> Result<Self, RenameError> {
        let names = text
            .split_once(':')
            .filter(|(old, new)| !old.is_empty() && !new.is_empty());
        let (old, new) = names.ok_or_else(|| RenameError::NotTwoNames {
            text: text.to_owned(),
        })?;
        let mut found = Vec::new();
        let mut is_known = false;
        for table in wanted.tables.values() {
            let name = table.name.to_string();
            let within = |of: &str| Some(of.strip_prefix(name.as_str())?.strip_prefix('.')?.to_owned());
            if new == name {
                is_known = true;
                found.extend(sibling(&table.name, old).map(|from| Self::Table {
                    from,
                    to: table.name.name.clone(),
                }));
            }
            let to = within(new).or_else(|| within(old).map(|_| new.to_owned()));
            if let Some(to) = to.filter(|to| table.column(to).is_some()) {
                is_known = true;
                found.extend(within(old).map(|from| Self::Column {
                    table: table.name.clone(),
                    from,
                    to,
                }));
            }
        }
        match (found.pop(), found.is_empty()) {
            (Some(rename), true) => Ok(rename),
            (Some(_), false) => Err(RenameError::Ambiguous {
                text: text.to_owned(),
            }),
            (None, _) if is_known => Err(RenameError::Moved {
                text: text.to_owned(),
            }),
            (None, _) => Err(RenameError::Unknown { name: new.to_owned() }),
        }
    }

    /// The same on a database that makes in this schema whatever says none: see [`Metadata::at_home`].
    #[must_use]
    pub fn at_home(mut self, schema: &str) -> Self {
        let (Self::Table { from: name, .. } | Self::Column { table: name, .. }) = &mut self;
        name.schema.take_if(|of| of == schema);
        self
    }

    /// What does it.
    #[must_use]
    pub fn operation(&self) -> Operation {
        match self {
            Self::Table { from, to } => Operation::RenameTable(RenameTable {
                table: from.clone(),
                to: to.clone(),
            }),
            Self::Column { table, from, to } => Operation::AlterColumn(AlterColumn {
                rename: Some(to.clone()),
                ..AlterColumn::new(table, from)
            }),
        }
    }

    /// The old name, of a column with its table.
    #[must_use]
    pub fn old(&self) -> String {
        match self {
            Self::Table { from, .. } => from.to_string(),
            Self::Column { table, from, .. } => format!("{table}.{from}"),
        }
    }

    /// The new name, of a column with its table.
    #[must_use]
    pub fn new_name(&self) -> String {
        match self {
            Self::Table { from, to } => from.sibling(to).to_string(),
            Self::Column { table, to, .. } => format!("{table}.{to}"),
        }
    }
}

impl fmt::Display for Rename {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.old(), self.new_name())
    }
}

/// The table of this name beside another, whose schema the name says.
fn sibling(table: &QualifiedName, name: &str) -> Option<QualifiedName> {
    match &table.schema {
        Some(schema) => name.strip_prefix(schema.as_str())?.strip_prefix('.'),
        None => Some(name),
    }
    .map(|name| table.sibling(name))
}
