//! `#[derive(Table)]`: a struct, read and expanded to what describes its table.
//!
//! It records what the struct says by the directives that a migration uses, and decides nothing itself: types, names of
//! constraints and what fits together are the library's business.

mod expand;
mod field;

use proc_macro2::{Span, TokenStream};
use quote::quote;
use syn::spanned::Spanned;

use crate::arguments::Arguments;
use crate::errors::Errors;

use field::Field;

/// A struct as its attributes say.
struct Table {
    ident: syn::Ident,
    name: String,
    /// What it was called before.
    renamed_from: Option<String>,
    schema: Option<syn::Expr>,
    comment: Option<syn::Expr>,
    /// What refines the new table: `primary_key([..])`, `unique([..]).name(..)`, `index([..])`.
    clauses: Vec<syn::Expr>,
    /// What one database alone knows: `option(Sqlite, "STRICT")`.
    options: Vec<syn::Expr>,
    fields: Vec<Field>,
}

/// Expands the derive.
pub(crate) fn expand(input: TokenStream) -> TokenStream {
    let mut errors = Errors::default();
    let table = match syn::parse2::<syn::ItemStruct>(input) {
        Ok(item) => read(item, &mut errors),
        Err(_) => {
            errors.push(Span::call_site(), NOT_A_STRUCT);
            None
        }
    };
    let errors = errors.into_tokens();
    match table {
        Some(table) if errors.is_empty() => expand::expand(&table),
        Some(table) => {
            let nothing = expand::nothing(&table);
            quote! { #nothing #errors }
        }
        None => errors,
    }
}

fn read(item: syn::ItemStruct, errors: &mut Errors) -> Option<Table> {
    if let Some(parameter) = item.generics.params.first() {
        errors.push(parameter.span(), "a table is one type: a generic struct is none");
        return None;
    }
    let syn::Fields::Named(fields) = item.fields else {
        errors.push(item.ident.span(), NOT_A_STRUCT);
        return None;
    };
    let mut arguments = Arguments::read(&item.attrs, "table", errors);
    let rename_all = Arguments::read(&item.attrs, "sqlx", errors).text("rename_all", errors);
    let name = arguments.text("name", errors);
    if name.is_none() {
        errors.push(item.ident.span(), NO_NAME);
    }
    let fields = fields.named.iter();
    let name = name.map(|name| name.value()).unwrap_or_default();
    let table = Table {
        renamed_from: old_name(&mut arguments, &name, errors),
        name,
        schema: arguments.value("schema"),
        comment: arguments.value("comment"),
        clauses: arguments.calls(&CLAUSES),
        options: arguments.calls(&["option"]),
        fields: fields
            .filter_map(|field| Field::read(field, rename_all.as_ref(), errors))
            .collect(),
        ident: item.ident,
    };
    arguments.finish(errors);
    Some(table)
}

/// `renamed_from = ".."`.
fn old_name(arguments: &mut Arguments, name: &str, errors: &mut Errors) -> Option<String> {
    let old = arguments.text("renamed_from", errors)?;
    if old.value() == name {
        errors.push(old.span(), SAME_NAME);
    }
    Some(old.value())
}

const CLAUSES: [&str; 6] = [
    "primary_key",
    "unique",
    "check",
    "foreign_key",
    "exclude",
    "index",
];

const SAME_NAME: &str = "it is called so now: `renamed_from` is the name that it had before";
const NOT_A_STRUCT: &str = "`#[derive(Table)]` is for a struct with named fields, each of which is a column";
const NO_NAME: &str = "the struct does not say which table it is\n\
    hint: `#[table(name = \"users\")]`";
