//! Reading a SQLite database: what was made by directives is read back as what they say, and what is found leads there.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use migrate_core::autogenerate::{compare, settle};
use migrate_core::dialect::{Dialect, Present, Reading, Scope, Way, for_scheme};
use migrate_core::operation::Operation;
use migrate_core::prelude::*;
use migrate_core::schema::{Constraint, Expression, Index, IndexElement, Metadata, QualifiedName, Table};
use migrate_core::sqlx::sqlite::SqliteRow;
use migrate_core::sqlx::{AssertSqlSafe, Connection, Executor, Row, SqliteConnection, raw_sql};
use migrate_tests::TestDatabase;
use migrate_tests::described::{described, sorted};
use migrate_tests::migrations::{migration, migrator};
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;

use crate::compared::same;
use migrate_tests::recorded::written;

pub(crate) fn sqlite() -> &'static dyn Dialect {
    for_scheme("sqlite").unwrap()
}

struct Memory(SqliteConnection);

impl Memory {
    /// Foreign keys are off, as they are while the tool alters tables.
    async fn new() -> Self {
        let mut memory = Self(SqliteConnection::connect("sqlite::memory:").await.unwrap());
        memory.send("PRAGMA foreign_keys=OFF").await.unwrap();
        memory
    }

    async fn send(&mut self, sql: &str) -> Result<(), String> {
        let sent = self.0.execute(raw_sql(AssertSqlSafe(sql.to_owned()))).await;
        sent.map(drop).map_err(|error| format!("{sql}\n{error}"))
    }

    async fn ask(&mut self, sql: String) -> Present {
        let rows = self.0.fetch_all(raw_sql(AssertSqlSafe(sql))).await.unwrap();
        let row = |row: SqliteRow| (0..row.len()).map(|at| row.get_unchecked(at)).collect();
        Present {
            rows: rows.into_iter().map(row).collect(),
        }
    }

    async fn read(&mut self, scope: &Scope) -> Reading {
        let mut answers = Vec::new();
        for query in sqlite().catalog(scope).unwrap() {
            answers.push(self.ask(query).await);
        }
        sqlite().read(&answers).unwrap()
    }

    async fn normal(&mut self) -> Metadata {
        let reading = self.read(&Scope::Current).await;
        assert_eq!(reading.notes, []);
        sqlite().normal(&reading.metadata)
    }

    /// Does these operations, those that stand together on one table at once.
    async fn apply(&mut self, operations: &[Operation]) -> Result<(), String> {
        let alters = |operation: &Operation| {
            let table = operation.altered_table().cloned();
            table.filter(|_| sqlite().way(operation) != Way::Direct)
        };
        for run in operations.chunk_by(|one, other| alters(one).is_some() && alters(one) == alters(other)) {
            let statements = match alters(&run[0]) {
                Some(table) => {
                    let present = self.ask(sqlite().present(&table)).await;
                    let run: Vec<&Operation> = run.iter().collect();
                    sqlite().alter(&table, &run, &present)
                }
                None => sqlite().compile(&run[0]),
            };
            for statement in statements.map_err(|unsupported| unsupported.to_string())? {
                self.send(&statement.sql).await?;
            }
        }
        Ok(())
    }
}

/// A description without what SQLite refuses, and with what it alone has.
pub(crate) fn possible(described: &Metadata) -> Metadata {
    let mut possible = described.clone();
    possible.sequences.clear();
    for table in possible.tables.values_mut() {
        let table: &mut Table = Arc::make_mut(table);
        let key = table.primary_key().map(|key| key.columns.clone());
        for column in &mut table.columns {
            column.identity = None;
            column.autoincrement &= key.as_deref() == Some(std::slice::from_ref(&column.name));
        }
        for constraint in &mut table.constraints {
            if let Constraint::Unique(unique) = constraint {
                unique.deferrable = None;
            }
        }
    }
    for index in possible.indexes.values_mut() {
        let index: &mut Index = Arc::make_mut(index);
        index.include.clear();
        for element in &mut index.elements {
            element.nulls = None;
        }
    }
    possible
}

/// What takes a default where there are rows, and might be `NULL` where there are none.
pub(crate) fn addable(present: &Metadata, mut wanted: Metadata) -> Metadata {
    for (name, table) in &mut wanted.tables {
        let Some(before) = present.tables.get(name) else {
            continue;
        };
        for column in &mut Arc::make_mut(table).columns {
            column.nullable |= before.column(&column.name).is_none() && column.server_default.is_none();
        }
    }
    wanted
}

