//! The version table as others may have left it, or named it.

use migrate_core::prelude::*;
use migrate_core::{Error, ErrorKind, Migrator, TransactionMode};
use migrate_tests::TestDatabase;
use migrate_tests::migrations::{migration, migrator};

const MODES: [TransactionMode; 2] = [TransactionMode::PerMigration, TransactionMode::Single];

/// Where each change of tables commits, these are no single transaction.
fn modes(database: &TestDatabase) -> impl Iterator<Item = TransactionMode> {
    let count = if database.is_mysql() { 1 } else { MODES.len() };
    MODES.into_iter().take(count)
}

fn make(op: &mut Op, table: &'static str) -> Result {
    op.execute(format!("CREATE TABLE {table} (id INTEGER PRIMARY KEY)"));
    Ok(())
}

fn unmake(op: &mut Op, table: &'static str) -> Result {
    op.execute(format!("DROP TABLE {table}"));
    Ok(())
}

/// Two migrations, of which the second has an id of twelve characters.
fn two() -> Migrator {
    migrator(vec![
        migration("r1", &[], |op| make(op, "one"), |op| unmake(op, "one")),
        migration(
            "r2_long_name",
            &["r1"],
            |op| make(op, "two"),
            |op| unmake(op, "two"),
        ),
    ])
}

fn hints(error: &Error) -> Vec<String> {
    if let Error::Resolve(error) = error {
        error.hints()
    } else {
        Vec::new()
    }
}

/// What each kind of wrong row is answered with, whoever asks; nothing is changed by it, and a purge repairs it.
pub(crate) async fn a_wrong_row_is_refused_in_its_own_words_until_a_purge(database: TestDatabase) {
    let text = [
        (
            "('zzz')",
            "'zzz'",
            "the database has it and the revisions here do not",
        ),
        ("('')", "''", "no revision can have such an id"),
        ("(' r1')", "' r1'", "but for case or white space it is r1:"),
        ("('r1 ')", "'r1 '", "but for case or white space it is r1:"),
        ("('R1')", "'R1'", "but for case or white space it is r1:"),
        ("(NULL)", "'(NULL)'", "no revision can have such an id"),
        (
            "('r1'), ('r1')",
            "more than one row of r1",
            "its primary key is missing",
        ),
        ("('r1'), (NULL)", "'(NULL)'", "no revision can have such an id"),
    ];
    let sqlite = [
        ("(x'7231')", "'(2 bytes)'", "no revision can have such an id"),
        ("(12)", "'(12)'", "no revision can have such an id"),
    ];
    // A column without a type keeps what it is given.
    let column = if database.is_postgres() {
        "version_num VARCHAR(32)"
    } else {
        "version_num"
    };
    database
        .execute(&format!("CREATE TABLE alembic_version ({column})"))
        .await;
    let cases = text
        .iter()
        .chain(&sqlite[..if database.is_postgres() { 0 } else { 2 }]);
    for (rows, message, hint) in cases {
        database
            .execute(&format!(
                "DELETE FROM alembic_version; INSERT INTO alembic_version VALUES {rows}"
            ))
            .await;
        let before = database.fingerprint().await;
        let url = database.url();
        for mode in MODES {
            let migrator = two().transaction(mode);
            for error in [
                migrator.current(url).await.unwrap_err(),
                migrator.upgrade(url, "head").await.unwrap_err(),
                migrator.downgrade(url, "base").await.unwrap_err(),
                migrator.stamp(url, &["head"]).await.unwrap_err(),
            ] {
                assert!(error.to_string().contains(message), "{rows}: {error}");
                assert!(hints(&error)[0].starts_with(hint), "{rows}: {:?}", hints(&error));
            }
            assert_eq!(database.fingerprint().await, before);
            migrator.stamp_purged(url, &["r1"]).await.unwrap();
            assert_eq!(migrator.rows(url).await.unwrap(), ["r1"], "{rows}");
            database
                .execute(&format!(
                    "DELETE FROM alembic_version; INSERT INTO alembic_version VALUES {rows}"
                ))
                .await;
        }
    }
    database
        .execute("DELETE FROM alembic_version; INSERT INTO alembic_version VALUES ('r1')")
        .await;
    two().upgrade(database.url(), "head").await.unwrap();
    assert_eq!(database.tables().await, ["alembic_version", "two"]);
}

