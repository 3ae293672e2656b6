fn create_table_up(op: &mut Op) -> Result {
    op.create_table("members", |t| {
        t.column("id", uuid()).primary_key();
        t.column("email", varchar(255)).not_null().unique();
        t.column("nick", varchar(40)).unique();
        t.column("org_id", integer()).not_null().references("orgs", "id").on_delete(Cascade);
        t.column("active", boolean()).not_null().server_default(true);
        t.column("created_at", timestamptz()).not_null().server_default(now());
        t.column("score", integer()).check("score >= 0");
        t.check("length(email) > 3").name("ck_members_2");
        t.check("active OR score = 0").name("ck_members_score_0");
    });
    Ok(())
}

fn create_table_down(op: &mut Op) -> Result {
    op.drop_table("members");
    Ok(())
}

fn create_table_if_not_exists_up(op: &mut Op) -> Result {
    op.create_table("members", |t| {
        t.column("id", uuid()).primary_key();
    }).if_not_exists();
    op.create_table("members", |t| {
        t.column("other", uuid()).primary_key();
    }).if_not_exists();
    Ok(())
}

fn create_table_if_not_exists_down(op: &mut Op) -> Result {
    op.drop_table("members");
    Ok(())
}

fn create_table_of_every_type_up(op: &mut Op) -> Result {
    op.create_table("everything", |t| {
        t.column("id", bigint()).primary_key().autoincrement();
        t.column("small", smallint()).server_default(-1);
        t.column("big", bigint()).server_default(9223372036854775807_i128);
        t.column("amount", numeric(12, 2)).server_default("0.00");
        t.column("ratio", real()).server_default(f64::from_bits(4602678819172646912));
        t.column("mass", double()).server_default(f64::from_bits(4158027847206421152));
        t.column("body", text()).server_default("it's \\ -- not a comment");
        t.column("code", char(2)).unique();
        t.column("flag", boolean()).server_default(false);
        t.column("born", date()).server_default("2000-01-01");
        t.column("at", time());
        t.column("seen", timestamp());
        t.column("moment", timestamptz());
        t.column("raw", json()).server_default("{}");
        t.column("data", jsonb());
        t.column("blob", bytes()).server_default(Vec::<u8>::from([0, 255]));
        t.column("key", uuid());
        t.column("total", custom("INT")).check("total > 0");
        t.column("upper", text()).server_default(sql("upper('x') -- as it is"));
    });
    Ok(())
}

fn create_table_of_every_type_down(op: &mut Op) -> Result {
    op.drop_table("everything");
    Ok(())
}

fn create_table_with_arrays_up(op: &mut Op) -> Result {
    op.create_table("lists", |t| {
        t.column("tags", array_of(varchar(20))).server_default("{a,b}");
        t.column("grid", array_of(array_of(integer())));
    });
    Ok(())
}

fn create_table_with_arrays_down(op: &mut Op) -> Result {
    op.drop_table("lists");
    Ok(())
}

fn create_table_with_composite_keys_up(op: &mut Op) -> Result {
    op.create_table("seats", |t| {
        t.column("hall", integer()).not_null();
        t.column("number", integer()).not_null();
        t.column("user_id", integer()).references("users", "id").name("seats_user").on_update(SetNull);
        t.primary_key(["hall", "number"]).name("seats_key");
    });
    op.create_table("tickets", |t| {
        t.column("hall", integer()).not_null();
        t.column("number", integer()).not_null();
        t.foreign_key(["hall", "number"], "seats", ["hall", "number"]).on_delete(Restrict).on_update(NoAction);
        t.primary_key(["hall", "number"]);
    });
    Ok(())
}

fn create_table_with_composite_keys_down(op: &mut Op) -> Result {
    op.drop_table("tickets");
    op.drop_table("seats");
    Ok(())
}

fn create_table_with_deferrable_foreign_keys_up(op: &mut Op) -> Result {
    op.create_table("teams", |t| {
        t.column("id", integer()).primary_key();
        t.column("org_id", integer()).references("orgs", "id").on_delete(SetDefault).deferrable();
        t.column("lead_id", integer()).references("users", "id").match_full().initially_deferred();
    });
    Ok(())
}

fn create_table_with_deferrable_foreign_keys_down(op: &mut Op) -> Result {
    op.drop_table("teams");
    Ok(())
}

fn create_table_with_deferrable_keys_up(op: &mut Op) -> Result {
    op.create_table("places", |t| {
        t.column("row", integer()).not_null();
        t.column("seat", integer()).not_null();
        t.primary_key(["row", "seat"]).deferrable();
        t.unique(["seat"]).initially_deferred();
    });
    Ok(())
}

fn create_table_with_deferrable_keys_down(op: &mut Op) -> Result {
    op.drop_table("places");
    Ok(())
}

fn create_table_with_one_null_up(op: &mut Op) -> Result {
    op.create_table("cards", |t| {
        t.column("number", integer());
        t.unique(["number"]).nulls_not_distinct();
    });
    Ok(())
}

fn create_table_with_one_null_down(op: &mut Op) -> Result {
    op.drop_table("cards");
    Ok(())
}

fn create_table_with_an_exclusion_up(op: &mut Op) -> Result {
    op.create_table("bookings", |t| {
        t.column("during", custom("tsrange")).not_null();
        t.column("cancelled", boolean()).not_null().server_default(false);
        t.exclude("no_overlap", [(key("during"), "&&")]).using("gist").where_("NOT cancelled");
    });
    Ok(())
}

fn create_table_with_an_exclusion_down(op: &mut Op) -> Result {
    op.drop_table("bookings");
    Ok(())
}

fn create_table_with_stored_columns_up(op: &mut Op) -> Result {
    op.create_table("lines", |t| {
        t.column("price", integer()).not_null();
        t.column("count", integer()).not_null();
        t.column("total", integer()).check("total >= 0").generated_stored("price * count");
    });
    Ok(())
}

fn create_table_with_stored_columns_down(op: &mut Op) -> Result {
    op.drop_table("lines");
    Ok(())
}

fn create_table_with_virtual_columns_up(op: &mut Op) -> Result {
    op.create_table("lines", |t| {
        t.column("price", integer()).not_null();
        t.column("double", integer()).generated_virtual("price * 2");
    });
    Ok(())
}

fn create_table_with_virtual_columns_down(op: &mut Op) -> Result {
    op.drop_table("lines");
    Ok(())
}

fn create_table_with_collations_up(op: &mut Op) -> Result {
    op.create_table("words", |t| {
        t.column("word", text()).collate("C");
    });
    op.create_table("words", |t| {
        t.column("word", text()).collate("NOCASE");
    });
    op.create_table("words", |t| {
        t.column("word", text()).collate("utf8mb4_bin");
    });
    Ok(())
}

fn create_table_with_collations_down(op: &mut Op) -> Result {
    op.drop_table("words");
    Ok(())
}

fn create_table_with_identity_up(op: &mut Op) -> Result {
    op.create_table("invoices", |t| {
        t.column("id", bigint()).primary_key().identity_always().start(1000).increment(10);
        t.column("number", integer()).identity().start(-5).min(-5).max(500).cache(20).cycle();
    });
    Ok(())
}

fn create_table_with_identity_down(op: &mut Op) -> Result {
    op.drop_table("invoices");
    Ok(())
}

fn create_table_with_options_up(op: &mut Op) -> Result {
    op.create_table("days", |t| {
        t.column("day", integer()).not_null();
        t.column("visits", custom("INT")).not_null();
    }).option(Postgres, "PARTITION BY RANGE (day)").option(Sqlite, "STRICT").option(MySql, "ENGINE=InnoDB DEFAULT CHARSET=utf8mb4");
    Ok(())
}

fn create_table_with_options_down(op: &mut Op) -> Result {
    op.drop_table("days");
    Ok(())
}

fn create_table_with_comments_up(op: &mut Op) -> Result {
    op.create_table("notes", |t| {
        t.column("id", integer()).comment("it's a number");
        t.column("body", text()).comment("as \\typed");
    }).comment("what people noted");
    Ok(())
}

fn create_table_with_comments_down(op: &mut Op) -> Result {
    op.drop_table("notes");
    Ok(())
}

fn drop_table_up(op: &mut Op) -> Result {
    op.drop_table("logs");
    op.drop_table("logs").if_exists();
    Ok(())
}

fn drop_table_down(op: &mut Op) -> Result {
    op.create_table("logs", |t| {
        t.column("line", varchar(80));
        t.column("number", integer());
    });
    Ok(())
}

fn drop_table_cascade_up(op: &mut Op) -> Result {
    op.drop_table("ends").cascade();
    Ok(())
}

fn drop_table_cascade_down(op: &mut Op) -> Result {
    op.create_table("ends", |t| {
        t.column("id", integer()).primary_key();
    });
    op.create_foreign_key(None, "logs", "ends", ["end_id"], ["id"]);
    Ok(())
}

fn rename_table_up(op: &mut Op) -> Result {
    op.rename_table("logs", "Journal of \"all\"");
    Ok(())
}

fn rename_table_down(op: &mut Op) -> Result {
    op.rename_table("Journal of \"all\"", "logs");
    Ok(())
}

fn create_table_comment_up(op: &mut Op) -> Result {
    op.create_table_comment("users", "it's people");
    Ok(())
}

fn create_table_comment_down(op: &mut Op) -> Result {
    op.drop_table_comment("users");
    Ok(())
}

