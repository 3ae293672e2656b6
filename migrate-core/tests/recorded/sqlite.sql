-- What the rows in sqlite.rows tell of.
CREATE TABLE "Odd ""name" ( -- a comment, with (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    [plan] VARCHAR(4) DEFAULT 'free' NOT NULL CONSTRAINT "ck_old_plan" CHECK ("plan" IN ('free', 'it''s')),
    label VARCHAR(20) COLLATE nocase DEFAULT "x" CHECK (length(label) > 0),
    `price` NUMERIC(10, 2) DEFAULT -1.50, ratio DOUBLE DEFAULT (1 + 1), flag BOOLEAN DEFAULT TRUE NOT NULL,
    at DATETIME DEFAULT CURRENT_TIMESTAMP, uid CHAR(36) UNIQUE ON CONFLICT REPLACE, bytes BLOB DEFAULT x'00ff',
    odd some type (3), bare,
    doubled INTEGER GENERATED ALWAYS AS (price * 2) STORED, tripled AS (price * 3),
    CHECK (price > 0 and [label] <> ''), CONSTRAINT ck_odd CHECK ((price) < (10)),
    UNIQUE (PRICE DESC, label COLLATE binary)
);
CREATE TABLE users (
    id CHAR(36) PRIMARY KEY, parent REFERENCES USERS ON DELETE CASCADE ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    a INT, b INT,
    CONSTRAINT fk_odd FOREIGN KEY (a) REFERENCES "Odd ""name" (ID) MATCH FULL,
    FOREIGN KEY (a) REFERENCES both, UNIQUE (a), UNIQUE (a)
);
CREATE TABLE "odd options" (a INTEGER PRIMARY KEY DESC, b TEXT REFERENCES users COLLATE rtrim DEFERRABLE) STRICT;
CREATE TABLE both (a INTEGER PRIMARY KEY) STRICT, WITHOUT ROWID;
CREATE INDEX ix_rich ON "Odd ""name" (label DESC, lower(label) COLLATE nocase, (price + 1) DESC, "price" ASC, `uid`)
    WHERE flag AND (price <> 3);
CREATE UNIQUE INDEX IF NOT EXISTS main.ix_unique ON users (A);
CREATE VIEW labels AS SELECT label FROM "Odd ""name" WHERE "flag" -- those
;
CREATE VIEW "named columns" (x) AS SELECT 1;
CREATE TRIGGER touch AFTER UPDATE OF label, price ON "Odd ""name" WHEN new.label > 'begin' BEGIN
    UPDATE users SET a = 1; SELECT CASE WHEN 1 THEN 2 END; END;
CREATE TRIGGER instead INSTEAD OF INSERT ON labels FOR EACH ROW BEGIN SELECT 1; END;
CREATE VIRTUAL TABLE search USING fts5 (body);
CREATE TABLE copied AS SELECT 1 AS one, 'x' AS "two words";
