//! A column that numbers the rows, and its key, which has to be there at every moment.

use std::collections::BTreeSet;

use migrate_core::autogenerate::{difference, render, settle};
use migrate_core::prelude::*;
use migrate_core::schema::Metadata;
use migrate_core::sqlx::{Connection, MySqlConnection};
use migrate_tests::TestDatabase;
use migrate_tests::described::sorted;

use super::mysql;
use crate::compared::{same, statements};
use crate::server::{read, send};

/// What a column and the keys over it are, so that each of these leads to each other.
const KEYS: [fn(&mut Op); 7] = [
    |op| {
        op.create_table("t", |t| {
            t.column("name", varchar(9));
        });
    },
    |op| {
        op.create_table("t", |t| {
            t.column("id", integer()).primary_key().autoincrement();
            t.column("name", varchar(9));
        });
    },
    |op| {
        op.create_table("t", |t| {
            t.column("id", integer()).primary_key();
            t.column("name", varchar(9));
        });
    },
    |op| {
        op.create_table("t", |t| {
            t.column("id", integer()).unique().autoincrement();
            t.column("name", varchar(9));
        });
    },
    |op| {
        op.create_table("t", |t| {
            t.column("id", integer()).not_null().autoincrement();
            t.column("name", varchar(9)).not_null().server_default("");
            t.unique(["id", "name"]);
        });
    },
    |op| {
        op.create_table("t", |t| {
            t.column("id", integer()).not_null();
            t.column("name", varchar(9));
        });
        op.create_index(None, "t", ["id"]);
    },
    |op| {
        op.create_table("t", |t| {
            t.column("id", bigint()).primary_key();
            t.column("name", varchar(9));
            t.column("parent", bigint()).references("t", "id");
        });
        op.create_index(None, "t", ["parent", "name"]);
    },
];

#[tokio::test]
#[ignore = "needs MariaDB: run by cargo xtask test"]
async fn a_numbering_and_its_key_come_go_and_change_and_the_rows_stay() {
    let database = TestDatabase::mysql().await;
    let described = |record: fn(&mut Op)| {
        let (mut op, mut metadata) = (Op::new(), Metadata::default());
        record(&mut op);
        for recorded in op.finish() {
            metadata.apply(&recorded.operation).unwrap();
        }
        metadata
    };
    for (at, from) in KEYS.into_iter().enumerate() {
        for (to, wanted) in KEYS.into_iter().enumerate() {
            if (at, to) == (0, 4) {
                // A numbered column comes with a key of its own alone, which the dialect says.
                continue;
            }
            database.clear().await;
            let mut connection = MySqlConnection::connect(database.url()).await.unwrap();
            let (from, wanted) = (described(from), described(wanted));
            let create = difference(mysql(), &Metadata::default(), &from, &BTreeSet::new(), &[]).operations;
            let create = statements(mysql(), &Metadata::default(), &create);
            send(&mut connection, &create).await.unwrap();
            let rows = if at == 0 {
                "INSERT INTO t (name) VALUES ('a'), ('b')"
            } else {
                "INSERT INTO t (id, name) VALUES (3, 'a'), (5, 'b')"
            };
            send(&mut connection, &[rows.to_owned()]).await.unwrap();
            let there = read(database.url()).await;
            let found = difference(mysql(), &there, &wanted, &BTreeSet::new(), &[]).operations;
            let done: Vec<String> = found.iter().flat_map(render).collect();
            let altered = statements(mysql(), &settle(mysql(), &there, &wanted), &found);
            match send(&mut connection, &altered).await {
                Ok(()) => {}
                // Nobody knows which numbers rows would have that had none.
                Err(refused)
                    if at == 0
                        && done
                            .iter()
                            .any(|line| line.contains("(\"t\", \"id\").not_null()")) =>
                {
                    assert!(
                        refused.contains("NULL") || refused.contains("truncated"),
                        "{refused}"
                    );
                    continue;
                }
                Err(refused) => panic!("from {at} to {to}: {refused}\n{done:#?}"),
            }
            let there = read(database.url()).await;
            same(
                &sorted(&mysql().normal(&there)),
                &sorted(&mysql().normal(&wanted)),
            );
            assert_eq!(
                difference(mysql(), &there, &wanted, &BTreeSet::new(), &[]).operations,
                []
            );
            assert_eq!(
                database.rows("SELECT name FROM t ORDER BY name").await,
                ["a", "b"]
            );
        }
    }
}
