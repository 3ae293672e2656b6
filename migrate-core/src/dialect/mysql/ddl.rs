//! MySQL's statements for each operation, as far as MariaDB takes them too.

use crate::dialect::mysql::{MySql, index, object, plain_literal, types};
use crate::dialect::sql::{Writer, unsupported};
use crate::dialect::{Statement, Unsupported, ddl};
use crate::operation::{
    AddColumn, AddConstraint, AlterColumn, CommentTable, CreateTable, DropColumn, DropConstraint, DropTable,
    Operation, RenameTable, Setting,
};
use crate::schema::{Action, Column, Constraint, ConstraintKind, ForeignKey, Type};

pub(super) fn compile(dialect: &MySql, operation: &Operation) -> Result<Vec<Statement>, Unsupported> {
    let statement = match operation {
        Operation::CreateSchema(create) => object::create_schema(dialect, create),
        Operation::DropSchema(drop) => object::drop_schema(dialect, drop),
        Operation::CreateTable(create) => create_table(dialect, create),
        Operation::DropTable(drop) => drop_table(dialect, drop),
        Operation::RenameTable(rename) => rename_table(dialect, rename),
        Operation::CommentTable(comment) => comment_table(dialect, comment),
        Operation::AddColumn(add) => add_column(dialect, add),
        Operation::DropColumn(drop) => drop_column(dialect, drop),
        Operation::AlterColumn(alter) => return alter_column(dialect, alter),
        Operation::CreateIndex(create) => index::create_index(dialect, create),
        Operation::RenameIndex(rename) => index::rename_index(dialect, rename),
        Operation::DropIndex(drop) => index::drop_index(dialect, drop),
        Operation::AddConstraint(add) => add_constraint(dialect, add),
        // A primary key has no name.
        Operation::RenameConstraint(rename) if rename.primary_key => return Ok(Vec::new()),
        Operation::RenameConstraint(_) => Err(unsupported(
            dialect,
            "renaming a constraint without asking what it is",
            "run it on a live database, or drop it and create it anew",
        )),
        Operation::DropConstraint(drop) => drop_constraint(dialect, drop),
        Operation::CreateView(create) => object::create_view(dialect, create),
        Operation::DropView(drop) => object::drop_view(dialect, drop),
        Operation::CreateTrigger(create) => return object::create_trigger(dialect, create),
        Operation::DropTrigger(drop) => object::drop_trigger(dialect, drop),
        Operation::CreateFunction(create) => return object::create_function(dialect, create),
        Operation::DropFunction(drop) => object::drop_function(dialect, drop),
        Operation::Backfill(backfill) => ddl::backfill(dialect, backfill),
        Operation::Execute(execute) => ddl::execute(dialect, execute),
        Operation::BulkInsert(insert) => return ddl::bulk_insert(dialect, insert),
        Operation::DeleteRows(delete) => return ddl::delete_rows(dialect, delete),
        // A column carries its values itself.
        Operation::CreateEnum(_) | Operation::DropEnum(_) | Operation::Run(_) => return Ok(Vec::new()),
        Operation::AddEnumValue(_) | Operation::RenameEnumValue(_) => Err(unsupported(
            dialect,
            "changing a named enum type",
            "alter each column that has its values, by `op.alter_column(..).set_type(enumeration(..))`",
        )),
        Operation::ValidateConstraint(_) => Err(unsupported(
            dialect,
            "validating a constraint",
            "leave it out: here a constraint is valid once it is there",
        )),
        Operation::CreateSequence(_) | Operation::AlterSequence(_) | Operation::DropSequence(_) => {
            Err(unsupported(
                dialect,
                "sequences",
                "number the rows by an `.autoincrement()` column; only MariaDB has them, by `op.execute`",
            ))
        }
        Operation::CreateExtension(_) | Operation::DropExtension(_) => {
            Err(unsupported(dialect, "extensions", object::ELSEWHERE))
        }
    };
    Ok(vec![statement?])
}

