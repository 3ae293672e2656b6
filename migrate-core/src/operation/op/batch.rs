//! [`Batch`]: the directives that alter one table, without its name.
//!
//! It records what [`Op`] records. That what stands together on one table becomes one rebuild, where a rebuild is
//! needed, is the business of whoever runs it.

use super::Op;
use crate::operation::{
    AlterColumnHandle, CheckHandle, ColumnHandle, Columns, CreateIndexHandle, DropCascadeHandle,
    DropConstraintHandle, DropIndexHandle, ExcludeHandle, ForeignKeyHandle, IfNotExists, NameOrDefault,
    NotValid, PrimaryKeyHandle, RenameConstraintHandle, UniqueHandle,
};
use crate::schema::{IndexElement, QualifiedName, Type};

/// Records alterations of one table. See [`Op::batch`].
#[derive(Debug)]
pub struct Batch<'op> {
    pub(super) op: &'op mut Op,
    pub(super) table: QualifiedName,
}

impl Batch<'_> {
    /// See [`Op::add_column`].
    #[track_caller]
    pub fn add_column(&mut self, name: &str, ty: impl Into<Type>) -> ColumnHandle<'_, IfNotExists<'_>> {
        self.op.add_column(&self.table, name, ty)
    }

    /// See [`Op::drop_column`].
    #[track_caller]
    pub fn drop_column(&mut self, column: &str) -> DropCascadeHandle<'_> {
        self.op.drop_column(&self.table, column)
    }

    /// See [`Op::alter_column`].
    #[track_caller]
    pub fn alter_column(&mut self, column: &str) -> AlterColumnHandle<'_> {
        self.op.alter_column(&self.table, column)
    }

    /// See [`Op::create_index`].
    #[track_caller]
    pub fn create_index(
        &mut self,
        name: impl Into<NameOrDefault>,
        elements: impl IntoIterator<Item = impl Into<IndexElement>>,
    ) -> CreateIndexHandle<'_> {
        self.op.create_index(name, &self.table, elements)
    }

    /// See [`Op::rename_index`].
    #[track_caller]
    pub fn rename_index(&mut self, name: &str, to: &str) {
        self.op.rename_index(&self.table, name, to);
    }

    /// See [`Op::drop_index`].
    #[track_caller]
    pub fn drop_index(&mut self, name: &str) -> DropIndexHandle<'_> {
        self.op.drop_index(name, &self.table)
    }

    /// See [`Op::create_primary_key`].
    #[track_caller]
    pub fn create_primary_key(
        &mut self,
        name: impl Into<NameOrDefault>,
        columns: impl Columns,
    ) -> PrimaryKeyHandle<'_> {
        self.op.create_primary_key(name, &self.table, columns)
    }

    /// See [`Op::create_unique_constraint`].
    #[track_caller]
    pub fn create_unique_constraint(
        &mut self,
        name: impl Into<NameOrDefault>,
        columns: impl Columns,
    ) -> UniqueHandle<'_> {
        self.op.create_unique_constraint(name, &self.table, columns)
    }

    /// See [`Op::create_foreign_key`].
    #[track_caller]
    pub fn create_foreign_key(
        &mut self,
        name: impl Into<NameOrDefault>,
        referent: impl Into<QualifiedName>,
        columns: impl Columns,
        referent_columns: impl Columns,
    ) -> ForeignKeyHandle<'_, NotValid<'_>> {
        self.op
            .create_foreign_key(name, &self.table, referent, columns, referent_columns)
    }

    /// See [`Op::create_check_constraint`].
    #[track_caller]
    pub fn create_check_constraint(&mut self, name: &str, condition: &str) -> CheckHandle<'_, NotValid<'_>> {
        self.op.create_check_constraint(name, &self.table, condition)
    }

    /// See [`Op::create_exclude_constraint`].
    #[track_caller]
    pub fn create_exclude_constraint(
        &mut self,
        name: &str,
        elements: impl IntoIterator<Item = (impl Into<IndexElement>, impl Into<String>)>,
    ) -> ExcludeHandle<'_> {
        self.op.create_exclude_constraint(name, &self.table, elements)
    }

    /// See [`Op::validate_constraint`].
    #[track_caller]
    pub fn validate_constraint(&mut self, name: &str) {
        self.op.validate_constraint(name, &self.table);
    }

    /// See [`Op::rename_constraint`].
    #[track_caller]
    pub fn rename_constraint(&mut self, name: &str, to: &str) -> RenameConstraintHandle<'_> {
        self.op.rename_constraint(&self.table, name, to)
    }

    /// See [`Op::drop_constraint`].
    #[track_caller]
    pub fn drop_constraint(&mut self, name: &str) -> DropConstraintHandle<'_> {
        self.op.drop_constraint(name, &self.table)
    }
}
