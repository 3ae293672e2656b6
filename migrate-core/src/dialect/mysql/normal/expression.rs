//! Expressions: what an author writes, and what the server makes of it when it tells it back, in one spelling.
//!
//! Both servers keep an expression as a tree and write it anew: MariaDB with as few parentheses as it takes, MySQL with
//! all of them; without `NOT` where an operator has an opposite; and with names of their own for some functions. Here both
//! texts become such a tree. Not told apart are expressions that differ in the character set of a text, in the nesting
//! of `AND` within `AND`, or in the name of their own table before a column. A text that is not understood (a
//! subquery, a window) is compared by its tokens.

use super::node::{Node, Piece, call, cast, chain};
use super::tokens::{Token, tokens};
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

pub(super) fn words(tokens: &[Token]) -> String {
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
pub(super) mod binding {
    pub(in crate::dialect::mysql) const OR: u8 = 1;
    pub(in crate::dialect::mysql) const XOR: u8 = 2;
    pub(in crate::dialect::mysql) const AND: u8 = 3;
    pub(in crate::dialect::mysql) const NOT: u8 = 4;
    pub(in crate::dialect::mysql) const COMPARISON: u8 = 5;
    /// `IN`, `BETWEEN`, `LIKE` and `REGEXP`, as the grammar of both has it.
    pub(in crate::dialect::mysql) const PREDICATE: u8 = 6;
    pub(in crate::dialect::mysql) const PIPE: u8 = 7;
    pub(in crate::dialect::mysql) const AMPERSAND: u8 = 8;
    pub(in crate::dialect::mysql) const SHIFT: u8 = 9;
    pub(in crate::dialect::mysql) const SUM: u8 = 10;
    pub(in crate::dialect::mysql) const PRODUCT: u8 = 11;
    pub(in crate::dialect::mysql) const CARET: u8 = 12;
    pub(in crate::dialect::mysql) const SIGN: u8 = 13;
    pub(in crate::dialect::mysql) const COLLATE: u8 = 14;
}

/// What is nested more deeply is not understood.
const DEEPEST: usize = 100;

/// Words that are neither a name nor a value: where one stands first, it is not understood.
pub(super) const RESERVED: &[&str] = &[
    "select", "from", "where", "and", "or", "in", "is", "as", "when", "then", "else", "end", "on", "order",
    "group", "having", "limit", "union", "with", "exists", "asc", "desc", "collate", "between", "like",
    "regexp", "rlike", "over", "match", "xor", "div", "mod",
];

pub(super) struct Parser<'t> {
    pub(super) tokens: &'t [Token],
    pub(super) at: usize,
    /// Whose name before a column says nothing.
    table: &'t str,
    depth: usize,
}

impl Parser<'_> {
    pub(super) fn word(&self) -> Option<&str> {
        if let Some(Token::Word(word)) = self.tokens.get(self.at) {
            Some(word)
        } else {
            None
        }
    }

    pub(super) fn take_word(&mut self, word: &str) -> bool {
        let found = self.word() == Some(word);
        self.at += usize::from(found);
        found
    }

    pub(super) fn mark(&mut self, mark: char) -> bool {
        let found = self.tokens.get(self.at) == Some(&Token::Mark(mark));
        self.at += usize::from(found);
        found
    }

    pub(super) fn expect(&mut self, word: &str) -> Option<()> {
        self.take_word(word).then_some(())
    }

    pub(super) fn expect_mark(&mut self, mark: char) -> Option<()> {
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
    pub(super) fn expression(&mut self, above: u8) -> Option<Node> {
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
                let low = self.expression(binding::PREDICATE)?;
                self.expect("and")?;
                let high = self.expression(binding::PREDICATE)?;
                Node::Test(test, negated, vec![node, low, high])
            }
            "like" => {
                let mut operands = vec![node, self.expression(binding::PREDICATE)?];
                if self.take_word("escape") {
                    operands.push(self.expression(binding::PREDICATE)?);
                }
                Node::Test(test, negated, operands)
            }
            "regexp" => {
                let pattern = self.expression(binding::PREDICATE)?;
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
    pub(super) fn list(&mut self) -> Option<Vec<Node>> {
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
            Token::Bits(digits) => {
                let bytes = digits.len().div_ceil(8).max(1);
                let number = u64::from_str_radix(&digits, 2).ok()?;
                Node::Hex(format!("{number:0width$x}", width = bytes * 2))
            }
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
            "binary" => cast(self.expression(binding::SIGN)?, "binary"),
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
}

/// How tightly an operator binds, which is given back in its one spelling.
fn infix(operator: &str) -> Option<(u8, String)> {
    let binding = match operator {
        "or" => binding::OR,
        "xor" => binding::XOR,
        "and" => binding::AND,
        "=" | "<=>" | ">=" | ">" | "<=" | "<" | "<>" | "is" => binding::COMPARISON,
        "between" | "like" | "regexp" | "in" | "not" => binding::PREDICATE,
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_different_stays_so() {
        for (one, other) in [
            ("(a + b) * c > 0", "a + b * c > 0"),
            ("a - (b - c) > 0", "a - b - c > 0"),
            ("a and (b or c)", "a and b or c"),
            ("not (a and b)", "not a and b"),
            ("a in (1, 2)", "a in (1, 3)"),
            ("a not in (1, 2)", "a in (1, 2)"),
            ("a = 'x'", "a = 'X'"),
            ("a = 'x'", "a = `x`"),
            ("a = '1'", "a = 1"),
            ("a > 1", "1 > a"),
            ("a like 'b'", "a not like 'b'"),
            ("a between 1 and 2", "a between 2 and 1"),
            ("cast(a as signed) > 0", "cast(a as unsigned) > 0"),
            ("locate('a', b) > 0", "locate(b, 'a') > 0"),
            ("a is null", "a is not null"),
            ("a is true", "a"),
            ("other.a > 0", "a > 0"),
            ("(select 1)", "(select 2)"),
        ] {
            assert_ne!(normal(one, "t"), normal(other, "t"), "{one}");
        }
    }

    #[test]
    fn its_own_spelling_is_the_same_again() {
        for sql in [
            "not (a > 3 and b) or c is not null",
            "a = 'it''s' and `odd ``name` < -1",
            "case when a then 1 else 'x\\\\y' end",
            "at + interval 1 day > now()",
            "trim(both 'x' from a) collate utf8mb4_bin",
            "a between 1 and 2 = b",
            "binary a = b'101'",
        ] {
            let once = normal(sql, "t");
            assert_eq!(normal(&once, "t"), once, "{sql}");
        }
    }

    #[test]
    fn what_is_not_understood_is_compared_by_its_words() {
        for (sql, spelled) in [
            ("a > ALL (SELECT  b)", "a > all ( select b )"),
            ("a = ", "a ="),
            ("'open", "'open"),
            ("é)", "é )"),
            ("0xé > 1", "0xé > 1"),
        ] {
            assert_eq!(normal(sql, "t"), spelled, "{sql}");
        }
        let deep = format!("{}1{}", "(".repeat(5000), ")".repeat(5000));
        assert!(normal(&deep, "t").starts_with("( ("));
    }
}
