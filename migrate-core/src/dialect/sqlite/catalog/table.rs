//! Tables: what the text of a `CREATE TABLE` says, in the model's words.

use std::collections::BTreeMap;

use super::Thing;
use crate::dialect::Note;
use crate::dialect::sqlite::definition::{self, Clause, Definition, Rule, Unread};
use crate::dialect::sqlite::named::{name_of, numbered};
use crate::dialect::sqlite::{normal, types};
use crate::schema::{
    Backend, Check, Column, Constraint, Element, Enumeration, ForeignKey, Generated, PrimaryKey,
    QualifiedName, Table, Type, Unique, naming,
};

/// What stands in a table's text. What SQLite itself reads in it has to be what was read here.
pub(super) fn definition(thing: &Thing<'_>, columns: Option<&Vec<&str>>) -> Result<Definition, Unread> {
    let definition = Definition::parse(thing.sql)?;
    let told = columns.into_iter().flatten().copied();
    if definition.columns().map(|column| column.name.as_str()).eq(told) {
        Ok(definition)
    } else {
        Err(Unread(thing.sql.to_owned()))
    }
}

/// The table, and what the model cannot say of it.
pub(super) fn table(
    name: &QualifiedName,
    definition: &Definition,
    all: &BTreeMap<QualifiedName, Definition>,
) -> (Table, Vec<Note>) {
    let mut table = Table::new(name);
    let mut notes = Vec::new();
    let mut note = |element: Element, unsaid: String| {
        notes.push(Note {
            subject: element.to_string(),
            unsaid,
        });
    };
    for described in definition.columns() {
        table.columns.push(column(name, definition, described));
    }
    for (of, number, clause) in numbered(definition) {
        let enumerates = of.is_some_and(|column| definition.enumerated(column, clause).is_some());
        let called = name_of(&name.name, of, number, clause);
        let found = if enumerates {
            None
        } else {
            constraint(name, definition, all, clause, called.clone())
        };
        let called = found.as_ref().map_or(called, |found| found.name().to_owned());
        let of_constraint = Element::Constraint(name.clone(), called);
        let subject = match of {
            Some(column) if found.is_none() => Element::Column(name.clone(), column.name.clone()),
            Some(_) | None => of_constraint.clone(),
        };
        for beyond in &clause.beyond {
            note(
                subject.clone(),
                format!("`{}` is not described", definition.text(*beyond)),
            );
        }
        match clause.rule {
            Rule::PrimaryKey {
                autoincrement: true, ..
            } => note(
                subject,
                "AUTOINCREMENT, which gives no number twice, is not described".into(),
            ),
            Rule::PrimaryKey { descending: true, .. } => note(subject, "`DESC` is not described".into()),
            Rule::Deferrable => note(
                subject,
                "a `DEFERRABLE` that stands alone is not described".into(),
            ),
            Rule::PrimaryKey { .. }
            | Rule::Unique { .. }
            | Rule::ForeignKey { .. }
            | Rule::Check(_)
            | Rule::NotNull
            | Rule::Null
            | Rule::Default(_)
            | Rule::Collate(_)
            | Rule::Generated(..) => {}
        }
        match found {
            Some(Constraint::ForeignKey(key)) if key.columns.len() != key.referent_columns.len() => note(
                of_constraint,
                "what it points to is not known, and it is not described".into(),
            ),
            Some(found) if table.constraint(found.name()).is_some() => {
                note(
                    of_constraint,
                    "there is another of its name, and it is not described".into(),
                );
            }
            Some(found) => table.constraints.push(found),
            None => {}
        }
    }
    let options = [
        (definition.without_rowid, "WITHOUT ROWID"),
        (definition.strict, "STRICT"),
    ];
    let options = options
        .into_iter()
        .filter_map(|(is_so, text)| is_so.then_some(text));
    let options: Vec<&str> = options.collect();
    if !options.is_empty() {
        table.options.push((Backend::Sqlite, options.join(", ")));
    }
    (table, notes)
}

