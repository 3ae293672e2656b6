//! What PostgreSQL spells otherwise than it was written: conditions, types, defaults, keys and indexes.

use migrate_core::autogenerate::compare;
use migrate_core::prelude::*;
use migrate_core::schema::{Expression, IndexElement, Metadata, Type};
use migrate_tests::TestDatabase;

use super::postgres;
use crate::compared::{same, wrong};
use crate::server::read;

/// Conditions as authors write them.
const CONDITIONS: &[&str] = &[
    "n > 0",
    "n>0 and n<=10 AND (n <> 5 or n != 7)",
    "NOT (n > 3) OR name IS NOT NULL",
    "n BETWEEN 1 AND 10",
    "n NOT BETWEEN 1 AND 10 AND flag",
    "n IN (1, 2, 3)",
    "n NOT IN (1, -2)",
    "n IN (4)",
    "name IN ('a', 'b''c')",
    "label IN ('a', 'b')",
    "label NOT IN ('a', 'b')",
    "kind IN ('free', 'pro')",
    "kind = 'free'",
    "kind = 'free'::kind",
    "name LIKE 'a%' AND name NOT LIKE '%b'",
    "name ILIKE 'a%'",
    "name LIKE '10!%' ESCAPE '!'",
    "name ~ '^[a-z]+$'",
    "length(name) > 3",
    "char_length(label) > 3",
    "lower(name) = name",
    "label = 'x'",
    "label <> ''",
    "n + 1 > 2 * n - 3",
    "n > -1",
    "(n + 1) * 2 > 0",
    "n % 2 = 0",
    "price > 0.5",
    "price >= 1",
    "real_number < 1.5",
    "flag",
    "NOT flag",
    "flag IS TRUE",
    "flag = true",
    "name IS DISTINCT FROM 'x'",
    "coalesce(name, '') <> ''",
    "CASE WHEN n > 1 THEN name IS NULL ELSE true END",
    "CASE n WHEN 1 THEN true WHEN 2 THEN flag END",
    "day > '2020-01-01'",
    "at > '2020-01-01 00:00:00+00'",
    "day > date '2020-01-01'",
    "extract(year from day) > 2000",
    "date_part('year', day) > 2000",
    "at > now()",
    "at < CURRENT_TIMESTAMP",
    "day < current_date",
    "at AT TIME ZONE 'utc' > '2020-01-01'",
    "data ->> 'a' = 'b'",
    "(data ->> 'a')::int > 3",
    "data ? 'a'",
    "data @> '{\"a\": 1}'",
    "list[1] = 2",
    "n = ANY (list)",
    "array_length(list, 1) > 0",
    "list = '{}'",
    "trim(name) <> ''",
    "trim(both 'x' from name) <> ''",
    "substring(name from 1 for 2) = 'ab'",
    "position('a' in name) > 0",
    "(n, name) IS NOT NULL",
    "num_nonnulls(n, name) = 1",
    "name || 'x' = 'ax'",
    "\"Odd name\" > 0",
    "t.n > 0",
    "name = 'back\\slash'",
    "name = E'tab\\t'",
    "cast(name as integer) > 0",
    "name COLLATE \"C\" > 'a'",
    "n::bigint > 0 -- a comment",
    "upper(name) = name AND (n > 0 AND flag)",
    "n IS NULL OR n > 0 AND flag",
    "n <> ALL (ARRAY[1, 2])",
    "at + interval '1 day' > now()",
    "id = '00000000-0000-0000-0000-000000000000'",
];

