//! initial schema
//!
//! Revision ID: 001
//! Revises:
//! Create Date: 2025-12-10 09:00:00 UTC

use migrate_core::prelude::*;

#[migration(revision = "001", down_revision = None)]
pub fn upgrade(op: &mut Op) {
    op.create_table("users", |t| {
        t.column("id", uuid()).primary_key();
        t.column("email", varchar(255)).not_null();
        t.column("name", varchar(255));
        t.column("password_hash", varchar(255))
            .comment("null for who signs in by magic links only");
        t.column(
            "autonomy_level",
            enumeration("autonomy_level", ["low", "medium", "high"]),
        )
        .not_null()
        .server_default("medium");
        t.column("gmail_credentials", json())
            .comment("OAuth credentials, encrypted");
        t.column("is_active", boolean()).not_null().server_default(true);
        timestamps(t);
    });
    op.create_index("ix_users_email", "users", ["email"]).unique();

    op.create_table("magic_links", |t| {
        t.column("id", uuid()).primary_key();
        t.column("user_id", uuid())
            .comment("null for a new signup")
            .references("users", "id")
            .on_delete(Cascade);
        t.column("email", varchar(255)).not_null();
        t.column("token", varchar(255)).not_null();
        t.column("expires_at", timestamptz()).not_null();
        t.column("used_at", timestamptz());
        timestamps(t);
    });
    op.create_index("ix_magic_links_token", "magic_links", ["token"])
        .unique();
    op.create_index("ix_magic_links_user_id", "magic_links", ["user_id"]);

    op.create_table("objectives", |t| {
        t.column("id", uuid()).primary_key();
        t.column("user_id", uuid())
            .not_null()
            .references("users", "id")
            .on_delete(Cascade);
        t.column("title", varchar(500)).not_null();
        t.column("description", text());
        let statuses = [
            "waiting_on_you",
            "waiting_on_others",
            "handled",
            "scheduled",
            "muted",
        ];
        t.column("status", enumeration("objective_status", statuses))
            .not_null()
            .server_default("waiting_on_you");
        timestamps(t);
    });
    op.create_index("ix_objectives_user_id", "objectives", ["user_id"]);

    op.create_table("policies", |t| {
        t.column("id", uuid()).primary_key();
        t.column("user_id", uuid())
            .not_null()
            .references("users", "id")
            .on_delete(Cascade);
        t.column("name", varchar(255)).not_null();
        t.column("description", text());
        t.column("rules", json()).not_null();
        t.column("is_active", boolean()).not_null().server_default(true);
        timestamps(t);
    });
    op.create_index("ix_policies_user_id", "policies", ["user_id"]);

    op.create_table("conversations", |t| {
        t.column("id", uuid()).primary_key();
        t.column("objective_id", uuid())
            .not_null()
            .references("objectives", "id")
            .on_delete(Cascade);
        t.column("gmail_thread_id", varchar(255));
        t.column("subject", varchar(998));
        t.column("participants", json()).not_null();
        timestamps(t);
    });
    op.create_index("ix_conversations_objective_id", "conversations", ["objective_id"]);
    op.create_index(
        "ix_conversations_gmail_thread_id",
        "conversations",
        ["gmail_thread_id"],
    );

    op.create_table("messages", |t| {
        t.column("id", uuid()).primary_key();
        t.column("conversation_id", uuid())
            .not_null()
            .references("conversations", "id")
            .on_delete(Cascade);
        t.column("gmail_message_id", varchar(255));
        t.column(
            "direction",
            enumeration("message_direction", ["incoming", "outgoing"]),
        )
        .not_null();
        t.column("sender", varchar(320)).not_null();
        t.column("recipients", json()).not_null();
        t.column("subject", varchar(998));
        t.column("body_text", text());
        t.column("body_html", text());
        t.column("sent_at", timestamptz()).not_null();
        timestamps(t);
    });
    op.create_index("ix_messages_conversation_id", "messages", ["conversation_id"]);
    op.create_index("ix_messages_gmail_message_id", "messages", ["gmail_message_id"])
        .unique();

    op.create_table("agent_actions", |t| {
        t.column("id", uuid()).primary_key();
        t.column("conversation_id", uuid())
            .not_null()
            .references("conversations", "id")
            .on_delete(Cascade);
        t.column("action_type", varchar(100)).not_null();
        t.column("proposed_content", text());
        t.column("risk_level", enumeration("risk_level", ["high", "medium", "low"]))
            .not_null();
        let statuses = ["pending", "approved", "rejected", "edited"];
        t.column("status", enumeration("action_status", statuses))
            .not_null()
            .server_default("pending");
        t.column("user_feedback", text());
        t.column("user_edit", text());
        timestamps(t);
    });
    op.create_index(
        "ix_agent_actions_conversation_id",
        "agent_actions",
        ["conversation_id"],
    );
}

pub fn downgrade(op: &mut Op) {
    let tables = [
        "agent_actions",
        "messages",
        "conversations",
        "policies",
        "objectives",
        "magic_links",
        "users",
    ];
    for table in tables {
        op.drop_table(table);
    }
}

fn timestamps(t: &mut NewTable) {
    t.column("created_at", timestamptz())
        .not_null()
        .server_default(now());
    t.column("updated_at", timestamptz())
        .not_null()
        .server_default(now());
}
