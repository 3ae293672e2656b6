//! What stands beside tables: schemas, extensions, enum types, sequences and views; and what the model cannot say.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{name, row};
use crate::dialect::postgres::counting;
use crate::dialect::{Present, Unreadable};
use crate::schema::{Enumeration, Extension, Metadata, QualifiedName, Sequence, View};

pub(super) const SCHEMAS: &str = "SELECT schema FROM space WHERE schema IS NOT NULL ORDER BY 1";

/// That of PL/pgSQL is there from the beginning.
pub(super) const EXTENSIONS: &str =
    "SELECT extname::text, NULLIF(nspname, current_schema())::text, extversion
FROM pg_catalog.pg_extension JOIN pg_catalog.pg_namespace AS n ON n.oid = extnamespace
WHERE extname <> 'plpgsql' ORDER BY 1";

/// Those of other schemas too, since columns may have them; the third column tells.
pub(super) const ENUMERATIONS: &str =
    "SELECT NULLIF(n.nspname, current_schema())::text, t.typname::text, (space.oid IS NOT NULL)::text, (
    SELECT array_agg(enumlabel::text ORDER BY enumsortorder) FROM pg_catalog.pg_enum WHERE enumtypid = t.oid
)::text
FROM pg_catalog.pg_type AS t JOIN pg_catalog.pg_namespace AS n ON n.oid = t.typnamespace
LEFT JOIN space ON space.oid = n.oid
WHERE t.typtype = 'e'
AND NOT EXISTS (SELECT FROM brought WHERE classid = 'pg_catalog.pg_type'::regclass AND objid = t.oid)
ORDER BY 1, 2";

pub(super) const SEQUENCES: &str = "SELECT r.schema, r.name, seqstart::text, seqincrement::text, seqmin::text, seqmax::text,
    seqcache::text, seqcycle::text, NULLIF(n.nspname, current_schema())::text, o.relname::text, a.attname::text
FROM pg_catalog.pg_sequence AS s JOIN relation AS r ON r.oid = s.seqrelid
LEFT JOIN pg_catalog.pg_depend AS d ON d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = s.seqrelid
    AND d.refclassid = 'pg_catalog.pg_class'::regclass AND d.deptype IN ('a', 'i')
LEFT JOIN pg_catalog.pg_class AS o ON o.oid = d.refobjid
LEFT JOIN pg_catalog.pg_namespace AS n ON n.oid = o.relnamespace
LEFT JOIN pg_catalog.pg_attribute AS a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
WHERE d.deptype IS DISTINCT FROM 'i'
ORDER BY 1, 2";

pub(super) const VIEWS: &str = "SELECT schema, name, (relkind = 'm')::text, pg_catalog.pg_get_viewdef(oid)
FROM relation WHERE relkind IN ('v', 'm') ORDER BY 1, 2";

