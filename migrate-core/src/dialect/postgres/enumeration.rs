//! PostgreSQL's named enum types.

use crate::dialect::postgres::{Postgres, session};
use crate::dialect::sql::{Writer, unsupported};
use crate::dialect::{Commit, Dialect, Probe, Statement, Unsupported};
use crate::operation::{AddEnumValue, CreateEnum, DropEnum, EnumPosition, RenameEnumValue};
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

/// `CREATE TYPE` has no `IF NOT EXISTS`.
pub(super) fn create(dialect: &Postgres, create: &CreateEnum) -> Result<Statement, Unsupported> {
    let created = create_type(dialect, &create.enumeration)?;
    if create.if_not_exists {
        return Ok(unless(&created, "duplicate_object"));
    }
    Ok(created)
}

/// Does what a statement does, unless that fails for this reason. It can be done again.
fn unless(statement: &Statement, condition: &str) -> Statement {
    let body = format!(
        "BEGIN {}; EXCEPTION WHEN {condition} THEN NULL; END",
        statement.sql
    );
    Statement {
        probe: Some(Probe {
            query: "SELECT 'absent'".into(),
            clean: None,
        }),
        ..Statement::new(session::block("enum", &body))
    }
}

/// `CREATE TYPE .. AS ENUM`.
fn create_type(dialect: &Postgres, enumeration: &Enumeration) -> Result<Statement, Unsupported> {
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

/// Whether something needs it, the server knows best: a column that no directive made, a function, a view.
pub(super) fn drop_type(dialect: &Postgres, drop: &DropEnum) -> Result<Statement, Unsupported> {
    let dropped = Writer::new(dialect)
        .raw("DROP TYPE ")
        .raw_if(drop.if_exists, "IF EXISTS ")
        .qualified(&drop.name)
        .finish()?;
    if drop.if_unused {
        return Ok(unless(
            &dropped,
            "dependent_objects_still_exist OR undefined_object",
        ));
    }
    Ok(dropped)
}
