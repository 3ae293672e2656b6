CREATE TABLE orgs (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name VARCHAR(80) NOT NULL UNIQUE,
    plan TEXT NOT NULL DEFAULT 'free' CHECK (plan IN ('free', 'pro')),
    parent INTEGER REFERENCES orgs (id)
);
CREATE TABLE users (
    id CHAR(36) PRIMARY KEY NOT NULL,
    org_id INTEGER NOT NULL REFERENCES orgs (id) ON DELETE CASCADE,
    "e-mail" TEXT COLLATE NOCASE,
    type TEXT NOT NULL DEFAULT 'it''s',
    age INT CHECK (age > 17),
    score DOUBLE DEFAULT -0.5,
    created_at DATETIME DEFAULT CURRENT_TIMESTAMP,
    doubled INTEGER GENERATED ALWAYS AS (age * 2) STORED,
    CONSTRAINT one_type UNIQUE (org_id, type)
);
CREATE INDEX users_created ON users (created_at DESC) WHERE age > 20;
CREATE UNIQUE INDEX ix_users_age ON users (age, lower("e-mail"));
CREATE TABLE flags (name TEXT NOT NULL, value BLOB, PRIMARY KEY (name, value)) STRICT;
CREATE VIEW names AS SELECT name FROM orgs;
