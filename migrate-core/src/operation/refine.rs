//! The handles that directives return: each refines what its directive has already recorded.
//!
//! A handle may be dropped at any point; nothing is left to finish.

use crate::operation::{AlterColumn, CreateIndex, CreateTable, Run, Setting};
use crate::schema::{
    Action, Check, Column, Constraint, Deferrable, Expression, ForeignKey, PrimaryKey, QualifiedName, Table,
    Type, Unique, naming,
};

/// Appends to a list and gives the payload of the variant just appended. That it is that variant is plain
/// from the macro's own text, which is why it may say `unreachable`.
macro_rules! append {
    ($list:expr, $enumeration:ident::$variant:ident($payload:expr)) => {{
        let list: &mut Vec<$enumeration> = $list;
        list.push($enumeration::$variant($payload));
        match list.last_mut() {
            Some($enumeration::$variant(payload)) => payload,
            _ => unreachable!("the list ends in what was just appended"),
        }
    }};
}

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
        }
    }

    /// A primary key over several columns, which become `NOT NULL`. For one column, say so at the column.
    pub fn primary_key(&mut self, columns: impl Columns) -> ConstraintHandle<'_> {
        let columns = columns.names();
        let name = naming::primary_key(&self.0.name.name);
        let key = append!(
            &mut self.0.constraints,
            Constraint::PrimaryKey(PrimaryKey { name, columns })
        );
        ConstraintHandle(&mut key.name)
    }

    /// No two rows have the same values in these columns.
    pub fn unique(&mut self, columns: impl Columns) -> ConstraintHandle<'_> {
        let columns = columns.names();
        let name = naming::unique(&self.0.name.name, &columns);
        let unique = append!(
            &mut self.0.constraints,
            Constraint::Unique(Unique { name, columns })
        );
        ConstraintHandle(&mut unique.name)
    }

    /// Every row fulfils this condition. Without a name it is called by its number among the table's checks:
    /// `ck_<table>_1`.
    pub fn check(&mut self, condition: &str) -> ConstraintHandle<'_> {
        let checks = self.0.constraints.iter();
        let number = 1 + checks
            .filter(|constraint| matches!(constraint, Constraint::Check(_)))
            .count();
        let check = append!(
            &mut self.0.constraints,
            Constraint::Check(Check {
                name: naming::check(&self.0.name.name, number),
                condition: condition.into(),
            })
        );
        ConstraintHandle(&mut check.name)
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
        ForeignKeyHandle(append!(&mut self.0.constraints, Constraint::ForeignKey(key)))
    }
}

impl ForeignKey {
    /// A foreign key that says no more than where it points, under its conventional name.
    pub(crate) fn to(
        table: &QualifiedName,
        columns: Vec<String>,
        referent: QualifiedName,
        referent_columns: Vec<String>,
    ) -> Self {
        Self {
            name: naming::foreign_key(&table.name, &columns, &referent.name),
            columns,
            referent,
            referent_columns,
            on_delete: None,
            on_update: None,
            deferrable: None,
        }
    }
}

/// Names of columns: any list of texts.
pub trait Columns {
    /// The names, in order.
    fn names(self) -> Vec<String>;
}

impl<I: IntoIterator<Item = S>, S: Into<String>> Columns for I {
    fn names(self) -> Vec<String> {
        self.into_iter().map(Into::into).collect()
    }
}

/// A column in a new table, or one that is added to a table.
#[derive(Debug)]
pub struct ColumnHandle<'op> {
    pub(crate) table: &'op QualifiedName,
    pub(crate) column: &'op mut Column,
    pub(crate) constraints: &'op mut Vec<Constraint>,
}

impl<'op> ColumnHandle<'op> {
    /// It may not hold `NULL`.
    pub fn not_null(self) -> Self {
        self.column.nullable = false;
        self
    }

    /// It may hold `NULL`, as a column may unless told otherwise.
    pub fn nullable(self) -> Self {
        self.column.nullable = true;
        self
    }

    /// It is the table's primary key, or, when several columns say so, part of it in their order.
    pub fn primary_key(self) -> Self {
        self.column.nullable = false;
        let name = self.column.name.clone();
        for constraint in self.constraints.iter_mut() {
            if let Constraint::PrimaryKey(key) = constraint {
                key.columns.push(name);
                return self;
            }
        }
        self.constraints.push(Constraint::PrimaryKey(PrimaryKey {
            name: naming::primary_key(&self.table.name),
            columns: vec![name],
        }));
        self
    }

    /// No two rows have the same value in it.
    pub fn unique(self) -> Self {
        let columns = vec![self.column.name.clone()];
        self.constraints.push(Constraint::Unique(Unique {
            name: naming::unique(&self.table.name, &columns),
            columns,
        }));
        self
    }

    /// Every row fulfils this condition on it; the constraint is called `ck_<table>_<column>`.
    pub fn check(self, condition: &str) -> Self {
        self.constraints.push(Constraint::Check(Check {
            name: naming::check(&self.table.name, &self.column.name),
            condition: condition.into(),
        }));
        self
    }

    /// The value that the database gives it when an insert does not: a Rust value,
    /// [`now()`](crate::schema::now) or [`sql("..")`](crate::schema::sql).
    pub fn server_default(self, value: impl Into<Expression>) -> Self {
        self.column.server_default = Some(value.into());
        self
    }