fn drop_table_comment_up(op: &mut Op) -> Result {
    op.drop_table_comment("users");
    Ok(())
}

fn drop_table_comment_down(op: &mut Op) -> Result {
    op.create_table_comment("users", "people");
    Ok(())
}

fn create_schema_up(op: &mut Op) -> Result {
    op.create_schema("billing");
    op.create_schema("billing").if_not_exists();
    Ok(())
}

fn create_schema_down(op: &mut Op) -> Result {
    op.drop_schema("billing").cascade();
    Ok(())
}

fn drop_schema_up(op: &mut Op) -> Result {
    op.drop_schema("billing");
    op.drop_schema("billing").if_exists();
    Ok(())
}

fn drop_schema_down(op: &mut Op) -> Result {
    op.create_schema("billing");
    Ok(())
}

fn drop_schema_cascade_up(op: &mut Op) -> Result {
    op.drop_schema("billing").cascade();
    Ok(())
}

fn drop_schema_cascade_down(op: &mut Op) -> Result {
    op.create_schema("billing");
    op.create_table(qualified("billing", "bills"), |t| {
        t.column("id", integer()).primary_key();
    });
    Ok(())
}

fn in_a_schema_up(op: &mut Op) -> Result {
    op.create_schema("shop");
    op.create_table(qualified("shop", "items"), |t| {
        t.column("id", integer()).primary_key();
        t.column("name", varchar(40)).comment("as printed");
        t.column("kind", enumeration(qualified("shop", "kind"), ["a", "b"]));
    }).comment("what is sold");
    op.create_table(qualified("shop", "sales"), |t| {
        t.column("item_id", integer()).not_null().references(qualified("shop", "items"), "id");
    });
    op.add_column(qualified("shop", "items"), "price", integer()).server_default(1).comment("in cents");
    op.alter_column(qualified("shop", "items"), "price").not_null();
    op.create_index(None, qualified("shop", "items"), ["name"]);
    op.create_index("ix_gone", qualified("shop", "items"), ["price"]);
    op.drop_index("ix_gone", qualified("shop", "items"));
    op.create_check_constraint("ck_price", qualified("shop", "items"), "price > 0");
    op.create_unique_constraint(None, qualified("shop", "items"), ["name"]);
    op.drop_constraint("uq_items_name", qualified("shop", "items")).unique();
    op.create_primary_key(None, qualified("shop", "sales"), ["item_id"]);
    op.create_foreign_key("fk_sold", qualified("shop", "sales"), qualified("shop", "items"), ["item_id"], ["id"]);
    op.rename_table(qualified("shop", "sales"), "sold");
    op.create_view(qualified("shop", "cheap"), "SELECT id FROM shop.items WHERE price < 5");
    Ok(())
}

fn in_a_schema_down(op: &mut Op) -> Result {
    op.drop_view(qualified("shop", "cheap"));
    op.drop_table(qualified("shop", "sold"));
    op.drop_table(qualified("shop", "items"));
    op.drop_enum(qualified("shop", "kind"));
    op.drop_schema("shop").cascade();
    Ok(())
}

fn add_column_up(op: &mut Op) -> Result {
    op.add_column("users", "nickname", varchar(40));
    op.add_column("users", "points", integer()).not_null().server_default(0);
    Ok(())
}

fn add_column_down(op: &mut Op) -> Result {
    op.drop_column("users", "points");
    op.drop_column("users", "nickname");
    Ok(())
}

fn add_column_if_not_exists_up(op: &mut Op) -> Result {
    op.add_column("users", "nickname", varchar(40)).if_not_exists();
    op.add_column("users", "nickname", varchar(50)).if_not_exists();
    Ok(())
}

fn add_column_if_not_exists_down(op: &mut Op) -> Result {
    op.drop_column("users", "nickname").if_exists();
    op.drop_column("users", "nickname").if_exists();
    Ok(())
}

fn add_column_with_a_check_up(op: &mut Op) -> Result {
    op.add_column("users", "score", integer()).check("score >= 0");
    Ok(())
}

fn add_column_with_a_check_down(op: &mut Op) -> Result {
    op.drop_column("users", "score");
    Ok(())
}

fn add_column_with_a_foreign_key_up(op: &mut Op) -> Result {
    op.add_column("users", "org_id", integer()).references("orgs", "id").on_delete(SetNull);
    Ok(())
}

fn add_column_with_a_foreign_key_down(op: &mut Op) -> Result {
    op.drop_constraint("fk_users_org_id_orgs", "users").foreign_key();
    op.drop_column("users", "org_id");
    Ok(())
}

fn add_column_with_a_foreign_key_in_full_up(op: &mut Op) -> Result {
    op.add_column("users", "org_id", integer()).server_default(1).references("orgs", "id").name("fk_org").on_update(Cascade).match_full().deferrable();
    Ok(())
}

fn add_column_with_a_foreign_key_in_full_down(op: &mut Op) -> Result {
    op.drop_column("users", "org_id");
    Ok(())
}

fn add_column_as_primary_key_up(op: &mut Op) -> Result {
    op.add_column("logs", "id", integer()).primary_key().autoincrement();
    Ok(())
}

fn add_column_as_primary_key_down(op: &mut Op) -> Result {
    op.drop_constraint("pk_logs", "logs").primary_key();
    op.drop_column("logs", "id");
    Ok(())
}

fn add_column_unique_up(op: &mut Op) -> Result {
    op.add_column("users", "code", varchar(20)).unique();
    Ok(())
}

fn add_column_unique_down(op: &mut Op) -> Result {
    op.drop_column("users", "code");
    Ok(())
}

fn add_column_with_an_expression_up(op: &mut Op) -> Result {
    op.add_column("logs", "at", timestamptz()).not_null().server_default(now());
    Ok(())
}

fn add_column_with_an_expression_down(op: &mut Op) -> Result {
    op.drop_column("logs", "at");
    Ok(())
}

fn add_column_stored_up(op: &mut Op) -> Result {
    op.add_column("users", "twice", integer()).generated_stored("age * 2");
    Ok(())
}

fn add_column_stored_down(op: &mut Op) -> Result {
    op.drop_column("users", "twice");
    Ok(())
}

fn add_column_virtual_up(op: &mut Op) -> Result {
    op.add_column("users", "twice", integer()).generated_virtual("age * 2");
    Ok(())
}

fn add_column_virtual_down(op: &mut Op) -> Result {
    op.drop_column("users", "twice");
    Ok(())
}

fn add_column_with_a_collation_up(op: &mut Op) -> Result {
    op.add_column("users", "word", text()).collate("C");
    op.add_column("users", "word", text()).collate("NOCASE");
    op.add_column("users", "word", text()).collate("utf8mb4_bin");
    Ok(())
}

fn add_column_with_a_collation_down(op: &mut Op) -> Result {
    op.drop_column("users", "word");
    Ok(())
}

fn add_column_with_identity_up(op: &mut Op) -> Result {
    op.add_column("users", "serial", bigint()).identity().start(100).increment(5).min(100).max(9000).cache(2).cycle();
    op.add_column("logs", "serial", integer()).identity_always();
    Ok(())
}

fn add_column_with_identity_down(op: &mut Op) -> Result {
    op.drop_column("logs", "serial");
    op.drop_column("users", "serial");
    Ok(())
}

fn add_column_with_a_comment_up(op: &mut Op) -> Result {
    op.add_column("users", "body", text()).comment("as \\typed");
    Ok(())
}

fn add_column_with_a_comment_down(op: &mut Op) -> Result {
    op.drop_column("users", "body");
    Ok(())
}

fn drop_column_up(op: &mut Op) -> Result {
    op.drop_column("users", "note");
    Ok(())
}

fn drop_column_down(op: &mut Op) -> Result {
    op.add_column("users", "note", text()).comment("free text");
    Ok(())
}

fn drop_column_if_exists_up(op: &mut Op) -> Result {
    op.drop_column("users", "note").if_exists();
    op.drop_column("users", "note").if_exists();
    Ok(())
}

fn drop_column_if_exists_down(op: &mut Op) -> Result {
    op.add_column("users", "note", text()).comment("free text");
    Ok(())
}

fn drop_column_of_a_foreign_key_up(op: &mut Op) -> Result {
    op.drop_constraint("fk_users_org_id_orgs", "users").foreign_key();
    op.drop_column("users", "org_id");
    Ok(())
}

fn drop_column_of_a_foreign_key_down(op: &mut Op) -> Result {
    op.add_column("users", "org_id", integer()).references("orgs", "id");
    Ok(())
}

fn drop_column_cascade_up(op: &mut Op) -> Result {
    op.drop_column("logs", "number").cascade();
    Ok(())
}

fn drop_column_cascade_down(op: &mut Op) -> Result {
    op.add_column("logs", "number", integer());
    op.create_view("numbers", "SELECT number FROM logs");
    Ok(())
}

fn alter_column_rename_up(op: &mut Op) -> Result {
    op.alter_column("users", "name").rename("Full \"name\"");
    Ok(())
}

fn alter_column_rename_down(op: &mut Op) -> Result {
    op.alter_column("users", "Full \"name\"").rename("name");
    Ok(())
}

fn alter_column_type_up(op: &mut Op) -> Result {
    op.alter_column("users", "age").set_type(bigint());
    Ok(())
}

fn alter_column_type_down(op: &mut Op) -> Result {
    op.alter_column("users", "age").set_type(integer());
    Ok(())
}

