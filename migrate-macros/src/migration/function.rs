//! The function under the attribute: whether it is `fn upgrade(op: &mut Op)`, or `fn change` where it is `reversible`.
//!
//! Only the signature is parsed, never the body. What a name like `Op` means is left to the compiler.

use proc_macro2::{Span, TokenStream};
use syn::{
    Attribute, FnArg, GenericParam, Ident, ReturnType, Safety, Signature, Type, Visibility,
    parse::{ParseStream, Parser},
    spanned::Spanned,
};

use crate::errors::Errors;

/// What an expansion needs to know about the function.
#[derive(Debug)]
pub(super) struct Function {
    /// Where its name stands; the item itself when it is no function.
    pub(super) name: Span,
    /// How to call it; `None` when it cannot be called with an `Op`.
    pub(super) call: Option<Call>,
    /// Whether its name is none that it can have here, which was told.
    pub(super) is_misnamed: bool,
    /// Whether it is called `change`.
    pub(super) is_change: bool,
}

/// A function that can be called with an `Op`.
#[derive(Debug)]
pub(super) struct Call {
    /// Its name.
    pub(super) ident: Ident,
    /// Where the type of its parameter stands, for the error when that is not an `Op`.
    pub(super) parameter: Span,
    /// Where its result's type stands, its name when it has none.
    pub(super) result: Span,
}

/// Looks at an item and reports everything that keeps it from being an `upgrade`, or a `change` where the attribute says
/// `reversible`.
pub(super) fn inspect(item: &TokenStream, reversible: bool, errors: &mut Errors) -> Function {
    let expected = if reversible { "change" } else { "upgrade" };
    let signature = |input: ParseStream<'_>| {
        input.call(Attribute::parse_outer)?;
        input.parse::<Visibility>()?;
        let start = input.span();
        let signature = input.parse::<Signature>();
        input.parse::<TokenStream>()?;
        Ok((start, signature))
    };
    let signature = match signature.parse2(item.clone()) {
        Ok((_, Ok(signature))) => signature,
        Ok((start, Err(_))) => return not_a_function(start, expected, errors),
        Err(error) => return not_a_function(error.span(), expected, errors),
    };
    let mut callable = true;
    let mut refuse = |span: Span, message: &str| {
        errors.push(span, format_args!("`{expected}` {message}"));
        callable = false;
    };
    if let Some(token) = signature.asyncness {
        refuse(
            token.span,
            "records what to do and cannot be async: record an async step with `op.run(\"what it does\", function)`",
        );
    }
    if let Safety::Unsafe(token) = signature.safety {
        refuse(token.span, "cannot be unsafe");
    }
    if signature
        .generics
        .params
        .iter()
        .any(|parameter| !matches!(parameter, GenericParam::Lifetime(_)))
    {
        refuse(signature.generics.span(), "cannot be generic");
    }
    let parameters: Vec<&FnArg> = signature.inputs.iter().collect();
    let unfit = parameters
        .iter()
        .find(|parameter| !takes_op(parameter))
        .or(parameters.get(1));
    let parameter = match (parameters.first(), unfit) {
        (Some(FnArg::Typed(op)), None) => op.ty.span(),
        (_, unfit) => {
            let span = unfit.map_or_else(|| signature.ident.span(), Spanned::span);
            refuse(span, "takes one parameter: `op: &mut Op`");
            span
        }
    };
    let name = signature.ident.span();
    let is_change = signature.ident == "change";
    let is_misnamed = signature.ident != expected;
    if is_misnamed {
        let message = match (reversible, is_change) {
            (true, _) if signature.ident == "upgrade" => {
                "`reversible` makes one function both directions, and that one is named `change`\n\
                hint: call it `change`, or remove `reversible` and write a `fn downgrade`"
                    .to_owned()
            }
            (false, true) => "`change` is both directions, and the attribute does not say so\n\
                hint: add `reversible` to the attribute, or call it `upgrade` and write a `fn downgrade`"
                .to_owned(),
            (true | false, _) => format!(
                "the function of a migration is named `{expected}`, not `{}`",
                signature.ident
            ),
        };
        errors.push(name, message);
    }
    let result = match &signature.output {
        ReturnType::Default => name,
        ReturnType::Type(_, result) => result.span(),
    };
    let call = callable.then_some(Call {
        ident: signature.ident,
        parameter,
        result,
    });
    Function {
        name,
        call,
        is_misnamed,
        is_change,
    }
}

fn not_a_function(span: Span, expected: &str, errors: &mut Errors) -> Function {
    errors.push(
        span,
        format_args!("`#[migration]` stands on a function: `pub fn {expected}(op: &mut Op)`"),
    );
    Function {
        name: span,
        call: None,
        is_misnamed: true,
        is_change: false,
    }
}

/// Whether a parameter is some `&mut`; of what, the compiler says.
fn takes_op(parameter: &FnArg) -> bool {
    let FnArg::Typed(parameter) = parameter else {
        return false;
    };
    matches!(&*parameter.ty, Type::Reference(reference) if reference.mutability.is_some())
}
