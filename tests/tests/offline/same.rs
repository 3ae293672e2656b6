//! A script and a live run leave the same database behind.

use migrate_core::__private::Migration;
use migrate_core::prelude::*;
use migrate_core::{Migrator, TransactionMode};
use migrate_tests::TestDatabase;
use migrate_tests::migrations::{migration, migrator};

use super::{BOTH, at};

async fn fill(db: &mut Db<'_>) -> Result {
    db.execute("UPDATE users SET note = 'somebody'").await?;
    Ok(())
}

fn tables(op: &mut Op) -> Result {
    op.create_table("orgs", |t| {
        t.column("id", integer()).primary_key().autoincrement();
        t.column("name", varchar(80)).not_null();
        t.column("plan", enumeration("plan", ["free", "it's pro"]))
            .not_null()
            .server_default("free");
    });
    op.create_table("users", |t| {
        t.column("id", integer()).primary_key();
        t.column("name", varchar(80))
            .not_null()
            .comment("as on the passport");
        t.column("age", integer());
        t.column("org_id", integer())
            .references("orgs", "id")
            .on_delete(Cascade);
        t.column("note", varchar(80)).server_default("none; -- yet\n");
        t.check("age > 0").name("ck_users_age");
        t.unique(["name", "age"]);
    })
    .comment("who is there");
    op.create_index("ix_users_age", "users", ["age", "name"]);
    op.bulk_insert(
        "orgs",
        ["name", "plan"],
        [("first", "it's pro"), ("second", "free")],
    );
    op.bulk_insert(
        "users",
        ["id", "name", "age", "org_id"],
        [(1, "O'Brien", 40, 1), (2, "back\\slash", 30, 2)],
    );
    Ok(())
}

fn no_tables(op: &mut Op) -> Result {
    op.drop_table("users");
    op.drop_table("orgs");
    Ok(())
}

fn columns(op: &mut Op) -> Result {
    op.add_column("users", "nickname", varchar(40))
        .server_default("x\r\ny");
    op.add_column("users", "state", enumeration("state", ["on", "off"]))
        .not_null()
        .server_default("on");
    op.execute("UPDATE users SET nickname = :nickname WHERE id = :id; DELETE FROM orgs WHERE id = 2 -- and its users")
        .bind("nickname", "one\r\ntwo ';' :id")
        .bind("id", 1);
    op.alter_column("users", "age").rename("years");
    op.run("fill", fill).sql("UPDATE users SET note = 'somebody'");
    op.on([Postgres], |op| {
        op.alter_column("users", "note")
            .set_type(text())
            .not_null()
            .drop_server_default();
        op.create_check_constraint("ck_users_note", "users", "note <> ''");
        op.create_foreign_key("fk_boss", "users", "users", ["years"], ["id"])
            .not_valid();
        op.drop_constraint("ck_users_age", "users").check();
        op.create_table_comment("users", "people");
        op.add_column("users", "tags", array_of(varchar(20)))
            .server_default("{a,b}");
    });
    Ok(())
}

fn no_columns(op: &mut Op) -> Result {
    op.on([Postgres], |op| {
        op.drop_column("users", "tags");
        op.drop_constraint("fk_boss", "users").foreign_key();
        op.drop_constraint("ck_users_note", "users").check();
        op.create_check_constraint("ck_users_age", "users", "years > 0");
    });
    op.alter_column("users", "years").rename("age");
    op.drop_column("users", "nickname");
    op.on([Sqlite], |op| {
        op.execute("PRAGMA user_version = 7");
    });
    Ok(())
}