fn alter_column_type_using_up(op: &mut Op) -> Result {
    op.alter_column("users", "note").set_type(integer()).using("length(note) -- of the text");
    Ok(())
}

fn alter_column_type_using_down(op: &mut Op) -> Result {
    op.alter_column("users", "note").set_type(text()).using("'none'");
    Ok(())
}

fn alter_column_type_and_default_up(op: &mut Op) -> Result {
    op.alter_column("users", "flag").set_type(boolean()).using("flag = 'yes'").server_default(false);
    Ok(())
}

fn alter_column_type_and_default_down(op: &mut Op) -> Result {
    op.alter_column("users", "flag").set_type(varchar(10)).using("CASE WHEN flag THEN 'yes' ELSE 'no' END").server_default("yes");
    Ok(())
}

fn alter_column_not_null_up(op: &mut Op) -> Result {
    op.alter_column("users", "age").not_null();
    Ok(())
}

fn alter_column_not_null_down(op: &mut Op) -> Result {
    op.alter_column("users", "age").nullable();
    Ok(())
}

fn alter_column_nullable_up(op: &mut Op) -> Result {
    op.alter_column("users", "name").nullable();
    Ok(())
}

fn alter_column_nullable_down(op: &mut Op) -> Result {
    op.alter_column("users", "name").not_null();
    Ok(())
}

fn alter_column_default_up(op: &mut Op) -> Result {
    op.alter_column("users", "age").server_default(18);
    Ok(())
}

fn alter_column_default_down(op: &mut Op) -> Result {
    op.alter_column("users", "age").drop_server_default();
    Ok(())
}

fn alter_column_drop_default_up(op: &mut Op) -> Result {
    op.alter_column("users", "points").drop_server_default();
    Ok(())
}

fn alter_column_drop_default_down(op: &mut Op) -> Result {
    op.alter_column("users", "points").server_default(7);
    Ok(())
}

fn alter_column_comment_up(op: &mut Op) -> Result {
    op.alter_column("users", "name").comment("as on the passport");
    Ok(())
}

fn alter_column_comment_down(op: &mut Op) -> Result {
    op.alter_column("users", "name").drop_comment();
    Ok(())
}

fn alter_column_drop_comment_up(op: &mut Op) -> Result {
    op.alter_column("users", "note").drop_comment();
    Ok(())
}

fn alter_column_drop_comment_down(op: &mut Op) -> Result {
    op.alter_column("users", "note").comment("free text");
    Ok(())
}

fn alter_column_collation_up(op: &mut Op) -> Result {
    op.alter_column("users", "name").set_type(varchar(80)).collate("C");
    op.alter_column("users", "name").collate("NOCASE");
    op.alter_column("users", "name").collate("utf8mb4_bin");
    Ok(())
}

fn alter_column_collation_down(op: &mut Op) -> Result {
    op.alter_column("users", "name").set_type(varchar(80)).collate("default");
    op.alter_column("users", "name").collate("BINARY");
    op.alter_column("users", "name").collate("utf8mb4_general_ci");
    Ok(())
}

fn alter_column_autoincrement_up(op: &mut Op) -> Result {
    op.alter_column("users", "id").autoincrement();
    Ok(())
}

fn alter_column_autoincrement_down(op: &mut Op) -> Result {
    op.alter_column("users", "id").drop_autoincrement();
    Ok(())
}

fn alter_column_drop_autoincrement_up(op: &mut Op) -> Result {
    op.alter_column("things", "id").drop_autoincrement();
    Ok(())
}

fn alter_column_drop_autoincrement_down(op: &mut Op) -> Result {
    op.alter_column("things", "id").autoincrement();
    Ok(())
}

fn alter_column_identity_up(op: &mut Op) -> Result {
    op.alter_column("users", "id").identity_always().start(100).increment(2).min(2).max(900).cache(3).cycle();
    op.alter_column("logs", "number").not_null().drop_server_default().identity();
    Ok(())
}

fn alter_column_identity_down(op: &mut Op) -> Result {
    op.alter_column("logs", "number").nullable().server_default(5).drop_identity();
    op.alter_column("users", "id").drop_identity();
    Ok(())
}

fn alter_column_identity_again_up(op: &mut Op) -> Result {
    op.alter_column("orgs", "id").identity_always().start(500).increment(5);
    Ok(())
}

fn alter_column_identity_again_down(op: &mut Op) -> Result {
    op.alter_column("orgs", "id").identity().start(1).increment(1);
    Ok(())
}

fn alter_column_drop_identity_up(op: &mut Op) -> Result {
    op.alter_column("users", "id").drop_identity();
    Ok(())
}

fn alter_column_drop_identity_down(op: &mut Op) -> Result {
    op.alter_column("users", "id").identity();
    Ok(())
}

fn alter_column_drop_generated_up(op: &mut Op) -> Result {
    op.alter_column("lines", "total").drop_generated();
    Ok(())
}

fn alter_column_drop_generated_down(op: &mut Op) -> Result {
    op.drop_column("lines", "total");
    op.add_column("lines", "total", integer()).generated_stored("price * 2");
    op.alter_column("lines", "total").generated_stored("price * 2");
    Ok(())
}

fn alter_column_stored_up(op: &mut Op) -> Result {
    op.alter_column("users", "note").generated_stored("name");
    Ok(())
}

fn alter_column_stored_down(op: &mut Op) -> Result {
    op.alter_column("users", "note").drop_generated();
    Ok(())
}

fn alter_column_virtual_up(op: &mut Op) -> Result {
    op.alter_column("users", "note").generated_virtual("name");
    Ok(())
}

fn alter_column_virtual_down(op: &mut Op) -> Result {
    op.alter_column("users", "note").drop_generated();
    Ok(())
}

fn alter_column_in_all_respects_up(op: &mut Op) -> Result {
    op.alter_column("users", "age").set_type(bigint()).not_null().server_default(18).comment("in years").rename("years");
    op.alter_column("users", "age").set_type(bigint()).not_null().server_default(18).rename("years");
    Ok(())
}

fn alter_column_in_all_respects_down(op: &mut Op) -> Result {
    op.alter_column("users", "years").set_type(integer()).nullable().drop_server_default().drop_comment().rename("age");
    op.alter_column("users", "years").set_type(integer()).nullable().drop_server_default().rename("age");
    Ok(())
}

fn batch_of_columns_up(op: &mut Op) -> Result {
    op.add_column("users", "nickname", varchar(40));
    op.add_column("users", "gone", varchar(40));
    op.alter_column("users", "note").rename("remark");
    op.drop_column("users", "gone");
    Ok(())
}

fn batch_of_columns_down(op: &mut Op) -> Result {
    op.drop_column("users", "nickname");
    op.alter_column("users", "remark").rename("note");
    Ok(())
}

fn batch_of_alterations_up(op: &mut Op) -> Result {
    op.alter_column("users", "age").set_type(bigint()).not_null();
    op.alter_column("users", "name").nullable();
    Ok(())
}

fn batch_of_alterations_down(op: &mut Op) -> Result {
    op.alter_column("users", "age").set_type(integer()).nullable();
    op.alter_column("users", "name").not_null();
    Ok(())
}

fn create_primary_key_up(op: &mut Op) -> Result {
    op.create_primary_key(None, "logs", ["line"]);
    Ok(())
}

fn create_primary_key_down(op: &mut Op) -> Result {
    op.drop_constraint("pk_logs", "logs").primary_key();
    Ok(())
}

fn create_primary_key_deferrable_up(op: &mut Op) -> Result {
    op.create_primary_key("logs_key", "logs", ["line", "number"]).initially_deferred();
    Ok(())
}

fn create_primary_key_deferrable_down(op: &mut Op) -> Result {
    op.drop_constraint("logs_key", "logs").primary_key();
    Ok(())
}

fn create_unique_constraint_up(op: &mut Op) -> Result {
    op.create_unique_constraint(None, "users", ["name"]);
    op.create_unique_constraint("uq_both", "users", ["name", "age"]);
    Ok(())
}

fn create_unique_constraint_down(op: &mut Op) -> Result {
    op.drop_constraint("uq_both", "users").unique();
    op.drop_constraint("uq_users_name", "users").unique();
    Ok(())
}

fn create_unique_constraint_nulls_not_distinct_up(op: &mut Op) -> Result {
    op.create_unique_constraint(None, "users", ["age"]).nulls_not_distinct();
    Ok(())
}

fn create_unique_constraint_nulls_not_distinct_down(op: &mut Op) -> Result {
    op.drop_constraint("uq_users_age", "users").unique();
    Ok(())
}

fn create_unique_constraint_deferrable_up(op: &mut Op) -> Result {
    op.create_unique_constraint("one", "users", ["age"]).deferrable();
    op.create_unique_constraint("two", "users", ["name"]).initially_deferred();
    Ok(())
}

fn create_unique_constraint_deferrable_down(op: &mut Op) -> Result {
    op.drop_constraint("two", "users").unique();
    op.drop_constraint("one", "users").unique();
    Ok(())
}

fn create_check_constraint_up(op: &mut Op) -> Result {
    op.create_check_constraint("ck_users_name", "users", "name <> '' -- not empty");
    Ok(())
}

fn create_check_constraint_down(op: &mut Op) -> Result {
    op.drop_constraint("ck_users_name", "users").check();
    Ok(())
}

fn create_check_constraint_not_valid_up(op: &mut Op) -> Result {
    op.create_check_constraint("ck_adults", "users", "age > 40").not_valid();
    Ok(())
}

