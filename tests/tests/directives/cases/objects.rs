//! Sequences, views, triggers, functions and extensions.

use super::{Case, case};
use migrate_core::prelude::*;

pub(crate) const CASES: &[Case] = &[
    case!(
        "create_sequence",
        |op| {
            op.create_sequence("plain").if_not_exists();
            op.create_sequence("invoice_no")
                .start(1000)
                .increment(10)
                .min(10)
                .max(90000)
                .cache(5)
                .cycle();
        },
        |op| {
            op.drop_sequence("invoice_no");
            op.drop_sequence("plain").if_exists();
        },
    )
    .refused(&[Sqlite, MySql]),
    case!(
        "create_sequence_of_a_column",
        |op| {
            op.create_sequence("log_no").owned_by("logs", "number");
            op.alter_column("logs", "number")
                .server_default(sql("nextval('log_no')"));
        },
        |op| {
            op.alter_column("logs", "number").drop_server_default();
            op.drop_sequence("log_no");
        },
    )
    .refused(&[Sqlite, MySql]),
    case!(
        "alter_sequence",
        |op| {
            op.on(Postgres, |op| {
                op.create_sequence("invoice_no");
            });
        },
        |op| {
            op.alter_sequence("invoice_no")
                .start(7)
                .increment(2)
                .min(3)
                .max(99)
                .cache(4)
                .cycle()
                .restart(50);
        },
        |op| {
            op.drop_sequence("invoice_no");
            op.create_sequence("invoice_no");
        },
    )
    .refused(&[Sqlite, MySql]),
    case!(
        "drop_sequence",
        |op| {
            op.on(Postgres, |op| {
                op.create_sequence("invoice_no").start(5);
            });
        },
        |op| {
            op.drop_sequence("invoice_no");
            op.drop_sequence("invoice_no").if_exists();
        },
        |op| {
            op.create_sequence("invoice_no").start(5);
        },
    )
    .refused(&[Sqlite, MySql]),
    case!(
        "create_view",
        |op| {
            op.create_view("adults", "SELECT id, name FROM users WHERE age >= 18 -- of age");
        },
        |op| {
            op.drop_view("adults");
            op.drop_view("adults").if_exists();
        },
    ),
    case!(
        "replace_view",
        |op| {
            op.create_view("adults", "SELECT id, name FROM users WHERE age >= 18");
        },
        |op| {
            op.replace_view("adults", "SELECT id, name FROM users WHERE age >= 21;");
        },
        |op| {
            op.replace_view("adults", "SELECT id, name FROM users WHERE age >= 18");
        },
    ),
    case!(
        "drop_view",
        |op| {
            op.create_view("adults", "SELECT id FROM users WHERE age >= 18");
        },
        |op| {
            op.drop_view("adults");
        },
        |op| {
            op.create_view("adults", "SELECT id FROM users WHERE age >= 18");
        },
    ),
    case!(
        "drop_view_if_exists",
        |op| {
            op.create_view("adults", "SELECT id FROM users WHERE age >= 18");
        },
        |op| {
            op.drop_view("adults").if_exists();
            op.drop_view("adults").if_exists();
        },
        |op| {
            op.create_view("adults", "SELECT id FROM users WHERE age >= 18");
        },
    ),
    case!(
        "drop_view_materialized",
        |op| {
            op.on(Postgres, |op| {
                op.create_view("adults", "SELECT id FROM users WHERE age >= 18")
                    .materialized();
            });
        },
        |op| {
            op.drop_view("adults").materialized();
        },
        |op| {
            op.create_view("adults", "SELECT id FROM users WHERE age >= 18")
                .materialized();
        },
    )
    .refused(&[Sqlite, MySql]),
    case!(
        "drop_view_cascade",
        |op| {
            op.create_view("adults", "SELECT id FROM users WHERE age >= 18");
            op.create_view("adult_ids", "SELECT id FROM adults");
        },
        |op| {
            op.drop_view("adults").cascade();
        },
        |op| {
            op.create_view("adults", "SELECT id FROM users WHERE age >= 18");
            op.create_view("adult_ids", "SELECT id FROM adults");
        },
    )
    .refused(&[Sqlite, MySql]),
    case!(
        "create_view_materialized",
        |op| {
            op.create_view("adults", "SELECT id FROM users WHERE age >= 18")
                .materialized();
        },
        |op| {
            op.drop_view("adults").materialized();
        },
    )
    .refused(&[Sqlite, MySql]),
    case!(
        "replace_view_materialized",
        |op| {
            op.on(Postgres, |op| {
                op.create_view("adults", "SELECT id FROM users WHERE age >= 18")
                    .materialized();
            });
        },
        |op| {
            op.replace_view("adults", "SELECT id FROM users WHERE age >= 21")
                .materialized();
        },
        |op| {
            op.replace_view("adults", "SELECT id FROM users WHERE age >= 18")
                .materialized();
        },
    )
    .refused(&[Sqlite, MySql]),
    case!(
        "create_trigger",
        |op| {
            op.on(Postgres, |op| {
                op.create_function(
                    "touch",
                    "",
                    "RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
                );
            });
        },
        |op| {
            op.on(Postgres, |op| {
                op.create_trigger(
                    "touch",
                    "users",
                    Before,
                    [Insert, Update],
                    "EXECUTE FUNCTION touch()",
                )
                .when("NEW.age > 18 -- of age");
            });
            op.on(Sqlite, |op| {
                op.create_trigger(
                    "touch",
                    "users",
                    After,
                    [UpdateOf(vec!["name".into(), "age".into()])],
                    "BEGIN INSERT INTO logs (line) VALUES (OLD.name); DELETE FROM logs; END",
                )
                .when("NEW.age > 18 -- of age");
            });
            op.on(MySql, |op| {
                op.create_trigger(
                    "touch",
                    "users",
                    After,
                    [Update],
                    "BEGIN INSERT INTO logs (line) VALUES (OLD.name); DELETE FROM logs; END",
                );
            });
        },
        |op| {
            op.drop_trigger("touch", "users");
        },
    ),
    case!(
        "create_trigger_with_a_condition",
        |op| {
            op.on(Postgres, |op| {
                op.create_function(
                    "touch",
                    "",
                    "RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
                );
            });
        },
        |op| {
            op.on(Postgres, |op| {
                op.create_trigger("touch", "users", Before, [Update], "EXECUTE FUNCTION touch()")
                    .when("OLD.age < NEW.age");
            });
            op.on([Sqlite, MySql], |op| {
                op.create_trigger("touch", "users", Before, [Update], "BEGIN DELETE FROM logs; END")
                    .when("OLD.age < NEW.age");
            });
        },
        |op| {
            op.drop_trigger("touch", "users");
        },
    )
    .refused(&[MySql]),
    case!(
        "create_trigger_for_several_events",
        |op| {
            op.on(Postgres, |op| {
                op.create_function(
                    "touch",
                    "",
                    "RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
                );
            });
        },
        |op| {
            op.create_trigger(
                "touch",
                "users",
                After,
                [Insert, UpdateOf(vec!["age".into()]), Delete],
                "EXECUTE FUNCTION touch()",
            );
        },
        |op| {
            op.drop_trigger("touch", "users");
        },
    )
    .refused(&[Sqlite, MySql]),
    case!(
        "create_trigger_for_some_columns",
        |op| {
            op.on(Postgres, |op| {
                op.create_function(
                    "touch",
                    "",
                    "RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
                );
            });
        },
        |op| {
            op.on(Postgres, |op| {
                op.create_trigger(
                    "touch",
                    "users",
                    After,
                    [UpdateOf(vec!["age".into()])],
                    "EXECUTE FUNCTION touch()",
                );
            });
            op.on([Sqlite, MySql], |op| {
                op.create_trigger(
                    "touch",
                    "users",
                    After,
                    [UpdateOf(vec!["age".into()])],
                    "BEGIN DELETE FROM logs; END",
                );
            });
        },
        |op| {
            op.drop_trigger("touch", "users");
        },
    )
    .refused(&[MySql]),
    case!(
        "create_trigger_for_each_statement",
        |op| {
            op.on(Postgres, |op| {
                op.create_function(
                    "touch",
                    "",
                    "RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
                );
            });
        },
        |op| {
            op.create_trigger("touch", "users", After, [Delete], "EXECUTE FUNCTION touch()")
                .for_each_statement();
        },
        |op| {
            op.drop_trigger("touch", "users");
        },
    )
    .refused(&[Sqlite, MySql]),
    case!(
        "create_trigger_of_a_view",
        |op| {
            op.create_view("adults", "SELECT id, name FROM users WHERE age >= 18");
            op.on(Postgres, |op| {
                op.create_function(
                    "touch",
                    "",
                    "RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
                );
            });
        },
        |op| {
            op.on([Postgres, MySql], |op| {
                op.create_trigger("touch", "adults", InsteadOf, [Delete], "EXECUTE FUNCTION touch()");
            });
            op.on(Sqlite, |op| {
                op.create_trigger(
                    "touch",
                    "adults",
                    InsteadOf,
                    [Delete],
                    "BEGIN DELETE FROM users WHERE id = OLD.id; END",
                );
            });
        },
        |op| {
            op.drop_trigger("touch", "adults");
        },
    )
    .refused(&[MySql]),
    case!(
        "replace_trigger",
        |op| {
            op.on(Postgres, |op| {
                op.create_function(
                    "touch",
                    "",
                    "RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
                );
                op.create_trigger("touch", "users", Before, [Insert], "EXECUTE FUNCTION touch()");
            });
            op.on([Sqlite, MySql], |op| {
                op.create_trigger("touch", "users", Before, [Insert], "BEGIN DELETE FROM logs; END");
            });
        },
        |op| {
            op.on(Postgres, |op| {
                op.replace_trigger("touch", "users", Before, [Delete], "EXECUTE FUNCTION touch()");
            });
            op.on([Sqlite, MySql], |op| {
                op.replace_trigger("touch", "users", Before, [Delete], "BEGIN DELETE FROM logs; END");
            });
        },
        |op| {
            op.on(Postgres, |op| {
                op.replace_trigger("touch", "users", Before, [Insert], "EXECUTE FUNCTION touch()");
            });
            op.on([Sqlite, MySql], |op| {
                op.replace_trigger("touch", "users", Before, [Insert], "BEGIN DELETE FROM logs; END");
            });
        },
    ),
    case!(
        "drop_trigger",
        |op| {
            op.on(Postgres, |op| {
                op.create_function(
                    "touch",
                    "",
                    "RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
                );
                op.create_trigger("touch", "users", Before, [Insert], "EXECUTE FUNCTION touch()");
            });
            op.on([Sqlite, MySql], |op| {
                op.create_trigger("touch", "users", Before, [Insert], "BEGIN DELETE FROM logs; END");
            });
        },
        |op| {
            op.drop_trigger("touch", "users");
            op.drop_trigger("touch", "users").if_exists();
        },
        |op| {
            op.on(Postgres, |op| {
                op.create_trigger("touch", "users", Before, [Insert], "EXECUTE FUNCTION touch()");
            });
            op.on([Sqlite, MySql], |op| {
                op.create_trigger("touch", "users", Before, [Insert], "BEGIN DELETE FROM logs; END");
            });
        },
    ),
    case!(
        "create_function",
        |op| {
            op.on([Postgres, Sqlite], |op| {
                op.create_function(
                    "plus",
                    "a integer, b integer DEFAULT 1",
                    "RETURNS integer LANGUAGE sql IMMUTABLE AS $$ SELECT a + b; $$",
                );
            });
            op.on(MySql, |op| {
                op.create_function("plus", "a INT, b INT", "RETURNS INT DETERMINISTIC RETURN a + b");
            });
        },
        |op| {
            op.drop_function("plus", "integer, integer");
            op.drop_function("plus", "integer, integer").if_exists();
        },
    )
    .refused(&[Sqlite]),
    case!(
        "replace_function",
        |op| {
            op.on(Postgres, |op| {
                op.create_function("one", "", "RETURNS integer LANGUAGE sql AS 'SELECT 1'");
            });
            op.on(MySql, |op| {
                op.create_function("one", "", "RETURNS INT DETERMINISTIC RETURN 1");
            });
        },
        |op| {
            op.on([Postgres, Sqlite], |op| {
                op.replace_function("one", "", "RETURNS integer LANGUAGE sql AS 'SELECT 2'");
            });
            op.on(MySql, |op| {
                op.replace_function("one", "", "RETURNS INT DETERMINISTIC RETURN 2");
            });
        },
        |op| {
            op.on(Postgres, |op| {
                op.replace_function("one", "", "RETURNS integer LANGUAGE sql AS 'SELECT 1'");
            });
            op.on(MySql, |op| {
                op.replace_function("one", "", "RETURNS INT DETERMINISTIC RETURN 1");
            });
        },
    )
    .refused(&[Sqlite]),
    case!(
        "drop_function",
        |op| {
            op.on(Postgres, |op| {
                op.create_function("one", "", "RETURNS integer LANGUAGE sql AS 'SELECT 1'");
            });
            op.on(MySql, |op| {
                op.create_function("one", "", "RETURNS INT DETERMINISTIC RETURN 1");
            });
        },
        |op| {
            op.drop_function("one", "");
        },
        |op| {
            op.on(Postgres, |op| {
                op.create_function("one", "", "RETURNS integer LANGUAGE sql AS 'SELECT 1'");
            });
            op.on(MySql, |op| {
                op.create_function("one", "", "RETURNS INT DETERMINISTIC RETURN 1");
            });
        },
    )
    .refused(&[Sqlite]),
    case!(
        "create_extension",
        |op| {
            op.on(Postgres, |op| {
                op.create_schema("tools");
            });
        },
        |op| {
            op.create_extension("citext").if_not_exists();
            op.create_extension("pg_trgm").schema("tools").version("1.6");
        },
        |op| {
            op.drop_extension("pg_trgm");
            op.drop_extension("citext").if_exists();
        },
    )
    .refused(&[Sqlite, MySql]),
    case!(
        "drop_extension",
        |op| {
            op.on(Postgres, |op| {
                op.create_extension("citext");
                op.create_table("mails", |t| {
                    t.column("id", integer());
                    t.column("address", custom("citext"));
                });
            });
        },
        |op| {
            op.drop_extension("citext").cascade();
        },
        |op| {
            op.create_extension("citext");
            op.add_column("mails", "address", custom("citext"));
        },
    )
    .refused(&[Sqlite, MySql]),
];
