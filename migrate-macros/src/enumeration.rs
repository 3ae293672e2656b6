//! `#[derive(Enumeration)]`: an enum without fields, as the type of a column.
//!
//! It reads what `sqlx::Type` reads, so that both agree on the values: `type_name`, `rename_all`, `rename` and `repr`. The
//! `type_name` is SQL to sqlx; where the type's name is no plain one, `#[enumeration(..)]` says it.

use proc_macro2::{Span, TokenStream};
use quote::quote;
use syn::ext::IdentExt;
use syn::spanned::Spanned;

use crate::arguments::Arguments;
use crate::errors::Errors;
use crate::rename::renamed;

/// Expands the derive.
pub(crate) fn expand(input: TokenStream) -> TokenStream {
    let mut errors = Errors::default();
    let Ok(item) = syn::parse2::<syn::ItemEnum>(input) else {
        errors.push(Span::call_site(), NOT_AN_ENUM);
        return errors.into_tokens();
    };
    let ident = &item.ident;
    let ty = column_type(&item, &mut errors);
    let errors = errors.into_tokens();
    quote! {
        impl ::migrate_core::__private::model::ColumnType for #ident {
            fn column_type() -> ::migrate_core::__private::schema::Type {
                #ty
            }
        }

        impl ::migrate_core::__private::model::ElementType for #ident {}

        #errors
    }
}

fn column_type(item: &syn::ItemEnum, errors: &mut Errors) -> TokenStream {
    if let Some(parameter) = item.generics.params.first() {
        errors.push(parameter.span(), NOT_AN_ENUM);
    }
    for variant in &item.variants {
        if !matches!(variant.fields, syn::Fields::Unit) {
            errors.push(variant.fields.span(), "a value of a column holds no fields");
        }
    }
    let mut arguments = Arguments::read(&item.attrs, "sqlx", errors);
    if let Some(number) = number(item) {
        return number;
    }
    let name = arguments.text("type_name", errors);
    let mut own = Arguments::read(&item.attrs, "enumeration", errors);
    let name = own.text("name", errors).or(name);
    let name = name.map_or_else(|| item.ident.unraw().to_string(), |name| name.value());
    let name = match own.text("schema", errors) {
        Some(schema) => quote! { ::migrate_core::__private::schema::qualified(#schema, #name) },
        None => quote! { #name },
    };
    own.finish(errors);
    let style = arguments.text("rename_all", errors);
    let values: Vec<String> = item
        .variants
        .iter()
        .map(|variant| value(variant, style.as_ref(), errors))
        .collect();
    quote! { ::migrate_core::__private::schema::types::enumeration(#name, [#(#values),*]).into() }
}

/// Its column's type when sqlx takes it for a number.
fn number(item: &syn::ItemEnum) -> Option<TokenStream> {
    let repr = item
        .attrs
        .iter()
        .find(|attribute| attribute.path().is_ident("repr"))?;
    let repr: syn::Ident = repr.parse_args().ok()?;
    Some(quote! { <#repr as ::migrate_core::__private::model::ColumnType>::column_type() })
}

fn value(variant: &syn::Variant, style: Option<&syn::LitStr>, errors: &mut Errors) -> String {
    let own = Arguments::read(&variant.attrs, "sqlx", errors).text("rename", errors);
    let name = variant.ident.unraw().to_string();
    match (own, style) {
        (Some(own), _) => own.value(),
        (None, Some(style)) => renamed(&name, &style.value()).unwrap_or_else(|| {
            errors.push(style.span(), "sqlx knows no such style");
            name
        }),
        (None, None) => name,
    }
}

const NOT_AN_ENUM: &str = "`#[derive(Enumeration)]` is for an enum whose variants are values of a column";
