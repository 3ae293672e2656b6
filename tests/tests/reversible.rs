//! Migrations whose downgrade is their reverse: a database that went up and down again is as it was, and what cannot be
//! reversed is refused before anything is sent.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use migrate_core::graph::Heads;
use migrate_core::prelude::*;
use migrate_core::{ErrorKind, Migrator};
use migrate_tests::TestDatabase;
use migrate_tests::migrations::{migration, migrator, reversible};

fn tables(op: &mut Op) -> Result {
    op.create_table("orgs", |t| {
        t.column("id", integer()).primary_key();
        t.column("name", varchar(80)).not_null();
        t.column("plan", enumeration("plan", ["free", "pro"]))
            .not_null()
            .server_default("free");
    });
    op.create_table("users", |t| {
        t.column("id", integer()).primary_key();
        t.column("name", varchar(80)).not_null().comment("in full");
        t.column("age", integer()).check("age > 0");
        t.column("org_id", integer())
            .references("orgs", "id")
            .on_delete(Cascade);
        t.unique(["name", "age"]);
    })
    .comment("who is there");
    op.on([Postgres, Sqlite], |op| {
        op.create_index("ix_users_age", "users", ["age"])
            .where_("age > 17");
    });
    op.on(MySql, |op| {
        op.create_index("ix_users_age", "users", [key("age").desc()]);
    });
    op.create_view("adults", "SELECT id FROM users");
    op.bulk_insert("orgs", ["id", "name"], [(1, "first"), (2, "it's the second")]);
    Ok(())
}

fn columns(op: &mut Op) -> Result {
    op.add_column("users", "note", varchar(200));
    op.create_index(None, "users", ["note"]);
    op.alter_column("users", "name").rename("full_name");
    op.rename_table("orgs", "teams");
    op.add_column("teams", "size", enumeration("size", ["small", "large"]));
    op.drop_index("ix_users_age", "users");
    op.execute("UPDATE teams SET name = 'renamed' WHERE id = :id")
        .bind("id", 1)
        .reverse("UPDATE teams SET name = 'first' WHERE id = :id");
    Ok(())
}

/// What each can do besides. The tables are called as `columns` left them.
fn everything(op: &mut Op) -> Result {
    op.on(Postgres, |op| {
        op.create_schema("audit");
        op.create_enum(enumeration("mood", ["good", "bad"]));
        op.rename_enum_value("plan", "pro", "paid");
        op.create_function(
            "touch",
            "",
            "RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
        );
        op.create_trigger("touch", "users", Before, [Update], "EXECUTE FUNCTION touch()");
        op.create_sequence("numbers").increment(2).max(100);
        op.alter_column("users", "age")
            .set_type(bigint())
            .not_null()
            .server_default(18);
        op.alter_column("users", "full_name").drop_comment();
        op.alter_column("users", "id").autoincrement();
        op.create_check_constraint("ck_name", "users", "full_name <> ''")
            .not_valid();
        op.validate_constraint("ck_name", "users");
        op.drop_constraint("uq_users_name_age", "users");
        op.create_table_comment("users", "everybody");
        op.create_index("ix_teams_name", "teams", ["name"]).concurrently();
    });
    op.on(MySql, |op| {
        op.create_function("one", "", "RETURNS INT DETERMINISTIC RETURN 1");
        op.create_trigger(
            "touch",
            "users",
            Before,
            [Update],
            "SET NEW.age = OLD.age + one()",
        );
        op.drop_constraint("uq_users_name_age", "users").unique();
        op.alter_column("users", "age")
            .set_type(bigint())
            .not_null()
            .server_default(18);
        op.alter_column("users", "full_name").drop_comment();
        op.alter_column("users", "id").autoincrement();
        op.create_check_constraint("ck_name", "users", "full_name <> ''");
        op.create_unique_constraint(None, "users", ["full_name"]);
        op.create_table_comment("users", "everybody");
        op.create_index("ix_teams_name", "teams", ["name"]).concurrently();
        op.add_column("users", "boss_id", integer())
            .references("users", "id");
    });
    Ok(())
}

