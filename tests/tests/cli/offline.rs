//! `--sql`.

use super::Fixture;

#[test]
fn a_script_goes_from_there_to_there() {
    let fixture = Fixture::new("chain");
    insta::assert_snapshot!(fixture.session(&[
        "upgrade +1 --sql",
        "upgrade 1a2b3c4d:1a2b9999 --sql",
        "downgrade 1a2b9999:1a2b3c4d --sql",
        "stamp 1a2b3c4d:head --sql",
        "ensure-version --sql",
    ]), @r#"
    $ migrate upgrade +1 --sql
    exit code 0
    --- stdout
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

    -- Running upgrade  -> 1a2b3c4d

    CREATE TABLE users (id INTEGER PRIMARY KEY);

    INSERT INTO "alembic_version" (version_num) VALUES ('1a2b3c4d');

    COMMIT;

    $ migrate upgrade 1a2b3c4d:1a2b9999 --sql
    exit code 0
    --- stdout
    -- For SQLite, to be run by sqlite3

    .bail on

    PRAGMA foreign_keys = ON;

    BEGIN IMMEDIATE;

    CREATE TABLE temp.migrate_guard (ok CONSTRAINT "this script starts from 1a2b3c4d, and the database is not there" CHECK (ok));

    INSERT INTO temp.migrate_guard VALUES ((SELECT count(*) FROM "alembic_version") = 1 AND (SELECT count(*) FROM "alembic_version" WHERE version_num IN ('1a2b3c4d')) = 1);

    DROP TABLE temp.migrate_guard;

    -- Running upgrade 1a2b3c4d -> 1a2b9999

    ALTER TABLE users ADD COLUMN email VARCHAR(255);

    UPDATE "alembic_version" SET version_num='1a2b9999' WHERE "alembic_version".version_num = '1a2b3c4d';

    COMMIT;

    $ migrate downgrade 1a2b9999:1a2b3c4d --sql
    exit code 0
    --- stdout
    -- For SQLite, to be run by sqlite3

    .bail on

    PRAGMA foreign_keys = ON;

    BEGIN IMMEDIATE;

    CREATE TABLE temp.migrate_guard (ok CONSTRAINT "this script starts from 1a2b9999, and the database is not there" CHECK (ok));

    INSERT INTO temp.migrate_guard VALUES ((SELECT count(*) FROM "alembic_version") = 1 AND (SELECT count(*) FROM "alembic_version" WHERE version_num IN ('1a2b9999')) = 1);

    DROP TABLE temp.migrate_guard;

    -- Running downgrade 1a2b9999 -> 1a2b3c4d

    ALTER TABLE users DROP COLUMN email;

    UPDATE "alembic_version" SET version_num='1a2b3c4d' WHERE "alembic_version".version_num = '1a2b9999';

    COMMIT;

    $ migrate stamp 1a2b3c4d:head --sql
    exit code 0
    --- stdout
    -- For SQLite, to be run by sqlite3

    .bail on

    PRAGMA foreign_keys = ON;

    BEGIN IMMEDIATE;

    CREATE TABLE temp.migrate_guard (ok CONSTRAINT "this script starts from 1a2b3c4d, and the database is not there" CHECK (ok));

    INSERT INTO temp.migrate_guard VALUES ((SELECT count(*) FROM "alembic_version") = 1 AND (SELECT count(*) FROM "alembic_version" WHERE version_num IN ('1a2b3c4d')) = 1);

    DROP TABLE temp.migrate_guard;

    -- Running stamp_revision 1a2b3c4d -> 7c8d9e0f

    UPDATE "alembic_version" SET version_num='7c8d9e0f' WHERE "alembic_version".version_num = '1a2b3c4d';

    COMMIT;

    $ migrate ensure-version --sql
    exit code 0
    --- stdout
    -- For SQLite, to be run by sqlite3

    .bail on

    PRAGMA foreign_keys = ON;

    CREATE TABLE IF NOT EXISTS "alembic_version" (
        version_num VARCHAR(32) NOT NULL,
        CONSTRAINT "alembic_version_pkc" PRIMARY KEY (version_num)
    );
    "#);
    assert!(!fixture.has_database());
}

#[test]
fn a_scheme_is_enough_to_choose_the_dialect() {
    let fixture = Fixture::new("chain");
    let script =
        fixture.run("upgrade head --sql --database-url postgres://nobody:hunter2@nowhere.invalid/app");
    assert_eq!(script.code, Some(0), "{script}");
    assert!(script.stdout.contains("-- Running upgrade 1a2b3c4d -> 1a2b9999"));
    assert!(!script.to_string().contains("hunter2"));
    assert_eq!(
        fixture.run("upgrade head --sql --database-url postgres:").stdout,
        script.stdout
    );
}

#[test]
fn what_no_script_can_say_is_refused() {
    insta::assert_snapshot!(Fixture::new("branches").session(&[
        "downgrade base --sql",
        "downgrade head: --sql",
        "upgrade a:b",
        "upgrade aaaa:bbbb --sql --from base",
        "upgrade a:b:c --sql",
        "stamp aaaa:cart bbbb:stock --sql",
        "stamp head --purge --sql",
    ]), @"
    $ migrate downgrade base --sql
    exit code 2
    --- stderr
    error: downgrade with --sql requires <fromrev>:<torev>

    $ migrate downgrade head: --sql
    exit code 2
    --- stderr
    error: downgrade with --sql requires <fromrev>:<torev>

    $ migrate upgrade a:b
    exit code 2
    --- stderr
    error: Range revision not allowed
    hint: `--sql` takes `A:B`; a plan takes where it starts from `--from A`

    $ migrate upgrade aaaa:bbbb --sql --from base
    exit code 2
    --- stderr
    error: a range `A:B` and `--from` both say where to start

    $ migrate upgrade a:b:c --sql
    exit code 2
    --- stderr
    error: 'a:b:c' is no range: it is written `A:B`

    $ migrate stamp aaaa:cart bbbb:stock --sql
    exit code 2
    --- stderr
    error: Stamp operation with --sql only supports a single starting revision at a time

    $ migrate stamp head --purge --sql
    exit code 2
    --- stderr
    error: Can't use --purge with --sql mode
    hint: a script cannot know which rows there are; `--purge --plan` asks the database
    ");
    insta::assert_snapshot!(Fixture::new("slow").run("upgrade head --sql"), @r#"
    exit code 3
    --- stderr
    error: migration `51051051`: fixtures/slow/wait.rs:11: data step `wait` cannot be written as SQL: give it a SQL form with `.sql("...")`, or run this migration on a live database
    "#);
}
