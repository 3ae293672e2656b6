//! What MariaDB spells otherwise than it was written: conditions, types, defaults, keys and indexes.

use migrate_core::autogenerate::{compare, settle};
use migrate_core::prelude::*;
use migrate_core::schema::{Expression, Type};
use migrate_tests::TestDatabase;
use migrate_tests::described::sorted;

use super::{make, mysql};
use crate::compared::{same, wrong};
use crate::server::read;

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
