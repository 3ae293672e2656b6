//! Alterations that SQLite does by a rebuild: nothing that points to the table goes with it, and the connection is as it
//! was.

use migrate_core::prelude::*;
use migrate_core::sqlx::{Connection, Executor, Row, SqliteConnection};
use migrate_core::{Migrator, TransactionMode};
use migrate_tests::TestDatabase;
use migrate_tests::migrations::{migration, migrator};

/// A table with rows that point to it, and its alteration; the last migration fails when it is asked to.
fn altering(fails: bool) -> Migrator {
    let made = migration(
        "a1",
        &[],
        |op| {
            op.create_table("users", |t| {
                t.column("id", integer()).primary_key();
                t.column("name", varchar(40));
            });
            op.create_table("posts", |t| {
                t.column("user_id", integer())
                    .references("users", "id")
                    .on_delete(Cascade);
            });
            op.bulk_insert("users", ["id", "name"], [(1, "a"), (2, "b")]);
            op.bulk_insert("posts", ["user_id"], [(1,), (2,)]);
            Ok(())
        },
        |op| {
            op.drop_table("posts");
            op.drop_table("users");
            Ok(())
        },
    );
    let altered = migration(
        "a2",
        &["a1"],
        |op| {
            op.batch("users", |t| {
                t.alter_column("name").not_null().rename("full_name");
                t.create_unique_constraint(None, ["full_name"]);
            });
            op.create_check_constraint("ck_id", "posts", "user_id > 0");
            Ok(())
        },
        |op| {
            op.drop_constraint("ck_id", "posts");
            op.drop_constraint("uq_users_full_name", "users");
            op.alter_column("users", "full_name").nullable().rename("name");
            Ok(())
        },
    );
    let failing = migration(
        "a2",
        &["a1"],
        |op| {
            op.alter_column("users", "name").not_null();
            op.execute("INSERT INTO nowhere VALUES (1)");
            Ok(())
        },
        |_| Ok(()),
    );
    migrator(vec![made, if fails { failing } else { altered }])
}

async fn posts(connection: &mut SqliteConnection) -> i64 {
    connection
        .fetch_one("SELECT count(*) FROM posts")
        .await
        .unwrap()
        .get(0)
}

async fn settings(connection: &mut SqliteConnection) -> (i64, i64) {
    let row = connection.fetch_one("SELECT * FROM pragma_foreign_keys, pragma_legacy_alter_table");
    let row = row.await.unwrap();
    (row.get(0), row.get(1))
}

#[tokio::test]
async fn a_table_with_rows_that_point_to_it_is_altered_there_and_back() {
    for mode in [TransactionMode::PerMigration, TransactionMode::Single] {
        let database = TestDatabase::sqlite();
        let migrator = altering(false).transaction(mode);
        migrator.upgrade(database.url(), "head").await.unwrap();
        let mut connection = SqliteConnection::connect(database.url()).await.unwrap();
        assert_eq!(posts(&mut connection).await, 2);
        // By URL, and on a connection that goes on.
        migrator.downgrade(&mut connection, "a1").await.unwrap();
        migrator.upgrade(&mut connection, "head").await.unwrap();
        assert_eq!(posts(&mut connection).await, 2);
        assert_eq!(settings(&mut connection).await, (1, 0));
        let refused = connection
            .execute("INSERT INTO users VALUES (3, 'a')")
            .await
            .unwrap_err();
        assert!(refused.to_string().contains("UNIQUE"), "{refused}");
        connection
            .execute("DELETE FROM users WHERE id = 1")
            .await
            .unwrap();
        assert_eq!(posts(&mut connection).await, 1);
    }
}

#[tokio::test]
async fn an_alteration_that_fails_leaves_the_table_and_the_connection_as_they_were() {
    for mode in [TransactionMode::PerMigration, TransactionMode::Single] {
        let database = TestDatabase::sqlite();
        altering(false).upgrade(database.url(), "a1").await.unwrap();
        let mut connection = SqliteConnection::connect(database.url()).await.unwrap();
        let failing = altering(true).transaction(mode);
        for enforced in [1, 0] {
            let set = if enforced == 1 {
                "PRAGMA foreign_keys = ON"
            } else {
                "PRAGMA foreign_keys = OFF"
            };
            connection.execute(set).await.unwrap();
            let error = failing.upgrade(&mut connection, "head").await.unwrap_err();
            assert!(error.to_string().contains("nowhere"), "{error}");
            assert_eq!(settings(&mut connection).await, (enforced, 0));
            assert_eq!(posts(&mut connection).await, 2);
            let text: String = connection
                .fetch_one("SELECT sql FROM sqlite_schema WHERE name = 'users'")
                .await
                .unwrap()
                .get(0);
            assert!(text.contains("\"name\" VARCHAR(40),"), "{text}");
        }
    }
}

