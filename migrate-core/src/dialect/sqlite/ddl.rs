//! SQLite's statements for each operation.

use crate::dialect::ddl::ElementParts;
use crate::dialect::sql::{Writer, unsupported};
use crate::dialect::sqlite::{Sqlite, object};
use crate::dialect::{Statement, Unsupported, ddl};
use crate::operation::{AddColumn, AlterColumn, CreateIndex, CreateTable, DropColumn, DropTable, Operation};
use crate::schema::{Column, Constraint, Expression, Generated, PrimaryKey, QualifiedName, Type, naming};

/// What to do instead where only a new table would help.
const RECREATE: &str =
    "create a new table, copy the rows by `op.execute`, drop the old table and rename the new one";

pub(super) fn compile(dialect: &Sqlite, operation: &Operation) -> Result<Vec<Statement>, Unsupported> {
    let statement = match operation {
        Operation::CreateTable(create) => create_table(dialect, create),
        Operation::DropTable(drop) => drop_table(dialect, drop),
        Operation::RenameTable(rename) => ddl::rename_table(dialect, rename),
        Operation::AddColumn(add) => add_column(dialect, add),
        Operation::DropColumn(drop) => drop_column(dialect, drop),
        Operation::AlterColumn(alter) => return alter_column(dialect, alter),
        Operation::CreateIndex(create) => create_index(dialect, create),
        Operation::DropIndex(drop) => ddl::drop_index(dialect, drop),
        Operation::AddConstraint(_) => Err(unsupported(
            dialect,
            "a new constraint on an existing table",
            RECREATE,
        )),
        Operation::RenameConstraint(_) => Err(unsupported(dialect, "renaming a constraint", RECREATE)),
        Operation::RenameIndex(_) => Err(unsupported(
            dialect,
            "renaming an index without asking what it is",
            "drop it, and create it anew",
        )),
        Operation::DropConstraint(_) => Err(unsupported(dialect, "dropping a constraint", RECREATE)),
        Operation::Backfill(backfill) => ddl::backfill(dialect, backfill),
        Operation::Execute(execute) => ddl::execute(dialect, execute),
        Operation::BulkInsert(insert) => return ddl::bulk_insert(dialect, insert),
        Operation::DeleteRows(delete) => return ddl::delete_rows(dialect, delete),
        Operation::CreateView(create) => return object::create_view(dialect, create),
        Operation::DropView(drop) => object::drop_view(dialect, drop),
        Operation::CreateTrigger(create) => return object::create_trigger(dialect, create),
        Operation::DropTrigger(drop) => object::drop_trigger(dialect, drop),
        // A column carries its values itself, and its checks.
        Operation::CreateEnum(_) | Operation::DropEnum(_) | Operation::Run(_) => return Ok(Vec::new()),
        Operation::CommentTable(_) => Err(no_comments(dialect, "a table's comment")),
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
        Operation::CreateSchema(_) | Operation::DropSchema(_) => Err(unsupported(
            dialect,
            "schemas",
            "keep them to databases that have them, by `op.on([Postgres, MySql], ..)`; here another file is attached",
        )),
        Operation::CreateSequence(_) | Operation::AlterSequence(_) | Operation::DropSequence(_) => {
            Err(unsupported(
                dialect,
                "sequences",
                "number the rows by an `.autoincrement()` column, or keep them to another database by `op.on(..)`",
            ))
        }
        Operation::CreateFunction(_) | Operation::DropFunction(_) => Err(unsupported(
            dialect,
            "stored functions",
            "keep them to another database, by `op.on(..)`; here the application registers its functions",
        )),
        Operation::CreateExtension(_) | Operation::DropExtension(_) => Err(unsupported(
            dialect,
            "extensions that are created by SQL",
            "keep them to the database that has them, by `op.on(Postgres, ..)`",
        )),
    };
    Ok(vec![statement?])
}

