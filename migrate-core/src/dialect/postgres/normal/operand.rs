//! What stands between the operators of an expression: values, names, calls, and the casts after them.

use super::expression::{Parser, binding};
use super::node::{Node, VALUES, cast, day, negated, quoted};
use super::tokens::Token;

/// Words that are neither a name nor a value: where one stands first, it is not understood.
const RESERVED: &[&str] = &[
    "select", "from", "where", "and", "or", "in", "is", "as", "when", "then", "else", "end", "on", "order",
    "group", "having", "limit", "union", "with", "exists", "asc", "desc", "collate", "between", "like",
    "ilike",
];

impl Parser<'_> {
    /// What an expression begins with.
    pub(super) fn first(&mut self) -> Option<Node> {
        let token = self.tokens.get(self.at)?.clone();
        self.at += 1;
        let node = match token {
            Token::Number(number) => Node::Number(number),
            Token::Text(text) => Node::Text(day(&text).to_owned()),
            Token::Operator(sign) if sign == "-" || sign == "+" => {
                match (sign.as_str(), self.expression(binding::SIGN)?) {
                    ("-", Node::Number(number)) => Node::Number(format!("-{number}")),
                    ("-", node) => Node::Prefix("-".into(), Box::new(node)),
                    (_, node) => node,
                }
            }
            Token::Operator(operator) => Node::Prefix(operator, Box::new(self.expression(binding::OTHER)?)),
            Token::Mark('(') => {
                let mut items = self.items(')')?;
                if items.len() == 1 {
                    items.pop()?
                } else {
                    Node::Call("row".into(), items)
                }
            }
            Token::Quoted(name) => self.named(quoted(&name))?,
            Token::Word(word) => self.worded(&word)?,
            Token::Cast | Token::Mark(_) => return None,
        };
        self.suffixed(node)
    }

    /// What begins with a word.
    fn worded(&mut self, word: &str) -> Option<Node> {
        match word {
            "not" => Some(negated(self.expression(binding::NOT)?)),
            "case" => self.case(),
            "array" if self.mark('[') => Some(Node::Array(self.items(']')?)),
            "current_timestamp" => Some(Node::Call("now".into(), Vec::new())),
            "cast" if self.mark('(') => {
                let node = self.expression(0)?;
                self.expect("as")?;
                let ty = self.type_name()?;
                self.expect_mark(')')?;
                Some(cast(node, &ty))
            }
            word if VALUES.contains(&word) => Some(Node::Name(word.to_owned())),
            word if RESERVED.contains(&word) => None,
            word => self.named(word.to_owned()),
        }
    }

    /// A column, a function's call, or a type before its text.
    fn named(&mut self, first: String) -> Option<Node> {
        let mut path = vec![first];
        while self.mark('.') {
            let token = self.tokens.get(self.at)?.clone();
            self.at += 1;
            path.push(match token {
                Token::Word(word) => word,
                Token::Quoted(name) => quoted(&name),
                Token::Operator(star) if star == "*" => star,
                Token::Text(_) | Token::Number(_) | Token::Operator(_) | Token::Cast | Token::Mark(_) => {
                    return None;
                }
            });
        }
        if path.len() == 2 && path.first().is_some_and(|schema| schema == "pg_catalog") {
            path.remove(0);
        }
        if self.mark('(') {
            return self.call(&path.join("."));
        }
        if let Some(Token::Text(text)) = self.tokens.get(self.at) {
            self.at += 1;
            return Some(cast(Node::Text(text.clone()), &path.join(".")));
        }
        if path.len() == 2 && path.first().is_some_and(|table| *table == quoted(self.table)) {
            path.remove(0);
        }
        Some(Node::Name(path.join(".")))
    }

    /// A call, after its parenthesis. Some functions have a syntax of their own, which newer servers keep.
    fn call(&mut self, name: &str) -> Option<Node> {
        let name = match name {
            "extract" => {
                let field = self.tokens.get(self.at)?.clone();
                self.at += 1;
                let (Token::Word(field) | Token::Text(field)) = field else {
                    return None;
                };
                if !self.mark(',') {
                    self.expect("from")?;
                }
                let of = self.expression(0)?;
                self.expect_mark(')')?;
                return Some(Node::Call("extract".into(), vec![Node::Text(field), of]));
            }
            "trim" => {
                let name = if self.take_word("leading") {
                    "ltrim"
                } else if self.take_word("trailing") {
                    "rtrim"
                } else {
                    self.take_word("both");
                    "btrim"
                };
                let mut items = Vec::new();
                if !self.take_word("from") {
                    items.push(self.expression(0)?);
                    if self.take_word("from") || self.mark(',') {
                        // What is taken off stands first before FROM, and last among arguments.
                        let from = self.tokens.get(self.at - 1) != Some(&Token::Mark(','));
                        let second = self.expression(0)?;
                        items.insert(if from { 0 } else { 1 }, second);
                    }
                } else {
                    items.push(self.expression(0)?);
                }
                self.expect_mark(')')?;
                return Some(Node::Call(name.into(), items));
            }
            "date_part" => "extract",
            "character_length" | "char_length" => "char_length",
            name => name,
        };
        if self.take(&Token::Operator("*".into())) {
            self.expect_mark(')')?;
            return Some(Node::Call(name.to_owned(), vec![Node::Name("*".into())]));
        }
        let mut items = Vec::new();
        if self.mark(')') {
            return Some(Node::Call(name.to_owned(), items));
        }
        // Its IN is none that asks for one of several.
        let above = if name == "position" { binding::RANGE } else { 0 };
        loop {
            items.push(self.expression(above)?);
            if self.mark(')') {
                return Some(Node::Call(name.to_owned(), items));
            }
            let words: &[&str] = match name {
                "position" => &["in"],
                "substring" => &["from", "for"],
                _ => &[],
            };
            let next = self.mark(',') || words.iter().any(|word| self.take_word(word));
            if !next {
                return None;
            }
        }
    }

    fn case(&mut self) -> Option<Node> {
        let mut parts = Vec::new();
        if self.word() != Some("when") {
            parts.push(self.expression(0)?);
        }
        while self.take_word("when") {
            let when = self.expression(0)?;
            self.expect("then")?;
            parts.push(Node::Call("when".into(), vec![when, self.expression(0)?]));
        }
        // PostgreSQL writes the `ELSE` that is not there.
        let other = if self.take_word("else") {
            self.expression(0)?
        } else {
            Node::Name("null".into())
        };
        parts.push(Node::Call("else".into(), vec![other]));
        self.expect("end")?;
        Some(Node::Call("case".into(), parts))
    }

    /// Expressions up to this mark.
    pub(super) fn items(&mut self, end: char) -> Option<Vec<Node>> {
        let mut items = Vec::new();
        if self.mark(end) {
            return Some(items);
        }
        loop {
            items.push(self.expression(0)?);
            if self.mark(end) {
                return Some(items);
            }
            self.expect_mark(',')?;
        }
    }

    /// The casts, indexes and fields after a value.
    fn suffixed(&mut self, mut node: Node) -> Option<Node> {
        loop {
            if self.take(&Token::Cast) {
                let ty = self.type_name()?;
                node = cast(node, &ty);
            } else if self.mark('[') {
                let mut parts = vec![node];
                parts.push(self.expression(0)?);
                if self.mark(':') {
                    parts.push(self.expression(0)?);
                }
                self.expect_mark(']')?;
                node = Node::Call("[]".into(), parts);
            } else if self.mark('.') {
                let token = self.tokens.get(self.at)?.clone();
                self.at += 1;
                let (Token::Word(field) | Token::Quoted(field)) = token else {
                    return None;
                };
                node = Node::Postfix(format!(".{}", quoted(&field)), Box::new(node));
            } else {
                return Some(node);
            }
        }
    }

    /// The name of a type, in words.
    fn type_name(&mut self) -> Option<String> {
        let mut name = String::new();
        loop {
            let token = self.tokens.get(self.at)?.clone();
            self.at += 1;
            match token {
                Token::Word(word) => name.push_str(&word),
                Token::Quoted(word) => name.push_str(&quoted(&word)),
                Token::Text(_) | Token::Number(_) | Token::Operator(_) | Token::Cast | Token::Mark(_) => {
                    return None;
                }
            }
            if !self.mark('.') {
                break;
            }
            name.push('.');
        }
        loop {
            let with_zone = self.word() == Some("with") && self.word_at(self.at + 1) == Some("time");
            let more = ["precision", "varying", "without", "time", "zone"];
            if with_zone || self.word().is_some_and(|word| more.contains(&word)) {
                self.at += 1;
            } else if self.mark('(') {
                while !self.mark(')') {
                    self.tokens.get(self.at)?;
                    self.at += 1;
                }
            } else if self.mark('[') {
                self.expect_mark(']')?;
                name.push_str("[]");
            } else {
                return Some(name);
            }
        }
    }
}
