//! SQLite's statements for each operation.

use crate::dialect::sql::{Writer, unsupported};
use crate::dialect::sqlite::Sqlite;
use crate::dialect::{Statement, Unsupported, ddl};
use crate::operation::{AddColumn, AlterColumn, CreateIndex, CreateTable, DropColumn, Operation};
use crate::schema::{Column, Constraint, Expression, PrimaryKey, QualifiedName, Type, naming};

/// What to do instead where only a new table would help.
const RECREATE: &str =
    "create a new table, copy the rows by `op.execute`, drop the old table and rename the new one";

pub(super) fn compile(dialect: &Sqlite, operation: &Operation) -> Result<Vec<Statement>, Unsupported> {
    let statement = match operation {
        Operation::CreateTable(create) => create_table(dialect, create),
        Operation::DropTable(drop) => ddl::drop_table(dialect, drop),
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
        Operation::DropConstraint(_) => Err(unsupported(dialect, "dropping a constraint", RECREATE)),
        Operation::Execute(execute) => ddl::execute(dialect, execute),
        Operation::BulkInsert(insert) => return ddl::bulk_insert(dialect, insert),
        // There are no comments, and an enumeration goes with its column.
        Operation::CommentTable(_) | Operation::DropEnum(_) | Operation::Run(_) => return Ok(Vec::new()),
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
        if column.autoincrement {
            row_id(writer, column, table.primary_key());
        } else {
            writer.ty(&column.ty);
        }
        ddl::default_and_nullability(writer, column);
        enumeration_check(writer, &table.name, column);
        for constraint in &in_columns {
            if column_of(constraint) == Some(&column.name) {
                ddl::column_constraint(writer, constraint);
            }
        }
    };
    ddl::create_table(dialect, create, column, in_table)
}

/// The column of a foreign key that has only one.
fn column_of(constraint: &Constraint) -> Option<&str> {
    match constraint {
        Constraint::ForeignKey(key) => match key.columns.as_slice() {
            [column] => Some(column),
            _ => None,
        },
        Constraint::PrimaryKey(_) | Constraint::Unique(_) | Constraint::Check(_) => None,
    }
}

/// The constraints as SQLite takes them: a foreign key stays within its table's schema and does not name it.
fn in_schema(
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
fn enumeration_check(writer: &mut Writer<'_>, table: &QualifiedName, column: &Column) {
    if let Type::Enumeration(enumeration) = &column.ty {
        writer
            .raw(" CONSTRAINT ")
            .name(&naming::check(&table.name, &column.name))
            .raw(" CHECK (")
            .name(&column.name)
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
    } = add;
    let mut writer = ddl::alter_table(dialect, table);
    writer
        .raw("ADD COLUMN ")
        .name(&column.name)
        .raw(" ")
        .ty(&column.ty);
    ddl::default_and_nullability(&mut writer, column);
    enumeration_check(&mut writer, table, column);
    match &column.server_default {
        None | Some(Expression::Null) if !column.nullable => {
            writer.refuse(
                "adding a NOT NULL column without a default",
                "give it a `server_default`, or add it as nullable",
            );
        }
        Some(Expression::Now | Expression::Sql(_)) => {
            writer.refuse(
                "adding a column whose default is not a constant",
                "add it without the default and fill it by `op.execute`",
            );
        }
        None | Some(_) => {}
    }
    if column.autoincrement {
        writer.refuse("adding an `autoincrement` column", RECREATE);
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
            Constraint::ForeignKey(_) | Constraint::Check(_) => {
                ddl::column_constraint(&mut writer, constraint);
            }
        }
    }
    writer.finish()
}

fn has_value(column: &Column) -> bool {
    !matches!(column.server_default, None | Some(Expression::Null))
}

fn drop_column(dialect: &Sqlite, drop: &DropColumn) -> Result<Statement, Unsupported> {
    if drop.if_exists {
        return Err(unsupported(
            dialect,
            "`if_exists` for a column",
            "drop it without",
        ));
    }
    ddl::drop_column(dialect, drop)
}

/// A new name is all that a column can get. A comment would not be kept anyway.
fn alter_column(dialect: &Sqlite, alter: &AlterColumn) -> Result<Vec<Statement>, Unsupported> {
    ddl::check_alter_column(dialect, alter)?;
    let AlterColumn {
        table,
        column,
        ty,
        using,
        nullable,
        server_default,
        comment: _,
        rename,
    } = alter;
    let refused = [
        (ty.is_some() || using.is_some(), "changing a column's type"),
        (nullable.is_some(), "changing whether a column may hold NULL"),
        (server_default.is_some(), "changing a column's default"),
    ];
    if let Some((_, operation)) = refused.into_iter().find(|(asked, _)| *asked) {
        return Err(unsupported(dialect, operation, RECREATE));
    }
    rename
        .iter()
        .map(|to| ddl::rename_column(dialect, table, column, to))
        .collect()
}

/// The schema stands with the index, not with the table. Columns are quoted by backticks: a name in double
/// quotes that is no column would be taken for text, and the index for one over a constant.
fn create_index(dialect: &Sqlite, create: &CreateIndex) -> Result<Statement, Unsupported> {
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
    ddl::index_elements(&mut writer, index, |writer, column| {
        writer.check_name(column);
        writer.raw(&format!("`{}`", column.replace('`', "``")));
    });
    writer.finish()
}
