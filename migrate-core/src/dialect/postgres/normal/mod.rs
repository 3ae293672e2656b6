//! One spelling of everything that PostgreSQL holds, see [`Dialect::normal`](crate::dialect::Dialect::normal).
//!
//! What the catalog keeps in words of its own, and is not put into one spelling here, is left out: triggers, functions, the
//! queries of views, and where and in which version an extension is. Of expressions and defaults the files beside this one say what
//! is not told apart. The order of a table's constraints is none; that of its columns stays.

mod default;
mod expression;
mod node;
mod operand;
mod tokens;
mod types;

use std::collections::BTreeSet;
use std::sync::Arc;

use node::Node;

use crate::dialect::postgres::counting;
use crate::schema::{
    Action, Backend, Column, Constraint, Expression, Extension, ForeignKey, Generated, Identity, Index,
    IndexElement, IndexKey, Metadata, Nulls, Order, QualifiedName, Sequence, Table, Type, View,
};

pub(super) use default::read as read_default;
pub(super) use types::read as read_type;

pub(super) fn metadata(metadata: &Metadata) -> Metadata {
    let mut normal = Metadata {
        schemas: metadata.schemas.clone(),
        enumerations: metadata.enumerations.clone(),
        ..Metadata::default()
    };
    let owned: BTreeSet<&(QualifiedName, String)> = metadata
        .sequences
        .values()
        .filter_map(|sequence| sequence.owned_by.as_ref())
        .collect();
    for (name, described) in &metadata.tables {
        normal
            .tables
            .insert(name.clone(), Arc::new(table(metadata, described, &owned)));
    }
    for (key, described) in &metadata.indexes {
        normal.indexes.insert(key.clone(), Arc::new(index(described)));
    }
    for (name, sequence) in &metadata.sequences {
        let sequence = Sequence {
            counting: counting::lean(&sequence.counting, counting::BIGINT),
            ..sequence.as_ref().clone()
        };
        normal.sequences.insert(name.clone(), Arc::new(sequence));
    }
    for (name, view) in &metadata.views {
        let view = View {
            query: String::new(),
            ..view.as_ref().clone()
        };
        normal.views.insert(name.clone(), Arc::new(view));
    }
    for name in metadata.extensions.keys() {
        let extension = Extension {
            name: name.clone(),
            schema: None,
            version: None,
        };
        normal.extensions.insert(name.clone(), Arc::new(extension));
    }
    normal
}

/// `owned` are the columns that own a sequence.
fn table(metadata: &Metadata, table: &Table, owned: &BTreeSet<&(QualifiedName, String)>) -> Table {
    let name = &table.name.name;
    let key = table.primary_key().map_or(&[][..], |key| &key.columns);
    let columns = table.columns.iter().map(|described| {
        let mut column = column(metadata, name, described);
        if is_serial(described) && owned.contains(&(table.name.clone(), described.name.clone())) {
            (column.server_default, column.autoincrement) = (None, true);
        }
        column.nullable &= !key.contains(&column.name);
        column
    });
    let mut constraints: Vec<Constraint> = table
        .constraints
        .iter()
        .map(|described| constraint(name, described))
        .collect();
    constraints.sort_by(|one, other| one.name().cmp(other.name()));
    Table {
        name: table.name.clone(),
        columns: columns.collect(),
        constraints,
        comment: comment(table.comment.as_deref()),
        options: options(&table.options),
    }
}

/// Whether its default counts. A sequence of the column's own, as `serial` makes it, numbers it as an identity does.
fn is_serial(column: &Column) -> bool {
    if let Some(Expression::Sql(default)) = &column.server_default {
        default.starts_with("nextval(")
    } else {
        false
    }
}

/// A comment of no text is none.
fn comment(comment: Option<&str>) -> Option<String> {
    comment.filter(|text| !text.is_empty()).map(str::to_owned)
}

/// Those for this database, each by its tokens.
fn options(options: &[(Backend, String)]) -> Vec<(Backend, String)> {
    let own = options
        .iter()
        .filter(|(backend, _)| *backend == Backend::Postgres);
    let mut own: Vec<_> = own
        .map(|(backend, sql)| (*backend, expression::by_tokens(sql)))
        .collect();
    own.sort_by(|(_, one), (_, other)| one.cmp(other));
    own
}

fn column(metadata: &Metadata, table: &str, column: &Column) -> Column {
    let ty = ty(metadata, &column.ty);
    let identity = identity(column, &ty);
    let autoincrement = identity == Some(Identity::default());
    Column {
        name: column.name.clone(),
        nullable: column.nullable && identity.is_none(),
        server_default: column
            .server_default
            .as_ref()
            .and_then(|value| default::normal(value, &ty)),
        autoincrement,
        identity: identity.filter(|_| !autoincrement),
        generated: column.generated.as_ref().map(|generated| Generated {
            expression: expression::normal(&generated.expression, table),
            stored: generated.stored,
        }),
        collation: column.collation.clone(),
        comment: comment(column.comment.as_deref()),
        ty,
    }
}

/// A type by the model's name for it; a list of lists is a list.
fn ty(metadata: &Metadata, of: &Type) -> Type {
    let mut ty = of.clone();
    if let Type::Custom(spelling) = of {
        ty = types::read(spelling);
    }
    if let Type::Array(element) = &ty {
        let element = self::ty(metadata, element);
        ty = if matches!(element, Type::Array(_)) {
            element
        } else {
            Type::Array(Box::new(element))
        };
    }
    if let Type::Custom(spelling) = &ty {
        let mut named = metadata.enumerations.values();
        if let Some(found) = named.find(|other| other.name.to_string() == *spelling) {
            ty = Type::Enumeration(found.as_ref().clone());
        }
    }
    if let Some(enumeration) = ty.enumeration_mut() {
        enumeration.existing = true;
    }
    ty
}