pub(crate) async fn an_id_that_does_not_fit_is_refused_before_anything_is_sent(database: TestDatabase) {
    for mode in MODES {
        database
            .execute("CREATE TABLE alembic_version (version_num VARCHAR(10) NOT NULL PRIMARY KEY)")
            .await;
        let before = database.fingerprint().await;
        let migrator = two().transaction(mode);
        let upgraded = migrator.upgrade(database.url(), "head").await;
        if database.is_postgres() {
            let error = upgraded.unwrap_err();
            let expected = "revision `r2_long_name` has 12 characters, and `version_num` of `alembic_version` takes \
                            only 10: make the column a VARCHAR(32)";
            assert_eq!(error.to_string(), expected);
            assert_eq!(error.kind(), ErrorKind::Migration);
            assert_eq!(database.fingerprint().await, before);
            let stamped = migrator.stamp(database.url(), &["head"]).await;
            assert!(stamped.is_err());
            // What fits is done.
            migrator.upgrade(database.url(), "r1").await.unwrap();
        } else {
            // SQLite holds no column to a length.
            upgraded.unwrap();
        }
        migrator.downgrade(database.url(), "base").await.unwrap();
        database.execute("DROP TABLE alembic_version").await;
    }
}

pub(crate) async fn a_table_without_the_column_is_the_databases_own_error(database: TestDatabase) {
    database
        .execute("CREATE TABLE alembic_version (id INTEGER)")
        .await;
    let before = database.fingerprint().await;
    for mode in MODES {
        let error = two()
            .transaction(mode)
            .upgrade(database.url(), "head")
            .await
            .unwrap_err();
        assert!(error.to_string().contains("version_num"), "{error}");
    }
    assert_eq!(database.fingerprint().await, before);
}

pub(crate) async fn more_columns_of_others_are_left_alone(database: TestDatabase) {
    database
        .execute(
            "CREATE TABLE alembic_version (note TEXT DEFAULT 'by us', version_num VARCHAR(32) PRIMARY KEY)",
        )
        .await;
    two().upgrade(database.url(), "head").await.unwrap();
    assert_eq!(
        database.rows("SELECT * FROM alembic_version").await,
        ["by us | r2_long_name"]
    );
}

/// On PostgreSQL a plain view is as good as its table; on SQLite it takes no row.
pub(crate) async fn a_view_in_its_place_changes_nothing_or_works(database: TestDatabase) {
    database
        .execute(
            "CREATE TABLE versions (version_num VARCHAR(32) PRIMARY KEY); \
             CREATE VIEW alembic_version AS SELECT version_num FROM versions",
        )
        .await;
    let before = database.fingerprint().await;
    for mode in MODES {
        let migrator = two().transaction(mode);
        let upgraded = migrator.upgrade(database.url(), "head").await;
        if database.is_postgres() {
            upgraded.unwrap();
            assert_eq!(
                database.rows("SELECT version_num FROM versions").await,
                ["r2_long_name"]
            );
            migrator.downgrade(database.url(), "base").await.unwrap();
        } else {
            let error = upgraded.unwrap_err();
            assert!(error.to_string().contains("it is a view"), "{error}");
        }
        assert_eq!(database.fingerprint().await, before);
    }
}

/// A name is quoted wherever it stands: in the table's DDL, in its rows' changes, in the search for it.
pub(crate) async fn a_version_table_may_have_any_name(database: TestDatabase) {
    let longest = "v".repeat(63);
    for name in ["my \"odd\" table", "it's; --", "$$guard0$$\\", "Größe", &longest] {
        for mode in modes(&database) {
            let migrator = two().transaction(mode).version_table(name, None);
            let url = database.url();
            assert!(!migrator.current(url).await.unwrap().at_heads);
            migrator.upgrade(url, "head").await.unwrap();
            assert!(migrator.current(url).await.unwrap().at_heads, "{name}");
            assert!(database.tables().await.contains(&name.to_owned()));
            migrator.downgrade(url, "base").await.unwrap();
            assert_eq!(migrator.rows(url).await.unwrap(), Vec::<String>::new());
        }
        database
            .execute(&format!("DROP TABLE {}", database.quoted(name)))
            .await;
        assert_eq!(database.tables().await, Vec::<String>::new());
    }
}

pub(crate) async fn a_schema_that_does_not_exist_is_named_and_nothing_is_made(database: TestDatabase) {
    for mode in modes(&database) {
        let migrator = two()
            .transaction(mode)
            .version_table("alembic_version", Some("now\"here"));
        let error = migrator.upgrade(database.url(), "head").await.unwrap_err();
        assert!(error.to_string().contains("now\"here"), "{error}");
        assert_eq!(database.tables().await, Vec::<String>::new());
    }
}
