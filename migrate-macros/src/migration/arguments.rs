//! The attribute's tokens, as the grammar that it shares with the command line reads them.

use migrate_graph::source::{Token, TokenKind};
use proc_macro2::{Delimiter, Span, TokenStream, TokenTree};

/// The tokens of a stream, brackets included, each with its span.
pub(super) fn tokens(stream: TokenStream) -> Vec<Token<Span>> {
    let mut tokens = Vec::new();
    append(stream, &mut tokens);
    tokens
}

fn append(stream: TokenStream, tokens: &mut Vec<Token<Span>>) {
    for tree in stream {
        let (kind, span) = match tree {
            TokenTree::Ident(word) => (TokenKind::Word(word.to_string()), word.span()),
            TokenTree::Punct(punct) => (TokenKind::Punct(punct.as_char()), punct.span()),
            TokenTree::Literal(literal) => (TokenKind::of_literal(&literal.to_string()), literal.span()),
            TokenTree::Group(group) => {
                let open = match group.delimiter() {
                    Delimiter::Parenthesis => '(',
                    Delimiter::Brace => '{',
                    Delimiter::Bracket => '[',
                    // What a `macro_rules!` hands on: invisible, so not there.
                    Delimiter::None => {
                        append(group.stream(), tokens);
                        continue;
                    }
                };
                let (kind, span) = (TokenKind::Open(open), group.span_open());
                tokens.push(Token { kind, span });
                append(group.stream(), tokens);
                (TokenKind::Close, group.span_close())
            }
        };
        tokens.push(Token { kind, span });
    }
}
