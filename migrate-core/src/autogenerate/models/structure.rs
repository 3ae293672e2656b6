//! A table as a struct.

use std::sync::Arc;

use super::Names;
use super::attribute::{self, attributes};
use super::imports::Imports;
use super::rust::rust;
use crate::autogenerate::render::{column as columns, constraint, literal, table as tables};
use crate::dialect::Dialect;
use crate::schema::{Column, Constraint, Deferrable, ForeignKey, Index, Metadata, Table, Type};
use literal::text;

pub(super) fn item(
    dialect: &dyn Dialect,
    metadata: &Metadata,
    names: &Names,
    table: &Table,
    imports: &mut Imports,
    unread: &mut Vec<String>,
) -> String {
    imports.derive("Table");
    let mut said: Vec<&Constraint> = Vec::new();
    let mut indexes: Vec<&Index> = metadata.indexes_of(&table.name).map(AsRef::as_ref).collect();
    let mut fields = String::new();
    let own = names.fields.get(&table.name);
    for column in &table.columns {
        let field = own
            .and_then(|own| own.get(&column.name))
            .map_or("column", String::as_str);
        let of = rust(dialect, names, &column.ty, imports);
        if !of.is_read {
            unread.push(format!(
                "the column `{}.{}`: sqlx reads it as no Rust type that is known here; the field is a String, to which \
                 queries have to cast it",
                table.name, column.name
            ));
        }
        let by_itself = of.column_type.as_ref();
        let is_same = by_itself.is_some_and(|own| says_the_same(dialect, table, column, own));
        let mut keys: Vec<String> = (!is_same)
            .then(|| ty(&column.ty, by_itself))
            .into_iter()
            .collect();
        keys.extend(keys_of(names, table, column, &mut said));
        let alone = |index: &&Index| is_plain_index(index, column);
        if let Some(at) = indexes.iter().position(alone) {
            indexes.remove(at);
            keys.push("index".into());
        }
        if field.strip_prefix("r#").unwrap_or(field) != column.name {
            let rename = format!("rename = {}", text(&column.name));
            fields.push_str(&attributes("    ", "sqlx", &[rename]));
        }
        fields.push_str(&attributes("    ", "column", &keys));
        let rust = if column.nullable {
            format!("Option<{}>", of.name)
        } else {
            of.name
        };
        fields.extend(["    pub ", field, ": ", &rust, ",\n"]);
    }
    let structure = names.structs.get(&table.name).map_or("Table", String::as_str);
    let row = if table.columns.is_empty() {
        ""
    } else {
        "sqlx::FromRow, "
    };
    let mut out = format!("#[derive(Debug, {row}Table)]\n");
    out.push_str(&attributes("", "table", &keys_of_table(table)));
    let options = table
        .options
        .iter()
        .map(|(of, sql)| format!("option({of:?}, {})", text(sql)));
    let clauses = constraint::clauses(table, &said).into_iter();
    for clause in clauses.chain(indexes.into_iter().map(index)).chain(options) {
        out.push_str(&attribute::clause(&clause));
    }
    if fields.is_empty() {
        out.extend(["pub struct ", structure, " {}\n"]);
    } else {
        out.extend(["pub struct ", structure, " {\n", &fields, "}\n"]);
    }
    out
}

fn keys_of_table(table: &Table) -> Vec<String> {
    let mut keys = vec![format!("name = {}", text(&table.name.name))];
    let schema = table.name.schema.as_ref();
    keys.extend(schema.map(|schema| format!("schema = {}", text(schema))));
    let comment = table.comment.as_ref();
    keys.extend(comment.map(|comment| format!("comment = {}", text(comment))));
    keys
}

/// Whether a column is the same to the database when it has this type.
fn says_the_same(dialect: &dyn Dialect, table: &Table, column: &Column, ty: &Type) -> bool {
    if column.ty == *ty {
        return true;
    }
    let mut other = table.clone();
    for same in other.columns.iter_mut().filter(|other| other.name == column.name) {
        same.ty = ty.clone();
    }
    let normal = |table: &Table| {
        let mut metadata = Metadata::default();
        metadata
            .tables
            .insert(table.name.clone(), Arc::new(table.clone()));
        dialect.normal(&metadata).tables
    };
    normal(table) == normal(&other)
}

