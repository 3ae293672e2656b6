//! Expressions: what an author writes, and what PostgreSQL makes of it when it tells it back, in one spelling.
//!
//! PostgreSQL keeps an expression as a tree and writes it anew: with a cast for every literal, parentheses around every
//! operator, and its own operators for `IN`, `BETWEEN` and `LIKE`
//! (<https://github.com/postgres/postgres/blob/REL_15_STABLE/src/backend/utils/adt/ruleutils.c>). Here both texts become
//! such a tree, without casts, and with one spelling.
//!
//! Not told apart are expressions that differ in their casts alone, in the nesting of `AND` within `AND`, in the name of
//! their own table before a column, in `date_part` for `extract`, or in a text that is a day for one that is its first
//! moment. A moment with a zone is the same only where it is told
//! in UTC. A text that is not understood (a subquery, a window) is compared by its tokens.

use super::node::{Node, joined, literal, one_of, quoted};
use super::tokens::{Token, tokens};

/// The one spelling of an expression over columns of this table.
pub(super) fn normal(sql: &str, table: &str) -> String {
    let Some(tokens) = tokens(sql) else {
        return sql.trim().to_owned();
    };
    match tree(&tokens, table) {
        Some(node) => node.spelled(),
        None => words(&tokens),
    }
}

/// A text by its tokens alone.
pub(super) fn by_tokens(sql: &str) -> String {
    tokens(sql).map_or_else(|| sql.trim().to_owned(), |tokens| words(&tokens))
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
        Token::Quoted(name) => quoted(name),
        Token::Text(text) => literal(text),
        Token::Number(text) | Token::Operator(text) => text.clone(),
        Token::Cast => "::".into(),
        Token::Mark(mark) => mark.to_string(),
    });
    spelled.collect::<Vec<_>>().join(" ")
}

/// How tightly operators bind:
/// <https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-PRECEDENCE>.
pub(super) mod binding {
    pub(in super::super) const OR: u8 = 1;
    pub(in super::super) const AND: u8 = 2;
    pub(in super::super) const NOT: u8 = 3;
    pub(in super::super) const IS: u8 = 4;
    pub(in super::super) const COMPARISON: u8 = 5;
    pub(in super::super) const RANGE: u8 = 6;
    pub(in super::super) const OTHER: u8 = 7;
    pub(in super::super) const SUM: u8 = 8;
    pub(in super::super) const PRODUCT: u8 = 9;
    pub(in super::super) const POWER: u8 = 10;
    pub(in super::super) const ZONE: u8 = 11;
    pub(in super::super) const COLLATE: u8 = 12;
    pub(in super::super) const SIGN: u8 = 13;
}

/// What is nested more deeply is not understood.
const DEEPEST: usize = 100;

pub(super) struct Parser<'t> {
    pub(super) tokens: &'t [Token],
    pub(super) at: usize,
    /// Whose name before a column says nothing.
    pub(super) table: &'t str,
    depth: usize,
}