fn create_table(dialect: &Sqlite, create: &CreateTable) -> Result<Statement, Unsupported> {
    let table = &create.table;
    if table.columns.is_empty() {
        return Err(unsupported(
            dialect,
            "a table without columns",
            "give it a column",
        ));
    }
    let constraints = in_schema(dialect, &table.name, &table.constraints)?;
    // A foreign key of one column stands in that column's definition: only there `DROP COLUMN` takes it along.
    let (in_columns, in_table): (Vec<_>, Vec<_>) = constraints.iter().partition(|constraint| {
        column_of(constraint).is_some_and(|name| table.columns.iter().any(|column| column.name == name))
    });
    let column = |writer: &mut Writer<'_>, column: &Column| {
        let own = in_columns.iter().copied();
        let own = own.filter(|constraint| column_of(constraint) == Some(&column.name));
        column_definition(writer, &table.name, column, table.primary_key(), own);
    };
    let mut refused = Writer::new(dialect);
    for constraint in &constraints {
        ddl::refuse_rare(&mut refused, constraint);
    }
    refused.finish()?;
    ddl::create_table(dialect, create, column, in_table)
}

/// A column's definition after its name, with the constraints that stand in it. `key` is the table's primary key.
pub(super) fn column_definition<'c>(
    writer: &mut Writer<'_>,
    table: &QualifiedName,
    column: &Column,
    key: Option<&PrimaryKey>,
    constraints: impl IntoIterator<Item = &'c Constraint>,
) {
    if column.autoincrement {
        row_id(writer, column, key);
    } else {
        writer.ty(&column.ty);
    }
    computed(writer, column);
    ddl::default_and_nullability(writer, column);
    enumeration_check(writer, table, &column.name, &column.ty);
    for constraint in constraints {
        ddl::column_constraint(writer, constraint);
    }
}

/// How a column's text is compared, and what it is computed from.
fn computed(writer: &mut Writer<'_>, column: &Column) {
    if let Some(collation) = &column.collation {
        writer.raw(" COLLATE ").name(collation);
    }
    if let Some(generated) = &column.generated {
        generated_always(writer.raw(" "), generated);
    }
    if column.identity.is_some() {
        refuse_identity(writer, &column.name);
    }
}

/// What a column is computed from.
pub(super) fn generated_always(writer: &mut Writer<'_>, generated: &Generated) {
    writer
        .raw("GENERATED ALWAYS AS ")
        .parenthesised(&generated.expression)
        .raw(if generated.stored { " STORED" } else { " VIRTUAL" });
}

pub(super) fn refuse_identity(writer: &mut Writer<'_>, column: &str) {
    writer.refuse(
        format!("the identity column `{column}`"),
        "number it by `.autoincrement()`, or keep it to the database that has them by `op.on(Postgres, ..)`",
    );
}

/// The column of a foreign key that has only one.
fn column_of(constraint: &Constraint) -> Option<&str> {
    match constraint {
        Constraint::ForeignKey(key) => match key.columns.as_slice() {
            [column] => Some(column),
            _ => None,
        },
        Constraint::PrimaryKey(_) | Constraint::Unique(_) | Constraint::Check(_) | Constraint::Exclude(_) => {
            None
        }
    }
}

/// The constraints as SQLite takes them: a foreign key stays within its table's schema and does not name it.
pub(super) fn in_schema(
    dialect: &Sqlite,
    table: &QualifiedName,
    constraints: &[Constraint],
) -> Result<Vec<Constraint>, Unsupported> {
    let mut constraints = constraints.to_vec();
    for constraint in &mut constraints {
        if let Constraint::ForeignKey(key) = constraint {
            if key.referent.schema.is_some() && key.referent.schema != table.schema {
                return Err(unsupported(
                    dialect,
                    format!("a foreign key from `{table}` into another schema"),
                    "keep both tables in one schema",
                ));
            }
            key.referent.schema = None;
        }
    }
    Ok(constraints)
}

