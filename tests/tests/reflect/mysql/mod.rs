//! Reading MariaDB: what was made by directives is read back as what they say.

mod numbering;
mod recorded;
mod spelled;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use migrate_core::autogenerate::{compare, difference, settle};
use migrate_core::dialect::{Dialect, Scope, for_scheme};
use migrate_core::prelude::*;
use migrate_core::schema::{Constraint, Metadata, QualifiedName, Table, Type};
use migrate_core::sqlx::{Connection, MySqlConnection};
use migrate_tests::TestDatabase;
use migrate_tests::described::{described, sorted};
use migrate_tests::migrations::{migration, migrator};
use migrate_tests::proxy::Proxy;
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;

use crate::compared::{same, statements};
use crate::server::{read, send};

pub(crate) fn mysql() -> &'static dyn Dialect {
    for_scheme("mysql").unwrap()
}

#[tokio::test]
#[ignore = "needs MariaDB: run by cargo xtask test"]
async fn names_say_their_schema_unless_it_is_the_current_one() {
    let (database, other) = (TestDatabase::mysql().await, TestDatabase::mysql().await);
    let name = |database: &TestDatabase| database.url().rsplit('/').next().unwrap().to_owned();
    let (current, schema) = (name(&database), name(&other));
    let (current, schema) = (current.as_str(), schema.as_str());
    let mut op = Op::new();
    op.create_table("orgs", |t| {
        t.column("id", integer()).primary_key();
        t.check("orgs.id > 0");
    });
    op.create_table(qualified(schema, "users"), |t| {
        t.column("id", integer()).primary_key();
        t.column("boss", integer())
            .references(qualified(schema, "users"), "id");
        t.check("users.boss <> users.id");
    });
    op.create_index(Some("ix_boss"), qualified(schema, "users"), ["boss", "id"]);
    let described = make(&database, op).await;
    // The model knows no table by two names.
    let across = format!(
        "ALTER TABLE {schema}.users ADD CONSTRAINT across FOREIGN KEY (id) REFERENCES {current}.orgs (id)"
    );
    database.execute(&across).await;
    let migrator = migrator(vec![migration("a", &[], |_| Ok(()), |_| Ok(()))]);
    let read = async |scope| migrator.reflect(database.url(), &scope).await.unwrap().metadata;

    let mut both = read(Scope::Schemas(vec![schema.into(), current.into()])).await;
    assert!(both.schemas.remove(schema));
    let users = both.table_mut(&qualified(schema, "users")).unwrap();
    let across = users.constraint("across").unwrap().foreign_key().unwrap();
    assert_eq!(across.referent, qualified(current, "orgs"));
    users
        .constraints
        .retain(|constraint| constraint.name() != "across");
    same(&mysql().normal(&both), &mysql().normal(&described));

    let current = read(Scope::Current).await;
    let names: Vec<String> = current.tables.keys().map(ToString::to_string).collect();
    assert_eq!(names, ["orgs"]);
    let none = read(Scope::Schemas(vec!["it's not there".into()])).await;
    assert_eq!(none, Metadata::default());
}

/// Makes what operations say, and gives the description of it.
async fn make(database: &TestDatabase, op: Op) -> Metadata {
    let mut described = Metadata::default();
    let mut script = Vec::new();
    for recorded in op.finish() {
        described.apply(&recorded.operation).unwrap();
        let compiled = mysql().compile(&recorded.operation).unwrap();
        script.extend(compiled.into_iter().map(|statement| statement.sql));
    }
    let mut connection = MySqlConnection::connect(database.url()).await.unwrap();
    send(&mut connection, &script).await.unwrap();
    described
}

