//! Every directive of `Op` in use, over the tables of [`setup`]. Shown by `operations.rs` beside this folder as
//! what each dialect makes of it, and run on real databases by the workspace's tests.

use migrate_core::prelude::*;

/// The name of a case and what it records.
pub(crate) type Case = (&'static str, fn(&mut Op));

/// Cases that every database can do.
pub(crate) const EVERYWHERE: [Case; 11] = [
    ("create_table", create_table),
    ("create_table_of_every_type", create_table_of_every_type),
    (
        "create_table_with_composite_keys",
        create_table_with_composite_keys,
    ),
    ("drop_table", drop_table),
    ("rename_table", rename_table),
    ("add_column", add_column),
    ("drop_and_rename_column", drop_and_rename_column),
    ("create_index", create_index),
    ("drop_index", drop_index),
    ("execute", execute),
    ("bulk_insert", bulk_insert),
];

/// Cases that need an `ALTER TABLE` with more to it than SQLite's.
pub(crate) const BY_ALTER_TABLE: [Case; 8] = [
    ("comments", comments),
    ("alter_column", alter_column),
    ("add_column_with_constraints", add_column_with_constraints),
    ("create_constraints", create_constraints),
    ("drop_constraint", drop_constraint),
    ("enumerations", enumerations),
    ("arrays_and_index_methods", arrays_and_index_methods),
    ("if_exists_of_parts", if_exists_of_parts),
];

/// The tables that the cases work on, each with a row.
pub(crate) fn setup(op: &mut Op) {
    op.create_table("orgs", |t| {
        t.column("id", integer()).primary_key().autoincrement();
        t.column("name", text()).not_null();
    });
    op.create_table("users", |t| {
        t.column("id", integer()).primary_key();
        t.column("name", varchar(80)).not_null();
        t.column("age", integer());
        t.column("boss_id", integer()).references("users", "id");
        t.column("note", text()).comment("free text");
        t.check("age > 0").name("ck_users_age");
    });
    op.create_index("ix_users_name", "users", ["name"]);
    op.create_table("logs", |t| {
        t.column("line", text());
    });
    op.bulk_insert("orgs", ["name"], [("first",)]);
    op.bulk_insert(
        "users",
        ["id", "name", "age", "note"],
        [(1, "somebody", 30, "none")],
    );
}

fn create_table(op: &mut Op) {
    op.create_table("members", |t| {
        t.column("id", uuid()).primary_key();
        t.column("email", varchar(255)).not_null();
        t.column("plan", enumeration("plan", ["free", "pro"]))
            .not_null()
            .server_default("free");
        t.column("org_id", integer())
            .not_null()
            .references("orgs", "id")
            .on_delete(Cascade);
        t.column("active", boolean()).not_null().server_default(true);
        t.column("created_at", timestamptz())
            .not_null()
            .server_default(now());
        t.unique(["email"]).name("uq_members_email");
        t.check("length(email) > 3");
        t.check("active OR plan = 'free'");
    });
    op.create_table("members", |t| {
        t.column("id", uuid()).primary_key();
    })
    .if_not_exists();
}

fn create_table_of_every_type(op: &mut Op) {
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
        t.column("size", enumeration("size", ["s", "m", "x-large"]));
        t.column("total", custom("INT")).check("total > 0");
        t.column("upper", text())
            .server_default(sql("upper('x') -- as it is"));
    });
}

fn create_table_with_composite_keys(op: &mut Op) {
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
            .on_update(NoAction)
            .initially_deferred();
    });
}

fn drop_table(op: &mut Op) {
    op.drop_table("logs");
    op.drop_table("logs").if_exists();
}

fn rename_table(op: &mut Op) {
    op.rename_table("logs", "Journal of \"all\"");
}

fn comments(op: &mut Op) {
    op.create_table("notes", |t| {
        t.column("id", integer()).comment("it's a number");
    })
    .comment("what people noted");
    op.add_column("notes", "body", text()).comment("as \\typed");
    op.alter_column("users", "name").comment("as on the passport");
    op.alter_column("users", "note").drop_comment();
    op.create_table_comment("users", "people");
    op.drop_table_comment("users");
}