fn objects(op: &mut Op) -> Result {
    op.create_view(
        "adults",
        "SELECT name, 14 / 2 AS half FROM users WHERE years >= 18 -- all of them",
    );
    op.on([Postgres], |op| {
        op.execute("CREATE VIEW slices AS SELECT (tags)[1:years] AS first FROM users");
        op.create_function(
            "touch",
            "",
            "RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.note := 'it''s; touched'; RETURN NEW; END $$",
        );
        op.create_function(
            "twice",
            "n integer",
            "RETURNS integer LANGUAGE sql BEGIN ATOMIC SELECT CASE WHEN n > 0 THEN n * 2 END; END",
        );
        op.create_trigger("touch", "users", Before, [Insert], "EXECUTE FUNCTION touch()");
    });
    op.on([Sqlite], |op| {
        op.create_trigger(
            "touch",
            "users",
            After,
            [Insert],
            "BEGIN UPDATE users SET note = CASE WHEN 1 THEN 'it''s; touched' END WHERE id = NEW.id; DELETE FROM orgs WHERE 0; END",
        );
    });
    op.on([MySql], |op| {
        op.create_trigger(
            "touch",
            "users",
            Before,
            [Insert],
            "BEGIN IF NEW.id > 0 THEN SET NEW.note = 'it''s; touched'; END IF; SET NEW.nickname = \"one\"; END",
        );
        op.execute("CREATE PROCEDURE twice(IN n INT) BEGIN SELECT n * 2; SELECT '$$0$$ \\n'; END");
        op.execute("CREATE FUNCTION half(n INT) RETURNS INT DETERMINISTIC RETURN n DIV 2");
    });
    op.bulk_insert("users", ["id", "name", "years"], [(3, "late", 1)]);
    Ok(())
}

fn no_objects(op: &mut Op) -> Result {
    op.on([Postgres], |op| {
        op.drop_trigger("touch", "users");
        op.drop_function("touch", "");
        op.drop_function("twice", "integer");
        op.execute("DROP VIEW slices");
    });
    op.on([Sqlite], |op| {
        op.drop_trigger("touch", "users");
    });
    op.on([MySql], |op| {
        op.drop_trigger("touch", "users");
        op.execute("DROP PROCEDURE twice; DROP FUNCTION half");
    });
    op.drop_view("adults");
    Ok(())
}

fn outside(op: &mut Op) -> Result {
    op.on([Postgres], |op| {
        op.create_index("ix_users_name", "users", ["name"]).concurrently();
    });
    op.on([Sqlite], |op| {
        op.execute("VACUUM");
    });
    op.on([Sqlite, MySql], |op| {
        op.create_index("ix_users_name", "users", ["name"]);
    });
    Ok(())
}

/// Some of it in a transaction, and some in none.
fn mixed(op: &mut Op) -> Result {
    op.execute("UPDATE users SET note = 'mixed'");
    op.on([Postgres], |op| {
        op.create_index("ix_users_note", "users", ["note"]).concurrently();
        op.add_enum_value("plan", "new");
        op.execute("UPDATE orgs SET plan = 'new'");
    });
    op.on([Sqlite, MySql], |op| {
        op.create_index("ix_users_note", "users", ["note"]);
    });
    op.on([Sqlite], |op| {
        op.autocommit(|op| {
            op.execute("VACUUM");
        });
    });
    op.execute("UPDATE users SET note = 'and again'");
    Ok(())
}

fn not_mixed(op: &mut Op) -> Result {
    op.on([Postgres], |op| {
        op.drop_index("ix_users_note", "users").concurrently();
    });
    op.on([Sqlite, MySql], |op| {
        op.drop_index("ix_users_note", "users");
    });
    Ok(())
}

fn not_outside(op: &mut Op) -> Result {
    op.on([Postgres], |op| {
        op.drop_index("ix_users_name", "users").concurrently();
    });
    op.on([Sqlite, MySql], |op| {
        op.drop_index("ix_users_name", "users");
    });
    Ok(())
}

/// A branch beside the others, so that there are several version rows.
fn history(mode: TransactionMode) -> Migrator {
    let mut migrations = vec![
        migration("a1", &[], tables, no_tables),
        migration("b1", &["a1"], columns, no_columns),
        migration("c1", &["b1"], objects, no_objects),
        migration("x1", &["a1"], |_| Ok(()), |_| Ok(())),
        migration("m1", &["c1", "x1"], |_| Ok(()), |_| Ok(())),
    ];
    if mode == TransactionMode::PerMigration {
        migrations.push(Migration {
            transaction: false,
            ..migration("n1", &["m1"], outside, not_outside)
        });
        migrations.push(migration("o1", &["n1"], mixed, not_mixed));
    }
    migrator(migrations).transaction(mode)
}

