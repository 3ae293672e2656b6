//! [`Op`]: what `upgrade` and `downgrade` receive.
//!
//! It records and does nothing else: no SQL is written here and no database is asked.

use std::sync::Arc;

use crate::operation::refine::Columns;
use crate::operation::{
    AddColumn, AddConstraint, AlterColumn, AlterColumnHandle, BulkInsert, ColumnHandle, CommentTable,
    CreateIndex, CreateIndexHandle, CreateTable, CreateTableHandle, DropColumn, DropConstraint, DropEnum,
    DropHandle, DropIndex, DropTable, Execute, ForeignKeyHandle, InsertRow, NewTable, Operation, Place,
    Recorded, RenameTable, Run, RunHandle, StepFn,
};
use crate::schema::{
    Check, Column, Constraint, ForeignKey, Index, IndexElement, PrimaryKey, QualifiedName, Table, Type,
    Unique, naming,
};

/// The name of a constraint or index: text, or `None` for the one of the naming convention.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NameOrDefault(Option<String>);

impl From<&str> for NameOrDefault {
    fn from(name: &str) -> Self {
        Self(Some(name.into()))
    }
}

impl From<&String> for NameOrDefault {
    fn from(name: &String) -> Self {
        Self(Some(name.clone()))
    }
}

impl From<Option<&str>> for NameOrDefault {
    fn from(name: Option<&str>) -> Self {
        Self(name.map(Into::into))
    }
}

impl NameOrDefault {
    fn or_else(self, convention: impl FnOnce() -> String) -> String {
        self.0.unwrap_or_else(convention)
    }
}

/// Records what a migration does.
///
/// Each method is a directive, named as in Alembic. It records an operation at once, with the file and line
/// that called it, and returns a handle that refines what it recorded. Nothing reaches a database before the
/// whole migration is recorded. A table is given by name, or by [`qualified`](crate::schema::qualified) name
/// with its schema.
#[derive(Debug, Default)]
pub struct Op {
    recorded: Vec<Recorded>,
}

/// Records an operation and gives its payload. That the operation is that variant is plain from the macro's
/// own text, which is why it may say `unreachable`.
macro_rules! record {
    ($op:ident, $variant:ident($payload:expr)) => {{
        $op.recorded.push(Recorded {
            operation: Operation::$variant($payload),
            place: Place::caller(),
        });
        match $op.recorded.last_mut() {
            Some(Recorded {
                operation: Operation::$variant(payload),
                ..
            }) => payload,
            _ => unreachable!("the list ends in what was just recorded"),
        }
    }};
}

impl Op {
    /// Nothing recorded yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// What was recorded, in order.
    #[must_use]
    pub fn finish(self) -> Vec<Recorded> {
        self.recorded
    }
}

/// Tables.
impl Op {
    /// Creates a table; the closure gives it columns and constraints.
    #[track_caller]
    pub fn create_table(
        &mut self,
        name: impl Into<QualifiedName>,
        contents: impl FnOnce(&mut NewTable<'_>),
    ) -> CreateTableHandle<'_> {
        let mut table = Table::new(name);
        contents(&mut NewTable(&mut table));
        let key = table.primary_key().map_or(Vec::new(), |key| key.columns.clone());
        for column in &mut table.columns {
            column.nullable &= !key.contains(&column.name);
        }
        CreateTableHandle(record!(
            self,
            CreateTable(CreateTable {
                table,
                if_not_exists: false
            })
        ))
    }

