//! Models, as `generate models` made them of a database.
// They need sqlx with its feature `derive`.
// Features of migrate-core for their types: `chrono`, `rust_decimal`.

use migrate_core::Table;
use sqlx::types::Decimal;
use sqlx::types::chrono::NaiveDate;

#[derive(Debug, sqlx::FromRow, Table)]
#[table(name = "accounts")]
pub struct Account {
    #[column(length = 36, primary_key)]
    pub id: String,
    #[column(length = 255, unique)]
    pub email: String,
    #[column(length = 255)]
    pub name: Option<String>,
    #[column(server_default = true)]
    pub is_active: bool,
    pub created_on: NaiveDate,
}

#[derive(Debug, sqlx::FromRow, Table)]
#[table(name = "chunks")]
#[table(primary_key(["document_id", "number"]))]
pub struct Chunk {
    #[column(length = 36)]
    #[column(references = Document::id)]
    #[column(foreign_key = "fk_chunks_document")]
    #[column(on_delete = Cascade)]
    pub document_id: String,
    pub number: i32,
    #[column(length = 4000)]
    pub body: String,
    #[column(server_default = 0)]
    pub tokens: i32,
}

#[derive(Debug, sqlx::FromRow, Table)]
#[table(name = "collections")]
#[table(check("(chunk_overlap < chunk_size)").name("ck_collections_overlap"))]
#[table(unique(["account_id", "name"]).name("uq_collections_account_name"))]
pub struct Collection {
    #[column(length = 36, primary_key)]
    pub id: String,
    #[column(length = 36)]
    #[column(references = Account::id)]
    #[column(foreign_key = "fk_collections_account")]
    #[column(on_delete = Cascade)]
    pub account_id: String,
    #[column(length = 200)]
    pub name: String,
    #[column(server_default = 1000)]
    pub chunk_size: i32,
    #[column(server_default = 0)]
    pub chunk_overlap: i32,
    #[column(server_default = false)]
    pub is_public: bool,
}

#[derive(Debug, sqlx::FromRow, Table)]
#[table(name = "documents")]
#[table(check("(size_bytes >= 0)").name("ck_documents_size"))]
#[table(index("ix_documents_collection_digest", ["collection_id", "digest"]).unique())]
pub struct Document {
    #[column(length = 36, primary_key)]
    pub id: String,
    #[column(length = 36)]
    #[column(references = Collection::id)]
    #[column(foreign_key = "fk_documents_collection")]
    #[column(on_delete = Cascade)]
    #[column(index)]
    pub collection_id: String,
    #[column(length = 500)]
    pub title: String,
    #[column(length = 2000)]
    pub source_url: Option<String>,
    #[column(ty = char(64))]
    pub digest: String,
    pub size_bytes: i64,
    #[column(ty = numeric(10, 4), server_default = 0)]
    pub price: Decimal,
}

#[derive(Debug, sqlx::FromRow, Table)]
#[table(name = "jobs")]
#[table(index(["status", "run_after"]))]
pub struct Job {
    #[column(length = 36, primary_key)]
    pub id: String,
    #[column(length = 36)]
    #[column(references = Document::id)]
    #[column(foreign_key = "fk_jobs_document")]
    #[column(on_delete = SetNull)]
    #[column(index)]
    pub document_id: Option<String>,
    #[column(length = 20, server_default = "index")]
    pub kind: String,
    #[column(length = 20, server_default = "queued")]
    pub status: String,
    #[column(check = "(attempts >= 0)", server_default = 0)]
    pub attempts: i16,
    #[column(server_default = 0)]
    pub run_after: i64,
}