impl Parser<'_> {
    pub(super) fn word(&self) -> Option<&str> {
        self.word_at(self.at)
    }

    pub(super) fn word_at(&self, at: usize) -> Option<&str> {
        match self.tokens.get(at) {
            Some(Token::Word(word)) => Some(word),
            Some(
                Token::Quoted(_)
                | Token::Text(_)
                | Token::Number(_)
                | Token::Operator(_)
                | Token::Cast
                | Token::Mark(_),
            )
            | None => None,
        }
    }

    pub(super) fn take_word(&mut self, word: &str) -> bool {
        let found = self.word() == Some(word);
        self.at += usize::from(found);
        found
    }

    pub(super) fn take(&mut self, token: &Token) -> bool {
        let found = self.tokens.get(self.at) == Some(token);
        self.at += usize::from(found);
        found
    }

    pub(super) fn mark(&mut self, mark: char) -> bool {
        self.take(&Token::Mark(mark))
    }

    /// A word that has to stand here.
    pub(super) fn expect(&mut self, word: &str) -> Option<()> {
        self.take_word(word).then_some(())
    }

    pub(super) fn expect_mark(&mut self, mark: char) -> Option<()> {
        self.mark(mark).then_some(())
    }

    /// An expression whose operators bind more tightly than this.
    pub(super) fn expression(&mut self, above: u8) -> Option<Node> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return None;
        }
        let mut node = self.first()?;
        while let Some(next) = self.continued(&node, above)? {
            node = next;
        }
        self.depth -= 1;
        Some(node)
    }

    /// The expression that goes on after an operand, if it goes on with what binds more tightly than this.
    fn continued(&mut self, left: &Node, above: u8) -> Option<Option<Node>> {
        let begin = self.at;
        let done = match self.tokens.get(self.at) {
            Some(Token::Operator(operator)) => {
                let operator = operator.clone();
                self.at += 1;
                self.operator(left, &operator, above)
            }
            Some(Token::Word(word)) => {
                let word = word.clone();
                self.at += 1;
                self.words(left, &word, above)
            }
            Some(Token::Quoted(_) | Token::Text(_) | Token::Number(_) | Token::Cast | Token::Mark(_))
            | None => return Some(None),
        };
        match done {
            Next::Node(node) => Some(Some(node)),
            Next::Looser => {
                self.at = begin;
                Some(None)
            }
            Next::Unknown => None,
        }
    }

    fn operator(&mut self, left: &Node, operator: &str, above: u8) -> Next {
        let binding = match operator {
            "<" | ">" | "=" | "<=" | ">=" | "<>" => binding::COMPARISON,
            "+" | "-" => binding::SUM,
            "*" | "/" | "%" => binding::PRODUCT,
            "^" => binding::POWER,
            _ => binding::OTHER,
        };
        if binding <= above {
            return Next::Looser;
        }
        let quantifier = self.word().filter(|word| ["any", "some", "all"].contains(word));
        if let Some(quantifier) = quantifier.map(|word| if word == "all" { "all" } else { "any" }) {
            self.at += 1;
            let items = self.mark('(').then(|| self.items(')')).flatten();
            let Some([of]) = items.as_deref() else {
                return Next::Unknown;
            };
            return Next::Node(match (operator, quantifier, of) {
                ("=", "any", Node::Array(items)) => one_of(left, items, false),
                ("<>", "all", Node::Array(items)) => one_of(left, items, true),
                _ => {
                    let of = Node::Call(quantifier.to_owned(), vec![of.clone()]);
                    Node::Infix(operator.to_owned(), vec![left.clone(), of])
                }
            });
        }
        match self.expression(binding) {
            Some(right) => Next::Node(Node::Infix(operator.to_owned(), vec![left.clone(), right])),
            None => Next::Unknown,
        }
    }

    fn words(&mut self, left: &Node, word: &str, above: u8) -> Next {
        let not = word == "not";
        let word = if not {
            let Some(word) = self.word().map(str::to_owned) else {
                return Next::Looser;
            };
            self.at += 1;
            word
        } else {
            word.to_owned()
        };
        let binding = match word.as_str() {
            "or" => binding::OR,
            "and" => binding::AND,
            "is" | "isnull" | "notnull" => binding::IS,
            "between" | "in" | "like" | "ilike" => binding::RANGE,
            "at" => binding::ZONE,
            "collate" => binding::COLLATE,
            _ => return Next::Looser,
        };
        if binding <= above {
            return Next::Looser;
        }
        let node = match word.as_str() {
            "or" | "and" => self
                .expression(binding)
                .map(|right| joined(&word, left.clone(), right)),
            "between" => self.between(left, not),
            "in" => self
                .mark('(')
                .then(|| self.items(')'))
                .flatten()
                .map(|items| one_of(left, &items, not)),
            "like" | "ilike" => self.like(left, &word, not),
            "at" => self.at_zone(left),
            "collate" => self.collated(left),
            "isnull" => Some(Node::Postfix("is null".into(), Box::new(left.clone()))),
            "notnull" => Some(Node::Postfix("is not null".into(), Box::new(left.clone()))),
            _ => self.is(left),
        };
        node.map_or(Next::Unknown, Next::Node)
    }

    fn between(&mut self, left: &Node, not: bool) -> Option<Node> {
        if self.word() == Some("symmetric") {
            return None;
        }
        let least = self.expression(binding::RANGE)?;
        self.expect("and")?;
        let greatest = self.expression(binding::RANGE)?;
        let (below, above, both) = if not {
            ("<", ">", "or")
        } else {
            (">=", "<=", "and")
        };
        let compared = |operator: &str, to: Node| Node::Infix(operator.into(), vec![left.clone(), to]);
        Some(joined(both, compared(below, least), compared(above, greatest)))
    }

    fn like(&mut self, left: &Node, word: &str, not: bool) -> Option<Node> {
        let mut pattern = self.expression(binding::RANGE)?;
        if self.take_word("escape") {
            let escape = self.expression(binding::RANGE)?;
            pattern = Node::Call("like_escape".into(), vec![pattern, escape]);
        }
        let operator = match (word, not) {
            ("like", false) => "~~",
            ("like", true) => "!~~",
            (_, false) => "~~*",
            (_, true) => "!~~*",
        };
        Some(Node::Infix(operator.into(), vec![left.clone(), pattern]))
    }

    fn at_zone(&mut self, left: &Node) -> Option<Node> {
        self.expect("time")?;
        self.expect("zone")?;
        let zone = self.expression(binding::ZONE)?;
        Some(Node::Call("timezone".into(), vec![zone, left.clone()]))
    }

    fn collated(&mut self, left: &Node) -> Option<Node> {
        let token = self.tokens.get(self.at)?.clone();
        self.at += 1;
        let (Token::Word(name) | Token::Quoted(name)) = token else {
            return None;
        };
        Some(Node::Postfix(
            format!("collate {}", quoted(&name)),
            Box::new(left.clone()),
        ))
    }

    fn is(&mut self, left: &Node) -> Option<Node> {
        let not = if self.take_word("not") { "not " } else { "" };
        if self.take_word("distinct") {
            self.expect("from")?;
            let right = self.expression(binding::IS)?;
            return Some(Node::Infix(
                format!("is {not}distinct from"),
                vec![left.clone(), right],
            ));
        }
        let what = self
            .word()
            .filter(|word| ["null", "true", "false", "unknown"].contains(word))?;
        let words = format!("is {not}{what}");
        self.at += 1;
        Some(Node::Postfix(words, Box::new(left.clone())))
    }
}

