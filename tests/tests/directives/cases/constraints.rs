//! Constraints of tables that exist.

use super::{Case, case};
use migrate_core::prelude::*;

pub(crate) const CASES: &[Case] = &[
    case!(
        "create_primary_key",
        |op| {
            op.alter_column("logs", "line").not_null();
        },
        |op| {
            op.create_primary_key(None, "logs", ["line"]);
        },
        |op| {
            op.drop_constraint("pk_logs", "logs").primary_key();
        },
    ),
    case!(
        "create_primary_key_deferrable",
        |op| {
            op.alter_column("logs", "line").not_null();
            op.alter_column("logs", "number").not_null();
        },
        |op| {
            op.create_primary_key(None, "logs", ["line", "number"])
                .name("logs_key")
                .deferrable()
                .initially_deferred();
        },
        |op| {
            op.drop_constraint("logs_key", "logs").primary_key();
        },
    )
    .refused(&[Sqlite, MySql]),
    case!(
        "create_unique_constraint",
        |op| {
            op.create_unique_constraint("uq_users_name", "users", ["name"]);
            op.create_unique_constraint(None, "users", ["name", "age"])
                .name("uq_both");
        },
        |op| {
            op.drop_constraint("uq_both", "users").unique();
            op.drop_constraint("uq_users_name", "users").unique();
        },
    ),
    case!(
        "create_unique_constraint_nulls_not_distinct",
        |op| {
            op.create_unique_constraint(None, "users", ["age"])
                .nulls_not_distinct();
        },
        |op| {
            op.drop_constraint("uq_users_age", "users").unique();
        },
    )
    .refused(&[Sqlite, MySql]),
    case!(
        "create_unique_constraint_deferrable",
        |op| {
            op.create_unique_constraint("one", "users", ["age"]).deferrable();
            op.create_unique_constraint("two", "users", ["name"])
                .initially_deferred();
        },
        |op| {
            op.drop_constraint("two", "users").unique();
            op.drop_constraint("one", "users").unique();
        },
    )
    .refused(&[Sqlite, MySql]),
    case!(
        "create_check_constraint",
        |op| {
            op.create_check_constraint("ck", "users", "name <> '' -- not empty")
                .name("ck_users_name");
        },
        |op| {
            op.drop_constraint("ck_users_name", "users").check();
        },
    ),
    case!(
        "create_check_constraint_not_valid",
        |op| {
            op.create_check_constraint("ck_adults", "users", "age > 40")
                .not_valid();
        },
        |op| {
            op.drop_constraint("ck_adults", "users").check();
        },
    )
    .refused(&[Sqlite, MySql]),
    case!(
        "create_foreign_key",
        |op| {
            op.create_foreign_key(None, "logs", "orgs", ["number"], ["id"])
                .on_delete(SetNull)
                .on_update(Cascade);
        },
        |op| {
            op.drop_constraint("fk_logs_number_orgs", "logs").foreign_key();
            op.on(MySql, |op| {
                op.drop_index("fk_logs_number_orgs", "logs");
            });
        },
    ),
    case!(
        "create_foreign_key_in_full",
        |op| {
            op.create_foreign_key(None, "logs", "orgs", ["number"], ["id"])
                .name("logs_org")
                .match_full()
                .deferrable()
                .not_valid();
            op.create_foreign_key("logs_user", "logs", "users", ["number"], ["id"])
                .initially_deferred()
                .on_delete(SetDefault);
        },
        |op| {
            op.drop_constraint("logs_user", "logs").foreign_key();
            op.drop_constraint("logs_org", "logs").foreign_key();
        },
    )
    .refused(&[Sqlite, MySql]),
    case!(
        "create_foreign_key_that_sets_defaults",
        |op| {
            op.create_foreign_key(None, "logs", "orgs", ["number"], ["id"])
                .on_delete(SetDefault);
        },
        |op| {
            op.drop_constraint("fk_logs_number_orgs", "logs").foreign_key();
        },
    )
    .refused(&[MySql]),
    case!(
        "create_foreign_key_that_matches_in_full",
        |op| {
            op.create_foreign_key(None, "logs", "orgs", ["number"], ["id"])
                .match_full();
        },
        |op| {
            op.drop_constraint("fk_logs_number_orgs", "logs").foreign_key();
        },
    )
    .refused(&[MySql]),
    case!(
        "create_exclude_constraint",
        |op| {
            op.on(Postgres, |op| {
                op.create_extension("btree_gist");
            });
            op.create_table("bookings", |t| {
                t.column("room", integer());
                t.column("during", custom("tsrange"));
                t.column("cancelled", boolean()).not_null();
            });
        },
        |op| {
            op.create_exclude_constraint("no_overlap", "bookings", [("room", "="), ("during", "&&")])
                .using("gist")
                .where_("NOT cancelled")
                .deferrable();
            op.create_exclude_constraint(
                "ex",
                "bookings",
                [(key("room").operator_class("gist_int4_ops"), "=")],
            )
            .name("one_room")
            .initially_deferred();
        },
        |op| {
            op.drop_constraint("one_room", "bookings");
            op.drop_constraint("no_overlap", "bookings");
        },
    )
    .refused(&[Sqlite, MySql]),
    case!(
        "validate_constraint",
        |op| {
            op.on(Postgres, |op| {
                op.create_check_constraint("ck_old", "users", "age > 4")
                    .not_valid();
            });
        },
        |op| {
            op.validate_constraint("ck_old", "users");
        },
        |op| {
            op.drop_constraint("ck_old", "users");
            op.create_check_constraint("ck_old", "users", "age > 4")
                .not_valid();
        },
    )
    .refused(&[Sqlite, MySql]),
    case!(
        "drop_constraint",
        |op| {
            op.create_foreign_key("fk_number", "logs", "users", ["number"], ["id"]);
            op.create_unique_constraint("uq_line", "logs", ["line"]);
        },
        |op| {
            op.drop_constraint("uq_line", "logs").unique();
            op.drop_constraint("fk_number", "logs").foreign_key();
            op.drop_constraint("ck_users_age", "users").check();
        },
        |op| {
            op.create_unique_constraint("uq_line", "logs", ["line"]);
            op.create_check_constraint("ck_users_age", "users", "age > 0");
            op.create_foreign_key("fk_number", "logs", "users", ["number"], ["id"]);
        },
    ),
    case!(
        "drop_constraint_if_exists",
        |op| {
            op.drop_constraint("ck_users_age", "users").check().if_exists();
            op.drop_constraint("ck_users_age", "users").check().if_exists();
        },
        |op| {
            op.create_check_constraint("ck_users_age", "users", "age > 0");
        },
    )
    .refused(&[MySql]),
    case!(
        "drop_constraint_cascade",
        |op| {
            op.create_table("ends", |t| {
                t.column("id", integer()).primary_key();
            });
            op.add_column("logs", "end_id", integer())
                .references("ends", "id");
        },
        |op| {
            op.drop_constraint("pk_ends", "ends").primary_key().cascade();
        },
        |op| {
            op.create_primary_key(None, "ends", ["id"]);
            op.create_foreign_key(None, "logs", "ends", ["end_id"], ["id"]);
        },
    )
    .refused(&[Sqlite, MySql]),
    case!(
        "rename_constraint",
        |op| {
            op.create_unique_constraint("uq_line", "logs", ["line"]);
            op.create_foreign_key("fk_number", "logs", "users", ["number"], ["id"])
                .on_delete(Cascade);
        },
        |op| {
            op.rename_constraint("users", "ck_users_age", "it's \"older\" than `0`");
            op.rename_constraint("logs", "fk_number", "fk_logs_number_users");
            op.rename_constraint("logs", "uq_line", "uq_logs_line");
            op.rename_constraint("orgs", "pk_orgs", "orgs_pkey").primary_key();
        },
        |op| {
            op.rename_constraint("orgs", "orgs_pkey", "pk_orgs").primary_key();
            op.rename_constraint("logs", "uq_logs_line", "uq_line");
            op.rename_constraint("logs", "fk_logs_number_users", "fk_number");
            op.rename_constraint("users", "it's \"older\" than `0`", "ck_users_age");
        },
    ),
    case!(
        "batch_of_constraints",
        |op| {
            op.alter_column("logs", "line").not_null();
        },
        |op| {
            op.batch("logs", |b| {
                b.create_primary_key(None, ["line"]);
                b.create_unique_constraint(None, ["number"]);
                b.create_check_constraint("ck_line", "line <> ''");
                b.create_check_constraint("ck_gone", "number > 0");
                b.create_foreign_key(None, "users", ["number"], ["id"]);
                b.drop_constraint("ck_gone").check();
                b.rename_constraint("uq_logs_number", "uq_number");
            });
        },
        |op| {
            op.batch("logs", |b| {
                b.rename_constraint("uq_number", "uq_logs_number");
                b.drop_constraint("fk_logs_number_users").foreign_key();
                b.drop_constraint("ck_line").check();
                b.drop_constraint("uq_logs_number").unique();
                b.drop_constraint("pk_logs").primary_key();
            });
        },
    ),
    case!(
        "batch_of_constraints_of_postgres",
        |op| {
            op.create_table("bookings", |t| {
                t.column("during", custom("tsrange"));
            });
        },
        |op| {
            op.batch("bookings", |b| {
                b.create_exclude_constraint("no_overlap", [("during", "&&")]);
                b.create_check_constraint("ck_whole", "NOT isempty(during)")
                    .not_valid();
                b.validate_constraint("ck_whole");
            });
        },
        |op| {
            op.batch("bookings", |b| {
                b.drop_constraint("ck_whole");
                b.drop_constraint("no_overlap");
            });
        },
    )
    .refused(&[Sqlite, MySql]),
];