fn add_column(op: &mut Op) {
    op.add_column("users", "nickname", varchar(40));
    op.add_column("users", "points", integer())
        .not_null()
        .server_default(0);
    op.add_column("users", "org_id", integer())
        .references("orgs", "id")
        .on_delete(SetNull);
    op.add_column("users", "score", integer()).check("score >= 0");
    op.add_column("users", "state", enumeration("state", ["on", "off"]))
        .not_null()
        .server_default("on");
}

fn drop_and_rename_column(op: &mut Op) {
    op.drop_column("users", "boss_id");
    op.alter_column("users", "note").rename("remark");
}

fn create_index(op: &mut Op) {
    op.create_index("ix_users_age", "users", ["age", "name"]);
    op.create_index("ix_users_oldest", "users", [sql("age DESC")]);
    op.create_index(None, "users", ["boss_id"]);
    op.create_index("uq_users_name", "users", [sql("lower(name)")])
        .unique()
        .where_("age > 18");
    op.create_index("ix_users_age", "users", ["age"]).if_not_exists();
}

fn drop_index(op: &mut Op) {
    op.drop_index("ix_users_name", "users");
    op.drop_index("ix_users_name", "users").if_exists();
}

fn execute(op: &mut Op) {
    op.execute("UPDATE users SET note = 'a;b' -- all of them");
    op.execute("DELETE FROM logs; DELETE FROM users;");
}

fn bulk_insert(op: &mut Op) {
    op.bulk_insert(
        "users",
        ["id", "name", "age", "note"],
        [
            (2, "O'Brien", Some(40), sql("upper('x')")),
            (3, "back\\slash", None, sql("NULL -- none")),
        ],
    );
    op.bulk_insert("logs", ["line"], [["one"], ["two"]]);
}

fn alter_column(op: &mut Op) {
    op.alter_column("users", "age").not_null().server_default(18);
    op.alter_column("users", "name").nullable().drop_server_default();
    op.alter_column("users", "note")
        .set_type(integer())
        .using("length(note) -- of the text")
        .server_default(0)
        .comment("how long it was")
        .rename("length");
}

fn add_column_with_constraints(op: &mut Op) {
    op.add_column("logs", "id", integer())
        .primary_key()
        .autoincrement();
    op.add_column("logs", "code", text()).unique();
    op.add_column("logs", "user_id", integer())
        .server_default(1)
        .references("users", "id");
    op.add_column("logs", "at", timestamptz())
        .not_null()
        .server_default(now());
}

fn create_constraints(op: &mut Op) {
    op.create_primary_key(None, "logs", ["line"]);
    op.create_unique_constraint("uq_users_name", "users", ["name"]);
    op.create_check_constraint("ck_users_name", "users", "name <> ''");
    op.create_foreign_key(None, "users", "orgs", ["boss_id"], ["id"])
        .deferrable()
        .on_delete(SetDefault);
}

fn drop_constraint(op: &mut Op) {
    op.drop_constraint("fk_users_boss_id_users", "users");
    op.drop_constraint("ck_users_age", "users").if_exists();
}

fn enumerations(op: &mut Op) {
    op.create_table("tasks", |t| {
        t.column("priority", enumeration("priority", ["low", "it's high"]));
        t.column("was", enumeration("priority", ["low", "it's high"]));
    });
    op.add_column(
        "logs",
        "level",
        enumeration("priority", ["low", "it's high"]).existing(),
    );
    op.alter_column("users", "name")
        .set_type(enumeration("person", ["somebody", "nobody"]))
        .using("name::person");
    op.drop_column("logs", "level");
    op.drop_table("tasks");
    op.drop_enum("priority");
    op.drop_enum("priority").if_exists();
}

fn arrays_and_index_methods(op: &mut Op) {
    op.add_column("users", "tags", array_of(varchar(20)))
        .server_default("{a,b}");
    op.add_column("users", "moods", array_of(enumeration("mood", ["up", "down"])));
    op.create_index("ix_users_tags", "users", ["tags"]).using("gin");
}

fn if_exists_of_parts(op: &mut Op) {
    op.drop_column("users", "nothing").if_exists();
    op.drop_constraint("nothing", "users").if_exists();
}
