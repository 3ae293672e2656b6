//! The arguments of `migrations!`: the folder, and what is special about it.

use proc_macro2::{Span, TokenStream};
use syn::{
    Ident, LitStr, Path, Token, bracketed,
    parse::{ParseStream, Parser},
    punctuated::Punctuated,
};

use crate::errors::Errors;

/// The arguments, as far as they could be read.
#[derive(Default)]
pub(super) struct Arguments {
    /// The folder as it was written, relative to the crate's; `None` when it could not be read.
    pub(super) folder: Option<LitStr>,
    /// Modules of other crates that hold a `migrator()`.
    pub(super) with: Vec<Path>,
    /// Whether several heads are meant.
    pub(super) allow_multiple_heads: bool,
}

impl Arguments {
    /// Where the folder's literal stands, the whole call without one.
    pub(super) fn span(&self) -> Span {
        self.folder.as_ref().map_or_else(Span::call_site, LitStr::span)
    }
}

/// Reads the arguments.
pub(super) fn parse(input: TokenStream, errors: &mut Errors) -> Arguments {
    let mut arguments = Arguments::default();
    let mut seen = Vec::new();
    let parser = |input: ParseStream<'_>| {
        if !input.peek(LitStr) {
            return Err(
                input.error("expected the folder of the migrations, such as `migrations!(\"migrations\")`")
            );
        }
        arguments.folder = Some(input.parse()?);
        while !input.is_empty() {
            input.parse::<Token![,]>()?;
            if input.is_empty() {
                break;
            }
            option(input, &mut arguments, &mut seen)?;
        }
        Ok(())
    };
    if let Err(error) = parser.parse2(input) {
        errors.extend(error);
    }
    arguments
}

fn option(input: ParseStream<'_>, arguments: &mut Arguments, seen: &mut Vec<Ident>) -> syn::Result<()> {
    let name: Ident = input.parse()?;
    if seen.contains(&name) {
        return Err(syn::Error::new(
            name.span(),
            format_args!("`{name}` is given twice"),
        ));
    }
    if name == "with" {
        input.parse::<Token![=]>()?;
        let list;
        bracketed!(list in input);
        let paths = Punctuated::<Path, Token![,]>::parse_terminated_with(&list, Path::parse_mod_style)?;
        arguments.with = paths.into_iter().collect();
    } else if name == "allow_multiple_heads" {
        arguments.allow_multiple_heads = true;
    } else {
        let message =
            format_args!("unknown option `{name}`; the options are `with = [..]` and `allow_multiple_heads`");
        return Err(syn::Error::new(name.span(), message));
    }
    seen.push(name);
    Ok(())
}