/// A history whose second migration alters a table and whose rows are changed in it, or in the one after it.
fn with_rows(change: fn(&mut Op) -> Result, together: bool) -> Migrator {
    let mut migrations = vec![migration(
        "a1",
        &[],
        |op| {
            op.create_table("users", |t| {
                t.column("id", integer()).primary_key();
                t.column("name", varchar(40));
            });
            op.create_table("posts", |t| {
                t.column("user_id", integer())
                    .references("users", "id")
                    .on_delete(Cascade);
            });
            op.bulk_insert("users", ["id", "name"], [(1, "a"), (2, "b")]);
            op.bulk_insert("posts", ["user_id"], [(1,), (2,)]);
            Ok(())
        },
        |_| Ok(()),
    )];
    let second = migration("a2", &["a1"], change, |_| Ok(()));
    if together {
        migrations.push(second);
    } else {
        let altering = |op: &mut Op| {
            op.alter_column("users", "name").not_null();
            Ok(())
        };
        migrations.push(migration("a2", &["a1"], altering, |_| Ok(())));
        migrations.push(migration("a3", &["a2"], change, |_| Ok(())));
    }
    migrator(migrations)
}

/// The database after the upgrade, on a connection that already holds one row that points to nothing.
async fn upgraded(migrator: &Migrator) -> (Result<(), String>, i64) {
    let database = TestDatabase::sqlite();
    migrator.upgrade(database.url(), "a1").await.unwrap();
    let mut connection = SqliteConnection::connect(database.url()).await.unwrap();
    connection
        .execute("PRAGMA foreign_keys = OFF; INSERT INTO posts VALUES (99)")
        .await
        .unwrap();
    let done = migrator.upgrade(database.url(), "head").await;
    let done = done.map(drop).map_err(|error| error.to_string());
    (done, posts(&mut connection).await)
}

#[tokio::test]
async fn rows_that_a_migration_leaves_behind_while_it_alters_a_table_are_found() {
    fn deleted(op: &mut Op) -> Result {
        op.alter_column("users", "name").not_null();
        op.execute("DELETE FROM users WHERE id = 1");
        Ok(())
    }
    let (done, left) = upgraded(&with_rows(deleted, true)).await;
    let error = done.unwrap_err();
    let told = "rows were left that point to nothing: foreign keys are not enforced in a migration that rebuilds a table; \
        change those rows too, or alter the table in a migration of its own";
    assert!(error.contains(told), "{error}");
    assert!(error.contains("alterations.rs:"), "{error}");
    assert_eq!(left, 3);
}

#[tokio::test]
async fn rows_that_are_taken_along_by_hand_are_no_hindrance_nor_are_those_that_were_lost_before() {
    fn deleted(op: &mut Op) -> Result {
        op.execute("DELETE FROM posts WHERE user_id = 1");
        op.execute("DELETE FROM users WHERE id = 1");
        op.alter_column("users", "name").not_null();
        Ok(())
    }
    let (done, left) = upgraded(&with_rows(deleted, true)).await;
    assert_eq!((done, left), (Ok(()), 2));
}

#[tokio::test]
async fn a_migration_without_an_alteration_has_its_foreign_keys_enforced_unless_the_run_is_one_transaction() {
    fn deleted(op: &mut Op) -> Result {
        op.execute("DELETE FROM users WHERE id = 1");
        Ok(())
    }
    let (done, left) = upgraded(&with_rows(deleted, false)).await;
    assert_eq!((done, left), (Ok(()), 2));
    let single = with_rows(deleted, false).transaction(TransactionMode::Single);
    let (done, left) = upgraded(&single).await;
    let error = done.unwrap_err();
    assert!(error.contains("rows were left that point to nothing"), "{error}");
    assert_eq!(left, 3);
}

#[tokio::test]
async fn what_is_refused_of_several_alterations_is_told_with_its_own_place() {
    fn altered(op: &mut Op) -> Result {
        op.alter_column("users", "name").not_null();
        op.drop_constraint("nowhere", "users");
        op.add_column("users", "age", integer());
        Ok(())
    }
    let line = line!() - 4;
    let (done, _) = upgraded(&with_rows(altered, true)).await;
    let error = done.unwrap_err();
    let (refused, told) = (format!("alterations.rs:{line}: "), "`nowhere`");
    assert!(error.contains(&refused) && error.contains(told), "{error}");
}

#[tokio::test]
async fn what_no_table_can_get_is_refused_before_anything_is_sent() {
    fn altered(op: &mut Op) -> Result {
        op.create_check_constraint("ck_id", "users", "id > 0").not_valid();
        op.drop_column("posts", "user_id").cascade();
        Ok(())
    }
    let database = TestDatabase::sqlite();
    let migrator = with_rows(altered, true);
    let error = migrator.upgrade(database.url(), "head").await.unwrap_err();
    let error = error.to_string();
    assert!(error.contains("leave `.not_valid()` out"), "{error}");
    assert!(error.contains("`cascade` for a column"), "{error}");
    assert_eq!(database.fingerprint().await, Vec::<String>::new());
}
