//! initial schema baseline
//!
//! Revision ID: 5cd038a8f131
//! Revises:
//! Create Date: 2025-10-24 17:40:00 UTC

use migrate_core::prelude::*;

#[migration(revision = "5cd038a8f131", down_revision = None)]
pub fn upgrade(op: &mut Op) {
    op.create_table("accounts", |t| {
        t.column("id", varchar(36)).primary_key();
        t.column("email", varchar(255)).not_null().unique();
        t.column("name", varchar(255));
        t.column("is_active", boolean()).not_null().server_default(true);
        t.column("created_on", date()).not_null();
    });
    op.create_table("collections", |t| {
        t.column("id", varchar(36)).primary_key();
        t.column("account_id", varchar(36))
            .not_null()
            .references("accounts", "id")
            .name("fk_collections_account")
            .on_delete(Cascade);
        t.column("name", varchar(200)).not_null();
        t.column("chunk_size", integer()).not_null().server_default(1000);
        t.column("chunk_overlap", integer()).not_null().server_default(0);
        t.column("is_public", boolean()).not_null().server_default(false);
        t.check("(chunk_overlap < chunk_size)")
            .name("ck_collections_overlap");
        t.unique(["account_id", "name"])
            .name("uq_collections_account_name");
    });
    op.create_table("documents", |t| {
        t.column("id", varchar(36)).primary_key();
        t.column("collection_id", varchar(36))
            .not_null()
            .references("collections", "id")
            .name("fk_documents_collection")
            .on_delete(Cascade);
        t.column("title", varchar(500)).not_null();
        t.column("source_url", varchar(2000));
        t.column("digest", char(64)).not_null();
        t.column("size_bytes", bigint()).not_null();
        t.column("price", numeric(10, 4)).not_null().server_default(0);
        t.check("(size_bytes >= 0)").name("ck_documents_size");
    });
    op.create_index(
        "ix_documents_collection_digest",
        "documents",
        ["collection_id", "digest"],
    )
    .unique();
    op.create_index(None, "documents", ["collection_id"]);
    op.create_table("chunks", |t| {
        t.column("document_id", varchar(36))
            .not_null()
            .references("documents", "id")
            .name("fk_chunks_document")
            .on_delete(Cascade);
        t.column("number", integer()).not_null();
        t.column("body", varchar(4000)).not_null();
        t.column("tokens", integer()).not_null().server_default(0);
        t.primary_key(["document_id", "number"]);
    });
    op.create_table("jobs", |t| {
        t.column("id", varchar(36)).primary_key();
        t.column("document_id", varchar(36))
            .references("documents", "id")
            .name("fk_jobs_document")
            .on_delete(SetNull);
        t.column("kind", varchar(20)).not_null().server_default("index");
        t.column("status", varchar(20))
            .not_null()
            .server_default("queued");
        t.column("attempts", smallint())
            .not_null()
            .check("(attempts >= 0)")
            .server_default(0);
        t.column("run_after", bigint()).not_null().server_default(0);
    });
    op.create_index(None, "jobs", ["document_id"]);
    op.create_index(None, "jobs", ["status", "run_after"]);
}

pub fn downgrade(op: &mut Op) {
    // The rows of the table are lost.
    op.drop_table("jobs");
    // The rows of the table are lost.
    op.drop_table("chunks");
    // The rows of the table are lost.
    op.drop_table("documents");
    // The rows of the table are lost.
    op.drop_table("collections");
    // The rows of the table are lost.
    op.drop_table("accounts");
}