fn create_check_constraint_not_valid_down(op: &mut Op) -> Result {
    op.drop_constraint("ck_adults", "users").check();
    Ok(())
}

fn create_foreign_key_up(op: &mut Op) -> Result {
    op.create_foreign_key(None, "logs", "orgs", ["number"], ["id"]).on_delete(SetNull).on_update(Cascade);
    Ok(())
}

fn create_foreign_key_down(op: &mut Op) -> Result {
    op.drop_constraint("fk_logs_number_orgs", "logs").foreign_key();
    op.drop_index("fk_logs_number_orgs", "logs");
    Ok(())
}

fn create_foreign_key_in_full_up(op: &mut Op) -> Result {
    op.create_foreign_key("logs_org", "logs", "orgs", ["number"], ["id"]).match_full().deferrable().not_valid();
    op.create_foreign_key("logs_user", "logs", "users", ["number"], ["id"]).on_delete(SetDefault).initially_deferred();
    Ok(())
}

fn create_foreign_key_in_full_down(op: &mut Op) -> Result {
    op.drop_constraint("logs_user", "logs").foreign_key();
    op.drop_constraint("logs_org", "logs").foreign_key();
    Ok(())
}

fn create_foreign_key_that_sets_defaults_up(op: &mut Op) -> Result {
    op.create_foreign_key(None, "logs", "orgs", ["number"], ["id"]).on_delete(SetDefault);
    Ok(())
}

fn create_foreign_key_that_sets_defaults_down(op: &mut Op) -> Result {
    op.drop_constraint("fk_logs_number_orgs", "logs").foreign_key();
    Ok(())
}

fn create_foreign_key_that_matches_in_full_up(op: &mut Op) -> Result {
    op.create_foreign_key(None, "logs", "orgs", ["number"], ["id"]).match_full();
    Ok(())
}

fn create_foreign_key_that_matches_in_full_down(op: &mut Op) -> Result {
    op.drop_constraint("fk_logs_number_orgs", "logs").foreign_key();
    Ok(())
}

fn create_exclude_constraint_up(op: &mut Op) -> Result {
    op.create_exclude_constraint("no_overlap", "bookings", [(key("room"), "="), (key("during"), "&&")]).using("gist").where_("NOT cancelled").deferrable();
    op.create_exclude_constraint("one_room", "bookings", [(key("room").operator_class("gist_int4_ops"), "=")]).initially_deferred();
    Ok(())
}

fn create_exclude_constraint_down(op: &mut Op) -> Result {
    op.drop_constraint("one_room", "bookings");
    op.drop_constraint("no_overlap", "bookings");
    Ok(())
}

fn validate_constraint_up(op: &mut Op) -> Result {
    op.validate_constraint("ck_old", "users");
    Ok(())
}

fn validate_constraint_down(op: &mut Op) -> Result {
    op.drop_constraint("ck_old", "users");
    op.create_check_constraint("ck_old", "users", "age > 4").not_valid();
    Ok(())
}

fn drop_constraint_up(op: &mut Op) -> Result {
    op.drop_constraint("uq_line", "logs").unique();
    op.drop_constraint("fk_number", "logs").foreign_key();
    op.drop_constraint("ck_users_age", "users").check();
    Ok(())
}

fn drop_constraint_down(op: &mut Op) -> Result {
    op.create_unique_constraint("uq_line", "logs", ["line"]);
    op.create_check_constraint("ck_users_age", "users", "age > 0");
    op.create_foreign_key("fk_number", "logs", "users", ["number"], ["id"]);
    Ok(())
}

fn drop_constraint_if_exists_up(op: &mut Op) -> Result {
    op.drop_constraint("ck_users_age", "users").check().if_exists();
    op.drop_constraint("ck_users_age", "users").check().if_exists();
    Ok(())
}

fn drop_constraint_if_exists_down(op: &mut Op) -> Result {
    op.create_check_constraint("ck_users_age", "users", "age > 0");
    Ok(())
}

fn drop_constraint_cascade_up(op: &mut Op) -> Result {
    op.drop_constraint("pk_ends", "ends").primary_key().cascade();
    Ok(())
}

fn drop_constraint_cascade_down(op: &mut Op) -> Result {
    op.create_primary_key(None, "ends", ["id"]);
    op.create_foreign_key(None, "logs", "ends", ["end_id"], ["id"]);
    Ok(())
}

fn batch_of_constraints_up(op: &mut Op) -> Result {
    op.create_primary_key(None, "logs", ["line"]);
    op.create_unique_constraint(None, "logs", ["number"]);
    op.create_check_constraint("ck_line", "logs", "line <> ''");
    op.create_check_constraint("ck_gone", "logs", "number > 0");
    op.create_foreign_key(None, "logs", "users", ["number"], ["id"]);
    op.drop_constraint("ck_gone", "logs").check();
    Ok(())
}

fn batch_of_constraints_down(op: &mut Op) -> Result {
    op.drop_constraint("fk_logs_number_users", "logs").foreign_key();
    op.drop_constraint("ck_line", "logs").check();
    op.drop_constraint("uq_logs_number", "logs").unique();
    op.drop_constraint("pk_logs", "logs").primary_key();
    Ok(())
}

fn batch_of_constraints_of_postgres_up(op: &mut Op) -> Result {
    op.create_exclude_constraint("no_overlap", "bookings", [(key("during"), "&&")]);
    op.create_check_constraint("ck_whole", "bookings", "NOT isempty(during)").not_valid();
    op.validate_constraint("ck_whole", "bookings");
    Ok(())
}

fn batch_of_constraints_of_postgres_down(op: &mut Op) -> Result {
    op.drop_constraint("ck_whole", "bookings");
    op.drop_constraint("no_overlap", "bookings");
    Ok(())
}

fn create_index_up(op: &mut Op) -> Result {
    op.create_index("ix_both", "users", ["age", "name"]);
    op.create_index(None, "users", ["age"]);
    Ok(())
}

fn create_index_down(op: &mut Op) -> Result {
    op.drop_index("ix_users_age", "users");
    op.drop_index("ix_both", "users");
    Ok(())
}

fn create_index_if_not_exists_up(op: &mut Op) -> Result {
    op.create_index(None, "users", ["age"]).if_not_exists();
    op.create_index(None, "users", ["age"]).if_not_exists();
    Ok(())
}

fn create_index_if_not_exists_down(op: &mut Op) -> Result {
    op.drop_index("ix_users_age", "users");
    Ok(())
}

fn create_index_over_expressions_up(op: &mut Op) -> Result {
    op.create_index("ix_users_oldest", "users", [sql("age DESC")]);
    op.create_index("ix_users_lower", "users", [sql("(lower(name))")]);
    Ok(())
}

fn create_index_over_expressions_down(op: &mut Op) -> Result {
    op.drop_index("ix_users_lower", "users");
    op.drop_index("ix_users_oldest", "users");
    Ok(())
}

fn create_index_unique_up(op: &mut Op) -> Result {
    op.create_index("uq_users_name", "users", ["name"]).unique();
    Ok(())
}

fn create_index_unique_down(op: &mut Op) -> Result {
    op.drop_index("uq_users_name", "users");
    Ok(())
}

fn create_index_over_some_rows_up(op: &mut Op) -> Result {
    op.create_index("uq_adults", "users", ["name"]).unique().where_("age > 18 -- of age");
    Ok(())
}

fn create_index_over_some_rows_down(op: &mut Op) -> Result {
    op.drop_index("uq_adults", "users");
    Ok(())
}

fn create_index_in_order_up(op: &mut Op) -> Result {
    op.create_index("ix_order", "users", [key("age").desc(), key("name").asc()]);
    Ok(())
}

fn create_index_in_order_down(op: &mut Op) -> Result {
    op.drop_index("ix_order", "users");
    Ok(())
}

fn create_index_with_nulls_up(op: &mut Op) -> Result {
    op.create_index("ix_nulls", "users", [key("age").desc().nulls_last(), key("boss_id").nulls_first()]);
    Ok(())
}

fn create_index_with_nulls_down(op: &mut Op) -> Result {
    op.drop_index("ix_nulls", "users");
    Ok(())
}

fn create_index_with_collations_up(op: &mut Op) -> Result {
    op.create_index("ix_c", "users", [key("name").collate("C")]);
    op.create_index("ix_c", "users", [key("name").collate("NOCASE")]);
    Ok(())
}

fn create_index_with_collations_down(op: &mut Op) -> Result {
    op.drop_index("ix_c", "users");
    Ok(())
}

fn create_index_with_operator_classes_up(op: &mut Op) -> Result {
    op.create_index("ix_like", "users", [key("name").operator_class("varchar_pattern_ops")]);
    Ok(())
}

fn create_index_with_operator_classes_down(op: &mut Op) -> Result {
    op.drop_index("ix_like", "users");
    Ok(())
}

fn create_index_over_the_first_characters_up(op: &mut Op) -> Result {
    op.create_index("ix_note", "users", [key("note").length(10)]);
    Ok(())
}

fn create_index_over_the_first_characters_down(op: &mut Op) -> Result {
    op.drop_index("ix_note", "users");
    Ok(())
}

fn create_index_by_a_method_up(op: &mut Op) -> Result {
    op.create_index("ix_method", "users", ["age"]).using("hash");
    op.create_index("ix_method", "users", ["name"]).using("fulltext");
    Ok(())
}