#[tokio::test]
async fn what_is_created_is_read_back_and_what_is_found_leads_there() {
    let cases = 300;
    let mut runner = TestRunner::new(ProptestConfig {
        cases,
        ..ProptestConfig::default()
    });
    for _ in 0..cases {
        let (one, other) = (described(), described())
            .new_tree(&mut runner)
            .unwrap()
            .current();
        let one = possible(&one);
        let other = addable(&one, possible(&other));
        let mut memory = Memory::new().await;
        let found = compare(&Metadata::default(), &one);
        memory.apply(&found.operations).await.unwrap();
        let (there, wanted) = (memory.normal().await, sqlite().normal(&one));
        same(&there, &wanted);
        assert_eq!(compare(&there, &wanted).operations, []);

        let present = memory.read(&Scope::Current).await.metadata;
        assert_eq!(compare(&settle(sqlite(), &present, &one), &one).operations, []);
        let wanted = sqlite().normal(&other);
        let found = compare(&settle(sqlite(), &present, &other), &other);
        assert_eq!(found.open, []);
        if let Err(error) = memory.apply(&found.operations).await {
            let done: Vec<String> = found.operations.iter().map(ToString::to_string).collect();
            panic!("{error}\n{done:#?}");
        }
        same(&sorted(&memory.normal().await), &sorted(&wanted));
    }
}

/// What is described, made, and then described further, is read back.
async fn comes_back(first: fn(&mut Op), then: fn(&mut Op)) {
    let mut memory = Memory::new().await;
    let mut described = Metadata::default();
    for record in [first, then] {
        let mut op = Op::new();
        record(&mut op);
        let recorded = op.finish();
        for recorded in &recorded {
            described.apply(&recorded.operation).unwrap();
        }
        let operations: Vec<Operation> = recorded.into_iter().map(|recorded| recorded.operation).collect();
        memory.apply(&operations).await.unwrap();
        let (there, wanted) = (memory.normal().await, sqlite().normal(&described));
        same(&there, &wanted);
        let present = memory.read(&Scope::Current).await.metadata;
        let settled = settle(sqlite(), &present, &described);
        assert_eq!(compare(&settled, &described).operations, []);
    }
}

#[tokio::test]
async fn everything_that_a_table_can_say_comes_back() {
    comes_back(
        |op| {
            op.create_table("t", |t| {
                t.column("id", bigint()).primary_key().autoincrement();
                t.column("small", smallint()).server_default(-1);
                t.column("n", integer()).server_default("7").not_null();
                t.column("big", bigint()).server_default(true);
                t.column("price", numeric(10, 2)).server_default("1.50");
                t.column("ratio", real()).server_default(1.0);
                t.column("wide", double()).server_default(sql("1 +  1"));
                t.column("text", text()).server_default("it's \"odd\"");
                t.column("label", varchar(255))
                    .collate("nocase")
                    .server_default(5);
                t.column("code", char(3)).server_default(sql("'abc'"));
                t.column("flag", boolean()).server_default(false);
                t.column("key", uuid());
                t.column("day", date()).server_default("2020-01-01");
                t.column("hour", time());
                t.column("at", timestamp()).server_default(now());
                t.column("at2", timestamptz())
                    .server_default(sql("current_timestamp"));
                t.column("today", date()).server_default(sql("CURRENT_DATE"));
                t.column("data", json()).server_default("{}");
                t.column("data2", jsonb());
                t.column("bytes", bytes()).server_default(vec![0_u8, 255]);
                t.column("kind", enumeration("kind", ["free", "it's", "a, b"]))
                    .server_default("free");
                t.column("none", enumeration("none", Vec::<String>::new()));
                t.column("own", custom("My  type (3)"))
                    .server_default(Expression::Null);
                t.column("Odd \"name`", integer()).comment("not there");
                t.column("order", integer()).check("\"order\" > 0").unique();
                t.column("twice", integer()).generated_stored("n *  2");
                t.column("thrice", integer()).generated_virtual("\"n\" * 3");
                t.check("n != 3 AND [label] == 'A  b' -- a comment");
                t.check("((n IN (1,2)) or CAST(n AS TEXT)||'x' like '1%')");
                t.check("(n > 1) AND (n < 5)").name("named");
                t.unique(["label", "n"]).name("some");
            })
            .comment("not there either");
            op.create_table("other", |t| {
                t.column("b", varchar(3)).unique();
                t.check("other.b <> '' AND \"other\".`b` <> 'x'");
            });
            op.create_table("child", |t| {
                t.column("a", integer());
                t.column("b", varchar(3)).references("other", "b").match_full();
                t.primary_key(["a", "b"]);
                t.foreign_key(["a"], "t", ["id"])
                    .on_delete(NoAction)
                    .on_update(SetDefault);
            })
            .option(Postgres, "WITH (fillfactor = 70)");
            op.create_table("rowless", |t| {
                t.column("id", integer()).primary_key();
            })
            .option(Sqlite, "strict , WITHOUT  rowid");
            op.create_index(
                None,
                "t",
                [key("label").collate("NOCASE").asc(), key("Odd \"name`").desc()],
            );
            op.create_index(
                "rich",
                "t",
                [
                    sql("lower(text)").into(),
                    IndexElement::from(sql("text || 'a'")).collate("nocase").desc(),
                    sql("(small)").into(),
                ],
            )
            .unique()
            .where_("(n>3 and flag)");
            op.create_view("v", "SELECT label AS Label -- a comment\nFROM t");
            op.create_trigger(
                "touch",
                "t",
                After,
                [UpdateOf(vec!["n".into()])],
                "BEGIN SELECT 1; END",
            )
            .when("new.n > 1 ");
        },
        |op| {
            op.drop_view("v");
            op.drop_trigger("touch", "t");
            op.rename_table("t", "u");
            op.alter_column("u", "kind").rename("sort");
            op.alter_column("u", "n").rename("number");
        },
    )
    .await;
}

