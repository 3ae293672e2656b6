//! Tables, and the schemas that they live in.

use super::{Case, case};
use migrate_core::prelude::*;

pub(crate) const CASES: &[Case] = &[
    case!(
        "create_table",
        |op| {
            op.create_table("members", |t| {
                t.column("id", uuid()).primary_key();
                t.column("email", varchar(255)).not_null();
                t.column("nick", varchar(40)).nullable().unique();
                t.column("org_id", integer())
                    .not_null()
                    .references("orgs", "id")
                    .on_delete(Cascade);
                t.column("active", boolean()).not_null().server_default(true);
                t.column("created_at", timestamptz())
                    .not_null()
                    .server_default(now());
                t.column("score", integer()).check("score >= 0");
                t.unique(["email"]).name("uq_members_email");
                t.check("length(email) > 3");
                t.check("active OR score = 0").name("ck_members_score_0");
            });
        },
        |op| {
            op.drop_table("members");
        },
    ),
    case!(
        "create_table_if_not_exists",
        |op| {
            op.create_table("members", |t| {
                t.column("id", uuid()).primary_key();
            })
            .if_not_exists();
            op.create_table("members", |t| {
                t.column("other", uuid()).primary_key();
            })
            .if_not_exists();
        },
        |op| {
            op.drop_table("members");
        },
    ),
    case!(
        "create_table_of_every_type",
        |op| {
            op.create_table("everything", |t| {
                t.column("id", bigint()).primary_key().autoincrement();
                t.column("small", smallint()).server_default(-1);
                t.column("big", bigint()).server_default(i64::MAX);
                t.column("amount", numeric(12, 2)).server_default("0.00");
                t.column("ratio", real()).server_default(0.5);
                t.column("mass", double()).server_default(1e-30);
                t.column("body", text())
                    .server_default("it's \\ -- not a comment");
                t.column("code", char(2)).unique();
                t.column("flag", boolean()).server_default(false);
                t.column("born", date()).server_default("2000-01-01");
                t.column("at", time());
                t.column("seen", timestamp());
                t.column("moment", timestamptz());
                t.column("raw", json()).server_default("{}");
                t.column("data", jsonb());
                t.column("blob", bytes()).server_default(vec![0_u8, 255]);
                t.column("key", uuid());
                t.column("total", custom("INT")).check("total > 0");
                t.column("upper", text())
                    .server_default(sql("upper('x') -- as it is"));
            });
        },
        |op| {
            op.drop_table("everything");
        },
    ),
    case!(
        "create_table_with_arrays",
        |op| {
            op.create_table("lists", |t| {
                t.column("tags", array_of(varchar(20))).server_default("{a,b}");
                t.column("grid", array_of(array_of(integer())));
            });
        },
        |op| {
            op.drop_table("lists");
        },
    )
    .refused(&[Sqlite, MySql]),
    case!(
        "create_table_with_composite_keys",
        |op| {
            op.create_table("seats", |t| {
                t.primary_key(["hall", "number"]).name("seats_key");
                t.column("hall", integer());
                t.column("number", integer());
                t.column("user_id", integer())
                    .references("users", "id")
                    .name("seats_user")
                    .on_update(SetNull);
            });
            op.create_table("tickets", |t| {
                t.column("hall", integer()).primary_key();
                t.column("number", integer()).primary_key();
                t.foreign_key(["hall", "number"], "seats", ["hall", "number"])
                    .on_delete(Restrict)
                    .on_update(NoAction);
            });
        },
        |op| {
            op.drop_table("tickets");
            op.drop_table("seats");
        },
    ),
    case!(
        "create_table_with_deferrable_foreign_keys",
        |op| {
            op.create_table("teams", |t| {
                t.column("id", integer()).primary_key();
                t.column("org_id", integer())
                    .references("orgs", "id")
                    .deferrable()
                    .on_delete(SetDefault);
                t.column("lead_id", integer())
                    .references("users", "id")
                    .match_full()
                    .initially_deferred();
            });
        },
        |op| {
            op.drop_table("teams");
        },
    )
    .refused(&[MySql]),
    case!(
        "create_table_with_deferrable_keys",
        |op| {
            op.create_table("places", |t| {
                t.column("row", integer());
                t.column("seat", integer());
                t.primary_key(["row", "seat"]).deferrable();
                t.unique(["seat"]).initially_deferred();
            });
        },
        |op| {
            op.drop_table("places");
        },
    )
    .refused(&[Sqlite, MySql]),
    case!(
        "create_table_with_one_null",
        |op| {
            op.create_table("cards", |t| {
                t.column("number", integer());
                t.unique(["number"]).nulls_not_distinct();
            });
        },
        |op| {
            op.drop_table("cards");
        },
    )
    .refused(&[Sqlite, MySql]),
    case!(
        "create_table_with_an_exclusion",
        |op| {
            op.create_table("bookings", |t| {
                t.column("during", custom("tsrange")).not_null();
                t.column("cancelled", boolean()).not_null().server_default(false);
                t.exclude("no_overlap", [("during", "&&")])
                    .using("gist")
                    .where_("NOT cancelled");
            });
        },
        |op| {
            op.drop_table("bookings");
        },
    )
    .refused(&[Sqlite, MySql]),
    case!(
        "create_table_with_stored_columns",
        |op| {
            op.create_table("lines", |t| {
                t.column("price", integer()).not_null();
                t.column("count", integer()).not_null();
                t.column("total", integer())
                    .generated_stored("price * count")
                    .check("total >= 0");
            });
        },
        |op| {
            op.drop_table("lines");
        },
    ),
    case!(
        "create_table_with_virtual_columns",
        |op| {
            op.create_table("lines", |t| {
                t.column("price", integer()).not_null();
                t.column("double", integer()).generated_virtual("price * 2");
            });
        },
        |op| {
            op.drop_table("lines");
        },
    )
    .refused(&[Postgres]),
    case!(
        "create_table_with_collations",
        |op| {
            op.on(Postgres, |op| {
                op.create_table("words", |t| {
                    t.column("word", text()).collate("C");
                });
            });
            op.on(Sqlite, |op| {
                op.create_table("words", |t| {
                    t.column("word", text()).collate("NOCASE");
                });
            });
            op.on(MySql, |op| {
                op.create_table("words", |t| {
                    t.column("word", text()).collate("utf8mb4_bin");
                });
            });
        },
        |op| {
            op.drop_table("words");
        },
    ),
    case!(
        "create_table_with_identity",
        |op| {
            op.create_table("invoices", |t| {
                t.column("id", bigint())
                    .primary_key()
                    .identity_always()
                    .start(1000)
                    .increment(10);
                t.column("number", integer())
                    .identity()
                    .min(-5)
                    .max(500)
                    .start(-5)
                    .cache(20)
                    .cycle();
            });
        },
        |op| {
            op.drop_table("invoices");
        },
    )
    .refused(&[Sqlite, MySql]),
    case!(
        "create_table_with_options",
        |op| {
            op.create_table("days", |t| {
                t.column("day", integer()).not_null();
                t.column("visits", custom("INT")).not_null();
            })
            .option(Postgres, "PARTITION BY RANGE (day)")
            .option(Sqlite, "STRICT")
            .option(MySql, "ENGINE=InnoDB DEFAULT CHARSET=utf8mb4");
        },
        |op| {
            op.drop_table("days");
        },
    ),
    case!(
        "create_table_with_comments",
        |op| {
            op.create_table("notes", |t| {
                t.column("id", integer()).comment("it's a number");
                t.column("body", text()).comment("as \\typed");
            })
            .comment("what people noted");
        },
        |op| {
            op.drop_table("notes");
        },
    ),
    case!(
        "drop_table",
        |op| {
            op.drop_table("logs");
            op.drop_table("logs").if_exists();
        },
        |op| {
            op.create_table("logs", |t| {
                t.column("line", varchar(80));
                t.column("number", integer());
            });
        },
    ),
    case!(
        "drop_table_cascade",
        |op| {
            op.create_table("ends", |t| {
                t.column("id", integer()).primary_key();
            });
            op.add_column("logs", "end_id", integer())
                .references("ends", "id");
        },
        |op| {
            op.drop_table("ends").cascade();
        },
        |op| {
            op.create_table("ends", |t| {
                t.column("id", integer()).primary_key();
            });
            op.create_foreign_key(None, "logs", "ends", ["end_id"], ["id"]);
        },
    )
    .refused(&[Sqlite, MySql]),
    case!(
        "rename_table",
        |op| {
            op.rename_table("logs", "Journal of \"all\"");
        },
        |op| {
            op.rename_table("Journal of \"all\"", "logs");
        },
    ),
    case!(
        "create_table_comment",
        |op| {
            op.create_table_comment("users", "it's people");
        },
        |op| {
            op.drop_table_comment("users");
        },
    )
    .refused(&[Sqlite]),
    case!(
        "drop_table_comment",
        |op| {
            op.on([Postgres, MySql], |op| {
                op.create_table_comment("users", "people");
            });
        },
        |op| {
            op.drop_table_comment("users");
        },
        |op| {
            op.create_table_comment("users", "people");
        },
    )
    .refused(&[Sqlite]),
    case!(
        "create_schema",
        |op| {
            op.create_schema("billing");
            op.create_schema("billing").if_not_exists();
        },
        |op| {
            op.drop_schema("billing").cascade();
        },
    )
    .refused(&[Sqlite]),
    case!(
        "drop_schema",
        |op| {
            op.on([Postgres, MySql], |op| {
                op.create_schema("billing");
            });
        },
        |op| {
            op.drop_schema("billing");
            op.drop_schema("billing").if_exists();
        },
        |op| {
            op.create_schema("billing");
        },
    )
    .refused(&[Sqlite, MySql]),
    case!(
        "drop_schema_cascade",
        |op| {
            op.on([Postgres, MySql], |op| {
                op.create_schema("billing");
                op.create_table(qualified("billing", "bills"), |t| {
                    t.column("id", integer()).primary_key();
                });
            });
        },
        |op| {
            op.drop_schema("billing").cascade();
        },
        |op| {
            op.create_schema("billing");
            op.create_table(qualified("billing", "bills"), |t| {
                t.column("id", integer()).primary_key();
            });
        },
    )
    .refused(&[Sqlite]),
    case!(
        "in_a_schema",
        |op| {
            op.create_schema("shop");
            op.create_table(qualified("shop", "items"), |t| {
                t.column("id", integer()).primary_key();
                t.column("name", varchar(40)).comment("as printed");
                t.column("kind", enumeration(qualified("shop", "kind"), ["a", "b"]));
            })
            .comment("what is sold");
            op.create_table(qualified("shop", "sales"), |t| {
                t.column("item_id", integer())
                    .not_null()
                    .references(qualified("shop", "items"), "id");
            });
            op.add_column(qualified("shop", "items"), "price", integer())
                .server_default(1)
                .comment("in cents");
            op.alter_column(qualified("shop", "items"), "price").not_null();
            op.create_index(None, qualified("shop", "items"), ["name"]);
            op.create_index("ix_gone", qualified("shop", "items"), ["price"]);
            op.drop_index("ix_gone", qualified("shop", "items"));
            op.create_check_constraint("ck_price", qualified("shop", "items"), "price > 0");
            op.create_unique_constraint(None, qualified("shop", "items"), ["name"]);
            op.drop_constraint("uq_items_name", qualified("shop", "items"))
                .unique();
            op.create_primary_key(None, qualified("shop", "sales"), ["item_id"]);
            op.create_foreign_key(
                "fk_sold",
                qualified("shop", "sales"),
                qualified("shop", "items"),
                ["item_id"],
                ["id"],
            );
            op.bulk_insert(qualified("shop", "items"), ["id", "name"], [(1, "tea")]);
            op.rename_table(qualified("shop", "sales"), "sold");
            op.rename_index(qualified("shop", "items"), "ix_items_name", "ix_name");
            op.rename_constraint(qualified("shop", "sold"), "fk_sold", "fk_item");
            op.create_view(
                qualified("shop", "cheap"),
                "SELECT id FROM shop.items WHERE price < 5",
            );
        },
        |op| {
            op.drop_view(qualified("shop", "cheap"));
            op.drop_table(qualified("shop", "sold"));
            op.drop_table(qualified("shop", "items"));
            op.drop_enum(qualified("shop", "kind"));
            op.drop_schema("shop").cascade();
        },
    )
    .refused(&[Sqlite]),
];
