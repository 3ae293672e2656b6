//! What is read in texts that SQLite takes, and what is refused.

use std::fmt::Write as _;

use super::definition::{Clause, Definition, ElementKind};
use super::tokens::Span;

/// What stands in a text: a line for each column and constraint, and below it a line for each constraint of a column.
fn read(sql: &str) -> String {
    let definition = match Definition::parse(sql) {
        Ok(definition) => definition,
        Err(unread) => return format!("!! {}\n", unread.0),
    };
    let one_line = |span: Span| {
        definition
            .text(span)
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
    };
    let clause = |clause: &Clause| {
        let rule = format!("{:?}", clause.rule);
        let rule = rule.split([' ', '(']).next().unwrap_or_default().to_owned();
        format!(
            "{rule} {:?}: {}",
            clause.name.as_deref().unwrap_or(""),
            one_line(clause.span)
        )
    };
    let mut text = String::new();
    for element in &definition.elements {
        match &element.kind {
            ElementKind::Column(column) => {
                writeln!(text, "{:?}: {:?}", column.name, column.ty.map(one_line)).unwrap();
                for part in &column.clauses {
                    writeln!(text, "    {}", clause(part)).unwrap();
                }
            }
            ElementKind::Constraint(part) => writeln!(text, "{}", clause(part)).unwrap(),
        }
    }
    if definition.without_rowid {
        text.push_str("without rowid\n");
    }
    if let Some(row_id) = definition.row_id() {
        writeln!(text, "row id: {}", row_id.name).unwrap();
    }
    text
}

#[test]
fn columns_in_every_spelling() {
    let text = read(
        "CREATE TABLE \"the table\" ( -- a comment, with (
            a, \"b \"\"q\" INT, `c``d` VARCHAR ( 10 , 2 ) , [e] DOUBLE PRECISION, 'f' 'some type' NOT NULL,
            key TEXT, generated ALWAYS, h GENERATED, i x y z (-1, +2) NULL,
            é /* ) */ ünsigned big int DEFAULT-5, j$1 DEFAULT +2.5e-3, k DEFAULT x'00ff', l DEFAULT (1 + (2)),
            m DEFAULT word, n DEFAULT \"text\" COLLATE 'nocase', o DEFAULT CURRENT_TIMESTAMP, p DEFAULT 'it''s, (',
            q DEFAULT .5 DEFAULT 0x1F, r DEFAULT TRUE)",
    );
    insta::assert_snapshot!(text, @r#"
    "a": None
    "b \"q": Some("INT")
    "c`d": Some("VARCHAR ( 10 , 2 )")
    "e": Some("DOUBLE PRECISION")
    "f": Some("'some type'")
        NotNull "": NOT NULL
    "key": Some("TEXT")
    "generated": Some("ALWAYS")
    "h": Some("GENERATED")
    "i": Some("x y z (-1, +2)")
        Null "": NULL
    "é": Some("ünsigned big int")
        Default "": DEFAULT-5
    "j$1": None
        Default "": DEFAULT +2.5e-3
    "k": None
        Default "": DEFAULT x'00ff'
    "l": None
        Default "": DEFAULT (1 + (2))
    "m": None
        Default "": DEFAULT word
    "n": None
        Default "": DEFAULT "text"
        Collate "": COLLATE 'nocase'
    "o": None
        Default "": DEFAULT CURRENT_TIMESTAMP
    "p": None
        Default "": DEFAULT 'it''s, ('
    "q": None
        Default "": DEFAULT .5
        Default "": DEFAULT 0x1F
    "r": None
        Default "": DEFAULT TRUE
    "#);
}