fn column(table: &QualifiedName, definition: &Definition, of: &definition::Column) -> Column {
    let mut column = Column::new(&of.name, types::read(definition.type_of(of)));
    for clause in &of.clauses {
        if let Some(values) = definition.enumerated(of, clause) {
            column.ty = Type::Enumeration(Enumeration {
                name: types::enumeration_name(table, &of.name),
                values,
                existing: false,
            });
        }
    }
    for clause in &of.clauses {
        match &clause.rule {
            Rule::NotNull => column.nullable = false,
            Rule::Default(value) => {
                column.server_default = Some(normal::read_default(definition.text(*value), &column.ty));
            }
            Rule::Collate(name) => column.collation = Some(name.clone()),
            Rule::Generated(expression, stored) => {
                column.generated = Some(Generated {
                    expression: normal::bare(definition.text(*expression)).to_owned(),
                    stored: *stored,
                });
            }
            Rule::PrimaryKey { .. }
            | Rule::Unique { .. }
            | Rule::ForeignKey { .. }
            | Rule::Check(_)
            | Rule::Null
            | Rule::Deferrable => {}
        }
    }
    if definition.row_id().is_some_and(|row_id| row_id.name == of.name) {
        column.autoincrement = true;
        column.nullable = false;
    }
    let key = definition.primary_key().unwrap_or_default();
    if definition.without_rowid && key.iter().any(|name| name.eq_ignore_ascii_case(&of.name)) {
        column.nullable = false;
    }
    column
}

fn constraint(
    table: &QualifiedName,
    definition: &Definition,
    all: &BTreeMap<QualifiedName, Definition>,
    clause: &Clause,
    name: String,
) -> Option<Constraint> {
    let named = clause.name.is_some();
    Some(match &clause.rule {
        Rule::PrimaryKey { columns, .. } => Constraint::PrimaryKey(PrimaryKey {
            name,
            columns: as_spelled(Some(definition), columns),
            deferrable: None,
        }),
        Rule::Unique { columns } => {
            let columns = as_spelled(Some(definition), columns);
            Constraint::Unique(Unique {
                name: if named {
                    name
                } else {
                    naming::unique(&table.name, &columns)
                },
                columns,
                nulls_not_distinct: false,
                deferrable: None,
            })
        }
        Rule::ForeignKey {
            columns,
            referent,
            referent_columns,
            on_delete,
            on_update,
            match_full,
            deferrable,
        } => {
            let exact = all.get_key_value(&table.sibling(referent));
            let found = exact.or_else(|| {
                let mut tables = all.iter();
                tables.find(|(other, _)| {
                    other.schema == table.schema && other.name.eq_ignore_ascii_case(referent)
                })
            });
            let other = found.map(|(_, definition)| definition);
            let referent_columns = match referent_columns.as_slice() {
                [] => other.and_then(Definition::primary_key).unwrap_or_default(),
                named => named,
            };
            let referent = found.map_or_else(|| table.sibling(referent), |(name, _)| name.clone());
            let columns = as_spelled(Some(definition), columns);
            Constraint::ForeignKey(ForeignKey {
                name: if named {
                    name
                } else {
                    naming::foreign_key(&table.name, &columns, &referent.name)
                },
                columns,
                referent,
                referent_columns: as_spelled(other, referent_columns),
                on_delete: *on_delete,
                on_update: *on_update,
                match_full: *match_full,
                deferrable: *deferrable,
            })
        }
        Rule::Check(condition) => Constraint::Check(Check {
            name,
            condition: normal::bare(definition.text(*condition)).to_owned(),
        }),
        Rule::NotNull
        | Rule::Null
        | Rule::Default(_)
        | Rule::Collate(_)
        | Rule::Generated(..)
        | Rule::Deferrable => return None,
    })
}

/// Columns as their table spells them, which a constraint may do in other case.
fn as_spelled(definition: Option<&Definition>, columns: &[String]) -> Vec<String> {
    let columns = columns.iter().map(|name| {
        let found = definition.and_then(|definition| definition.column(name));
        found.map_or(name, |column| &column.name).clone()
    });
    columns.collect()
}
