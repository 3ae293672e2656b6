//! From a struct that was read to the code that describes its table.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;

use crate::table::Table;
use crate::table::field::{Field, Target};

/// The model, and its entry among all that are linked.
pub(super) fn expand(table: &Table) -> TokenStream {
    let Table {
        ident,
        name,
        renamed_from,
        schema,
        comment,
        clauses,
        options,
        fields,
    } = table;
    let qualified = match schema {
        Some(schema) => quote! { ::migrate_core::__private::schema::qualified(#schema, #name) },
        None => quote! { ::migrate_core::__private::schema::QualifiedName::from(#name) },
    };
    let pairs = fields.iter().map(|field| {
        let (ident, column) = (field.ident.to_string(), &field.column);
        quote! { (#ident, #column) }
    });
    let columns = fields.iter().map(column);
    let (indexes, clauses): (Vec<&syn::Expr>, Vec<&syn::Expr>) =
        clauses.iter().partition(|clause| is_index(clause));
    let indexes = indexes.into_iter().map(|index| {
        let index = create_index(index);
        quote! { #index; }
    });
    let indexed = fields.iter().filter(|field| field.index).map(|field| {
        let column = &field.column;
        quote! { op.create_index(None, Self::table(), [#column]); }
    });
    let comment = comment.iter().map(|comment| quote! { .comment(#comment) });
    let options = options.iter().map(|option| called_on(TokenStream::new(), option));
    let renames = renames(renamed_from.as_deref(), name, fields);
    let entry = entry(table);
    quote! {
        impl ::migrate_core::__private::model::Model for #ident {
            const COLUMNS: &'static [(&'static str, &'static str)] = &[#(#pairs),*];

            fn table() -> ::migrate_core::__private::schema::QualifiedName {
                #qualified
            }

            fn describe(op: &mut ::migrate_core::__private::prelude::Op) {
                #[allow(unused_imports)]
                use ::migrate_core::__private::prelude::*;
                op.create_table(Self::table(), |t| {
                    #(#columns)*
                    #(t.#clauses;)*
                })#(#comment)* #(#options)*;
                #(#indexed)*
                #(#indexes)*
            }

            #renames
        }

        #entry
    }
}

/// What keeps other models from failing for an error in this one.
pub(super) fn nothing(table: &Table) -> TokenStream {
    let ident = &table.ident;
    quote! {
        impl ::migrate_core::__private::model::Model for #ident {
            const COLUMNS: &'static [(&'static str, &'static str)] = &[];

            fn table() -> ::migrate_core::__private::schema::QualifiedName {
                "".into()
            }

            fn describe(_: &mut ::migrate_core::__private::prelude::Op) {}
        }
    }
}

fn entry(table: &Table) -> TokenStream {
    let ident = &table.ident;
    let name = ident.to_string();
    quote! {
        ::migrate_core::__private::inventory::submit! {
            ::migrate_core::__private::model::ModelSet {
                package: ::core::env!("CARGO_PKG_NAME"),
                name: #name,
                place: ::migrate_core::__private::Place {
                    file: ::core::file!(),
                    line: ::core::line!(),
                },
                describe: <#ident as ::migrate_core::__private::model::Model>::describe,
                renames: <#ident as ::migrate_core::__private::model::Model>::renames,
            }
        }
    }
}

/// What had another name before, if anything says so.
fn renames(renamed_from: Option<&str>, name: &str, fields: &[Field]) -> Option<TokenStream> {
    let table = renamed_from.map(|old| {
        quote! {
            ::migrate_core::__private::model::Rename::Table { from: Self::table().sibling(#old), to: #name.into() }
        }
    });
    let columns = fields.iter().filter_map(|field| {
        let (old, column) = (field.renamed_from.as_ref()?, &field.column);
        Some(quote! {
            ::migrate_core::__private::model::Rename::Column {
                table: Self::table(),
                from: #old.into(),
                to: #column.into(),
            }
        })
    });
    let renames: Vec<TokenStream> = table.into_iter().chain(columns).collect();
    (!renames.is_empty()).then(|| {
        quote! {
            fn renames() -> ::std::vec::Vec<::migrate_core::__private::model::Rename> {
                ::std::vec![#(#renames),*]
            }
        }
    })
}

fn column(field: &Field) -> TokenStream {
    let Field { column, rust, .. } = field;
    let ty = match &field.ty {
        Some(ty) => quote! { #ty },
        None => {
            quote_spanned! { rust.span() => <#rust as ::migrate_core::__private::model::ColumnType>::column_type() }
        }
    };
    let not_null = (!field.nullable).then(|| quote! { .not_null() });
    let refinements = field
        .refinements
        .iter()
        .map(|(method, value)| quote! { .#method(#value) });
    let described = quote! { t.column(#column, #ty)#not_null #(#refinements)* };
    if let Some(identity) = &field.identity {
        let described = called_on(described, identity);
        return quote! { #described; };
    }
    let Some(reference) = &field.references else {
        return quote! { #described; };
    };
    let more = reference
        .refinements
        .iter()
        .map(|(method, value)| quote! { .#method(#value) });
    let (target, check) = match &reference.target {
        Target::Named { table, column } => (quote! { #table, #column }, None),
        Target::Field { model, field } => {
            let name = field.to_string();
            (
                quote! {
                    <#model as ::migrate_core::__private::model::Model>::table(),
                    ::migrate_core::__private::model::column_of::<#model>(#name)
                },
                // A field that is not there is an error at its name.
                Some(quote! { let _ = |model: &#model| { let _ = &model.#field; }; }),
            )
        }
    };
    quote! {
        #check
        #described.references(#target)#(#more)*;
    }
}

/// What is called in a clause, `identity().start(5)`, called on something.
fn called_on(on: TokenStream, clause: &syn::Expr) -> TokenStream {
    if let syn::Expr::MethodCall(call) = clause {
        let (receiver, method, arguments) = (called_on(on, &call.receiver), &call.method, &call.args);
        quote! { #receiver.#method(#arguments) }
    } else if let syn::Expr::Call(call) = clause {
        let (method, arguments) = (&call.func, &call.args);
        quote! { #on.#method(#arguments) }
    } else {
        quote! { #on.#clause }
    }
}

fn is_index(clause: &syn::Expr) -> bool {
    if let syn::Expr::MethodCall(call) = clause {
        is_index(&call.receiver)
    } else if let syn::Expr::Call(call) = clause {
        matches!(&*call.func, syn::Expr::Path(path) if path.path.is_ident("index"))
    } else {
        false
    }
}

/// `index(["a"])` and `index("name", ["a"])`, as the directive has it.
fn create_index(clause: &syn::Expr) -> TokenStream {
    if let syn::Expr::MethodCall(call) = clause {
        let (receiver, method, arguments) = (create_index(&call.receiver), &call.method, &call.args);
        quote! { #receiver.#method(#arguments) }
    } else if let syn::Expr::Call(call) = clause {
        let mut arguments = call.args.iter();
        match (arguments.next(), arguments.next()) {
            (Some(elements), None) => quote! { op.create_index(None, Self::table(), #elements) },
            (Some(name), Some(elements)) => quote! { op.create_index(#name, Self::table(), #elements) },
            (None, _) => quote! { op.create_index(None, Self::table(), []) },
        }
    } else {
        quote! { #clause }
    }
}
