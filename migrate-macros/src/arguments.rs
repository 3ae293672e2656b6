//! What stands in `#[table(..)]` and `#[column(..)]`: `key`, `key = value` and `key(..)`.

use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;

use crate::errors::Errors;

/// The arguments of one attribute, of which each is taken once.
pub(crate) struct Arguments {
    attribute: &'static str,
    left: Vec<syn::Expr>,
}

impl Arguments {
    /// All that stands in attributes of this name.
    pub(crate) fn read(attributes: &[syn::Attribute], name: &'static str, errors: &mut Errors) -> Self {
        let mut left = Vec::new();
        for attribute in attributes
            .iter()
            .filter(|attribute| attribute.path().is_ident(name))
        {
            let read = attribute.meta.require_list().and_then(|list| {
                let parser = Punctuated::<syn::Expr, syn::Token![,]>::parse_terminated;
                parser.parse2(list.tokens.clone())
            });
            match read {
                Ok(arguments) => left.extend(arguments),
                // What sqlx does not take, sqlx says.
                Err(_) if name == "sqlx" => {}
                Err(error) => errors.extend(error),
            }
        }
        Self {
            attribute: name,
            left,
        }
    }

    /// Whether `key` is there.
    pub(crate) fn flag(&mut self, key: &str) -> bool {
        let taken =
            self.take(|argument| matches!(argument, syn::Expr::Path(path) if path.path.is_ident(key)));
        taken.is_some()
    }

    /// The value of `key = value`.
    pub(crate) fn value(&mut self, key: &str) -> Option<syn::Expr> {
        let taken = self.take(|argument| {
            matches!(argument, syn::Expr::Assign(assign)
                if matches!(&*assign.left, syn::Expr::Path(path) if path.path.is_ident(key)))
        });
        match taken {
            Some(syn::Expr::Assign(assign)) => Some(*assign.right),
            Some(_) | None => None,
        }
    }

    /// The text of `key = "text"`.
    pub(crate) fn text(&mut self, key: &str, errors: &mut Errors) -> Option<syn::LitStr> {
        let value = self.value(key)?;
        if let syn::Expr::Lit(syn::ExprLit {
            lit: syn::Lit::Str(text),
            ..
        }) = &value
        {
            return Some(text.clone());
        }
        errors.push(value.span(), format!("`{key}` is a text: `{key} = \"..\"`"));
        None
    }

    /// The calls of these names, with what is called on them.
    pub(crate) fn calls(&mut self, names: &[&str]) -> Vec<syn::Expr> {
        let calls = self.left.extract_if(.., |argument| {
            called(argument).is_some_and(|name| names.iter().any(|one| name == one))
        });
        calls.collect()
    }

    fn take(&mut self, wanted: impl Fn(&syn::Expr) -> bool) -> Option<syn::Expr> {
        let position = self.left.iter().position(wanted)?;
        Some(self.left.remove(position))
    }

    /// Nothing else may be there.
    pub(crate) fn finish(self, errors: &mut Errors) {
        for argument in self.left {
            let message = format!("`#[{}]` has no such key, or has it already", self.attribute);
            errors.push(argument.span(), message);
        }
    }
}

/// The function that is called first: `unique` in `unique(["a"]).name("b")`.
fn called(expression: &syn::Expr) -> Option<&syn::Ident> {
    if let syn::Expr::MethodCall(call) = expression {
        called(&call.receiver)
    } else if let syn::Expr::Call(call) = expression
        && let syn::Expr::Path(path) = &*call.func
    {
        path.path.get_ident()
    } else {
        None
    }
}