pub(super) const NOTES: &str = "SELECT * FROM (
SELECT 'domain `' || pg_catalog.format_type(t.oid, NULL) || '`', 'a column that has it names it; the domain itself is not described'
FROM pg_catalog.pg_type AS t JOIN space ON space.oid = t.typnamespace
WHERE t.typtype = 'd'
AND NOT EXISTS (SELECT FROM brought WHERE classid = 'pg_catalog.pg_type'::regclass AND objid = t.oid)
UNION ALL
SELECT 'type `' || pg_catalog.format_type(t.oid, NULL) || '`', 'a column that has it names it; the type itself is not described'
FROM pg_catalog.pg_type AS t JOIN space ON space.oid = t.typnamespace
LEFT JOIN pg_catalog.pg_class AS c ON c.oid = t.typrelid
WHERE (t.typtype = 'r' OR t.typtype = 'c' AND c.relkind = 'c')
AND NOT EXISTS (SELECT FROM brought WHERE classid = 'pg_catalog.pg_type'::regclass AND objid = t.oid)
UNION ALL
SELECT 'foreign table `' || oid::regclass || '`', 'it is not described' FROM relation WHERE relkind = 'f'
UNION ALL
SELECT 'table `' || oid::regclass || '`', 'that it is UNLOGGED is not described'
FROM relation WHERE relkind IN ('r', 'p') AND relpersistence = 'u'
UNION ALL
SELECT 'table `' || oid::regclass || '`', 'its tablespace is not described'
FROM relation WHERE relkind IN ('r', 'p', 'm') AND reltablespace <> 0
UNION ALL
SELECT DISTINCT 'table `' || r.oid::regclass || '`', 'that it inherits from another is not described'
FROM relation AS r JOIN pg_catalog.pg_inherits ON inhrelid = r.oid WHERE r.relkind = 'r'
UNION ALL
SELECT DISTINCT 'table `' || r.oid::regclass || '`', 'its row security is not described'
FROM relation AS r LEFT JOIN pg_catalog.pg_policy ON polrelid = r.oid
WHERE r.relkind IN ('r', 'p') AND (r.relrowsecurity OR polrelid IS NOT NULL)
UNION ALL
SELECT 'rule `' || rulename || '` on `' || r.oid::regclass || '`', 'it is not described'
FROM pg_catalog.pg_rewrite JOIN relation AS r ON r.oid = ev_class WHERE rulename <> '_RETURN'
UNION ALL
SELECT 'trigger `' || tgname || '` on `' || r.oid::regclass || '`', 'triggers are not read'
FROM pg_catalog.pg_trigger JOIN relation AS r ON r.oid = tgrelid WHERE NOT tgisinternal
UNION ALL
SELECT 'function `' || p.oid::regprocedure || '`', 'functions are not read'
FROM pg_catalog.pg_proc AS p JOIN space ON space.oid = p.pronamespace
WHERE NOT EXISTS (SELECT FROM brought WHERE classid = 'pg_catalog.pg_proc'::regclass AND objid = p.oid)
UNION ALL
SELECT 'constraint `' || conname || '` of `' || r.oid::regclass || '`', unsaid
FROM pg_catalog.pg_constraint AS c JOIN relation AS r ON r.oid = c.conrelid
LEFT JOIN pg_catalog.pg_index AS i ON i.indexrelid = c.conindid AND c.contype IN ('p', 'u', 'x')
CROSS JOIN LATERAL (SELECT to_jsonb(c) AS known OFFSET 0) AS newer
CROSS JOIN LATERAL (VALUES
    (NOT convalidated, 'that it is NOT VALID is not described'),
    (contype = 'c' AND connoinherit, 'NO INHERIT is not described'),
    (indnkeyatts <> indnatts, 'INCLUDE is not described'),
    (known ->> 'confdelsetcols' IS NOT NULL, 'which columns ON DELETE sets is not described'),
    (known ->> 'conperiod' = 'true', 'its period is not described'),
    (known ->> 'conenforced' = 'false', 'that it is NOT ENFORCED is not described')
) AS odd (is_so, unsaid)
WHERE is_so AND conparentid = 0 AND contype IN ('p', 'u', 'f', 'c', 'x')
UNION ALL
SELECT 'index `' || i.indexrelid::regclass || '`', 'that it is INVALID is not described'
FROM pg_catalog.pg_index AS i JOIN relation AS r ON r.oid = i.indrelid WHERE NOT i.indisvalid
UNION ALL
SELECT 'column `' || r.oid::regclass || '.' || attname || '`', 'the schema of its collation is not described'
FROM pg_catalog.pg_attribute JOIN relation AS r ON r.oid = attrelid AND r.relkind IN ('r', 'p')
JOIN pg_catalog.pg_collation AS o ON o.oid = attcollation
WHERE attnum > 0 AND NOT attisdropped AND NOT pg_catalog.pg_collation_is_visible(o.oid)
UNION ALL
SELECT DISTINCT CASE r.relkind WHEN 'S' THEN 'sequence' WHEN 'v' THEN 'view' WHEN 'm' THEN 'view' ELSE 'index' END
    || ' `' || r.oid::regclass || '`', 'its comment is not described'