/// A column that numbers the rows has to be the whole primary key and of type `INTEGER`, whatever its size:
/// then it is the row id (SQLite's "Rowid Tables").
fn row_id(writer: &mut Writer<'_>, column: &Column, key: Option<&PrimaryKey>) {
    ddl::check_autoincrement(writer, column);
    if key.is_none_or(|key| key.columns != [column.name.as_str()]) {
        writer.refuse(
            format!(
                "`autoincrement` on `{}`, which is not the whole primary key",
                column.name
            ),
            "make it the primary key, or let the application number the rows",
        );
    }
    writer.raw("INTEGER");
}

/// An enumeration is text that a check keeps to its values.
pub(super) fn enumeration_check(writer: &mut Writer<'_>, table: &QualifiedName, column: &str, ty: &Type) {
    if let Type::Enumeration(enumeration) = ty {
        writer
            .raw(" CONSTRAINT ")
            .name(&naming::check(&table.name, column))
            .raw(" CHECK (")
            .name(column)
            .raw(" IN (")
            .list(&enumeration.values, |writer, value| {
                writer.literal(value);
            })
            .raw("))");
    }
}

/// `ADD COLUMN`, for what a table with rows takes: SQLite itself refuses some of the rest only once there are
/// rows, and a migration that works on an empty table alone is found out too late.
fn add_column(dialect: &Sqlite, add: &AddColumn) -> Result<Statement, Unsupported> {
    let AddColumn {
        table,
        column,
        constraints,
        if_not_exists,
    } = add;
    let mut writer = ddl::alter_table(dialect, table);
    writer
        .raw("ADD COLUMN ")
        .name(&column.name)
        .raw(" ")
        .ty(&column.ty);
    computed(&mut writer, column);
    ddl::default_and_nullability(&mut writer, column);
    enumeration_check(&mut writer, table, &column.name, &column.ty);
    if *if_not_exists {
        writer.refuse("`if_not_exists` for a column", "add it without");
    }
    check_value_for_old_rows(&mut writer, column);
    if let Some(Expression::Now | Expression::Sql(_)) = &column.server_default {
        writer.refuse(
            "adding a column whose default is not a constant",
            "add it without the default and fill it by `op.execute`",
        );
    }
    if column.autoincrement {
        writer.refuse("adding an `autoincrement` column", RECREATE);
    }
    if column
        .generated
        .as_ref()
        .is_some_and(|generated| generated.stored)
    {
        writer.refuse(
            "adding a stored generated column",
            "make it virtual, by `.generated_virtual(..)`",
        );
    }
    for constraint in &in_schema(dialect, table, constraints)? {
        match constraint {
            Constraint::PrimaryKey(_) => writer.refuse("adding a primary key column", RECREATE),
            Constraint::Unique(_) => writer.refuse(
                "adding a unique column",
                "add the column, then a unique index by `op.create_index(..).unique()`",
            ),
            Constraint::ForeignKey(_) if has_value(column) => writer.refuse(
                "adding a column with a foreign key and a default",
                "add it without the default and fill it by `op.execute`",
            ),
            Constraint::Exclude(_) => ddl::refuse_rare(&mut writer, constraint),
            Constraint::ForeignKey(_) | Constraint::Check(_) => {
                ddl::column_constraint(&mut writer, constraint);
            }
        }
    }
    writer.finish()
}

/// Refuses a column that rows which are there already could not have.
pub(super) fn check_value_for_old_rows(writer: &mut Writer<'_>, column: &Column) {
    let computed = column.autoincrement || column.generated.is_some();
    if !column.nullable && !computed && !has_value(column) {
        writer.refuse(
            "adding a NOT NULL column without a default",
            "give it a `server_default`, or add it as nullable",
        );
    }
}

fn has_value(column: &Column) -> bool {
    !matches!(column.server_default, None | Some(Expression::Null))
}