/// Most of what was made goes, and comes back.
fn losses(op: &mut Op) -> Result {
    op.on(Postgres, |op| {
        op.replace_view("adults", "SELECT id, age FROM users");
        op.alter_sequence("numbers").increment(1).max(50);
        op.replace_function(
            "touch",
            "",
            "RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN OLD; END'",
        );
        op.replace_trigger("touch", "users", After, [Insert], "EXECUTE FUNCTION touch()");
        op.drop_sequence("numbers");
        op.drop_enum("mood");
        op.drop_schema("audit");
    });
    op.on(MySql, |op| {
        op.replace_view("adults", "SELECT id, age FROM users");
        op.replace_function("one", "", "RETURNS INT DETERMINISTIC RETURN 2");
        op.replace_trigger("touch", "users", After, [Insert], "BEGIN END");
    });
    op.drop_view("adults");
    // PostgreSQL drops the index with its column, SQLite does not.
    op.on([Sqlite, MySql], |op| {
        op.drop_index("ix_users_note", "users");
    });
    op.drop_column("users", "note");
    op.on(Postgres, |op| {
        op.drop_column("users", "age");
    });
    op.drop_column("users", "org_id");
    op.drop_table("users");
    op.on(Postgres, |op| {
        op.drop_function("touch", "");
    });
    op.on(MySql, |op| {
        op.drop_function("one", "");
    });
    Ok(())
}

fn history() -> Migrator {
    migrator(vec![
        reversible("001", &[], tables),
        reversible("002", &["001"], columns),
        reversible("003", &["002"], everything),
        reversible("004", &["003"], losses),
    ])
}

/// The fingerprint, but for the places of columns: one that was dropped comes back as the last.
async fn fingerprint(database: &TestDatabase) -> Vec<String> {
    let lines = database.fingerprint().await.into_iter();
    let placeless = lines.map(|line| match line.split_once(" #") {
        Some((column, rest)) if line.starts_with("column ") => {
            let rest = rest.trim_start_matches(|place: char| place.is_ascii_digit());
            format!("{column}{rest}")
        }
        Some(_) | None => line,
    });
    let mut lines: Vec<String> = placeless.collect();
    lines.sort();
    lines
}

/// Up by one, down by one, up again: at each level the database is what it was there before.
async fn goes_up_and_down(database: &TestDatabase) {
    let history = history();
    history.ensure_version(database.url()).await.unwrap();
    let mut levels = vec![fingerprint(database).await];
    for _ in 0..4 {
        history.upgrade(database.url(), "+1").await.unwrap();
        let above = fingerprint(database).await;
        history.downgrade(database.url(), "-1").await.unwrap();
        assert_eq!(Some(&fingerprint(database).await), levels.last());
        history.upgrade(database.url(), "+1").await.unwrap();
        assert_eq!(fingerprint(database).await, above);
        levels.push(above);
    }
    for level in levels.iter().rev().skip(1) {
        history.downgrade(database.url(), "-1").await.unwrap();
        assert_eq!(fingerprint(database).await, *level);
    }
    history.upgrade(database.url(), "head").await.unwrap();
    history.downgrade(database.url(), "base").await.unwrap();
    assert_eq!(Some(&fingerprint(database).await), levels.first());
}

#[tokio::test]
async fn sqlite_is_as_it_was_at_each_level() {
    goes_up_and_down(&TestDatabase::sqlite()).await;
}

#[tokio::test]
#[ignore = "needs PostgreSQL: run by cargo xtask test"]
async fn postgres_is_as_it_was_at_each_level() {
    goes_up_and_down(&TestDatabase::postgres().await).await;
}

#[tokio::test]
#[ignore = "needs MariaDB: run by cargo xtask test"]
async fn mariadb_is_as_it_was_at_each_level() {
    goes_up_and_down(&TestDatabase::mysql().await).await;
}

