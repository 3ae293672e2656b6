//! The way back from operations on tables, their constraints and their indexes.

use super::{NoWayBack, alone, certain, known, object};
use crate::operation::{
    AddConstraint, AlterColumn, CommentTable, CreateIndex, CreateSequence, CreateTable, CreateTrigger,
    DropConstraint, DropIndex, DropTable, Operation, RenameConstraint, RenameIndex, RenameTable,
};
use crate::schema::{Column, Constraint, Element, Expression, Index, Metadata, QualifiedName, Table, Type};

/// The enum types that the table brought with it go too.
pub(super) fn create(create: &CreateTable, before: &Metadata) -> Result<Vec<Operation>, NoWayBack> {
    certain(create.if_not_exists, "if_not_exists")?;
    let mut back = vec![Operation::DropTable(DropTable {
        table: create.table.name.clone(),
        if_exists: false,
        cascade: false,
    })];
    back.extend(brought_types(
        create.table.columns.iter().map(|column| &column.ty),
        before,
    ));
    Ok(back)
}

/// Drops the enum types that came with these.
pub(super) fn brought_types<'t>(
    types: impl IntoIterator<Item = &'t Type>,
    before: &Metadata,
) -> Vec<Operation> {
    let mut names: Vec<&QualifiedName> = Vec::new();
    for enumeration in types.into_iter().filter_map(Type::enumeration) {
        let name = &enumeration.name;
        if !enumeration.existing && !before.enumerations.contains_key(name) && !names.contains(&name) {
            names.push(name);
        }
    }
    names.into_iter().rev().map(object::drop_enum_named).collect()
}

/// The table comes back empty, with all that went with it.
pub(super) fn drop(drop: &DropTable, before: &Metadata) -> Result<Vec<Operation>, NoWayBack> {
    certain(drop.if_exists, "if_exists")?;
    alone(drop.cascade)?;
    let name = &drop.table;
    let table = known(before.tables.get(name), || Element::Table(name.clone()))?;
    let mut back = vec![Operation::CreateTable(CreateTable {
        table: Table::clone(table),
        if_not_exists: false,
    })];
    back.extend(attached(before, name));
    back.extend(owned_sequences(before, table, |_| true)?);
    Ok(back)
}

/// What stands on a table or view: its indexes and triggers.
pub(super) fn attached(before: &Metadata, name: &QualifiedName) -> Vec<Operation> {
    let indexes = before.indexes_of(name).map(|index| create_of(index));
    let triggers = before.triggers_of(name).map(|trigger| {
        Operation::CreateTrigger(CreateTrigger {
            trigger: trigger.as_ref().clone(),
            replace: false,
        })
    });
    indexes.chain(triggers).collect()
}

/// The sequences that columns of a table own, to be made after those.
pub(super) fn owned_sequences(
    before: &Metadata,
    table: &Table,
    of: impl Fn(&str) -> bool,
) -> Result<Vec<Operation>, NoWayBack> {
    let owned = before.sequences.values().filter(|sequence| {
        let owner = sequence.owned_by.as_ref();
        owner.is_some_and(|(name, column)| *name == table.name && of(column))
    });
    owned
        .map(|sequence| {
            let takes = |column: &Column| match &column.server_default {
                Some(Expression::Sql(sql)) => sql.contains(&sequence.name.name),
                Some(_) | None => false,
            };
            if table.columns.iter().any(takes) {
                return Err(NoWayBack::OwnedSequence(sequence.name.clone()));
            }
            Ok(Operation::CreateSequence(CreateSequence {
                sequence: sequence.as_ref().clone(),
                if_not_exists: false,
            }))
        })
        .collect()
}

pub(super) fn rename(rename: &RenameTable) -> Vec<Operation> {
    vec![Operation::RenameTable(RenameTable {
        table: rename.table.sibling(&rename.to),
        to: rename.table.name.clone(),
    })]
}

pub(super) fn comment(comment: &CommentTable, before: &Metadata) -> Result<Vec<Operation>, NoWayBack> {
    let name = &comment.table;
    let table = known(before.tables.get(name), || Element::Table(name.clone()))?;
    Ok(vec![Operation::CommentTable(CommentTable {
        table: name.clone(),
        comment: table.comment.clone(),
    })])
}

pub(super) fn create_index(create: &CreateIndex) -> Result<Vec<Operation>, NoWayBack> {
    certain(create.if_not_exists, "if_not_exists")?;
    Ok(vec![Operation::DropIndex(DropIndex {
        name: create.index.name.clone(),
        table: create.index.table.clone(),
        if_exists: false,
        concurrently: create.concurrently,
    })])
}

pub(super) fn rename_index(rename: &RenameIndex) -> Vec<Operation> {
    vec![Operation::RenameIndex(RenameIndex {
        name: rename.to.clone(),
        table: rename.table.clone(),
        to: rename.name.clone(),
    })]
}

pub(super) fn drop_index(drop: &DropIndex, before: &Metadata) -> Result<Vec<Operation>, NoWayBack> {
    certain(drop.if_exists, "if_exists")?;
    let key = (drop.table.clone(), drop.name.clone());
    let index = known(before.indexes.get(&key), || {
        Element::Index(drop.table.clone(), drop.name.clone())
    })?;
    Ok(vec![Operation::CreateIndex(CreateIndex {
        index: index.as_ref().clone(),
        if_not_exists: false,
        concurrently: drop.concurrently,
    })])
}

/// `CREATE INDEX` of one that went with its table or column.
pub(super) fn create_of(index: &Index) -> Operation {
    Operation::CreateIndex(CreateIndex {
        index: index.clone(),
        if_not_exists: false,
        concurrently: false,
    })
}

/// A primary key took `NULL` from its columns, and does not give it back by itself.
pub(super) fn add_constraint(add: &AddConstraint, before: &Metadata) -> Vec<Operation> {
    let AddConstraint {
        table, constraint, ..
    } = add;
    let mut back = vec![Operation::DropConstraint(DropConstraint {
        table: table.clone(),
        name: constraint.name().to_owned(),
        kind: Some(constraint.kind()),
        if_exists: false,
        cascade: false,
    })];
    if let Constraint::PrimaryKey(key) = constraint {
        let columns = before
            .tables
            .get(table)
            .into_iter()
            .flat_map(|table| &table.columns);
        let nullable = columns.filter(|column| column.nullable && key.columns.contains(&column.name));
        back.extend(nullable.map(|column| {
            Operation::AlterColumn(AlterColumn {
                nullable: Some(true),
                ..AlterColumn::new(table, &column.name)
            })
        }));
    }
    back
}

pub(super) fn rename_constraint(rename: &RenameConstraint) -> Vec<Operation> {
    vec![Operation::RenameConstraint(RenameConstraint {
        name: rename.to.clone(),
        to: rename.name.clone(),
        ..rename.clone()
    })]
}

pub(super) fn drop_constraint(drop: &DropConstraint, before: &Metadata) -> Result<Vec<Operation>, NoWayBack> {
    certain(drop.if_exists, "if_exists")?;
    alone(drop.cascade)?;
    let constraint = before.tables.get(&drop.table);
    let constraint = known(constraint.and_then(|table| table.constraint(&drop.name)), || {
        Element::Constraint(drop.table.clone(), drop.name.clone())
    })?;
    Ok(vec![add_of(&drop.table, constraint)])
}

/// `ADD CONSTRAINT` of one that went.
pub(super) fn add_of(table: &QualifiedName, constraint: &Constraint) -> Operation {
    Operation::AddConstraint(AddConstraint {
        table: table.clone(),
        constraint: constraint.clone(),
        not_valid: false,
    })
}
