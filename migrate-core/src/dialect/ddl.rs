//! Standard SQL for operations: what dialects share. A dialect calls these where its database speaks the
//! standard, and writes its own where it does not.

use crate::dialect::sql::{Writer, unsupported};
use crate::dialect::{Dialect, Statement, Unsupported, lexer};
use crate::operation::{
    AddConstraint, AlterColumn, BulkInsert, CreateTable, DropColumn, DropConstraint, DropIndex, DropTable,
    Execute, RenameTable,
};
use crate::schema::{
    Action, Column, Constraint, Deferrable, ForeignKey, Index, IndexElement, QualifiedName, Type,
};

/// The most rows of one `INSERT`, and the text after which it takes no further row.
const INSERT_ROWS: usize = 500;
const INSERT_BYTES: usize = 64 * 1024;

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
    writer.raw("\n)").finish()
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

/// A constraint as it stands in a table definition or after `ADD`.
pub(crate) fn constraint(writer: &mut Writer<'_>, constraint: &Constraint) {
    writer.raw("CONSTRAINT ").name(constraint.name());
    match constraint {
        Constraint::PrimaryKey(key) => {
            writer.raw(" PRIMARY KEY ").names(&key.columns);
        }
        Constraint::Unique(unique) => {
            writer.raw(" UNIQUE ").names(&unique.columns);
        }
        Constraint::ForeignKey(key) => {
            writer.raw(" FOREIGN KEY ").names(&key.columns);
            references(writer, key);
        }
        Constraint::Check(check) => {
            writer.raw(" CHECK ").parenthesised(&check.condition);
        }
    }
}

/// A constraint over one column as it stands in that column's definition.
pub(crate) fn column_constraint(writer: &mut Writer<'_>, constraint: &Constraint) {
    writer.raw(" CONSTRAINT ").name(constraint.name());
    match constraint {
        Constraint::PrimaryKey(_) => {
            writer.raw(" PRIMARY KEY");
        }
        Constraint::Unique(_) => {
            writer.raw(" UNIQUE");
        }
        Constraint::ForeignKey(key) => references(writer, key),
        Constraint::Check(check) => {
            writer.raw(" CHECK ").parenthesised(&check.condition);
        }
    }
}

/// What a foreign key points to, and its actions.
pub(crate) fn references(writer: &mut Writer<'_>, key: &ForeignKey) {
    if key.columns.len() != key.referent_columns.len() {
        writer.refuse(
            format!(
                "a foreign key from {} columns to {}",
                key.columns.len(),
                key.referent_columns.len()
            ),
            "name as many columns of the other table",
        );
    }
    writer
        .raw(" REFERENCES ")
        .qualified(&key.referent)
        .raw(" ")
        .names(&key.referent_columns);
    for (event, action) in [(" ON DELETE ", key.on_delete), (" ON UPDATE ", key.on_update)] {
        if let Some(action) = action {
            writer.raw(event).raw(match action {
                Action::NoAction => "NO ACTION",
                Action::Restrict => "RESTRICT",
                Action::Cascade => "CASCADE",
                Action::SetNull => "SET NULL",
                Action::SetDefault => "SET DEFAULT",
            });
        }
    }
    match key.deferrable {
        None => {}
        Some(Deferrable::InitiallyImmediate) => {
            writer.raw(" DEFERRABLE INITIALLY IMMEDIATE");
        }
        Some(Deferrable::InitiallyDeferred) => {
            writer.raw(" DEFERRABLE INITIALLY DEFERRED");
        }
    }
}

/// `DROP TABLE`.
pub(crate) fn drop_table(dialect: &dyn Dialect, drop: &DropTable) -> Result<Statement, Unsupported> {
    Writer::new(dialect)
        .raw("DROP TABLE ")
        .raw_if(drop.if_exists, "IF EXISTS ")
        .qualified(&drop.table)
        .finish()
}

/// `DROP INDEX`: the index stands in its table's schema.
pub(crate) fn drop_index(dialect: &dyn Dialect, drop: &DropIndex) -> Result<Statement, Unsupported> {
    Writer::new(dialect)
        .raw("DROP INDEX ")
        .raw_if(drop.if_exists, "IF EXISTS ")
        .qualified(&drop.table.sibling(&drop.name))
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
        .finish()
}

/// `ALTER TABLE .. ADD CONSTRAINT`.
pub(crate) fn add_constraint(dialect: &dyn Dialect, add: &AddConstraint) -> Result<Statement, Unsupported> {
    let mut writer = alter_table(dialect, &add.table);
    writer.raw("ADD ");
    constraint(&mut writer, &add.constraint);
    writer.finish()
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

/// An author's text, as it is.
pub(crate) fn execute(dialect: &dyn Dialect, execute: &Execute) -> Result<Statement, Unsupported> {
    let mut writer = Writer::new(dialect);
    if lexer::is_unterminated(dialect.syntax(), &execute.sql) {
        writer.refuse(
            "a text that ends inside of quotes or a comment",
            "close what is open, or it swallows the statement that follows",
        );
    }
    writer.raw(&execute.sql).finish()
}

/// `INSERT` statements of bounded size.
pub(crate) fn bulk_insert(dialect: &dyn Dialect, insert: &BulkInsert) -> Result<Vec<Statement>, Unsupported> {
    let mut statements = Vec::new();
    let mut rows = insert.rows.iter().peekable();
    while rows.peek().is_some() {
        let mut writer = Writer::new(dialect);
        writer
            .raw("INSERT INTO ")
            .qualified(&insert.table)
            .raw(" ")
            .names(&insert.columns)
            .raw(" VALUES");
        let mut count = 0;
        while count < INSERT_ROWS
            && writer.len() < INSERT_BYTES
            && let Some(row) = rows.next()
        {
            writer.raw(if count == 0 { "\n    (" } else { ",\n    (" });
            writer.list(row, |writer, value| {
                writer.expression(value);
            });
            writer.raw(")");
            count += 1;
        }
        statements.push(writer.finish()?);
    }
    Ok(statements)
}

/// ` (elements) WHERE predicate`: what an index is over. `column` writes a column's name. An author's element
/// stands as it is, since it may go on after the expression (`age DESC`).
pub(crate) fn index_elements(writer: &mut Writer<'_>, index: &Index, column: impl Fn(&mut Writer<'_>, &str)) {
    if index.elements.is_empty() {
        writer.refuse("an index over nothing", "name its columns");
    }
    writer.raw(" (");
    writer.list(&index.elements, |writer, element| match element {
        IndexElement::Column(name) => column(writer, name),
        IndexElement::Expression(sql) => {
            writer.raw(sql).raw_if(sql.contains("--"), "\n");
        }
    });
    writer.raw(")");
    if let Some(predicate) = &index.predicate {
        writer.raw(" WHERE ").parenthesised(predicate);
    }
}