    /// The database numbers the rows: `GENERATED BY DEFAULT AS IDENTITY` on PostgreSQL, the row id on SQLite,
    /// where the column has to be the whole primary key.
    pub fn autoincrement(self) -> Self {
        self.column.autoincrement = true;
        self
    }

    /// What it is for. SQLite keeps no comments and leaves it out.
    pub fn comment(self, comment: &str) -> Self {
        self.column.comment = Some(comment.into());
        self
    }

    /// It points to a column of another table. What follows refines the foreign key, so it comes last.
    pub fn references(self, table: impl Into<QualifiedName>, column: &str) -> ForeignKeyHandle<'op> {
        let columns = vec![self.column.name.clone()];
        let key = ForeignKey::to(self.table, columns, table.into(), vec![column.into()]);
        ForeignKeyHandle(append!(self.constraints, Constraint::ForeignKey(key)))
    }
}

/// A primary key, unique or check constraint.
#[derive(Debug)]
pub struct ConstraintHandle<'op>(pub(crate) &'op mut String);

impl ConstraintHandle<'_> {
    /// Its name, instead of the conventional one.
    pub fn name(self, name: &str) -> Self {
        name.clone_into(self.0);
        self
    }
}

/// A foreign key.
#[derive(Debug)]
pub struct ForeignKeyHandle<'op>(pub(crate) &'op mut ForeignKey);

impl ForeignKeyHandle<'_> {
    /// Its name, instead of the conventional one.
    pub fn name(self, name: &str) -> Self {
        name.clone_into(&mut self.0.name);
        self
    }

    /// What happens to a row when the one it points to is deleted.
    pub fn on_delete(self, action: Action) -> Self {
        self.0.on_delete = Some(action);
        self
    }

    /// What happens to a row when the key it points to changes.
    pub fn on_update(self, action: Action) -> Self {
        self.0.on_update = Some(action);
        self
    }

    /// A transaction may put its check off; until it does, it is checked after each statement.
    pub fn deferrable(self) -> Self {
        self.0.deferrable = Some(Deferrable::InitiallyImmediate);
        self
    }

    /// It is checked at the end of the transaction.
    pub fn initially_deferred(self) -> Self {
        self.0.deferrable = Some(Deferrable::InitiallyDeferred);
        self
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

    /// What it is for. SQLite keeps no comments and leaves it out.
    pub fn comment(self, comment: &str) -> Self {
        self.0.table.comment = Some(comment.into());
        self
    }
}

/// An index that is created.
#[derive(Debug)]
pub struct CreateIndexHandle<'op>(pub(crate) &'op mut CreateIndex);

impl CreateIndexHandle<'_> {
    /// No two rows may have the same values.
    pub fn unique(self) -> Self {
        self.0.index.unique = true;
        self
    }

    /// It covers only the rows that fulfil this condition.
    pub fn where_(self, condition: &str) -> Self {
        self.0.index.predicate = Some(condition.into());
        self
    }

    /// Its access method, such as `gin`. SQLite has one method only.
    pub fn using(self, method: &str) -> Self {
        self.0.index.method = Some(method.into());
        self
    }

    /// An index of that name, whatever it is over, is good enough.
    pub fn if_not_exists(self) -> Self {
        self.0.if_not_exists = true;
        self
    }
}

/// A column that changes: each method says one respect in which it does.
#[derive(Debug)]
pub struct AlterColumnHandle<'op>(pub(crate) &'op mut AlterColumn);

impl AlterColumnHandle<'_> {
    /// Its type.
    pub fn set_type(self, ty: impl Into<Type>) -> Self {
        self.0.ty = Some(ty.into());
        self
    }

    /// The expression that makes a new value from the old one, when the type changes and the database does
    /// not know how.
    pub fn using(self, expression: &str) -> Self {
        self.0.using = Some(expression.into());
        self
    }

    /// It may not hold `NULL`.
    pub fn not_null(self) -> Self {
        self.0.nullable = Some(false);
        self
    }

    /// It may hold `NULL`.
    pub fn nullable(self) -> Self {
        self.0.nullable = Some(true);
        self
    }

    /// The value that the database gives it when an insert does not.
    pub fn server_default(self, value: impl Into<Expression>) -> Self {
        self.0.server_default = Some(Setting::Set(value.into()));
        self
    }

    /// It has no default any more.
    pub fn drop_server_default(self) -> Self {
        self.0.server_default = Some(Setting::Drop);
        self
    }

    /// What it is for. SQLite keeps no comments and leaves it out.
    pub fn comment(self, comment: &str) -> Self {
        self.0.comment = Some(Setting::Set(comment.into()));
        self
    }

    /// It has no comment any more.
    pub fn drop_comment(self) -> Self {
        self.0.comment = Some(Setting::Drop);
        self
    }

    /// Its new name.
    pub fn rename(self, name: &str) -> Self {
        self.0.rename = Some(name.into());
        self
    }
}

/// Something that is dropped.
#[derive(Debug)]
pub struct DropHandle<'op>(pub(crate) &'op mut bool);

impl DropHandle<'_> {
    /// It may be gone already, where the database can ask that of what is dropped.
    pub fn if_exists(self) -> Self {
        *self.0 = true;
        self
    }
}

/// A data step.
#[derive(Debug)]
pub struct RunHandle<'op>(pub(crate) &'op mut Run);

impl RunHandle<'_> {
    /// What stands for it in a script, where no Rust can run: SQL that does the same.
    pub fn sql(self, sql: &str) -> Self {
        self.0.script = Some(sql.into());
        self
    }
}
