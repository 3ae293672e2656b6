//! PostgreSQL's statements for each operation; here those for tables and columns.

use crate::dialect::postgres::identity::{self, Numbered};
use crate::dialect::postgres::{Postgres, enumeration, index, object};
use crate::dialect::sql::{Writer, unsupported};
use crate::dialect::{Dialect, Statement, Unsupported, ddl};
use crate::operation::{AddColumn, AlterColumn, CommentTable, CreateTable, Operation, Setting};
use crate::schema::{Column, QualifiedName};

pub(super) fn compile(dialect: &Postgres, operation: &Operation) -> Result<Vec<Statement>, Unsupported> {
    let statement = match operation {
        Operation::CreateTable(create) => return create_table(dialect, create),
        Operation::AddColumn(add) => return add_column(dialect, add),
        Operation::AlterColumn(alter) => return alter_column(dialect, alter, None),
        Operation::BulkInsert(insert) => return ddl::bulk_insert(dialect, insert),
        Operation::DeleteRows(delete) => return ddl::delete_rows(dialect, delete),
        Operation::CreateSequence(create) => return object::create_sequence(dialect, create),
        Operation::CreateTrigger(create) => return object::create_trigger(dialect, create),
        Operation::CreateView(create) => return object::create_view(dialect, create),
        Operation::Run(_) => return Ok(Vec::new()),
        Operation::CreateSchema(create) => object::create_schema(dialect, create),
        Operation::DropSchema(drop) => object::drop_schema(dialect, drop),
        Operation::DropTable(drop) => ddl::drop_table(dialect, drop),
        Operation::RenameTable(rename) => ddl::rename_table(dialect, rename),
        Operation::CommentTable(CommentTable { table, comment }) => {
            comment_on(dialect, "TABLE", table, None, comment.as_deref())
        }
        Operation::DropColumn(drop) => ddl::drop_column(dialect, drop),
        Operation::CreateIndex(create) => index::create_index(dialect, create),
        Operation::RenameIndex(rename) => index::rename_index(dialect, rename),
        Operation::DropIndex(drop) => index::drop_index(dialect, drop),
        Operation::AddConstraint(add) => ddl::add_constraint(dialect, add),
        Operation::ValidateConstraint(validate) => ddl::alter_table(dialect, &validate.table)
            .raw("VALIDATE CONSTRAINT ")
            .name(&validate.name)
            .finish(),
        Operation::RenameConstraint(rename) => ddl::alter_table(dialect, &rename.table)
            .raw("RENAME CONSTRAINT ")
            .name(&rename.name)
            .raw(" TO ")
            .name(&rename.to)
            .finish(),
        Operation::DropConstraint(drop) => ddl::drop_constraint(dialect, drop),
        Operation::CreateEnum(create) => enumeration::create(dialect, create),
        Operation::AddEnumValue(add) => enumeration::add_value(dialect, add),
        Operation::RenameEnumValue(rename) => enumeration::rename_value(dialect, rename),
        Operation::DropEnum(drop) => enumeration::drop_type(dialect, drop),
        Operation::AlterSequence(alter) => object::alter_sequence(dialect, alter),
        Operation::DropSequence(drop) => object::drop_sequence(dialect, drop),
        Operation::DropView(drop) => object::drop_view(dialect, drop),
        Operation::DropTrigger(drop) => object::drop_trigger(dialect, drop),
        Operation::CreateFunction(create) => object::create_function(dialect, create),
        Operation::DropFunction(drop) => object::drop_function(dialect, drop),
        Operation::CreateExtension(create) => object::create_extension(dialect, create),
        Operation::DropExtension(drop) => object::drop_extension(dialect, drop),
        Operation::Backfill(backfill) => ddl::backfill(dialect, backfill),
        Operation::Execute(execute) => ddl::execute(dialect, execute),
    };
    Ok(vec![statement?])
}

fn create_table(dialect: &Postgres, create: &CreateTable) -> Result<Vec<Statement>, Unsupported> {
    let table = &create.table;
    let types = table.columns.iter().map(|column| &column.ty);
    let mut statements = enumeration::create_types(dialect, types)?;
    if create.if_not_exists && !statements.is_empty() {
        return Err(unsupported(
            dialect,
            "`if_not_exists` for a table that creates an enum type",
            "mark the type `.existing()` and create it by `op.create_enum`, since `CREATE TYPE` has no such clause",
        ));
    }
    statements.push(ddl::create_table(dialect, create, column, &table.constraints)?);
    if let Some(comment) = &table.comment {
        statements.push(comment_on(dialect, "TABLE", &table.name, None, Some(comment))?);
    }
    for column in &table.columns {
        if let Some(comment) = &column.comment {
            statements.push(comment_on(
                dialect,
                "COLUMN",
                &table.name,
                Some(&column.name),
                Some(comment),
            )?);
        }
    }
    Ok(statements)
}

/// A column's definition after its name.
fn column(writer: &mut Writer<'_>, column: &Column) {
    writer.ty(&column.ty);
    if let Some(collation) = &column.collation {
        writer.raw(" COLLATE ").name(collation);
    }
    ddl::check_autoincrement(writer, column);
    match (&column.identity, column.autoincrement) {
        (Some(identity), _) => object::identity(writer, identity),
        (None, true) => {
            writer.raw(" GENERATED BY DEFAULT AS IDENTITY");
        }
        (None, false) => {}
    }
    if let Some(generated) = &column.generated {
        writer
            .raw(" GENERATED ALWAYS AS ")
            .parenthesised(&generated.expression)
            .raw(" STORED");
        if !generated.stored {
            writer.refuse(
                format!("the column `{}` that is computed when it is read", column.name),
                "store it, by `.generated_stored(..)`, or make a view that computes it",
            );
        }
    }
    ddl::default_and_nullability(writer, column);
}

