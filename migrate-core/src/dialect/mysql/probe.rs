//! How to find out whether a statement was done, when a run was cut off at it.
//!
//! A statement that changes tables is done or not done, never half; so each is asked for by what it makes or takes
//! away, and what can be done twice is simply done again. Before a statement without `IF NOT EXISTS`, what it makes was
//! not there, or the server refused it: where a name alone could be somebody else's, it is asked for by its parts too.

use crate::dialect::mysql::MySql;
use crate::dialect::{Dialect, Probe};
use crate::operation::{AlterColumn, DropConstraint, Operation, RenameConstraint};
use crate::schema::{Constraint, ConstraintKind, Index, IndexKey, QualifiedName, Table};

/// The probes for the statements that [`compile`](Dialect::compile) writes of an operation, in their order.
pub(super) fn probes(operation: &Operation) -> Vec<Option<Probe>> {
    let one = |condition: String| vec![Some(probe(&condition))];
    match operation {
        Operation::CreateSchema(create) => one(schema(&create.name)),
        Operation::DropSchema(drop) => one(no(&schema(&drop.name))),
        Operation::CreateTable(create) if create.if_not_exists => one(table(&create.table.name)),
        Operation::CreateTable(create) => one(table_of(&create.table)),
        Operation::DropTable(drop) => one(no(&table(&drop.table))),
        Operation::RenameTable(rename) => one(both(
            &no(&table(&rename.table)),
            &table(&rename.table.sibling(&rename.to)),
        )),
        Operation::AddColumn(add) => one(column(&add.table, &add.column.name)),
        Operation::DropColumn(drop) => one(no(&column(&drop.table, &drop.column))),
        Operation::AlterColumn(alter) => {
            let default = alter.server_default.as_ref().map(|_| Some(again()));
            let renamed = alter.rename.as_ref().map(|to| Some(renamed(alter, to)));
            default.into_iter().chain(renamed).collect()
        }
        Operation::CreateIndex(create) => one(index_of(&create.index)),
        Operation::DropIndex(drop) => one(format!(
            "NOT EXISTS (SELECT 1 FROM {})",
            parts(&drop.table, &drop.name)
        )),
        Operation::RenameIndex(rename) => {
            let is_there = |name| format!("EXISTS (SELECT 1 FROM {})", parts(&rename.table, name));
            one(both(&no(&is_there(&rename.name)), &is_there(&rename.to)))
        }
        Operation::AddConstraint(add) => one(match &add.constraint {
            Constraint::PrimaryKey(_) => primary_key(&add.table),
            Constraint::Unique(_)
            | Constraint::ForeignKey(_)
            | Constraint::Check(_)
            | Constraint::Exclude(_) => constraint(&add.table, add.constraint.name()),
        }),
        Operation::DropConstraint(drop) => one(no(&dropped(drop))),
        Operation::CreateView(create) if !create.replace => one(view(&create.view.name)),
        Operation::DropView(drop) => one(no(&view(&drop.name))),
        Operation::CreateTrigger(create) => {
            let is_there = trigger(&create.trigger.table.sibling(&create.trigger.name));
            replaced(create.replace, &is_there)
        }
        Operation::DropTrigger(drop) => one(no(&trigger(&drop.table.sibling(&drop.name)))),
        Operation::CreateFunction(create) => replaced(create.replace, &function(&create.function.name)),
        Operation::DropFunction(drop) => one(no(&function(&drop.name))),
        Operation::CreateView(_) | Operation::CommentTable(_) => vec![Some(again())],
        // It is done with what its table is, or nothing is done.
        Operation::RenameConstraint(_)
        | Operation::ValidateConstraint(_)
        | Operation::CreateEnum(_)
        | Operation::AddEnumValue(_)
        | Operation::RenameEnumValue(_)
        | Operation::DropEnum(_)
        | Operation::CreateSequence(_)
        | Operation::AlterSequence(_)
        | Operation::DropSequence(_)
        | Operation::CreateExtension(_)
        | Operation::DropExtension(_)
        | Operation::Execute(_)
        | Operation::BulkInsert(_)
        | Operation::DeleteRows(_)
        | Operation::Backfill(_)
        | Operation::Run(_) => Vec::new(),
    }
}

/// The probe for what can be done twice.
fn again() -> Probe {
    probe("FALSE")
}

/// The probe for alterations that are written together: what cannot be done twice comes last.
pub(super) fn altered(operations: &[&Operation]) -> Probe {
    if let Some(Operation::DropColumn(drop)) = operations.last() {
        return probe(&no(&column(&drop.table, &drop.column)));
    }
    if let Some(Operation::RenameConstraint(rename)) = operations.last() {
        let RenameConstraint { table, name, to, .. } = rename;
        return probe(&both(&no(&constraint(table, name)), &constraint(table, to)));
    }
    let Some(Operation::AlterColumn(alter)) = operations.last() else {
        return again();
    };
    let to = alter.rename.as_ref();
    to.map_or_else(again, |to| renamed(alter, to))
}