/// Every constraint stands with the table: `REFERENCES` in a column's definition is read and forgotten. What its
/// author wrote for this database stands last, as partitions must.
fn create_table(dialect: &MySql, create: &CreateTable) -> Result<Statement, Unsupported> {
    let table = &create.table;
    if table.columns.is_empty() {
        return Err(unsupported(
            dialect,
            "a table without columns",
            "give it a column",
        ));
    }
    for constraint in &table.constraints {
        check_constraint(dialect, constraint)?;
    }
    for column in &table.columns {
        check_key(dialect, column, &table.constraints)?;
    }
    check_lengths(dialect, &table.columns, &table.constraints)?;
    let mut bare = create.clone();
    bare.table.options.clear();
    let bare = ddl::create_table(dialect, &bare, column, &table.constraints)?;
    let mut writer = Writer::new(dialect);
    writer.raw(&bare.sql);
    if let Some(comment) = &table.comment {
        writer.raw(" COMMENT=");
        text(&mut writer, comment);
    }
    ddl::options(&mut writer, &table.options);
    writer.finish()
}

/// A column's definition after its name.
pub(super) fn column(writer: &mut Writer<'_>, column: &Column) {
    writer.ty(&column.ty);
    // What the server counts with is its own affair, as `INT UNSIGNED`.
    if !matches!(column.ty, Type::Custom(_)) {
        ddl::check_autoincrement(writer, column);
    }
    if let Some(collation) = &column.collation {
        writer.raw(" COLLATE ").name(collation);
    }
    if column.identity.is_some() {
        writer.refuse(
            format!("the identity column `{}`", column.name),
            "number it by `.autoincrement()`, or keep it to the database that has them by `op.on(Postgres, ..)`",
        );
    }
    if let Some(generated) = &column.generated {
        writer
            .raw(" GENERATED ALWAYS AS ")
            .parenthesised(&generated.expression)
            .raw(if generated.stored { " STORED" } else { " VIRTUAL" });
        if !column.nullable {
            writer.refuse(
                format!("`not_null` on `{}`, which is computed", column.name),
                "leave it out, or give the table a check: MariaDB does not take it",
            );
        }
    }
    writer.raw_if(!column.nullable, " NOT NULL");
    types::default(writer, &column.ty, column.server_default.as_ref());
    writer.raw_if(column.autoincrement, " AUTO_INCREMENT");
    if let Some(comment) = &column.comment {
        writer.raw(" COMMENT ");
        text(writer, comment);
    }
}

/// A comment, where only a text in quotes may stand. Beyond U+FFFF it would be stored as question marks.
pub(super) fn text(writer: &mut Writer<'_>, text: &str) {
    writer.check_text(text);
    if let Some(character) = text.chars().find(|character| *character > '\u{ffff}') {
        writer.refuse(
            format!("a comment that holds {character:?}"),
            "comments hold no characters beyond U+FFFF",
        );
    }
    writer.raw(&plain_literal(text));
}

/// A key needs to know how long its parts are.
fn check_lengths(dialect: &MySql, columns: &[Column], constraints: &[Constraint]) -> Result<(), Unsupported> {
    for constraint in constraints {
        let keys: &[String] = match constraint {
            Constraint::PrimaryKey(key) => &key.columns,
            Constraint::Unique(unique) => &unique.columns,
            Constraint::ForeignKey(key) => &key.columns,
            Constraint::Check(_) | Constraint::Exclude(_) => &[],
        };
        let endless = columns.iter().find(|column| {
            keys.contains(&column.name)
                && matches!(column.ty, Type::Text | Type::Json | Type::Jsonb | Type::Bytes)
        });
        if let Some(column) = endless {
            return Err(unsupported(
                dialect,
                format!("a key over `{}`, whose length has no end", column.name),
                "make it a `varchar(..)`, or index its beginning by `op.create_index(.., [key(..).length(..)])`",
            ));
        }
    }
    Ok(())
}

