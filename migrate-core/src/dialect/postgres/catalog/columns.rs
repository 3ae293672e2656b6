//! Columns: their types, their defaults, and how they are numbered or computed.

use std::collections::BTreeMap;

use super::{name, row, tables};
use crate::dialect::postgres::normal::{self, read_default, read_type};
use crate::dialect::{Present, Unreadable};
use crate::schema::{Column, Enumeration, Generated, Identity, QualifiedName, Table, Type};

/// `element` is there where the type is a list. Of a column that is no identity nothing
/// is looked for (`OFFSET 0` keeps that together), and `col_description` would be a query for each.
pub(super) const COLUMNS: &str = "SELECT r.schema, r.name, a.attname::text,
    pg_catalog.format_type(COALESCE(element.oid, t.oid), a.atttypmod),
    (element.oid IS NOT NULL)::text,
    NULLIF(n.nspname, (SELECT current_schema()))::text,
    CASE WHEN COALESCE(element.typtype, t.typtype) = 'e' THEN COALESCE(element.typname, t.typname)::text END,
    (NOT a.attnotnull)::text, pg_catalog.pg_get_expr(d.adbin, d.adrelid), a.attgenerated::text, a.attidentity::text,
    seqstart::text, seqincrement::text, seqmin::text, seqmax::text, seqcache::text, seqcycle::text,
    o.collname::text, said.description
FROM relation AS r JOIN pg_catalog.pg_attribute AS a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
JOIN pg_catalog.pg_type AS t ON t.oid = a.atttypid
LEFT JOIN pg_catalog.pg_type AS element ON element.oid = t.typelem AND element.typarray = t.oid
JOIN pg_catalog.pg_namespace AS n ON n.oid = COALESCE(element.typnamespace, t.typnamespace)
LEFT JOIN pg_catalog.pg_attrdef AS d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
LEFT JOIN pg_catalog.pg_collation AS o ON o.oid = a.attcollation AND o.oid <> t.typcollation
LEFT JOIN LATERAL (
    SELECT s.* FROM pg_catalog.pg_depend JOIN pg_catalog.pg_sequence AS s ON seqrelid = objid
    WHERE a.attidentity <> '' AND deptype = 'i' AND classid = 'pg_catalog.pg_class'::regclass
    AND refclassid = 'pg_catalog.pg_class'::regclass AND refobjid = a.attrelid AND refobjsubid = a.attnum OFFSET 0
) AS own ON true
LEFT JOIN pg_catalog.pg_description AS said ON said.classoid = 'pg_catalog.pg_class'::regclass
    AND said.objoid = a.attrelid AND said.objsubid = a.attnum
WHERE r.relkind IN ('r', 'p') ORDER BY r.schema, r.name, a.attnum";

pub(super) fn columns(
    tables: &mut BTreeMap<QualifiedName, Table>,
    enumerations: &BTreeMap<QualifiedName, Enumeration>,
    present: &Present,
) -> Result<(), Unreadable> {
    for row in row::rows(present) {
        let [
            schema,
            table,
            column,
            spelling,
            is_list,
            type_schema,
            enum_name,
            nullable,
            default,
            generated,
            identity,
            start,
            increment,
            min,
            max,
            cache,
            cycle,
            collation,
            comment,
        ] = row?;
        let spelling = row::required(spelling, "a column's type")?;
        let enumeration = match enum_name {
            Some(_) => enumerations.get(&name(type_schema, enum_name)?),
            None => None,
        };
        // That of an extension is known by its name only.
        let ty = enumeration.map_or_else(|| read_type(spelling), |known| Type::Enumeration(known.clone()));
        let ty = if row::flag(is_list, "whether a column is a list")? {
            Type::Array(Box::new(ty))
        } else {
            ty
        };
        let mut column = Column {
            nullable: row::flag(nullable, "whether a column may be NULL")?,
            collation: collation.map(str::to_owned),
            comment: comment.map(str::to_owned),
            ..Column::new(row::required(column, "a column's name")?, ty)
        };
        match generated {
            Some("") | None => {
                column.server_default = default.map(|sql| read_default(sql, &column.ty));
            }
            Some(kind @ ("s" | "v")) => {
                column.generated = Some(Generated {
                    expression: row::required(default, "what a column is computed from")?.to_owned(),
                    stored: kind == "s",
                });
            }
            other => return Err(row::unreadable("how a column is computed", other)),
        }
        let always = match identity {
            Some("") | None => None,
            Some("a") => Some(true),
            Some("d") => Some(false),
            other => return Err(row::unreadable("how a column is numbered", other)),
        };
        if let Some(always) = always {
            let counting = row::counting([start, increment, min, max, cache, cycle])?;
            column.identity = Some(Identity { always, counting });
            let identity = normal::identity(&column, &column.ty);
            column.autoincrement = identity == Some(Identity::default());
            column.identity = identity.filter(|_| !column.autoincrement);
        }
        tables::of(tables, &name(schema, table)?)?.columns.push(column);
    }
    Ok(())
}
