//! Reading MariaDB: what was made by directives is read back as what they say.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::Arc;

use migrate_core::autogenerate::{compare, difference, render, settle};
use migrate_core::dialect::{Dialect, Scope, for_scheme};
use migrate_core::prelude::*;
use migrate_core::schema::{Constraint, Expression, Metadata, QualifiedName, Table, Type};
use migrate_core::sqlx::{AssertSqlSafe, Connection, Executor, MySqlConnection, Row, ValueRef, raw_sql};
use migrate_tests::TestDatabase;
use migrate_tests::described::{described, sorted};
use migrate_tests::migrations::{migration, migrator};
use migrate_tests::proxy::Proxy;
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;

use crate::compared::{same, statements, wrong};
use migrate_tests::recorded::{answers, written};

pub(crate) fn mysql() -> &'static dyn Dialect {
    for_scheme("mysql").unwrap()
}

/// Conditions as authors write them.
const CONDITIONS: &[&str] = &[
    "n > 0",
    "0 < n",
    "n>0 and n<=10 AND (n <> 5 or n != 7)",
    "NOT (n > 3) OR name IS NOT NULL",
    "not (n > 3 and flag)",
    "not (n > 3 or n is null)",
    "n BETWEEN 1 AND 10",
    "n NOT BETWEEN 1 AND 10 AND flag",
    "not (n between 1 and 10)",
    "n IN (1, 2, 3)",
    "n NOT IN (1, -2)",
    "n IN (4)",
    "n NOT IN (4)",
    "name IN ('a', 'b''c')",
    "kind IN ('free', 'pro')",
    "name LIKE 'a%' AND name NOT LIKE '%b'",
    "not (name like 'a')",
    "name LIKE '10!%' ESCAPE '!'",
    "name LIKE '10\\%'",
    "name REGEXP '^[a-z]+$'",
    "name not rlike 'x'",
    "length(name) > 3",
    "char_length(name) > 3",
    "character_length(name) > 3",
    "lower(name) = name",
    "n + 1 > 2 * n - 3",
    "n - (1 - 2) > 0",
    "n > -1",
    "- 3 < n",
    "-n > 3",
    "(n + 1) * 2 > 0",
    "n % 2 = 0",
    "mod(n, 2) = 0",
    "n div 2 = 0",
    "n & 1 = 1",
    "n << 1 > 2",
    "price > 0.5",
    "real_number < 1.5",
    "n > 1e3",
    "flag",
    "NOT flag",
    "!flag",
    "not not flag",
    "flag IS TRUE",
    "flag is not false",
    "flag = true",
    "name <=> 'x'",
    "name is unknown",
    "coalesce(name, '') <> ''",
    "if(n > 1, 1, 0)",
    "CASE WHEN n > 1 THEN name IS NULL ELSE true END",
    "CASE n WHEN 1 THEN true WHEN 2 THEN flag END",
    "day > '2020-01-01'",
    "day > date '2020-01-01'",
    "extract(year from day) > 2000",
    "year(day) > 2000",
    "at + interval 1 day > '2020-01-01'",
    "json_extract(data, '$.a') = 'b'",
    "json_valid(name)",
    "trim(name) <> ''",
    "trim(both 'x' from name) <> ''",
    "substring(name, 1, 2) = 'ab'",
    "substring(name from 1 for 2) = 'ab'",
    "position('a' in name) > 0",
    "concat(name, 'x') = 'ax'",
    "left(name, 2) = 'ab'",
    "(n, flag) = (1, 1)",
    "`Odd name` > 0",
    "t.n > 0",
    "name = 'back\\\\slash'",
    "name = 'tab\\t'",
    "name = \"double\"",
    "name = _utf8mb4'x'",
    "name = _utf8mb4 0x6162",
    "n = x'0f'",
    "cast(name as signed) > 0",
    "cast(name as char(10)) > 'a'",
    "name COLLATE utf8mb4_bin > 'a'",
    "n > 0 -- a comment\n",
    "upper(name) = name AND (n > 0 AND flag)",
    "n IS NULL OR n > 0 AND flag",
    "n xor flag",
    "CASE WHEN flag THEN n > 1 ELSE flag END",
    "if(flag, 1, 0)",
    "(flag)",
    "flag is true and n",
    "not (flag or n)",
    "not coalesce(flag, 0)",
    "not (n + 1)",
    "n and 1",
    "not n like 'a%'",
    "n = (flag = 1)",
    "(n > 1) = flag",
    "1 = 1",
    "true",
    "not (n <=> 3)",
    "not (name is null)",
    "isnull(n)",
    "nullif(n, 1) > 0",
    "greatest(n, 1) > 0",
    "round(price, 1) > 0",
    "name like concat('a', '%')",
    "date_add(day, interval 1 day) > '2020-01-01'",
    "datediff(day, '2020-01-01') > 3",
    "timestampdiff(day, day, at) > 3",
    "instr(name, 'a')",
    "replace(name, 'a', 'b') = 'b'",
    "find_in_set(name, 'a,b')",
    "json_length(data) > 0",
    "json_value(data, '$.a') = 'b'",
    "cast(n as decimal(10, 2)) > 1",
    "cast(name as date) > '2020-01-01'",
    "convert(name, signed) > 1",
    "n > 1.0",
    "n > .5",
    "n > 0x0f",
    "n = b'101'",
    "name > 'é'",
    "binary name = 'x'",
    "n is null and (flag or (n and not flag))",
    "not (n in (1, 2) and flag is null)",
    "n = -1 or - n = 1 or n - -1 = 3",
    "char_length(name) between 1 and 3 or (n between 2 and 3) = flag",
    "(n | 1) + 2 > 3 and n ^ 2 > 1",
    "~n > 1",
    "ucase(name) = 'A'",
    "mid(name, 2, 1) = 'a'",
    "name regexp 'a' = 1",
    "n > 1 = flag",
];