/// The probe for a column's new name.
fn renamed(alter: &AlterColumn, to: &str) -> Probe {
    probe(&both(
        &no(&column(&alter.table, &alter.column)),
        &column(&alter.table, to),
    ))
}

fn probe(done: &str) -> Probe {
    Probe {
        query: format!("SELECT IF({done}, 'done', 'absent')"),
        clean: None,
    }
}

/// What is dropped first, where it takes the place of another.
fn replaced(replace: bool, is_there: &str) -> Vec<Option<Probe>> {
    let dropped = replace.then(|| Some(probe(&no(is_there))));
    dropped.into_iter().chain([Some(probe(is_there))]).collect()
}

fn no(condition: &str) -> String {
    format!("NOT {condition}")
}

fn both(one: &str, other: &str) -> String {
    format!("{one} AND {other}")
}

/// The rows of a view of the catalog that have this schema and these names.
fn rows(view: &str, schema: &str, in_schema: Option<&str>, names: &[(&str, &str)]) -> String {
    let of_schema = in_schema.map_or_else(|| "DATABASE()".to_owned(), |schema| MySql.literal(schema));
    let names = names
        .iter()
        .map(|(name, value)| format!(" AND {name} = {}", MySql.literal(value)));
    format!(
        "information_schema.{view} WHERE {schema} = {of_schema}{}",
        names.collect::<String>()
    )
}

fn exists(view: &str, schema: &str, in_schema: Option<&str>, names: &[(&str, &str)]) -> String {
    format!("EXISTS (SELECT 1 FROM {})", rows(view, schema, in_schema, names))
}

/// A condition that a view of the catalog has a row of these for each of these columns.
fn with_columns(rows: &str, columns: &[&str]) -> String {
    let literals: Vec<String> = columns.iter().map(|column| MySql.literal(column)).collect();
    format!(
        "(SELECT count(*) FROM {rows} AND column_name IN ({})) = {}",
        literals.join(", "),
        literals.len()
    )
}

fn schema(name: &str) -> String {
    exists("schemata", "schema_name", Some(name), &[])
}

fn table(name: &QualifiedName) -> String {
    let names = [("table_name", name.name.as_str())];
    exists("tables", "table_schema", name.schema.as_deref(), &names)
}

/// It may have more columns than were asked for: a server can be set to add a key that nobody sees.
fn table_of(table: &Table) -> String {
    let names = [("table_name", table.name.name.as_str())];
    let columns: Vec<&str> = table.columns.iter().map(|column| column.name.as_str()).collect();
    let rows = rows("columns", "table_schema", table.name.schema.as_deref(), &names);
    with_columns(&rows, &columns)
}

fn view(name: &QualifiedName) -> String {
    let names = [("table_name", name.name.as_str())];
    exists("views", "table_schema", name.schema.as_deref(), &names)
}

fn column(table: &QualifiedName, column: &str) -> String {
    let names = [("table_name", table.name.as_str()), ("column_name", column)];
    exists("columns", "table_schema", table.schema.as_deref(), &names)
}

/// The rows that are the parts of an index.
fn parts(table: &QualifiedName, index: &str) -> String {
    let names = [("table_name", table.name.as_str()), ("index_name", index)];
    rows("statistics", "table_schema", table.schema.as_deref(), &names)
}

/// What is computed has no column's name.
fn index_of(index: &Index) -> String {
    let parts = parts(&index.table, &index.name);
    let all = format!("(SELECT count(*) FROM {parts}) = {}", index.elements.len());
    let columns: Vec<&str> = index
        .elements
        .iter()
        .filter_map(|element| match &element.key {
            IndexKey::Column(column) => Some(column.as_str()),
            IndexKey::Expression(_) => None,
        })
        .collect();
    if columns.is_empty() {
        all
    } else {
        both(&all, &with_columns(&parts, &columns))
    }
}

fn constraint(table: &QualifiedName, name: &str) -> String {
    let names = [("table_name", table.name.as_str()), ("constraint_name", name)];
    exists(
        "table_constraints",
        "table_schema",
        table.schema.as_deref(),
        &names,
    )
}

/// It has the same name in every table.
fn primary_key(table: &QualifiedName) -> String {
    constraint(table, "PRIMARY")
}

fn dropped(drop: &DropConstraint) -> String {
    if drop.kind == Some(ConstraintKind::PrimaryKey) {
        primary_key(&drop.table)
    } else {
        constraint(&drop.table, &drop.name)
    }
}

fn trigger(name: &QualifiedName) -> String {
    let names = [("trigger_name", name.name.as_str())];
    exists("triggers", "trigger_schema", name.schema.as_deref(), &names)
}

fn function(name: &QualifiedName) -> String {
    let names = [("routine_type", "FUNCTION"), ("routine_name", name.name.as_str())];
    exists("routines", "routine_schema", name.schema.as_deref(), &names)
}
