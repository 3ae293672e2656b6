//! Offline SQL: what the clients make of a script is what a live run makes, or nothing at all.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod guards;
mod hostile;
mod rebuilds;
mod refused;
mod same;

use migrate_core::prelude::*;
use migrate_core::{Migrator, TransactionMode};
use migrate_graph::Heads;
use migrate_tests::migrations::{migration, migrator};

/// What one transaction may span, where tables are changed in one.
const BOTH: [TransactionMode; 2] = [TransactionMode::PerMigration, TransactionMode::Single];

async fn fill(db: &mut Db<'_>) -> Result {
    db.execute("UPDATE people SET name = 'somebody'").await?;
    Ok(())
}

fn first(op: &mut Op) -> Result {
    op.execute("CREATE TABLE people (id INTEGER PRIMARY KEY, name TEXT) -- the first");
    op.execute("INSERT INTO people (id, name) VALUES (1, 'a;b'), (2, '-- c');");
    Ok(())
}

fn second(op: &mut Op) -> Result {
    op.run("fill", fill).sql("UPDATE people SET name = 'somebody'");
    op.execute("CREATE INDEX ix_people_name ON people (id)");
    Ok(())
}

fn both() -> Migrator {
    migrator(vec![
        migration("a1", &[], first, |op| {
            op.execute("DROP TABLE people");
            Ok(())
        }),
        migration("b1", &["a1"], second, |op| {
            op.drop_index("ix_people_name", "people");
            Ok(())
        }),
    ])
}

/// The script of an upgrade from base to head.
async fn script(migrator: &Migrator, scheme: &str) -> String {
    migrator
        .script_upgrade(scheme, &Heads::default(), "head")
        .await
        .unwrap()
}

/// The heads of these rows.
fn at(migrator: &Migrator, rows: &[&str]) -> Heads {
    let rows: Vec<String> = rows.iter().map(ToString::to_string).collect();
    migrator.read_heads(&rows).unwrap()
}

