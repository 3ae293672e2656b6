//! Indexes that are no constraint's, and the elements of all.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{name, row};
use crate::dialect::{Present, Unreadable};
use crate::schema::{Backend, Index, IndexElement, IndexKey, Metadata, Nulls, Order, QualifiedName, Sql};

pub(super) const INDEXES: &str = "SELECT r.schema, r.name, ic.relname::text, i.indisunique::text,
    CASE WHEN i.indisunique THEN to_jsonb(i) ->> 'indnullsnotdistinct' END, amname::text, pg_catalog.pg_get_expr(i.indpred, i.indrelid),
    'WITH (' || array_to_string(ic.reloptions, ', ') || ')'
FROM pg_catalog.pg_index AS i JOIN relation AS r ON r.oid = i.indrelid
JOIN pg_catalog.pg_class AS ic ON ic.oid = i.indexrelid
JOIN pg_catalog.pg_am AS am ON am.oid = ic.relam
WHERE r.relkind IN ('r', 'p', 'm') AND NOT EXISTS (
    SELECT FROM pg_catalog.pg_constraint WHERE conindid = i.indexrelid AND contype IN ('p', 'u', 'x')
)
ORDER BY 1, 2, 3";

/// A collation or operator class is given where it is another than the column's or type's own. Which one an expression's
/// own is, is not in the catalog: `pg_get_indexdef` says whether it is another.
pub(super) const ELEMENTS: &str =
    "SELECT r.schema, r.name, ic.relname::text, (k.place <= i.indnkeyatts)::text,
    CASE WHEN k.number <> 0 THEN a.attname::text END,
    CASE WHEN k.number = 0 THEN pg_catalog.pg_get_indexdef(i.indexrelid, k.place::int, false) END,
    o.collname::text, p.opcname::text,
    (i.indoption[k.place - 1] & 1 = 1)::text, (i.indoption[k.place - 1] & 2 = 2)::text, oprname::text
FROM pg_catalog.pg_index AS i JOIN relation AS r ON r.oid = i.indrelid AND r.relkind IN ('r', 'p', 'm')
JOIN pg_catalog.pg_class AS ic ON ic.oid = i.indexrelid
CROSS JOIN LATERAL unnest(i.indkey::int2[]) WITH ORDINALITY AS k (number, place)
LEFT JOIN pg_catalog.pg_attribute AS a ON a.attrelid = i.indrelid AND a.attnum = k.number
LEFT JOIN pg_catalog.pg_attribute AS own ON own.attrelid = i.indexrelid AND own.attnum = k.place
LEFT JOIN pg_catalog.pg_type AS t ON t.oid = own.atttypid
LEFT JOIN pg_catalog.pg_collation AS o ON o.oid = i.indcollation[k.place - 1]
    AND CASE WHEN k.number = 0
        THEN o.oid <> t.typcollation AND pg_catalog.pg_get_indexdef(i.indexrelid) LIKE '% COLLATE %'
        ELSE o.oid <> a.attcollation END
LEFT JOIN pg_catalog.pg_opclass AS p ON p.oid = i.indclass[k.place - 1] AND NOT p.opcdefault
LEFT JOIN pg_catalog.pg_constraint AS x ON x.conindid = i.indexrelid AND x.contype = 'x'
LEFT JOIN pg_catalog.pg_operator AS e ON e.oid = x.conexclop[k.place]
ORDER BY 1, 2, 3, k.place";

/// What the indexes are over, by their table and their name.
pub(super) struct Elements(BTreeMap<(QualifiedName, String), Vec<Element>>);

struct Element {
    /// What is ordered by; else it is only stored.
    is_key: bool,
    element: IndexElement,
    /// What an exclusion constraint compares it by.
    operator: Option<String>,
}

impl Elements {
    fn of(&self, table: &QualifiedName, index: &str) -> Result<&[Element], Unreadable> {
        let found = self.0.get(&(table.clone(), index.to_owned()));
        found
            .map(Vec::as_slice)
            .ok_or_else(|| row::unreadable(format!("what the index `{index}` is over"), None))
    }

    /// What an exclusion constraint compares, and how.
    pub(super) fn compared(
        &self,
        table: &QualifiedName,
        index: &str,
    ) -> Result<Vec<(IndexElement, String)>, Unreadable> {
        let elements = self.of(table, index)?.iter().filter(|element| element.is_key);
        let compared = elements.map(|element| {
            let operator = row::required(element.operator.as_deref(), "an operator")?;
            Ok((element.element.clone(), operator.to_owned()))
        });
        compared.collect()
    }
}

pub(super) fn elements(present: &Present) -> Result<Elements, Unreadable> {
    let mut elements = Elements(BTreeMap::new());
    for row in row::rows(present) {
        let [
            schema,
            table,
            index,
            is_key,
            column,
            expression,
            collation,
            class,
            descends,
            nulls_first,
            operator,
        ] = row?;
        let mut element = match (column, expression) {
            (Some(column), None) => IndexElement::from(column),
            (None, Some(sql)) => IndexElement::from(Sql(sql.to_owned())),
            (_, other) => return Err(row::unreadable("what an index is over", other)),
        };
        let descends = row::flag(descends, "the direction of an index")?;
        element.collation = collation.map(str::to_owned);
        element.operator_class = class.map(str::to_owned);
        element.order = descends.then_some(Order::Descending);
        // PostgreSQL takes NULL for greater than every value.
        element.nulls = match (descends, row::flag(nulls_first, "where NULL stands")?) {
            (false, true) => Some(Nulls::First),
            (true, false) => Some(Nulls::Last),
            (true, true) | (false, false) => None,
        };
        let key = (
            name(schema, table)?,
            row::required(index, "an index's name")?.to_owned(),
        );
        elements.0.entry(key).or_default().push(Element {
            is_key: row::flag(is_key, "whether an index is ordered by a column")?,
            element,
            operator: operator.map(str::to_owned),
        });
    }
    Ok(elements)
}

pub(super) fn indexes(
    metadata: &mut Metadata,
    elements: &Elements,
    present: &Present,
) -> Result<(), Unreadable> {
    for row in row::rows(present) {
        let [schema, table, of, unique, nulls, method, predicate, parameters] = row?;
        let table = name(schema, table)?;
        let of = row::required(of, "an index's name")?;
        let (keys, stored): (Vec<&Element>, Vec<&Element>) = elements
            .of(&table, of)?
            .iter()
            .partition(|element| element.is_key);
        let stored = stored.iter().filter_map(|element| match &element.element.key {
            IndexKey::Column(column) => Some(column.clone()),
            IndexKey::Expression(_) => None,
        });
        let index = Index {
            unique: row::flag(unique, "whether an index is unique")?,
            nulls_not_distinct: row::flag(nulls, "whether NULL is distinct")?,
            method: method.filter(|method| *method != "btree").map(str::to_owned),
            include: stored.collect(),
            predicate: predicate.map(str::to_owned),
            options: parameters
                .map(|sql| (Backend::Postgres, sql.to_owned()))
                .into_iter()
                .collect(),
            ..Index::new(
                of,
                table.clone(),
                keys.iter().map(|element| element.element.clone()).collect(),
            )
        };
        metadata.indexes.insert((table, of.to_owned()), Arc::new(index));
    }
    Ok(())
}
