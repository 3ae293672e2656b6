//! Indexes.

use super::{Case, case};
use migrate_core::prelude::*;

pub(crate) const CASES: &[Case] = &[
    case!(
        "create_index",
        |op| {
            op.create_index("ix_both", "users", ["age", "name"]);
            op.create_index(None, "users", ["age"]);
        },
        |op| {
            op.drop_index("ix_users_age", "users");
            op.drop_index("ix_both", "users");
        },
    ),
    case!(
        "create_index_if_not_exists",
        |op| {
            op.create_index("ix_users_age", "users", ["age"]).if_not_exists();
            op.create_index("ix_users_age", "users", ["age"]).if_not_exists();
        },
        |op| {
            op.drop_index("ix_users_age", "users");
        },
    )
    .refused(&[MySql]),
    case!(
        "create_index_over_expressions",
        |op| {
            op.create_index("ix_users_oldest", "users", [sql("age DESC")]);
            // MySQL has them too, and MariaDB has not.
            op.on([Postgres, Sqlite], |op| {
                op.create_index("ix_users_lower", "users", [sql("(lower(name))")]);
            });
        },
        |op| {
            op.on([Postgres, Sqlite], |op| {
                op.drop_index("ix_users_lower", "users");
            });
            op.drop_index("ix_users_oldest", "users");
        },
    ),
    case!(
        "create_index_unique",
        |op| {
            op.create_index("uq_users_name", "users", ["name"]).unique();
        },
        |op| {
            op.drop_index("uq_users_name", "users");
        },
    ),
    case!(
        "create_index_over_some_rows",
        |op| {
            op.create_index("uq_adults", "users", ["name"])
                .unique()
                .where_("age > 18 -- of age");
        },
        |op| {
            op.drop_index("uq_adults", "users");
        },
    )
    .refused(&[MySql]),
    case!(
        "create_index_in_order",
        |op| {
            op.create_index("ix_order", "users", [key("age").desc(), key("name").asc()]);
        },
        |op| {
            op.drop_index("ix_order", "users");
        },
    ),
    case!(
        "create_index_with_nulls",
        |op| {
            op.create_index(
                "ix_nulls",
                "users",
                [key("age").desc().nulls_last(), key("boss_id").nulls_first()],
            );
        },
        |op| {
            op.drop_index("ix_nulls", "users");
        },
    )
    .refused(&[Sqlite, MySql]),
    case!(
        "create_index_with_collations",
        |op| {
            op.on([Postgres, MySql], |op| {
                op.create_index("ix_c", "users", [key("name").collate("C")]);
            });
            op.on(Sqlite, |op| {
                op.create_index("ix_c", "users", [key("name").collate("NOCASE")]);
            });
        },
        |op| {
            op.drop_index("ix_c", "users");
        },
    )
    .refused(&[MySql]),
    case!(
        "create_index_with_operator_classes",
        |op| {
            op.create_index(
                "ix_like",
                "users",
                [key("name").operator_class("varchar_pattern_ops")],
            );
        },
        |op| {
            op.drop_index("ix_like", "users");
        },
    )
    .refused(&[Sqlite, MySql]),
    case!(
        "create_index_over_the_first_characters",
        |op| {
            op.create_index("ix_note", "users", [key("note").length(10)]);
        },
        |op| {
            op.drop_index("ix_note", "users");
        },
    )
    .refused(&[Postgres, Sqlite]),
    case!(
        "create_index_by_a_method",
        |op| {
            op.on([Postgres, Sqlite], |op| {
                op.create_index("ix_method", "users", ["age"]).using("hash");
            });
            op.on(MySql, |op| {
                op.create_index("ix_method", "users", ["name"]).using("fulltext");
            });
        },
        |op| {
            op.drop_index("ix_method", "users");
        },
    )
    .refused(&[Sqlite]),
    case!(
        "create_index_that_stores_columns",
        |op| {
            op.create_index("ix_store", "users", ["age"])
                .include(["name", "boss_id"]);
        },
        |op| {
            op.drop_index("ix_store", "users");
        },
    )
    .refused(&[Sqlite, MySql]),
    case!(
        "create_index_nulls_not_distinct",
        |op| {
            op.create_index("uq_age", "users", ["age"])
                .unique()
                .nulls_not_distinct();
        },
        |op| {
            op.drop_index("uq_age", "users");
        },
    )
    .refused(&[Sqlite, MySql]),
    case!(
        "create_index_with_options",
        |op| {
            op.create_index("ix_options", "users", ["age"])
                .option(Postgres, "WITH (fillfactor = 70)")
                .option(MySql, "COMMENT 'by age'");
        },
        |op| {
            op.drop_index("ix_options", "users");
        },
    ),
    case!(
        "create_index_of_every_option",
        |op| {
            op.create_index("uq_all", "users", [key("name").collate("C").desc().nulls_last()])
                .unique()
                .using("btree")
                .include(["age"])
                .nulls_not_distinct()
                .option(Postgres, "WITH (fillfactor = 50)")
                .option(Postgres, "TABLESPACE pg_default")
                .where_("age > 5");
        },
        |op| {
            op.drop_index("uq_all", "users");
        },
    )
    .refused(&[Sqlite, MySql]),
    case!(
        "create_index_concurrently",
        |op| {
            op.create_index("ix_users_age", "users", ["age"]).concurrently();
        },
        |op| {
            op.drop_index("ix_users_age", "users").concurrently();
        },
    ),
    case!(
        "drop_index",
        |op| {
            op.drop_index("ix_users_name", "users");
        },
        |op| {
            op.create_index("ix_users_name", "users", ["name"]);
        },
    ),
    case!(
        "drop_index_concurrently",
        |op| {
            op.drop_index("ix_users_name", "users").concurrently();
        },
        |op| {
            op.create_index("ix_users_name", "users", ["name"]).concurrently();
        },
    ),
    case!(
        "drop_index_if_exists",
        |op| {
            op.drop_index("ix_users_name", "users").if_exists();
            op.drop_index("ix_users_name", "users").if_exists();
        },
        |op| {
            op.create_index("ix_users_name", "users", ["name"]);
        },
    )
    .refused(&[MySql]),
    case!(
        "rename_index",
        |op| {
            op.rename_index("users", "ix_users_name", "ix on \"name\"");
        },
        |op| {
            op.rename_index("users", "ix on \"name\"", "ix_users_name");
        },
    ),
    case!(
        "batch_of_indexes",
        |op| {
            op.batch("users", |b| {
                b.create_index(None, ["age"]);
                b.drop_index("ix_users_name");
                b.rename_index("ix_users_age", "ix_age");
            });
        },
        |op| {
            op.batch("users", |b| {
                b.rename_index("ix_age", "ix_users_age");
                b.create_index("ix_users_name", ["name"]);
                b.drop_index("ix_users_age");
            });
        },
    ),
];
