//! The code of a text: its tokens without comments, and without what its literals say.
//!
//! Two texts with the same code differ only in what no compiler acts upon: this is how whoever writes source by
//! a template knows that no name or message became code.

use std::vec::Vec;

use super::lexer::{Kind, Lexer};

/// The tokens of a text; a string is `""` and any other literal `0`. `None` when it cannot be lexed to its end.
#[must_use]
pub fn code(text: &str) -> Option<Vec<&str>> {
    let mut code = Vec::new();
    for token in Lexer::new(text) {
        let token = token.ok()?;
        match token.kind {
            Kind::InnerDoc => {}
            Kind::Str => code.push("\"\""),
            Kind::Literal => code.push("0"),
            Kind::Word | Kind::Punct | Kind::Open | Kind::Close => code.push(&text[token.start..token.end]),
        }
    }
    Some(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_that_differ_in_comments_and_literals_have_the_same_code() {
        let text = "//! a\n#[x(\"b\")] // c\nfn f() { /* d */ 1 + b'e' }";
        let other = "//! A\n//! more\n#[x(r#\"B\"#)]\nfn f() { 22 + 'E' /* D */ } /// end";
        assert_eq!(code(text), code(other));
        assert_ne!(code(text), code("#[x(\"b\")] fn g() { 1 + 2 }"));
        assert_eq!(code("fn f() { \""), None);
    }
}