#[tokio::test]
#[ignore = "needs MariaDB: run by cargo xtask test"]
async fn a_condition_is_the_same_when_it_is_read_back() {
    let mut op = Op::new();
    op.create_table("t", |t| {
        t.column("id", uuid());
        t.column("n", integer());
        t.column("Odd name", integer());
        t.column("name", varchar(50));
        t.column("kind", enumeration("kind", ["free", "pro"]));
        t.column("price", numeric(10, 2));
        t.column("real_number", double());
        t.column("flag", boolean());
        t.column("day", date());
        t.column("at", timestamptz());
        t.column("data", jsonb());
        for condition in CONDITIONS {
            t.check(condition);
        }
    });
    let wrong = differences(op).await;
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test]
#[ignore = "needs MariaDB: run by cargo xtask test"]
async fn a_type_and_a_default_are_the_same_when_they_are_read_back() {
    let mut op = Op::new();
    op.create_table("t", |t| {
        t.column("id", bigint()).autoincrement().primary_key();
        let types: [(Type, &[Expression]); 22] = [
            (
                smallint(),
                &[1_i64.into(), "1".into(), sql("2").into(), sql("1 + 1").into()],
            ),
            (
                integer(),
                &[(-1_i64).into(), Expression::Null, sql("NULL").into()],
            ),
            (bigint(), &[9_000_000_000_i64.into()]),
            (
                numeric(10, 2),
                &[
                    "1.5".into(),
                    1.5.into(),
                    3_i64.into(),
                    "-2.50".into(),
                    sql("+0.10").into(),
                ],
            ),
            (real(), &[1.5.into(), "2".into()]),
            (double(), &[1e100.into(), 0.1.into(), "-1".into()]),
            (
                text(),
                &[
                    "it's".into(),
                    "".into(),
                    "back\\slash".into(),
                    sql("concat('a', 'b')").into(),
                ],
            ),
            (
                varchar(20),
                &[
                    "it's".into(),
                    "".into(),
                    "é\\\r\n".into(),
                    sql("upper('a')").into(),
                ],
            ),
            (char(3), &["abc".into()]),
            (
                boolean(),
                &[true.into(), false.into(), 1_i64.into(), sql("FALSE").into()],
            ),
            (
                uuid(),
                &[
                    "00000000-0000-0000-0000-000000000000".into(),
                    sql("uuid()").into(),
                ],
            ),
            (date(), &["2020-01-01".into(), now(), sql("CURRENT_DATE").into()]),
            (time(), &["12:30".into(), now()]),
            (
                timestamp(),
                &[
                    "2020-01-01".into(),
                    "2020-01-01 12:30:00.5".into(),
                    now(),
                    sql("CURRENT_TIMESTAMP").into(),
                ],
            ),
            (
                timestamptz(),
                &["2020-01-01T00:00:00".into(), now(), sql("now(6)").into()],
            ),
            (json(), &["{\"a\": 1}".into(), sql("json_object('a', 1)").into()]),
            (bytes(), &[vec![0_u8, 255].into(), b"abc".to_vec().into()]),
            (
                enumeration("kind", ["a", "it's", "c,d", "e\\f"]).into(),
                &["it's".into(), "e\\f".into()],
            ),
            (custom("INT UNSIGNED"), &[3_i64.into()]),
            (custom("set('a', 'b')"), &[]),
            (custom("mediumtext"), &[]),
            (custom("DATETIME"), &[]),
        ];
        for (place, (ty, defaults)) in types.into_iter().enumerate() {
            t.column(&format!("c{place}"), ty.clone()).comment("it's");
            for (number, default) in defaults.iter().enumerate() {
                t.column(&format!("c{place}_{number}"), ty.clone())
                    .server_default(default.clone());
            }
        }
        t.column("bin", varchar(10)).collate("utf8mb4_bin");
        t.column("sum", integer()).generated_virtual("c1 + c0 * 2");
        t.column("stored", integer()).generated_stored("c1 - (c0 - 1)");
    });
    let wrong = differences(op).await;
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test]
#[ignore = "needs MariaDB: run by cargo xtask test"]
async fn an_index_and_a_key_are_the_same_when_they_are_read_back() {
    let mut op = Op::new();
    op.create_table("Odd `name", |t| {
        t.column("id", integer()).not_null().autoincrement();
        t.column("other key", integer());
        t.column("label", varchar(20)).unique();
        t.column("about", text());
        t.column("boss", integer()).references("Odd `name", "id");
        t.primary_key(["id"]).name("another_name");
        t.unique(["other key", "label"]);
        t.check("`other key` > 0 and `Odd ``name`.label <> '`'");
    })
    .comment("it's odd");
    let table = "Odd `name";
    op.create_index(
        Some("ix_length"),
        table,
        [key("label").length(5), key("about").length(7).desc()],
    );
    op.create_index(Some("ix_whole"), table, [key("label").length(20)]);
    op.create_index(Some("ix_down"), table, [key("label").desc(), key("id").asc()]);
    op.create_index(Some("ix_words"), table, ["about"])
        .using("fulltext");
    op.create_index(Some("ix_hash"), table, ["id", "label"])
        .using("HASH");
    op.create_index(Some("ix_tree"), table, ["id"]).using("btree");
    op.create_index(Some("ix_unique"), table, ["label", "id"])
        .unique();
    op.create_index(Some("ix_unique_length"), table, [key("about").length(9)])
        .unique();
    op.create_table("from", |t| {
        t.column("id", bigint()).primary_key();
        for name in ["a", "b", "c", "d", "e"] {
            t.column(name, integer());
        }
        t.column("f", varchar(20));
    });
    op.create_foreign_key(None, "from", table, ["a"], ["id"]);
    op.create_foreign_key(Some("Named"), "from", table, ["b"], ["id"])
        .on_delete(Restrict)
        .on_update(NoAction);
    op.create_foreign_key(None, "from", table, ["e", "f"], ["other key", "label"])
        .on_delete(Cascade)
        .on_update(SetNull);
    op.create_index(None, "from", ["c", "d"]);
    op.create_foreign_key(None, "from", table, ["c"], ["id"]);
    op.create_foreign_key(None, "from", table, ["d"], ["id"]);
    op.create_index(Some("own"), "from", ["d"]);
    // What the server leaves behind is no index of the model.
    op.drop_constraint("fk_from_a_Odd `name", "from").foreign_key();
    let wrong = differences(op).await;
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
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

/// What is not the same on a server as it was described.
async fn differences(op: Op) -> Vec<String> {
    let database = TestDatabase::mysql().await;
    let described = make(&database, op).await;
    let read = read(database.url()).await;
    let (one, other) = (mysql().normal(&described), mysql().normal(&read));
    let wrong = wrong(&one, &other);
    if wrong.is_empty() {
        same(&sorted(&other), &sorted(&one));
        let settled = settle(mysql(), &read, &described);
        assert_eq!(compare(&settled, &described).operations, []);
    }
    wrong
}

async fn read(url: &str) -> Metadata {
    let migrator = migrator(vec![migration("a", &[], |_| Ok(()), |_| Ok(()))]);
    migrator.reflect(url, &Scope::Current).await.unwrap().metadata
}

/// Sends statements one by one.
async fn send(connection: &mut MySqlConnection, statements: &[String]) -> Result<(), String> {
    for statement in statements {
        let sent = raw_sql(AssertSqlSafe(statement.as_str()))
            .execute(&mut *connection)
            .await;
        sent.map_err(|error| format!("{statement}\n{error}"))?;
    }
    Ok(())
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

/// The rows that a server answers, as a file: a line for each, `#` between the answers, in the form of `COPY`.
async fn recorded(connection: &mut MySqlConnection, scope: &Scope) -> String {
    let mut file = String::new();
    for query in mysql().catalog(scope).unwrap() {
        file.push_str("#\n");
        for row in connection.fetch_all(raw_sql(AssertSqlSafe(query))).await.unwrap() {
            let values = (0..row.len()).map(|index| {
                let value = row.try_get_raw(index).unwrap();
                let text = (!value.is_null()).then(|| row.try_get_unchecked::<Vec<u8>, _>(index).unwrap());
                let text = text.map(|text| String::from_utf8(text).unwrap());
                written(text.as_deref())
            });
            file.push_str(&values.collect::<Vec<_>>().join("\t"));
            file.push('\n');
        }
    }
    file
}

/// With `MIGRATE_TEST_RECORD` the file is written instead.
#[tokio::test]
#[ignore = "needs MariaDB: run by cargo xtask test"]
async fn the_recorded_rows_are_read_as_those_of_this_server() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../migrate-core/tests/recorded");
    let database = TestDatabase::mysql().await;
    database
        .execute(&fs::read_to_string(folder.join("mariadb.sql")).unwrap())
        .await;
    let mut connection = MySqlConnection::connect(database.url()).await.unwrap();
    let name = database.url().rsplit('/').next().unwrap();
    let rows = recorded(&mut connection, &Scope::Current)
        .await
        .replace(name, "shop");
    let file = folder.join("mariadb.rows");
    if std::env::var_os("MIGRATE_TEST_RECORD").is_some() {
        fs::write(&file, &rows).unwrap();
    }
    let read = |rows: &str| mysql().read(&answers(rows)).unwrap();
    let (recorded, now) = (read(&fs::read_to_string(file).unwrap()), read(&rows));
    same(
        &mysql().normal(&now.metadata),
        &mysql().normal(&recorded.metadata),
    );
    assert_eq!(now.notes, recorded.notes);
}
