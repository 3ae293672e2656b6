//! Expressions: what an author writes, and what the server makes of it when it tells it back, in one spelling.
//!
//! Both servers keep an expression as a tree and write it anew: MariaDB with as few parentheses as it takes, MySQL with
//! all of them; without `NOT` where an operator has an opposite; and with names of their own for some functions. Here both
//! texts become such a tree. Not told apart are expressions that differ in the character set of a text, in the nesting
//! of `AND` within `AND`, or in the name of their own table before a column. A text that is not understood (a
//! subquery, a window) is compared by its tokens.

use super::node::{Node, Piece, chain};
use super::tokens::{Token, text_of, tokens};
use crate::dialect::Dialect;
use crate::dialect::mysql::MySql;

/// The one spelling of an expression over columns of this table.
pub(super) fn normal(sql: &str, table: &str) -> String {
    let Some(tokens) = tokens(sql) else {
        return sql.trim().to_owned();
    };
    tree(&tokens, table).map_or_else(|| words(&tokens), |node| node.spelled())
}

/// What an expression is; `None` where that is not understood to its end.
pub(super) fn read(sql: &str, table: &str) -> Option<Node> {
    tree(&tokens(sql)?, table)
}

fn tree(tokens: &[Token], table: &str) -> Option<Node> {
    let mut parser = Parser {
        tokens,
        at: 0,
        table,
        depth: 0,
    };
    let node = parser.expression(0)?;
    (parser.at == tokens.len()).then_some(node)
}

fn words(tokens: &[Token]) -> String {
    let spelled = tokens.iter().map(|token| match token {
        Token::Word(word) => word.clone(),
        Token::Quoted(name) => MySql.identifier(&name.to_lowercase()),
        Token::Text(text) => MySql.literal(text),
        Token::Hex(digits) => format!("x'{digits}'"),
        Token::Bits(digits) => format!("b'{digits}'"),
        Token::Number(text) => text.clone(),
        Token::Operator(text) => (*text).to_owned(),
        Token::Mark(mark) => mark.to_string(),
    });
    spelled.collect::<Vec<_>>().join(" ")
}

/// How tightly operators bind: <https://dev.mysql.com/doc/refman/8.0/en/operator-precedence.html>.
mod binding {
    pub(super) const OR: u8 = 1;
    pub(super) const XOR: u8 = 2;
    pub(super) const AND: u8 = 3;
    pub(super) const NOT: u8 = 4;
    pub(super) const BETWEEN: u8 = 5;
    pub(super) const COMPARISON: u8 = 6;
    pub(super) const PIPE: u8 = 7;
    pub(super) const AMPERSAND: u8 = 8;
    pub(super) const SHIFT: u8 = 9;
    pub(super) const SUM: u8 = 10;
    pub(super) const PRODUCT: u8 = 11;
    pub(super) const CARET: u8 = 12;
    pub(super) const SIGN: u8 = 13;
    pub(super) const COLLATE: u8 = 14;
}

/// What is nested more deeply is not understood.
const DEEPEST: usize = 100;

/// Words that are neither a name nor a value: where one stands first, it is not understood.
const RESERVED: &[&str] = &[
    "select", "from", "where", "and", "or", "in", "is", "as", "when", "then", "else", "end", "on", "order",
    "group", "having", "limit", "union", "with", "exists", "asc", "desc", "collate", "between", "like",
    "regexp", "rlike", "over", "binary", "match", "xor", "div", "mod",
];

struct Parser<'t> {
    tokens: &'t [Token],
    at: usize,
    /// Whose name before a column says nothing.
    table: &'t str,
    depth: usize,
}

