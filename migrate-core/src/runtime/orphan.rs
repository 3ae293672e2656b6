//! Enum types that came with a column, and go with the last one that has them.
//!
//! A type that a directive of its own made stays until a directive of its own drops it. Where something else needs a type,
//! which no directive told of, the database keeps it. What a `cascade` takes along is not looked at.

use std::collections::BTreeMap;

use crate::dialect::{Dialect, Kind};
use crate::operation::{DropEnum, Operation, Recorded};
use crate::runtime::Known;
use crate::schema::QualifiedName;

/// Whether an operation can take the last column that has an enum type, on a database that has such types.
pub(crate) fn may_leave_one(recorded: &Recorded, dialect: &dyn Dialect) -> bool {
    dialect.names().keeps_apart(Kind::EnumType)
        && recorded.is_for(dialect.backend())
        && loser(&recorded.operation).is_some()
}

/// The table whose columns, or the types of them, an operation takes away.
fn loser(operation: &Operation) -> Option<&QualifiedName> {
    if let Operation::DropTable(drop) = operation {
        Some(&drop.table)
    } else if let Operation::DropColumn(drop) = operation {
        Some(&drop.table)
    } else if let Operation::AlterColumn(alter) = operation {
        alter.ty.as_ref().map(|_| &alter.table)
    } else {
        None
    }
}

/// These operations, and those that drop the enum types which they leave without a column: at the end, since SQL of an
/// author's own may still take such a type from there, or right before the type is made anew. `known` is what stands
/// before them.
pub(crate) fn drop_orphans(recorded: Vec<Recorded>, known: &Known, dialect: &dyn Dialect) -> Vec<Recorded> {
    let brings = |one: &Recorded| !one.operation.brought_enums().is_empty();
    let any = known.has_brought_enums() || recorded.iter().any(brings);
    if !any || !recorded.iter().any(|one| may_leave_one(one, dialect)) {
        return recorded;
    }
    let mut known = known.clone();
    let mut left: BTreeMap<QualifiedName, Recorded> = BTreeMap::new();
    let mut all = Vec::with_capacity(recorded.len());
    for one in recorded {
        if one.is_for(dialect.backend()) {
            for name in made(&one.operation) {
                if let Some(drop) = left.remove(name).filter(|_| known.is_orphan(name)) {
                    known.follow(dialect, &drop);
                    all.push(drop);
                }
            }
            let had = loser(&one.operation).map_or(Vec::new(), |table| known.enums_of(table));
            known.follow(dialect, &one);
            let orphans = had.into_iter().filter(|name| known.is_orphan(name));
            left.extend(orphans.map(|name| (name.clone(), drop_of(name, &one))));
        }
        all.push(one);
    }
    all.extend(
        left.into_iter()
            .filter(|(name, _)| known.is_orphan(name))
            .map(|(_, drop)| drop),
    );
    all
}

/// The enum types that an operation makes.
fn made(operation: &Operation) -> Vec<&QualifiedName> {
    let mut made: Vec<&QualifiedName> = Vec::new();
    if let Operation::CreateEnum(create) = operation {
        made.push(&create.enumeration.name);
    }
    made.extend(
        operation
            .brought_enums()
            .into_iter()
            .map(|enumeration| &enumeration.name),
    );
    made
}

