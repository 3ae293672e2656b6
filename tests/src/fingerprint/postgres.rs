//! What PostgreSQL's catalog tells, in the words of its own `pg_get_..def` functions.
//!
//! What an extension brought is left out: the extension stands for it. Owners and rights are left out too.

use crate::TestDatabase;

pub(super) async fn lines(database: &TestDatabase) -> Vec<String> {
    database.rows(&format!("{CATALOG};{CONTENTS}")).await
}

/// One column of lines. Compiling so many small queries would take longer than they do. `brought` are the objects of
/// extensions, `space` the schemas that are nobody else's.
const CATALOG: &str = r#"
SET jit = off;
WITH brought AS (SELECT objid FROM pg_depend WHERE deptype = 'e'),
space AS (
    SELECT oid, nspname FROM pg_namespace
    WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'
),
relation AS (
    SELECT * FROM pg_class
    WHERE relnamespace IN (SELECT oid FROM space) AND oid NOT IN (SELECT objid FROM brought)
)
SELECT 'schema ' || quote_ident(nspname) FROM space
UNION ALL
SELECT concat_ws(' ', 'extension', quote_ident(extname), extversion, 'in', extnamespace::regnamespace)
FROM pg_extension
UNION ALL
SELECT concat_ws(' ', 'table', oid::regclass, reloptions::text, 'PARTITION BY ' || pg_get_partkeydef(oid),
    'COMMENT ' || quote_literal(obj_description(oid, 'pg_class')))
FROM relation WHERE relkind IN ('r', 'p')
UNION ALL
SELECT concat_ws(' ', CASE relkind WHEN 'm' THEN 'materialized' END, 'view', oid::regclass,
    'AS' || regexp_replace(pg_get_viewdef(oid), '\s+', ' ', 'g'),
    CASE WHEN NOT relispopulated THEN 'WITH NO DATA' END)
FROM relation WHERE relkind IN ('v', 'm')
UNION ALL
SELECT concat_ws(' ', 'column', attrelid::regclass || '.' || quote_ident(attname),
    '#' || row_number() OVER (PARTITION BY attrelid ORDER BY attnum),
    format_type(atttypid, atttypmod),
    CASE WHEN attcollation <> typcollation THEN 'COLLATE ' || attcollation::regcollation END,
    CASE WHEN attnotnull THEN 'NOT NULL' END,
    CASE attgenerated WHEN '' THEN 'DEFAULT ' ELSE 'GENERATED ' || attgenerated::text || ' ' END
        || pg_get_expr(adbin, adrelid),
    CASE attidentity WHEN 'a' THEN 'IDENTITY ALWAYS' WHEN 'd' THEN 'IDENTITY BY DEFAULT' END,
    'COMMENT ' || quote_literal(col_description(attrelid, attnum)))
FROM pg_attribute
JOIN relation ON relation.oid = attrelid AND relkind IN ('r', 'p', 'v', 'm')
JOIN pg_type ON pg_type.oid = atttypid
LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
WHERE attnum > 0 AND NOT attisdropped
UNION ALL
SELECT concat_ws(' ', 'index', pg_get_indexdef(indexrelid), CASE WHEN NOT indisvalid THEN 'INVALID' END)
FROM pg_index JOIN relation ON relation.oid = indexrelid
UNION ALL
SELECT concat_ws(' ', 'constraint', conrelid::regclass || '.' || quote_ident(conname),
    pg_get_constraintdef(pg_constraint.oid))
FROM pg_constraint JOIN relation ON relation.oid = conrelid
UNION ALL
SELECT concat_ws(' ', 'enum', enumtypid::regtype, array_agg(enumlabel ORDER BY enumsortorder)::text)
FROM pg_enum GROUP BY enumtypid
UNION ALL
SELECT concat_ws(' ', 'sequence', seqrelid::regclass, format_type(seqtypid, NULL), 'START', seqstart,
    'INCREMENT', seqincrement, 'MIN', seqmin, 'MAX', seqmax, 'CACHE', seqcache,
    CASE WHEN seqcycle THEN 'CYCLE' END,
    'OF ' || refobjid::regclass || '.' || (
        SELECT quote_ident(attname) FROM pg_attribute WHERE attrelid = refobjid AND attnum = refobjsubid))
FROM pg_sequence JOIN relation ON relation.oid = seqrelid
LEFT JOIN pg_depend ON objid = seqrelid AND classid = 'pg_class'::regclass AND deptype IN ('a', 'i')
    AND refclassid = 'pg_class'::regclass
UNION ALL
SELECT concat_ws(' ', 'trigger', pg_get_triggerdef(pg_trigger.oid), CASE tgenabled WHEN 'D' THEN 'DISABLED' END)
FROM pg_trigger JOIN relation ON relation.oid = tgrelid WHERE NOT tgisinternal
UNION ALL
SELECT 'function ' || regexp_replace(pg_get_functiondef(oid), '\s+', ' ', 'g') FROM pg_proc
WHERE pronamespace IN (SELECT oid FROM space) AND oid NOT IN (SELECT objid FROM brought) AND prokind IN ('f', 'p')
"#;

/// All rows of all tables and the state of all sequences. A session's own function asks for them, for another session
/// takes longer than what it is asked.
const CONTENTS: &str = r#"
CREATE FUNCTION pg_temp.contents() RETURNS SETOF text LANGUAGE plpgsql AS $contents$
DECLARE
    query text;
BEGIN
    FOR query IN
        SELECT CASE relkind
            WHEN 'S' THEN format('SELECT %L || (last_value, is_called)::text FROM %s', 'state of ' || oid::regclass || ': ', oid::regclass)
            ELSE format('SELECT %L || whole::text FROM %s AS whole', 'row of ' || oid::regclass || ': ', oid::regclass)
        END
        FROM pg_class
        WHERE relkind IN ('r', 'S') AND relnamespace NOT IN (
            SELECT oid FROM pg_namespace WHERE nspname ~ '^pg_' OR nspname = 'information_schema')
        AND oid NOT IN (SELECT objid FROM pg_depend WHERE deptype = 'e')
    LOOP
        RETURN QUERY EXECUTE query;
    END LOOP;
END
$contents$;
SELECT * FROM pg_temp.contents()
"#;
