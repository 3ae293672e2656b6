//! What each operation does to the names.

use super::taken::Taken;
use crate::dialect::Kind;
use crate::operation::{CreateTable, Operation};
use crate::schema::{Constraint, Element, Enumeration, QualifiedName};

impl Taken<'_> {
    pub(super) fn follow(&mut self, operation: &Operation) {
        for enumeration in operation.brought_enums() {
            self.enumeration(enumeration, false);
        }
        match operation {
            Operation::CreateSchema(create) => {
                let element = Element::Schema(create.name.clone());
                self.take(
                    Kind::Schema,
                    None,
                    &create.name.as_str().into(),
                    element,
                    create.if_not_exists,
                );
            }
            Operation::CreateTable(create) => self.create_table(create),
            Operation::RenameTable(rename) => self.rename_table(&rename.table, &rename.to),
            Operation::AddColumn(add) => {
                self.column(&add.table, &add.column.name, add.if_not_exists);
                for constraint in &add.constraints {
                    self.constraint(&add.table, constraint);
                }
            }
            Operation::AlterColumn(alter) => {
                if let Some(to) = &alter.rename {
                    self.free(&alter.table, &alter.column, |kind| kind == Kind::Column);
                    self.column(&alter.table, to, false);
                }
            }
            Operation::AddConstraint(add) => self.constraint(&add.table, &add.constraint),
            Operation::CreateIndex(create) => {
                let (table, name) = (&create.index.table, &create.index.name);
                let element = Element::Index(table.clone(), name.clone());
                self.take(
                    Kind::Index,
                    Some(table),
                    &table.sibling(name),
                    element,
                    create.if_not_exists,
                );
            }
            Operation::CreateEnum(create) => self.enumeration(&create.enumeration, create.if_not_exists),
            Operation::CreateSequence(create) => {
                let name = &create.sequence.name;
                let owner = create.sequence.owned_by.as_ref().map(|(table, _)| table);
                self.take(
                    Kind::Sequence,
                    owner,
                    name,
                    Element::Sequence(name.clone()),
                    create.if_not_exists,
                );
            }
            Operation::CreateView(create) => {
                let name = &create.view.name;
                if create.replace {
                    // A materialized one is made anew, without its indexes.
                    self.free_of(name, |kind| kind == Kind::Index);
                }
                self.take(
                    Kind::View,
                    Some(name),
                    name,
                    Element::View(name.clone()),
                    create.replace,
                );
            }
            Operation::CreateTrigger(create) => {
                let (table, name) = (&create.trigger.table, &create.trigger.name);
                let element = Element::Trigger(table.clone(), name.clone());
                self.take(
                    Kind::Trigger,
                    Some(table),
                    &table.sibling(name),
                    element,
                    create.replace,
                );
            }
            Operation::CreateExtension(create) => {
                let name = &create.extension.name;
                let element = Element::Extension(name.clone());
                self.take(Kind::Extension, None, &name.into(), element, create.if_not_exists);
            }
            Operation::DropSchema(drop) if !drop.cascade => {
                self.free_element(&Element::Schema(drop.name.clone()));
            }
            Operation::DropTable(drop) if !drop.cascade => self.free_of(&drop.table, |_| true),
            // The constraints, indexes and sequences over it go with it; which ones those are is not looked at.
            Operation::DropColumn(drop) if !drop.cascade => {
                self.free(&drop.table, &drop.column, |kind| kind == Kind::Column);
                self.free_of(&drop.table, |kind| {
                    matches!(kind, Kind::Constraint(_) | Kind::Index | Kind::Sequence)
                });
            }
            Operation::RenameIndex(rename) => {
                self.rename_on_table(&rename.table, &rename.name, &rename.to, |kind| {
                    kind == Kind::Index
                });
            }
            Operation::RenameConstraint(rename) => {
                self.rename_on_table(&rename.table, &rename.name, &rename.to, |kind| {
                    matches!(kind, Kind::Constraint(_))
                });
            }
            Operation::DropIndex(drop) => self.free(&drop.table, &drop.name, is_on_table),
            Operation::DropConstraint(drop) if !drop.cascade => {
                self.free(&drop.table, &drop.name, is_on_table);
            }
            Operation::DropEnum(drop) => self.free_element(&Element::EnumType(drop.name.clone())),
            Operation::DropSequence(drop) => self.free_element(&Element::Sequence(drop.name.clone())),
            Operation::DropView(drop) if !drop.cascade => self.free_of(&drop.name, |_| true),
            Operation::DropTrigger(drop) => self.free(&drop.table, &drop.name, |kind| kind == Kind::Trigger),
            Operation::DropExtension(drop) if !drop.cascade => {
                self.free_element(&Element::Extension(drop.name.clone()));
            }
            Operation::Execute(execute) => {
                let dialect = self.dialect;
                let statements = dialect.split(&execute.sql);
                if !statements.is_some_and(|all| all.iter().all(|one| dialect.is_about_rows(one))) {
                    self.forget();
                }
            }
            Operation::Run(_)
            | Operation::DropSchema(_)
            | Operation::DropTable(_)
            | Operation::DropColumn(_)
            | Operation::DropConstraint(_)
            | Operation::DropView(_)
            | Operation::DropExtension(_) => self.forget(),
            Operation::CommentTable(_)
            | Operation::ValidateConstraint(_)
            | Operation::AddEnumValue(_)
            | Operation::RenameEnumValue(_)
            | Operation::AlterSequence(_)
            | Operation::CreateFunction(_)
            | Operation::DropFunction(_)
            | Operation::BulkInsert(_)
            | Operation::DeleteRows(_)
            | Operation::Backfill(_) => {}
        }
    }

    /// Of a table that there is already, nothing more is said.
    fn create_table(&mut self, create: &CreateTable) {
        let table = &create.table;
        let name = &table.name;
        let element = Element::Table(name.clone());
        if self.take(Kind::Table, Some(name), name, element, create.if_not_exists) {
            for column in &table.columns {
                self.column(name, &column.name, false);
            }
            for constraint in &table.constraints {
                self.constraint(name, constraint);
            }
        }
    }

    fn column(&mut self, table: &QualifiedName, name: &str, may_be: bool) {
        let element = Element::Column(table.clone(), name.to_owned());
        self.take(Kind::Column, Some(table), &table.sibling(name), element, may_be);
    }

    fn constraint(&mut self, table: &QualifiedName, constraint: &Constraint) {
        let kind = Kind::Constraint(constraint.kind());
        let name = table.sibling(constraint.name());
        let element = Element::Constraint(table.clone(), constraint.name().to_owned());
        self.take(kind, Some(table), &name, element, false);
    }

    fn enumeration(&mut self, enumeration: &Enumeration, may_be: bool) {
        let name = &enumeration.name;
        self.take(
            Kind::EnumType,
            None,
            name,
            Element::EnumType(name.clone()),
            may_be,
        );
    }
}

/// What a table has besides its columns: an index can be the one of a constraint, and go as either.
fn is_on_table(kind: Kind) -> bool {
    matches!(kind, Kind::Index | Kind::Constraint(_))
}