    /// Drops a table with its rows, indexes and constraints. Enum types that its columns use stay, see
    /// [`drop_enum`](Self::drop_enum).
    #[track_caller]
    pub fn drop_table(&mut self, table: impl Into<QualifiedName>) -> DropHandle<'_> {
        let drop = record!(
            self,
            DropTable(DropTable {
                table: table.into(),
                if_exists: false
            })
        );
        DropHandle(&mut drop.if_exists)
    }

    /// Gives a table another name, in the schema it is in.
    #[track_caller]
    pub fn rename_table(&mut self, table: impl Into<QualifiedName>, to: &str) {
        record!(
            self,
            RenameTable(RenameTable {
                table: table.into(),
                to: to.into()
            })
        );
    }

    /// Sets a table's comment. SQLite keeps no comments: there it does nothing.
    #[track_caller]
    pub fn create_table_comment(&mut self, table: impl Into<QualifiedName>, comment: &str) {
        record!(
            self,
            CommentTable(CommentTable {
                table: table.into(),
                comment: Some(comment.into())
            })
        );
    }

    /// Removes a table's comment. SQLite keeps no comments: there it does nothing.
    #[track_caller]
    pub fn drop_table_comment(&mut self, table: impl Into<QualifiedName>) {
        record!(
            self,
            CommentTable(CommentTable {
                table: table.into(),
                comment: None
            })
        );
    }

    /// Drops the enum type that an [`enumeration`](crate::schema::types::enumeration) column created, after
    /// the last column that uses it is gone. Without named enum types (SQLite) it does nothing.
    #[track_caller]
    pub fn drop_enum(&mut self, name: impl Into<QualifiedName>) -> DropHandle<'_> {
        let drop = record!(
            self,
            DropEnum(DropEnum {
                name: name.into(),
                if_exists: false
            })
        );
        DropHandle(&mut drop.if_exists)
    }
}

/// Columns.
impl Op {
    /// Adds a column to a table, nullable unless refined.
    #[track_caller]
    pub fn add_column(
        &mut self,
        table: impl Into<QualifiedName>,
        name: &str,
        ty: impl Into<Type>,
    ) -> ColumnHandle<'_> {
        let add = record!(
            self,
            AddColumn(AddColumn {
                table: table.into(),
                column: Column::new(name, ty),
                constraints: Vec::new(),
            })
        );
        ColumnHandle {
            table: &add.table,
            column: &mut add.column,
            constraints: &mut add.constraints,
        }
    }

    /// Drops a column with its values.
    #[track_caller]
    pub fn drop_column(&mut self, table: impl Into<QualifiedName>, column: &str) -> DropHandle<'_> {
        let drop = record!(
            self,
            DropColumn(DropColumn {
                table: table.into(),
                column: column.into(),
                if_exists: false,
            })
        );
        DropHandle(&mut drop.if_exists)
    }

    /// Changes a column in the respects that the handle is told. SQLite can rename a column, no more.
    #[track_caller]
    pub fn alter_column(&mut self, table: impl Into<QualifiedName>, column: &str) -> AlterColumnHandle<'_> {
        AlterColumnHandle(record!(self, AlterColumn(AlterColumn::new(table, column))))
    }
}

/// Indexes.
impl Op {
    /// Creates an index over columns, or over expressions given by [`sql`](crate::schema::sql).
    #[track_caller]
    pub fn create_index(
        &mut self,
        name: impl Into<NameOrDefault>,
        table: impl Into<QualifiedName>,
        elements: impl IntoIterator<Item = impl Into<IndexElement>>,
    ) -> CreateIndexHandle<'_> {
        let table = table.into();
        let elements: Vec<IndexElement> = elements.into_iter().map(Into::into).collect();
        CreateIndexHandle(record!(
            self,
            CreateIndex(CreateIndex {
                index: Index {
                    name: name.into().or_else(|| naming::index(&table.name, &elements)),
                    table,
                    elements,
                    unique: false,
                    method: None,
                    predicate: None,
                },
                if_not_exists: false,
            })
        ))
    }

    /// Drops an index of a table.
    #[track_caller]
    pub fn drop_index(&mut self, name: &str, table: impl Into<QualifiedName>) -> DropHandle<'_> {
        let drop = record!(
            self,
            DropIndex(DropIndex {
                name: name.into(),
                table: table.into(),
                if_exists: false,
            })
        );
        DropHandle(&mut drop.if_exists)
    }
}

