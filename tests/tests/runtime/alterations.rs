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
