//! What would be lost is refused by name, and what fails leaves everything as it was.

use std::fmt::Write as _;

use migrate_core::prelude::*;

use crate::database::Base;

/// Why it is not done. Then nothing has changed.
async fn why(setup: &str, record: impl FnOnce(&mut Op)) -> String {
    let mut base = Base::new(setup).await;
    let (schema, rows) = (base.schema().await, base.contents().await);
    let error = base.alter("t", record).await.unwrap_err();
    assert_eq!(base.schema().await, schema);
    assert_eq!(base.contents().await, rows);
    assert_eq!(base.rows("PRAGMA foreign_keys").await, ["1"]);
    assert_eq!(base.rows("PRAGMA legacy_alter_table").await, ["0"]);
    // What the database said, without the statement.
    error.lines().next().unwrap_or_default().to_owned()
}

macro_rules! why {
    ($($setup:expr, $record:expr);+ $(;)?) => {{
        let mut text = String::new();
        $(writeln!(text, "{}", why($setup, $record).await).unwrap();)+
        text
    }};
}

#[tokio::test]
async fn a_column_that_something_needs() {
    fn drop_a(op: &mut Op) {
        op.drop_column("t", "a");
    }
    let text = why!(
        "CREATE TABLE t (a INT PRIMARY KEY, b)", drop_a;
        "CREATE TABLE t (a, b, CONSTRAINT mine UNIQUE (b, a))", drop_a;
        "CREATE TABLE t (a, b, CHECK (b > 0), CHECK (b > \"A\"))", drop_a;
        "CREATE TABLE t (a, b CHECK (b > a))", drop_a;
        "CREATE TABLE t (a, b AS (a + 1))", drop_a;
        "CREATE TABLE t (a, b, FOREIGN KEY (a) REFERENCES p (id))", drop_a;
        "CREATE TABLE t (a UNIQUE, b REFERENCES t (a))", drop_a;
        "CREATE TABLE t (a UNIQUE, b); CREATE TABLE child (x REFERENCES t (a))", drop_a;
        "CREATE TABLE t (a, b); CREATE INDEX ix ON t (b, lower(a))", drop_a;
        "CREATE TABLE t (a, b); CREATE INDEX part ON t (b) WHERE a > 0", drop_a;
        "CREATE TABLE t (a, b); CREATE VIEW v AS SELECT a FROM t", drop_a;
        "CREATE TABLE t (a UNIQUE, b); CREATE VIEW v AS SELECT \"a\" FROM t", drop_a;
        "CREATE TABLE t (a, b); CREATE TRIGGER tr AFTER INSERT ON t BEGIN SELECT new.a; END", drop_a;
        "CREATE TABLE t (a UNIQUE, b); CREATE TABLE u (x); CREATE TRIGGER tr AFTER INSERT ON u BEGIN UPDATE t SET a = 1; END", drop_a;
        "CREATE TABLE t (a, b); CREATE VIEW v AS SELECT * FROM t; CREATE VIEW w AS SELECT \"a\" FROM v", drop_a;
        "CREATE TABLE t (a, b); CREATE TEMP VIEW v AS SELECT \"a\" FROM t", drop_a;
        "CREATE TABLE t (a, b); CREATE TRIGGER tr UPDATE OF a ON t BEGIN SELECT 1; END", drop_a;
        "CREATE TABLE t (a)", drop_a;
        "CREATE TABLE t (b)", drop_a;
        "CREATE TABLE t (a UNIQUE, b)", |op| {
            op.drop_column("t", "a");
            op.add_column("t", "a", integer());
        };
        "CREATE TABLE t (a, b)", |op| {
            op.drop_column("t", "a").cascade();
        };
    );
    insta::assert_snapshot!(text, @r#"
    sqlite does not support dropping the column `a` of `t`, which the constraint `pk_t` needs: drop that first, in the same migration
    sqlite does not support dropping the column `a` of `t`, which the constraint `mine` needs: drop that first, in the same migration
    sqlite does not support dropping the column `a` of `t`, which the constraint `ck_t_2` needs: drop that first, in the same migration
    sqlite does not support dropping the column `a` of `t`, which the constraint `ck_t_b` needs: drop that first, in the same migration
    sqlite does not support dropping the column `a` of `t`, which the generated column `b` needs: drop that first, in the same migration
    sqlite does not support dropping the column `a` of `t`, which the constraint `fk_t_a_p` needs: drop that first, in the same migration
    sqlite does not support dropping the column `a` of `t`, which the constraint `fk_t_b_t` needs: drop that first, in the same migration
    sqlite does not support dropping the column `a` of `t`, which a foreign key of `child` needs: drop that first, in the same migration
    sqlite does not support dropping the column `a` of `t`, which the index `ix` needs: drop that first, in the same migration
    sqlite does not support dropping the column `a` of `t`, which the index `part` needs: drop that first, in the same migration
    CHECK constraint failed: the view `v` needs the column `a` of `t`
    CHECK constraint failed: the view `v` needs the column `a` of `t`
    CHECK constraint failed: the trigger `tr` needs the column `a` of `t`
    CHECK constraint failed: the trigger `tr` needs the column `a` of `t`
    CHECK constraint failed: the view `w` needs the column `a` of `t`
    CHECK constraint failed: the view `v` needs the column `a` of `t`
    CHECK constraint failed: the trigger `tr` needs the column `a` of `t`
    cannot drop column "a": no other columns exist
    sqlite does not support altering the column `a`, which `t` does not have: its columns are b
    sqlite does not support dropping the column `a` and adding one of its name where `t` is rebuilt: do one of the two in a migration of its own
    sqlite does not support `cascade` for a column: drop what refers to it first, in the same migration
    "#);
}

#[tokio::test]
async fn what_is_called_like_the_column_and_is_something_else_does_not_need_it() {
    let mut base = Base::new(
        "CREATE TABLE u (length INT, kind TEXT);
         CREATE TABLE t (length INT, kind TEXT, b TEXT CHECK (length(b) > 0 AND b <> 'kind'), CONSTRAINT length CHECK (b <> ''));
         CREATE INDEX length_of_b ON t (length(b)) WHERE b <> 'kind';
         CREATE VIEW v AS SELECT u.length, u.kind FROM u JOIN t ON t.b = u.kind;",
    )
    .await;
    base.alter("t", |op| {
        op.drop_column("t", "length");
        op.drop_column("t", "KIND");
    })
    .await
    .unwrap();
    assert_eq!(
        base.sql_of("t").await,
        "CREATE TABLE t (b TEXT CHECK (length(b) > 0 AND b <> 'kind'), CONSTRAINT length CHECK (b <> ''))"
    );
}

#[tokio::test]
async fn rows_that_do_not_fit() {
    const T: &str = "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT); CREATE TABLE child (t REFERENCES t ON DELETE CASCADE);
        INSERT INTO t VALUES (1, NULL, 5), (2, 'x', 5); INSERT INTO child VALUES (1), (2)";
    let text = why!(
        T, |op| {
            op.alter_column("t", "a").not_null();
        };
        T, |op| {
            op.create_unique_constraint(None, "t", ["b"]);
        };
        T, |op| {
            op.create_check_constraint("small", "t", "b < 5");
        };
        T, |op| {
            op.create_foreign_key(None, "t", "t", ["b"], ["id"]);
        };
        T, |op| {
            op.drop_constraint("pk_t", "t");
        };
        T, |op| {
            op.alter_column("t", "a").using("nowhere");
        };
        "CREATE TABLE t (a INT, b INT UNIQUE ON CONFLICT IGNORE) STRICT; INSERT INTO t VALUES (1, 2)", |op| {
            op.alter_column("t", "a").set_type(custom("TEXT")).using("a || 'x'");
            op.alter_column("t", "b").set_type(varchar(3));
        };
        "CREATE TABLE t (a INT UNIQUE ON CONFLICT IGNORE); INSERT INTO t VALUES (1), (2)", |op| {
            op.alter_column("t", "a").using("7");
        };
        T, |op| {
            op.add_column("t", "c", integer()).not_null();
        };
    );
    insta::assert_snapshot!(text, @r#"
    NOT NULL constraint failed: migrate_rebuild_t.a
    UNIQUE constraint failed: migrate_rebuild_t.b
    CHECK constraint failed: small
    CHECK constraint failed: rows of `t`, or rows that point to it, point to nothing
    foreign key mismatch - "child" referencing "t"
    no such column: nowhere
    unknown datatype for migrate_rebuild_t.b: "VARCHAR(3)"
    UNIQUE constraint failed: migrate_rebuild_t.a
    sqlite does not support adding a NOT NULL column without a default: give it a `server_default`, or add it as nullable
    "#);
}

#[tokio::test]
async fn tables_that_are_no_ordinary_ones() {
    fn change(op: &mut Op) {
        op.alter_column("t", "a").not_null();
    }
    let mut text = why!(
        "CREATE VIEW t AS SELECT 1 AS a", change;
        "CREATE VIRTUAL TABLE t USING fts5 (a)", change;
        "CREATE TABLE u (a)", change;
    );
    let mut base = Base::new(
        "CREATE VIRTUAL TABLE f USING fts5 (a); CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT)",
    )
    .await;
    for table in ["f_data", "sqlite_sequence"] {
        let refused = base.planned(table, |op| {
            op.alter_column(table, "id").not_null();
        });
        writeln!(text, "{}", refused.await.unwrap_err()).unwrap();
    }
    insta::assert_snapshot!(text, @"
    sqlite does not support altering `t`, which is a view: drop it, and create it anew by `op.execute`
    sqlite does not support altering `t`, which is a virtual table: create a new one by `op.execute`, copy the rows and drop the old one
    sqlite does not support altering `t`, which does not exist: correct its name, or create it first
    sqlite does not support altering `f_data`, which holds what a virtual table knows: leave it alone
    sqlite does not support altering `sqlite_sequence`, a table of the database itself: leave it alone
    ");
}

#[tokio::test]
async fn what_is_asked_for_makes_no_sense() {
    const T: &str = "CREATE TABLE t (a INT PRIMARY KEY, b INT, g AS (b), CONSTRAINT c CHECK (b > 0), CONSTRAINT c CHECK (b < 9))";
    let text = why!(
        T, |op| {
            op.alter_column("t", "nothing").not_null();
        };
        T, |op| {
            op.add_column("t", "B", integer());
        };
        T, |op| {
            op.create_primary_key(None, "t", ["b"]);
        };
        T, |op| {
            op.add_column("t", "d", integer()).primary_key();
        };
        T, |op| {
            op.create_unique_constraint(None, "t", ["b", "nothing"]);
        };
        T, |op| {
            op.create_check_constraint("C", "t", "b > 1");
        };
        T, |op| {
            op.drop_constraint("c", "t");
        };
        T, |op| {
            op.drop_constraint("d", "t");
        };
        T, |op| {
            op.drop_constraint("pk_t", "t").unique();
        };
        T, |op| {
            op.drop_index("ix", "t");
        };
        T, |op| {
            op.alter_column("t", "b").rename("d");
            op.alter_column("t", "d").not_null();
        };
        T, |op| {
            op.alter_column("t", "b").using("1");
            op.alter_column("t", "b").using("2");
        };
        T, |op| {
            op.alter_column("t", "g").using("2");
        };
        T, |op| {
            op.alter_column("t", "b").autoincrement();
        };
        T, |op| {
            op.alter_column("t", "b").identity();
        };
        T, |op| {
            op.alter_column("t", "b").comment("no");
        };
        T, |op| {
            op.alter_column("t", "b").set_type(custom("INT, x INT"));
        };
        T, |op| {
            op.alter_column("t", "b").set_type(custom("INT -- so"));
        };
        T, |op| {
            op.create_check_constraint("d", "t", "b > 1), CHECK (1");
        };
        T, |op| {
            op.create_check_constraint("d", "t", "b > 1").not_valid();
        };
    );
    insta::assert_snapshot!(text, @r#"
    sqlite does not support altering the column `nothing`, which `t` does not have: its columns are a, b, g
    sqlite does not support adding the column `B`, which `t` has already: give it another name
    sqlite does not support a second primary key of `t`: drop the one over a first
    sqlite does not support a second primary key of `t`: drop the one over a first
    sqlite does not support altering the column `nothing`, which `t` does not have: its columns are a, b, g
    sqlite does not support a second constraint `C` of `t`: give it another name
    sqlite does not support dropping `c`: `t` has 2 constraints of this name: rebuild the table by `op.execute`
    sqlite does not support dropping the constraint `d`, which `t` does not have: its constraints are pk_t, c, c
    sqlite does not support dropping the constraint `pk_t`, which `t` does not have: its constraints are pk_t, c, c
    sqlite does not support dropping the index `ix`, which `t` does not have: it has none
    sqlite does not support altering `t` further where its column `b` gets another name: rename the column in a migration of its own
    sqlite does not support `using` twice for the column `b`: say in one expression what becomes of its values
    sqlite does not support `using` for the generated column `g`: leave it out: its values come from its expression
    sqlite does not support `autoincrement` on `b`, which is not the whole primary key: make it the primary key, or let the application number the rows
    sqlite does not support the identity column `b`: number it by `.autoincrement()`, or keep it to the database that has them by `op.on(Postgres, ..)`
    sqlite does not support a column's comment: keep it to databases that have comments, by `op.on([Postgres, MySql], ..)`
    sqlite does not support altering `t`: a part of its definition is not understood: INT, x INT: change the table by `op.execute`
    sqlite does not support altering `t`: a part of its definition is not understood: its end: change the table by `op.execute`
    sqlite does not support altering `t`: a part of its definition is not understood: CONSTRAINT "d" CHECK (b > 1), CHECK (1): change the table by `op.execute`
    sqlite does not support a constraint that leaves old rows unchecked: leave `.not_valid()` out, or keep it to another database by `op.on(..)`
    "#);
}

#[tokio::test]
async fn enforced_foreign_keys_stop_a_rebuild_before_it_deletes_rows() {
    let mut base = Base::new(
        "CREATE TABLE t (id INTEGER PRIMARY KEY, a); CREATE TABLE child (t REFERENCES t ON DELETE CASCADE);
         INSERT INTO t VALUES (1, 'x'); INSERT INTO child VALUES (1)",
    )
    .await;
    let statements = base
        .planned("t", |op| {
            op.alter_column("t", "a").not_null();
        })
        .await
        .unwrap();
    // Inside of a transaction the setting has no effect, and nobody is told.
    base.send("BEGIN; PRAGMA foreign_keys = OFF").await.unwrap();
    let error = base.send(&statements.join(";\n")).await.unwrap_err();
    base.send("ROLLBACK").await.unwrap();
    insta::assert_snapshot!(error, @"
    CHECK constraint failed: foreign_keys is ON: rows that point to `t` would be deleted with the old table
    ");
    assert_eq!(base.rows("SELECT t FROM child").await, ["1"]);
}

#[tokio::test]
async fn what_nothing_points_to_is_rebuilt_while_foreign_keys_are_enforced() {
    let setup = "CREATE TABLE p (id INTEGER PRIMARY KEY);
        CREATE TABLE t (id INTEGER PRIMARY KEY, a INT REFERENCES p ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED);
        INSERT INTO p VALUES (1); INSERT INTO t VALUES (5, 1); BEGIN;";
    let mut base = Base::new(setup).await;
    let change = |op: &mut Op| {
        op.alter_column("t", "a").not_null();
    };
    let statements = base.planned("t", change).await.unwrap();
    base.send(&statements.join(";\n")).await.unwrap();
    base.send("COMMIT").await.unwrap();
    assert_eq!(base.rows("SELECT * FROM t").await, ["5 1"]);

    // A key of its own that it gets or has would take the rows along.
    base.send("BEGIN").await.unwrap();
    let change = |op: &mut Op| {
        op.create_foreign_key(None, "t", "t", ["a"], ["id"])
            .on_delete(Cascade);
    };
    let statements = base.planned("t", change).await.unwrap();
    let error = base.send(&statements.join(";\n")).await.unwrap_err();
    insta::assert_snapshot!(error, @"
    CHECK constraint failed: foreign_keys is ON: rows that point to `t` would be deleted with the old table
    ");
}

#[tokio::test]
async fn a_row_that_is_lost_on_the_way_stops_a_rebuild() {
    let mut base =
        Base::new("CREATE TABLE t (a); INSERT INTO t VALUES (1), (2); PRAGMA foreign_keys = OFF").await;
    let mut statements = base
        .planned("t", |op| {
            op.alter_column("t", "a").not_null();
        })
        .await
        .unwrap();
    let copied = statements
        .iter()
        .position(|sql| sql.starts_with("INSERT OR ABORT"))
        .unwrap();
    statements.insert(copied + 1, "DELETE FROM migrate_rebuild_t WHERE a = 2".to_owned());
    base.send("BEGIN").await.unwrap();
    let error = base.send(&statements.join(";\n")).await.unwrap_err();
    insta::assert_snapshot!(error, @"CHECK constraint failed: the new `t` has not all rows of the old one");
}

#[tokio::test]
async fn rows_that_pointed_to_nothing_before_are_nobodys_fault() {
    const BROKEN: &str = "PRAGMA foreign_keys = OFF; CREATE TABLE p (id INTEGER PRIMARY KEY);
        CREATE TABLE t (id INTEGER PRIMARY KEY, p INT REFERENCES p, q INT, note);
        CREATE TABLE child (t REFERENCES t);
        INSERT INTO t VALUES (1, 77, 88, 0); INSERT INTO child VALUES (5); PRAGMA foreign_keys = ON;";
    let mut base = Base::new(BROKEN).await;
    base.rebuild("t", |op| {
        op.alter_column("t", "note").not_null();
    })
    .await;
    let text = why!(BROKEN, |op| {
        op.create_foreign_key(None, "t", "p", ["q"], ["id"]);
    });
    insta::assert_snapshot!(text, @"
    CHECK constraint failed: rows of `t`, or rows that point to it, point to nothing
    ");
}