/// `AUTO_INCREMENT` wants a key that begins with the column.
fn check_key(dialect: &MySql, column: &Column, constraints: &[Constraint]) -> Result<(), Unsupported> {
    let is_key = constraints.iter().any(|constraint| {
        let columns: &[String] = match constraint {
            Constraint::PrimaryKey(key) => &key.columns,
            Constraint::Unique(unique) => &unique.columns,
            Constraint::ForeignKey(_) | Constraint::Check(_) | Constraint::Exclude(_) => &[],
        };
        columns.first() == Some(&column.name)
    });
    if column.autoincrement && !is_key {
        return Err(unsupported(
            dialect,
            format!("`autoincrement` on `{}`, with which no key begins", column.name),
            "make it the primary key, or unique",
        ));
    }
    Ok(())
}

fn check_constraint(dialect: &MySql, constraint: &Constraint) -> Result<(), Unsupported> {
    if let Constraint::ForeignKey(key) = constraint {
        check_foreign_key(dialect, key)?;
    }
    let mut refused = Writer::new(dialect);
    ddl::refuse_rare(&mut refused, constraint);
    refused.finish().map(drop)
}

/// What the storage engine does not do. Of `MATCH` it would make that the actions are forgotten.
fn check_foreign_key(dialect: &MySql, key: &ForeignKey) -> Result<(), Unsupported> {
    let refused = [
        (
            key.deferrable.is_some(),
            "a deferrable foreign key",
            "it is checked at each row: leave the clause out, and write the rows in such an order",
        ),
        (
            [key.on_delete, key.on_update].contains(&Some(Action::SetDefault)),
            "a foreign key with SET DEFAULT",
            "use SET NULL, or a trigger",
        ),
        (
            key.match_full,
            "`match_full`",
            "leave it out, and add a check that all of its columns are NULL or none",
        ),
    ];
    match refused.into_iter().find(|(asked, ..)| *asked) {
        Some((_, what, hint)) => Err(unsupported(dialect, what, hint)),
        None => Ok(()),
    }
}

/// Refuses a clause that only MariaDB has.
pub(super) fn refuse_clause(dialect: &MySql, asked: bool, clause: &str) -> Result<(), Unsupported> {
    if asked {
        return Err(unsupported(
            dialect,
            clause,
            "leave it out; only MariaDB has such a clause, which `op.execute` can write",
        ));
    }
    Ok(())
}

/// Refuses to take along what refers to something: the word is read, and nothing done.
pub(super) fn refuse_cascade(dialect: &MySql, asked: bool, what: &str) -> Result<(), Unsupported> {
    if asked {
        return Err(unsupported(
            dialect,
            format!("`cascade` for {what}"),
            "drop what refers to it first",
        ));
    }
    Ok(())
}

fn drop_table(dialect: &MySql, drop: &DropTable) -> Result<Statement, Unsupported> {
    refuse_cascade(dialect, drop.cascade, "a table")?;
    ddl::drop_table(dialect, drop)
}

/// The column with its constraints, in one statement: all of it is there, or nothing.
fn add_column(dialect: &MySql, add: &AddColumn) -> Result<Statement, Unsupported> {
    refuse_clause(dialect, add.if_not_exists, "`if_not_exists` for a column")?;
    for constraint in &add.constraints {
        check_constraint(dialect, constraint)?;
    }
    check_key(dialect, &add.column, &add.constraints)?;
    check_lengths(dialect, std::slice::from_ref(&add.column), &add.constraints)?;
    let mut writer = ddl::alter_table(dialect, &add.table);
    writer.raw("ADD COLUMN ").name(&add.column.name).raw(" ");
    column(&mut writer, &add.column);
    for constraint in &add.constraints {
        writer.raw(", ADD ");
        ddl::constraint(&mut writer, constraint);
    }
    writer.finish()
}

