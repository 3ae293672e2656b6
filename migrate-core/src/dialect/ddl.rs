//! Standard SQL for operations: what dialects share. A dialect calls these where its database speaks the
//! standard, and writes its own where it does not.

use crate::dialect::authored::Part;
use crate::dialect::sql::{Writer, may_end_in_comment, unsupported};
use crate::dialect::{Dialect, Statement, Unsupported, authored};
use crate::operation::{
    AddConstraint, AlterColumn, BulkInsert, CreateTable, DeleteRows, DropColumn, DropConstraint, DropIndex,
    DropTable, Execute, RenameTable,
};
use crate::schema::{
    Action, Backend, Column, Constraint, Deferrable, Event, Exclude, ForeignKey, IndexElement, IndexKey,
    Nulls, Order, QualifiedName, Timing, Trigger, Type, View,
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

/// A constraint as it stands in a table definition or after `ADD`.
pub(crate) fn constraint(writer: &mut Writer<'_>, constraint: &Constraint) {
    writer.raw("CONSTRAINT ").name(constraint.name());
    match constraint {
        Constraint::PrimaryKey(key) => {
            writer.raw(" PRIMARY KEY ").names(&key.columns);
            deferrable(writer, key.deferrable);
        }
        Constraint::Unique(unique) => {
            writer
                .raw(" UNIQUE ")
                .raw_if(unique.nulls_not_distinct, "NULLS NOT DISTINCT ")
                .names(&unique.columns);
            deferrable(writer, unique.deferrable);
        }
        Constraint::ForeignKey(key) => {
            writer.raw(" FOREIGN KEY ").names(&key.columns);
            references(writer, key);
        }
        Constraint::Check(check) => {
            writer.raw(" CHECK ").parenthesised(&check.condition);
        }
        Constraint::Exclude(exclude) => excluded(writer, exclude),
    }
}

/// A constraint over one column as it stands in that column's definition.
pub(crate) fn column_constraint(writer: &mut Writer<'_>, constraint: &Constraint) {
    writer.raw(" CONSTRAINT ").name(constraint.name());
    match constraint {
        Constraint::PrimaryKey(key) => {
            writer.raw(" PRIMARY KEY");
            deferrable(writer, key.deferrable);
        }
        Constraint::Unique(unique) => {
            writer
                .raw(" UNIQUE")
                .raw_if(unique.nulls_not_distinct, " NULLS NOT DISTINCT");
            deferrable(writer, unique.deferrable);
        }
        Constraint::ForeignKey(key) => references(writer, key),
        Constraint::Check(check) => {
            writer.raw(" CHECK ").parenthesised(&check.condition);
        }
        Constraint::Exclude(exclude) => excluded(writer, exclude),
    }
}

/// `EXCLUDE`, which one database alone knows; the others refuse it before they come here.
fn excluded(writer: &mut Writer<'_>, exclude: &Exclude) {
    const PARTS: ElementParts = ElementParts {
        collation: true,
        operator_class: true,
        nulls: true,
        length: false,
    };
    writer
        .raw(" EXCLUDE USING ")
        .name(exclude.method.as_deref().unwrap_or("gist"))
        .raw(" (");
    writer.list(&exclude.elements, |writer, (element, operator)| {
        index_element(writer, element, &PARTS, |writer, name| {
            writer.name(name);
        });
        writer.raw(" WITH ").raw(operator);
    });
    writer.raw(")");
    if let Some(predicate) = &exclude.predicate {
        writer.raw(" WHERE ").parenthesised(predicate);
    }
    deferrable(writer, exclude.deferrable);
}

/// Refuses what a database does not know of constraints.
pub(crate) fn refuse_rare(writer: &mut Writer<'_>, constraint: &Constraint) {
    let (deferrable, nulls) = match constraint {
        Constraint::PrimaryKey(key) => (key.deferrable, false),
        Constraint::Unique(unique) => (unique.deferrable, unique.nulls_not_distinct),
        Constraint::ForeignKey(_) | Constraint::Check(_) => (None, false),
        Constraint::Exclude(_) => {
            writer.refuse(
                "an exclusion constraint",
                "keep it to the database that has them, by `op.on(..)`",
            );
            (None, false)
        }
    };
    if deferrable.is_some() {
        writer.refuse(
            format!(
                "a deferrable constraint `{}` that is no foreign key",
                constraint.name()
            ),
            "leave `.deferrable()` out, or keep it to another database by `op.on(..)`",
        );
    }
    if nulls {
        writer.refuse(
            "`nulls_not_distinct`",
            "leave it out, or keep it to another database by `op.on(..)`",
        );
    }
}

/// When a constraint is checked.
fn deferrable(writer: &mut Writer<'_>, deferrable: Option<Deferrable>) {
    match deferrable {
        None => {}
        Some(Deferrable::InitiallyImmediate) => {
            writer.raw(" DEFERRABLE INITIALLY IMMEDIATE");
        }
        Some(Deferrable::InitiallyDeferred) => {
            writer.raw(" DEFERRABLE INITIALLY DEFERRED");
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
        .names(&key.referent_columns)
        .raw_if(key.match_full, " MATCH FULL");
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
    deferrable(writer, key.deferrable);
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
        .raw_if(drop.cascade, " CASCADE")
        .finish()
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

/// An author's text, as it is but for its values.
pub(crate) fn execute(dialect: &dyn Dialect, execute: &Execute) -> Result<Statement, Unsupported> {
    let mut writer = Writer::new(dialect);
    if authored::is_unterminated(dialect.syntax(), &execute.sql) {
        writer.refuse(
            "a text that ends inside of quotes or a comment",
            "close what is open, or it swallows the statement that follows",
        );
    }
    if execute.values.is_empty() {
        return writer.raw(&execute.sql).finish();
    }
    let Some(parts) = authored::parts(dialect.syntax(), &execute.sql) else {
        return Err(unsupported(
            dialect,
            "values in a text whose quotes end where a setting of the server says",
            "bind the quoted text that has a backslash in it, too",
        ));
    };
    for part in &parts {
        match part {
            Part::Text(text) => {
                writer.raw(text);
            }
            Part::Value(name) => match execute.values.iter().find(|(given, _)| given == name) {
                Some((_, value)) => {
                    writer.expression(value);
                }
                None => writer.refuse(
                    format!("`:{name}` without a value"),
                    format!("give it one by `.bind(\"{name}\", ..)`"),
                ),
            },
        }
    }
    for (position, (name, _)) in execute.values.iter().enumerate() {
        if !parts.contains(&Part::Value(name)) {
            writer.refuse(
                format!("a value for `:{name}`, which the text does not name"),
                "write its name in the text, outside of quotes and comments",
            );
        }
        if execute.values[..position].iter().any(|(other, _)| other == name) {
            writer.refuse(
                format!("two values for `:{name}`"),
                "bind one of them by another name",
            );
        }
    }
    writer.finish()
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

/// `DELETE`, a statement for each row: the last inserted goes first, since rows may point to others of their table.
pub(crate) fn delete_rows(dialect: &dyn Dialect, delete: &DeleteRows) -> Result<Vec<Statement>, Unsupported> {
    let rows = delete.rows.iter().rev();
    rows.map(|row| {
        let mut writer = Writer::new(dialect);
        if delete.columns.is_empty() {
            writer.refuse("deleting rows that no key tells", "name the columns of their key");
        }
        writer.raw("DELETE FROM ").qualified(&delete.table).raw(" WHERE ");
        for (position, (column, value)) in delete.columns.iter().zip(row).enumerate() {
            writer
                .raw_if(position > 0, " AND ")
                .name(column)
                .raw(" = ")
                .expression(value);
        }
        writer.finish()
    })
    .collect()
}

/// What the parts of an index can be told on a database.
pub(crate) struct ElementParts {
    /// A collation.
    pub(crate) collation: bool,
    /// An operator class.
    pub(crate) operator_class: bool,
    /// Where `NULL` stands.
    pub(crate) nulls: bool,
    /// How many characters count.
    pub(crate) length: bool,
}

/// `(elements)`: what an index is over. `column` writes a column's name. An author's element stands as it is, since
/// it may go on after the expression (`age DESC`).
pub(crate) fn index_elements(
    writer: &mut Writer<'_>,
    elements: &[IndexElement],
    parts: &ElementParts,
    column: impl Fn(&mut Writer<'_>, &str),
) {
    if elements.is_empty() {
        writer.refuse("an index over nothing", "name its columns");
    }
    writer.raw("(");
    writer.list(elements, |writer, element| {
        index_element(writer, element, parts, &column);
    });
    writer.raw(")");
}

/// One part of an index.
pub(crate) fn index_element(
    writer: &mut Writer<'_>,
    element: &IndexElement,
    parts: &ElementParts,
    column: impl Fn(&mut Writer<'_>, &str),
) {
    match &element.key {
        IndexKey::Column(name) => column(writer, name),
        IndexKey::Expression(sql) => {
            writer.raw(sql).raw_if(may_end_in_comment(sql), "\n");
        }
    }
    if let Some(length) = element.length {
        if parts.length {
            writer.raw(&format!("({length})"));
        } else {
            writer.refuse(
                "an index over the first characters of a column",
                "leave `.length(..)` out",
            );
        }
    }
    if let Some(collation) = &element.collation {
        if parts.collation {
            writer.raw(" COLLATE ").name(collation);
        } else {
            writer.refuse(
                "a collation in an index",
                "give it to the column, by `.collate(..)`",
            );
        }
    }
    if let Some(class) = &element.operator_class {
        if parts.operator_class {
            writer.raw(" ").name(class);
        } else {
            writer.refuse("an operator class", "leave `.operator_class(..)` out");
        }
    }
    match element.order {
        Some(Order::Descending) => {
            writer.raw(" DESC");
        }
        Some(Order::Ascending) | None => {}
    }
    if let Some(nulls) = element.nulls {
        if parts.nulls {
            writer.raw(match nulls {
                Nulls::First => " NULLS FIRST",
                Nulls::Last => " NULLS LAST",
            });
        } else {
            writer.refuse("saying where NULL stands in an index", "leave it out");
        }
    }
}

/// What its author wrote for this database alone.
pub(crate) fn options(writer: &mut Writer<'_>, options: &[(Backend, String)]) {
    let backend = writer.dialect.backend();
    for (_, sql) in options.iter().filter(|(only, _)| *only == backend) {
        writer.raw(" ").raw(sql).raw_if(may_end_in_comment(sql), "\n");
    }
}

/// `CREATE VIEW`, `verb` being what it begins with.
pub(crate) fn create_view(dialect: &dyn Dialect, verb: &str, view: &View) -> Result<Statement, Unsupported> {
    Writer::new(dialect)
        .raw(verb)
        .raw(" ")
        .qualified(&view.name)
        .raw(" AS ")
        .raw(view.query.trim_end().trim_end_matches(';'))
        .finish()
}

/// The changes that fire a trigger, with `or` between them.
pub(crate) fn events(writer: &mut Writer<'_>, trigger: &Trigger, or: &str) {
    if trigger.events.is_empty() {
        writer.refuse(
            "a trigger that nothing fires",
            "name what does, as in `[Insert, Update]`",
        );
    }
    for (position, event) in trigger.events.iter().enumerate() {
        writer.raw_if(position > 0, or);
        match event {
            Event::Insert => writer.raw("INSERT"),
            Event::Update => writer.raw("UPDATE"),
            Event::Delete => writer.raw("DELETE"),
            Event::UpdateOf(columns) => writer.raw("UPDATE OF ").list(columns, |writer, column| {
                writer.name(column);
            }),
        };
    }
}

/// When a trigger fires.
pub(crate) fn timing(trigger: &Trigger) -> &'static str {
    match trigger.timing {
        Timing::Before => "BEFORE",
        Timing::After => "AFTER",
        Timing::InsteadOf => "INSTEAD OF",
    }
}