fn create_index_by_a_method_down(op: &mut Op) -> Result {
    op.drop_index("ix_method", "users");
    Ok(())
}

fn create_index_that_stores_columns_up(op: &mut Op) -> Result {
    op.create_index("ix_store", "users", ["age"]).include(["name", "boss_id"]);
    Ok(())
}

fn create_index_that_stores_columns_down(op: &mut Op) -> Result {
    op.drop_index("ix_store", "users");
    Ok(())
}

fn create_index_nulls_not_distinct_up(op: &mut Op) -> Result {
    op.create_index("uq_age", "users", ["age"]).unique().nulls_not_distinct();
    Ok(())
}

fn create_index_nulls_not_distinct_down(op: &mut Op) -> Result {
    op.drop_index("uq_age", "users");
    Ok(())
}

fn create_index_with_options_up(op: &mut Op) -> Result {
    op.create_index("ix_options", "users", ["age"]).option(Postgres, "WITH (fillfactor = 70)").option(MySql, "COMMENT 'by age'");
    Ok(())
}

fn create_index_with_options_down(op: &mut Op) -> Result {
    op.drop_index("ix_options", "users");
    Ok(())
}

fn create_index_of_every_option_up(op: &mut Op) -> Result {
    op.create_index("uq_all", "users", [key("name").collate("C").desc().nulls_last()]).unique().nulls_not_distinct().using("btree").include(["age"]).where_("age > 5").option(Postgres, "WITH (fillfactor = 50)").option(Postgres, "TABLESPACE pg_default");
    Ok(())
}

fn create_index_of_every_option_down(op: &mut Op) -> Result {
    op.drop_index("uq_all", "users");
    Ok(())
}

fn create_index_concurrently_up(op: &mut Op) -> Result {
    op.create_index(None, "users", ["age"]).concurrently();
    Ok(())
}

fn create_index_concurrently_down(op: &mut Op) -> Result {
    op.drop_index("ix_users_age", "users").concurrently();
    Ok(())
}

fn drop_index_up(op: &mut Op) -> Result {
    op.drop_index("ix_users_name", "users");
    Ok(())
}

fn drop_index_down(op: &mut Op) -> Result {
    op.create_index(None, "users", ["name"]);
    Ok(())
}

fn drop_index_concurrently_up(op: &mut Op) -> Result {
    op.drop_index("ix_users_name", "users").concurrently();
    Ok(())
}

fn drop_index_concurrently_down(op: &mut Op) -> Result {
    op.create_index(None, "users", ["name"]).concurrently();
    Ok(())
}

fn drop_index_if_exists_up(op: &mut Op) -> Result {
    op.drop_index("ix_users_name", "users").if_exists();
    op.drop_index("ix_users_name", "users").if_exists();
    Ok(())
}

fn drop_index_if_exists_down(op: &mut Op) -> Result {
    op.create_index(None, "users", ["name"]);
    Ok(())
}

fn batch_of_indexes_up(op: &mut Op) -> Result {
    op.create_index(None, "users", ["age"]);
    op.drop_index("ix_users_name", "users");
    Ok(())
}

fn batch_of_indexes_down(op: &mut Op) -> Result {
    op.create_index(None, "users", ["name"]);
    op.drop_index("ix_users_age", "users");
    Ok(())
}

fn create_enum_up(op: &mut Op) -> Result {
    op.create_enum(enumeration("plan", ["free", "it's pro"]));
    Ok(())
}

fn create_enum_down(op: &mut Op) -> Result {
    op.drop_enum("plan");
    op.drop_enum("plan").if_exists();
    Ok(())
}

fn drop_enum_up(op: &mut Op) -> Result {
    op.drop_enum("plan");
    Ok(())
}

fn drop_enum_down(op: &mut Op) -> Result {
    op.create_enum(enumeration("plan", ["free", "pro"]));
    Ok(())
}

fn create_table_of_enums_up(op: &mut Op) -> Result {
    op.create_table("tasks", |t| {
        t.column("priority", enumeration("priority", ["low", "it's high"])).not_null().server_default("low");
        t.column("was", enumeration("priority", ["low", "it's high"]));
    });
    Ok(())
}

fn create_table_of_enums_down(op: &mut Op) -> Result {
    op.drop_table("tasks");
    op.drop_enum("priority");
    Ok(())
}

fn add_column_of_an_enum_up(op: &mut Op) -> Result {
    op.add_column("users", "state", enumeration("state", ["on", "off"])).not_null().server_default("on");
    Ok(())
}

fn add_column_of_an_enum_down(op: &mut Op) -> Result {
    op.drop_column("users", "state");
    op.drop_enum("state");
    Ok(())
}

fn add_column_of_an_enum_that_is_there_up(op: &mut Op) -> Result {
    op.add_column("users", "state", enumeration("state", ["on", "off"]).existing());
    Ok(())
}

fn add_column_of_an_enum_that_is_there_down(op: &mut Op) -> Result {
    op.drop_column("users", "state");
    Ok(())
}

fn add_column_of_a_list_of_an_enum_up(op: &mut Op) -> Result {
    op.add_column("users", "moods", array_of(enumeration("mood", ["up", "down"]))).server_default("{up}");
    Ok(())
}

fn add_column_of_a_list_of_an_enum_down(op: &mut Op) -> Result {
    op.drop_column("users", "moods");
    op.drop_enum("mood");
    Ok(())
}

fn alter_column_to_an_enum_up(op: &mut Op) -> Result {
    op.alter_column("users", "name").set_type(enumeration("person", ["somebody", "nobody"])).using("name::person");
    op.alter_column("users", "name").set_type(enumeration("person", ["somebody", "nobody"]));
    Ok(())
}

fn alter_column_to_an_enum_down(op: &mut Op) -> Result {
    op.alter_column("users", "name").set_type(varchar(80));
    op.drop_enum("person");
    Ok(())
}

fn add_enum_value_up(op: &mut Op) -> Result {
    op.add_enum_value("plan", "team");
    op.add_enum_value("plan", "trial").before("free");
    op.add_enum_value("plan", "it's basic").after("free");
    op.add_enum_value("plan", "team").if_not_exists();
    Ok(())
}

fn add_enum_value_down(op: &mut Op) -> Result {
    op.drop_enum("plan");
    op.create_enum(enumeration("plan", ["free", "pro"]));
    Ok(())
}

fn rename_enum_value_up(op: &mut Op) -> Result {
    op.rename_enum_value("level", "low", "it's low");
    Ok(())
}

fn rename_enum_value_down(op: &mut Op) -> Result {
    op.rename_enum_value("level", "it's low", "low");
    Ok(())
}

fn create_sequence_up(op: &mut Op) -> Result {
    op.create_sequence("plain").if_not_exists();
    op.create_sequence("invoice_no").start(1000).increment(10).min(10).max(90000).cache(5).cycle();
    Ok(())
}

fn create_sequence_down(op: &mut Op) -> Result {
    op.drop_sequence("invoice_no");
    op.drop_sequence("plain").if_exists();
    Ok(())
}

fn create_sequence_of_a_column_up(op: &mut Op) -> Result {
    op.create_sequence("log_no").owned_by("logs", "number");
    op.alter_column("logs", "number").server_default(sql("nextval('log_no')"));
    Ok(())
}

fn create_sequence_of_a_column_down(op: &mut Op) -> Result {
    op.alter_column("logs", "number").drop_server_default();
    op.drop_sequence("log_no");
    Ok(())
}

fn alter_sequence_up(op: &mut Op) -> Result {
    op.alter_sequence("invoice_no").start(7).increment(2).min(3).max(99).cache(4).cycle().restart(50);
    Ok(())
}

fn alter_sequence_down(op: &mut Op) -> Result {
    op.drop_sequence("invoice_no");
    op.create_sequence("invoice_no");
    Ok(())
}

fn drop_sequence_up(op: &mut Op) -> Result {
    op.drop_sequence("invoice_no");
    op.drop_sequence("invoice_no").if_exists();
    Ok(())
}

fn drop_sequence_down(op: &mut Op) -> Result {
    op.create_sequence("invoice_no").start(5);
    Ok(())
}

fn create_view_up(op: &mut Op) -> Result {
    op.create_view("adults", "SELECT id, name FROM users WHERE age >= 18 -- of age");
    Ok(())
}

fn create_view_down(op: &mut Op) -> Result {
    op.drop_view("adults");
    op.drop_view("adults").if_exists();
    Ok(())
}

fn replace_view_up(op: &mut Op) -> Result {
    op.replace_view("adults", "SELECT id, name FROM users WHERE age >= 21;");
    Ok(())
}

fn replace_view_down(op: &mut Op) -> Result {
    op.replace_view("adults", "SELECT id, name FROM users WHERE age >= 18");
    Ok(())
}

fn drop_view_up(op: &mut Op) -> Result {
    op.drop_view("adults");
    Ok(())
}

fn drop_view_down(op: &mut Op) -> Result {
    op.create_view("adults", "SELECT id FROM users WHERE age >= 18");
    Ok(())
}

fn drop_view_if_exists_up(op: &mut Op) -> Result {
    op.drop_view("adults").if_exists();
    op.drop_view("adults").if_exists();
    Ok(())
}

fn drop_view_if_exists_down(op: &mut Op) -> Result {
    op.create_view("adults", "SELECT id FROM users WHERE age >= 18");
    Ok(())
}

fn drop_view_materialized_up(op: &mut Op) -> Result {
    op.drop_view("adults").materialized();
    Ok(())
}

