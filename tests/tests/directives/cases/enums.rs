//! Enum types, by themselves and by way of columns.

use super::{Case, case};
use migrate_core::prelude::*;

pub(crate) const CASES: &[Case] = &[
    case!(
        "create_enum",
        |op| {
            op.create_enum(enumeration("plan", ["free", "it's pro"]));
        },
        |op| {
            op.drop_enum("plan");
            op.drop_enum("plan").if_exists();
        },
    )
    .idle(&[Sqlite, MySql]),
    case!(
        "drop_enum",
        |op| {
            op.create_enum(enumeration("plan", ["free", "pro"]));
        },
        |op| {
            op.drop_enum("plan");
        },
        |op| {
            op.create_enum(enumeration("plan", ["free", "pro"]));
        },
    )
    .idle(&[Sqlite, MySql]),
    case!(
        "create_table_of_enums",
        |op| {
            op.create_table("tasks", |t| {
                t.column("priority", enumeration("priority", ["low", "it's high"]))
                    .not_null()
                    .server_default("low");
                t.column("was", enumeration("priority", ["low", "it's high"]));
            });
            op.bulk_insert("tasks", ["priority"], [["it's high"]]);
        },
        |op| {
            op.drop_table("tasks");
            op.drop_enum("priority");
        },
    ),
    case!(
        "add_column_of_an_enum",
        |op| {
            op.add_column("users", "state", enumeration("state", ["on", "off"]))
                .not_null()
                .server_default("on");
        },
        |op| {
            op.drop_column("users", "state");
            op.drop_enum("state");
        },
    ),
    case!(
        "add_column_of_an_enum_that_is_there",
        |op| {
            op.create_enum(enumeration("state", ["on", "off"]));
        },
        |op| {
            op.add_column("users", "state", enumeration("state", ["on", "off"]).existing());
        },
        |op| {
            op.drop_column("users", "state");
        },
    ),
    case!(
        "add_column_of_a_list_of_an_enum",
        |op| {
            op.add_column("users", "moods", array_of(enumeration("mood", ["up", "down"])))
                .server_default("{up}");
        },
        |op| {
            op.drop_column("users", "moods");
            op.drop_enum("mood");
        },
    )
    .refused(&[Sqlite, MySql]),
    case!(
        "alter_column_to_an_enum",
        |op| {
            op.on(Postgres, |op| {
                op.alter_column("users", "name")
                    .set_type(enumeration("person", ["somebody", "nobody"]))
                    .using("name::person");
            });
            op.on([Sqlite, MySql], |op| {
                op.alter_column("users", "name")
                    .set_type(enumeration("person", ["somebody", "nobody"]));
            });
        },
        |op| {
            op.alter_column("users", "name").set_type(varchar(80));
            op.drop_enum("person");
        },
    ),
    case!(
        "add_enum_value",
        |op| {
            op.create_enum(enumeration("plan", ["free", "pro"]));
        },
        |op| {
            op.add_enum_value("plan", "team");
            op.add_enum_value("plan", "trial").before("free");
            op.add_enum_value("plan", "it's basic").after("free");
            op.add_enum_value("plan", "team").if_not_exists();
        },
        |op| {
            op.drop_enum("plan");
            op.create_enum(enumeration("plan", ["free", "pro"]));
        },
    )
    .refused(&[Sqlite, MySql]),
    case!(
        "rename_enum_value",
        |op| {
            op.create_table("tasks", |t| {
                t.column("level", enumeration("level", ["low", "high"]));
            });
            op.bulk_insert("tasks", ["level"], [["low"]]);
        },
        |op| {
            op.rename_enum_value("level", "low", "it's low");
        },
        |op| {
            op.rename_enum_value("level", "it's low", "low");
        },
    )
    .refused(&[Sqlite, MySql]),
];
