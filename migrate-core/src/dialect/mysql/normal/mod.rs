//! One spelling of everything that MySQL and MariaDB hold, see [`Dialect::normal`](crate::dialect::Dialect::normal).
//!
//! Left out is what the servers forget, or keep in words of their own: the name of a primary key and of an enumeration's
//! type, table options, views, triggers and functions. A moment with a zone is one without, `JSONB` is `JSON`, and 36
//! characters are a UUID. `NO ACTION` and `RESTRICT` are the same.
//!
//! A unique index over whole columns is a unique constraint. An index is a foreign key's own, and left out, where it is over
//! the foreign key's columns, and called as the foreign key is, or as the convention calls one over these columns of
//! this table (the server leaves such an index behind when the foreign key goes), or as the column where the server
//! itself called the foreign key. Whether an index is by `HASH` depends on the engine; those of `InnoDB` never are, so that it is
//! not told from `BTREE`. A direction is told by MySQL, and by MariaDB from 10.8 on.

mod default;
mod expression;
mod function;
mod node;
mod tokens;
mod types;

use std::sync::Arc;

use crate::schema::{
    Action, Column, Constraint, ForeignKey, Generated, Index, IndexElement, IndexKey, Metadata, Order,
    PrimaryKey, Table, Type, Unique, naming,
};

pub(super) use default::read as read_default;
pub(super) use types::read as read_type;

pub(super) fn metadata(metadata: &Metadata) -> Metadata {
    let mut normal = Metadata {
        schemas: metadata.schemas.clone(),
        extensions: metadata.extensions.clone(),
        sequences: metadata.sequences.clone(),
        ..Metadata::default()
    };
    for (name, described) in &metadata.tables {
        let mut table = table(described);
        for described in metadata.indexes_of(name) {
            let index = index(described, &table);
            if let Some(columns) = unique_over(&index) {
                table.constraints.push(Constraint::Unique(Unique {
                    name: index.name,
                    columns,
                    nulls_not_distinct: false,
                    deferrable: None,
                }));
            } else if !is_foreign_keys(&index, &table) {
                let key = (name.clone(), index.name.clone());
                normal.indexes.insert(key, Arc::new(index));
            }
        }
        table
            .constraints
            .sort_by(|one, other| one.name().cmp(other.name()));
        normal.tables.insert(name.clone(), Arc::new(table));
    }
    normal
}

fn table(table: &Table) -> Table {
    let name = &table.name.name;
    let key = table.primary_key().map_or(&[][..], |key| &key.columns);
    let columns = table.columns.iter().map(|described| {
        let mut column = column(name, described);
        column.nullable &= !key.contains(&column.name);
        column
    });
    Table {
        name: table.name.clone(),
        columns: columns.collect(),
        constraints: table
            .constraints
            .iter()
            .map(|described| constraint(name, described))
            .collect(),
        comment: comment(table.comment.as_deref()),
        options: Vec::new(),
    }
}

/// No comment is an empty one.
fn comment(comment: Option<&str>) -> Option<String> {
    comment.filter(|text| !text.is_empty()).map(str::to_owned)
}

fn column(table: &str, column: &Column) -> Column {
    let ty = ty(&column.ty);
    Column {
        name: column.name.clone(),
        nullable: column.nullable && !column.autoincrement,
        server_default: column
            .server_default
            .as_ref()
            .and_then(|value| default::normal(value, &ty)),
        autoincrement: column.autoincrement,
        identity: column.identity.clone(),
        generated: column.generated.as_ref().map(|generated| Generated {
            expression: expression::normal(&generated.expression, table),
            stored: generated.stored,
        }),
        collation: column.collation.as_ref().map(|name| name.to_lowercase()),
        comment: comment(column.comment.as_deref()),
        ty,
    }
}

