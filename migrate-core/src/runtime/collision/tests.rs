//! Which names collide on which database.

use super::*;
use crate::dialect::for_scheme;
use crate::operation::Op;
use crate::schema::types::{enumeration, integer};
use crate::schema::{Backend, qualified};

/// What each database says to these directives, the first of which is at line 1.
fn told(record: impl FnOnce(&mut Op)) -> String {
    let mut op = Op::new();
    record(&mut op);
    let mut recorded = op.finish();
    for (line, recorded) in (1..).zip(&mut recorded) {
        recorded.place = Place { file: "m.rs", line };
    }
    let mut told = Vec::new();
    for scheme in ["postgres", "sqlite", "mysql"] {
        let collisions = collisions(&recorded, for_scheme(scheme).unwrap());
        told.extend(collisions.iter().map(|one| format!("{}: {one}", one.place)));
    }
    told.join("\n")
}

fn table(op: &mut Op, name: &str) {
    op.create_table(name, |t| {
        t.column("a", integer());
        t.column("b", integer());
    });
}

#[test]
fn a_table_a_view_and_an_index_share_their_names_where_the_database_says_so() {
    let told = told(|op| {
        table(op, "t");
        op.create_view("t", "SELECT 1");
        op.create_index("t", "t", ["a"]);
        op.create_sequence("t");
        table(op, "t");
    });
    insta::assert_snapshot!(told, @"
    m.rs:2: the view `t` has the name of the table `t` (m.rs:1), for postgres takes both as `t`: give one of them another name
    m.rs:3: the index `t` on `t` has the name of the table `t` (m.rs:1), for postgres takes both as `t`: give one of them another name
    m.rs:4: the sequence `t` has the name of the table `t` (m.rs:1), for postgres takes both as `t`: give one of them another name
    m.rs:5: the table `t` has the name of the table `t` (m.rs:1), for postgres takes both as `t`: give one of them another name
    m.rs:2: the view `t` has the name of the table `t` (m.rs:1), for sqlite takes both as `t`: give one of them another name
    m.rs:3: the index `t` on `t` has the name of the table `t` (m.rs:1), for sqlite takes both as `t`: give one of them another name
    m.rs:5: the table `t` has the name of the table `t` (m.rs:1), for sqlite takes both as `t`: give one of them another name
    m.rs:2: the view `t` has the name of the table `t` (m.rs:1), for mysql takes both as `t`: give one of them another name
    m.rs:5: the table `t` has the name of the table `t` (m.rs:1), for mysql takes both as `t`: give one of them another name
    ");
}

#[test]
fn an_index_has_its_name_within_a_schema_or_within_a_table() {
    let told = told(|op| {
        op.create_index("ix", "t", ["a"]);
        op.create_index("ix", "u", ["a"]);
        op.create_index("ix", qualified("other", "t"), ["a"]);
        op.create_index("ix", "t", ["b"]);
    });
    insta::assert_snapshot!(told, @"
    m.rs:2: the index `ix` on `u` has the name of the index `ix` on `t` (m.rs:1), for postgres takes both as `ix`: give one of them another name
    m.rs:4: the index `ix` on `t` has the name of the index `ix` on `t` (m.rs:1), for postgres takes both as `ix`: give one of them another name
    m.rs:2: the index `ix` on `u` has the name of the index `ix` on `t` (m.rs:1), for sqlite takes both as `ix`: give one of them another name
    m.rs:4: the index `ix` on `t` has the name of the index `ix` on `t` (m.rs:1), for sqlite takes both as `ix`: give one of them another name
    m.rs:4: the index `ix` on `t` has the name of the index `ix` on `t` (m.rs:1), for mysql takes both as `ix`: give one of them another name
    ");
}

#[test]
fn names_of_the_convention_can_be_the_same() {
    let told = told(|op| {
        op.create_index(None, "a", ["b_c"]);
        op.create_index(None, "a_b", ["c"]);
        op.create_unique_constraint(None, "a", ["b_c"]);
        op.create_unique_constraint(None, "a_b", ["c"]);
    });
    insta::assert_snapshot!(told, @"
    m.rs:2: the index `ix_a_b_c` on `a_b` has the name of the index `ix_a_b_c` on `a` (m.rs:1), for postgres takes both as `ix_a_b_c`: give one of them another name
    m.rs:4: the constraint `uq_a_b_c` of `a_b` has the name of the constraint `uq_a_b_c` of `a` (m.rs:3), for postgres takes both as `uq_a_b_c`: give one of them another name
    m.rs:2: the index `ix_a_b_c` on `a_b` has the name of the index `ix_a_b_c` on `a` (m.rs:1), for sqlite takes both as `ix_a_b_c`: give one of them another name
    ");
}

#[test]
fn a_constraint_has_its_name_within_its_table_and_its_index_within_the_schema() {
    let told = told(|op| {
        op.create_check_constraint("c", "t", "a > 1");
        op.create_check_constraint("c", "u", "a > 1");
        op.create_unique_constraint("c", "t", ["a"]);
        op.create_unique_constraint("k", "t", ["a"]);
        op.create_unique_constraint("k", "u", ["a"]);
        op.create_foreign_key("f", "t", "p", ["a"], ["id"]);
        op.create_foreign_key("F", "u", "p", ["a"], ["id"]);
    });
    insta::assert_snapshot!(told, @"
    m.rs:3: the constraint `c` of `t` has the name of the constraint `c` of `t` (m.rs:1), for postgres takes both as `c`: give one of them another name
    m.rs:5: the constraint `k` of `u` has the name of the constraint `k` of `t` (m.rs:4), for postgres takes both as `k`: give one of them another name
    m.rs:7: the constraint `F` of `u` has the name of the constraint `f` of `t` (m.rs:6), for mysql takes both as `f`: give one of them another name
    ");
}

#[test]
fn the_case_of_a_name_counts_where_it_does() {
    let told = told(|op| {
        op.create_table("t", |t| {
            t.column("a", integer());
            t.column("A", integer());
            t.column("À", integer());
            t.column("à", integer());
        });
        op.add_column("T", "a", integer());
        table(op, "T");
    });
    insta::assert_snapshot!(told, @"
    m.rs:3: the column `T.a` has the name of the column `T.a` (m.rs:2), for postgres takes both as `a`: give one of them another name
    m.rs:1: the column `t.A` has the name of the column `t.a` (m.rs:1), for sqlite takes both as `a`: give one of them another name
    m.rs:2: the column `T.a` has the name of the column `t.a` (m.rs:1), for sqlite takes both as `a`: give one of them another name
    m.rs:3: the table `T` has the name of the table `t` (m.rs:1), for sqlite takes both as `t`: give one of them another name
    m.rs:1: the column `t.A` has the name of the column `t.a` (m.rs:1), for mysql takes both as `a`: give one of them another name
    m.rs:1: the column `t.à` has the name of the column `t.À` (m.rs:1), for mysql takes both as `à`: give one of them another name
    m.rs:3: the column `T.a` has the name of the column `T.a` (m.rs:2), for mysql takes both as `a`: give one of them another name
    ");
}

#[test]
fn an_enum_type_is_made_once_where_it_is_a_type() {
    let plan = || enumeration("plan", ["free", "pro"]);
    let told = told(|op| {
        op.create_table("t", |t| {
            t.column("a", plan());
            t.column("b", plan());
        });
        op.add_column("u", "a", plan().existing());
        op.add_column("u", "b", plan());
        table(op, "plan");
    });
    insta::assert_snapshot!(told, @"
    m.rs:3: the enum type `plan` has the name of the enum type `plan` (m.rs:1), for postgres takes both as `plan`: say `.existing()` where the type is there already
    m.rs:4: the table `plan` has the name of the enum type `plan` (m.rs:1), for postgres takes both as `plan`: give one of them another name
    ");
}

#[test]
fn what_was_dropped_or_renamed_has_its_name_no_more() {
    let nothing = told(|op| {
        table(op, "t");
        op.create_index("ix", "t", ["a"]);
        op.create_unique_constraint("uq", "t", ["b"]);
        op.drop_column("t", "a");
        op.add_column("t", "a", integer());
        op.create_index("ix", "t", ["a"]);
        op.drop_index("ix", "t");
        op.create_index("ix", "t", ["b"]);
        op.drop_table("T");
        op.drop_table("t");
        table(op, "t");
        op.create_index("ix", "t", ["a"]);
        op.create_unique_constraint("uq", "t", ["b"]);
        op.alter_column("t", "a").rename("c");
        op.add_column("t", "a", integer());
        op.rename_table("t", "u");
        table(op, "t");
        op.create_sequence("s");
        op.drop_sequence("s");
        op.create_view("s", "SELECT 1");
        op.drop_view("s");
        op.create_enum(enumeration("s", ["x"]));
        op.drop_enum("s");
        op.create_schema("s");
        op.drop_schema("s");
        op.create_schema("s");
    });
    assert_eq!(nothing, "");
}

#[test]
fn a_renamed_table_keeps_what_stands_on_it() {
    let told = told(|op| {
        table(op, "t");
        op.create_index("ix", "t", ["a"]);
        op.rename_table("t", "u");
        op.add_column("u", "a", integer());
        op.alter_column("u", "b").rename("a");
        op.create_index("ix", "u", ["a"]);
        op.rename_table("w", "u");
    });
    insta::assert_snapshot!(told, @"
    m.rs:4: the column `u.a` has the name of the column `t.a` (m.rs:1), for postgres takes both as `a`: give one of them another name
    m.rs:5: the column `u.a` has the name of the column `t.a` (m.rs:1), for postgres takes both as `a`: give one of them another name
    m.rs:6: the index `ix` on `u` has the name of the index `ix` on `t` (m.rs:2), for postgres takes both as `ix`: give one of them another name
    m.rs:7: the table `u` has the name of the table `u` (m.rs:3), for postgres takes both as `u`: give one of them another name
    m.rs:4: the column `u.a` has the name of the column `t.a` (m.rs:1), for sqlite takes both as `a`: give one of them another name
    m.rs:5: the column `u.a` has the name of the column `t.a` (m.rs:1), for sqlite takes both as `a`: give one of them another name
    m.rs:6: the index `ix` on `u` has the name of the index `ix` on `t` (m.rs:2), for sqlite takes both as `ix`: give one of them another name
    m.rs:7: the table `u` has the name of the table `u` (m.rs:3), for sqlite takes both as `u`: give one of them another name
    m.rs:4: the column `u.a` has the name of the column `t.a` (m.rs:1), for mysql takes both as `a`: give one of them another name
    m.rs:5: the column `u.a` has the name of the column `t.a` (m.rs:1), for mysql takes both as `a`: give one of them another name
    m.rs:6: the index `ix` on `u` has the name of the index `ix` on `t` (m.rs:2), for mysql takes both as `ix`: give one of them another name
    m.rs:7: the table `u` has the name of the table `u` (m.rs:3), for mysql takes both as `u`: give one of them another name
    ");
}

#[test]
fn what_may_be_there_already_may_be() {
    let nothing = told(|op| {
        table(op, "t");
        op.create_table("t", |t| {
            t.column("a", integer());
        })
        .if_not_exists();
        op.add_column("t", "a", integer()).if_not_exists();
        op.create_index("ix", "t", ["a"]);
        op.create_index("ix", "t", ["b"]).if_not_exists();
        op.create_view("v", "SELECT 1");
        op.replace_view("v", "SELECT 2");
    });
    assert_eq!(nothing, "");
}

#[test]
fn what_is_renamed_has_its_new_name_and_no_more_its_old_one() {
    let told = told(|op| {
        op.create_index("a", "t", ["a"]);
        op.rename_index("t", "a", "b");
        op.create_index("a", "t", ["a"]);
        op.create_index("b", "t", ["b"]);
        op.create_unique_constraint("uq", "t", ["a"]);
        op.rename_constraint("t", "uq", "a");
        op.rename_constraint("t", "older", "uq");
    });
    insta::assert_snapshot!(told, @"
    m.rs:4: the index `b` on `t` has the name of the index `b` on `t` (m.rs:2), for postgres takes both as `b`: give one of them another name
    m.rs:6: the constraint `a` of `t` has the name of the index `a` on `t` (m.rs:3), for postgres takes both as `a`: give one of them another name
    m.rs:4: the index `b` on `t` has the name of the index `b` on `t` (m.rs:2), for sqlite takes both as `b`: give one of them another name
    m.rs:4: the index `b` on `t` has the name of the index `b` on `t` (m.rs:2), for mysql takes both as `b`: give one of them another name
    m.rs:6: the constraint `a` of `t` has the name of the index `a` on `t` (m.rs:3), for mysql takes both as `a`: give one of them another name
    ");
}

#[test]
fn nothing_is_said_across_what_may_do_anything() {
    let across = |between: fn(&mut Op)| {
        told(|op| {
            op.create_index("ix", "t", ["a"]);
            between(op);
            op.create_index("ix", "t", ["b"]);
        })
    };
    assert_eq!(
        across(|op| {
            op.execute("DROP INDEX ix");
        }),
        ""
    );
    assert_eq!(
        across(|op| {
            op.drop_view("v").cascade();
        }),
        ""
    );
    assert_eq!(
        across(|op| {
            op.execute("UPDATE t SET a = 1; DELETE FROM t");
        })
        .lines()
        .count(),
        3
    );
}

#[test]
fn what_is_for_other_databases_takes_no_name() {
    let told = told(|op| {
        op.on([Backend::Postgres], |op| {
            op.create_index("ix", "t", ["a"]);
        });
        op.on([Backend::Sqlite], |op| {
            op.create_index("ix", "t", ["b"]);
        });
    });
    assert_eq!(told, "");
}