fn drop_view_materialized_down(op: &mut Op) -> Result {
    op.create_view("adults", "SELECT id FROM users WHERE age >= 18").materialized();
    Ok(())
}

fn drop_view_cascade_up(op: &mut Op) -> Result {
    op.drop_view("adults").cascade();
    Ok(())
}

fn drop_view_cascade_down(op: &mut Op) -> Result {
    op.create_view("adults", "SELECT id FROM users WHERE age >= 18");
    op.create_view("adult_ids", "SELECT id FROM adults");
    Ok(())
}

fn create_view_materialized_up(op: &mut Op) -> Result {
    op.create_view("adults", "SELECT id FROM users WHERE age >= 18").materialized();
    Ok(())
}

fn create_view_materialized_down(op: &mut Op) -> Result {
    op.drop_view("adults").materialized();
    Ok(())
}

fn replace_view_materialized_up(op: &mut Op) -> Result {
    op.replace_view("adults", "SELECT id FROM users WHERE age >= 21").materialized();
    Ok(())
}

fn replace_view_materialized_down(op: &mut Op) -> Result {
    op.replace_view("adults", "SELECT id FROM users WHERE age >= 18").materialized();
    Ok(())
}

fn create_trigger_up(op: &mut Op) -> Result {
    op.create_trigger("touch", "users", Before, [Insert, Update], "EXECUTE FUNCTION touch()").when("NEW.age > 18 -- of age");
    op.create_trigger("touch", "users", After, [UpdateOf(vec!["name".into(), "age".into()])], "BEGIN INSERT INTO logs (line) VALUES (OLD.name); DELETE FROM logs; END").when("NEW.age > 18 -- of age");
    op.create_trigger("touch", "users", After, [Update], "BEGIN INSERT INTO logs (line) VALUES (OLD.name); DELETE FROM logs; END");
    Ok(())
}

fn create_trigger_down(op: &mut Op) -> Result {
    op.drop_trigger("touch", "users");
    Ok(())
}

fn create_trigger_with_a_condition_up(op: &mut Op) -> Result {
    op.create_trigger("touch", "users", Before, [Update], "EXECUTE FUNCTION touch()").when("OLD.age < NEW.age");
    op.create_trigger("touch", "users", Before, [Update], "BEGIN DELETE FROM logs; END").when("OLD.age < NEW.age");
    Ok(())
}

fn create_trigger_with_a_condition_down(op: &mut Op) -> Result {
    op.drop_trigger("touch", "users");
    Ok(())
}

fn create_trigger_for_several_events_up(op: &mut Op) -> Result {
    op.create_trigger("touch", "users", After, [Insert, UpdateOf(vec!["age".into()]), Delete], "EXECUTE FUNCTION touch()");
    Ok(())
}

fn create_trigger_for_several_events_down(op: &mut Op) -> Result {
    op.drop_trigger("touch", "users");
    Ok(())
}

fn create_trigger_for_some_columns_up(op: &mut Op) -> Result {
    op.create_trigger("touch", "users", After, [UpdateOf(vec!["age".into()])], "EXECUTE FUNCTION touch()");
    op.create_trigger("touch", "users", After, [UpdateOf(vec!["age".into()])], "BEGIN DELETE FROM logs; END");
    Ok(())
}

fn create_trigger_for_some_columns_down(op: &mut Op) -> Result {
    op.drop_trigger("touch", "users");
    Ok(())
}

fn create_trigger_for_each_statement_up(op: &mut Op) -> Result {
    op.create_trigger("touch", "users", After, [Delete], "EXECUTE FUNCTION touch()").for_each_statement();
    Ok(())
}

fn create_trigger_for_each_statement_down(op: &mut Op) -> Result {
    op.drop_trigger("touch", "users");
    Ok(())
}

fn create_trigger_of_a_view_up(op: &mut Op) -> Result {
    op.create_trigger("touch", "adults", InsteadOf, [Delete], "EXECUTE FUNCTION touch()");
    op.create_trigger("touch", "adults", InsteadOf, [Delete], "BEGIN DELETE FROM users WHERE id = OLD.id; END");
    Ok(())
}

fn create_trigger_of_a_view_down(op: &mut Op) -> Result {
    op.drop_trigger("touch", "adults");
    Ok(())
}

fn replace_trigger_up(op: &mut Op) -> Result {
    op.replace_trigger("touch", "users", Before, [Delete], "EXECUTE FUNCTION touch()");
    op.replace_trigger("touch", "users", Before, [Delete], "BEGIN DELETE FROM logs; END");
    Ok(())
}

fn replace_trigger_down(op: &mut Op) -> Result {
    op.replace_trigger("touch", "users", Before, [Insert], "EXECUTE FUNCTION touch()");
    op.replace_trigger("touch", "users", Before, [Insert], "BEGIN DELETE FROM logs; END");
    Ok(())
}

fn drop_trigger_up(op: &mut Op) -> Result {
    op.drop_trigger("touch", "users");
    op.drop_trigger("touch", "users").if_exists();
    Ok(())
}

fn drop_trigger_down(op: &mut Op) -> Result {
    op.create_trigger("touch", "users", Before, [Insert], "EXECUTE FUNCTION touch()");
    op.create_trigger("touch", "users", Before, [Insert], "BEGIN DELETE FROM logs; END");
    Ok(())
}

fn create_function_up(op: &mut Op) -> Result {
    op.create_function("plus", "a integer, b integer DEFAULT 1", "RETURNS integer LANGUAGE sql IMMUTABLE AS $$ SELECT a + b; $$");
    op.create_function("plus", "a INT, b INT", "RETURNS INT DETERMINISTIC RETURN a + b");
    Ok(())
}

fn create_function_down(op: &mut Op) -> Result {
    op.drop_function("plus", "integer, integer");
    op.drop_function("plus", "integer, integer").if_exists();
    Ok(())
}

fn replace_function_up(op: &mut Op) -> Result {
    op.replace_function("one", "", "RETURNS integer LANGUAGE sql AS 'SELECT 2'");
    op.replace_function("one", "", "RETURNS INT DETERMINISTIC RETURN 2");
    Ok(())
}

fn replace_function_down(op: &mut Op) -> Result {
    op.replace_function("one", "", "RETURNS integer LANGUAGE sql AS 'SELECT 1'");
    op.replace_function("one", "", "RETURNS INT DETERMINISTIC RETURN 1");
    Ok(())
}

fn drop_function_up(op: &mut Op) -> Result {
    op.drop_function("one", "");
    Ok(())
}

fn drop_function_down(op: &mut Op) -> Result {
    op.create_function("one", "", "RETURNS integer LANGUAGE sql AS 'SELECT 1'");
    op.create_function("one", "", "RETURNS INT DETERMINISTIC RETURN 1");
    Ok(())
}

fn create_extension_up(op: &mut Op) -> Result {
    op.create_extension("citext").if_not_exists();
    op.create_extension("pg_trgm").schema("tools").version("1.6");
    Ok(())
}

fn create_extension_down(op: &mut Op) -> Result {
    op.drop_extension("pg_trgm");
    op.drop_extension("citext").if_exists();
    Ok(())
}

fn drop_extension_up(op: &mut Op) -> Result {
    op.drop_extension("citext").cascade();
    Ok(())
}

fn drop_extension_down(op: &mut Op) -> Result {
    op.create_extension("citext");
    op.add_column("mails", "address", custom("citext"));
    Ok(())
}

fn hostile(op: &mut Op) -> Result {
    op.create_table(qualified("\"); std::process::exit(1); // {} \\ \n */ \r\0 \u{202e}\u{feff} 'r#\"", "\"); std::process::exit(1); // {} \\ \n */ \r\0 \u{202e}\u{feff} 'r#\""), |t| {
        t.column("\"); std::process::exit(1); // {} \\ \n */ \r\0 \u{202e}\u{feff} 'r#\"", custom("\"); std::process::exit(1); // {} \\ \n */ \r\0 \u{202e}\u{feff} 'r#\"")).server_default("\"); std::process::exit(1); // {} \\ \n */ \r\0 \u{202e}\u{feff} 'r#\"").comment("\"); std::process::exit(1); // {} \\ \n */ \r\0 \u{202e}\u{feff} 'r#\"");
        t.column("e", enumeration("\"); std::process::exit(1); // {} \\ \n */ \r\0 \u{202e}\u{feff} 'r#\"", ["\"); std::process::exit(1); // {} \\ \n */ \r\0 \u{202e}\u{feff} 'r#\""])).server_default(sql("\"); std::process::exit(1); // {} \\ \n */ \r\0 \u{202e}\u{feff} 'r#\""));
        t.check("\"); std::process::exit(1); // {} \\ \n */ \r\0 \u{202e}\u{feff} 'r#\"").name("\"); std::process::exit(1); // {} \\ \n */ \r\0 \u{202e}\u{feff} 'r#\"");
    }).comment("\"); std::process::exit(1); // {} \\ \n */ \r\0 \u{202e}\u{feff} 'r#\"");
    op.create_index("\"); std::process::exit(1); // {} \\ \n */ \r\0 \u{202e}\u{feff} 'r#\"", "\"); std::process::exit(1); // {} \\ \n */ \r\0 \u{202e}\u{feff} 'r#\"", [key("\"); std::process::exit(1); // {} \\ \n */ \r\0 \u{202e}\u{feff} 'r#\"").collate("\"); std::process::exit(1); // {} \\ \n */ \r\0 \u{202e}\u{feff} 'r#\"")]).where_("\"); std::process::exit(1); // {} \\ \n */ \r\0 \u{202e}\u{feff} 'r#\"");
    op.create_function("\"); std::process::exit(1); // {} \\ \n */ \r\0 \u{202e}\u{feff} 'r#\"", "\"); std::process::exit(1); // {} \\ \n */ \r\0 \u{202e}\u{feff} 'r#\"", "\"); std::process::exit(1); // {} \\ \n */ \r\0 \u{202e}\u{feff} 'r#\"");
    Ok(())
}

