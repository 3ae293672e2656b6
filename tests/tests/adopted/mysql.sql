CREATE TABLE orgs (
    id INT UNSIGNED AUTO_INCREMENT PRIMARY KEY,
    name VARCHAR(80) NOT NULL UNIQUE,
    plan ENUM('free', 'pro') NOT NULL DEFAULT 'free',
    parent INT UNSIGNED,
    CONSTRAINT orgs_parent FOREIGN KEY (parent) REFERENCES orgs (id)
) COMMENT 'who pays';
CREATE TABLE users (
    id CHAR(36) PRIMARY KEY,
    org_id INT UNSIGNED NOT NULL,
    `e-mail` VARCHAR(100) COLLATE utf8mb4_bin,
    type VARCHAR(20) NOT NULL DEFAULT 'it''s',
    age SMALLINT CHECK (age > 17),
    price DECIMAL(10, 2) DEFAULT 1.50,
    at DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
    seen TIMESTAMP NULL,
    data JSON,
    flag TINYINT(1) NOT NULL DEFAULT 1,
    doubled INT GENERATED ALWAYS AS (age * 2) STORED,
    CONSTRAINT one_type UNIQUE (org_id, type),
    CONSTRAINT users_org FOREIGN KEY (org_id) REFERENCES orgs (id) ON DELETE CASCADE
);
CREATE INDEX users_at ON users (at DESC, type(5));
CREATE VIEW names AS SELECT name FROM orgs;
