CREATE TYPE plan AS ENUM ('free', 'pro');
CREATE TABLE orgs (
    id serial PRIMARY KEY,
    name varchar(80) NOT NULL UNIQUE,
    plan plan NOT NULL DEFAULT 'free',
    plans plan[],
    parent integer REFERENCES orgs
);
COMMENT ON TABLE orgs IS 'who pays';
CREATE TABLE users (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    number bigint GENERATED ALWAYS AS IDENTITY (START WITH 100),
    org_id integer NOT NULL REFERENCES orgs ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    "e-mail" text COLLATE "C",
    type text NOT NULL DEFAULT 'it''s',
    age smallint CHECK (age > 17),
    price numeric(10, 2) DEFAULT 1.50,
    any_price numeric,
    at timestamptz(3) NOT NULL DEFAULT now(),
    data jsonb DEFAULT '{}',
    address inet,
    doubled integer GENERATED ALWAYS AS (age * 2) STORED,
    CONSTRAINT one_type UNIQUE (org_id, type)
);
CREATE INDEX users_at ON users USING btree (at DESC NULLS LAST) INCLUDE (age) WHERE age > 20;
CREATE UNIQUE INDEX ix_users_age ON users (age, lower("e-mail"));
CREATE INDEX ON users USING gin (data jsonb_path_ops);
CREATE VIEW names AS SELECT name FROM orgs;