fn add_column(dialect: &Postgres, add: &AddColumn) -> Result<Vec<Statement>, Unsupported> {
    let mut statements = enumeration::create_types(dialect, [&add.column.ty])?;
    let mut writer = ddl::alter_table(dialect, &add.table);
    writer
        .raw("ADD COLUMN ")
        .raw_if(add.if_not_exists, "IF NOT EXISTS ")
        .name(&add.column.name)
        .raw(" ");
    column(&mut writer, &add.column);
    for constraint in &add.constraints {
        ddl::column_constraint(&mut writer, constraint);
    }
    statements.push(writer.finish()?);
    if let Some(comment) = &add.column.comment {
        statements.push(comment_on(
            dialect,
            "COLUMN",
            &add.table,
            Some(&add.column.name),
            Some(comment),
        )?);
    }
    Ok(statements)
}

/// One statement for each respect, the new name last. A default goes before the type changes and comes after:
/// the old one need not convert. A column that is numbered has no default to drop, so that ends first. A column is
/// numbered once it holds no NULL and has no default, which is what that takes.
pub(super) fn alter_column(
    dialect: &Postgres,
    alter: &AlterColumn,
    numbered: Option<&Numbered>,
) -> Result<Vec<Statement>, Unsupported> {
    ddl::check_alter_column(dialect, alter)?;
    let AlterColumn {
        table,
        column,
        ty,
        using,
        nullable,
        server_default,
        identity,
        generated,
        autoincrement,
        collation,
        comment,
        rename,
    } = alter;
    let begin = || {
        let mut writer = ddl::alter_table(dialect, table);
        writer.raw("ALTER COLUMN ").name(column).raw(" ");
        writer
    };
    let mut statements = Vec::new();
    let wanted = identity::wanted(alter);
    let is_replaced = identity::is_replaced(alter);
    if (identity.is_some() || autoincrement.is_some()) && (wanted.is_none() || is_replaced) {
        statements.push(begin().raw("DROP IDENTITY").finish()?);
    }
    if let Some(ty) = ty {
        statements.extend(enumeration::create_types(dialect, [ty])?);
        if server_default.is_some() {
            statements.push(begin().raw("DROP DEFAULT").finish()?);
        }
        let mut writer = begin();
        writer.raw("TYPE ").ty(ty);
        if let Some(collation) = collation {
            writer.raw(" COLLATE ").name(collation);
        }
        if let Some(using) = using {
            writer.raw(" USING ").parenthesised(using);
        }
        statements.push(writer.finish()?);
    } else if using.is_some() {
        return Err(unsupported(
            dialect,
            "`using` without a new type",
            "say the type too, by `.set_type(..)`",
        ));
    } else if collation.is_some() {
        return Err(unsupported(
            dialect,
            "changing a column's collation without saying its type",
            "say the type too, by `.set_type(..)`",
        ));
    }
    match generated {
        Some(Setting::Drop) => statements.push(begin().raw("DROP EXPRESSION").finish()?),
        Some(Setting::Set(_)) => {
            return Err(unsupported(
                dialect,
                "computing a column that holds values",
                "add another column that is computed, and drop this one",
            ));
        }
        None => {}
    }
    match server_default {
        Some(Setting::Set(default)) => {
            statements.push(begin().raw("SET DEFAULT ").expression(default).finish()?);
        }
        Some(Setting::Drop) if ty.is_none() => statements.push(begin().raw("DROP DEFAULT").finish()?),
        Some(Setting::Drop) | None => {}
    }
    match nullable {
        Some(true) => statements.push(begin().raw("DROP NOT NULL").finish()?),
        Some(false) => statements.push(begin().raw("SET NOT NULL").finish()?),
        None => {}
    }
    if let Some(identity) = &wanted {
        let mut writer = begin();
        let without = Numbered::default();
        let numbered = numbered.map(|numbered| if is_replaced { &without } else { numbered });
        identity::set(&mut writer, column, identity, numbered);
        statements.push(writer.finish()?);
        let already = numbered.is_some_and(|numbered| numbered.contains(column));
        if *autoincrement == Some(true) && !already {
            statements.push(identity::go_on(dialect, table, column)?);
        }
    }
    match comment {
        Some(Setting::Set(comment)) => {
            statements.push(comment_on(dialect, "COLUMN", table, Some(column), Some(comment))?);
        }
        Some(Setting::Drop) => statements.push(comment_on(dialect, "COLUMN", table, Some(column), None)?),
        None => {}
    }
    if let Some(to) = rename {
        statements.push(ddl::rename_column(dialect, table, column, to)?);
    }
    Ok(statements)
}

fn comment_on(
    dialect: &dyn Dialect,
    kind: &str,
    table: &QualifiedName,
    column: Option<&str>,
    comment: Option<&str>,
) -> Result<Statement, Unsupported> {
    let mut writer = Writer::new(dialect);
    writer.raw("COMMENT ON ").raw(kind).raw(" ").qualified(table);
    if let Some(column) = column {
        writer.raw(".").name(column);
    }
    writer.raw(" IS ");
    match comment {
        Some(comment) => writer.literal(comment),
        None => writer.raw("NULL"),
    }
    .finish()
}