async fn same_as_live(make: impl AsyncFn() -> TestDatabase, modes: &[TransactionMode]) {
    for mode in modes.iter().copied() {
        let (by_script, live) = (make().await, make().await);
        let history = history(mode);
        let head = match mode {
            TransactionMode::PerMigration => "o1",
            TransactionMode::Single => "m1",
        };
        for (from, to) in [(&[][..], "b1"), (&["b1"], "heads")] {
            let script = history
                .script_upgrade(live.url(), &at(&history, from), to)
                .await
                .unwrap();
            assert_eq!(by_script.run_script(&script), Ok(()), "{script}");
            history.upgrade(live.url(), to).await.unwrap();
            assert_eq!(by_script.dump(), live.dump());
        }
        for (from, to) in [(&[head][..], "b1"), (&["b1", "x1"], "base")] {
            let script = history
                .script_downgrade(live.url(), &at(&history, from), to)
                .await
                .unwrap();
            assert_eq!(by_script.run_script(&script), Ok(()), "{script}");
            history.downgrade(live.url(), to).await.unwrap();
            assert_eq!(by_script.dump(), live.dump());
        }
    }
}

#[tokio::test]
#[ignore = "needs the sqlite3 client: run by cargo xtask test"]
async fn a_script_run_by_sqlite3_does_what_a_live_run_does() {
    same_as_live(async || TestDatabase::sqlite(), &BOTH).await;
}

#[tokio::test]
#[ignore = "needs PostgreSQL: run by cargo xtask test"]
async fn a_script_run_by_psql_does_what_a_live_run_does() {
    same_as_live(TestDatabase::postgres, &BOTH).await;
}

#[tokio::test]
#[ignore = "needs MariaDB: run by cargo xtask test"]
async fn a_script_run_by_mariadb_does_what_a_live_run_does() {
    same_as_live(TestDatabase::mysql, &[TransactionMode::PerMigration]).await;
}

/// Each says a part of what a column is, and the rest of it is known from what the history made.
fn altered_columns(op: &mut Op) -> Result {
    op.create_foreign_key(None, "users", "orgs", ["org_id"], ["id"])
        .on_delete(Cascade);
    op.create_check_constraint("ck_name", "users", "name <> 'it\'\'s'");
    op.rename_constraint("users", "fk_users_org_id_orgs", "fk_org");
    op.rename_constraint("users", "ck_name", "ck_users_name");
    op.drop_constraint("fk_org", "users").foreign_key();
    op.alter_column("users", "name")
        .set_type(varchar(200))
        .comment("as in the \\ passport");
    op.alter_column("users", "name").nullable();
    op.alter_column("users", "note").not_null().rename("remark");
    op.alter_column("users", "remark").comment("free text");
    op.alter_column("orgs", "plan")
        .set_type(enumeration("plan", ["free", "it's pro", "new"]));
    op.alter_column("orgs", "id")
        .set_type(bigint())
        .comment("a number");
    op.add_column("orgs", "data", json()).comment("more");
    op.alter_column("orgs", "data").comment("no more").rename("json");
    op.rename_table("orgs", "teams");
    op.alter_column("teams", "name")
        .drop_comment()
        .collate("utf8mb4_bin");
    Ok(())
}

fn columns_as_they_were(op: &mut Op) -> Result {
    op.drop_constraint("ck_users_name", "users").check();
    op.alter_column("teams", "name").not_null().set_type(varchar(80));
    op.rename_table("teams", "orgs");
    op.drop_column("orgs", "json");
    op.alter_column("orgs", "id").set_type(integer()).drop_comment();
    op.alter_column("users", "remark")
        .nullable()
        .drop_comment()
        .rename("note");
    op.alter_column("users", "name").set_type(varchar(80)).not_null();
    Ok(())
}

