//! What is different on MySQL and MariaDB: what changes tables commits at once, and text is compared by collations.

use migrate_core::prelude::*;
use migrate_core::sqlx::{Connection, Executor, MySqlConnection, MySqlPool};
use migrate_core::{ErrorKind, Migrator, TransactionMode};
use migrate_tests::TestDatabase;
use migrate_tests::migrations::{migration, migrator};

type Record = fn(&mut Op) -> Result;

/// `a1` makes a table, `b1` does this.
fn two(second: Record) -> Migrator {
    migrator(vec![
        migration(
            "a1",
            &[],
            |op| {
                op.create_table("kept", |t| {
                    t.column("id", integer()).primary_key();
                    t.column("name", varchar(40));
                });
                Ok(())
            },
            |op| {
                op.drop_table("kept");
                Ok(())
            },
        ),
        migration("b1", &["a1"], second, |_| Ok(())),
    ])
}

#[tokio::test]
#[ignore = "needs MariaDB: run by cargo xtask test"]
async fn what_changes_tables_stays_after_a_failure_which_says_so() {
    let database = TestDatabase::mysql().await;
    let migrator = two(|op| {
        op.execute("CREATE TABLE half (id INTEGER)");
        op.execute("INSERT INTO nowhere VALUES (1)");
        Ok(())
    });
    let error = migrator.upgrade(database.url(), "head").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Migration);
    let text = error.to_string();
    assert!(
        text.contains(
            "1 of the 2 steps of this migration are committed, and no version row was written: the next run goes on with step 2"
        ),
        "{text}"
    );
    assert!(text.contains("(code 1146/42S02)"), "{text}");
    assert!(text.contains("in the statement: INSERT INTO nowhere"), "{text}");
    assert_eq!(migrator.rows(database.url()).await.unwrap(), ["a1"]);
    assert_eq!(
        database.tables().await,
        ["alembic_version", "alembic_version_journal", "half", "kept"]
    );
    // What is committed is not done again.
    database.execute("CREATE TABLE nowhere (id INTEGER)").await;
    migrator.upgrade(database.url(), "head").await.unwrap();
    assert_eq!(migrator.rows(database.url()).await.unwrap(), ["b1"]);
    assert_eq!(
        database.tables().await,
        ["alembic_version", "half", "kept", "nowhere"]
    );
}

/// Several statements in one message: each has its count, and the failing one is named.
#[tokio::test]
#[ignore = "needs MariaDB: run by cargo xtask test"]
async fn a_migration_of_rows_alone_commits_with_its_version_row_or_not_at_all() {
    let database = TestDatabase::mysql().await;
    for mode in [TransactionMode::PerMigration, TransactionMode::Single] {
        two(|_| Ok(())).upgrade(database.url(), "a1").await.unwrap();
        let before = database.fingerprint().await;
        let broken = two(|op| {
            op.bulk_insert("kept", ["id"], [[1], [2]]);
            op.execute("SELECT * FROM kept");
            op.execute("INSERT INTO kept (id) VALUES (2)");
            op.bulk_insert("kept", ["id"], [[3]]);
            Ok(())
        });
        let error = broken.transaction(mode).upgrade(database.url(), "head").await;
        let text = error.unwrap_err().to_string();
        assert!(
            text.contains("in the statement: INSERT INTO kept (id) VALUES (2)"),
            "{text}"
        );
        assert_eq!(database.fingerprint().await, before);
    }
    let good = two(|op| {
        op.bulk_insert("kept", ["id"], [[1], [2]]);
        op.execute("SELECT * FROM kept");
        op.execute("UPDATE kept SET name = 'it\\'s; x'; UPDATE kept SET id = 5 WHERE id = 2");
        Ok(())
    });
    good.transaction(TransactionMode::Single)
        .upgrade(database.url(), "head")
        .await
        .unwrap();
    assert_eq!(
        database.rows("SELECT id, name FROM kept ORDER BY id").await,
        ["1 | it's; x", "5 | it's; x"]
    );
}

