//! Columns: new ones, those that go, and those that change.

use super::{Case, case};
use migrate_core::prelude::*;

pub(crate) const CASES: &[Case] = &[
    case!(
        "add_column",
        |op| {
            op.add_column("users", "nickname", varchar(40)).nullable();
            op.add_column("users", "points", integer())
                .not_null()
                .server_default(0);
        },
        |op| {
            op.drop_column("users", "points");
            op.drop_column("users", "nickname");
        },
    ),
    case!(
        "add_column_if_not_exists",
        |op| {
            op.add_column("users", "nickname", varchar(40)).if_not_exists();
            op.add_column("users", "nickname", varchar(50)).if_not_exists();
        },
        |op| {
            op.drop_column("users", "nickname").if_exists();
            op.drop_column("users", "nickname").if_exists();
        },
    )
    .refused(&[MySql]),
    case!(
        "add_column_with_a_check",
        |op| {
            op.add_column("users", "score", integer()).check("score >= 0");
        },
        |op| {
            op.drop_column("users", "score");
        },
    ),
    case!(
        "add_column_with_a_foreign_key",
        |op| {
            op.add_column("users", "org_id", integer())
                .references("orgs", "id")
                .on_delete(SetNull);
        },
        |op| {
            op.drop_column("users", "org_id");
        },
    ),
    case!(
        "add_column_with_a_foreign_key_in_full",
        |op| {
            op.add_column("users", "org_id", integer())
                .server_default(1)
                .references("orgs", "id")
                .name("fk_org")
                .on_update(Cascade)
                .match_full()
                .deferrable();
        },
        |op| {
            op.drop_column("users", "org_id");
        },
    )
    .refused(&[MySql]),
    case!(
        "add_column_as_primary_key",
        |op| {
            op.add_column("logs", "id", integer())
                .primary_key()
                .autoincrement();
        },
        |op| {
            op.on(Sqlite, |op| {
                op.drop_constraint("pk_logs", "logs").primary_key();
            });
            op.drop_column("logs", "id");
        },
    ),
    case!(
        "add_column_unique",
        |op| {
            op.add_column("users", "code", varchar(20)).unique();
        },
        |op| {
            op.drop_column("users", "code");
        },
    ),
    case!(
        "add_column_with_an_expression",
        |op| {
            op.add_column("logs", "at", timestamptz())
                .not_null()
                .server_default(now());
        },
        |op| {
            op.drop_column("logs", "at");
        },
    ),
    case!(
        "add_column_stored",
        |op| {
            op.add_column("users", "twice", integer())
                .generated_stored("age * 2");
        },
        |op| {
            op.drop_column("users", "twice");
        },
    ),
    case!(
        "add_column_virtual",
        |op| {
            op.add_column("users", "twice", integer())
                .generated_virtual("age * 2");
        },
        |op| {
            op.drop_column("users", "twice");
        },
    )
    .refused(&[Postgres]),
    case!(
        "add_column_with_a_collation",
        |op| {
            op.on(Postgres, |op| {
                op.add_column("users", "word", text()).collate("C");
            });
            op.on(Sqlite, |op| {
                op.add_column("users", "word", text()).collate("NOCASE");
            });
            op.on(MySql, |op| {
                op.add_column("users", "word", text()).collate("utf8mb4_bin");
            });
        },
        |op| {
            op.drop_column("users", "word");
        },
    ),
    case!(
        "add_column_with_identity",
        |op| {
            op.add_column("users", "serial", bigint())
                .identity()
                .start(100)
                .increment(5)
                .min(100)
                .max(9000)
                .cache(2)
                .cycle();
            op.add_column("logs", "serial", integer()).identity_always();
        },
        |op| {
            op.drop_column("logs", "serial");
            op.drop_column("users", "serial");
        },
    )
    .refused(&[Sqlite, MySql]),
    case!(
        "add_column_with_a_comment",
        |op| {
            op.add_column("users", "body", text()).comment("as \\typed");
        },
        |op| {
            op.drop_column("users", "body");
        },
    ),
    case!(
        "drop_column",
        |op| {
            op.drop_column("users", "note");
        },
        |op| {
            op.add_column("users", "note", text()).comment("free text");
            op.execute("UPDATE users SET note = 'none'");
        },
    ),
    case!(
        "drop_column_if_exists",
        |op| {
            op.drop_column("users", "note").if_exists();
            op.drop_column("users", "note").if_exists();
        },
        |op| {
            op.add_column("users", "note", text()).comment("free text");
            op.execute("UPDATE users SET note = 'none'");
        },
    )
    .refused(&[MySql]),
    case!(
        "drop_column_of_a_foreign_key",
        |op| {
            op.add_column("users", "org_id", integer())
                .references("orgs", "id");
        },
        |op| {
            op.drop_column("users", "org_id");
        },
        |op| {
            op.add_column("users", "org_id", integer())
                .references("orgs", "id");
        },
    ),
    case!(
        "drop_column_cascade",
        |op| {
            op.create_view("numbers", "SELECT number FROM logs");
        },
        |op| {
            op.drop_column("logs", "number").cascade();
        },
        |op| {
            op.add_column("logs", "number", integer());
            op.create_view("numbers", "SELECT number FROM logs");
        },
    )
    .refused(&[Sqlite, MySql]),
    case!(
        "alter_column_rename",
        |op| {
            op.alter_column("users", "name").rename("Full \"name\"");
        },
        |op| {
            op.alter_column("users", "Full \"name\"").rename("name");
        },
    ),
    case!(
        "alter_column_type",
        |op| {
            op.alter_column("users", "age").set_type(bigint());
        },
        |op| {
            op.alter_column("users", "age").set_type(integer());
        },
    ),
    case!(
        "alter_column_type_using",
        |op| {
            op.alter_column("users", "note")
                .set_type(integer())
                .using("length(note) -- of the text");
        },
        |op| {
            op.alter_column("users", "note").set_type(text()).using("'none'");
        },
    )
    .refused(&[MySql]),
    case!(
        "alter_column_type_and_default",
        |op| {
            op.add_column("users", "flag", varchar(10)).server_default("yes");
        },
        |op| {
            op.alter_column("users", "flag")
                .set_type(boolean())
                .using("flag = 'yes'")
                .server_default(false);
        },
        |op| {
            op.alter_column("users", "flag")
                .set_type(varchar(10))
                .using("CASE WHEN flag THEN 'yes' ELSE 'no' END")
                .server_default("yes");
        },
    )
    .refused(&[MySql]),
    case!(
        "alter_column_not_null",
        |op| {
            op.alter_column("users", "age").not_null();
        },
        |op| {
            op.alter_column("users", "age").nullable();
        },
    ),
    case!(
        "alter_column_nullable",
        |op| {
            op.alter_column("users", "name").nullable();
        },
        |op| {
            op.alter_column("users", "name").not_null();
        },
    ),
    case!(
        "alter_column_default",
        |op| {
            op.alter_column("users", "age").server_default(18);
        },
        |op| {
            op.alter_column("users", "age").drop_server_default();
        },
    ),
    case!(
        "alter_column_drop_default",
        |op| {
            op.add_column("users", "points", integer()).server_default(7);
        },
        |op| {
            op.alter_column("users", "points").drop_server_default();
        },
        |op| {
            op.alter_column("users", "points").server_default(7);
        },
    ),
    case!(
        "alter_column_comment",
        |op| {
            op.alter_column("users", "name").comment("as on the passport");
        },
        |op| {
            op.alter_column("users", "name").drop_comment();
        },
    )
    .refused(&[Sqlite]),
    case!(
        "alter_column_drop_comment",
        |op| {
            op.alter_column("users", "note").drop_comment();
        },
        |op| {
            op.alter_column("users", "note").comment("free text");
        },
    )
    .refused(&[Sqlite]),
    case!(
        "alter_column_collation",
        |op| {
            op.on(Sqlite, |op| {
                op.alter_column("users", "name").collate("BINARY");
            });
        },
        |op| {
            op.on(Postgres, |op| {
                op.alter_column("users", "name")
                    .set_type(varchar(80))
                    .collate("C");
            });
            op.on(Sqlite, |op| {
                op.alter_column("users", "name").collate("NOCASE");
            });
            op.on(MySql, |op| {
                op.alter_column("users", "name").collate("utf8mb4_bin");
            });
        },
        |op| {
            op.on(Postgres, |op| {
                op.alter_column("users", "name")
                    .set_type(varchar(80))
                    .collate("default");
            });
            op.on(Sqlite, |op| {
                op.alter_column("users", "name").collate("BINARY");
            });
            op.on(MySql, |op| {
                op.alter_column("users", "name").collate("utf8mb4_general_ci");
            });
        },
    ),
    case!(
        "alter_column_autoincrement",
        |op| {
            op.alter_column("users", "id").autoincrement();
        },
        |op| {
            op.on([Postgres, MySql], |op| {
                op.alter_column("users", "id").drop_autoincrement();
            });
        },
    )
    .idle(&[Sqlite]),
    case!(
        "alter_column_drop_autoincrement",
        |op| {
            op.create_table("things", |t| {
                t.column("id", integer()).primary_key().autoincrement();
            });
        },
        |op| {
            op.alter_column("things", "id").drop_autoincrement();
        },
        |op| {
            op.alter_column("things", "id").autoincrement();
        },
    )
    .refused(&[Sqlite]),
    case!(
        "alter_column_identity",
        |op| {
            op.alter_column("logs", "number").server_default(5);
        },
        |op| {
            op.alter_column("users", "id")
                .identity_always()
                .start(100)
                .increment(2)
                .min(2)
                .max(900)
                .cache(3)
                .cycle();
            op.alter_column("logs", "number")
                .drop_server_default()
                .not_null()
                .identity();
        },
        |op| {
            op.alter_column("logs", "number")
                .drop_identity()
                .nullable()
                .server_default(5);
            op.alter_column("users", "id").drop_identity();
        },
    )
    .refused(&[Sqlite, MySql]),
    case!(
        "alter_column_identity_again",
        |op| {
            op.alter_column("orgs", "id")
                .identity_always()
                .start(500)
                .increment(5);
        },
        |op| {
            op.alter_column("orgs", "id").identity().start(1).increment(1);
        },
    )
    .refused(&[Sqlite, MySql]),
    case!(
        "alter_column_drop_identity",
        |op| {
            op.on(Postgres, |op| {
                op.alter_column("users", "id").identity();
            });
        },
        |op| {
            op.alter_column("users", "id").drop_identity();
        },
        |op| {
            op.alter_column("users", "id").identity();
        },
    )
    .refused(&[Sqlite, MySql]),
    case!(
        "alter_column_drop_generated",
        |op| {
            op.create_table("lines", |t| {
                t.column("price", integer()).not_null();
                t.column("total", integer()).generated_stored("price * 2");
            });
            op.bulk_insert("lines", ["price"], [[3]]);
        },
        |op| {
            op.alter_column("lines", "total").drop_generated();
        },
        |op| {
            op.on([Postgres, MySql], |op| {
                op.drop_column("lines", "total");
                op.add_column("lines", "total", integer())
                    .generated_stored("price * 2");
            });
            op.on(Sqlite, |op| {
                op.alter_column("lines", "total").generated_stored("price * 2");
            });
        },
    ),
    case!(
        "alter_column_stored",
        |op| {
            op.alter_column("users", "note").generated_stored("name");
        },
        |op| {
            op.alter_column("users", "note").drop_generated();
            op.execute("UPDATE users SET note = 'none'");
        },
    )
    .refused(&[Postgres, MySql]),
    case!(
        "alter_column_virtual",
        |op| {
            op.alter_column("users", "note").generated_virtual("name");
        },
        |op| {
            op.alter_column("users", "note").drop_generated();
            op.execute("UPDATE users SET note = 'none'");
        },
    )
    .refused(&[Postgres, MySql]),
    case!(
        "alter_column_in_all_respects",
        |op| {
            op.on([Postgres, MySql], |op| {
                op.alter_column("users", "age")
                    .set_type(bigint())
                    .not_null()
                    .server_default(18)
                    .comment("in years")
                    .rename("years");
            });
            op.on(Sqlite, |op| {
                op.alter_column("users", "age")
                    .set_type(bigint())
                    .not_null()
                    .server_default(18)
                    .rename("years");
            });
        },
        |op| {
            op.on([Postgres, MySql], |op| {
                op.alter_column("users", "years")
                    .set_type(integer())
                    .nullable()
                    .drop_server_default()
                    .drop_comment()
                    .rename("age");
            });
            op.on(Sqlite, |op| {
                op.alter_column("users", "years")
                    .set_type(integer())
                    .nullable()
                    .drop_server_default()
                    .rename("age");
            });
        },
    ),
    case!(
        "batch_of_columns",
        |op| {
            op.batch("users", |b| {
                b.add_column("nickname", varchar(40));
                b.add_column("gone", varchar(40));
                b.alter_column("note").rename("remark");
                b.drop_column("gone");
            });
        },
        |op| {
            op.batch("users", |b| {
                b.drop_column("nickname");
                b.alter_column("remark").rename("note");
            });
        },
    ),
    case!(
        "batch_of_alterations",
        |op| {
            op.batch("users", |b| {
                b.alter_column("age").set_type(bigint()).not_null();
                b.alter_column("name").nullable();
            });
        },
        |op| {
            op.batch("users", |b| {
                b.alter_column("age").set_type(integer()).nullable();
                b.alter_column("name").not_null();
            });
        },
    ),
];