/// How an expression goes on.
enum Next {
    Node(Node),
    /// Not here: what follows belongs to an expression around this one.
    Looser,
    /// In a way that is not understood.
    Unknown,
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What an author writes, and what PostgreSQL 15 makes of it; newer and older ones differ in some.
    const PAIRS: &[(&str, &str)] = &[
        (
            "n>0 and (n <> 5 or n != 7)",
            "((n > 0) AND ((n <> 5) OR (n <> 7)))",
        ),
        (
            "n BETWEEN 1 AND 10 AND flag",
            "(((n >= 1) AND (n <= 10)) AND flag)",
        ),
        ("n NOT BETWEEN 1 AND 10", "((n < 1) OR (n > 10))"),
        ("n IN (1, -2)", "(n = ANY (ARRAY[1, '-2'::integer]))"),
        ("n IN (4)", "(n = 4)"),
        (
            "label NOT IN ('a', 'b')",
            "((label)::text <> ALL ((ARRAY['a'::character varying, 'b'::character varying])::text[]))",
        ),
        ("kind = 'free'", "(kind = 'free'::plan)"),
        ("name NOT LIKE '%b'", "(name !~~ '%b'::text)"),
        (
            "name LIKE '1!%' ESCAPE '!'",
            "(name ~~ like_escape('1!%'::text, '!'::text))",
        ),
        ("not flag or n is not null", "((NOT flag) OR (n IS NOT NULL))"),
        ("price >= 0.5", "(price >= 0.5)"),
        ("price > 1", "(price > (1)::numeric)"),
        ("real_number < 1.5", "(real_number < (1.5)::double precision)"),
        ("day > date '2020-01-01'", "(day > '2020-01-01'::date)"),
        (
            "at > '2020-01-01'",
            "(at > '2020-01-01 00:00:00+00'::timestamp with time zone)",
        ),
        (
            "extract(year from day) > 2000",
            "(EXTRACT(year FROM day) > (2000)::numeric)",
        ),
        (
            "extract(year from day) > 2000",
            "(date_part('year'::text, day) > (2000)::double precision)",
        ),
        ("at < CURRENT_TIMESTAMP", "(at < now())"),
        (
            "at AT TIME ZONE 'utc' > at",
            "((at AT TIME ZONE 'utc'::text) > at)",
        ),
        ("at AT TIME ZONE 'utc' > at", "(timezone('utc'::text, at) > at)"),
        ("(data->>'a')::int > 3", "(((data ->> 'a'::text))::integer > 3)"),
        ("trim(name) <> ''", "(TRIM(BOTH FROM name) <> ''::text)"),
        ("trim(name) <> ''", "(btrim(name) <> ''::text)"),
        (
            "trim(both 'x' from name) = ''",
            "(btrim(name, 'x'::text) = ''::text)",
        ),
        (
            "position('a' in name) > 0",
            "(POSITION(('a'::text) IN (name)) > 0)",
        ),
        (
            "substring(name from 1 for 2) = ''",
            "(\"substring\"(name, 1, 2) = ''::text)",
        ),
        (
            "CASE WHEN n > 1 THEN flag END",
            "CASE WHEN (n > 1) THEN flag ELSE NULL::boolean END",
        ),
        ("users.n + 1 > 2 * n - 3", "((n + 1) > ((2 * n) - 3))"),
        ("n = -1", "(n = '-1'::integer)"),
        ("name COLLATE \"C\" > 'a'", "((name COLLATE \"C\") > 'a'::text)"),
        ("list[1] = 2", "(list[1] = 2)"),
        ("(n, name) IS NOT NULL", "(ROW(n, name) IS NOT NULL)"),
        ("lower(email)", "lower((email)::text)"),
        ("n > 0 -- always", "(n > 0)"),
    ];