impl Parser<'_> {
    fn word(&self) -> Option<&str> {
        if let Some(Token::Word(word)) = self.tokens.get(self.at) {
            Some(word)
        } else {
            None
        }
    }

    fn take_word(&mut self, word: &str) -> bool {
        let found = self.word() == Some(word);
        self.at += usize::from(found);
        found
    }

    fn mark(&mut self, mark: char) -> bool {
        let found = self.tokens.get(self.at) == Some(&Token::Mark(mark));
        self.at += usize::from(found);
        found
    }

    fn expect(&mut self, word: &str) -> Option<()> {
        self.take_word(word).then_some(())
    }

    fn expect_mark(&mut self, mark: char) -> Option<()> {
        self.mark(mark).then_some(())
    }

    /// The operator that stands here, if it is one, without taking it.
    fn operator(&self) -> Option<&str> {
        match self.tokens.get(self.at)? {
            Token::Operator(operator) => Some(operator),
            Token::Word(word) => Some(if word == "rlike" { "regexp" } else { word }),
            Token::Quoted(_)
            | Token::Text(_)
            | Token::Hex(_)
            | Token::Bits(_)
            | Token::Number(_)
            | Token::Mark(_) => None,
        }
    }

    /// An expression whose operators bind more tightly than this.
    fn expression(&mut self, above: u8) -> Option<Node> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return None;
        }
        let mut node = self.first()?;
        while let Some((binding, operator)) = self.operator().and_then(infix) {
            if binding <= above {
                break;
            }
            self.at += 1;
            node = match operator.as_str() {
                "not" => self.test(node, true)?,
                "in" | "between" | "like" | "regexp" | "is" => {
                    self.at -= 1;
                    self.test(node, false)?
                }
                "and" | "or" => {
                    let right = self.expression(binding)?;
                    chain(&operator, [node, right].into_iter())
                }
                "->" | "->>" => {
                    let path = self.expression(binding)?;
                    let found = Node::Call("json_extract".into(), vec![node, path]);
                    if operator == "->" {
                        found
                    } else {
                        Node::Call("json_unquote".into(), vec![found])
                    }
                }
                _ => {
                    let right = self.expression(binding)?;
                    Node::compared(&operator, node, right)
                }
            };
        }
        self.depth -= 1;
        Some(node)
    }

    /// What follows an operand and may have a `NOT` before it.
    fn test(&mut self, node: Node, negated: bool) -> Option<Node> {
        let test = self.operator()?.to_owned();
        self.at += 1;
        Some(match test.as_str() {
            "in" => {
                self.expect_mark('(')?;
                let mut operands = vec![node];
                operands.extend(self.list()?);
                if let [one, other] = operands.as_slice() {
                    let operator = if negated { "<>" } else { "=" };
                    return Some(Node::compared(operator, one.clone(), other.clone()));
                }
                Node::Test(test, negated, operands)
            }
            "between" => {
                let low = self.expression(binding::BETWEEN)?;
                self.expect("and")?;
                let high = self.expression(binding::BETWEEN)?;
                Node::Test(test, negated, vec![node, low, high])
            }
            "like" => {
                let mut operands = vec![node, self.expression(binding::COMPARISON)?];
                if self.take_word("escape") {
                    operands.push(self.expression(binding::COMPARISON)?);
                }
                Node::Test(test, negated, operands)
            }
            "regexp" => {
                let pattern = self.expression(binding::COMPARISON)?;
                Node::Test(test, negated, vec![node, pattern])
            }
            "is" => {
                let negated = self.take_word("not");
                let what = self.word()?.to_owned();
                self.at += 1;
                let what = if what == "unknown" { "null".into() } else { what };
                let known = ["null", "true", "false"].contains(&what.as_str());
                known.then(|| Node::Test(what, negated, vec![node]))?
            }
            _ => return None,
        })
    }

    /// Expressions between commas, up to the parenthesis that ends them.
    fn list(&mut self) -> Option<Vec<Node>> {
        let mut nodes = Vec::new();
        if self.mark(')') {
            return Some(nodes);
        }
        loop {
            nodes.push(self.expression(0)?);
            if self.mark(')') {
                return Some(nodes);
            }
            self.expect_mark(',')?;
        }
    }

    fn first(&mut self) -> Option<Node> {
        let token = self.tokens.get(self.at)?.clone();
        self.at += 1;
        Some(match token {
            Token::Text(text) => Node::Text(text),
            Token::Hex(digits) => Node::Hex(digits),
            Token::Bits(digits) => Node::Value(format!("b'{digits}'")),
            Token::Number(number) => Node::Number(number),
            Token::Quoted(name) => self.named(name.to_lowercase())?,
            Token::Mark('(') => {
                let mut nodes = self.list()?;
                match (nodes.pop(), nodes.is_empty()) {
                    (Some(only), true) => only,
                    (last, _) => {
                        nodes.extend(last);
                        Node::Row(nodes)
                    }
                }
            }
            Token::Mark(_) => return None,
            Token::Operator("-") => {
                let operand = self.expression(binding::SIGN)?;
                if let Node::Number(number) = &operand {
                    Node::Number(format!("-{number}"))
                } else {
                    Node::Prefix("-".into(), Box::new(operand))
                }
            }
            Token::Operator("+") => self.expression(binding::SIGN)?,
            Token::Operator("!") => self.expression(binding::SIGN)?.negated(),
            Token::Operator("~") => Node::Prefix("~".into(), Box::new(self.expression(binding::SIGN)?)),
            Token::Operator(_) => return None,
            Token::Word(word) => self.worded(&word)?,
        })
    }

    /// What begins with a word.
    fn worded(&mut self, word: &str) -> Option<Node> {
        let text = self.tokens.get(self.at);
        if ["date", "time", "timestamp"].contains(&word)
            && let Some(Token::Text(text)) = text
        {
            self.at += 1;
            return Some(Node::Value(format!("{word} {}", MySql.literal(text))));
        }
        if self.tokens.get(self.at) == Some(&Token::Mark('(')) && !["not", "in"].contains(&word) {
            self.at += 1;
            return self.call(word);
        }
        Some(match word {
            "not" => self.expression(binding::NOT)?.negated(),
            "true" => Node::Number("1".into()),
            "false" => Node::Number("0".into()),
            "null" => Node::Value("null".into()),
            "case" => self.case()?,
            "interval" => {
                let amount = self.expression(0)?;
                let unit = self.word()?.to_owned();
                self.at += 1;
                Node::Words(vec![
                    Piece::Word("interval".into()),
                    Piece::Node(amount),
                    Piece::Word(unit),
                ])
            }
            "current_timestamp" | "localtime" | "localtimestamp" => call("current_timestamp", Vec::new()),
            "current_date" | "current_time" => call(word, Vec::new()),
            _ if RESERVED.contains(&word) => return None,
            name => self.named(name.to_owned())?,
        })
    }

    /// A name, of which the parts before the last say in which table it is.
    fn named(&mut self, first: String) -> Option<Node> {
        let mut parts = vec![first];
        while self.mark('.') {
            parts.push(match self.tokens.get(self.at)? {
                Token::Word(name) => name.clone(),
                Token::Quoted(name) => name.to_lowercase(),
                Token::Text(_)
                | Token::Hex(_)
                | Token::Bits(_)
                | Token::Number(_)
                | Token::Operator(_)
                | Token::Mark(_) => return None,
            });
            self.at += 1;
        }
        let name = parts.pop()?;
        match parts.last() {
            None => Some(Node::Name(name)),
            Some(table) if *table == self.table.to_lowercase() => Some(Node::Name(name)),
            Some(_) => None,
        }
    }

    /// A function's arguments, after the parenthesis.
    fn call(&mut self, name: &str) -> Option<Node> {
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
                    (false, of) => Node::Words(vec![
                        Piece::Word("cast(".into()),
                        Piece::Node(of),
                        Piece::Word(format!("as {kind})")),
                    ]),
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
                let part = self.expression(binding::COMPARISON)?;
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
        Some(words(kind.get(..end.unwrap_or(kind.len()))?))
    }

    fn case(&mut self) -> Option<Node> {
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

/// How tightly an operator binds, which is given back in its one spelling.
fn infix(operator: &str) -> Option<(u8, String)> {
    let binding = match operator {
        "or" => binding::OR,
        "xor" => binding::XOR,
        "and" => binding::AND,
        "between" => binding::BETWEEN,
        "=" | "<=>" | ">=" | ">" | "<=" | "<" | "<>" | "is" | "like" | "regexp" | "in" | "not" => {
            binding::COMPARISON
        }
        "|" => binding::PIPE,
        "&" => binding::AMPERSAND,
        "<<" | ">>" => binding::SHIFT,
        "+" | "-" => binding::SUM,
        "*" | "/" | "div" | "mod" => binding::PRODUCT,
        "^" => binding::CARET,
        "collate" | "->" | "->>" => binding::COLLATE,
        _ => return None,
    };
    Some((binding, operator.to_owned()))
}

/// A function by the one name of all that it has.
fn call(name: &str, arguments: Vec<Node>) -> Node {
    let name = match name {
        "ucase" => "upper",
        "lcase" => "lower",
        "octet_length" => "length",
        "character_length" => "char_length",
        "now" | "localtime" | "localtimestamp" => "current_timestamp",
        "current_date" => "curdate",
        "current_time" => "curtime",
        "power" => "pow",
        "ceiling" => "ceil",
        "day" => "dayofmonth",
        other => other,
    };
    if let ("mod", [one, other]) = (name, arguments.as_slice()) {
        return Node::Infix("mod".into(), vec![one.clone(), other.clone()]);
    }
    Node::Call(name.to_owned(), arguments)
}