#[tokio::test]
async fn a_script_takes_back_what_a_live_run_does() {
    let history = history();
    let heads = history.read_heads(&["002".to_owned()]).unwrap();
    let script = history.script_downgrade("postgres", &heads, "-1").await.unwrap();
    let statements: Vec<&str> = script
        .lines()
        .filter(|line| line.starts_with("ALTER") || line.starts_with("DROP") || line.starts_with("CREATE"))
        .collect();
    insta::assert_snapshot!(statements.join("\n"), @r#"
    CREATE INDEX "ix_users_age" ON "users" ("age") WHERE (age > 17);
    ALTER TABLE "teams" DROP COLUMN "size";
    DROP TYPE "size";
    ALTER TABLE "teams" RENAME TO "orgs";
    ALTER TABLE "users" RENAME COLUMN "full_name" TO "name";
    DROP INDEX "ix_users_note";
    ALTER TABLE "users" DROP COLUMN "note";
    "#);
}

async fn fill(db: &mut Db<'_>) -> Result {
    db.execute("UPDATE t SET a = 1").await?;
    Ok(())
}

async fn empty(db: &mut Db<'_>) -> Result {
    db.execute("UPDATE t SET a = NULL").await?;
    Ok(())
}

#[tokio::test]
async fn a_data_step_is_undone_by_its_own() {
    fn table(op: &mut Op) -> Result {
        op.create_table("t", |t| {
            t.column("id", integer()).primary_key();
            t.column("a", integer());
        });
        op.bulk_insert("t", ["id"], [[1], [2]]);
        Ok(())
    }
    fn step(op: &mut Op) -> Result {
        op.run("fill", fill).reverse(empty);
        Ok(())
    }
    let history = migrator(vec![reversible("1", &[], table), reversible("2", &["1"], step)]);
    let database = TestDatabase::sqlite();
    history.upgrade(database.url(), "head").await.unwrap();
    assert_eq!(database.rows("SELECT a FROM t").await, ["1", "1"]);
    history.downgrade(database.url(), "-1").await.unwrap();
    assert_eq!(database.rows("SELECT a FROM t").await, ["NULL", "NULL"]);
}

#[tokio::test]
async fn what_cannot_be_reversed_is_told_at_once_and_nothing_is_sent() {
    fn by_hand(op: &mut Op) -> Result {
        op.execute("CREATE TABLE made_by_sql (id integer)");
        Ok(())
    }
    fn nothing(_: &mut Op) -> Result {
        Ok(())
    }
    fn gone(op: &mut Op) -> Result {
        op.drop_table("made_by_sql");
        op.execute("SELECT 1");
        Ok(())
    }
    fn more(op: &mut Op) -> Result {
        op.create_table("t", |t| {
            t.column("id", integer());
        })
        .if_not_exists();
        op.bulk_insert("t", ["id"], [[1]]);
        op.on(Postgres, |op| {
            op.add_enum_value("elsewhere", "value");
        });
        Ok(())
    }
    let history = migrator(vec![
        migration("001", &[], by_hand, nothing),
        reversible("002", &["001"], gone),
        reversible("003", &["002"], more),
    ]);
    let database = TestDatabase::sqlite();
    history.upgrade(database.url(), "head").await.unwrap();
    let before = database.fingerprint().await;
    let error = history.downgrade(database.url(), "base").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Irreversible);
    assert_eq!(database.fingerprint().await, before);
    let told = error.to_string();
    let heads = history.read_heads(&["003".to_owned()]).unwrap();
    let offline = history
        .script_downgrade("sqlite", &heads, "base")
        .await
        .unwrap_err();
    assert_eq!(offline.to_string(), told);
    insta::assert_snapshot!(without_lines(&told), @r#"
    migration `003` (tests/tests/reversible.rs): `create_table t` cannot be reversed: with `if_not_exists` it is not known whether this migration did it; leave `.if_not_exists()` out, or write `upgrade` and `downgrade` instead of `change`
    migration `003` (tests/tests/reversible.rs): `bulk_insert t` cannot be reversed: no primary key of `t` is known that would tell the rows from others; give the table one, or write `upgrade` and `downgrade` instead of `change`
    migration `002` (tests/tests/reversible.rs): `drop_table made_by_sql` cannot be reversed: no directive before it describes the table `made_by_sql`, or SQL by hand may have changed it since; do that by a directive, or write `upgrade` and `downgrade` instead of `change`
    migration `002` (tests/tests/reversible.rs): `execute` cannot be reversed: nothing says which SQL undoes it; say so by `.reverse("..")`, or write `upgrade` and `downgrade` instead of `change`
    "#);
    // What is for another database is not held against this one, and the way up is free.
    let script = history
        .script_upgrade("postgres", &Heads::default(), "head")
        .await;
    assert!(script.unwrap().contains("ADD VALUE 'value'"));
}

#[tokio::test]
async fn a_table_that_sql_by_hand_has_changed_is_not_given_back_as_it_was_before_that() {
    fn table(op: &mut Op) -> Result {
        op.create_table("t", |t| {
            t.column("id", integer()).primary_key();
            t.column("a", integer());
        });
        op.execute("INSERT INTO t (id) VALUES (1)");
        Ok(())
    }
    fn by_hand(op: &mut Op) -> Result {
        op.execute("ALTER TABLE t RENAME COLUMN a TO b");
        op.execute("ALTER TABLE t ADD COLUMN a text");
        Ok(())
    }
    fn nothing(_: &mut Op) -> Result {
        Ok(())
    }
    fn gone(op: &mut Op) -> Result {
        op.drop_column("t", "a");
        Ok(())
    }
    let only_rows = migrator(vec![
        migration("1", &[], table, nothing),
        reversible("2", &["1"], gone),
    ]);
    let database = TestDatabase::sqlite();
    only_rows.upgrade(database.url(), "head").await.unwrap();
    only_rows.downgrade(database.url(), "-1").await.unwrap();

    let altered = migrator(vec![
        migration("1", &[], table, nothing),
        migration("2", &["1"], by_hand, nothing),
        reversible("3", &["2"], gone),
    ]);
    let database = TestDatabase::sqlite();
    altered.upgrade(database.url(), "head").await.unwrap();
    let error = altered.downgrade(database.url(), "-1").await.unwrap_err();
    insta::assert_snapshot!(without_lines(&error.to_string()), @"
    migration `3` (tests/tests/reversible.rs): `drop_column t.a` cannot be reversed: no directive before it describes the column `t.a`, or SQL by hand may have changed it since; do that by a directive, or write `upgrade` and `downgrade` instead of `change`
    ");
}

/// Without the numbers of lines in this file.
fn without_lines(text: &str) -> String {
    let parts = text.split(".rs:").enumerate();
    let parts = parts.map(|(position, part)| {
        let part = if position == 0 {
            part
        } else {
            part.trim_start_matches(|c: char| c.is_ascii_digit())
        };
        part.to_owned()
    });
    parts.collect::<Vec<_>>().join(".rs")
}

#[tokio::test]
#[ignore = "needs PostgreSQL: run by cargo xtask test"]
async fn a_numbering_that_another_took_the_place_of_comes_back() {
    fn table(op: &mut Op) -> Result {
        op.create_table("t", |t| {
            t.column("id", integer()).primary_key();
            t.column("n", integer()).not_null().autoincrement();
            t.column("m", integer()).not_null().identity_always().start(5);
        });
        Ok(())
    }
    fn other(op: &mut Op) -> Result {
        op.alter_column("t", "n").drop_autoincrement().identity_always();
        op.alter_column("t", "m").drop_identity().autoincrement();
        Ok(())
    }
    let history = migrator(vec![reversible("1", &[], table), reversible("2", &["1"], other)]);
    let database = TestDatabase::postgres().await;
    history.upgrade(database.url(), "1").await.unwrap();
    // Where a sequence stands is its rows' business.
    let shape = async || {
        let mut lines = database.fingerprint().await;
        lines.retain(|line| !line.starts_with("state of ") && !line.starts_with("row of "));
        lines
    };
    let before = shape().await;
    history.upgrade(database.url(), "2").await.unwrap();
    assert_ne!(shape().await, before);
    history.downgrade(database.url(), "-1").await.unwrap();
    assert_eq!(shape().await, before);
}