fn drop_column(dialect: &MySql, drop: &DropColumn) -> Result<Statement, Unsupported> {
    refuse_clause(dialect, drop.if_exists, "`if_exists` for a column")?;
    refuse_cascade(dialect, drop.cascade, "a column")?;
    ddl::drop_column(dialect, drop)
}

/// A default and a name can be changed alone; the rest takes the column's whole definition, which only
/// [`present`](super::present) knows to write.
fn alter_column(dialect: &MySql, alter: &AlterColumn) -> Result<Vec<Statement>, Unsupported> {
    ddl::check_alter_column(dialect, alter)?;
    if !alters_alone(alter) {
        return Err(unsupported(
            dialect,
            "altering a column without asking what it is",
            "run it on a live database, or say all of its type, nullability, default and comment",
        ));
    }
    let mut statements = Vec::new();
    if let Some(setting) = &alter.server_default {
        let mut writer = ddl::alter_table(dialect, &alter.table);
        writer.raw("ALTER COLUMN ").name(&alter.column);
        match setting {
            Setting::Set(value) => {
                writer.raw(" SET");
                // Its type is not known here: an expression suits each.
                types::default(&mut writer, &Type::Custom(String::new()), Some(value));
            }
            Setting::Drop => {
                writer.raw(" DROP DEFAULT");
            }
        }
        statements.push(writer.finish()?);
    }
    if let Some(to) = &alter.rename {
        statements.push(ddl::rename_column(dialect, &alter.table, &alter.column, to)?);
    }
    Ok(statements)
}

/// Whether an alteration can be written without the column's definition.
pub(super) fn alters_alone(alter: &AlterColumn) -> bool {
    let rest = AlterColumn {
        server_default: None,
        rename: None,
        ..alter.clone()
    };
    rest == AlterColumn::new(&alter.table, &alter.column)
}

/// `RENAME TABLE`: with a schema for each of the two, the table stays where it is.
fn rename_table(dialect: &MySql, rename: &RenameTable) -> Result<Statement, Unsupported> {
    Writer::new(dialect)
        .raw("RENAME TABLE ")
        .qualified(&rename.table)
        .raw(" TO ")
        .qualified(&rename.table.sibling(&rename.to))
        .finish()
}

/// No comment is an empty one.
fn comment_table(dialect: &MySql, comment: &CommentTable) -> Result<Statement, Unsupported> {
    let mut writer = ddl::alter_table(dialect, &comment.table);
    writer.raw("COMMENT=");
    text(&mut writer, comment.comment.as_deref().unwrap_or_default());
    writer.finish()
}

fn add_constraint(dialect: &MySql, add: &AddConstraint) -> Result<Statement, Unsupported> {
    check_constraint(dialect, &add.constraint)?;
    if add.not_valid {
        return Err(unsupported(
            dialect,
            "a constraint that leaves rows unchecked",
            "leave `.not_valid()` out, or keep it to the database that has it by `op.on(Postgres, ..)`",
        ));
    }
    ddl::add_constraint(dialect, add)
}

/// Each kind has words of its own that both servers have always had; a primary key has no name.
fn drop_constraint(dialect: &MySql, drop: &DropConstraint) -> Result<Statement, Unsupported> {
    refuse_clause(dialect, drop.if_exists, "`if_exists` for a constraint")?;
    refuse_cascade(dialect, drop.cascade, "a constraint")?;
    let mut writer = ddl::alter_table(dialect, &drop.table);
    match drop.kind {
        Some(ConstraintKind::PrimaryKey) => writer.raw("DROP PRIMARY KEY"),
        Some(ConstraintKind::ForeignKey) => writer.raw("DROP FOREIGN KEY ").name(&drop.name),
        Some(ConstraintKind::Unique) => writer.raw("DROP INDEX ").name(&drop.name),
        Some(ConstraintKind::Check) | None => writer.raw("DROP CONSTRAINT ").name(&drop.name),
        Some(ConstraintKind::Exclude) => {
            return Err(unsupported(dialect, "an exclusion constraint", object::ELSEWHERE));
        }
    }
    .finish()
}