/// The foreign key goes first, for it takes columns of one type.
#[tokio::test]
#[ignore = "needs MariaDB: run by cargo xtask test"]
async fn a_script_for_mariadb_alters_columns_as_a_live_run_does() {
    let (by_script, live) = (TestDatabase::mysql().await, TestDatabase::mysql().await);
    let history = migrator(vec![
        migration(
            "a1",
            &[],
            |op| {
                tables(op)?;
                op.drop_constraint("fk_users_org_id_orgs", "users").foreign_key();
                Ok(())
            },
            no_tables,
        ),
        migration("b1", &["a1"], altered_columns, columns_as_they_were),
        migration("x1", &["a1"], |_| Ok(()), |_| Ok(())),
        migration("m1", &["b1", "x1"], |_| Ok(()), |_| Ok(())),
    ]);
    for (from, to) in [(&[][..], "a1"), (&["a1"], "heads")] {
        let script = history.script_upgrade(live.url(), &at(&history, from), to).await;
        let script = script.unwrap();
        assert_eq!(by_script.run_script(&script), Ok(()), "{script}");
        history.upgrade(live.url(), to).await.unwrap();
        assert_eq!(by_script.dump(), live.dump());
    }
    for (from, to) in [(&["m1"][..], "a1"), (&["a1"], "base")] {
        let script = history
            .script_downgrade(live.url(), &at(&history, from), to)
            .await;
        let script = script.unwrap();
        assert_eq!(by_script.run_script(&script), Ok(()), "{script}");
        history.downgrade(live.url(), to).await.unwrap();
        assert_eq!(by_script.dump(), live.dump());
    }
}

/// What an author's own SQL made or changed is not known; a column that is described as a whole needs no knowledge.
#[tokio::test]
#[ignore = "needs MariaDB: run by cargo xtask test"]
async fn a_script_for_mariadb_alters_no_column_that_it_does_not_know() {
    let altered: fn(&mut Op) -> Result = |op| {
        op.alter_column("t", "a").not_null();
        Ok(())
    };
    let makes: [fn(&mut Op) -> Result; 3] = [
        |op| {
            op.execute("CREATE TABLE t (a INT)");
            Ok(())
        },
        |op| {
            op.create_table("t", |t| {
                t.column("b", integer());
            });
            op.execute("UPDATE t SET b = 1; ALTER TABLE t ADD a INT UNSIGNED");
            Ok(())
        },
        |op| {
            op.create_table("t", |t| {
                t.column("a", integer());
            });
            op.execute("ALTER TABLE `t` MODIFY a TINYINT UNSIGNED");
            Ok(())
        },
    ];
    for make in makes {
        let history = migrator(vec![
            migration("a1", &[], make, |_| Ok(())),
            migration("b1", &["a1"], altered, |_| Ok(())),
        ]);
        for from in [&[][..], &["a1"]] {
            let script = history.script_upgrade("mysql", &at(&history, from), "head").await;
            let error = script.unwrap_err().to_string();
            assert!(
                error.contains(
                    "altering `t` takes what the table is now, which a script cannot ask: run it on a live database, \
                     or say all of its type, nullability, default and comment"
                ),
                "{error}"
            );
        }
        let whole = migrator(vec![
            migration("a1", &[], make, |_| Ok(())),
            migration(
                "b1",
                &["a1"],
                |op| {
                    op.alter_column("t", "a")
                        .set_type(bigint())
                        .not_null()
                        .server_default(7)
                        .comment("it's whole")
                        .rename("c");
                    Ok(())
                },
                |_| Ok(()),
            ),
        ]);
        let (by_script, live) = (TestDatabase::mysql().await, TestDatabase::mysql().await);
        let script = whole.script_upgrade("mysql", &at(&whole, &[]), "head").await;
        assert_eq!(by_script.run_script(&script.unwrap()), Ok(()));
        whole.upgrade(live.url(), "head").await.unwrap();
        assert_eq!(by_script.dump(), live.dump());
    }
}
