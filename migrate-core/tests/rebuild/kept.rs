//! What a rebuild was not asked to change is as it was: the text of everything in the catalog, every row with its row
//! id, and what the text makes the database do.

use crate::database::Base;

/// Rebuilds the table `t`, whose column `note TEXT` gets a default, and compares the rest. `probe` is asked before and
/// after, and has to give the same rows; what it changes is rolled back.
async fn keeps(setup: &str, probe: &[&str]) -> Base {
    let mut base = Base::new(setup).await;
    let before = all(&mut base, probe).await;
    base.rebuild("t", |op| {
        op.alter_column("t", "note").server_default("new");
    })
    .await;
    // The name is in quotes now, as after every `ALTER TABLE .. RENAME`.
    let expected: Vec<String> = before
        .iter()
        .map(
            |line| match line.strip_prefix("'table' 't' 't' 'CREATE TABLE t") {
                Some(rest) => {
                    let rest = rest.replacen("note TEXT", "note TEXT DEFAULT 'new'", 1);
                    format!("'table' 't' 't' 'CREATE TABLE \"t\"{rest}")
                }
                None => line.clone(),
            },
        )
        .collect();
    let after = all(&mut base, probe).await;
    assert_eq!(after, expected, "{setup}");
    assert_ne!(after, before);
    base
}

async fn all(base: &mut Base, probe: &[&str]) -> Vec<String> {
    let mut all = base.schema().await;
    all.extend(base.contents().await);
    let tables =
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name";
    for table in base.rows(tables).await {
        for pragma in ["table_xinfo", "index_list", "foreign_key_list"] {
            let rows = base
                .rows(&format!("SELECT * FROM pragma_{pragma}({table})"))
                .await;
            let rows = rows.into_iter().filter(|row| !row.contains("'note'"));
            all.extend(rows.map(|row| format!("{table}, {pragma}: {row}")));
        }
    }
    base.send("BEGIN").await.unwrap();
    for sql in probe {
        let answer = if sql.starts_with("SELECT") {
            base.rows(sql).await.join("; ")
        } else {
            format!("{:?}", base.send(sql).await)
        };
        all.push(format!("{sql}: {answer}"));
    }
    base.send("ROLLBACK").await.unwrap();
    all
}

#[tokio::test]
async fn autoincrement_and_where_it_stands() {
    let mut base = keeps(
        "CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, note TEXT);
         INSERT INTO t (note) VALUES ('a'), ('b'), ('c');
         DELETE FROM t WHERE id > 1;",
        &[
            "SELECT * FROM sqlite_sequence",
            "INSERT INTO t (note) VALUES ('d')",
            "SELECT max(id) FROM t",
        ],
    )
    .await;
    // No number is given twice, not even after a second rebuild.
    base.rebuild("t", |op| {
        op.alter_column("t", "note").not_null();
    })
    .await;
    base.send("INSERT INTO t (note) VALUES ('e')").await.unwrap();
    assert_eq!(base.rows("SELECT id FROM t").await, ["1", "4"]);
    assert_eq!(base.rows("SELECT * FROM sqlite_sequence").await, ["'t' 4"]);
}

#[tokio::test]
async fn autoincrement_of_a_table_that_never_had_a_row() {
    keeps(
        "CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, note TEXT)",
        &[
            "SELECT * FROM sqlite_sequence",
            "INSERT INTO t DEFAULT VALUES",
            "SELECT id FROM t",
        ],
    )
    .await;
}

#[tokio::test]
async fn collations_conflict_clauses_and_constraints_without_a_name() {
    keeps(
        "CREATE TABLE t (
            name TEXT COLLATE NOCASE UNIQUE ON CONFLICT REPLACE,
            age INT CHECK (age > 0) CONSTRAINT young CHECK (age < 200) DEFAULT (1 + 1),
            kind VARCHAR(10) NOT NULL ON CONFLICT IGNORE DEFAULT 'x',
            note TEXT,
            CHECK (age <> 13), UNIQUE (kind, age) ON CONFLICT ROLLBACK
            CHECK (kind <> 'no')
         );
         INSERT INTO t (name, age) VALUES ('a', 1), ('b', 2), (NULL, NULL), (NULL, 1.5), (NULL, '7');",
        &[
            "INSERT INTO t (name, age, kind) VALUES ('A', 3, 'y')",
            "SELECT name, age, kind FROM t WHERE name = 'a'",
            "INSERT INTO t (age) VALUES (0)",
            "INSERT INTO t (age) VALUES (13)",
            "INSERT INTO t (age) VALUES (200)",
            "INSERT INTO t (kind) VALUES ('no')",
            "INSERT INTO t (kind) VALUES (NULL)",
            "SELECT count(*) FROM t",
        ],
    )
    .await;
}

