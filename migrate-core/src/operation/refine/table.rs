//! New tables: what `create_table` and its closure refine.

use crate::operation::CreateTable;
use crate::operation::refine::{
    CheckHandle, ColumnHandle, Columns, ExcludeHandle, ForeignKeyHandle, PrimaryKeyHandle, UniqueHandle,
    append,
};
use crate::schema::{
    Backend, Check, Column, Constraint, Exclude, ForeignKey, IndexElement, PrimaryKey, QualifiedName, Table,
    Type, Unique, naming,
};

/// The table that `create_table` is about to create: its closure gives it columns and constraints.
#[derive(Debug)]
pub struct NewTable<'op>(pub(crate) &'op mut Table);

impl NewTable<'_> {
    /// One more column, nullable unless refined.
    pub fn column(&mut self, name: &str, ty: impl Into<Type>) -> ColumnHandle<'_> {
        let position = self.0.columns.len();
        self.0.columns.push(Column::new(name, ty));
        ColumnHandle {
            table: &self.0.name,
            column: &mut self.0.columns[position],
            constraints: &mut self.0.constraints,
            more: (),
        }
    }

    /// A primary key over several columns, which become `NOT NULL`. For one column, say so at the column.
    pub fn primary_key(&mut self, columns: impl Columns) -> PrimaryKeyHandle<'_> {
        let key = PrimaryKey::over(&self.0.name, columns.names());
        PrimaryKeyHandle(append!(&mut self.0.constraints, Constraint::PrimaryKey(key)))
    }

    /// No two rows have the same values in these columns.
    pub fn unique(&mut self, columns: impl Columns) -> UniqueHandle<'_> {
        let unique = Unique::over(&self.0.name, columns.names());
        UniqueHandle(append!(&mut self.0.constraints, Constraint::Unique(unique)))
    }

    /// Every row fulfils this condition. Without a name it is called by its number among the table's checks:
    /// `ck_<table>_1`.
    pub fn check(&mut self, condition: &str) -> CheckHandle<'_> {
        let checks = self.0.constraints.iter();
        let number = 1 + checks
            .filter(|constraint| matches!(constraint, Constraint::Check(_)))
            .count();
        let check = Check {
            name: naming::check(&self.0.name.name, number),
            condition: condition.into(),
        };
        CheckHandle {
            check: append!(&mut self.0.constraints, Constraint::Check(check)),
            more: (),
        }
    }

    /// These columns point to those of another table. For one column there is
    /// [`references`](ColumnHandle::references).
    pub fn foreign_key(
        &mut self,
        columns: impl Columns,
        referent: impl Into<QualifiedName>,
        referent_columns: impl Columns,
    ) -> ForeignKeyHandle<'_> {
        let key = ForeignKey::to(
            &self.0.name,
            columns.names(),
            referent.into(),
            referent_columns.names(),
        );
        ForeignKeyHandle {
            key: append!(&mut self.0.constraints, Constraint::ForeignKey(key)),
            more: (),
        }
    }

    /// No two rows may be compared with yes by all of these operators (`PostgreSQL`).
    pub fn exclude(
        &mut self,
        name: &str,
        elements: impl IntoIterator<Item = (impl Into<IndexElement>, impl Into<String>)>,
    ) -> ExcludeHandle<'_> {
        let exclude = Exclude::over(name, elements);
        ExcludeHandle(append!(&mut self.0.constraints, Constraint::Exclude(exclude)))
    }
}

/// A table that is created.
#[derive(Debug)]
pub struct CreateTableHandle<'op>(pub(crate) &'op mut CreateTable);

impl CreateTableHandle<'_> {
    /// A table of that name, whatever its columns, is good enough.
    pub fn if_not_exists(self) -> Self {
        self.0.if_not_exists = true;
        self
    }

    /// What it is for. `SQLite` keeps no comments and leaves it out.
    pub fn comment(self, comment: &str) -> Self {
        self.0.table.comment = Some(comment.into());
        self
    }

    /// What one database alone knows, in its SQL, after the columns: `.option(Postgres, "PARTITION BY RANGE (day)")`,
    /// `.option(Sqlite, "STRICT")`, `.option(MySql, "ENGINE=InnoDB")`. Others leave it out.
    pub fn option(self, backend: Backend, sql: &str) -> Self {
        self.0.table.options.push((backend, sql.into()));
        self
    }
}