/// What these operations describe.
fn description(record: fn(&mut Op)) -> Metadata {
    let (mut op, mut metadata) = (Op::new(), Metadata::default());
    record(&mut op);
    for recorded in op.finish() {
        metadata.apply(&recorded.operation).unwrap();
    }
    metadata
}

#[tokio::test]
async fn a_key_comes_goes_and_changes_its_column_and_the_rows_stay() {
    let descriptions = [
        |op: &mut Op| {
            op.create_table("t", |t| {
                t.column("name", text());
            });
        },
        |op: &mut Op| {
            op.create_table("t", |t| {
                t.column("id", bigint()).primary_key().autoincrement();
                t.column("name", text());
            });
        },
        |op: &mut Op| {
            op.create_table("t", |t| {
                t.column("id", bigint()).primary_key();
                t.column("name", text());
            });
        },
        |op: &mut Op| {
            op.create_table("t", |t| {
                t.column("id", integer()).unique();
                t.column("name", text());
            });
        },
        |op: &mut Op| {
            op.create_table("t", |t| {
                t.column("id", integer());
                t.column("name", text());
                t.primary_key(["name", "id"]);
            });
        },
    ];
    for from in descriptions {
        for to in descriptions {
            let mut memory = Memory::new().await;
            let (from, to) = (description(from), description(to));
            let created = compare(&Metadata::default(), &from).operations;
            memory.apply(&created).await.unwrap();
            let named = "INSERT INTO t (rowid, name) VALUES (3, 'a'), (5, 'b')";
            let numbered = "INSERT INTO t (id, name) VALUES (3, 'a'), (5, 'b')";
            let has_id = from.tables.values().any(|table| table.column("id").is_some());
            memory.send(if has_id { numbered } else { named }).await.unwrap();
            let to = addable(&from, to);
            let wanted = sqlite().normal(&to);
            let present = memory.read(&Scope::Current).await.metadata;
            let found = compare(&settle(sqlite(), &present, &to), &to);
            if let Err(refused) = memory.apply(&found.operations).await {
                // Nobody knows which key rows would have that had none.
                let key = wanted.tables.values().find_map(|table| table.column("id"));
                assert!(!has_id && key.is_some_and(|id| !id.autoincrement), "{refused}");
                assert!(
                    refused.contains("adding a NOT NULL column without a default"),
                    "{refused}"
                );
                continue;
            }
            same(&sorted(&memory.normal().await), &sorted(&wanted));
            let rows = memory.ask("SELECT name FROM t ORDER BY name".into()).await.rows;
            assert_eq!(rows, [[Some("a".to_owned())], [Some("b".to_owned())]]);
        }
    }
}

