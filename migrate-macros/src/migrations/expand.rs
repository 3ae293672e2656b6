//! The tokens of `migrations!`: a module per file, the list of their migrations, and `migrator()`.

use proc_macro2::TokenStream;
use quote::{format_ident, quote, quote_spanned};
use syn::spanned::Spanned;

use super::{arguments::Arguments, folder::Folder, modules};
use crate::errors::Errors;

/// The expansion, errors included.
pub(super) fn expand(arguments: &Arguments, folder: &Folder, errors: Errors) -> TokenStream {
    let directory = &folder.location;
    let names: Vec<_> = modules::names(&folder.files)
        .iter()
        .map(|name| format_ident!("{name}"))
        .collect();
    let paths = folder
        .files
        .iter()
        .map(|file| file.path.to_string_lossy().into_owned());
    let listed = folder
        .files
        .iter()
        .zip(&names)
        .filter(|(file, _)| !file.attributes.is_empty());
    let migrations = listed.map(|(_, name)| name);
    let with = arguments
        .with
        .iter()
        .map(|path| quote_spanned! { path.span() => #path::migrator() });
    let doc = format!("The migrations of `{directory}`, ready to run.");
    let errors = errors.into_tokens();
    // The modules are hidden from the documentation: nobody calls them, and nobody should have to document
    // them. Their functions are `pub` by habit, whether or not the module that holds this call is.
    quote! {
        #(
            #[doc(hidden)]
            #[allow(unreachable_pub)]
            #[path = #paths]
            pub mod #names;
        )*

        #[doc(hidden)]
        pub static __MIGRATIONS: ::migrate_core::__private::MigrationSet = ::migrate_core::__private::MigrationSet {
            package: ::core::env!("CARGO_PKG_NAME"),
            module: ::core::module_path!(),
            manifest_dir: ::core::env!("CARGO_MANIFEST_DIR"),
            directory: #directory,
            migrations: &[#(&#migrations::__MIGRATION),*],
        };

        #[doc = #doc]
        pub fn migrator() -> ::migrate_core::Migrator {
            ::migrate_core::__private::migrator(&__MIGRATIONS, ::std::vec![#(#with),*])
        }

        ::migrate_core::__private::inventory::submit! {
            ::migrate_core::__private::Registration(&__MIGRATIONS)
        }

        #errors
    }
}
