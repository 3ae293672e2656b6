//! `migrations!`: a folder, read and checked, as modules and the list of its migrations.

mod arguments;
mod expand;
mod folder;
mod modules;

use proc_macro2::TokenStream;

use crate::{errors::Errors, site::Site};

/// Expands the call. There is always a `migrator()`, so that an error here causes no others elsewhere.
pub(crate) fn expand(input: TokenStream, site: &Site) -> TokenStream {
    let mut errors = Errors::default();
    let arguments = arguments::parse(input, &mut errors);
    let folder = folder::read(&arguments, site, &mut errors);
    expand::expand(&arguments, &folder, errors)
}