/// A type by what it is on these servers.
fn ty(of: &Type) -> Type {
    let ty = if let Type::Custom(spelling) = of {
        types::read(spelling)
    } else {
        of.clone()
    };
    match ty {
        Type::TimestampTz => Type::Timestamp,
        Type::Jsonb => Type::Json,
        Type::Char(36) => Type::Uuid,
        Type::Enumeration(mut enumeration) => {
            enumeration.name = "".into();
            enumeration.existing = true;
            Type::Enumeration(enumeration)
        }
        Type::SmallInt
        | Type::Integer
        | Type::BigInt
        | Type::Numeric { .. }
        | Type::Real
        | Type::Double
        | Type::Text
        | Type::Varchar(_)
        | Type::Char(_)
        | Type::Boolean
        | Type::Uuid
        | Type::Date
        | Type::Time
        | Type::Timestamp
        | Type::Json
        | Type::Bytes
        | Type::Array(_)
        | Type::Custom(_) => ty,
    }
}

fn constraint(table: &str, constraint: &Constraint) -> Constraint {
    let mut constraint = constraint.clone();
    match &mut constraint {
        Constraint::PrimaryKey(PrimaryKey { name, .. }) => {
            *name = naming::primary_key(table);
        }
        Constraint::ForeignKey(ForeignKey {
            on_delete, on_update, ..
        }) => {
            for action in [on_delete, on_update] {
                *action = action.filter(|action| !matches!(action, Action::NoAction | Action::Restrict));
            }
        }
        Constraint::Check(check) => {
            check.condition = expression::normal(&check.condition, table);
        }
        Constraint::Unique(_) | Constraint::Exclude(_) => {}
    }
    constraint
}

fn index(index: &Index, table: &Table) -> Index {
    let elements = index.elements.iter().map(|of| element(of, table));
    let method = index.method.as_ref().map(|method| method.to_lowercase());
    Index {
        elements: elements.collect(),
        method: method.filter(|method| !["btree", "hash"].contains(&method.as_str())),
        options: Vec::new(),
        ..index.clone()
    }
}

/// A length that is the whole column's is none.
fn element(element: &IndexElement, table: &Table) -> IndexElement {
    let mut element = element.clone();
    element.order = element.order.filter(|order| *order == Order::Descending);
    let column = element.column().and_then(|name| table.column(name));
    if let Some(Column {
        ty: Type::Varchar(whole) | Type::Char(whole),
        ..
    }) = column
    {
        element.length = element.length.filter(|length| length < whole);
    }
    if let IndexKey::Expression(sql) = &element.key {
        element.key = IndexKey::Expression(expression::normal(sql, &table.name.name));
    }
    element
}

/// The columns of an index that is nothing but these columns, whole and in their order.
fn plain(index: &Index) -> Option<Vec<String>> {
    let columns = index.elements.iter().map(|element| {
        let column = element.column()?;
        (*element == IndexElement::from(column)).then(|| column.to_owned())
    });
    let is_plain = index.method.is_none() && index.predicate.is_none() && index.include.is_empty();
    columns.collect::<Option<Vec<String>>>().filter(|_| is_plain)
}

/// The columns of a unique index that is a unique constraint.
pub(super) fn unique_over(index: &Index) -> Option<Vec<String>> {
    plain(index).filter(|_| index.unique && !index.nulls_not_distinct)
}

/// Whether the server made an index for a foreign key, see above.
pub(super) fn is_foreign_keys(index: &Index, table: &Table) -> bool {
    let Some(columns) = plain(index).filter(|_| !index.unique) else {
        return false;
    };
    // Without what it points to, the convention's name ends with a `_`.
    if index
        .name
        .starts_with(&naming::foreign_key(&table.name.name, &columns, ""))
    {
        return true;
    }
    let mut keys = table.constraints.iter().filter_map(Constraint::foreign_key);
    keys.any(|key| {
        let by_server = key.name.contains("_ibfk_") && columns.first() == Some(&index.name);
        key.columns == columns && (key.name == index.name || by_server)
    })
}

/// Whether a condition is the one by which MariaDB keeps a column to JSON.
pub(super) fn is_json_check(condition: &str, column: &str) -> bool {
    expression::normal(condition, "")
        == expression::normal(&format!("json_valid(`{}`)", column.replace('`', "``")), "")
}
