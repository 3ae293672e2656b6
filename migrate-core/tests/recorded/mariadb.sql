CREATE TABLE users (
    id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    email VARCHAR(50) NOT NULL COMMENT 'it''s odd',
    label VARCHAR(20) COLLATE utf8mb4_bin DEFAULT 'it''s',
    about LONGTEXT DEFAULT ('back\\slash'),
    active BOOLEAN NOT NULL DEFAULT TRUE,
    token CHAR(36),
    kind ENUM('free', 'it''s', 'a,b') NOT NULL DEFAULT 'free',
    price NUMERIC(10, 2) DEFAULT 1.5,
    ratio DOUBLE DEFAULT -0.5,
    data JSON,
    picture LONGBLOB,
    born DATE DEFAULT (CURRENT_DATE),
    at DATETIME(6) DEFAULT CURRENT_TIMESTAMP(6),
    seen TIMESTAMP NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
    size INT UNSIGNED DEFAULT 3,
    secret INT INVISIBLE,
    doubled INT GENERATED ALWAYS AS (size * 2) VIRTUAL,
    kept INT GENERATED ALWAYS AS (size * (1 + 2)) STORED,
    own INT CHECK (own > 0),
    CONSTRAINT uq_users_email UNIQUE (email),
    CONSTRAINT ck_users CHECK (price > 0 AND NOT (label = 'a')),
    UNIQUE KEY ix_prefix (label(5), price),
    KEY ix_down (price DESC, size),
    FULLTEXT KEY ix_words (label)
) COMMENT 'people';
CREATE TABLE posts (
    id INT PRIMARY KEY,
    author BIGINT,
    editor BIGINT,
    reader BIGINT,
    left_behind BIGINT,
    CONSTRAINT fk_posts_author_users FOREIGN KEY (author) REFERENCES users (id) ON DELETE CASCADE,
    CONSTRAINT fk_editor FOREIGN KEY (editor) REFERENCES users (id) ON DELETE NO ACTION ON UPDATE SET NULL,
    FOREIGN KEY (reader) REFERENCES users (id),
    KEY ix_editor (editor),
    KEY fk_posts_left_behind_users (left_behind)
) ENGINE = InnoDB;
CREATE TABLE memory (n INT, KEY ix_n (n) USING HASH COMMENT 'quick') ENGINE = MEMORY;
CREATE VIEW labels AS SELECT id, label FROM users WHERE label <> 'users';
CREATE TRIGGER tr_posts BEFORE INSERT ON posts FOR EACH ROW SET NEW.author = 1;
CREATE FUNCTION one() RETURNS INT DETERMINISTIC RETURN 1;
CREATE SEQUENCE numbers;