fn drop_table(dialect: &Sqlite, drop: &DropTable) -> Result<Statement, Unsupported> {
    if drop.cascade {
        return Err(unsupported(
            dialect,
            "`cascade` for a table",
            "drop what refers to it first; foreign keys of other tables stay as they are",
        ));
    }
    ddl::drop_table(dialect, drop)
}

fn drop_column(dialect: &Sqlite, drop: &DropColumn) -> Result<Statement, Unsupported> {
    if drop.if_exists {
        return Err(unsupported(
            dialect,
            "`if_exists` for a column",
            "drop it without",
        ));
    }
    if drop.cascade {
        return Err(no_cascade(dialect, "`cascade` for a column"));
    }
    ddl::drop_column(dialect, drop)
}

pub(super) fn no_cascade(dialect: &Sqlite, operation: &str) -> Unsupported {
    unsupported(
        dialect,
        operation,
        "drop what refers to it first, in the same migration",
    )
}

pub(super) fn no_comments(dialect: &Sqlite, operation: &str) -> Unsupported {
    unsupported(
        dialect,
        operation,
        "keep it to databases that have comments, by `op.on([Postgres, MySql], ..)`",
    )
}

/// A new name is all that a column can get.
fn alter_column(dialect: &Sqlite, alter: &AlterColumn) -> Result<Vec<Statement>, Unsupported> {
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
    let refused = [
        (ty.is_some() || using.is_some(), "changing a column's type"),
        (nullable.is_some(), "changing whether a column may hold NULL"),
        (server_default.is_some(), "changing a column's default"),
        (identity.is_some(), "changing a column's identity"),
        (generated.is_some(), "changing what a column is computed from"),
        (
            autoincrement.is_some(),
            "changing whether a column numbers the rows",
        ),
        (collation.is_some(), "changing a column's collation"),
    ];
    if let Some((_, operation)) = refused.into_iter().find(|(asked, _)| *asked) {
        return Err(unsupported(dialect, operation, RECREATE));
    }
    if comment.is_some() {
        return Err(no_comments(dialect, "a column's comment"));
    }
    rename
        .iter()
        .map(|to| ddl::rename_column(dialect, table, column, to))
        .collect()
}

const PARTS: ElementParts = ElementParts {
    collation: true,
    operator_class: false,
    nulls: false,
    length: false,
};

/// The schema stands with the index, not with the table. Columns are quoted by backticks: a name in double
/// quotes that is no column would be taken for text, and the index for one over a constant.
pub(super) fn create_index(dialect: &Sqlite, create: &CreateIndex) -> Result<Statement, Unsupported> {
    let index = &create.index;
    let mut writer = Writer::new(dialect);
    writer
        .raw("CREATE ")
        .raw_if(index.unique, "UNIQUE ")
        .raw("INDEX ")
        .raw_if(create.if_not_exists, "IF NOT EXISTS ")
        .qualified(&index.table.sibling(&index.name))
        .raw(" ON ")
        .name(&index.table.name);
    if let Some(method) = &index.method {
        writer.refuse(
            format!("an index by `{method}`"),
            "leave `.using(..)` out: there is one method",
        );
    }
    writer.raw(" ");
    ddl::index_elements(&mut writer, &index.elements, &PARTS, |writer, column| {
        writer.check_name(column);
        writer.raw(&format!("`{}`", column.replace('`', "``")));
    });
    if !index.include.is_empty() {
        writer.refuse(
            "columns that an index only stores",
            "add them to its columns, or leave `.include(..)` out",
        );
    }
    if index.nulls_not_distinct {
        writer.refuse(
            "`nulls_not_distinct`",
            "make the index over an expression: `sql(\"ifnull(email, '')\")`",
        );
    }
    ddl::options(&mut writer, &index.options);
    if let Some(predicate) = &index.predicate {
        writer.raw(" WHERE ").parenthesised(predicate);
    }
    writer.finish()
}