#[tokio::test]
async fn indexes_of_every_kind() {
    keeps(
        "CREATE TABLE t (a TEXT, b INT, note TEXT);
         CREATE INDEX over_expression ON t (lower(a), b + 1);
         CREATE INDEX ordered ON t (a COLLATE NOCASE DESC, b ASC);
         CREATE UNIQUE INDEX \"part of it\" ON t (b) WHERE t.a IS NOT NULL;
         create   index if not exists main.odd /* why */ on T (\"b\");
         INSERT INTO t (a, b) VALUES ('a', 1), (NULL, 1), ('b', 2);",
        &[
            "SELECT group_concat(l.name || ' ' || coll || ' ' || desc || ' ' || key) FROM pragma_index_list('t') l, pragma_index_xinfo(l.name)",
            "INSERT INTO t (a, b) VALUES ('c', 1)",
            "INSERT INTO t (a, b) VALUES (NULL, 1)",
        ],
    )
    .await;
}

#[tokio::test]
async fn triggers_of_the_table_of_others_and_of_the_connection() {
    keeps(
        "CREATE TABLE log (id INTEGER PRIMARY KEY, line);
         CREATE TABLE u (a);
         CREATE TABLE t (a TEXT, note TEXT);
         CREATE TRIGGER one AFTER INSERT ON t BEGIN INSERT INTO log (line) VALUES ('one; ' || new.a); END;
         CREATE TRIGGER two AFTER INSERT ON t WHEN new.a <> 'x' BEGIN
            INSERT INTO log (line) SELECT CASE WHEN 1 THEN 'two' END; -- ;
         END;
         CREATE TRIGGER three BEFORE UPDATE OF a ON main.t BEGIN INSERT INTO log (line) VALUES ('three'); END;
         CREATE TRIGGER gone AFTER DELETE ON t BEGIN INSERT INTO log (line) VALUES ('gone'); END;
         CREATE TRIGGER other AFTER INSERT ON u BEGIN INSERT INTO t (a) VALUES (new.a); END;
         CREATE TEMP TRIGGER passing AFTER INSERT ON main.t BEGIN INSERT INTO log (line) VALUES ('passing'); END;
         INSERT INTO t (a) VALUES ('first');",
        &[
            "INSERT INTO u VALUES ('b')",
            "UPDATE t SET a = 'c'",
            "DELETE FROM t",
            "SELECT * FROM log",
        ],
    )
    .await;
}

#[tokio::test]
async fn views_that_mention_it_and_views_that_were_broken_before() {
    keeps(
        "CREATE TABLE t (a TEXT, note TEXT);
         CREATE VIEW v AS SELECT * FROM t;
         CREATE VIEW w (x) AS SELECT v.a FROM v JOIN t USING (a);
         CREATE TRIGGER into_v INSTEAD OF INSERT ON v BEGIN INSERT INTO t (a) VALUES (new.a); END;
         CREATE VIEW broken AS SELECT x FROM nowhere;
         INSERT INTO v (a) VALUES ('a');",
        &[
            "SELECT * FROM w",
            "INSERT INTO v (a) VALUES ('b')",
            "SELECT a FROM t",
        ],
    )
    .await;
}

#[tokio::test]
async fn generated_columns() {
    keeps(
        "CREATE TABLE t (
            a INT,
            twice INT GENERATED ALWAYS AS (a * 2) STORED,
            note TEXT,
            more AS (twice + 1),
            text AS ('(' || a || ')') VIRTUAL NOT NULL
         );
         CREATE INDEX ix ON t (more);
         INSERT INTO t (a) VALUES (1), (2);",
        &[
            "UPDATE t SET a = 5",
            "SELECT * FROM t",
            "INSERT INTO t (a) VALUES (NULL)",
        ],
    )
    .await;
}

#[tokio::test]
async fn kinds_of_tables_and_of_primary_keys() {
    for definition in [
        "CREATE TABLE t (a INTEGER PRIMARY KEY, note TEXT) STRICT",
        "CREATE TABLE t (a TEXT PRIMARY KEY DESC, note TEXT) WITHOUT ROWID",
        "CREATE TABLE t (a TEXT, b INT, note TEXT, PRIMARY KEY (b DESC, a COLLATE NOCASE)) WITHOUT ROWID, STRICT",
        "CREATE TABLE t (a, b, note TEXT, CONSTRAINT pk PRIMARY KEY (b, a) ON CONFLICT REPLACE)",
        "CREATE TABLE t (a INTEGER PRIMARY KEY DESC, note TEXT)",
        "CREATE TABLE t (a INTEGER, note TEXT, PRIMARY KEY (a DESC))",
        "CREATE TABLE t (a BIGINT PRIMARY KEY, note TEXT)",
        "CREATE TABLE t (note TEXT)",
    ] {
        keeps(
            &format!(
                "{definition};
                 INSERT INTO t (note) SELECT 'a' WHERE NOT EXISTS (SELECT 1 FROM pragma_table_info('t') WHERE name = 'a');
                 CREATE TABLE late (x);"
            ),
            &["SELECT * FROM t", "INSERT INTO t VALUES (1, 2)"],
        )
        .await;
    }
}

