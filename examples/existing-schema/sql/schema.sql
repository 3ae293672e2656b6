-- The schema as it was made by hand, before there were migrations: documents in collections, cut into chunks that can be
-- searched, and the jobs that do it. Nothing is changed here any more: the baseline in migrations/ is this, and whatever
-- follows is a migration. It is SQL that SQLite, PostgreSQL and MariaDB take.

CREATE TABLE accounts (
    id VARCHAR(36) NOT NULL,
    email VARCHAR(255) NOT NULL,
    name VARCHAR(255),
    is_active BOOLEAN DEFAULT TRUE NOT NULL,
    created_on DATE NOT NULL,
    CONSTRAINT pk_accounts PRIMARY KEY (id),
    CONSTRAINT uq_accounts_email UNIQUE (email)
);

CREATE TABLE collections (
    id VARCHAR(36) NOT NULL,
    account_id VARCHAR(36) NOT NULL,
    name VARCHAR(200) NOT NULL,
    chunk_size INTEGER DEFAULT 1000 NOT NULL,
    chunk_overlap INTEGER DEFAULT 0 NOT NULL,
    is_public BOOLEAN DEFAULT FALSE NOT NULL,
    CONSTRAINT pk_collections PRIMARY KEY (id),
    CONSTRAINT uq_collections_account_name UNIQUE (account_id, name),
    CONSTRAINT fk_collections_account FOREIGN KEY (account_id) REFERENCES accounts (id) ON DELETE CASCADE,
    CONSTRAINT ck_collections_overlap CHECK (chunk_overlap < chunk_size)
);

CREATE TABLE documents (
    id VARCHAR(36) NOT NULL,
    collection_id VARCHAR(36) NOT NULL,
    title VARCHAR(500) NOT NULL,
    source_url VARCHAR(2000),
    digest CHAR(64) NOT NULL,
    size_bytes BIGINT NOT NULL,
    price NUMERIC(10, 4) DEFAULT 0 NOT NULL,
    CONSTRAINT pk_documents PRIMARY KEY (id),
    CONSTRAINT fk_documents_collection FOREIGN KEY (collection_id) REFERENCES collections (id) ON DELETE CASCADE,
    CONSTRAINT ck_documents_size CHECK (size_bytes >= 0)
);
CREATE INDEX ix_documents_collection_id ON documents (collection_id);
CREATE UNIQUE INDEX ix_documents_collection_digest ON documents (collection_id, digest);

CREATE TABLE chunks (
    document_id VARCHAR(36) NOT NULL,
    number INTEGER NOT NULL,
    body VARCHAR(4000) NOT NULL,
    tokens INTEGER DEFAULT 0 NOT NULL,
    CONSTRAINT pk_chunks PRIMARY KEY (document_id, number),
    CONSTRAINT fk_chunks_document FOREIGN KEY (document_id) REFERENCES documents (id) ON DELETE CASCADE
);

CREATE TABLE jobs (
    id VARCHAR(36) NOT NULL,
    document_id VARCHAR(36),
    kind VARCHAR(20) DEFAULT 'index' NOT NULL,
    status VARCHAR(20) DEFAULT 'queued' NOT NULL,
    attempts SMALLINT DEFAULT 0 NOT NULL,
    run_after BIGINT DEFAULT 0 NOT NULL,
    CONSTRAINT pk_jobs PRIMARY KEY (id),
    CONSTRAINT fk_jobs_document FOREIGN KEY (document_id) REFERENCES documents (id) ON DELETE SET NULL,
    CONSTRAINT ck_jobs_attempts CHECK (attempts >= 0)
);
CREATE INDEX ix_jobs_document_id ON jobs (document_id);
CREATE INDEX ix_jobs_status_run_after ON jobs (status, run_after);
