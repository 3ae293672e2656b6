//! Tables: how they come and go, and what alters them.

use crate::dialect::ddl::constraint;
use crate::dialect::sql::{Writer, may_end_in_comment, unsupported};
use crate::dialect::{Dialect, Statement, Unsupported};
use crate::operation::{
    AddConstraint, AlterColumn, CreateTable, DropColumn, DropConstraint, DropTable, RenameTable,
};
use crate::schema::{Backend, Column, Constraint, QualifiedName, Type};

/// `CREATE TABLE`. `column` writes a column's definition after its name; `constraints` are those that stand
/// after the columns.
pub(crate) fn create_table<'t>(
    dialect: &dyn Dialect,
    create: &'t CreateTable,
    column: impl Fn(&mut Writer<'_>, &Column),
    constraints: impl IntoIterator<Item = &'t Constraint>,
) -> Result<Statement, Unsupported> {
    let table = &create.table;
    let mut writer = Writer::new(dialect);
    writer
        .raw("CREATE TABLE ")
        .raw_if(create.if_not_exists, "IF NOT EXISTS ")
        .qualified(&table.name)
        .raw(" (");
    let mut separator = "\n    ";
    for definition in &table.columns {
        writer.raw(separator).name(&definition.name).raw(" ");
        column(&mut writer, definition);
        separator = ",\n    ";
    }
    for definition in constraints {
        writer.raw(separator);
        constraint(&mut writer, definition);
        separator = ",\n    ";
    }
    writer.raw("\n)");
    options(&mut writer, &table.options);
    writer.finish()
}

/// Refuses an `autoincrement` column whose type cannot count.
pub(crate) fn check_autoincrement(writer: &mut Writer<'_>, column: &Column) {
    if column.autoincrement && !matches!(column.ty, Type::SmallInt | Type::Integer | Type::BigInt) {
        writer.refuse(
            format!("`autoincrement` on `{}`, which is not an integer", column.name),
            "make it smallint, integer or bigint",
        );
    }
}

/// `DEFAULT .. NOT NULL`, as far as the column has them.
pub(crate) fn default_and_nullability(writer: &mut Writer<'_>, column: &Column) {
    if let Some(default) = &column.server_default {
        writer.raw(" DEFAULT ").expression(default);
    }
    writer.raw_if(!column.nullable, " NOT NULL");
}

/// `DROP TABLE`.
pub(crate) fn drop_table(dialect: &dyn Dialect, drop: &DropTable) -> Result<Statement, Unsupported> {
    Writer::new(dialect)
        .raw("DROP TABLE ")
        .raw_if(drop.if_exists, "IF EXISTS ")
        .qualified(&drop.table)
        .raw_if(drop.cascade, " CASCADE")
        .finish()
}

/// `ALTER TABLE .. RENAME TO`.
pub(crate) fn rename_table(dialect: &dyn Dialect, rename: &RenameTable) -> Result<Statement, Unsupported> {
    alter_table(dialect, &rename.table)
        .raw("RENAME TO ")
        .name(&rename.to)
        .finish()
}

/// `ALTER TABLE .. RENAME COLUMN`.
pub(crate) fn rename_column(
    dialect: &dyn Dialect,
    table: &QualifiedName,
    column: &str,
    to: &str,
) -> Result<Statement, Unsupported> {
    alter_table(dialect, table)
        .raw("RENAME COLUMN ")
        .name(column)
        .raw(" TO ")
        .name(to)
        .finish()
}

/// `ALTER TABLE .. DROP COLUMN`.
pub(crate) fn drop_column(dialect: &dyn Dialect, drop: &DropColumn) -> Result<Statement, Unsupported> {
    alter_table(dialect, &drop.table)
        .raw("DROP COLUMN ")
        .raw_if(drop.if_exists, "IF EXISTS ")
        .name(&drop.column)
        .raw_if(drop.cascade, " CASCADE")
        .finish()
}

/// Refuses an `alter_column` that was told nothing to change.
pub(crate) fn check_alter_column(dialect: &dyn Dialect, alter: &AlterColumn) -> Result<(), Unsupported> {
    if *alter == AlterColumn::new(&alter.table, &alter.column) {
        return Err(unsupported(
            dialect,
            "an `alter_column` that changes nothing",
            "say what changes, as in `.not_null()`",
        ));
    }
    Ok(())
}

/// `ALTER TABLE .. `, to be continued.
pub(crate) fn alter_table<'d>(dialect: &'d dyn Dialect, table: &QualifiedName) -> Writer<'d> {
    let mut writer = Writer::new(dialect);
    writer.raw("ALTER TABLE ").qualified(table).raw(" ");
    writer
}

/// What its author wrote for this database alone.
pub(crate) fn options(writer: &mut Writer<'_>, options: &[(Backend, String)]) {
    let backend = writer.dialect.backend();
    for (_, sql) in options.iter().filter(|(only, _)| *only == backend) {
        writer.raw(" ").raw(sql).raw_if(may_end_in_comment(sql), "\n");
    }
}

/// `ALTER TABLE .. ADD CONSTRAINT`.
pub(crate) fn add_constraint(dialect: &dyn Dialect, add: &AddConstraint) -> Result<Statement, Unsupported> {
    let mut writer = alter_table(dialect, &add.table);
    writer.raw("ADD ");
    constraint(&mut writer, &add.constraint);
    writer.raw_if(add.not_valid, " NOT VALID").finish()
}

/// `ALTER TABLE .. DROP CONSTRAINT`.
pub(crate) fn drop_constraint(
    dialect: &dyn Dialect,
    drop: &DropConstraint,
) -> Result<Statement, Unsupported> {
    alter_table(dialect, &drop.table)
        .raw("DROP CONSTRAINT ")
        .raw_if(drop.if_exists, "IF EXISTS ")
        .name(&drop.name)
        .raw_if(drop.cascade, " CASCADE")
        .finish()
}
