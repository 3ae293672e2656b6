//! PostgreSQL's named enum types.

use crate::dialect::postgres::Postgres;
use crate::dialect::sql::{Writer, unsupported};
use crate::dialect::{Commit, Dialect, Statement, Unsupported};
use crate::operation::{AddEnumValue, DropEnum, EnumPosition, RenameEnumValue};
use crate::schema::{Enumeration, Type};

/// `CREATE TYPE` for each enum type that these columns bring with them, once.
pub(super) fn create_types<'t>(
    dialect: &Postgres,
    types: impl IntoIterator<Item = &'t Type>,
) -> Result<Vec<Statement>, Unsupported> {
    let mut created: Vec<&Enumeration> = Vec::new();
    for ty in types {
        let Some(enumeration) = ty.enumeration().filter(|enumeration| !enumeration.existing) else {
            continue;
        };
        match created.iter().find(|other| other.name == enumeration.name) {
            None => created.push(enumeration),
            Some(other) if other.values == enumeration.values => {}
            Some(_) => {
                return Err(unsupported(
                    dialect,
                    format!("two enum types named `{}`", enumeration.name),
                    "give them the same values, or different names",
                ));
            }
        }
    }
    created
        .into_iter()
        .map(|enumeration| create_type(dialect, enumeration))
        .collect()
}

/// `CREATE TYPE .. AS ENUM`.
pub(super) fn create_type(dialect: &Postgres, enumeration: &Enumeration) -> Result<Statement, Unsupported> {
    let mut writer = Writer::new(dialect);
    writer
        .raw("CREATE TYPE ")
        .qualified(&enumeration.name)
        .raw(" AS ENUM (");
    writer.list(&enumeration.values, |writer, value| {
        writer.literal(value);
    });
    writer.raw(")").finish()
}

/// Since PostgreSQL 12 it may stand in a transaction, in which the value may not be used yet.
pub(super) fn add_value(dialect: &Postgres, add: &AddEnumValue) -> Result<Statement, Unsupported> {
    let mut writer = Writer::new(dialect);
    writer
        .raw("ALTER TYPE ")
        .qualified(&add.name)
        .raw(" ADD VALUE ")
        .raw_if(add.if_not_exists, "IF NOT EXISTS ")
        .literal(&add.value);
    match &add.position {
        Some(EnumPosition::Before(value)) => {
            writer.raw(" BEFORE ").literal(value);
        }
        Some(EnumPosition::After(value)) => {
            writer.raw(" AFTER ").literal(value);
        }
        None => {}
    }
    Ok(Statement {
        commit: Commit::BeforeUse(dialect.literal(&add.value)),
        ..writer.finish()?
    })
}

pub(super) fn rename_value(dialect: &Postgres, rename: &RenameEnumValue) -> Result<Statement, Unsupported> {
    Writer::new(dialect)
        .raw("ALTER TYPE ")
        .qualified(&rename.name)
        .raw(" RENAME VALUE ")
        .literal(&rename.value)
        .raw(" TO ")
        .literal(&rename.to)
        .finish()
}

pub(super) fn drop_type(dialect: &Postgres, drop: &DropEnum) -> Result<Statement, Unsupported> {
    Writer::new(dialect)
        .raw("DROP TYPE ")
        .raw_if(drop.if_exists, "IF EXISTS ")
        .qualified(&drop.name)
        .finish()
}
