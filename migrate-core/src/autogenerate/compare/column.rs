//! Columns.

use crate::autogenerate::changes::{Changes, Phase};
use crate::autogenerate::compare::numbering;
use crate::operation::{AddColumn, AlterColumn, DropColumn, Operation, Setting};
use crate::schema::{Column, Constraint, Expression, Metadata, Table};

/// The columns of a table that is there on both sides.
pub(super) fn columns(
    present: &Metadata,
    wanted: &Metadata,
    before: &Table,
    after: &Table,
    changes: &mut Changes,
) {
    let before = &numbering::pause(present, wanted, before, changes);
    for column in &after.columns {
        match before.column(&column.name) {
            Some(old) => {
                if let Some(alter) = altered(after, old, column) {
                    numbering::alter(alter, changes);
                }
            }
            None => {
                let rules = changes.rules;
                let comes_along = |constraint: &&Constraint| {
                    let key = constraint.key_columns();
                    key.is_some_and(|key| key == [column.name.clone()])
                        && numbering::comes_with_column(rules, before, after, constraint)
                };
                let add = AddColumn {
                    table: after.name.clone(),
                    column: changes.column(&after.name, column),
                    constraints: after.constraints.iter().filter(comes_along).cloned().collect(),
                    if_not_exists: false,
                };
                changes.push(Phase::Columns, Operation::AddColumn(add));
            }
        }
    }
    for column in &before.columns {
        if after.column(&column.name).is_none() {
            let drop = DropColumn {
                table: before.name.clone(),
                column: column.name.clone(),
                if_exists: false,
                cascade: false,
            };
            changes.push(Phase::DropColumns, Operation::DropColumn(drop));
        }
    }
}

/// What makes of a column the one that is wanted. A collation that is not said is whichever there is.
fn altered(table: &Table, present: &Column, wanted: &Column) -> Option<AlterColumn> {
    let identity = setting(&present.identity, &wanted.identity);
    let numbered = (present.autoincrement != wanted.autoincrement).then_some(wanted.autoincrement);
    let ty = differs(&present.ty, &wanted.ty);
    // What a database keeps of an expression may depend on the type: the current moment of a date is a day. So it is said
    // again for another one.
    let kept = wanted
        .server_default
        .as_ref()
        .filter(|default| ty.is_some() && matches!(default, Expression::Now | Expression::Sql(_)));
    let alter = AlterColumn {
        nullable: differs(&present.nullable, &wanted.nullable),
        server_default: setting(&present.server_default, &wanted.server_default)
            .or_else(|| kept.cloned().map(Setting::Set)),
        // An identity that goes stops the numbering too, unless the column is numbered otherwise.
        autoincrement: numbered.or_else(|| {
            let stays = wanted.autoincrement && identity == Some(Setting::Drop);
            stays.then_some(true)
        }),
        identity,
        generated: setting(&present.generated, &wanted.generated),
        collation: (wanted.collation.is_some() && wanted.collation != present.collation)
            .then(|| wanted.collation.clone())
            .flatten(),
        comment: setting(&present.comment, &wanted.comment),
        ty,
        ..AlterColumn::new(&table.name, &wanted.name)
    };
    (alter != AlterColumn::new(&table.name, &wanted.name)).then_some(alter)
}

fn differs<T: Clone + PartialEq>(present: &T, wanted: &T) -> Option<T> {
    (present != wanted).then(|| wanted.clone())
}

fn setting<T: Clone + PartialEq>(present: &Option<T>, wanted: &Option<T>) -> Option<Setting<T>> {
    (present != wanted).then(|| wanted.clone().map_or(Setting::Drop, Setting::Set))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::{Type, types};

    #[test]
    fn an_expression_is_said_anew_for_another_type() {
        let table = Table::new("t");
        for default in [Expression::Now, Expression::Sql("current_timestamp".into())] {
            let column = |ty: Type| Column {
                server_default: Some(default.clone()),
                ..Column::new("at", ty)
            };
            let found = |one, other| altered(&table, &column(one), &column(other));
            let alter = found(types::date(), types::timestamp()).unwrap();
            assert_eq!(alter.server_default, Some(Setting::Set(default.clone())));
            assert_eq!(found(types::date(), types::date()), None);
        }
    }
}
