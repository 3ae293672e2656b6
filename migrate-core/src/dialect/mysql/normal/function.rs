//! Functions of an expression, of which some have words between their arguments, and `CASE`.

use super::expression::{Parser, RESERVED, binding, words};
use super::node::{Node, Piece, call, cast};
use super::tokens::{Token, text_of};

impl Parser<'_> {
    /// A function's arguments, after the parenthesis.
    pub(super) fn call(&mut self, name: &str) -> Option<Node> {
        match name {
            "cast" | "convert" => {
                let of = self.expression(0)?;
                let using = self.take_word("using");
                if !using && !self.take_word("as") {
                    self.expect_mark(',')?;
                }
                let kind = self.up_to_end()?;
                return Some(match (using, of) {
                    // What it is in another character set is the same text.
                    (true, Node::Hex(digits)) => text_of(&digits).map_or(Node::Hex(digits), Node::Text),
                    (true, of) => Node::Words(vec![
                        Piece::Word("convert(".into()),
                        Piece::Node(of),
                        Piece::Word(format!("using {kind})")),
                    ]),
                    (false, of) => cast(of, &kind),
                });
            }
            "extract" => {
                let unit = self.word()?.to_owned();
                self.at += 1;
                self.expect("from")?;
                let of = self.expression(0)?;
                self.expect_mark(')')?;
                let before = Piece::Word(format!("extract({unit} from"));
                return Some(Node::Words(vec![
                    before,
                    Piece::Node(of),
                    Piece::Word(")".into()),
                ]));
            }
            "trim" => return self.trim(),
            "position" => {
                let part = self.expression(binding::PREDICATE)?;
                self.expect("in")?;
                let whole = self.expression(0)?;
                self.expect_mark(')')?;
                return Some(call("locate", vec![part, whole]));
            }
            "substring" | "substr" | "mid" => {
                let mut arguments = vec![self.expression(0)?];
                for word in ["from", "for"] {
                    if self.take_word(word) || self.mark(',') {
                        arguments.push(self.expression(0)?);
                    }
                }
                self.expect_mark(')')?;
                return Some(call("substr", arguments));
            }
            _ if RESERVED.contains(&name) && name != "mod" => return None,
            _ => {}
        }
        let arguments = self.list()?;
        Some(call(name, arguments))
    }

    fn trim(&mut self) -> Option<Node> {
        let side = ["both", "leading", "trailing"]
            .into_iter()
            .find(|side| self.take_word(side));
        let first = self.expression(0)?;
        if !self.take_word("from") {
            self.expect_mark(')')?;
            return Some(call("trim", vec![first]));
        }
        let whole = self.expression(0)?;
        self.expect_mark(')')?;
        Some(Node::Words(vec![
            Piece::Word(format!("trim({}", side.unwrap_or("both"))),
            Piece::Node(first),
            Piece::Word("from".into()),
            Piece::Node(whole),
            Piece::Word(")".into()),
        ]))
    }

    /// The tokens up to the parenthesis that ends them, which is taken. The character set of a type is none of it.
    fn up_to_end(&mut self) -> Option<String> {
        let from = self.at;
        let mut depth = 0_usize;
        loop {
            match self.tokens.get(self.at)? {
                Token::Mark('(') => depth += 1,
                Token::Mark(')') if depth == 0 => break,
                Token::Mark(')') => depth -= 1,
                Token::Word(_)
                | Token::Quoted(_)
                | Token::Text(_)
                | Token::Hex(_)
                | Token::Bits(_)
                | Token::Number(_)
                | Token::Operator(_)
                | Token::Mark(_) => {}
            }
            self.at += 1;
        }
        let kind = self.tokens.get(from..self.at)?;
        self.at += 1;
        let sets = ["charset", "character"];
        let end = kind
            .iter()
            .position(|token| matches!(token, Token::Word(word) if sets.contains(&word.as_str())));
        let bare = words(kind.get(..end.unwrap_or(kind.len()))?);
        // How MariaDB says `BINARY`.
        let is_binary = end.is_some() && kind.last() == Some(&Token::Word("binary".into()));
        Some(if is_binary {
            bare.replacen("char", "binary", 1)
        } else {
            bare
        })
    }

    pub(super) fn case(&mut self) -> Option<Node> {
        let mut pieces = vec![Piece::Word("case".into())];
        if self.word() != Some("when") {
            pieces.push(Piece::Node(self.expression(0)?));
        }
        loop {
            let word = self.word()?.to_owned();
            self.at += 1;
            match word.as_str() {
                "when" | "then" | "else" => {
                    pieces.push(Piece::Word(word));
                    pieces.push(Piece::Node(self.expression(0)?));
                }
                "end" => {
                    pieces.push(Piece::Word(word));
                    return Some(Node::Words(pieces));
                }
                _ => return None,
            }
        }
    }
}