/// How a sequence of its own numbers a column; `autoincrement` is its plainest form.
pub(super) fn identity(column: &Column, ty: &Type) -> Option<Identity> {
    let identity = match &column.identity {
        Some(identity) => identity.clone(),
        None => column.autoincrement.then(Identity::default)?,
    };
    Some(Identity {
        always: identity.always,
        counting: counting::lean(&identity.counting, counting::range(ty)),
    })
}

fn constraint(table: &str, constraint: &Constraint) -> Constraint {
    let mut constraint = constraint.clone();
    match &mut constraint {
        Constraint::PrimaryKey(_) | Constraint::Unique(_) => {}
        Constraint::ForeignKey(ForeignKey {
            on_delete, on_update, ..
        }) => {
            for action in [on_delete, on_update] {
                *action = action.filter(|action| *action != Action::NoAction);
            }
        }
        Constraint::Check(check) => check.condition = expression::normal(&check.condition, table),
        Constraint::Exclude(exclude) => {
            exclude.method.get_or_insert_with(|| "gist".into());
            if let Some(predicate) = &mut exclude.predicate {
                *predicate = expression::normal(predicate, table);
            }
            for (of, _) in &mut exclude.elements {
                *of = element(of, table);
            }
        }
    }
    constraint
}

fn index(index: &Index) -> Index {
    let table = &index.table.name;
    let predicate = index.predicate.as_deref();
    Index {
        elements: index.elements.iter().map(|of| element(of, table)).collect(),
        method: index.method.clone().filter(|method| method != "btree"),
        predicate: predicate.map(|sql| expression::normal(sql, table)),
        options: options(&index.options),
        ..index.clone()
    }
}

/// What follows an expression in its own text (`COLLATE "C"`, an operator class, `DESC`) is told as the element's own.
fn element(element: &IndexElement, table: &str) -> IndexElement {
    let mut element = element.clone();
    if let IndexKey::Expression(sql) = &element.key {
        let (sql, order, nulls) = ordered(sql);
        element.order = element.order.or(order);
        element.nulls = element.nulls.or(nulls);
        let (sql, class) = classed(sql, table);
        element.operator_class = element.operator_class.or(class.map(str::to_owned));
        let mut node = expression::read(sql, table);
        while let Some(Node::Postfix(words, of)) = &node
            && let Some(collation) = words.strip_prefix("collate ")
        {
            let collation = collation.trim_matches('"').replace("\"\"", "\"");
            element.collation.get_or_insert(collation);
            node = Some(of.as_ref().clone());
        }
        element.key = match node {
            Some(Node::Name(name)) if !name.contains(['.', '"']) => IndexKey::Column(name),
            Some(node) => IndexKey::Expression(node.spelled()),
            None => IndexKey::Expression(expression::normal(sql, table)),
        };
    }
    element.order = element.order.filter(|order| *order == Order::Descending);
    let by_itself = match element.order {
        Some(Order::Descending) => Nulls::First,
        Some(Order::Ascending) | None => Nulls::Last,
    };
    element.nulls = element.nulls.filter(|nulls| *nulls != by_itself);
    element.operator_class = element
        .operator_class
        .filter(|class| !DEFAULT_CLASSES.contains(&class.as_str()));
    element
}

/// An element's text without the words after its expression, and what they say.
fn ordered(sql: &str) -> (&str, Option<Order>, Option<Nulls>) {
    let strip = |sql: &str, word: &str| -> Option<usize> {
        let rest = sql.len().checked_sub(word.len())?;
        let end = sql.get(rest..)?;
        let before = sql
            .get(..rest)?
            .ends_with(|c: char| c.is_whitespace() || c == ')');
        (before && end.eq_ignore_ascii_case(word)).then_some(rest)
    };
    let mut sql = sql.trim();
    let mut nulls = None;
    for (word, value) in [("first", Nulls::First), ("last", Nulls::Last)] {
        if let Some(rest) = strip(sql, word)
            && let Some(end) = strip(sql[..rest].trim_end(), "nulls")
        {
            sql = sql[..end].trim_end();
            nulls = Some(value);
        }
    }
    for (word, value) in [("asc", Order::Ascending), ("desc", Order::Descending)] {
        if let Some(rest) = strip(sql, word) {
            return (sql[..rest].trim_end(), Some(value), nulls);
        }
    }
    (sql, None, nulls)
}

/// An element's text without the operator class at its end, and that.
fn classed<'s>(sql: &'s str, table: &str) -> (&'s str, Option<&'s str>) {
    if expression::read(sql, table).is_none()
        && let Some((of, class)) = sql.rsplit_once(char::is_whitespace)
        && expression::read(of, table).is_some()
        && class
            .chars()
            .all(|c| c == '_' || c.is_ascii_lowercase() || c.is_ascii_digit())
    {
        return (of, Some(class));
    }
    (sql, None)
}

/// Operator classes that are the default of the one type that they are for.
const DEFAULT_CLASSES: &[&str] = &[
    "int2_ops",
    "int4_ops",
    "int8_ops",
    "numeric_ops",
    "float4_ops",
    "float8_ops",
    "text_ops",
    "bpchar_ops",
    "bool_ops",
    "uuid_ops",
    "date_ops",
    "time_ops",
    "timestamp_ops",
    "timestamptz_ops",
    "bytea_ops",
    "enum_ops",
    "array_ops",
    "jsonb_ops",
];
