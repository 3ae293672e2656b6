//! Random tables, with rows, indexes, triggers, views and tables that point to them, and random alterations of them.
//!
//! Whatever the alterations are: they are refused or fail, and then nothing has changed; or they are done, and then the
//! columns that they do not name have their values, everything else of the database has its text, and nothing points
//! to nothing.

use std::cell::Cell;
use std::fmt::Write as _;

use migrate_core::prelude::*;
use proptest::prelude::{Just, ProptestConfig, Strategy, any, prop, prop_oneof};
use proptest::sample::subsequence;
use proptest::test_runner::TestRunner;

use crate::database::Base;

/// A table `t` as text: its columns, all of them called `c` and a number, and what surrounds it.
#[derive(Debug, Clone)]
struct Random {
    columns: Vec<String>,
    constraints: Vec<String>,
    options: &'static str,
    around: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Random {
    fn script(&self) -> String {
        let mut sql =
            "CREATE TABLE p (id INTEGER PRIMARY KEY, x UNIQUE); INSERT INTO p VALUES (1, 1), (2, 2);\n"
                .to_owned();
        let elements: Vec<&str> = self
            .columns
            .iter()
            .chain(&self.constraints)
            .map(String::as_str)
            .collect();
        writeln!(
            sql,
            "CREATE TABLE t ({}) {};",
            elements.join(",\n "),
            self.options
        )
        .unwrap();
        sql
    }
}

/// A column of `n`, by number.
fn column(number: usize) -> impl Strategy<Value = String> {
    let name = match number {
        1 => "\"c1\"".to_owned(),
        2 => "[c2]".to_owned(),
        3 => "`c3`".to_owned(),
        number => format!("c{number}"),
    };
    let ty = prop::sample::select(vec![
        "INT",
        "TEXT",
        "VARCHAR(10)",
        "INTEGER",
        "",
        "NUMERIC(5, 2)",
        "REAL",
    ]);
    let before = number.saturating_sub(1);
    let parts = vec![
        "NOT NULL ON CONFLICT IGNORE".to_owned(),
        "DEFAULT 7".to_owned(),
        "DEFAULT (1 + (2)) -- a default\n".to_owned(),
        "UNIQUE".to_owned(),
        "COLLATE NOCASE /* as it was */".to_owned(),
        format!("CHECK (c{number} <> 'never')"),
        format!("CONSTRAINT \"ck {number}\" CHECK (t.c{number} IS NOT c{before} || 'x')"),
        "REFERENCES p ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED".to_owned(),
        "REFERENCES t (c0)".to_owned(),
    ];
    (
        ty,
        prop::collection::vec(Just(()), 0..1),
        subsequence(parts, 0..3),
        any::<bool>(),
    )
        .prop_map(move |(ty, _, parts, generated)| {
            if generated && number > 3 {
                format!("{name} {ty} GENERATED ALWAYS AS (c1 || 'g') VIRTUAL")
            } else {
                format!("{name} {ty} {}", parts.join(" "))
            }
        })
}

fn random() -> impl Strategy<Value = Random> {
    let key = prop::sample::select(vec![
        "c0 INTEGER PRIMARY KEY",
        "c0 INTEGER PRIMARY KEY AUTOINCREMENT",
        "c0 INTEGER PRIMARY KEY DESC",
        "c0 INT PRIMARY KEY",
        "c0 INT UNIQUE",
    ]);
    let columns = (1..5_usize).prop_flat_map(|count| (1..=count).map(column).collect::<Vec<_>>());
    let constraints = vec![
        "UNIQUE (c1, c0)".to_owned(),
        "CONSTRAINT \"named uq\" UNIQUE (c0, c1 COLLATE rtrim)".to_owned(),
        "CHECK (c0 > 0)".to_owned(),
        "CONSTRAINT named CHECK (c1 IS NOT 'c1')".to_owned(),
        "FOREIGN KEY (c1) REFERENCES p (x) ON UPDATE CASCADE".to_owned(),
    ];
    let around = vec![
        "CREATE INDEX ix_one ON t (c1 DESC, c0)".to_owned(),
        "CREATE INDEX ix_expr ON t (lower(c1), c0 + 1) WHERE c0 > 1".to_owned(),
        "CREATE UNIQUE INDEX ix_unique ON T (c0 COLLATE NOCASE)".to_owned(),
        "CREATE TABLE log (line)".to_owned(),
        "CREATE TRIGGER tr_own AFTER UPDATE OF c1 ON t BEGIN UPDATE p SET x = x WHERE id = new.c0; END"
            .to_owned(),
        "CREATE TRIGGER tr_other AFTER DELETE ON p BEGIN DELETE FROM t WHERE c0 = old.id; END".to_owned(),
        "CREATE TEMP TRIGGER tr_temp AFTER DELETE ON main.t BEGIN SELECT 1; END".to_owned(),
        "CREATE VIEW v AS SELECT t.c0, \"c1\" FROM t JOIN p ON p.id = t.c0".to_owned(),
        "CREATE VIEW w AS SELECT * FROM t".to_owned(),
        "CREATE TABLE child (id INTEGER PRIMARY KEY, t INT REFERENCES t (c0) ON DELETE CASCADE)".to_owned(),
        "INSERT INTO p VALUES (77, NULL)".to_owned(),
    ];
    let value = prop::sample::select(vec!["1", "2", "NULL", "'a'", "'B'", "1.5", "'1'", "x'00'"]);
    let rows = prop::collection::vec(prop::collection::vec(value.prop_map(str::to_owned), 4), 0..6);
    (
        key,
        columns,
        subsequence(constraints, 0..4),
        prop::sample::select(vec!["", "", "", "WITHOUT ROWID"]),
        subsequence(around, 0..11),
        rows,
    )
        .prop_map(|(key, columns, constraints, options, around, rows)| Random {
            columns: std::iter::once(key.to_owned()).chain(columns).collect(),
            constraints,
            // Without a row id there is a primary key, and nothing counts.
            options: if key.contains("PRIMARY KEY") && !key.contains("AUTO") {
                options
            } else {
                ""
            },
            around,
            rows,
        })
}

/// An alteration, and the columns whose values it may change.
#[derive(Debug, Clone)]
enum Change {
    NotNull(usize),
    Nullable(usize),
    Default(usize),
    NoDefault(usize),
    Collate(usize),
    Drop(usize),
    Add { unique: bool, stamp: bool },
    Check,
    Unique(usize),
    Reference(usize),
    DropConstraint(&'static str),
    CreateIndex(usize),
    DropIndex(&'static str),
}

const NAMES: [&str; 12] = [
    "named uq",
    "named",
    "ck 1",
    "ck 2",
    "ck 3",
    "uq_t_c1",
    "uq_t_c1_c0",
    "ck_t_c1",
    "ck_t_1",
    "fk_t_c1_p",
    "pk_t",
    "fk_t_c2_t",
];
const INDEXES: [&str; 3] = ["ix_one", "ix_expr", "ix_unique"];

impl Change {
    fn record(&self, op: &mut Op, number: usize) {
        let on = |column: &usize| format!("c{column}");
        match self {
            Self::NotNull(column) => {
                op.alter_column("t", &on(column)).not_null();
            }
            Self::Nullable(column) => {
                op.alter_column("t", &on(column)).nullable();
            }
            Self::Default(column) => {
                op.alter_column("t", &on(column)).server_default("it's");
            }
            Self::NoDefault(column) => {
                op.alter_column("t", &on(column)).drop_server_default();
            }
            Self::Collate(column) => {
                op.alter_column("t", &on(column)).collate("rtrim");
            }
            Self::Drop(column) => {
                op.drop_column("t", &on(column));
            }
            Self::Add { unique, stamp } => {
                let column = op.add_column("t", &format!("added{number}"), text());
                let column = if *unique { column.unique() } else { column };
                if *stamp {
                    column.server_default(now()).not_null();
                }
            }
            Self::Check => {
                op.create_check_constraint(&format!("check{number}"), "t", "c0 < 1000");
            }
            Self::Unique(column) => {
                op.create_unique_constraint(None, "t", [on(column), "c0".to_owned()]);
            }
            Self::Reference(column) => {
                let name = format!("fk{number}");
                op.create_foreign_key(name.as_str(), "t", "p", [on(column)], ["id"]);
            }
            Self::DropConstraint(name) => {
                op.drop_constraint(name, "t").if_exists();
            }
            Self::CreateIndex(column) => {
                op.create_index(format!("new{number}").as_str(), "t", [on(column)]);
            }
            Self::DropIndex(name) => {
                op.drop_index(name, "t").if_exists();
            }
        }
    }
}

fn change() -> impl Strategy<Value = Change> {
    let column = || 0..5_usize;
    prop_oneof![
        column().prop_map(Change::NotNull),
        column().prop_map(Change::Nullable),
        column().prop_map(Change::Default),
        column().prop_map(Change::NoDefault),
        column().prop_map(Change::Collate),
        column().prop_map(Change::Drop),
        (any::<bool>(), any::<bool>()).prop_map(|(unique, stamp)| Change::Add { unique, stamp }),
        Just(Change::Check),
        column().prop_map(Change::Unique),
        column().prop_map(Change::Reference),
        prop::sample::select(&NAMES[..]).prop_map(Change::DropConstraint),
        prop::sample::select(&NAMES[..]).prop_map(Change::DropConstraint),
        column().prop_map(Change::CreateIndex),
        prop::sample::select(&INDEXES[..]).prop_map(Change::DropIndex),
    ]
}

/// What SQLite answers about the table's columns, without what alterations of them may change.
async fn columns(base: &mut Base, kept: &[usize]) -> Vec<String> {
    let mut columns = Vec::new();
    let order = if kept.contains(&0) { "c0, 1" } else { "1" };
    for number in kept {
        let sql = format!("SELECT name, type, hidden FROM pragma_table_xinfo('t') WHERE name = 'c{number}'");
        columns.extend(base.rows(&sql).await);
        // A conversion by another collation or default changes no value; a row id stays where there is one.
        columns.extend(
            base.rows(&format!("SELECT c{number} FROM t ORDER BY {order}"))
                .await,
        );
    }
    columns
}

/// Everything that no alteration of `t` may touch.
async fn rest(base: &mut Base) -> Vec<String> {
    let mut rest = base.schema().await;
    let is_of_table = |line: &String| {
        line.starts_with("'table' 't' ") || line.starts_with("'index'") && line.contains(" 't' ")
    };
    rest.retain(|line| !is_of_table(line));
    let contents = base.contents().await;
    rest.extend(contents.into_iter().filter(|line| !line.starts_with("t:")));
    rest
}

/// Sets triggers and foreign keys off, and takes it back.
async fn use_it(base: &mut Base, kept: &[usize]) -> Result<(), String> {
    base.send("SAVEPOINT a").await?;
    let key = if kept.contains(&0) {
        "UPDATE t SET c0 = c0;"
    } else {
        ""
    };
    let used = format!("{key} INSERT INTO p VALUES (99, 99); DELETE FROM p WHERE id = 99");
    let used = base.send(&used).await;
    base.send("ROLLBACK TO a; RELEASE a").await?;
    used
}

/// Whether there was a rebuild.
async fn check(random: Random, changes: Vec<Change>) -> bool {
    let mut base = Base::new(&random.script()).await;
    for (number, row) in random.rows.iter().enumerate() {
        let plain = random
            .columns
            .iter()
            .enumerate()
            .filter(|(_, column)| !column.contains("GENERATED"));
        let plain: Vec<String> = plain.map(|(column, _)| format!("c{column}")).collect();
        let values = std::iter::once(format!("{}", number * 3 + 1)).chain(row.iter().cloned());
        let values: Vec<String> = values.take(plain.len()).collect();
        // A row that the table does not take is none.
        let insert = format!(
            "INSERT INTO t ({}) VALUES ({})",
            plain.join(", "),
            values.join(", ")
        );
        drop(base.send(&insert).await);
    }
    for sql in &random.around {
        drop(base.send(sql).await);
    }
    drop(
        base.send("INSERT INTO child (t) SELECT c0 FROM t; DELETE FROM t WHERE c0 = 7")
            .await,
    );

    let before = (base.schema().await, base.contents().await);
    let mut kept: Vec<usize> = (0..random.columns.len()).collect();
    for change in &changes {
        if let Change::Drop(column) = change {
            kept.retain(|number| number != column);
        }
    }
    let of_kept = columns(&mut base, &kept).await;
    let of_rest = rest(&mut base).await;
    let used = use_it(&mut base, &kept).await;
    let without = random.options == "WITHOUT ROWID";
    let row_id = format!(
        "SELECT {} FROM t ORDER BY 1",
        if without { "count(*)" } else { "rowid" }
    );
    let row_ids = base.rows(&row_id).await;
    let violations = base.rows("SELECT count(*) FROM pragma_foreign_key_check").await;

    let done = base
        .alter("t", |op| {
            for (number, change) in changes.iter().enumerate() {
                change.record(op, number);
            }
        })
        .await;
    let Ok(statements) = done else {
        assert_eq!(
            (base.schema().await, base.contents().await),
            before,
            "{changes:?}"
        );
        return false;
    };
    assert_eq!(base.rows("PRAGMA integrity_check").await, ["'ok'"]);
    assert_eq!(
        base.rows("SELECT count(*) FROM pragma_foreign_key_check").await,
        violations
    );
    assert_eq!(base.rows(&row_id).await, row_ids);
    assert_eq!(columns(&mut base, &kept).await, of_kept);
    assert_eq!(rest(&mut base).await, of_rest);
    // The indexes that nobody dropped have their text.
    for index in INDEXES {
        let dropped = changes
            .iter()
            .any(|change| matches!(change, Change::DropIndex(name) if *name == index));
        let text = before
            .0
            .iter()
            .find(|line| line.starts_with(&format!("'index' '{index}'")));
        if let Some(text) = text.filter(|_| !dropped) {
            assert!(base.schema().await.contains(text), "{text}");
        }
    }
    // What could be used can be used: nothing was left that does not stand.
    if used.is_ok() {
        use_it(&mut base, &kept).await.unwrap();
    }
    statements
        .iter()
        .any(|sql| sql.starts_with("DROP TABLE \"main\""))
}

#[test]
fn random_alterations_lose_nothing() {
    const CASES: u32 = 400;
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let mut runner = TestRunner::new(ProptestConfig {
        cases: CASES,
        failure_persistence: None,
        ..ProptestConfig::default()
    });
    let rebuilt = Cell::new(0);
    let cases = (random(), prop::collection::vec(change(), 1..4));
    let run = runner.run(&cases, |(random, changes)| {
        let done = runtime.block_on(check(random, changes));
        rebuilt.set(rebuilt.get() + u32::from(done));
        Ok(())
    });
    run.unwrap();
    assert!(rebuilt.get() > CASES / 4, "{} rebuilds", rebuilt.get());
}