#[tokio::test]
async fn a_script_shows_transactions_comments_and_version_rows_as_alembic_does() {
    insta::assert_snapshot!(script(&both(), "postgres").await, @r#"
    -- For PostgreSQL, to be run by psql

    \set ON_ERROR_STOP on
    \set AUTOCOMMIT on

    SET client_encoding = 'UTF8';

    SET standard_conforming_strings = on;

    SET statement_timeout = 0;

    BEGIN;

    CREATE TABLE IF NOT EXISTS "alembic_version" (
        version_num VARCHAR(32) NOT NULL,
        CONSTRAINT "alembic_version_pkc" PRIMARY KEY (version_num)
    );

    DO $guard0$BEGIN LOCK TABLE "alembic_version" IN SHARE ROW EXCLUSIVE MODE; IF NOT ((SELECT count(*) FROM "alembic_version") = 0) THEN RAISE EXCEPTION 'this script starts from base, and the database is not there'; END IF; END$guard0$;

    -- Running upgrade  -> a1

    CREATE TABLE people (id INTEGER PRIMARY KEY, name TEXT) -- the first
    ;

    INSERT INTO people (id, name) VALUES (1, 'a;b'), (2, '-- c');

    INSERT INTO "alembic_version" (version_num) VALUES ('a1');

    COMMIT;

    BEGIN;

    DO $guard0$BEGIN LOCK TABLE "alembic_version" IN SHARE ROW EXCLUSIVE MODE; IF NOT ((SELECT count(*) FROM "alembic_version") = 1 AND (SELECT count(*) FROM "alembic_version" WHERE version_num IN ('a1')) = 1) THEN RAISE EXCEPTION 'this script starts from a1, and the database is not there'; END IF; END$guard0$;

    -- Running upgrade a1 -> b1

    UPDATE people SET name = 'somebody';

    CREATE INDEX ix_people_name ON people (id);

    UPDATE "alembic_version" SET version_num='b1' WHERE "alembic_version".version_num = 'a1';

    COMMIT;
    "#);
    insta::assert_snapshot!(script(&both(), "mysql").await, @"
    -- For MySQL and MariaDB, to be run by mysql or mariadb

    SET NAMES utf8mb4;

    SET SESSION sql_mode = 'ONLY_FULL_GROUP_BY,STRICT_TRANS_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION';

    CREATE TABLE IF NOT EXISTS `alembic_version` (
        version_num VARCHAR(32) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
        CONSTRAINT `alembic_version_pkc` PRIMARY KEY (version_num)
    ) ENGINE=InnoDB;

    SELECT IF(count(*) = 0, 'DO 0', 'SELECT `this script starts from base, and the database is not there`') INTO @migrate_guard FROM `alembic_version` FOR UPDATE;

    PREPARE migrate_guard FROM @migrate_guard;

    EXECUTE migrate_guard;

    DEALLOCATE PREPARE migrate_guard;

    -- Running upgrade  -> a1

    CREATE TABLE people (id INTEGER PRIMARY KEY, name TEXT) -- the first
    ;

    START TRANSACTION;

    SELECT IF(count(*) = 0, 'DO 0', 'SELECT `this script starts from base, and the database is not there`') INTO @migrate_guard FROM `alembic_version` FOR UPDATE;

    PREPARE migrate_guard FROM @migrate_guard;

    EXECUTE migrate_guard;

    DEALLOCATE PREPARE migrate_guard;

    INSERT INTO people (id, name) VALUES (1, 'a;b'), (2, '-- c');

    INSERT INTO `alembic_version` (version_num) VALUES ('a1');

    COMMIT;

    START TRANSACTION;

    SELECT IF(count(*) = 1 AND coalesce(sum(version_num = _utf8mb4'a1' COLLATE utf8mb4_bin), 0) = 1, 'DO 0', 'SELECT `this script starts from a1, and the database is not there`') INTO @migrate_guard FROM `alembic_version` FOR UPDATE;

    PREPARE migrate_guard FROM @migrate_guard;

    EXECUTE migrate_guard;

    DEALLOCATE PREPARE migrate_guard;

    -- Running upgrade a1 -> b1

    UPDATE people SET name = 'somebody';

    COMMIT;

    CREATE INDEX ix_people_name ON people (id);

    START TRANSACTION;

    SELECT IF(count(*) = 1 AND coalesce(sum(version_num = _utf8mb4'a1' COLLATE utf8mb4_bin), 0) = 1, 'DO 0', 'SELECT `this script starts from a1, and the database is not there`') INTO @migrate_guard FROM `alembic_version` FOR UPDATE;

    PREPARE migrate_guard FROM @migrate_guard;

    EXECUTE migrate_guard;

    DEALLOCATE PREPARE migrate_guard;

    UPDATE `alembic_version` SET version_num='b1' WHERE `alembic_version`.version_num = _utf8mb4'a1' COLLATE utf8mb4_bin;

    COMMIT;
    ");
    insta::assert_snapshot!(script(&both(), "sqlite").await, @r#"
    -- For SQLite, to be run by sqlite3

    .bail on

    PRAGMA foreign_keys = ON;

    BEGIN IMMEDIATE;

    CREATE TABLE IF NOT EXISTS "alembic_version" (
        version_num VARCHAR(32) NOT NULL,
        CONSTRAINT "alembic_version_pkc" PRIMARY KEY (version_num)
    );

    CREATE TABLE temp.migrate_guard (ok CONSTRAINT "this script starts from base, and the database is not there" CHECK (ok));

    INSERT INTO temp.migrate_guard VALUES ((SELECT count(*) FROM "alembic_version") = 0);

    DROP TABLE temp.migrate_guard;

    -- Running upgrade  -> a1

    CREATE TABLE people (id INTEGER PRIMARY KEY, name TEXT) -- the first
    ;

    INSERT INTO people (id, name) VALUES (1, 'a;b'), (2, '-- c');

    INSERT INTO "alembic_version" (version_num) VALUES ('a1');

    COMMIT;

    BEGIN IMMEDIATE;

    CREATE TABLE temp.migrate_guard (ok CONSTRAINT "this script starts from a1, and the database is not there" CHECK (ok));

    INSERT INTO temp.migrate_guard VALUES ((SELECT count(*) FROM "alembic_version") = 1 AND (SELECT count(*) FROM "alembic_version" WHERE version_num IN ('a1')) = 1);

    DROP TABLE temp.migrate_guard;

    -- Running upgrade a1 -> b1

    UPDATE people SET name = 'somebody';

    CREATE INDEX ix_people_name ON people (id);

    UPDATE "alembic_version" SET version_num='b1' WHERE "alembic_version".version_num = 'a1';

    COMMIT;
    "#);
}

#[tokio::test]
async fn a_script_has_a_transaction_around_what_takes_one_and_none_around_the_rest() {
    let migrator = migrator(vec![migration(
        "a1",
        &[],
        |op| {
            op.execute("CREATE TABLE people (id INTEGER)");
            op.autocommit(|op| {
                op.execute("VACUUM people; ANALYZE people");
            });
            op.add_enum_value("mood", "new");
            op.execute("SELECT 'new'::mood");
            Ok(())
        },
        |op| {
            op.autocommit(|op| {
                op.execute("VACUUM");
            });
            Ok(())
        },
    )]);
    let a1 = at(&migrator, &["a1"]);
    let down = migrator.script_downgrade("postgres", &a1, "base");
    let scripts = format!(
        "{}-- and back\n\n{}",
        script(&migrator, "postgres").await,
        down.await.unwrap()
    );
    insta::assert_snapshot!(scripts, @r#"
    -- For PostgreSQL, to be run by psql

    \set ON_ERROR_STOP on
    \set AUTOCOMMIT on

    SET client_encoding = 'UTF8';

    SET standard_conforming_strings = on;

    SET statement_timeout = 0;

    BEGIN;

    CREATE TABLE IF NOT EXISTS "alembic_version" (
        version_num VARCHAR(32) NOT NULL,
        CONSTRAINT "alembic_version_pkc" PRIMARY KEY (version_num)
    );

    DO $guard0$BEGIN LOCK TABLE "alembic_version" IN SHARE ROW EXCLUSIVE MODE; IF NOT ((SELECT count(*) FROM "alembic_version") = 0) THEN RAISE EXCEPTION 'this script starts from base, and the database is not there'; END IF; END$guard0$;

    -- Running upgrade  -> a1

    CREATE TABLE people (id INTEGER);

    COMMIT;

    VACUUM people;

    ANALYZE people;

    BEGIN;

    DO $guard0$BEGIN LOCK TABLE "alembic_version" IN SHARE ROW EXCLUSIVE MODE; IF NOT ((SELECT count(*) FROM "alembic_version") = 0) THEN RAISE EXCEPTION 'this script starts from base, and the database is not there'; END IF; END$guard0$;

    ALTER TYPE "mood" ADD VALUE 'new';

    COMMIT;

    BEGIN;

    DO $guard0$BEGIN LOCK TABLE "alembic_version" IN SHARE ROW EXCLUSIVE MODE; IF NOT ((SELECT count(*) FROM "alembic_version") = 0) THEN RAISE EXCEPTION 'this script starts from base, and the database is not there'; END IF; END$guard0$;

    SELECT 'new'::mood;

    INSERT INTO "alembic_version" (version_num) VALUES ('a1');

    COMMIT;

    -- and back

    -- For PostgreSQL, to be run by psql

    \set ON_ERROR_STOP on
    \set AUTOCOMMIT on

    SET client_encoding = 'UTF8';

    SET standard_conforming_strings = on;

    SET statement_timeout = 0;

    DO $guard0$BEGIN LOCK TABLE "alembic_version" IN SHARE ROW EXCLUSIVE MODE; IF NOT ((SELECT count(*) FROM "alembic_version") = 1 AND (SELECT count(*) FROM "alembic_version" WHERE version_num IN ('a1')) = 1) THEN RAISE EXCEPTION 'this script starts from a1, and the database is not there'; END IF; END$guard0$;

    -- Running downgrade a1 -> 

    VACUUM;

    BEGIN;

    DO $guard0$BEGIN LOCK TABLE "alembic_version" IN SHARE ROW EXCLUSIVE MODE; IF NOT ((SELECT count(*) FROM "alembic_version") = 1 AND (SELECT count(*) FROM "alembic_version" WHERE version_num IN ('a1')) = 1) THEN RAISE EXCEPTION 'this script starts from a1, and the database is not there'; END IF; END$guard0$;

    DELETE FROM "alembic_version" WHERE "alembic_version".version_num = 'a1';

    COMMIT;
    "#);
}