#[tokio::test]
#[ignore = "needs MariaDB: run by cargo xtask test"]
async fn a_single_transaction_is_refused_for_what_changes_tables() {
    let database = TestDatabase::mysql().await;
    let single = two(|_| Ok(())).transaction(TransactionMode::Single);
    let error = single.upgrade(database.url(), "head").await.unwrap_err();
    assert!(
        error
            .to_string()
            .contains("cannot be part of a single transaction"),
        "{error}"
    );
    assert_eq!(database.tables().await, Vec::<String>::new());
}

async fn makes_a_table(db: &mut Db<'_>) -> Result {
    db.execute("CREATE TABLE hidden (id INTEGER)").await?;
    Ok(())
}

/// What a step or a procedure commits is found out, and no version row is written.
#[tokio::test]
#[ignore = "needs MariaDB: run by cargo xtask test"]
async fn a_commit_that_only_the_server_sees_is_found_out() {
    let database = TestDatabase::mysql().await;
    database
        .execute("CREATE PROCEDURE commits() BEGIN SELECT 1; COMMIT; SELECT 2; END")
        .await;
    let step: Record = |op| {
        op.bulk_insert("kept", ["id"], [[1]]);
        op.run("makes a table", makes_a_table);
        Ok(())
    };
    let call: Record = |op| {
        op.bulk_insert("kept", ["id"], [[2]]);
        op.execute("CALL commits()");
        Ok(())
    };
    for second in [step, call] {
        let migrator = two(second);
        let error = migrator.upgrade(database.url(), "head").await.unwrap_err();
        assert!(
            error
                .to_string()
                .contains("this step ended the migration's transaction"),
            "{error}"
        );
        assert_eq!(migrator.rows(database.url()).await.unwrap(), ["a1"]);
    }
}

/// The table as Alembic makes it compares text without regard to case.
#[tokio::test]
#[ignore = "needs MariaDB: run by cargo xtask test"]
async fn ids_that_differ_in_case_are_two() {
    let ids = || {
        migrator(vec![
            migration("abc", &[], |_| Ok(()), |_| Ok(())),
            migration("ABC", &[], |_| Ok(()), |_| Ok(())),
        ])
    };
    let database = TestDatabase::mysql().await;
    ids().upgrade(database.url(), "heads").await.unwrap();
    assert_eq!(ids().rows(database.url()).await.unwrap(), ["ABC", "abc"]);
    ids().downgrade(database.url(), "abc@base").await.unwrap();
    assert_eq!(ids().rows(database.url()).await.unwrap(), ["ABC"]);

    let alembics = TestDatabase::mysql().await;
    alembics
        .execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)")
        .await;
    ids().upgrade(alembics.url(), "abc").await.unwrap();
    // A row that only looks like it is not it.
    alembics
        .execute("UPDATE alembic_version SET version_num = 'ABC'")
        .await;
    ids().downgrade(alembics.url(), "base").await.unwrap();
    assert_eq!(ids().rows(alembics.url()).await.unwrap(), Vec::<String>::new());
}

/// Outside of strict mode the server would cut an id, and say nothing.
#[tokio::test]
#[ignore = "needs MariaDB: run by cargo xtask test"]
async fn an_id_that_does_not_fit_is_refused_also_on_a_connection_of_the_callers() {
    let database = TestDatabase::mysql().await;
    database
        .execute("CREATE TABLE alembic_version (version_num VARCHAR(1) NOT NULL PRIMARY KEY)")
        .await;
    let mut connection = MySqlConnection::connect(database.url()).await.unwrap();
    connection.execute("SET sql_mode = ''").await.unwrap();
    let error = two(|_| Ok(()))
        .upgrade(&mut connection, "head")
        .await
        .unwrap_err();
    assert!(error.to_string().contains("takes only 1"), "{error}");
    assert_eq!(database.tables().await, ["alembic_version"]);
}