#[tokio::test]
async fn a_table_that_got_another_name_keeps_its_enumeration_as_one() {
    comes_back(
        |op| {
            op.create_table("t", |t| {
                t.column("kind", enumeration("kind", ["a", "b"])).not_null();
            });
            op.rename_table("t", "u");
        },
        |op| {
            op.alter_column("u", "kind")
                .set_type(enumeration("longer", ["a", "b", "long"]));
        },
    )
    .await;
}

#[tokio::test]
async fn there_are_two_queries_however_much_there_is() {
    assert_eq!(sqlite().catalog(&Scope::Current).unwrap().len(), 2);
    let several = Scope::Schemas(vec!["main".into(), "it's \"other\"".into()]);
    assert_eq!(sqlite().catalog(&several).unwrap().len(), 2);
    let mut memory = Memory::new().await;
    memory
        .send("ATTACH ':memory:' AS \"it's \"\"other\"\"\"")
        .await
        .unwrap();
    for table in 0..200 {
        let sql = format!(
            "CREATE TABLE \"it's \"\"other\"\"\".t{table} (id INTEGER PRIMARY KEY, name TEXT UNIQUE)"
        );
        memory.send(&sql).await.unwrap();
    }
    memory.send("CREATE TABLE t (a INT)").await.unwrap();
    let reading = memory.read(&several).await;
    assert_eq!(reading.metadata.tables.len(), 201);
    let unqualified: Vec<&QualifiedName> = reading
        .metadata
        .tables
        .keys()
        .filter(|name| name.schema.is_none())
        .collect();
    assert_eq!(unqualified, [&QualifiedName::from("t")]);
    let nothing = memory.read(&Scope::Schemas(Vec::new())).await;
    assert_eq!(nothing.metadata, Metadata::default());
}

#[tokio::test]
async fn the_migrator_reads_what_it_made_and_a_file_that_is_not_there_holds_nothing() {
    let migrator = migrator(vec![migration(
        "a",
        &[],
        |op| {
            op.create_table("users", |t| {
                t.column("id", integer()).primary_key();
                t.column("plan", enumeration("plan", ["free", "paid"]));
            });
            op.create_index(None, "users", ["plan"]);
            Ok(())
        },
        |_| Ok(()),
    )]);
    let database = TestDatabase::sqlite();
    let nothing = migrator.reflect(database.url(), &Scope::Current).await.unwrap();
    assert_eq!(nothing, Reading::default());
    migrator.upgrade(database.url(), "head").await.unwrap();
    let reading = migrator.reflect(database.url(), &Scope::Current).await.unwrap();
    let names: Vec<String> = reading.metadata.tables.keys().map(ToString::to_string).collect();
    assert_eq!(names, ["alembic_version", "users"]);
    assert_eq!(reading.metadata.indexes.len(), 1);
    assert_eq!(reading.notes, []);

    let mut memory = Memory::new().await;
    memory.send("CREATE TABLE t (a INT)").await.unwrap();
    let reading = migrator.reflect(&mut memory.0, &Scope::Current).await.unwrap();
    assert_eq!(reading.metadata.tables.len(), 1);
    // Its catalog is a table of its own, which cannot be asked where there is none.
    let unattached = Scope::Schemas(vec!["main".into(), "other".into()]);
    let refused = migrator.reflect(&mut memory.0, &unattached).await.unwrap_err();
    assert!(refused.to_string().contains("other"), "{refused}");
}

/// With `MIGRATE_TEST_RECORD` the file is written instead.
#[tokio::test]
async fn the_recorded_rows_are_those_of_this_database() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../migrate-core/tests/recorded");
    let mut memory = Memory::new().await;
    memory
        .send(&fs::read_to_string(folder.join("sqlite.sql")).unwrap())
        .await
        .unwrap();
    let mut file = String::new();
    for query in sqlite().catalog(&Scope::Current).unwrap() {
        file.push_str("#\n");
        for row in memory.ask(query).await.rows {
            let values = row.into_iter().map(|value| written(value.as_deref()));
            file.push_str(&values.collect::<Vec<_>>().join("\t"));
            file.push('\n');
        }
    }
    let recorded = folder.join("sqlite.rows");
    if std::env::var_os("MIGRATE_TEST_RECORD").is_some() {
        fs::write(&recorded, &file).unwrap();
    }
    assert_eq!(file, fs::read_to_string(recorded).unwrap());
}
