//! What no database is sent: each refusal in its words, and what SQLite would have taken in silence.
#![cfg(feature = "sqlite")]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use migrate_core::dialect::{Statement, Unsupported, for_scheme};
use migrate_core::prelude::*;
use migrate_core::sqlx::{AssertSqlSafe, Column, Connection, Row, SqliteConnection, query, raw_sql};
use proptest::prelude::{ProptestConfig, proptest};

type Record<'a> = &'a dyn Fn(&mut Op);

fn compile(scheme: &str, record: impl FnOnce(&mut Op)) -> Result<Vec<Statement>, Unsupported> {
    let dialect = for_scheme(scheme).unwrap();
    let mut op = Op::new();
    record(&mut op);
    let mut statements = Vec::new();
    for recorded in op.finish() {
        statements.extend(dialect.compile(&recorded.operation)?);
    }
    Ok(statements)
}

#[test]
fn names_and_texts_that_no_database_holds() {
    let long = "x".repeat(64);
    let cases: [(&str, Record<'_>); 9] = [
        ("sqlite", &|op| op.rename_table("a\0b", "c")),
        ("sqlite", &|op| {
            op.create_index("ix", "t", ["a\0b"]);
        }),
        ("postgres", &|op| op.create_table_comment("t", "a\0b")),
        ("postgres", &|op| {
            op.execute("SELECT 'a\0b'");
        }),
        ("sqlite", &|op| {
            op.add_column("t", "a", custom("IN\0T"));
        }),
        ("postgres", &|op| op.rename_table("t", "")),
        ("postgres", &|op| op.rename_table("t", &long)),
        ("postgres", &|op| {
            op.execute("SELECT 'open");
        }),
        ("sqlite", &|op| {
            op.execute("SELECT 1 /* open");
        }),
    ];
    let refusals = cases.map(|(scheme, record)| compile(scheme, record).unwrap_err().to_string());
    insta::assert_snapshot!(refusals.join("\n"), @r#"
    sqlite does not support the name "a\0b": take the NUL character out of it
    sqlite does not support the name "a\0b": take the NUL character out of it
    postgres does not support the text "a\0b": take the NUL character out of it
    postgres does not support a NUL character in a statement: take it out
    sqlite does not support a NUL character in a statement: take it out
    postgres does not support an empty name: give it a name
    postgres does not support the name `xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx`, which has 64 bytes: give it a name of at most 63 bytes
    postgres does not support a text that ends inside of quotes or a comment: close what is open, or it swallows the statement that follows
    sqlite does not support a text that ends inside of quotes or a comment: close what is open, or it swallows the statement that follows
    "#);
    // SQLite has no limit.
    assert!(compile("sqlite", |op| op.rename_table("t", &long)).is_ok());
}

#[test]
fn directives_that_make_no_sense() {
    let cases: [(&str, Record<'_>); 10] = [
        ("sqlite", &|op| {
            op.create_table("t", |_| {});
        }),
        ("postgres", &|op| {
            op.alter_column("t", "a");
        }),
        ("sqlite", &|op| {
            op.alter_column("t", "a");
        }),
        ("postgres", &|op| {
            op.alter_column("t", "a").using("b");
        }),
        ("postgres", &|op| {
            op.create_index("ix", "t", [] as [&str; 0]);
        }),
        ("postgres", &|op| {
            op.create_foreign_key(None, "t", "u", ["a", "b"], ["c"]);
        }),
        ("postgres", &|op| {
            op.create_table("t", |t| {
                t.column("a", text()).autoincrement();
            });
        }),
        ("sqlite", &|op| {
            op.create_table("t", |t| {
                t.column("a", integer()).autoincrement();
            });
        }),
        ("postgres", &|op| {
            op.create_table("t", |t| {
                t.column("a", enumeration("e", ["x"]));
                t.column("b", enumeration("e", ["y"]));
            });
        }),
        ("postgres", &|op| {
            op.create_table("t", |t| {
                t.column("a", enumeration("e", ["x"]));
            })
            .if_not_exists();
        }),
    ];
    let refusals = cases.map(|(scheme, record)| compile(scheme, record).unwrap_err().to_string());
    insta::assert_snapshot!(refusals.join("\n"), @"
    sqlite does not support a table without columns: give it a column
    postgres does not support an `alter_column` that changes nothing: say what changes, as in `.not_null()`
    sqlite does not support an `alter_column` that changes nothing: say what changes, as in `.not_null()`
    postgres does not support `using` without a new type: say the type too, by `.set_type(..)`
    postgres does not support an index over nothing: name its columns
    postgres does not support a foreign key from 2 columns to 1: name as many columns of the other table
    postgres does not support `autoincrement` on `a`, which is not an integer: make it smallint, integer or bigint
    sqlite does not support `autoincrement` on `a`, which is not the whole primary key: make it the primary key, or let the application number the rows
    postgres does not support two enum types named `e`: give them the same values, or different names
    postgres does not support `if_not_exists` for a table that creates an enum type: mark the type `.existing()` and create it by `op.create_enum`, since `CREATE TYPE` has no such clause
    ");
}

#[test]
fn what_sqlite_cannot_hold() {
    let cases: [Record<'_>; 5] = [
        &|op| op.bulk_insert("t", ["a"], [[f64::NAN]]),
        &|op| op.bulk_insert("t", ["a"], [[u64::MAX]]),
        &|op| {
            op.create_table(qualified("a", "t"), |t| {
                t.column("b", integer()).references(qualified("c", "u"), "id");
            });
        },
        &|op| {
            op.add_column("t", "id", integer())
                .primary_key()
                .server_default(1);
        },
        &|op| {
            op.add_column("t", "id", integer()).autoincrement();
        },
    ];
    let refusals = cases.map(|record| compile("sqlite", record).unwrap_err().to_string());
    insta::assert_snapshot!(refusals.join("\n"), @r"
    sqlite does not support a number that is not one (NaN): use NULL
    sqlite does not support the integer 18446744073709551615, which has more than 64 bits: keep it as text
    sqlite does not support a foreign key from `a.t` into another schema: keep both tables in one schema
    sqlite does not support adding a primary key column: create a new table, copy the rows by `op.execute`, drop the old table and rename the new one
    sqlite does not support adding an `autoincrement` column: create a new table, copy the rows by `op.execute`, drop the old table and rename the new one
    ");
}

#[test]
fn schemas_stand_where_each_database_wants_them() {
    let record = |op: &mut Op| {
        op.create_table(qualified("main", "t"), |t| {
            t.column("id", integer()).primary_key();
            t.column("a.b", integer())
                .references(qualified("main", "t"), "id");
        });
        op.create_index(None, qualified("main", "t"), ["a.b"]);
        op.drop_index("ix_t_a.b", qualified("main", "t"));
        op.rename_table(qualified("main", "t"), "u");
    };
    let sql = |scheme| {
        let statements = compile(scheme, record).unwrap();
        statements
            .iter()
            .map(|statement| statement.sql.clone() + ";\n")
            .collect::<String>()
    };
    insta::assert_snapshot!(sql("postgres") + &sql("sqlite"), @r#"
    CREATE TABLE "main"."t" (
        "id" INTEGER NOT NULL,
        "a.b" INTEGER,
        CONSTRAINT "pk_t" PRIMARY KEY ("id"),
        CONSTRAINT "fk_t_a.b_t" FOREIGN KEY ("a.b") REFERENCES "main"."t" ("id")
    );
    CREATE INDEX "ix_t_a.b" ON "main"."t" ("a.b");
    DROP INDEX "main"."ix_t_a.b";
    ALTER TABLE "main"."t" RENAME TO "u";
    CREATE TABLE "main"."t" (
        "id" INTEGER NOT NULL,
        "a.b" INTEGER CONSTRAINT "fk_t_a.b_t" REFERENCES "t" ("id"),
        CONSTRAINT "pk_t" PRIMARY KEY ("id")
    );
    CREATE INDEX "main"."ix_t_a.b" ON "t" (`a.b`);
    DROP INDEX "main"."ix_t_a.b";
    ALTER TABLE "main"."t" RENAME TO "u";
    "#);
}

#[test]
fn many_rows_go_in_statements_of_bounded_size() {
    let sizes = |rows: usize, text: &str| {
        let rows = (0..rows).map(|_| [text]);
        let statements = compile("postgres", |op| op.bulk_insert("t", ["a"], rows)).unwrap();
        statements
            .iter()
            .map(|statement| statement.sql.matches("\n").count())
            .collect::<Vec<_>>()
    };
    assert_eq!(sizes(0, "x"), [0_usize; 0]);
    assert_eq!(sizes(1201, "x"), [500, 500, 201]);
    assert_eq!(sizes(5, &"x".repeat(40_000)), [2, 2, 1]);
}

async fn sqlite() -> SqliteConnection {
    SqliteConnection::connect("sqlite::memory:").await.unwrap()
}

async fn run(connection: &mut SqliteConnection, record: impl FnOnce(&mut Op)) -> bool {
    for statement in compile("sqlite", record).unwrap() {
        if raw_sql(AssertSqlSafe(statement.sql))
            .execute(&mut *connection)
            .await
            .is_err()
        {
            return false;
        }
    }
    true
}

/// In double quotes SQLite would take the name of a column that is not there for a text, and say nothing.
#[tokio::test]
async fn an_index_over_a_column_that_is_not_there_fails() {
    let mut connection = sqlite().await;
    let table = |op: &mut Op| {
        op.create_table("t", |t| {
            t.column("a`b", integer());
        });
    };
    assert!(run(&mut connection, table).await);
    let index = |column: &'static str| {
        move |op: &mut Op| {
            op.create_index("ix", "t", [column]);
        }
    };
    assert!(!run(&mut connection, index("nothing")).await);
    assert!(run(&mut connection, index("a`b")).await);
}

#[tokio::test]
async fn an_autoincrement_column_numbers_the_rows_whatever_its_size() {
    for ty in [smallint(), integer(), bigint()] {
        let mut connection = sqlite().await;
        let record = |op: &mut Op| {
            op.create_table("t", |t| {
                t.column("id", ty).primary_key().autoincrement();
                t.column("a", integer());
            });
            op.bulk_insert("t", ["a"], [[7], [8]]);
        };
        assert!(run(&mut connection, record).await);
        let row = query("SELECT max(id) FROM t")
            .fetch_one(&mut connection)
            .await
            .unwrap();
        assert_eq!(row.get::<i64, _>(0), 2);
    }
}

#[tokio::test]
async fn an_enumeration_takes_only_its_values() {
    let mut connection = sqlite().await;
    let table = |op: &mut Op| {
        op.create_table("t", |t| {
            t.column("plan", enumeration("plan", ["free", "it's"]));
        });
    };
    assert!(run(&mut connection, table).await);
    assert!(run(&mut connection, |op| op.bulk_insert("t", ["plan"], [["it's"]])).await);
    assert!(!run(&mut connection, |op| op.bulk_insert("t", ["plan"], [["other"]])).await);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_name_and_text_come_back_from_sqlite(name in "[^\0]{1,20}", text in "[^\0]{0,40}") {
        let dialect = for_scheme("sqlite").unwrap();
        let sql = format!("SELECT {} AS {}", dialect.literal(&text), dialect.identifier(&name));
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let (column, value) = runtime.block_on(async {
            let mut connection = sqlite().await;
            let row = query(AssertSqlSafe(sql)).fetch_one(&mut connection).await.unwrap();
            (row.column(0).name().to_owned(), row.get::<String, _>(0))
        });
        assert_eq!((column, value), (name, text));
    }

    #[test]
    fn quoted_text_is_one_statement_to_each_dialect(text in "[^\0\\\\]{0,40}", name in "[^\0]{0,20}") {
        for scheme in ["postgres", "sqlite", "mysql"] {
            let dialect = for_scheme(scheme).unwrap();
            let sql = format!("SELECT {} AS {}", dialect.literal(&text), dialect.identifier(&name));
            assert!(dialect.is_single(&sql), "{sql}");
            assert!(!dialect.is_single(&format!("{sql}; SELECT 1")), "{sql}");
        }
    }

    #[test]
    fn no_text_makes_the_lexer_panic(text in "[-/*'\"`$\\\\;Eeé\\[\\]\r\n a]{0,30}") {
        for scheme in ["postgres", "sqlite", "mysql"] {
            let dialect = for_scheme(scheme).unwrap();
            let _ = (dialect.is_single(&text), dialect.transaction_control(&text));
            assert!(dialect.terminated(&text).starts_with(text.trim_end()));
        }
    }
}