/// Constraints of a table that exists. SQLite cannot change them.
impl Op {
    /// Makes these columns the table's primary key.
    #[track_caller]
    pub fn create_primary_key(
        &mut self,
        name: impl Into<NameOrDefault>,
        table: impl Into<QualifiedName>,
        columns: impl Columns,
    ) {
        let table = table.into();
        let constraint = Constraint::PrimaryKey(PrimaryKey {
            name: name.into().or_else(|| naming::primary_key(&table.name)),
            columns: columns.names(),
        });
        record!(self, AddConstraint(AddConstraint { table, constraint }));
    }

    /// Makes these columns point to those of another table.
    #[track_caller]
    pub fn create_foreign_key(
        &mut self,
        name: impl Into<NameOrDefault>,
        table: impl Into<QualifiedName>,
        referent: impl Into<QualifiedName>,
        columns: impl Columns,
        referent_columns: impl Columns,
    ) -> ForeignKeyHandle<'_> {
        let table = table.into();
        let mut key = ForeignKey::to(&table, columns.names(), referent.into(), referent_columns.names());
        if let NameOrDefault(Some(name)) = name.into() {
            key.name = name;
        }
        let add = record!(
            self,
            AddConstraint(AddConstraint {
                table,
                constraint: Constraint::ForeignKey(key)
            })
        );
        match &mut add.constraint {
            Constraint::ForeignKey(key) => ForeignKeyHandle(key),
            Constraint::PrimaryKey(_) | Constraint::Unique(_) | Constraint::Check(_) => {
                unreachable!("it was just made a foreign key")
            }
        }
    }

    /// No two rows may have the same values in these columns.
    #[track_caller]
    pub fn create_unique_constraint(
        &mut self,
        name: impl Into<NameOrDefault>,
        table: impl Into<QualifiedName>,
        columns: impl Columns,
    ) {
        let table = table.into();
        let columns = columns.names();
        let constraint = Constraint::Unique(Unique {
            name: name.into().or_else(|| naming::unique(&table.name, &columns)),
            columns,
        });
        record!(self, AddConstraint(AddConstraint { table, constraint }));
    }

    /// Every row has to fulfil this condition.
    #[track_caller]
    pub fn create_check_constraint(&mut self, name: &str, table: impl Into<QualifiedName>, condition: &str) {
        let constraint = Constraint::Check(Check {
            name: name.into(),
            condition: condition.into(),
        });
        record!(
            self,
            AddConstraint(AddConstraint {
                table: table.into(),
                constraint
            })
        );
    }

    /// Drops a constraint of a table, by name.
    #[track_caller]
    pub fn drop_constraint(&mut self, name: &str, table: impl Into<QualifiedName>) -> DropHandle<'_> {
        let drop = record!(
            self,
            DropConstraint(DropConstraint {
                table: table.into(),
                name: name.into(),
                if_exists: false,
            })
        );
        DropHandle(&mut drop.if_exists)
    }
}

/// Rows, and whatever no directive covers.
impl Op {
    /// Sends SQL as it is. It may be several statements, and may not begin or end a transaction.
    #[track_caller]
    pub fn execute(&mut self, sql: impl Into<String>) {
        record!(self, Execute(Execute { sql: sql.into() }));
    }

    /// Inserts rows: tuples with a value for each column.
    #[track_caller]
    pub fn bulk_insert<const N: usize>(
        &mut self,
        table: impl Into<QualifiedName>,
        columns: [&str; N],
        rows: impl IntoIterator<Item = impl InsertRow<N>>,
    ) {
        record!(
            self,
            BulkInsert(BulkInsert {
                table: table.into(),
                columns: columns.names(),
                rows: rows.into_iter().map(InsertRow::values).collect(),
            })
        );
    }

    /// Runs a named `async fn(db: &mut Db<'_>) -> Result` on the live connection, at its place between the
    /// recorded operations. In a script only the SQL form that the handle is given can stand for it.
    #[track_caller]
    pub fn run(&mut self, name: &str, step: impl for<'a> StepFn<'a> + 'static) -> RunHandle<'_> {
        RunHandle(record!(
            self,
            Run(Run {
                name: name.into(),
                step: Arc::new(step),
                script: None
            })
        ))
    }
}
