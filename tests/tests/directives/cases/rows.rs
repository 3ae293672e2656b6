//! Rows, SQL of the author's own, and data steps.

use super::{Case, case};
use migrate_core::prelude::*;

async fn number_the_logs(db: &mut Db<'_>) -> Result {
    db.execute("INSERT INTO logs (line, number) VALUES ('by hand', 1)")
        .await?;
    Ok(())
}

async fn forget_the_logs(db: &mut Db<'_>) -> Result {
    db.execute("DELETE FROM logs").await?;
    Ok(())
}

pub(crate) const CASES: &[Case] = &[
    case!(
        "execute",
        |op| {
            op.execute("UPDATE users SET note = 'a;b' -- all of them");
            op.execute("INSERT INTO logs (line) VALUES ('one'); INSERT INTO logs (line) VALUES ('two');");
        },
        |op| {
            op.execute("DELETE FROM logs");
            op.execute("UPDATE users SET note = 'none'");
        },
    ),
    case!(
        "execute_with_values",
        |op| {
            op.create_table("everything", |t| {
                t.column("flag", boolean());
                t.column("number", bigint());
                t.column("mass", double());
                t.column("body", text());
                t.column("blob", bytes());
                t.column("moment", timestamp());
                t.column("length", integer());
                t.column("nothing", text());
            });
        },
        |op| {
            op.execute(
                "INSERT INTO everything VALUES (:flag, :number, :mass, :body, :blob, :moment, :length, :nothing)",
            )
            .bind("flag", true)
            .bind("number", i64::MIN)
            .bind("mass", -1.5e-7)
            .bind("body", "it's \\ :flag -- ; $1 ? %s")
            .bind("blob", vec![0_u8, 39, 255])
            .bind("moment", "2020-02-29 12:30:00")
            .bind("length", sql("length('four')"))
            .bind("nothing", None::<&str>);
            op.execute("UPDATE everything SET moment = NULL WHERE moment > :now")
                .bind("now", now());
        },
        |op| {
            op.execute("DELETE FROM everything WHERE number < :number AND body LIKE :like")
                .bind("number", 0)
                .bind("like", "it's%");
        },
    ),
    case!(
        "execute_reversible",
        |op| {
            op.execute("UPDATE users SET age = age + 1")
                .reverse("UPDATE users SET age = age - 1");
        },
        |op| {
            op.execute("UPDATE users SET age = age - 1");
        },
    ),
    case!(
        "execute_in_autocommit",
        |op| {
            op.autocommit(|op| {
                op.execute("UPDATE users SET note = 'alone'");
            });
        },
        |op| {
            op.execute("UPDATE users SET note = 'none'");
        },
    ),
    case!(
        "bulk_insert",
        |op| {
            op.bulk_insert(
                "users",
                ["id", "name", "age", "note"],
                [
                    (2, "O'Brien", Some(40), sql("upper('x')")),
                    (3, "back\\slash", None, sql("NULL -- none")),
                ],
            );
            op.bulk_insert("logs", ["line"], [["one"], ["two"]]);
        },
        |op| {
            op.execute("DELETE FROM logs");
            op.execute("DELETE FROM users WHERE id > 1");
        },
    ),
    case!(
        "on_each_database",
        |op| {
            op.on(Postgres, |op| {
                op.execute("UPDATE users SET note = 'elephant'");
            });
            op.on([Sqlite, MySql], |op| {
                op.execute("UPDATE users SET note = 'feather'");
                op.on(MySql, |op| {
                    op.execute("UPDATE users SET note = 'dolphin'");
                });
            });
        },
        |op| {
            op.execute("UPDATE users SET note = 'none'");
        },
    ),
    case!(
        "backfill",
        |op| {
            op.backfill("users", "note", sql("upper(name)"))
                .set("age", 18)
                .where_("note IS NULL -- or else")
                .batch(500)
                .by(["id"]);
            op.backfill("users", "note", "it's done")
                .reverse("UPDATE users SET note = NULL");
        },
        |op| {
            op.execute("UPDATE users SET note = 'none'");
        },
    ),
    case!(
        "run",
        |op| {
            op.run("number the logs", number_the_logs)
                .sql("INSERT INTO logs (line, number) VALUES ('by hand', 1)")
                .reverse(forget_the_logs);
        },
        |op| {
            op.run("forget the logs", forget_the_logs);
        },
    ),
];