    #[test]
    fn an_expression_is_what_postgresql_makes_of_it() {
        for (written, kept) in PAIRS {
            assert_eq!(normal(written, "users"), normal(kept, "users"));
        }
    }

    #[test]
    fn the_normal_form_is_its_own() {
        for (written, _) in PAIRS {
            let once = normal(written, "users");
            assert_eq!(normal(&once, "users"), once);
        }
    }

    #[test]
    fn what_is_not_the_same_stays_different() {
        for (one, other) in [
            ("n > 0", "n >= 0"),
            ("n > 0 AND flag OR name = ''", "n > 0 AND (flag OR name = '')"),
            ("NOT (n > 0 AND flag)", "NOT n > 0 AND flag"),
            ("name = 'A'", "name = 'a'"),
            ("name = 'n'", "name = n"),
            ("\"N\" > 0", "n > 0"),
            ("\"user\" = ''", "user = ''"),
            ("n - (1 - 2) > 0", "n - 1 - 2 > 0"),
            ("n IN (1, 2)", "n IN (2, 1)"),
            ("other.n > 0", "n > 0"),
            ("name LIKE 'a'", "name ILIKE 'a'"),
            ("n = ANY (list)", "n = ALL (list)"),
            ("n = '1'", "n = '2'"),
        ] {
            assert_ne!(normal(one, "users"), normal(other, "users"), "{one}, {other}");
        }
    }

    #[test]
    fn what_is_not_understood_is_compared_by_its_tokens() {
        for text in [
            "n > (SELECT 1)",
            "n >",
            "(n",
            ")",
            "",
            "n ~",
            "'open",
            "n n",
            &"(".repeat(5000),
        ] {
            let once = normal(text, "users");
            assert_eq!(normal(&once, "users"), once, "{text}");
        }
        assert_eq!(normal("N>(select  1)", "users"), "n > ( select 1 )");
    }
}