#[tokio::test]
async fn row_ids_also_where_columns_hide_their_names() {
    keeps(
        "CREATE TABLE t (note TEXT); INSERT INTO t (rowid, note) VALUES (-5, 'a'), (7, 'b'), (99, 'c');",
        &[
            "SELECT rowid, note FROM t",
            "SELECT rowid FROM t WHERE note = 'c'",
        ],
    )
    .await;
    keeps(
        "CREATE TABLE t (rowid TEXT, \"_ROWID_\" TEXT, note TEXT); INSERT INTO t (oid, rowid) VALUES (7, 'b'), (99, 'c');",
        &["SELECT oid, * FROM t"],
    )
    .await;
    // Nothing can name the row id of this one.
    keeps(
        "CREATE TABLE t (rowid, oid, _rowid_, note TEXT); INSERT INTO t VALUES (1, 2, 3, 'x');",
        &["SELECT * FROM t"],
    )
    .await;
}

#[tokio::test]
async fn foreign_keys_from_it_to_it_and_to_itself() {
    keeps(
        "CREATE TABLE p (id INTEGER PRIMARY KEY);
         CREATE TABLE t (
            id INTEGER PRIMARY KEY,
            p INT REFERENCES p ON DELETE SET NULL ON UPDATE CASCADE MATCH FULL NOT DEFERRABLE,
            q INT CONSTRAINT fk_q REFERENCES \"p\" (id) DEFERRABLE INITIALLY DEFERRED,
            boss INT,
            note TEXT,
            FOREIGN KEY (boss) REFERENCES t (id) ON DELETE CASCADE DEFERRABLE INITIALLY IMMEDIATE
         );
         CREATE TABLE child (id INTEGER PRIMARY KEY, t INT REFERENCES t ON DELETE CASCADE);
         CREATE TABLE other (t INT NOT NULL REFERENCES T (id) ON DELETE CASCADE);
         INSERT INTO p VALUES (1);
         INSERT INTO t VALUES (1, 1, 1, NULL, 'a'), (2, NULL, NULL, 1, 'b'), (3, 1, NULL, 3, NULL);
         INSERT INTO child VALUES (1, 1), (2, 2);
         INSERT INTO other VALUES (1), (3);",
        &[
            "INSERT INTO t (boss) VALUES (77)",
            "INSERT INTO child VALUES (3, 77)",
            "DELETE FROM p",
            "SELECT * FROM t",
            "DELETE FROM t WHERE id = 1",
            "SELECT id FROM t",
            "SELECT * FROM child",
            "SELECT * FROM other",
        ],
    )
    .await;
}

#[tokio::test]
async fn comments_and_the_way_it_is_written() {
    keeps(
        "CREATE TABLE t -- the name
         ( /* first */ a INT, -- about a, with a ( and a '
            b   INT   -- about b
            , note TEXT /* the note */
            -- the end )
         ) /* after */ STRICT;
         INSERT INTO t (a) VALUES (1);",
        &[],
    )
    .await;
}

