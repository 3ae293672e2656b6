//! The way back from operations on columns.

use super::table::{add_of, brought_types, create_of, owned_sequences};
use super::{NoWayBack, alone, certain, known};
use crate::operation::apply::change;
use crate::operation::{AddColumn, AlterColumn, DropColumn, Operation, Setting};
use crate::schema::{Column, Constraint, Element, Metadata, Table, Type};

pub(super) fn add(add: &AddColumn, before: &Metadata) -> Result<Vec<Operation>, NoWayBack> {
    certain(add.if_not_exists, "if_not_exists")?;
    let mut back = vec![Operation::DropColumn(DropColumn {
        table: add.table.clone(),
        column: add.column.name.clone(),
        if_exists: false,
        cascade: false,
    })];
    back.extend(brought_types([&add.column.ty], before));
    Ok(back)
}

/// The column comes back as the last one, with the constraints and indexes that went with it.
pub(super) fn drop(drop: &DropColumn, before: &Metadata) -> Result<Vec<Operation>, NoWayBack> {
    certain(drop.if_exists, "if_exists")?;
    alone(drop.cascade)?;
    let DropColumn {
        table: name, column, ..
    } = drop;
    let found = before
        .tables
        .get(name)
        .and_then(|table| Some((table, table.column(column)?)));
    let (table, dropped) = known(found, || Element::Column(name.clone(), column.clone()))?;
    let went = table.constraints.iter().filter(|constraint| {
        let key = constraint.foreign_key();
        constraint.involves(column)
            || key.is_some_and(|key| key.referent == *name && key.referent_columns.contains(column))
    });
    let (own, others): (Vec<_>, Vec<_>) =
        went.partition(|constraint| is_about_alone(constraint, table, column));
    let mut back = vec![Operation::AddColumn(AddColumn {
        table: name.clone(),
        column: dropped.clone(),
        constraints: own.into_iter().cloned().collect(),
        if_not_exists: false,
    })];
    back.extend(others.into_iter().map(|constraint| add_of(name, constraint)));
    let indexes = before.indexes_of(name).filter(|index| index.involves(column));
    back.extend(indexes.map(|index| create_of(index)));
    back.extend(owned_sequences(before, table, |owner| owner == column)?);
    Ok(back)
}

/// Whether a constraint can stand in the definition of a column: it is about no other.
fn is_about_alone(constraint: &Constraint, table: &Table, column: &str) -> bool {
    let mut others = table.columns.iter().filter(|other| other.name != column);
    match constraint {
        Constraint::Exclude(_) => false,
        Constraint::PrimaryKey(_)
        | Constraint::Unique(_)
        | Constraint::ForeignKey(_)
        | Constraint::Check(_) => {
            constraint.involves(column) && !others.any(|other| constraint.involves(&other.name))
        }
    }
}

/// Each respect in which the column is another afterwards gets its old value.
pub(super) fn alter(alter: &AlterColumn, before: &Metadata) -> Result<Vec<Operation>, NoWayBack> {
    let new_name = alter.rename.as_ref().unwrap_or(&alter.column);
    let mut back = AlterColumn::new(&alter.table, new_name);
    if *new_name != alter.column {
        back.rename = Some(alter.column.clone());
    }
    let only_renamed = AlterColumn {
        rename: alter.rename.clone(),
        ..AlterColumn::new(&alter.table, &alter.column)
    };
    if *alter != only_renamed {
        let table = before.tables.get(&alter.table);
        let old = known(table.and_then(|table| table.column(&alter.column)), || {
            Element::Column(alter.table.clone(), alter.column.clone())
        })?;
        let mut new = old.clone();
        change(&mut new, alter);
        restore(&mut back, old, &new)?;
        if alter.using.is_some() && back.ty.is_some() {
            return Err(conversion(old, &new));
        }
    }
    let mut steps = Vec::new();
    if back != AlterColumn::new(&alter.table, new_name) {
        steps.push(Operation::AlterColumn(back));
    }
    steps.extend(brought_types(&alter.ty, before));
    Ok(steps)
}

/// Says what makes the old column of the new one, but for its name.
fn restore(back: &mut AlterColumn, old: &Column, new: &Column) -> Result<(), NoWayBack> {
    if old.ty != new.ty {
        if !converts(&new.ty, &old.ty) {
            return Err(conversion(old, new));
        }
        back.ty = Some(old.ty.clone());
    }
    if old.collation != new.collation {
        if old.collation.is_none() {
            return Err(NoWayBack::Collation);
        }
        back.ty = Some(old.ty.clone());
        back.collation.clone_from(&old.collation);
    }
    if old.nullable != new.nullable {
        back.nullable = Some(old.nullable);
    }
    back.server_default = setting(&old.server_default, &new.server_default);
    back.generated = setting(&old.generated, &new.generated);
    back.comment = setting(&old.comment, &new.comment);
    back.identity = setting(&old.identity, &new.identity);
    // An identity that goes stops the numbering too, unless the column is numbered otherwise.
    let is_numbered_otherwise = old.autoincrement && back.identity == Some(Setting::Drop);
    if old.autoincrement != new.autoincrement || is_numbered_otherwise {
        back.autoincrement = Some(old.autoincrement);
    }
    Ok(())
}

fn setting<T: Clone + PartialEq>(old: &Option<T>, new: &Option<T>) -> Option<Setting<T>> {
    if old == new {
        return None;
    }
    Some(old.clone().map_or(Setting::Drop, Setting::Set))
}

fn conversion(old: &Column, new: &Column) -> NoWayBack {
    NoWayBack::Conversion {
        from: Box::new(old.ty.clone()),
        to: Box::new(new.ty.clone()),
    }
}

/// Kinds of types between which databases convert a stored value without being told how.
#[derive(PartialEq)]
enum Family {
    Number,
    Text,
    Moment,
    Json,
    Enumeration,
}

fn family(ty: &Type) -> Option<Family> {
    match ty {
        Type::SmallInt | Type::Integer | Type::BigInt | Type::Numeric { .. } | Type::Real | Type::Double => {
            Some(Family::Number)
        }
        Type::Text | Type::Varchar(_) | Type::Char(_) => Some(Family::Text),
        Type::Date | Type::Timestamp | Type::TimestampTz => Some(Family::Moment),
        Type::Json | Type::Jsonb => Some(Family::Json),
        Type::Enumeration(_) => Some(Family::Enumeration),
        Type::Boolean | Type::Uuid | Type::Time | Type::Bytes | Type::Array(_) | Type::Custom(_) => None,
    }
}

/// Whether every database converts values of the one type to the other by itself. All of them write anything as text.
fn converts(from: &Type, to: &Type) -> bool {
    match (family(from), family(to)) {
        (_, Some(Family::Text)) => true,
        (Some(from), Some(to)) => from == to,
        (_, None) | (None, Some(_)) => from == to,
    }
}