FROM pg_catalog.pg_description JOIN relation AS r ON r.oid = objoid
WHERE classoid = 'pg_catalog.pg_class'::regclass AND r.relkind IN ('S', 'v', 'm', 'i', 'I')
UNION ALL
SELECT 'constraint `' || conname || '` of `' || r.oid::regclass || '`', 'its comment is not described'
FROM pg_catalog.pg_description JOIN pg_catalog.pg_constraint AS c ON c.oid = objoid
JOIN relation AS r ON r.oid = c.conrelid
WHERE classoid = 'pg_catalog.pg_constraint'::regclass
UNION ALL
SELECT 'type `' || pg_catalog.format_type(t.oid, NULL) || '`', 'its comment is not described'
FROM pg_catalog.pg_description JOIN pg_catalog.pg_type AS t ON t.oid = objoid JOIN space ON space.oid = t.typnamespace
WHERE classoid = 'pg_catalog.pg_type'::regclass
AND NOT EXISTS (SELECT FROM brought WHERE brought.classid = classoid AND brought.objid = t.oid)
UNION ALL
SELECT 'view `' || oid::regclass || '`', 'its options are not described'
FROM relation WHERE relkind IN ('v', 'm') AND reloptions IS NOT NULL
UNION ALL
SELECT 'column `' || r.oid::regclass || '.' || attname || '`', 'its options are not described'
FROM pg_catalog.pg_attribute JOIN relation AS r ON r.oid = attrelid WHERE attoptions IS NOT NULL
UNION ALL
SELECT 'statistics `' || stxname || '` on `' || r.oid::regclass || '`', 'they are not described'
FROM pg_catalog.pg_statistic_ext JOIN relation AS r ON r.oid = stxrelid
) AS notes (subject, unsaid) ORDER BY subject, unsaid";

pub(super) fn schemas(metadata: &mut Metadata, present: &Present) -> Result<(), Unreadable> {
    for row in row::rows(present) {
        let [schema] = row?;
        let schema = row::required(schema, "a schema's name")?;
        metadata.schemas.insert(schema.to_owned());
    }
    Ok(())
}

pub(super) fn extensions(metadata: &mut Metadata, present: &Present) -> Result<(), Unreadable> {
    for row in row::rows(present) {
        let [name, schema, version] = row?;
        let name = row::required(name, "an extension's name")?;
        let extension = Extension {
            name: name.to_owned(),
            schema: schema.map(str::to_owned),
            version: version.map(str::to_owned),
        };
        metadata.extensions.insert(name.to_owned(), Arc::new(extension));
    }
    Ok(())
}

/// All enum types, for the columns; those that are in scope are of the model.
pub(super) fn enumerations(
    metadata: &mut Metadata,
    present: &Present,
) -> Result<BTreeMap<QualifiedName, Enumeration>, Unreadable> {
    let mut known = BTreeMap::new();
    for row in row::rows(present) {
        let [schema, of, in_scope, values] = row?;
        let enumeration = Enumeration {
            name: name(schema, of)?,
            values: row::list(values, "the values of an enum type")?,
            existing: true,
        };
        if row::flag(in_scope, "whether an enum type is in scope")? {
            let shared = Arc::new(enumeration.clone());
            metadata.enumerations.insert(shared.name.clone(), shared);
        }
        known.insert(enumeration.name.clone(), enumeration);
    }
    Ok(known)
}

pub(super) fn sequences(metadata: &mut Metadata, present: &Present) -> Result<(), Unreadable> {
    for row in row::rows(present) {
        let [
            schema,
            of,
            start,
            increment,
            min,
            max,
            cache,
            cycle,
            owner_schema,
            owner,
            column,
        ] = row?;
        let counting = row::counting([start, increment, min, max, cache, cycle])?;
        let owned_by = match column {
            Some(column) => Some((name(owner_schema, owner)?, column.to_owned())),
            None => None,
        };
        let sequence = Sequence {
            name: name(schema, of)?,
            counting: counting::lean(&counting, counting::BIGINT),
            owned_by,
        };
        metadata
            .sequences
            .insert(sequence.name.clone(), Arc::new(sequence));
    }
    Ok(())
}

pub(super) fn views(metadata: &mut Metadata, present: &Present) -> Result<(), Unreadable> {
    for row in row::rows(present) {
        let [schema, of, materialized, query] = row?;
        let query = row::required(query, "a view's query")?;
        let view = View {
            name: name(schema, of)?,
            query: query.trim().trim_end_matches(';').to_owned(),
            materialized: row::flag(materialized, "whether a view is materialized")?,
        };
        metadata.views.insert(view.name.clone(), Arc::new(view));
    }
    Ok(())
}
