//! From recorded operations to groups: what is written by itself, and what is written together, because it takes what
//! its table is now.
//!
//! Only operations that stand next to each other on one table are put together: their order is never changed.

use crate::dialect::{Dialect, Way};
use crate::operation::Recorded;
use crate::schema::QualifiedName;

/// Operations that are written together.
#[derive(Debug)]
pub(crate) enum Group {
    /// One operation, by itself.
    One(Box<Recorded>),
    /// Alterations of one table, given what it is now; at least one.
    Alter {
        /// The table.
        table: QualifiedName,
        /// The alterations, in order.
        operations: Vec<Recorded>,
    },
}

/// Groups what is for this dialect's database, and leaves out what is not.
pub(crate) fn groups(recorded: Vec<Recorded>, dialect: &dyn Dialect) -> Vec<Group> {
    let mut groups = Vec::new();
    let mut run = Run::default();
    for recorded in recorded {
        if !recorded.is_for(dialect.backend()) {
            continue;
        }
        let way = dialect.way(&recorded.operation);
        match recorded.operation.altered_table() {
            Some(table) if way != Way::Direct => {
                if run.table.as_ref() != Some(table) {
                    let table = table.clone();
                    run.end(&mut groups);
                    run.table = Some(table);
                }
                run.needs_present |= way != Way::Either;
                run.operations.push(recorded);
                if way == Way::Last {
                    run.end(&mut groups);
                }
            }
            Some(_) | None => {
                run.end(&mut groups);
                groups.push(Group::One(Box::new(recorded)));
            }
        }
    }
    run.end(&mut groups);
    groups
}

/// Neighbours on one table.
#[derive(Default)]
struct Run {
    table: Option<QualifiedName>,
    operations: Vec<Recorded>,
    needs_present: bool,
}

impl Run {
    fn end(&mut self, groups: &mut Vec<Group>) {
        let Self {
            table,
            operations,
            needs_present,
        } = std::mem::take(self);
        match table {
            Some(table) if needs_present => groups.push(Group::Alter { table, operations }),
            Some(_) | None => groups.extend(operations.into_iter().map(|one| Group::One(Box::new(one)))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dialect::for_scheme;
    use crate::operation::Op;
    use crate::schema::types::integer;

    fn grouped(record: impl FnOnce(&mut Op)) -> Vec<String> {
        let mut op = Op::new();
        record(&mut op);
        let groups = groups(op.finish(), for_scheme("sqlite").unwrap());
        let shown = |group: &Group| match group {
            Group::One(one) => one.operation.to_string(),
            Group::Alter { table, operations } => {
                let operations = operations.iter().map(|one| one.operation.to_string());
                format!("{table}: {}", operations.collect::<Vec<_>>().join(", "))
            }
        };
        groups.iter().map(shown).collect()
    }

    #[test]
    fn neighbours_on_one_table_are_altered_together_when_one_of_them_has_to_know_it() {
        let groups = grouped(|op| {
            op.add_column("t", "a", integer());
            op.create_index("ix", "t", ["a"]);
            op.drop_column("u", "b");
            op.add_column("u", "c", integer());
            op.execute("SELECT 1");
            op.drop_constraint("uq", "u");
        });
        assert_eq!(
            groups,
            [
                "add_column t.a",
                "create_index ix on t",
                "u: drop_column u.b, add_column u.c",
                "execute",
                "u: drop_constraint uq on u",
            ]
        );
    }

    #[test]
    fn what_follows_a_new_name_of_a_column_sees_it() {
        let groups = grouped(|op| {
            op.alter_column("t", "a").not_null();
            op.alter_column("t", "b").not_null().rename("c");
            op.alter_column("t", "c").nullable();
            op.alter_column("t", "c").rename("d");
            op.drop_column("t", "d");
        });
        assert_eq!(
            groups,
            [
                "t: alter_column t.a, alter_column t.b",
                "t: alter_column t.c",
                "alter_column t.c",
                "t: drop_column t.d",
            ]
        );
    }
}