#[tokio::test]
#[ignore = "needs MariaDB: run by cargo xtask test"]
async fn a_pool_and_a_connection_can_be_migrated_and_used_afterwards() {
    let database = TestDatabase::mysql().await;
    let migrator = two(|op| {
        op.execute("INSERT INTO nowhere VALUES (1)");
        Ok(())
    });
    let pool = MySqlPool::connect(database.url()).await.unwrap();
    migrator.upgrade(&pool, "a1").await.unwrap();
    pool.execute("SELECT 1 FROM kept").await.unwrap();
    let mut connection = MySqlConnection::connect(database.url()).await.unwrap();
    migrator.upgrade(&mut connection, "head").await.unwrap_err();
    assert_eq!(migrator.rows(&mut connection).await.unwrap(), ["a1"]);
    let mut transaction = connection.begin().await.unwrap();
    let error = migrator.upgrade(&mut *transaction, "head").await.unwrap_err();
    assert!(error.to_string().contains("inside a transaction"), "{error}");
    transaction.rollback().await.unwrap();
    migrator.downgrade(&mut connection, "base").await.unwrap();
    assert_eq!(database.tables().await, ["alembic_version"]);
}

/// The mode of our sessions is known; a trigger keeps it.
#[tokio::test]
#[ignore = "needs MariaDB: run by cargo xtask test"]
async fn triggers_and_functions_are_made_in_a_known_mode() {
    let database = TestDatabase::mysql().await;
    let migrator = two(|op| {
        op.create_trigger(
            "shout",
            "kept",
            Before,
            [Insert],
            "BEGIN SET NEW.name = upper(NEW.name); SET NEW.name = concat(NEW.name, '!'); END",
        );
        op.create_function(
            "twice",
            "x INT",
            "RETURNS INT DETERMINISTIC BEGIN DECLARE y INT; SET y = x; RETURN y + x; END",
        );
        op.create_view("names", "SELECT name FROM kept;");
        op.replace_view("names", "SELECT name, twice(id) AS id FROM kept");
        Ok(())
    });
    migrator.upgrade(database.url(), "head").await.unwrap();
    database.execute("INSERT INTO kept VALUES (4, 'a')").await;
    assert_eq!(database.rows("SELECT * FROM names").await, ["A! | 8"]);
    let modes = "SELECT DISTINCT sql_mode FROM information_schema.triggers WHERE trigger_schema = DATABASE()";
    assert_eq!(
        database.rows(modes).await,
        [
            "ONLY_FULL_GROUP_BY,STRICT_TRANS_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO,\
          NO_ENGINE_SUBSTITUTION"
        ]
    );
}