#[tokio::test]
#[ignore = "needs PostgreSQL: run by cargo xtask test"]
async fn a_condition_is_the_same_when_it_is_read_back() {
    let mut op = Op::new();
    op.create_table("t", |t| {
        t.column("id", uuid());
        t.column("n", integer());
        t.column("Odd name", integer());
        t.column("name", text());
        t.column("label", varchar(20));
        t.column("kind", enumeration("kind", ["free", "pro"]));
        t.column("price", numeric(10, 2));
        t.column("real_number", double());
        t.column("flag", boolean());
        t.column("day", date());
        t.column("at", timestamptz());
        t.column("data", jsonb());
        t.column("list", array_of(integer()));
        for condition in CONDITIONS {
            t.check(condition);
        }
    });
    for (number, condition) in CONDITIONS.iter().enumerate() {
        if !["now()", "CURRENT_TIMESTAMP", "current_date"]
            .iter()
            .any(|word| condition.contains(word))
        {
            let name = format!("ix_{number}");
            op.create_index(name.as_str(), "t", ["n"]).where_(condition);
        }
    }
    let wrong = differences(op).await;
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test]
#[ignore = "needs PostgreSQL: run by cargo xtask test"]
async fn a_default_is_the_same_when_it_is_read_back() {
    let types = [
        smallint(),
        integer(),
        bigint(),
        numeric(10, 2),
        real(),
        double(),
        custom("numeric"),
        custom("INT4"),
        custom("decimal(8,3)"),
    ];
    let numbers = [
        Expression::from(1_i32),
        Expression::from(-1_i32),
        Expression::from("18"),
        Expression::from("-3"),
        Expression::from("+4"),
        sql("5").into(),
        sql("-6").into(),
        sql("1 + 2").into(),
        sql("'7'").into(),
        sql("'8'::integer").into(),
        sql("(9)").into(),
        sql("length('ab')").into(),
        Expression::Null,
    ];
    let fractions: [Expression; 5] = [
        1.5.into(),
        (-0.25).into(),
        "1.50".into(),
        "2.0".into(),
        sql("1e3").into(),
    ];
    let texts: [(Type, Vec<Expression>); 16] = [
        (
            text(),
            vec![
                "".into(),
                "it's".into(),
                "a\\b".into(),
                1_i32.into(),
                true.into(),
                sql("'x' || 'y'").into(),
            ],
        ),
        (
            varchar(20),
            vec![
                "x".into(),
                2_i32.into(),
                sql("upper('a')").into(),
                sql("current_user").into(),
            ],
        ),
        (char(3), vec!["abc".into()]),
        (
            boolean(),
            vec![
                true.into(),
                false.into(),
                "yes".into(),
                "f".into(),
                sql("NOT true").into(),
                sql("TRUE").into(),
            ],
        ),
        (
            uuid(),
            vec![
                "A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11".into(),
                sql("gen_random_uuid()").into(),
            ],
        ),
        (
            date(),
            vec!["2020-01-02".into(), sql("CURRENT_DATE").into(), now()],
        ),
        (time(), vec!["12:30:00".into(), sql("LOCALTIME").into()]),
        (
            timestamp(),
            vec![
                now(),
                "2020-01-02".into(),
                "2020-01-02T03:04:05".into(),
                sql("LOCALTIMESTAMP").into(),
            ],
        ),
        (
            timestamptz(),
            vec![
                now(),
                "2020-01-02 03:04:05Z".into(),
                sql("CURRENT_TIMESTAMP").into(),
                sql("now() + interval '1 day'").into(),
                sql("timezone('utc', now())").into(),
                sql("now() AT TIME ZONE 'utc'").into(),
            ],
        ),
        (json(), vec!["{}".into(), "{\"a\": 1}".into()]),
        (
            jsonb(),
            vec![
                "{}".into(),
                "{\"a\":1,\"b c\":[1, 2]}".into(),
                sql("'[]'::jsonb").into(),
            ],
        ),
        (bytes(), vec![vec![0_u8, 255].into(), sql("'\\x01'").into()]),
        (
            enumeration("plan", ["free", "it's"]).into(),
            vec!["free".into(), "it's".into(), sql("'free'::plan").into()],
        ),
        (
            array_of(integer()),
            vec![
                "{}".into(),
                "{1,2}".into(),
                sql("ARRAY[1, 2]").into(),
                sql("'{}'::int[]").into(),
            ],
        ),
        (array_of(varchar(3)), vec!["{}".into()]),
        (
            custom("interval"),
            vec!["1 day".into(), sql("interval '2 days'").into()],
        ),
    ];
    let mut op = Op::new();
    op.create_table("t", |t| {
        let mut number = 0;
        let mut add = |ty: Type, default: &Expression| {
            number += 1;
            t.column(&format!("c{number}"), ty)
                .server_default(default.clone());
        };
        for ty in types {
            for default in &numbers {
                add(ty.clone(), default);
            }
        }
        for ty in [numeric(10, 2), real(), double(), custom("numeric")] {
            for default in &fractions {
                add(ty.clone(), default);
            }
        }
        for (ty, defaults) in texts {
            for default in &defaults {
                add(ty.clone(), default);
            }
        }
    });
    let wrong = differences(op).await;
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test]
#[ignore = "needs PostgreSQL: run by cargo xtask test"]
async fn a_type_a_constraint_and_an_index_are_the_same_when_they_are_read_back() {
    let types = [
        "VARCHAR",
        "varchar(3)",
        "CHAR",
        "bpchar",
        "decimal",
        "numeric(5)",
        "int8",
        "float",
        "float4",
        "timestamptz",
        "timestamp(3)",
        "timetz",
        "time(2)",
        "interval",
        "inet",
        "cidr",
        "macaddr",
        "point",
        "tsvector",
        "xml",
        "bit(3)",
        "bit varying(5)",
        "varbit",
        "int4range",
        "money",
        "oid",
        "regclass",
        "text[]",
        "varchar(3)[]",
        "text[][]",
        "plan",
        "plan[]",
        "pg_catalog.int4",
        "\"char\"",
        "name",
        "email",
        "interval day to second",
        "daterange",
    ];
    let mut op = Op::new();
    op.create_enum(enumeration("plan", ["free"]));
    op.execute("CREATE DOMAIN email AS text");
    op.create_table("t", |t| {
        t.column("id", bigint()).primary_key().autoincrement();
        for (number, ty) in types.iter().enumerate() {
            t.column(&format!("c{number}"), custom(*ty));
        }
        t.column("a", text()).collate("C");
        t.column("b", varchar(10));
        t.column("n", integer()).comment("");
        t.column("r", custom("int4range"));
        t.column("data", jsonb());
        t.column("twice", integer()).generated_stored("n*2");
        t.column("up", text()).generated_stored("upper(b) || 'x'");
        t.exclude("ex_r", [("r", "&&")]).where_("n > 3");
        t.exclude("ex_n", [("n", "=")]).using("btree").deferrable();
        t.unique(["a", "b"]).initially_deferred();
    });
    let elements: Vec<IndexElement> = vec![
        key("a"),
        key("a").asc(),
        key("a").desc(),
        key("a").asc().nulls_first(),
        key("a").asc().nulls_last(),
        key("a").desc().nulls_last(),
        key("a").desc().nulls_first(),
        key("a").collate("POSIX"),
        key("b").operator_class("varchar_pattern_ops"),
        key("a").operator_class("text_ops"),
        sql("lower(b)").into(),
        sql("lower(b) DESC").into(),
        sql("lower(b) desc nulls last").into(),
        sql("(n + 1)").into(),
        sql("(b || 'x')").into(),
        sql("coalesce(n, 0)").into(),
        sql("n DESC").into(),
        sql("(data ->> 'a')").into(),
        sql("((data ->> 'a')::int)").into(),
        sql("lower(a)").into(),
        sql("a COLLATE \"POSIX\" DESC").into(),
        sql("(b COLLATE \"C\")").into(),
        sql("b text_pattern_ops").into(),
        sql("lower(b) text_pattern_ops DESC NULLS LAST").into(),
        sql("b COLLATE \"C\" varchar_pattern_ops").into(),
    ];
    for (number, element) in elements.into_iter().enumerate() {
        op.create_index(format!("ix_{number}").as_str(), "t", [element]);
    }
    op.create_index("ix_gin", "t", ["data"]).using("gin");
    op.create_index("ix_hash", "t", ["n"]).using("hash");
    op.create_index("ix_btree", "t", ["n"])
        .using("btree")
        .include(["b"]);
    op.create_index("ix_with", "t", ["n"])
        .option(Postgres, "WITH (fillfactor = 70)");
    op.create_index("ix_unique", "t", ["n"])
        .unique()
        .where_("n > 3 AND b = 'x'");
    let wrong = differences(op).await;
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test]
#[ignore = "needs PostgreSQL: run by cargo xtask test"]
async fn what_an_extension_brought_is_the_extension() {
    let mut op = Op::new();
    op.create_extension("citext");
    op.create_extension("pg_stat_statements");
    op.create_extension("pg_trgm");
    op.create_table("t", |t| {
        t.column("name", custom("citext")).server_default("x");
        t.column("words", text());
        t.check("name <> 'y'");
    });
    op.create_index(None, "t", [key("words").operator_class("gin_trgm_ops")])
        .using("gin");
    op.create_index(Some("ix_trgm"), "t", [sql("words gin_trgm_ops")])
        .using("gin");
    let wrong = differences(op).await;
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What is not the same on a server as it was described.
async fn differences(op: Op) -> Vec<String> {
    let database = TestDatabase::postgres().await;
    let recorded = op.finish();
    let mut described = Metadata::default();
    for recorded in &recorded {
        described.apply(&recorded.operation).unwrap();
    }
    database.execute(&postgres().script(&recorded).unwrap()).await;
    let read = read(database.url()).await;
    let (one, other) = (postgres().normal(&described), postgres().normal(&read));
    let wrong = wrong(&one, &other);
    if wrong.is_empty() {
        same(&other, &one);
        assert_eq!(compare(&other, &one).operations, Vec::new());
    }
    wrong
}
