//! What stands beside tables: schemas and views; and what the model cannot say.

use std::sync::Arc;

use super::{name, row};
use crate::dialect::mysql::MySql;
use crate::dialect::{Dialect, Present, Unreadable};
use crate::schema::{Metadata, View};

pub(super) const SCHEMAS: &str = "SELECT schema_name FROM information_schema.schemata
WHERE schema_name {chosen} AND schema_name <> DATABASE() ORDER BY 1";

/// The schema is given twice, for the names in the query have it.
pub(super) const VIEWS: &str =
    "SELECT NULLIF(table_schema, DATABASE()), table_name, view_definition, DATABASE()
FROM information_schema.views WHERE table_schema {chosen} ORDER BY 1, 2";

pub(super) const NOTES: &str =
    "SELECT CONCAT('trigger `', trigger_name, '` on `', event_object_table, '`'), 'triggers are not read'
FROM information_schema.triggers WHERE trigger_schema {chosen}
UNION ALL
SELECT CONCAT(LOWER(routine_type), ' `', routine_name, '`'), CONCAT(LOWER(routine_type), 's are not read')
FROM information_schema.routines WHERE routine_schema {chosen}
UNION ALL
SELECT CONCAT('event `', event_name, '`'), 'events are not read'
FROM information_schema.events WHERE event_schema {chosen}
UNION ALL
SELECT CONCAT('sequence `', table_name, '`'), 'sequences are not read'
FROM information_schema.tables WHERE table_schema {chosen} AND table_type = 'SEQUENCE'";

pub(super) fn schemas(metadata: &mut Metadata, present: &Present) -> Result<(), Unreadable> {
    for row in row::rows(present) {
        let [schema] = row?;
        let schema = row::required(schema, "a schema's name")?;
        metadata.schemas.insert(schema.to_owned());
    }
    Ok(())
}

/// The server writes the database before every name: where it is the one that is used, it is left out.
pub(super) fn views(metadata: &mut Metadata, present: &Present) -> Result<(), Unreadable> {
    for row in row::rows(present) {
        let [schema, of, query, current] = row?;
        let query = row::required(query, "a view's query")?;
        let current = row::required(current, "the database that is used")?;
        let prefix = format!("{}.", MySql.identifier(current));
        let view = View {
            name: name(schema, of)?,
            query: query.replace(&prefix, ""),
            materialized: false,
        };
        metadata.views.insert(view.name.clone(), Arc::new(view));
    }
    Ok(())
}