#[test]
fn constraints_of_columns() {
    let text = read(
        "create table t (
            id integer constraint pk primary key asc on conflict replace autoincrement,
            a INT CONSTRAINT \"not it\" NOT NULL ON CONFLICT FAIL UNIQUE ON CONFLICT IGNORE CHECK (a IN (1, ')')) CHECK(1),
            b REFERENCES p ON DELETE SET NULL ON UPDATE NO ACTION MATCH FULL NOT DEFERRABLE INITIALLY DEFERRED NOT NULL,
            c INT REFERENCES \"p\" (\"x\", y) ON DELETE CASCADE DEFERRABLE COLLATE rtrim CONSTRAINT z REFERENCES q,
            d INT GENERATED ALWAYS AS (a || ')') STORED, e AS (a) VIRTUAL UNIQUE, f TEXT AS (b), g DEFERRABLE)",
    );
    insta::assert_snapshot!(text, @r#"
    "id": Some("integer")
        PrimaryKey "pk": constraint pk primary key asc on conflict replace autoincrement
    "a": Some("INT")
        NotNull "not it": CONSTRAINT "not it" NOT NULL ON CONFLICT FAIL
        Unique "": UNIQUE ON CONFLICT IGNORE
        Check "": CHECK (a IN (1, ')'))
        Check "": CHECK(1)
    "b": None
        ForeignKey "": REFERENCES p ON DELETE SET NULL ON UPDATE NO ACTION MATCH FULL NOT DEFERRABLE INITIALLY DEFERRED
        NotNull "": NOT NULL
    "c": Some("INT")
        ForeignKey "": REFERENCES "p" ("x", y) ON DELETE CASCADE DEFERRABLE
        Collate "": COLLATE rtrim
        ForeignKey "z": CONSTRAINT z REFERENCES q
    "d": Some("INT")
        Generated "": GENERATED ALWAYS AS (a || ')') STORED
    "e": None
        Generated "": AS (a) VIRTUAL
        Unique "": UNIQUE
    "f": Some("TEXT")
        Generated "": AS (b)
    "g": None
        Deferrable "": DEFERRABLE
    row id: id
    "#);
}

