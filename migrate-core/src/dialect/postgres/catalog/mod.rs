//! What PostgreSQL's catalog holds, as a model: the queries, and what their answers mean.
//!
//! There is one query for each kind of thing, and so as many for one table as for a thousand. What only newer versions
//! have is read through `to_jsonb(row)`, which gives `NULL` where it is not there, so that one text serves them all.
//! Left out are the system's schemas, partitions, what an extension brought, and the sequences of identity columns.
//! Functions and triggers are in the notes only.

mod columns;
mod constraints;
mod indexes;
mod objects;
mod row;
mod tables;

use crate::dialect::postgres::Postgres;
use crate::dialect::{Dialect, Note, Present, Reading, Scope, Unreadable};
use crate::schema::{Metadata, QualifiedName};

/// What the queries begin with: the schemas that are read, and their tables and views.
struct Head(String);

impl Head {
    fn of(scope: &Scope) -> Self {
        let chosen = match scope {
            Scope::Current => "= current_schema()".to_owned(),
            Scope::Schemas(schemas) => {
                let names: Vec<String> = schemas.iter().map(|name| Postgres.literal(name)).collect();
                // A list may not be empty.
                format!("IN (NULL, {})", names.join(", ")).replace(", )", ")")
            }
        };
        Self(format!(
            "WITH space AS (
    SELECT oid, NULLIF(nspname, (SELECT current_schema()))::text AS schema FROM pg_catalog.pg_namespace
    WHERE nspname {chosen} AND nspname !~ '^pg_' AND nspname <> 'information_schema'
),
brought AS (SELECT classid, objid FROM pg_catalog.pg_depend WHERE deptype = 'e'),
relation AS (
    SELECT c.*, space.schema, c.relname::text AS name FROM pg_catalog.pg_class AS c
    JOIN space ON space.oid = c.relnamespace
    WHERE NOT c.relispartition
    AND c.oid <> ALL (ARRAY(SELECT objid FROM brought WHERE classid = 'pg_catalog.pg_class'::regclass))
)
"
        ))
    }

    fn query(&self, body: &str) -> String {
        format!("{}{body}", self.0)
    }
}

/// Where names without a schema lead, and for this transaction the settings by which values are spelled. Compiling so many
/// small queries would take longer than they do.
const SESSION: &str = "SELECT current_schema()::text, set_config('jit', 'off', true),
    set_config('TimeZone', 'UTC', true), set_config('DateStyle', 'ISO', true), set_config('IntervalStyle', 'postgres', true),
    set_config('bytea_output', 'hex', true), set_config('quote_all_identifiers', 'off', true)";

/// See [`Dialect::catalog`].
pub(super) fn queries(scope: &Scope) -> Vec<String> {
    let head = Head::of(scope);
    let bodies = [
        objects::SCHEMAS,
        objects::EXTENSIONS,
        objects::ENUMERATIONS,
        objects::SEQUENCES,
        tables::TABLES,
        columns::COLUMNS,
        constraints::CONSTRAINTS,
        indexes::INDEXES,
        indexes::ELEMENTS,
        objects::VIEWS,
        objects::NOTES,
    ];
    let queries = bodies.iter().map(|body| head.query(body));
    std::iter::once(SESSION.to_owned()).chain(queries).collect()
}

/// See [`Dialect::read`].
pub(super) fn read(answers: &[Present]) -> Result<Reading, Unreadable> {
    let [
        session,
        schemas,
        extensions,
        enumerations,
        sequences,
        tables,
        columns,
        constraints,
        indexes,
        elements,
        views,
        notes,
    ] = answers
    else {
        let count = answers.len().to_string();
        return Err(Unreadable::of(
            Postgres.name(),
            "the number of answers",
            Some(&count),
        ));
    };
    let mut schema = None;
    for row in row::rows(session) {
        let [current, _, _, _, _, _, _] = row?;
        // Without one, nothing would be found and all of it taken for missing.
        schema = Some(row::required(current, "the schema that `search_path` leads to")?.to_owned());
    }
    let mut metadata = Metadata::default();
    objects::schemas(&mut metadata, schemas)?;
    objects::extensions(&mut metadata, extensions)?;
    let known = objects::enumerations(&mut metadata, enumerations)?;
    objects::sequences(&mut metadata, sequences)?;
    let (mut tables, undescribed) = tables::tables(tables)?;
    columns::columns(&mut tables, &known, columns)?;
    let elements = indexes::elements(elements)?;
    constraints::constraints(&mut tables, &elements, constraints)?;
    indexes::indexes(&mut metadata, &elements, indexes)?;
    objects::views(&mut metadata, views)?;
    metadata.tables = tables
        .into_iter()
        .map(|(name, table)| (name, table.into()))
        .collect();
    let notes = row::rows(notes).map(|row| {
        let [subject, unsaid] = row?;
        Ok(Note {
            subject: row::required(subject, "what a note is about")?.to_owned(),
            unsaid: row::required(unsaid, "what a note says")?.to_owned(),
        })
    });
    Ok(Reading {
        schema,
        undescribed,
        notes: notes.collect::<Result<_, _>>()?,
        metadata,
    })
}

/// A name, with its schema unless that is the current one.
fn name(schema: Option<&str>, name: Option<&str>) -> Result<QualifiedName, Unreadable> {
    Ok(QualifiedName {
        schema: schema.map(str::to_owned),
        name: row::required(name, "a name")?.to_owned(),
    })
}
