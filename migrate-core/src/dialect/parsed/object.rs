//! Enum types, comments, and what is dropped by its name.

use sqlparser::ast::{
    AlterType, AlterTypeAddValuePosition, AlterTypeOperation, CommentObject, ObjectName, ObjectType,
    Statement, UserDefinedTypeRepresentation,
};

use super::Reader;
use crate::operation::{
    AddEnumValue, AlterColumn, CommentTable, CreateEnum, DropEnum, DropTable, EnumPosition, Operation,
    RenameEnumValue, Setting,
};
use crate::schema::{Enumeration, QualifiedName};

/// What models need not describe.
const NOT_DESCRIBED: [ObjectType; 4] = [
    ObjectType::View,
    ObjectType::MaterializedView,
    ObjectType::Sequence,
    ObjectType::Role,
];

impl Reader<'_> {
    pub(super) fn create_type(
        &self,
        name: &ObjectName,
        representation: Option<&UserDefinedTypeRepresentation>,
    ) -> Option<Vec<Operation>> {
        let Some(UserDefinedTypeRepresentation::Enum { labels }) = representation else {
            return None;
        };
        Some(vec![Operation::CreateEnum(CreateEnum {
            enumeration: Enumeration {
                name: self.name(name)?,
                values: labels.iter().map(|label| label.value.clone()).collect(),
                existing: false,
            },
            if_not_exists: false,
        })])
    }

    pub(super) fn alter_type(&self, alter: &AlterType) -> Option<Operation> {
        let name = self.name(&alter.name)?;
        match &alter.operation {
            AlterTypeOperation::AddValue(add) => Some(Operation::AddEnumValue(AddEnumValue {
                name,
                value: add.value.value.clone(),
                position: add.position.as_ref().map(|position| match position {
                    AlterTypeAddValuePosition::Before(value) => EnumPosition::Before(value.value.clone()),
                    AlterTypeAddValuePosition::After(value) => EnumPosition::After(value.value.clone()),
                }),
                if_not_exists: add.if_not_exists,
            })),
            AlterTypeOperation::RenameValue(rename) => Some(Operation::RenameEnumValue(RenameEnumValue {
                name,
                value: rename.from.value.clone(),
                to: rename.to.value.clone(),
            })),
            AlterTypeOperation::Rename(_) => None,
        }
    }

    pub(super) fn drop(&self, statement: &Statement) -> Option<Vec<Operation>> {
        let Statement::Drop {
            object_type,
            if_exists,
            names,
            cascade,
            table,
            temporary,
            ..
        } = statement
        else {
            return None;
        };
        let of_table = match table {
            Some(table) => Some(self.name(table)?),
            None => None,
        };
        if *temporary || NOT_DESCRIBED.contains(object_type) {
            return Some(Vec::new());
        }
        let names = names.iter().map(|name| self.name(name));
        let mut names: Vec<QualifiedName> = names.collect::<Option<_>>()?;
        let drop = |name: QualifiedName| {
            if *object_type == ObjectType::Table {
                Some(Operation::DropTable(DropTable {
                    table: name,
                    if_exists: *if_exists,
                    cascade: *cascade,
                }))
            } else if *object_type == ObjectType::Index {
                let table = of_table.clone().or_else(|| self.table_of(&name))?;
                Some(self.drop_index_of(&table, &name.name))
            } else if *object_type == ObjectType::Type {
                Some(Operation::DropEnum(DropEnum {
                    name,
                    if_exists: *if_exists,
                    if_unused: false,
                }))
            } else {
                None
            }
        };
        if *object_type == ObjectType::Index && *if_exists {
            names.retain(|name| of_table.is_some() || self.table_of(name).is_some());
        }
        names.into_iter().map(drop).collect()
    }

    /// The table of an index, which lives in that one's schema.
    fn table_of(&self, index: &QualifiedName) -> Option<QualifiedName> {
        let mut indexes = self.known.indexes.keys();
        let found = indexes.find(|(table, name)| *name == index.name && table.schema == index.schema);
        found.map(|(table, _)| table.clone())
    }

    pub(super) fn comment(&self, statement: &Statement) -> Option<Vec<Operation>> {
        let Statement::Comment {
            object_type,
            object_name,
            comment,
            ..
        } = statement
        else {
            return None;
        };
        if *object_type == CommentObject::Table {
            return Some(vec![Operation::CommentTable(CommentTable {
                table: self.name(object_name)?,
                comment: comment.clone(),
            })]);
        }
        if *object_type != CommentObject::Column {
            return Some(Vec::new());
        }
        let mut parts = self.parts(object_name)?;
        let column = parts.pop()?;
        let table = match parts.as_slice() {
            [table] => table.as_str().into(),
            [schema, table] => crate::schema::qualified(schema, table),
            _ => return None,
        };
        Some(vec![Operation::AlterColumn(AlterColumn {
            comment: Some(comment.clone().map_or(Setting::Drop, Setting::Set)),
            ..AlterColumn::new(table, column)
        })])
    }
}