#[tokio::test]
async fn names_in_every_quotes_and_texts_in_double_quotes() {
    keeps(
        "CREATE TABLE t (\"a\"\"b\" INT, `c``d` INT, [e f] INT, 'g''h' INT, \"select\" INT, note TEXT,
            é TEXT DEFAULT \"double\", kind TEXT DEFAULT word CHECK (kind <> \"nothing\"),
            UNIQUE (\"a\"\"b\", [e f]), CHECK (`select` IS NOT 'x)'));
         CREATE INDEX \"ix \"\"q\" ON t (\"a\"\"b\", \"no column\");
         CREATE VIEW v AS SELECT \"no column\" AS x, \"select\" FROM t;
         INSERT INTO t (\"select\") VALUES (1);",
        &["SELECT * FROM v", "INSERT INTO t (\"kind\") VALUES ('nothing')"],
    )
    .await;
    for name in [
        "it's",
        "a \"b\" [c] `d`",
        "sélect",
        "x.y",
        "order",
        "migrate_rebuild_x",
    ] {
        let quoted = format!("\"{}\"", name.replace('"', "\"\""));
        let mut base = Base::new(&format!(
            "CREATE TABLE {quoted} (id INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT);
             CREATE TABLE child (x REFERENCES {quoted} ON DELETE CASCADE);
             CREATE INDEX ix ON {quoted} (a);
             INSERT INTO {quoted} VALUES (5, 'a');
             INSERT INTO child VALUES (5);"
        ))
        .await;
        base.alter(name, |op| {
            op.alter_column(name, "a").not_null();
        })
        .await
        .unwrap();
        assert_eq!(
            base.sql_of(name).await,
            format!("CREATE TABLE {quoted} (id INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT NOT NULL)")
        );
        assert_eq!(base.rows("SELECT x FROM child").await, ["5"]);
        assert_eq!(base.rows("SELECT seq FROM sqlite_sequence").await, ["5"]);
    }
}

#[tokio::test]
async fn statistics_and_what_is_left_of_others() {
    keeps(
        "CREATE TABLE t (a INT, note TEXT); CREATE INDEX ix ON t (a);
         CREATE TABLE migrate_rebuild_t (x); CREATE TABLE MIGRATE_REBUILD_T_2 (x);
         CREATE TEMP TABLE migrate_guard (x); CREATE VIEW migrate_before AS SELECT 1;
         INSERT INTO t (a) VALUES (1), (1), (2); INSERT INTO migrate_rebuild_t VALUES ('mine');
         DROP TABLE MIGRATE_REBUILD_T_2; CREATE INDEX MIGRATE_REBUILD_T_2 ON migrate_rebuild_t (x); ANALYZE;",
        &[
            "SELECT tbl, idx, stat FROM sqlite_stat1 ORDER BY 1",
            "SELECT * FROM temp.migrate_guard",
        ],
    )
    .await;
}

#[tokio::test]
async fn two_thousand_columns() {
    let columns: Vec<String> = (1..1998)
        .map(|number| format!("c{number} INT DEFAULT {number}"))
        .collect();
    keeps(
        &format!(
            "CREATE TABLE t (id INTEGER PRIMARY KEY, {}, note TEXT); INSERT INTO t DEFAULT VALUES;",
            columns.join(", ")
        ),
        &["SELECT c1997 FROM t"],
    )
    .await;
}

#[tokio::test]
async fn expressions_that_name_the_table() {
    let mut base = Base::new(
        "CREATE TABLE t (a INT CHECK (t.a > 0), note TEXT, CHECK (main.t . a < \"T\".a + 1 AND t.note <> 't.a'));
         INSERT INTO t (a) VALUES (1);",
    )
    .await;
    base.rebuild("t", |op| {
        op.alter_column("t", "note").server_default("new");
    })
    .await;
    assert_eq!(
        base.sql_of("t").await,
        "CREATE TABLE \"t\" (a INT CHECK (a > 0), note TEXT DEFAULT ''new'', CHECK ( a < a + 1 AND note <> ''t.a''))"
            .replace("''", "'")
    );
    assert_eq!(base.rows("SELECT a, note FROM t").await, ["1 NULL"]);
}

#[tokio::test]
async fn an_attached_database() {
    let mut base = Base::new(
        "ATTACH ':memory:' AS aux;
         CREATE TABLE t (a TEXT NOT NULL);
         CREATE TABLE aux.t (id INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT);
         CREATE TABLE aux.child (t REFERENCES t ON DELETE CASCADE);
         CREATE INDEX aux.ix ON t (a);
         CREATE TRIGGER aux.tr AFTER INSERT ON t BEGIN DELETE FROM child WHERE t = -1; END;
         INSERT INTO aux.t VALUES (3, 'a'); INSERT INTO aux.child VALUES (3); INSERT INTO t VALUES ('mine');",
    )
    .await;
    let (main, aux) = (
        "SELECT * FROM main.sqlite_schema",
        "SELECT type, name, tbl_name, sql FROM aux.sqlite_schema ORDER BY 1, 2",
    );
    let (main_before, aux_before) = (base.rows(main).await, base.rows(aux).await);
    let table = migrate_core::schema::qualified("aux", "t");
    base.alter(table.clone(), |op| {
        op.alter_column(table, "a").not_null();
    })
    .await
    .unwrap();
    assert_eq!(base.rows(main).await, main_before);
    let expected: Vec<String> = aux_before
        .iter()
        .map(|line| {
            line.replace("CREATE TABLE t (", "CREATE TABLE \"t\" (")
                .replace("a TEXT)", "a TEXT NOT NULL)")
        })
        .collect();
    assert_eq!(base.rows(aux).await, expected);
    assert_eq!(
        base.rows("SELECT * FROM aux.child, aux.sqlite_sequence, t").await,
        ["3 't' 3 'mine'"]
    );
}