/// What drops a type, asked for where its last column was taken.
fn drop_of(name: QualifiedName, by: &Recorded) -> Recorded {
    Recorded {
        operation: Operation::DropEnum(DropEnum {
            name,
            if_exists: false,
            if_unused: true,
        }),
        place: by.place,
        only: by.only.clone(),
        autocommit: by.autocommit,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dialect::for_scheme;
    use crate::operation::{Op, reverse};
    use crate::schema::types::{array_of, enumeration, integer, text};
    use crate::schema::{Backend, Enumeration};

    fn recorded(record: impl FnOnce(&mut Op)) -> Vec<Recorded> {
        let mut op = Op::new();
        record(&mut op);
        op.finish()
    }

    fn shown(recorded: &[Recorded]) -> String {
        let lines = recorded.iter().map(|one| {
            let unused = if let Operation::DropEnum(drop) = &one.operation {
                drop.if_unused
            } else {
                false
            };
            format!("{}{}", if unused { "+ " } else { "" }, one.operation)
        });
        lines.collect::<Vec<_>>().join("\n")
    }

    /// What a migration does, after another one; what is dropped without being asked for after a `+`.
    fn told(before: impl FnOnce(&mut Op), record: impl FnOnce(&mut Op)) -> String {
        told_on("postgres", before, record)
    }

    fn told_on(scheme: &str, before: impl FnOnce(&mut Op), record: impl FnOnce(&mut Op)) -> String {
        let dialect = for_scheme(scheme).unwrap();
        let mut known = Known::default();
        for one in recorded(before) {
            known.follow(dialect, &one);
        }
        shown(&drop_orphans(recorded(record), &known, dialect))
    }

    fn plan() -> Enumeration {
        enumeration("plan", ["free", "pro"])
    }

    fn users(op: &mut Op) {
        op.create_table("users", |t| {
            t.column("id", integer()).primary_key();
            t.column("plan", plan());
        });
    }

    #[test]
    fn a_type_goes_with_the_table_or_column_that_is_the_last_to_have_it() {
        let table = told(users, |op| {
            op.drop_table("users");
            op.create_table("people", |_| {});
        });
        insta::assert_snapshot!(table, @"
        drop_table users
        create_table people
        + drop_enum plan
        ");
        let column = told(users, |op| {
            op.drop_column("users", "id");
            op.drop_column("users", "plan");
        });
        insta::assert_snapshot!(column, @"
        drop_column users.id
        drop_column users.plan
        + drop_enum plan
        ");
        let change = told(users, |op| {
            op.alter_column("users", "plan").set_type(text());
        });
        insta::assert_snapshot!(change, @"
        alter_column users.plan
        + drop_enum plan
        ");
        let renamed = told(users, |op| {
            op.rename_table("users", "people");
            op.alter_column("people", "plan").rename("level");
            op.drop_column("people", "level");
        });
        insta::assert_snapshot!(renamed, @"
        rename_table users to people
        alter_column people.plan
        drop_column people.level
        + drop_enum plan
        ");
    }

    #[test]
    fn a_type_stays_while_another_column_has_it() {
        let both = |op: &mut Op| {
            users(op);
            op.create_table("teams", |t| {
                t.column("plans", array_of(plan().existing()));
            });
        };
        let one = told(both, |op| {
            op.drop_table("users");
        });
        assert_eq!(one, "drop_table users");
        let other = told(both, |op| {
            op.drop_table("users");
            op.drop_table("teams");
        });
        insta::assert_snapshot!(other, @"
        drop_table users
        drop_table teams
        + drop_enum plan
        ");
        let moved = told(users, |op| {
            op.drop_table("users");
            op.create_table("people", |t| {
                t.column("plan", plan().existing());
            });
        });
        insta::assert_snapshot!(moved, @"
        drop_table users
        create_table people
        ");
    }

    #[test]
    fn a_type_that_is_made_anew_goes_before_that() {
        let anew = told(users, |op| {
            op.drop_table("users");
            op.create_index("ix", "teams", ["id"]);
            users(op);
        });
        insta::assert_snapshot!(anew, @"
        drop_table users
        create_index ix on teams
        + drop_enum plan
        create_table users
        ");
        let explicit = told(users, |op| {
            op.drop_table("users");
            op.create_enum(plan());
        });
        insta::assert_snapshot!(explicit, @"
        drop_table users
        + drop_enum plan
        create_enum plan
        ");
    }

    #[test]
    fn a_type_with_directives_of_its_own_is_left_to_them() {
        let made = |op: &mut Op| {
            op.create_enum(plan());
            op.create_table("users", |t| {
                t.column("plan", plan().existing());
            });
        };
        let stays = told(made, |op| {
            op.drop_table("users");
        });
        assert_eq!(stays, "drop_table users");
        let dropped = told(users, |op| {
            op.drop_table("users");
            op.drop_enum("plan");
        });
        assert_eq!(dropped, "drop_table users\ndrop_enum plan");
        let nobody_s = told(
            |op| {
                op.create_table("users", |t| {
                    t.column("plan", plan().existing());
                });
            },
            |op| {
                op.drop_table("users");
            },
        );
        assert_eq!(nobody_s, "drop_table users");
    }

    #[test]
    fn sql_by_hand_hides_no_column() {
        let told = told(
            |op| {
                users(op);
                op.execute("ALTER TABLE users ADD CHECK (id > 0)");
                op.execute("ALTER TABLE users RENAME TO people");
            },
            |op| {
                op.execute("ALTER TABLE people RENAME TO users");
                op.drop_table("users");
            },
        );
        insta::assert_snapshot!(told, @"
        execute
        drop_table users
        + drop_enum plan
        ");
    }

    #[test]
    fn only_a_database_that_has_such_types_drops_them() {
        for scheme in ["sqlite", "mysql"] {
            let told = told_on(scheme, users, |op| {
                op.drop_table("users");
            });
            assert_eq!(told, "drop_table users");
        }
        let elsewhere = told(users, |op| {
            op.on([Backend::Sqlite], |op| {
                op.drop_table("users");
            });
        });
        assert_eq!(elsewhere, "drop_table users");
    }

    #[test]
    fn the_way_back_makes_the_type_before_the_column() {
        let dialect = for_scheme("postgres").unwrap();
        let mut known = Known::default();
        for one in recorded(users) {
            known.follow(dialect, &one);
        }
        let forth = recorded(|op| {
            op.drop_column("users", "plan");
        });
        let forth = drop_orphans(forth, &known, dialect);
        let back = reverse(&forth, &known.sure()).unwrap();
        insta::assert_snapshot!(dialect.script(&forth).unwrap() + "\n\n" + &dialect.script(&back).unwrap(), @r#"
        ALTER TABLE "users" DROP COLUMN "plan";
        DO $enum0$BEGIN DROP TYPE "plan"; EXCEPTION WHEN dependent_objects_still_exist OR undefined_object THEN NULL; END$enum0$;

        DO $enum0$BEGIN CREATE TYPE "plan" AS ENUM ('free', 'pro'); EXCEPTION WHEN duplicate_object THEN NULL; END$enum0$;
        ALTER TABLE "users" ADD COLUMN "plan" "plan";
        "#);
        for one in forth.iter().chain(&back) {
            known.follow(dialect, one);
        }
        // Back again, it is as if it had never been away.
        let again = drop_orphans(
            recorded(|op| {
                op.drop_table("users");
            }),
            &known,
            dialect,
        );
        insta::assert_snapshot!(shown(&again), @"
        drop_table users
        + drop_enum plan
        ");
    }
}