pub(super) const CASES: &[Rendered] = &[
    ("create_table_up", create_table_up),
    ("create_table_down", create_table_down),
    ("create_table_if_not_exists_up", create_table_if_not_exists_up),
    ("create_table_if_not_exists_down", create_table_if_not_exists_down),
    ("create_table_of_every_type_up", create_table_of_every_type_up),
    ("create_table_of_every_type_down", create_table_of_every_type_down),
    ("create_table_with_arrays_up", create_table_with_arrays_up),
    ("create_table_with_arrays_down", create_table_with_arrays_down),
    ("create_table_with_composite_keys_up", create_table_with_composite_keys_up),
    ("create_table_with_composite_keys_down", create_table_with_composite_keys_down),
    ("create_table_with_deferrable_foreign_keys_up", create_table_with_deferrable_foreign_keys_up),
    ("create_table_with_deferrable_foreign_keys_down", create_table_with_deferrable_foreign_keys_down),
    ("create_table_with_deferrable_keys_up", create_table_with_deferrable_keys_up),
    ("create_table_with_deferrable_keys_down", create_table_with_deferrable_keys_down),
    ("create_table_with_one_null_up", create_table_with_one_null_up),
    ("create_table_with_one_null_down", create_table_with_one_null_down),
    ("create_table_with_an_exclusion_up", create_table_with_an_exclusion_up),
    ("create_table_with_an_exclusion_down", create_table_with_an_exclusion_down),
    ("create_table_with_stored_columns_up", create_table_with_stored_columns_up),
    ("create_table_with_stored_columns_down", create_table_with_stored_columns_down),
    ("create_table_with_virtual_columns_up", create_table_with_virtual_columns_up),
    ("create_table_with_virtual_columns_down", create_table_with_virtual_columns_down),
    ("create_table_with_collations_up", create_table_with_collations_up),
    ("create_table_with_collations_down", create_table_with_collations_down),
    ("create_table_with_identity_up", create_table_with_identity_up),
    ("create_table_with_identity_down", create_table_with_identity_down),
    ("create_table_with_options_up", create_table_with_options_up),
    ("create_table_with_options_down", create_table_with_options_down),
    ("create_table_with_comments_up", create_table_with_comments_up),
    ("create_table_with_comments_down", create_table_with_comments_down),
    ("drop_table_up", drop_table_up),
    ("drop_table_down", drop_table_down),
    ("drop_table_cascade_up", drop_table_cascade_up),
    ("drop_table_cascade_down", drop_table_cascade_down),
    ("rename_table_up", rename_table_up),
    ("rename_table_down", rename_table_down),
    ("create_table_comment_up", create_table_comment_up),
    ("create_table_comment_down", create_table_comment_down),
    ("drop_table_comment_up", drop_table_comment_up),
    ("drop_table_comment_down", drop_table_comment_down),
    ("create_schema_up", create_schema_up),
    ("create_schema_down", create_schema_down),
    ("drop_schema_up", drop_schema_up),
    ("drop_schema_down", drop_schema_down),
    ("drop_schema_cascade_up", drop_schema_cascade_up),
    ("drop_schema_cascade_down", drop_schema_cascade_down),
    ("in_a_schema_up", in_a_schema_up),
    ("in_a_schema_down", in_a_schema_down),
    ("add_column_up", add_column_up),
    ("add_column_down", add_column_down),
    ("add_column_if_not_exists_up", add_column_if_not_exists_up),
    ("add_column_if_not_exists_down", add_column_if_not_exists_down),
    ("add_column_with_a_check_up", add_column_with_a_check_up),
    ("add_column_with_a_check_down", add_column_with_a_check_down),
    ("add_column_with_a_foreign_key_up", add_column_with_a_foreign_key_up),
    ("add_column_with_a_foreign_key_down", add_column_with_a_foreign_key_down),
    ("add_column_with_a_foreign_key_in_full_up", add_column_with_a_foreign_key_in_full_up),
    ("add_column_with_a_foreign_key_in_full_down", add_column_with_a_foreign_key_in_full_down),
    ("add_column_as_primary_key_up", add_column_as_primary_key_up),
    ("add_column_as_primary_key_down", add_column_as_primary_key_down),
    ("add_column_unique_up", add_column_unique_up),
    ("add_column_unique_down", add_column_unique_down),
    ("add_column_with_an_expression_up", add_column_with_an_expression_up),
    ("add_column_with_an_expression_down", add_column_with_an_expression_down),
    ("add_column_stored_up", add_column_stored_up),
    ("add_column_stored_down", add_column_stored_down),
    ("add_column_virtual_up", add_column_virtual_up),
    ("add_column_virtual_down", add_column_virtual_down),
    ("add_column_with_a_collation_up", add_column_with_a_collation_up),
    ("add_column_with_a_collation_down", add_column_with_a_collation_down),
    ("add_column_with_identity_up", add_column_with_identity_up),
    ("add_column_with_identity_down", add_column_with_identity_down),
    ("add_column_with_a_comment_up", add_column_with_a_comment_up),
    ("add_column_with_a_comment_down", add_column_with_a_comment_down),
    ("drop_column_up", drop_column_up),
    ("drop_column_down", drop_column_down),
    ("drop_column_if_exists_up", drop_column_if_exists_up),
    ("drop_column_if_exists_down", drop_column_if_exists_down),
    ("drop_column_of_a_foreign_key_up", drop_column_of_a_foreign_key_up),
    ("drop_column_of_a_foreign_key_down", drop_column_of_a_foreign_key_down),
    ("drop_column_cascade_up", drop_column_cascade_up),
    ("drop_column_cascade_down", drop_column_cascade_down),
    ("alter_column_rename_up", alter_column_rename_up),
    ("alter_column_rename_down", alter_column_rename_down),
    ("alter_column_type_up", alter_column_type_up),
    ("alter_column_type_down", alter_column_type_down),
    ("alter_column_type_using_up", alter_column_type_using_up),
    ("alter_column_type_using_down", alter_column_type_using_down),
    ("alter_column_type_and_default_up", alter_column_type_and_default_up),
    ("alter_column_type_and_default_down", alter_column_type_and_default_down),
    ("alter_column_not_null_up", alter_column_not_null_up),
    ("alter_column_not_null_down", alter_column_not_null_down),
    ("alter_column_nullable_up", alter_column_nullable_up),
    ("alter_column_nullable_down", alter_column_nullable_down),
    ("alter_column_default_up", alter_column_default_up),
    ("alter_column_default_down", alter_column_default_down),
    ("alter_column_drop_default_up", alter_column_drop_default_up),
    ("alter_column_drop_default_down", alter_column_drop_default_down),
    ("alter_column_comment_up", alter_column_comment_up),
    ("alter_column_comment_down", alter_column_comment_down),
    ("alter_column_drop_comment_up", alter_column_drop_comment_up),
    ("alter_column_drop_comment_down", alter_column_drop_comment_down),
    ("alter_column_collation_up", alter_column_collation_up),
    ("alter_column_collation_down", alter_column_collation_down),
    ("alter_column_autoincrement_up", alter_column_autoincrement_up),
    ("alter_column_autoincrement_down", alter_column_autoincrement_down),
    ("alter_column_drop_autoincrement_up", alter_column_drop_autoincrement_up),
    ("alter_column_drop_autoincrement_down", alter_column_drop_autoincrement_down),
    ("alter_column_identity_up", alter_column_identity_up),
    ("alter_column_identity_down", alter_column_identity_down),
    ("alter_column_identity_again_up", alter_column_identity_again_up),
    ("alter_column_identity_again_down", alter_column_identity_again_down),
    ("alter_column_drop_identity_up", alter_column_drop_identity_up),
    ("alter_column_drop_identity_down", alter_column_drop_identity_down),
    ("alter_column_drop_generated_up", alter_column_drop_generated_up),
    ("alter_column_drop_generated_down", alter_column_drop_generated_down),
    ("alter_column_stored_up", alter_column_stored_up),
    ("alter_column_stored_down", alter_column_stored_down),
    ("alter_column_virtual_up", alter_column_virtual_up),
    ("alter_column_virtual_down", alter_column_virtual_down),
    ("alter_column_in_all_respects_up", alter_column_in_all_respects_up),
    ("alter_column_in_all_respects_down", alter_column_in_all_respects_down),
    ("batch_of_columns_up", batch_of_columns_up),
    ("batch_of_columns_down", batch_of_columns_down),
    ("batch_of_alterations_up", batch_of_alterations_up),
    ("batch_of_alterations_down", batch_of_alterations_down),
    ("create_primary_key_up", create_primary_key_up),
    ("create_primary_key_down", create_primary_key_down),
    ("create_primary_key_deferrable_up", create_primary_key_deferrable_up),
    ("create_primary_key_deferrable_down", create_primary_key_deferrable_down),
    ("create_unique_constraint_up", create_unique_constraint_up),
    ("create_unique_constraint_down", create_unique_constraint_down),
    ("create_unique_constraint_nulls_not_distinct_up", create_unique_constraint_nulls_not_distinct_up),
    ("create_unique_constraint_nulls_not_distinct_down", create_unique_constraint_nulls_not_distinct_down),
    ("create_unique_constraint_deferrable_up", create_unique_constraint_deferrable_up),
    ("create_unique_constraint_deferrable_down", create_unique_constraint_deferrable_down),
    ("create_check_constraint_up", create_check_constraint_up),
    ("create_check_constraint_down", create_check_constraint_down),
    ("create_check_constraint_not_valid_up", create_check_constraint_not_valid_up),
    ("create_check_constraint_not_valid_down", create_check_constraint_not_valid_down),
    ("create_foreign_key_up", create_foreign_key_up),
    ("create_foreign_key_down", create_foreign_key_down),
    ("create_foreign_key_in_full_up", create_foreign_key_in_full_up),
    ("create_foreign_key_in_full_down", create_foreign_key_in_full_down),
    ("create_foreign_key_that_sets_defaults_up", create_foreign_key_that_sets_defaults_up),
    ("create_foreign_key_that_sets_defaults_down", create_foreign_key_that_sets_defaults_down),
    ("create_foreign_key_that_matches_in_full_up", create_foreign_key_that_matches_in_full_up),
    ("create_foreign_key_that_matches_in_full_down", create_foreign_key_that_matches_in_full_down),
    ("create_exclude_constraint_up", create_exclude_constraint_up),
    ("create_exclude_constraint_down", create_exclude_constraint_down),
    ("validate_constraint_up", validate_constraint_up),
    ("validate_constraint_down", validate_constraint_down),
    ("drop_constraint_up", drop_constraint_up),
    ("drop_constraint_down", drop_constraint_down),
    ("drop_constraint_if_exists_up", drop_constraint_if_exists_up),
    ("drop_constraint_if_exists_down", drop_constraint_if_exists_down),
    ("drop_constraint_cascade_up", drop_constraint_cascade_up),
    ("drop_constraint_cascade_down", drop_constraint_cascade_down),
    ("batch_of_constraints_up", batch_of_constraints_up),
    ("batch_of_constraints_down", batch_of_constraints_down),
    ("batch_of_constraints_of_postgres_up", batch_of_constraints_of_postgres_up),
    ("batch_of_constraints_of_postgres_down", batch_of_constraints_of_postgres_down),
    ("create_index_up", create_index_up),
    ("create_index_down", create_index_down),
    ("create_index_if_not_exists_up", create_index_if_not_exists_up),
    ("create_index_if_not_exists_down", create_index_if_not_exists_down),
    ("create_index_over_expressions_up", create_index_over_expressions_up),
    ("create_index_over_expressions_down", create_index_over_expressions_down),
    ("create_index_unique_up", create_index_unique_up),
    ("create_index_unique_down", create_index_unique_down),
    ("create_index_over_some_rows_up", create_index_over_some_rows_up),
    ("create_index_over_some_rows_down", create_index_over_some_rows_down),
    ("create_index_in_order_up", create_index_in_order_up),
    ("create_index_in_order_down", create_index_in_order_down),
    ("create_index_with_nulls_up", create_index_with_nulls_up),
    ("create_index_with_nulls_down", create_index_with_nulls_down),
    ("create_index_with_collations_up", create_index_with_collations_up),
    ("create_index_with_collations_down", create_index_with_collations_down),
    ("create_index_with_operator_classes_up", create_index_with_operator_classes_up),
    ("create_index_with_operator_classes_down", create_index_with_operator_classes_down),
    ("create_index_over_the_first_characters_up", create_index_over_the_first_characters_up),
    ("create_index_over_the_first_characters_down", create_index_over_the_first_characters_down),
    ("create_index_by_a_method_up", create_index_by_a_method_up),
    ("create_index_by_a_method_down", create_index_by_a_method_down),
    ("create_index_that_stores_columns_up", create_index_that_stores_columns_up),
    ("create_index_that_stores_columns_down", create_index_that_stores_columns_down),
    ("create_index_nulls_not_distinct_up", create_index_nulls_not_distinct_up),
    ("create_index_nulls_not_distinct_down", create_index_nulls_not_distinct_down),
    ("create_index_with_options_up", create_index_with_options_up),
    ("create_index_with_options_down", create_index_with_options_down),
    ("create_index_of_every_option_up", create_index_of_every_option_up),
    ("create_index_of_every_option_down", create_index_of_every_option_down),
    ("create_index_concurrently_up", create_index_concurrently_up),
    ("create_index_concurrently_down", create_index_concurrently_down),
    ("drop_index_up", drop_index_up),
    ("drop_index_down", drop_index_down),
    ("drop_index_concurrently_up", drop_index_concurrently_up),
    ("drop_index_concurrently_down", drop_index_concurrently_down),
    ("drop_index_if_exists_up", drop_index_if_exists_up),
    ("drop_index_if_exists_down", drop_index_if_exists_down),
    ("batch_of_indexes_up", batch_of_indexes_up),
    ("batch_of_indexes_down", batch_of_indexes_down),
    ("create_enum_up", create_enum_up),
    ("create_enum_down", create_enum_down),
    ("drop_enum_up", drop_enum_up),
    ("drop_enum_down", drop_enum_down),
    ("create_table_of_enums_up", create_table_of_enums_up),
    ("create_table_of_enums_down", create_table_of_enums_down),
    ("add_column_of_an_enum_up", add_column_of_an_enum_up),
    ("add_column_of_an_enum_down", add_column_of_an_enum_down),
    ("add_column_of_an_enum_that_is_there_up", add_column_of_an_enum_that_is_there_up),
    ("add_column_of_an_enum_that_is_there_down", add_column_of_an_enum_that_is_there_down),
    ("add_column_of_a_list_of_an_enum_up", add_column_of_a_list_of_an_enum_up),
    ("add_column_of_a_list_of_an_enum_down", add_column_of_a_list_of_an_enum_down),
    ("alter_column_to_an_enum_up", alter_column_to_an_enum_up),
    ("alter_column_to_an_enum_down", alter_column_to_an_enum_down),
    ("add_enum_value_up", add_enum_value_up),
    ("add_enum_value_down", add_enum_value_down),
    ("rename_enum_value_up", rename_enum_value_up),
    ("rename_enum_value_down", rename_enum_value_down),
    ("create_sequence_up", create_sequence_up),
    ("create_sequence_down", create_sequence_down),
    ("create_sequence_of_a_column_up", create_sequence_of_a_column_up),
    ("create_sequence_of_a_column_down", create_sequence_of_a_column_down),
    ("alter_sequence_up", alter_sequence_up),
    ("alter_sequence_down", alter_sequence_down),
    ("drop_sequence_up", drop_sequence_up),
    ("drop_sequence_down", drop_sequence_down),
    ("create_view_up", create_view_up),
    ("create_view_down", create_view_down),
    ("replace_view_up", replace_view_up),
    ("replace_view_down", replace_view_down),
    ("drop_view_up", drop_view_up),
    ("drop_view_down", drop_view_down),
    ("drop_view_if_exists_up", drop_view_if_exists_up),
    ("drop_view_if_exists_down", drop_view_if_exists_down),
    ("drop_view_materialized_up", drop_view_materialized_up),
    ("drop_view_materialized_down", drop_view_materialized_down),
    ("drop_view_cascade_up", drop_view_cascade_up),
    ("drop_view_cascade_down", drop_view_cascade_down),
    ("create_view_materialized_up", create_view_materialized_up),
    ("create_view_materialized_down", create_view_materialized_down),
    ("replace_view_materialized_up", replace_view_materialized_up),
    ("replace_view_materialized_down", replace_view_materialized_down),
    ("create_trigger_up", create_trigger_up),
    ("create_trigger_down", create_trigger_down),
    ("create_trigger_with_a_condition_up", create_trigger_with_a_condition_up),
    ("create_trigger_with_a_condition_down", create_trigger_with_a_condition_down),
    ("create_trigger_for_several_events_up", create_trigger_for_several_events_up),
    ("create_trigger_for_several_events_down", create_trigger_for_several_events_down),
    ("create_trigger_for_some_columns_up", create_trigger_for_some_columns_up),
    ("create_trigger_for_some_columns_down", create_trigger_for_some_columns_down),
    ("create_trigger_for_each_statement_up", create_trigger_for_each_statement_up),
    ("create_trigger_for_each_statement_down", create_trigger_for_each_statement_down),
    ("create_trigger_of_a_view_up", create_trigger_of_a_view_up),
    ("create_trigger_of_a_view_down", create_trigger_of_a_view_down),
    ("replace_trigger_up", replace_trigger_up),
    ("replace_trigger_down", replace_trigger_down),
    ("drop_trigger_up", drop_trigger_up),
    ("drop_trigger_down", drop_trigger_down),
    ("create_function_up", create_function_up),
    ("create_function_down", create_function_down),
    ("replace_function_up", replace_function_up),
    ("replace_function_down", replace_function_down),
    ("drop_function_up", drop_function_up),
    ("drop_function_down", drop_function_down),
    ("create_extension_up", create_extension_up),
    ("create_extension_down", create_extension_down),
    ("drop_extension_up", drop_extension_up),
    ("drop_extension_down", drop_extension_down),
    ("hostile", hostile),
];