#[test]
fn constraints_of_tables_with_commas_and_without() {
    let text = read(
        "CREATE TABLE t (a, b, c,
            CONSTRAINT pk PRIMARY KEY (a COLLATE nocase DESC, \"b\" ASC) ON CONFLICT ABORT CHECK (a > 0) ON CONFLICT FAIL,
            UNIQUE (c) CONSTRAINT \"fk\" FOREIGN KEY (a, [b]) REFERENCES t ON DELETE RESTRICT DEFERRABLE INITIALLY IMMEDIATE,
            FOREIGN KEY ('c') REFERENCES u (x)) WITHOUT ROWID, STRICT",
    );
    insta::assert_snapshot!(text, @r#"
    "a": None
    "b": None
    "c": None
    PrimaryKey "pk": CONSTRAINT pk PRIMARY KEY (a COLLATE nocase DESC, "b" ASC) ON CONFLICT ABORT
    Check "": CHECK (a > 0) ON CONFLICT FAIL
    Unique "": UNIQUE (c)
    ForeignKey "fk": CONSTRAINT "fk" FOREIGN KEY (a, [b]) REFERENCES t ON DELETE RESTRICT DEFERRABLE INITIALLY IMMEDIATE
    ForeignKey "": FOREIGN KEY ('c') REFERENCES u (x)
    without rowid
    "#);
}

#[test]
fn the_row_id() {
    let row_id = |columns: &str| {
        let definition = Definition::parse(&format!("CREATE TABLE t ({columns}")).unwrap();
        definition.row_id().map(|column| column.name.clone())
    };
    for columns in [
        "a INTEGER PRIMARY KEY)",
        "a integer NOT NULL PRIMARY KEY ASC AUTOINCREMENT)",
        "b, a Integer, PRIMARY KEY (a))",
        "a INTEGER, PRIMARY KEY (A DESC))",
    ] {
        assert_eq!(row_id(columns).as_deref(), Some("a"), "{columns}");
    }
    for columns in [
        "a INTEGER PRIMARY KEY DESC)",
        "a INT PRIMARY KEY)",
        "a \"INTEGER\" PRIMARY KEY)",
        "a INTEGER(4) PRIMARY KEY)",
        "a INTEGER, b INTEGER, PRIMARY KEY (a, b))",
        "a INTEGER UNIQUE)",
        "a INTEGER PRIMARY KEY) WITHOUT ROWID",
    ] {
        assert_eq!(row_id(columns), None, "{columns}");
    }
}

#[test]
fn what_is_not_understood_to_its_end_is_refused() {
    let text: String = [
        "",
        "CREATE VIRTUAL TABLE t USING fts5 (a)",
        "CREATE TABLE t",
        "CREATE TABLE t AS SELECT 1",
        "CREATE TABLE t ()",
        "CREATE TABLE t (a",
        "CREATE TABLE t (a,)",
        "CREATE TABLE t (a, CHECK (a > 0), b)",
        "CREATE TABLE t (a CHECK (a > 0)",
        "CREATE TABLE t (a DEFAULT)",
        "CREATE TABLE t (a DEFAULT - -1)",
        "CREATE TABLE t (a CONSTRAINT x)",
        "CREATE TABLE t (a INT SOMETHING NEW (1) NEWER)",
        "CREATE TABLE t (a, UNIQUE (lower(a)))",
        "CREATE TABLE t (a 'open)",
        "CREATE TABLE t (a) /* open",
        "CREATE TABLE t (a) WITH ROWID",
        "CREATE TABLE t (a); CREATE TABLE u (b)",
    ]
    .iter()
    .map(|sql| format!("{sql:<50} {}", read(sql)))
    .collect();
    insta::assert_snapshot!(text, @r#"
                                                       !! its end
    CREATE VIRTUAL TABLE t USING fts5 (a)              !! VIRTUAL TABLE t USING fts5 (a)
    CREATE TABLE t                                     !! its end
    CREATE TABLE t AS SELECT 1                         !! AS SELECT 1
    CREATE TABLE t ()                                  !! )
    CREATE TABLE t (a                                  !! its end
    CREATE TABLE t (a,)                                !! )
    CREATE TABLE t (a, CHECK (a > 0), b)               !! b)
    CREATE TABLE t (a CHECK (a > 0)                    !! its end
    CREATE TABLE t (a DEFAULT)                         !! )
    CREATE TABLE t (a DEFAULT - -1)                    !! -1)
    CREATE TABLE t (a CONSTRAINT x)                    !! )
    CREATE TABLE t (a INT SOMETHING NEW (1) NEWER)     !! NEWER)
    CREATE TABLE t (a, UNIQUE (lower(a)))              !! (a)))
    CREATE TABLE t (a 'open)                           !! 'open)
    CREATE TABLE t (a) /* open                         !! /* open
    CREATE TABLE t (a) WITH ROWID                      !! WITH ROWID
    CREATE TABLE t (a); CREATE TABLE u (b)             !! ; CREATE TABLE u (b)
    "#);
}

#[test]
fn a_text_of_any_size_is_read_in_linear_time_and_without_a_panic() {
    let deep = format!(
        "CREATE TABLE t (a CHECK ({}1{}))",
        "(".repeat(100_000),
        ")".repeat(100_000)
    );
    assert!(Definition::parse(&deep).is_ok());
    let long = format!(
        "CREATE TABLE t (a{})",
        ", b INT /* \" ' ` [ */ DEFAULT (1)".repeat(20_000)
    );
    assert_eq!(Definition::parse(&long).unwrap().columns().count(), 20_001);
}

proptest::proptest! {
    #[test]
    fn whatever_is_written_nothing_panics(sql in "(CREATE TABLE t \\()?[a-c\"'`\\[\\](),.;0-9eExX \n/*-]{0,40}(é|\\))?") {
        drop(Definition::parse(&sql));
    }

    #[test]
    fn whatever_is_cut_off_nothing_panics(end in 0_usize..200) {
        let sql = "CREATE TABLE \"é\" (a INT DEFAULT 1.5e+3 CHECK (a IN (x'00', '')), [é] AS (a) STORED, PRIMARY KEY (a) FOREIGN KEY (a) REFERENCES u (b) ON DELETE SET NULL) STRICT, WITHOUT ROWID -- é";
        if let Some(part) = sql.get(..end) {
            drop(Definition::parse(part));
        }
    }
}
