//! The tokens of a migration: the function as it was written, and a static that describes it.

use migrate_graph::source::{Header, Spanned};
use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};

use super::function::Function;
use crate::{errors::Errors, registry::Finding};

/// The item and its errors: for an attribute that `migrations!` does not list.
pub(super) fn alone(item: &TokenStream, errors: Errors) -> TokenStream {
    let errors = errors.into_tokens();
    quote! { #item #errors }
}

/// The item, its errors and its migration, in which stand-ins take the place of what is wrong.
pub(super) fn expand(
    item: &TokenStream,
    header: Option<&Header<Span>>,
    function: &Function,
    finding: Option<&Finding>,
    errors: Errors,
) -> TokenStream {
    let revision = header.map_or("", |header| header.revision.value.as_str());
    let down_revisions = names(header.map_or(&[], |header| &header.down_revisions));
    let depends_on = names(header.map_or(&[], |header| &header.depends_on));
    let branch_labels = names(header.map_or(&[], |header| &header.branch_labels));
    let transaction = header.is_none_or(|header| header.transaction);
    let given = header.and_then(|header| header.message.as_deref());
    let message = given.unwrap_or_else(|| finding.map_or("", |finding| finding.file.message()));
    let doc = finding.map_or("", |finding| &finding.file.doc);
    let path = finding.map_or("", |finding| &finding.path);
    let upgrade = match &function.call {
        Some(call) => {
            let ident = &call.ident;
            let op = quote_spanned! { call.parameter => op };
            let outcome = quote_spanned! { call.result =>
                ::migrate_core::__private::Outcome::into_result(#ident(#op))
            };
            quote! { |op| #outcome }
        }
        None => quote! { |_| ::core::result::Result::Ok(()) },
    };
    let irreversible = header.and_then(|header| header.irreversible.as_deref());
    let has_downgrade = finding.is_none_or(|finding| finding.file.has_downgrade);
    let reversible = header.is_some_and(|header| header.reversible.is_some());
    let downgrade = if reversible {
        quote! { Reverse }
    } else if irreversible.is_none() && has_downgrade {
        quote! { Run(|op| ::migrate_core::__private::Outcome::into_result(downgrade(op))) }
    } else {
        let reason = irreversible.unwrap_or_default();
        quote! { Irreversible(#reason) }
    };
    let errors = errors.into_tokens();
    quote! {
        #item
        #errors
        #[doc(hidden)]
        pub static __MIGRATION: ::migrate_core::__private::Migration = ::migrate_core::__private::Migration {
            revision: #revision,
            down_revisions: &[#(#down_revisions),*],
            depends_on: &[#(#depends_on),*],
            branch_labels: &[#(#branch_labels),*],
            message: #message,
            doc: #doc,
            path: #path,
            transaction: #transaction,
            upgrade: #upgrade,
            downgrade: ::migrate_core::__private::Downgrade::#downgrade,
        };
    }
}

fn names<T: AsRef<str>>(names: &[Spanned<T, Span>]) -> Vec<impl ToTokens> {
    names.iter().map(|name| name.value.as_ref().to_owned()).collect()
}
