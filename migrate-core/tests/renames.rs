//! What becomes of new names, as the code of a migration.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::collections::BTreeSet;

use migrate_core::autogenerate::{difference, draft, render};
use migrate_core::dialect::for_scheme;
use migrate_core::model::Rename;
use migrate_core::operation::Op;
use migrate_core::prelude::*;
use migrate_core::schema::Metadata;

fn described(record: impl FnOnce(&mut Op)) -> Metadata {
    let (mut op, mut metadata) = (Op::new(), Metadata::default());
    record(&mut op);
    for recorded in op.finish() {
        metadata.apply(&recorded.operation).unwrap();
    }
    metadata
}

/// What leads from the one to the other, and what is likely.
fn shown(
    scheme: &str,
    present: impl FnOnce(&mut Op),
    wanted: impl FnOnce(&mut Op),
    renames: &[&str],
) -> String {
    let (present, wanted) = (described(present), described(wanted));
    let renames: Vec<Rename> = renames
        .iter()
        .map(|text| Rename::read(text, &wanted).unwrap())
        .collect();
    let dialect = for_scheme(scheme).unwrap();
    let found = difference(dialect, &present, &wanted, &BTreeSet::new(), &renames);
    let mut state = present;
    for operation in &found.operations {
        state.apply(operation).unwrap();
    }
    assert!(
        found.operations.is_empty()
            || difference(dialect, &state, &wanted, &BTreeSet::new(), &renames)
                .operations
                .is_empty()
    );
    let operations = found.operations.iter().flat_map(render);
    let likely = found.likely.iter().map(|rename| format!("maybe {rename}"));
    operations.chain(likely).collect::<Vec<_>>().join("\n")
}

fn users(op: &mut Op) {
    op.create_table("orgs", |t| {
        t.column("id", integer()).primary_key();
    });
    op.create_table("users", |t| {
        t.column("id", integer()).primary_key();
        t.column("name", varchar(80)).not_null().unique();
        t.column("age", integer()).check("age > 0");
        t.column("org_id", integer()).references("orgs", "id");
        t.column("plan", enumeration("plan", ["free", "pro"]));
        t.check("name <> '' AND age <> 3");
    });
    op.create_index(None, "users", ["name", "age"]);
    op.create_index("ix_old", "users", ["age"]);
    op.create_table("notes", |t| {
        t.column("user_id", integer()).references("users", "id");
    });
}

fn accounts(op: &mut Op) {
    op.create_table("orgs", |t| {
        t.column("id", integer()).primary_key();
    });
    op.create_table("accounts", |t| {
        t.column("id", integer()).primary_key();
        t.column("full_name", varchar(80)).not_null().unique();
        t.column("age", integer()).check("age > 0");
        t.column("org_id", integer()).references("orgs", "id");
        t.column("plan", enumeration("plan", ["free", "pro"]));
        t.check("full_name <> '' AND age <> 3");
    });
    op.create_index(None, "accounts", ["full_name", "age"]);
    op.create_index("ix_old", "accounts", ["age"]);
    op.create_table("notes", |t| {
        t.column("user_id", integer()).references("accounts", "id");
    });
}