/// An alteration changes what it names, and nothing else of the column.
#[tokio::test]
#[ignore = "needs MariaDB: run by cargo xtask test"]
async fn an_alteration_of_a_column_keeps_what_it_does_not_name() {
    let database = TestDatabase::mysql().await;
    let migrator = migrator(vec![
        migration(
            "a1",
            &[],
            |op| {
                op.execute(
                    "CREATE TABLE `t``x` (\
                     id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY COMMENT 'a, (b) \\\\ `c`', \
                     `a,b` VARCHAR(20) CHARACTER SET latin1 COLLATE latin1_bin NOT NULL DEFAULT 'it''s, (\\\\' COMMENT 'x', \
                     at TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3), \
                     j JSON, g INT GENERATED ALWAYS AS (id + 1) VIRTUAL, \
                     e ENUM('a', 'b,)') DEFAULT 'a' CHECK (e <> 'b,)'), \
                     KEY (`a,b`))",
                );
                Ok(())
            },
            |_| Ok(()),
        ),
        migration(
            "b1",
            &["a1"],
            |op| {
                op.alter_column("t`x", "id").set_type(bigint());
                op.alter_column("t`x", "a,b")
                    .set_type(varchar(40))
                    .nullable()
                    .rename("c");
                op.alter_column("t`x", "at").comment("when \\ '");
                op.alter_column("t`x", "j").comment("json").rename("k");
                op.alter_column("t`x", "g").comment("next");
                op.alter_column("t`x", "e").comment("which");
                Ok(())
            },
            |_| Ok(()),
        ),
    ]);
    migrator.upgrade(database.url(), "a1").await.unwrap();
    database
        .execute("INSERT INTO `t``x` (j, at) VALUES ('{}', '2001-01-01')")
        .await;
    migrator.upgrade(database.url(), "head").await.unwrap();
    let columns = "SELECT CONCAT_WS(' ', column_name, column_type, is_nullable, column_default, extra, collation_name, \
                   column_comment) FROM information_schema.columns WHERE table_schema = DATABASE() \
                   AND table_name = 't`x' ORDER BY ordinal_position";
    insta::assert_snapshot!(database.rows(columns).await.join("\n"), @r"
    id bigint(20) NO auto_increment a, (b) \ `c`
    c varchar(40) YES 'it''s, (\\'  latin1_bin x
    at timestamp(3) NO current_timestamp(3) on update current_timestamp(3) when \ '
    k longtext YES NULL  utf8mb4_bin json
    g int(11) YES NULL VIRTUAL GENERATED next
    e enum('a','b,)') YES 'a'  utf8mb4_general_ci which
    ");
    let rows = "SELECT id, c, YEAR(at), k, g, e FROM `t``x`";
    assert_eq!(database.rows(rows).await, ["1 | it's, (\\ | 2001 | {} | 2 | a"]);
    let checks = "SELECT check_clause FROM information_schema.check_constraints \
                  WHERE constraint_schema = DATABASE() ORDER BY 1";
    assert_eq!(database.rows(checks).await, ["json_valid(`k`)", "`e` <> 'b,)'"]);
}

/// One statement, which names a column once and whose failure leaves every column as it was.
#[tokio::test]
#[ignore = "needs MariaDB: run by cargo xtask test"]
async fn alterations_of_one_table_are_all_done_or_none() {
    let database = TestDatabase::mysql().await;
    let migrator = two(|op| {
        op.alter_column("kept", "id").set_type(bigint()).comment("first");
        op.alter_column("kept", "name").set_type(varchar(50));
        op.alter_column("kept", "id").comment("then");
        op.alter_column("kept", "name").not_null().rename("title");
        op.alter_column("kept", "title").comment("a title");
        Ok(())
    });
    migrator.upgrade(database.url(), "a1").await.unwrap();
    database.execute("INSERT INTO kept (id) VALUES (1)").await;
    let columns = "SELECT column_name, column_type, is_nullable, column_comment FROM information_schema.columns \
                   WHERE table_schema = DATABASE() AND table_name = 'kept' ORDER BY ordinal_position";
    let before = database.rows(columns).await;
    let error = migrator.upgrade(database.url(), "head").await.unwrap_err();
    assert!(
        error
            .to_string()
            .contains("in the statement: ALTER TABLE `kept` MODIFY COLUMN `id` BIGINT"),
        "{error}"
    );
    assert_eq!(database.rows(columns).await, before);
    database.execute("UPDATE kept SET name = 'a'").await;
    migrator.upgrade(database.url(), "head").await.unwrap();
    assert_eq!(
        database.rows(columns).await,
        [
            "id | bigint(20) | NO | then",
            "title | varchar(50) | NO | a title"
        ]
    );
}

#[tokio::test]
#[ignore = "needs MariaDB: run by cargo xtask test"]
async fn a_column_goes_with_its_foreign_key_and_a_table_that_is_not_there_is_told_at_its_place() {
    let database = TestDatabase::mysql().await;
    database
        .execute(
            "CREATE TABLE orgs (id INTEGER PRIMARY KEY); CREATE TABLE `it``s` (a INTEGER, `b`` (,` INTEGER, c INTEGER, \
            FOREIGN KEY (c) REFERENCES orgs (id), CONSTRAINT `x``y` FOREIGN KEY (`b`` (,`) REFERENCES orgs (id), \
            CONSTRAINT z FOREIGN KEY (`b`` (,`) REFERENCES orgs (id))",
        )
        .await;
    let dropping = two(|op| {
        op.alter_column("it`s", "a").not_null();
        op.drop_column("it`s", "b` (,");
        Ok(())
    });
    dropping.upgrade(database.url(), "head").await.unwrap();
    let keys = "SELECT column_name FROM information_schema.key_column_usage \
        WHERE table_schema = DATABASE() AND table_name = 'it`s'";
    assert_eq!(database.rows(keys).await, ["c"]);

    let database = TestDatabase::mysql().await;
    let error = dropping.upgrade(database.url(), "head").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Migration);
    let error = error.to_string();
    assert!(error.contains("runtime/mysql.rs:"), "{error}");
    assert!(error.contains("it`s' doesn't exist (code 1146/42S02)"), "{error}");
}
