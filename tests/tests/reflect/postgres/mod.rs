//! Reading a database: what was made by directives is read back as what they say.

mod recorded;
mod spelled;

use migrate_core::autogenerate::{compare, settle};
use migrate_core::dialect::{Dialect, Scope, for_scheme};
use migrate_core::prelude::*;
use migrate_core::schema::{Metadata, qualified};
use migrate_core::sqlx::{Connection, PgConnection};
use migrate_tests::TestDatabase;
use migrate_tests::described::{described, sorted};
use migrate_tests::migrations::{migration, migrator};
use migrate_tests::proxy::Proxy;
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;

use crate::compared::{same, statements};
use crate::server::{read, send};

pub(crate) fn postgres() -> &'static dyn Dialect {
    for_scheme("postgres").unwrap()
}

/// A server's database, and descriptions made on it one after the other.
async fn on_a_server(cases: u32, test: impl AsyncFn(&mut PgConnection, &str, Metadata, Metadata)) {
    let database = TestDatabase::postgres().await;
    let mut connection = PgConnection::connect(database.url()).await.unwrap();
    let mut runner = TestRunner::new(ProptestConfig {
        cases,
        ..ProptestConfig::default()
    });
    for _ in 0..cases {
        let pair = (described(), described())
            .new_tree(&mut runner)
            .unwrap()
            .current();
        let clear = [
            "DROP SCHEMA public CASCADE".to_owned(),
            "CREATE SCHEMA public".to_owned(),
        ];
        send(&mut connection, &clear).await.unwrap();
        test(&mut connection, database.url(), pair.0, pair.1).await;
    }
}

#[tokio::test]
#[ignore = "needs PostgreSQL: run by cargo xtask test"]
async fn what_is_created_is_read_back_and_what_is_found_leads_there() {
    on_a_server(60, async |connection, url, one, other| {
        let found = compare(&Metadata::default(), &one);
        assert_eq!(found.open, []);
        send(
            connection,
            &statements(postgres(), &Metadata::default(), &found.operations),
        )
        .await
        .unwrap();
        let there = read(url).await;
        same(&postgres().normal(&there), &postgres().normal(&one));
        assert_eq!(compare(&settle(postgres(), &there, &one), &one).operations, []);

        let settled = settle(postgres(), &there, &other);
        let found = compare(&settled, &other);
        if !found.open.is_empty() {
            return;
        }
        send(connection, &statements(postgres(), &settled, &found.operations))
            .await
            .map_err(|error| {
                let done: Vec<String> = found.operations.iter().map(ToString::to_string).collect();
                panic!(
                    "{error}
{done:#?}"
                )
            })
            .unwrap();
        let there = sorted(&postgres().normal(&read(url).await));
        let wanted = sorted(&postgres().normal(&other));
        same(&there, &wanted);
    })
    .await;
}

#[tokio::test]
#[ignore = "needs PostgreSQL: run by cargo xtask test"]
async fn a_database_is_asked_once_however_much_it_holds() {
    let database = TestDatabase::postgres().await;
    let asked = async || {
        let proxy = Proxy::before(&database).await;
        let read = read(proxy.url()).await;
        (read.tables.len(), proxy.round_trips())
    };
    // The login, and the queries in one message.
    assert_eq!(asked().await, (0, 2));
    let tables = (0..50).map(|n| format!("CREATE TABLE t{n} (id INTEGER PRIMARY KEY, name TEXT UNIQUE);"));
    database.execute(&tables.collect::<String>()).await;
    assert_eq!(asked().await, (50, 2));
}

#[tokio::test]
#[ignore = "needs PostgreSQL: run by cargo xtask test"]
async fn names_say_their_schema_unless_it_is_the_current_one() {
    let mut op = Op::new();
    op.create_schema("auth");
    op.create_enum(enumeration(qualified("auth", "kind"), ["x", "y"]));
    op.create_sequence(qualified("auth", "numbers"));
    op.create_table("orgs", |t| {
        t.column("id", integer()).primary_key();
        t.column(
            "kind",
            enumeration(qualified("auth", "kind"), ["x", "y"]).existing(),
        )
        .server_default("x");
    });
    op.create_table(qualified("auth", "users"), |t| {
        t.column("id", integer()).primary_key().references("orgs", "id");
        t.column("boss", integer())
            .references(qualified("auth", "users"), "id");
        t.column("number", bigint())
            .server_default(sql("nextval('auth.numbers')"));
        t.check("users.boss <> users.id");
    });
    op.create_index(None, qualified("auth", "users"), ["boss"]);
    let database = TestDatabase::postgres().await;
    let recorded = op.finish();
    let mut described = Metadata::default();
    for recorded in &recorded {
        described.apply(&recorded.operation).unwrap();
    }
    database.execute(&postgres().script(&recorded).unwrap()).await;
    let migrator = migrator(vec![migration("a", &[], |_| Ok(()), |_| Ok(()))]);
    let read = async |scope| migrator.reflect(database.url(), &scope).await.unwrap().metadata;

    let both = read(Scope::Schemas(vec!["auth".into(), "public".into()])).await;
    same(&postgres().normal(&both), &postgres().normal(&described));
    assert_eq!(
        compare(&settle(postgres(), &both, &described), &described).operations,
        []
    );

    let current = read(Scope::Current).await;
    let names: Vec<String> = current.tables.keys().map(ToString::to_string).collect();
    assert_eq!(names, ["orgs"]);
    assert_eq!(
        current.tables,
        both.tables
            .into_iter()
            .filter(|(name, _)| name.schema.is_none())
            .collect()
    );
    assert!(current.enumerations.is_empty());

    let none = read(Scope::Schemas(vec!["it's not there".into(), "pg_catalog".into()])).await;
    assert_eq!(none, Metadata::default());
}