#[test]
fn what_hangs_on_a_table_or_column_is_called_as_the_convention_has_it() {
    let renames = ["users:accounts", "accounts.name:full_name"];
    let postgres = shown("postgres", users, accounts, &renames);
    insta::assert_snapshot!(postgres, @r#"
    op.rename_table("users", "accounts");
    op.alter_column("accounts", "name").rename("full_name");
    op.rename_constraint("accounts", "ck_users_2", "ck_accounts_2");
    op.rename_constraint("accounts", "ck_users_age", "ck_accounts_age");
    op.rename_constraint("accounts", "fk_users_org_id_orgs", "fk_accounts_org_id_orgs");
    op.rename_constraint("accounts", "pk_users", "pk_accounts").primary_key();
    op.rename_constraint("accounts", "uq_users_name", "uq_accounts_full_name");
    op.rename_index("accounts", "ix_users_name_age", "ix_accounts_full_name_age");
    op.rename_constraint("notes", "fk_notes_user_id_users", "fk_notes_user_id_accounts");
    "#);
    // A database that does not name a primary key has nothing to do for it.
    let mysql = shown("mysql", users, accounts, &renames);
    insta::assert_snapshot!(mysql, @r#"
    op.rename_table("users", "accounts");
    op.alter_column("accounts", "name").rename("full_name");
    op.rename_constraint("accounts", "ck_users_2", "ck_accounts_2");
    op.rename_constraint("accounts", "ck_users_age", "ck_accounts_age");
    op.rename_constraint("accounts", "fk_users_org_id_orgs", "fk_accounts_org_id_orgs");
    op.rename_constraint("accounts", "uq_users_name", "uq_accounts_full_name");
    op.rename_index("accounts", "ix_users_name_age", "ix_accounts_full_name_age");
    op.rename_constraint("notes", "fk_notes_user_id_users", "fk_notes_user_id_accounts");
    "#);
    assert_eq!(shown("sqlite", users, accounts, &renames), postgres);
}

#[test]
fn what_nobody_said_is_a_drop_and_an_add_that_is_told() {
    insta::assert_snapshot!(shown("postgres", users, accounts, &["users:accounts"]), @r#"
    op.rename_table("users", "accounts");
    op.rename_constraint("accounts", "ck_users_age", "ck_accounts_age");
    op.rename_constraint("accounts", "fk_users_org_id_orgs", "fk_accounts_org_id_orgs");
    op.rename_constraint("accounts", "pk_users", "pk_accounts").primary_key();
    op.rename_constraint("notes", "fk_notes_user_id_users", "fk_notes_user_id_accounts");
    op.drop_constraint("uq_users_name", "accounts").unique();
    op.drop_constraint("ck_users_2", "accounts").check();
    op.drop_index("ix_users_name_age", "accounts");
    op.add_column("accounts", "full_name", varchar(80));
    op.alter_column("accounts", "full_name").not_null();
    op.create_unique_constraint(None, "accounts", ["full_name"]);
    op.create_check_constraint("ck_accounts_2", "accounts", "full_name <> '' AND age <> 3");
    op.create_index(None, "accounts", ["full_name", "age"]);
    op.drop_column("accounts", "name");
    maybe accounts.name:accounts.full_name
    "#);
    insta::assert_snapshot!(shown("sqlite", users, accounts, &[]), @r#"
    op.create_table("accounts", |t| {
        t.column("id", integer()).primary_key();
        t.column("full_name", varchar(80)).not_null().unique();
        t.column("age", integer()).check("age > 0");
        t.column("org_id", integer()).references("orgs", "id");
        t.column("plan", enumeration("plan", ["free", "pro"]).existing());
        t.check("full_name <> '' AND age <> 3");
    });
    op.create_index(None, "accounts", ["full_name", "age"]);
    op.create_index("ix_old", "accounts", ["age"]);
    op.drop_constraint("fk_notes_user_id_users", "notes").foreign_key();
    op.create_foreign_key(None, "notes", "accounts", ["user_id"], ["id"]);
    op.drop_table("users");
    maybe users:accounts
    "#);
}

#[test]
fn a_drop_says_what_it_may_be() {
    let (present, wanted) = (described(users), described(accounts));
    let renames = [Rename::read("users:accounts", &wanted).unwrap()];
    let upgrade = |renames: &[Rename]| {
        let dialect = for_scheme("postgres").unwrap();
        let found = difference(dialect, &present, &wanted, &BTreeSet::new(), renames);
        let upgrade = draft(&found).upgrade;
        let at = upgrade.len() - 3;
        upgrade[at..].join("\n")
    };
    insta::assert_snapshot!(upgrade(&[]), @r#"
    // Maybe `users` is `accounts` now: say so by `renamed_from` on the model, or by `--rename users:accounts`, and nothing is lost.
    // The rows of the table are lost.
    op.drop_table("users");
    "#);
    insta::assert_snapshot!(upgrade(&renames), @r#"
    // Maybe `accounts.name` is `accounts.full_name` now: say so by `renamed_from` on the model, or by `--rename accounts.name:accounts.full_name`, and nothing is lost.
    // The values of the column are lost.
    op.drop_column("accounts", "name");
    "#);
}

#[test]
fn the_way_back_gives_the_old_names_back() {
    let (present, wanted) = (described(users), described(accounts));
    let renames = ["users:accounts", "accounts.name:full_name"];
    let renames = renames.map(|text| Rename::read(text, &wanted).unwrap());
    let dialect = for_scheme("mysql").unwrap();
    let found = difference(dialect, &present, &wanted, &BTreeSet::new(), &renames);
    insta::assert_snapshot!(draft(&found).downgrade.join("\n"), @r#"
    op.rename_constraint("notes", "fk_notes_user_id_accounts", "fk_notes_user_id_users");
    op.rename_index("accounts", "ix_accounts_full_name_age", "ix_users_name_age");
    op.rename_constraint("accounts", "uq_accounts_full_name", "uq_users_name");
    op.rename_constraint("accounts", "fk_accounts_org_id_orgs", "fk_users_org_id_orgs");
    op.rename_constraint("accounts", "ck_accounts_age", "ck_users_age");
    op.rename_constraint("accounts", "ck_accounts_2", "ck_users_2");
    op.alter_column("accounts", "full_name").rename("name");
    op.rename_table("accounts", "users");
    "#);
    assert_eq!(
        found.before.tables.keys().collect::<Vec<_>>(),
        present.tables.keys().collect::<Vec<_>>()
    );
}

#[test]
fn an_old_name_that_is_gone_or_a_new_one_that_is_there_says_nothing() {
    let renames = ["users:accounts", "accounts.name:full_name"];
    assert_eq!(shown("postgres", accounts, accounts, &renames), "");
    let both = |op: &mut Op| {
        op.create_table("users", |t| {
            t.column("a", integer());
            t.column("b", integer());
        });
        op.create_table("accounts", |t| {
            t.column("name", integer());
            t.column("full_name", integer());
        });
    };
    let wanted = |op: &mut Op| {
        op.create_table("accounts", |t| {
            t.column("full_name", integer());
        });
    };
    insta::assert_snapshot!(shown("postgres", both, wanted, &renames), @r#"
    op.drop_column("accounts", "name");
    op.drop_table("users");
    "#);
    let neither = |_: &mut Op| {};
    insta::assert_snapshot!(shown("postgres", neither, wanted, &renames), @r#"
    op.create_table("accounts", |t| {
        t.column("full_name", integer());
    });
    "#);
}

#[test]
fn a_name_that_is_given_up_can_be_taken() {
    let one = |op: &mut Op| {
        op.create_table("b", |t| {
            t.column("y", integer());
            t.column("x", integer());
        });
        op.create_table("a", |t| {
            t.column("id", integer());
        });
    };
    let other = |op: &mut Op| {
        op.create_table("c", |t| {
            t.column("z", integer());
            t.column("y", integer());
        });
        op.create_table("b", |t| {
            t.column("id", integer());
        });
        op.create_table("a", |t| {
            t.column("other", integer());
        });
    };
    insta::assert_snapshot!(shown("postgres", one, other, &["a:b", "b:c", "c.x:y", "c.y:z"]), @r#"
    op.rename_table("b", "c");
    op.rename_table("a", "b");
    op.alter_column("c", "y").rename("z");
    op.alter_column("c", "x").rename("y");
    op.create_table("a", |t| {
        t.column("other", integer());
    });
    "#);
    // What takes a name is not renamed a second time.
    let alone = |op: &mut Op| {
        op.create_table("a", |t| {
            t.column("id", integer());
        });
    };
    insta::assert_snapshot!(shown("postgres", alone, other, &["a:b", "b:c"]), @r#"
    op.rename_table("a", "b");
    op.create_table("a", |t| {
        t.column("other", integer());
    });
    op.create_table("c", |t| {
        t.column("z", integer());
        t.column("y", integer());
    });
    "#);
}

#[test]
fn constraints_and_indexes_are_renamed_where_that_is_all() {
    let table = |names: [&'static str; 4]| {
        move |op: &mut Op| {
            let [unique, check, one, other] = names;
            op.create_table("t", |t| {
                t.column("a", integer());
                t.column("b", integer());
                t.unique(["a"]).name(unique);
                t.check("a>0").name(check);
                t.check("a > 0").name("again");
            });
            op.create_index(one, "t", ["b"]);
            op.create_index(other, "t", ["b"]);
        }
    };
    // Of two that are alike, nobody can say which is which.
    let (one, other) = (table(["u", "c", "i", "j"]), table(["v", "d", "k", "l"]));
    insta::assert_snapshot!(shown("postgres", one, other, &[]), @r#"
    op.rename_constraint("t", "c", "d");
    op.rename_constraint("t", "u", "v");
    op.drop_index("i", "t");
    op.drop_index("j", "t");
    op.create_index("k", "t", ["b"]);
    op.create_index("l", "t", ["b"]);
    "#);
    // A name that is taken is not given.
    let other = |op: &mut Op| {
        op.create_table("t", |t| {
            t.column("a", integer());
            t.column("b", integer());
            t.unique(["a"]).name("i");
        });
    };
    insta::assert_snapshot!(shown("postgres", table(["u", "c", "i", "j"]), other, &[]), @r#"
    op.drop_constraint("u", "t").unique();
    op.drop_constraint("c", "t").check();
    op.drop_constraint("again", "t").check();
    op.drop_index("i", "t");
    op.drop_index("j", "t");
    op.create_unique_constraint("i", "t", ["a"]);
    "#);
}

#[test]
fn what_has_several_likenesses_is_likely_none_of_them() {
    let columns = |names: [&'static str; 2], more: &'static [&'static str]| {
        move |op: &mut Op| {
            op.create_table("t", |t| {
                t.column("id", integer()).primary_key();
                for name in names {
                    t.column(name, varchar(10)).not_null().server_default("x");
                }
                for name in more {
                    t.column(name, integer());
                }
            });
        }
    };
    let likely = |one: [&'static str; 2], other: [&'static str; 2], more: &'static [&'static str]| {
        let shown = shown("postgres", columns(one, &[]), columns(other, more), &[]);
        let likely: Vec<&str> = shown.lines().filter(|line| line.starts_with("maybe")).collect();
        likely.join("\n")
    };
    assert_eq!(likely(["a", "b"], ["a", "c"], &["d"]), "maybe t.b:t.c");
    assert_eq!(likely(["a", "b"], ["c", "d"], &[]), "");
    let tables = |names: &'static [&'static str]| {
        move |op: &mut Op| {
            for name in names {
                op.create_table(*name, |t| {
                    t.column("id", integer());
                    t.column("at", timestamp());
                });
            }
        }
    };
    let likely = |one: &'static [&'static str], other: &'static [&'static str]| {
        let shown = shown("mysql", tables(one), tables(other), &[]);
        let likely: Vec<&str> = shown.lines().filter(|line| line.starts_with("maybe")).collect();
        likely.join("\n")
    };
    assert_eq!(likely(&["a", "b"], &["a", "c"]), "maybe b:c");
    assert_eq!(likely(&["a", "b"], &["a", "c", "d"]), "");
    assert_eq!(likely(&["a", "b", "e"], &["a", "c"]), "");
}

#[test]
fn what_a_person_writes_is_a_name_that_the_models_have() {
    let wanted = described(|op| {
        op.create_schema("s");
        op.create_table("accounts", |t| {
            t.column("full_name", text());
        });
        op.create_table(qualified("s", "accounts"), |t| {
            t.column("full_name", text());
        });
        op.create_table("s", |t| {
            t.column("accounts", text());
        });
    });
    let read = |text: &str| match Rename::read(text, &wanted) {
        Ok(rename) => format!("{text} is {rename:?}"),
        Err(error) => error.to_string(),
    };
    let all = [
        "users:accounts",
        "s.users:s.accounts",
        "accounts.name:accounts.full_name",
        "accounts.name:full_name",
        "s.accounts.name:s.accounts.full_name",
        "s.name:s.accounts",
        "users",
        "users:",
        "users:people",
        "accounts.name:accounts.surname",
        "users.name:accounts.full_name",
        "other.users:s.accounts",
    ];
    insta::assert_snapshot!(all.map(read).join("\n"), @r#"
    users:accounts is Table { from: QualifiedName { schema: None, name: "users" }, to: "accounts" }
    `s.users:s.accounts` is more than one thing: say `renamed_from` on the model instead
    accounts.name:accounts.full_name is Column { table: QualifiedName { schema: None, name: "accounts" }, from: "name", to: "full_name" }
    accounts.name:full_name is Column { table: QualifiedName { schema: None, name: "accounts" }, from: "name", to: "full_name" }
    s.accounts.name:s.accounts.full_name is Column { table: QualifiedName { schema: Some("s"), name: "accounts" }, from: "name", to: "full_name" }
    `s.name:s.accounts` is more than one thing: say `renamed_from` on the model instead
    `users` is not `old:new`: write `users:accounts`, or `users.name:users.full_name`
    `users:` is not `old:new`: write `users:accounts`, or `users.name:users.full_name`
    no model describes a table or a column `people`: the new name is the one that the models have, as in `users:accounts` or `users.name:users.full_name`
    no model describes a table or a column `accounts.surname`: the new name is the one that the models have, as in `users:accounts` or `users.name:users.full_name`
    `users.name:accounts.full_name` is no new name: a table stays in its schema and a column in its table, which is called as it will be
    `other.users:s.accounts` is no new name: a table stays in its schema and a column in its table, which is called as it will be
    "#);
}
