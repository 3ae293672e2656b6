//! `CREATE TABLE` and `ALTER TABLE`.

use sqlparser::ast::helpers::stmt_create_table::CreateTableBuilder;
use sqlparser::ast::{
    AlterColumnOperation, AlterTableOperation, CreateTable as Statement, DropBehavior, RenameTableNameKind,
    TableConstraint,
};

use super::Reader;
use super::constraint::Named;
use crate::operation::{
    AddColumn, AddConstraint, AlterColumn, CreateIndex, CreateTable, DropColumn, DropConstraint, DropIndex,
    Operation, RenameConstraint, RenameTable, Setting,
};
use crate::schema::{Constraint, ConstraintKind, Index, QualifiedName, Table};

impl Reader<'_> {
    pub(super) fn create_table(&self, create: &Statement) -> Option<Vec<Operation>> {
        if create.temporary {
            // It is gone when the session is.
            return Some(Vec::new());
        }
        // Whatever else it says is no part of this one. (The parser says `hive_formats` of any table.)
        let understood = CreateTableBuilder::new(create.name.clone())
            .columns(create.columns.clone())
            .constraints(create.constraints.clone())
            .if_not_exists(create.if_not_exists)
            .table_options(create.table_options.clone())
            .hive_formats(create.hive_formats.clone())
            .build();
        if understood != *create {
            return None;
        }
        let mut table = Table::new(self.name(&create.name)?);
        let columns: Vec<String> = create
            .columns
            .iter()
            .map(|column| self.ident(&column.name))
            .collect();
        let mut named = Named {
            columns: columns.iter().map(String::as_str).collect(),
            names: Vec::new(),
            within: None,
        };
        let mut indexes = Vec::new();
        for definition in &create.columns {
            let (column, constraints) = self.column(&table.name, definition, &mut named)?;
            table.columns.push(column);
            table.constraints.extend(constraints);
        }
        for constraint in &create.constraints {
            if let Some(index) = self.inline_index(&table.name, constraint)? {
                indexes.push(index);
                continue;
            }
            let constraint = self.constraint(&table.name, constraint, &mut named)?;
            if let Constraint::PrimaryKey(key) = &constraint {
                for column in table
                    .columns
                    .iter_mut()
                    .filter(|column| key.columns.contains(&column.name))
                {
                    column.nullable = false;
                }
            }
            table.constraints.push(constraint);
        }
        let create = Operation::CreateTable(CreateTable {
            table,
            if_not_exists: create.if_not_exists,
        });
        Some(std::iter::once(create).chain(indexes).collect())
    }

    /// `KEY name (columns)` among the constraints.
    fn inline_index(&self, table: &QualifiedName, constraint: &TableConstraint) -> Option<Option<Operation>> {
        let TableConstraint::Index(index) = constraint else {
            return Some(None);
        };
        if index.index_type.is_some() || !index.index_options.is_empty() {
            return None;
        }
        let elements = index.columns.iter().map(|column| self.element(column));
        let name = self.ident(index.name.as_ref()?);
        Some(Some(Operation::CreateIndex(CreateIndex {
            index: Index::new(name, table.clone(), elements.collect::<Option<_>>()?),
            if_not_exists: false,
            concurrently: false,
        })))
    }

    pub(super) fn alter_table(&self, alter: &sqlparser::ast::AlterTable) -> Option<Vec<Operation>> {
        if alter.location.is_some() || alter.on_cluster.is_some() || alter.table_type.is_some() {
            return None;
        }
        let name = self.name(&alter.name)?;
        let known = self.known.tables.get(&name);
        if known.is_none() && alter.if_exists {
            return Some(Vec::new());
        }
        let table = known?;
        let added = alter.operations.iter().filter_map(|operation| {
            if let AlterTableOperation::AddColumn { column_def, .. } = operation {
                Some(self.ident(&column_def.name))
            } else {
                None
            }
        });
        let added: Vec<String> = added.collect();
        let columns = table.columns.iter().map(|column| &column.name).chain(&added);
        let names = table
            .constraints
            .iter()
            .map(|one| (one.name().to_owned(), one.kind()));
        let mut named = Named {
            columns: columns.map(String::as_str).collect(),
            names: names.collect(),
            within: None,
        };
        let operations = alter.operations.iter();
        let operations = operations.map(|operation| self.alteration(table, operation, &mut named));
        Some(
            operations
                .collect::<Option<Vec<_>>>()?
                .into_iter()
                .flatten()
                .collect(),
        )
    }

    fn alteration(
        &self,
        table: &Table,
        operation: &AlterTableOperation,
        named: &mut Named<'_>,
    ) -> Option<Vec<Operation>> {
        let name = &table.name;
        let one = if let AlterTableOperation::AddColumn {
            if_not_exists,
            column_def,
            column_position: None,
            ..
        } = operation
        {
            let (column, constraints) = self.column(name, column_def, named)?;
            Operation::AddColumn(AddColumn {
                table: name.clone(),
                column,
                constraints,
                if_not_exists: *if_not_exists,
            })
        } else if let AlterTableOperation::DropColumn {
            column_names,
            if_exists,
            drop_behavior,
            ..
        } = operation
        {
            let drop = |column: String| {
                Operation::DropColumn(DropColumn {
                    table: name.clone(),
                    column,
                    if_exists: *if_exists,
                    cascade: *drop_behavior == Some(DropBehavior::Cascade),
                })
            };
            return Some(self.idents(column_names).into_iter().map(drop).collect());
        } else if let AlterTableOperation::RenameColumn {
            old_column_name,
            new_column_name,
        } = operation
        {
            Operation::AlterColumn(AlterColumn {
                rename: Some(self.ident(new_column_name)),
                ..AlterColumn::new(name.clone(), self.ident(old_column_name))
            })
        } else if let AlterTableOperation::RenameTable { table_name } = operation {
            let (RenameTableNameKind::As(to) | RenameTableNameKind::To(to)) = table_name;
            Operation::RenameTable(RenameTable {
                table: name.clone(),
                to: self.name(to)?.name,
            })
        } else if let AlterTableOperation::AlterColumn { column_name, op } = operation {
            Operation::AlterColumn(self.alter_column(table, self.ident(column_name), op)?)
        } else if let AlterTableOperation::ModifyColumn {
            col_name,
            data_type,
            options,
            column_position: None,
        } = operation
        {
            let options = options.iter().map(|option| sqlparser::ast::ColumnOptionDef {
                name: None,
                option: option.clone(),
            });
            let definition = sqlparser::ast::ColumnDef {
                name: col_name.clone(),
                data_type: data_type.clone(),
                options: options.collect(),
            };
            let (column, constraints) = self.column(name, &definition, named)?;
            if !constraints.is_empty() || column.generated.is_some() {
                return None;
            }
            Operation::AlterColumn(AlterColumn {
                ty: Some(column.ty),
                nullable: Some(column.nullable),
                server_default: Some(column.server_default.map_or(Setting::Drop, Setting::Set)),
                autoincrement: Some(column.autoincrement),
                comment: Some(column.comment.map_or(Setting::Drop, Setting::Set)),
                collation: column.collation,
                ..AlterColumn::new(name.clone(), column.name)
            })
        } else if let AlterTableOperation::AddConstraint {
            constraint,
            not_valid,
        } = operation
        {
            if let Some(index) = self.inline_index(name, constraint)? {
                index
            } else {
                Operation::AddConstraint(AddConstraint {
                    table: name.clone(),
                    constraint: self.constraint(name, constraint, named)?,
                    not_valid: *not_valid,
                })
            }
        } else if let AlterTableOperation::DropConstraint {
            if_exists,
            name: constraint,
            drop_behavior,
        } = operation
        {
            Operation::DropConstraint(DropConstraint {
                table: name.clone(),
                name: self.ident(constraint),
                kind: None,
                if_exists: *if_exists,
                cascade: *drop_behavior == Some(DropBehavior::Cascade),
            })
        } else if let AlterTableOperation::DropPrimaryKey { drop_behavior: None } = operation {
            let mut constraints = table.constraints.iter();
            let key = constraints.find(|one| one.kind() == ConstraintKind::PrimaryKey)?;
            drop_constraint(name, key.name())
        } else if let AlterTableOperation::DropForeignKey {
            name: key,
            drop_behavior: None,
        } = operation
        {
            drop_constraint(name, &self.ident(key))
        } else if let AlterTableOperation::DropIndex { name: index } = operation {
            self.drop_index_of(name, &self.ident(index))
        } else if let AlterTableOperation::RenameConstraint { old_name, new_name } = operation {
            let constraint = table.constraint(&self.ident(old_name))?;
            Operation::RenameConstraint(RenameConstraint {
                table: name.clone(),
                name: constraint.name().to_owned(),
                to: self.ident(new_name),
                primary_key: constraint.kind() == ConstraintKind::PrimaryKey,
            })
        } else {
            let leaves_it_as_it_is = matches!(
                operation,
                AlterTableOperation::OwnerTo { .. }
                    | AlterTableOperation::ValidateConstraint { .. }
                    | AlterTableOperation::EnableRowLevelSecurity
                    | AlterTableOperation::DisableRowLevelSecurity
                    | AlterTableOperation::ForceRowLevelSecurity
                    | AlterTableOperation::NoForceRowLevelSecurity
                    | AlterTableOperation::EnableTrigger { .. }
                    | AlterTableOperation::DisableTrigger { .. }
                    | AlterTableOperation::AutoIncrement { .. }
                    | AlterTableOperation::Algorithm { .. }
                    | AlterTableOperation::Lock { .. }
            );
            return leaves_it_as_it_is.then(Vec::new);
        };
        Some(vec![one])
    }

    fn alter_column(&self, table: &Table, column: String, op: &AlterColumnOperation) -> Option<AlterColumn> {
        let known = table.column(&column)?;
        let mut alter = AlterColumn::new(table.name.clone(), column);
        match op {
            AlterColumnOperation::SetNotNull => alter.nullable = Some(false),
            AlterColumnOperation::DropNotNull => alter.nullable = Some(true),
            AlterColumnOperation::SetDefault { value } => {
                alter.server_default = Some(Setting::Set(self.default(value, &known.ty)));
            }
            AlterColumnOperation::DropDefault => alter.server_default = Some(Setting::Drop),
            AlterColumnOperation::SetDataType { data_type, using, .. } => {
                alter.ty = Some(self.ty(data_type));
                alter.using = using.as_ref().map(ToString::to_string);
            }
            AlterColumnOperation::AddGenerated { .. } => return None,
        }
        Some(alter)
    }

    /// A unique constraint is an index where the database keeps no difference.
    pub(super) fn drop_index_of(&self, table: &QualifiedName, index: &str) -> Operation {
        let known = self.known.tables.get(table);
        if known.is_some_and(|table| table.constraint(index).is_some()) {
            return drop_constraint(table, index);
        }
        Operation::DropIndex(DropIndex {
            name: index.to_owned(),
            table: table.clone(),
            if_exists: false,
            concurrently: false,
        })
    }
}

fn drop_constraint(table: &QualifiedName, name: &str) -> Operation {
    Operation::DropConstraint(DropConstraint {
        table: table.clone(),
        name: name.to_owned(),
        kind: None,
        if_exists: false,
        cascade: false,
    })
}
