//! What an operation does, in a sentence for people: Alembic's "Detected added table", with what it was before.

use super::render::literal::{expression, ty};
use crate::operation::{AlterColumn, Operation, Setting};
use crate::schema::{Column, Element, Metadata};

/// What an operation does to what is there before it, in words: ``added column `users.email` ``.
///
/// ```
/// use migrate_core::autogenerate::words;
/// use migrate_core::prelude::*;
/// use migrate_core::schema::Metadata;
///
/// let mut op = Op::new();
/// op.alter_column("users", "email").set_type(varchar(255)).not_null();
/// let said: Vec<_> = op.finish().iter().map(|one| words(&one.operation, &Metadata::default())).collect();
/// assert_eq!(said, ["changed column `users.email`: type to varchar(255), NOT NULL"]);
/// ```
#[must_use]
pub fn words(operation: &Operation, before: &Metadata) -> String {
    let added = |element: Element| format!("added {element}");
    let removed = |element: Element| format!("removed {element}");
    match operation {
        Operation::CreateSchema(create) => added(Element::Schema(create.name.clone())),
        Operation::DropSchema(drop) => removed(Element::Schema(drop.name.clone())),
        Operation::CreateTable(create) => added(Element::Table(create.table.name.clone())),
        Operation::DropTable(drop) => removed(Element::Table(drop.table.clone())),
        Operation::RenameTable(rename) => {
            format!(
                "renamed {} to `{}`",
                Element::Table(rename.table.clone()),
                rename.to
            )
        }
        Operation::CommentTable(comment) => {
            let verb = if comment.comment.is_some() {
                "changed"
            } else {
                "removed"
            };
            format!("{verb} comment of {}", Element::Table(comment.table.clone()))
        }
        Operation::AddColumn(add) => added(Element::Column(add.table.clone(), add.column.name.clone())),
        Operation::DropColumn(drop) => removed(Element::Column(drop.table.clone(), drop.column.clone())),
        Operation::AlterColumn(alter) => altered(alter, before),
        Operation::CreateIndex(create) => {
            let index = &create.index;
            added(Element::Index(index.table.clone(), index.name.clone()))
        }
        Operation::DropIndex(drop) => removed(Element::Index(drop.table.clone(), drop.name.clone())),
        Operation::RenameIndex(rename) => {
            let index = Element::Index(rename.table.clone(), rename.name.clone());
            format!("renamed {index} to `{}`", rename.to)
        }
        Operation::RenameConstraint(rename) => {
            let constraint = Element::Constraint(rename.table.clone(), rename.name.clone());
            format!("renamed {constraint} to `{}`", rename.to)
        }
        Operation::AddConstraint(add) => added(Element::Constraint(
            add.table.clone(),
            add.constraint.name().to_owned(),
        )),
        Operation::ValidateConstraint(validate) => {
            let constraint = Element::Constraint(validate.table.clone(), validate.name.clone());
            format!("checked the rows against {constraint}")
        }
        Operation::DropConstraint(drop) => {
            removed(Element::Constraint(drop.table.clone(), drop.name.clone()))
        }
        Operation::CreateEnum(create) => added(Element::EnumType(create.enumeration.name.clone())),
        Operation::AddEnumValue(add) => added(Element::EnumValue(add.name.clone(), add.value.clone())),
        Operation::RenameEnumValue(rename) => {
            let value = Element::EnumValue(rename.name.clone(), rename.value.clone());
            format!("renamed {value} to `{}`", rename.to)
        }
        Operation::DropEnum(drop) => removed(Element::EnumType(drop.name.clone())),
        Operation::CreateSequence(create) => added(Element::Sequence(create.sequence.name.clone())),
        Operation::AlterSequence(alter) => format!("changed {}", Element::Sequence(alter.name.clone())),
        Operation::DropSequence(drop) => removed(Element::Sequence(drop.name.clone())),
        Operation::CreateView(create) => made(create.replace, &Element::View(create.view.name.clone())),
        Operation::DropView(drop) => removed(Element::View(drop.name.clone())),
        Operation::CreateTrigger(create) => {
            let trigger = &create.trigger;
            let element = Element::Trigger(trigger.table.clone(), trigger.name.clone());
            made(create.replace, &element)
        }
        Operation::DropTrigger(drop) => removed(Element::Trigger(drop.table.clone(), drop.name.clone())),
        Operation::CreateFunction(create) => {
            made(create.replace, &Element::Function(create.function.name.clone()))
        }
        Operation::DropFunction(drop) => removed(Element::Function(drop.name.clone())),
        Operation::CreateExtension(create) => added(Element::Extension(create.extension.name.clone())),
        Operation::DropExtension(drop) => removed(Element::Extension(drop.name.clone())),
        Operation::Execute(_)
        | Operation::BulkInsert(_)
        | Operation::DeleteRows(_)
        | Operation::Backfill(_)
        | Operation::Run(_) => operation.to_string(),
    }
}

fn made(replaced: bool, element: &Element) -> String {
    let verb = if replaced { "changed" } else { "added" };
    format!("{verb} {element}")
}

/// Each property that changes, with what it was where that is known.
fn altered(alter: &AlterColumn, before: &Metadata) -> String {
    let was: Option<&Column> = before
        .tables
        .get(&alter.table)
        .and_then(|table| table.column(&alter.column));
    let from = |was: Option<String>| was.map(|was| format!(" from {was}")).unwrap_or_default();
    let mut properties = Vec::new();
    if let Some(new) = &alter.ty {
        properties.push(format!("type{} to {}", from(was.map(|was| ty(&was.ty))), ty(new)));
    }
    if let Some(nullable) = alter.nullable {
        properties.push(if nullable { "NULL" } else { "NOT NULL" }.to_owned());
    }
    if let Some(default) = &alter.server_default {
        let was = was.and_then(|was| was.server_default.as_ref()).map(expression);
        properties.push(match default {
            Setting::Set(new) => format!("default{} to {}", from(was), expression(new)),
            Setting::Drop => format!(
                "no default{}",
                was.map(|was| format!(", was {was}")).unwrap_or_default()
            ),
        });
    }
    let numbered = alter.identity.is_some() || alter.autoincrement.is_some();
    let others = [
        (numbered, "how it is numbered"),
        (alter.generated.is_some(), "what it is computed from"),
        (alter.collation.is_some(), "collation"),
        (alter.comment.is_some(), "comment"),
    ];
    properties.extend(
        others
            .into_iter()
            .filter(|(is, _)| *is)
            .map(|(_, what)| what.to_owned()),
    );
    if let Some(to) = &alter.rename {
        properties.push(format!("name to `{to}`"));
    }
    let column = Element::Column(alter.table.clone(), alter.column.clone());
    format!("changed {column}: {}", properties.join(", "))
}