/// A description as far as this database can have it, and as no alteration from one to another has to be made by hand: a
/// text has an end, a column has the type of the one that it points to, an enumeration has values.
pub(crate) fn for_mysql(mut metadata: Metadata) -> Metadata {
    metadata.sequences.clear();
    metadata.enumerations.clear();
    let types: BTreeMap<QualifiedName, Type> = metadata
        .tables
        .iter()
        .map(|(name, table)| (name.clone(), table.columns[0].ty.clone()))
        .collect();
    for table in metadata.tables.values_mut() {
        let table = Arc::make_mut(table);
        // One column numbers the rows, and a key begins with it.
        let keys = table.constraints.iter().filter_map(Constraint::key_columns);
        let first = keys.filter_map(|columns| columns.first().cloned());
        let mut numbering: BTreeSet<String> = first.collect();
        for column in &mut table.columns {
            column.identity = None;
            column.autoincrement &= numbering.remove(&column.name);
            if column.ty == Type::Text {
                column.ty = varchar(40);
            }
            if let Type::Enumeration(enumeration) = &mut column.ty {
                enumeration.values.push("z".into());
            }
        }
        let Table {
            columns, constraints, ..
        } = table;
        let mut pointing = BTreeSet::new();
        constraints.retain_mut(|constraint| {
            if let Constraint::Unique(unique) = constraint {
                unique.deferrable = None;
            }
            let Constraint::ForeignKey(key) = constraint else {
                return true;
            };
            key.deferrable = None;
            let from = columns.iter_mut().find(|column| column.name == key.columns[0]);
            let (from, to) = (from.unwrap(), &types[&key.referent]);
            if !from.nullable {
                key.on_update = None;
            }
            if pointing.insert(key.columns[0].clone()) {
                from.ty.clone_from(to);
            }
            from.ty == *to
        });
    }
    for index in metadata.indexes.values_mut() {
        let index = Arc::make_mut(index);
        index.predicate = None;
        index.include.clear();
        for element in &mut index.elements {
            element.nulls = None;
        }
    }
    metadata
}

#[tokio::test]
#[ignore = "needs MariaDB: run by cargo xtask test"]
async fn what_is_created_is_read_back_and_what_is_found_leads_there() {
    let database = TestDatabase::mysql().await;
    let mut runner = TestRunner::new(ProptestConfig::default());
    for _ in 0..20 {
        database.clear().await;
        let mut connection = MySqlConnection::connect(database.url()).await.unwrap();
        let pair = (described(), described())
            .new_tree(&mut runner)
            .unwrap()
            .current();
        let (one, other) = (for_mysql(pair.0), for_mysql(pair.1));
        let found = compare(&Metadata::default(), &one);
        assert_eq!(found.open, []);
        send(
            &mut connection,
            &statements(mysql(), &Metadata::default(), &found.operations),
        )
        .await
        .unwrap();
        let there = read(database.url()).await;
        same(&sorted(&mysql().normal(&there)), &sorted(&mysql().normal(&one)));
        assert_eq!(compare(&settle(mysql(), &there, &one), &one).operations, []);

        let settled = settle(mysql(), &there, &other);
        let found = difference(mysql(), &there, &other, &BTreeSet::new(), &[]);
        assert_eq!(found.open, []);
        let done: Vec<String> = found.operations.iter().map(ToString::to_string).collect();
        send(&mut connection, &statements(mysql(), &settled, &found.operations))
            .await
            .unwrap_or_else(|error| panic!("{error}\n{done:#?}"));
        let there = read(database.url()).await;
        same(&sorted(&mysql().normal(&there)), &sorted(&mysql().normal(&other)));
        assert_eq!(compare(&settle(mysql(), &there, &other), &other).operations, []);
    }
}

#[tokio::test]
#[ignore = "needs MariaDB: run by cargo xtask test"]
async fn a_database_is_asked_once_however_much_it_holds() {
    let database = TestDatabase::mysql().await;
    let asked = async || {
        let proxy = Proxy::before(&database).await;
        let read = read(proxy.url()).await;
        (read.tables.len(), proxy.round_trips())
    };
    let (none, before) = asked().await;
    let tables =
        (0..30).map(|n| format!("CREATE TABLE t{n} (id INTEGER PRIMARY KEY, name VARCHAR(9) UNIQUE);"));
    database.execute(&tables.collect::<String>()).await;
    assert_eq!((none, asked().await), (0, (30, before)));
}
