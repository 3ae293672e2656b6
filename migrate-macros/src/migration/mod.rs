//! `#[migration(...)]`: its tokens, its function and its place in the chain, checked and expanded.

mod arguments;
mod expand;
mod function;

use migrate_graph::source::{SourceErrorKind, parse};
use proc_macro2::{Span, TokenStream};

use crate::{
    errors::Errors,
    registry::{self, Finding},
    site::Site,
};

/// Expands the attribute. The function is always kept, and beside it there is always the migration that
/// `migrations!` lists, so that an error here causes no others elsewhere.
pub(crate) fn expand(arguments: TokenStream, item: &TokenStream, site: &Site) -> TokenStream {
    let mut errors = Errors::default();
    let whole = Span::call_site();
    let finding = match site {
        Site::Editor => None,
        Site::Build { file, line } => {
            let finding = registry::find(file);
            if let Err(message) = is_listed(finding.as_deref(), *line) {
                if !finding.is_some_and(|finding| finding.is_told) {
                    errors.push(whole, message);
                }
                return expand::alone(item, errors);
            }
            finding
        }
    };
    let (header, problems) = parse(&arguments::tokens(arguments), whole);
    for problem in problems {
        errors.push(problem.span, problem.kind);
    }
    let reversible = header.as_ref().and_then(|header| header.reversible);
    let function = function::inspect(item, reversible.is_some(), &mut errors);
    if let Some(finding) = &finding {
        if let Some(header) = &header {
            for (field, message) in &finding.problems {
                errors.push(header.span(*field), message);
            }
        }
        let irreversible = header
            .as_ref()
            .is_some_and(|header| header.irreversible.is_some());
        match reversible {
            // What else is said of both is said of the contradiction.
            Some(_) if irreversible || function.is_misnamed => {}
            Some(key) if finding.file.has_downgrade => errors.push(key, SECOND_DOWNGRADE),
            Some(key) if finding.file.has_upgrade => errors.push(key, SECOND_UPGRADE),
            None if !finding.file.has_downgrade && !irreversible && !function.is_change => {
                errors.push(function.name, NO_DOWNGRADE);
            }
            Some(_) | None => {}
        }
    }
    expand::expand(item, header.as_ref(), &function, finding.as_deref(), errors)
}

/// Whether a `migrations!` call lists the attribute on this line: the first at the root of a declared file.
fn is_listed(finding: Option<&Finding>, line: usize) -> Result<(), String> {
    let Some(finding) = finding else {
        return Err(NOT_COVERED.to_owned());
    };
    let mut attributes = finding.file.attributes.iter();
    match attributes.position(|place| place.line == line) {
        Some(0) => Ok(()),
        Some(_) => Err(SourceErrorKind::SecondMigration.to_string()),
        None => Err(NOT_AT_ROOT.to_owned()),
    }
}

const NOT_COVERED: &str = "no `migrations!` covers this file, so nothing would run this migration\n\
    hint: move the file into a folder that a `migrate_core::migrations!(\"folder\")` call names";
const NOT_AT_ROOT: &str = "`#[migration]` stands at the root of its file, under its own name: neither inside a \
    module or a macro, nor renamed, nor behind `cfg_attr`";
const SECOND_DOWNGRADE: &str = "`change` is both directions, and there is a `fn downgrade` in this file\n\
    hint: remove `fn downgrade`, or remove `reversible` and call `change` `upgrade`";
const SECOND_UPGRADE: &str = "`change` is both directions, and there is a `fn upgrade` in this file\n\
    hint: remove `fn upgrade`, which nothing would run";
const NO_DOWNGRADE: &str = "there is no `fn downgrade` in this file\n\
    hint: write one, or say why there is no way back with `irreversible = \"...\"` in the attribute";