/// What is said of a column's type, when the Rust type does not say it.
fn ty(ty: &Type, by_itself: Option<&Type>) -> String {
    if let (Type::Varchar(length), Some(Type::Text)) = (ty, by_itself) {
        return format!("length = {length}");
    }
    let mut ty = ty.clone();
    if let Some(enumeration) = ty.enumeration_mut() {
        enumeration.existing = false;
    }
    format!("ty = {}", literal::ty(&ty))
}

/// What refines a column, and the constraints that it says too.
fn keys_of<'t>(
    names: &Names,
    table: &'t Table,
    column: &Column,
    said: &mut Vec<&'t Constraint>,
) -> Vec<String> {
    let mut keys = Vec::new();
    let mut reference = None;
    for one in table.constraints.iter().filter(|one| one.foreign_key().is_none()) {
        if constraint::refinement(&table.name, column, one).is_some() && !said.contains(&one) {
            keys.extend(match one {
                Constraint::PrimaryKey(_) => Some("primary_key".to_owned()),
                Constraint::Unique(_) => Some("unique".to_owned()),
                Constraint::Check(check) => Some(format!("check = {}", text(&check.condition))),
                Constraint::ForeignKey(_) | Constraint::Exclude(_) => None,
            });
            said.push(one);
        }
    }
    for one in &table.constraints {
        if let Some(key) = one
            .foreign_key()
            .filter(|_| reference.is_none() && column.identity.is_none())
            && key.columns == [column.name.clone()]
            && let Some(typed) = references(names, table, key)
        {
            reference = Some(typed);
            said.push(one);
        }
    }
    keys.extend(reference.into_iter().flatten());
    let default = column.server_default.as_ref();
    keys.extend(default.map(|default| format!("server_default = {}", literal::expression(default))));
    if column.autoincrement && column.identity.is_none() {
        keys.push("autoincrement".into());
    }
    keys.extend(column.generated.as_ref().map(|generated| {
        let how = if generated.stored { "stored" } else { "virtual" };
        format!("generated_{how} = {}", text(&generated.expression))
    }));
    for (key, value) in [("collate", &column.collation), ("comment", &column.comment)] {
        keys.extend(value.as_ref().map(|value| format!("{key} = {}", text(value))));
    }
    let identity = column.identity.as_ref().map(columns::identity);
    keys.extend(identity.map(|identity| identity.trim_start_matches('.').to_owned()));
    keys
}

/// A foreign key to a field of another struct of the file.
fn references(names: &Names, table: &Table, key: &ForeignKey) -> Option<Vec<String>> {
    let [referent] = key.referent_columns.as_slice() else {
        return None;
    };
    let structure = names.structs.get(&key.referent)?;
    let field = names.fields.get(&key.referent)?.get(referent)?;
    let mut keys = vec![format!("references = {structure}::{field}")];
    let convention = crate::schema::naming::foreign_key(&table.name.name, &key.columns, &key.referent.name);
    if key.name != convention {
        keys.push(format!("foreign_key = {}", text(&key.name)));
    }
    for (what, action) in [("on_delete", key.on_delete), ("on_update", key.on_update)] {
        keys.extend(action.map(|action| format!("{what} = {}", constraint::action(action))));
    }
    if key.match_full {
        keys.push("match_full".into());
    }
    keys.extend(key.deferrable.map(|when| match when {
        Deferrable::InitiallyImmediate => "deferrable".to_owned(),
        Deferrable::InitiallyDeferred => "initially_deferred".to_owned(),
    }));
    Some(keys)
}

/// Whether `index` says all of an index.
fn is_plain_index(index: &Index, column: &Column) -> bool {
    let plain = Index::new(
        crate::schema::naming::index(&index.table.name, &index.elements),
        index.table.clone(),
        vec![column.name.as_str().into()],
    );
    *index == plain
}

fn index(index: &Index) -> String {
    let name = tables::own_name(index).map(|name| format!("{name}, "));
    format!(
        "index({}{}){}",
        name.unwrap_or_default(),
        literal::elements(&index.elements),
        tables::index_rest(index, &[]),
    )
}
