//! A part of an expression, and its one spelling, which is SQL with parentheses around every operator.

use crate::dialect::Dialect;
use crate::dialect::mysql::MySql;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Node {
    /// A column, or another thing with a name.
    Name(String),
    /// `null`, a number, or what else is spelled in one way only.
    Value(String),
    Number(String),
    Text(String),
    Hex(String),
    Call(String, Vec<Self>),
    /// `(a, b)`.
    Row(Vec<Self>),
    /// What stands between two operands, `and` and `or` between as many as there are.
    Infix(String, Vec<Self>),
    /// `not`, `-`, `~`, and words that stand before their operand.
    Prefix(String, Box<Self>),
    /// A test that has a `not` of its own: `in`, `between`, `like`, `regexp`, `null`, `true`.
    Test(String, bool, Vec<Self>),
    /// The operand and its words, `when` and `then` among them.
    Words(Vec<Piece>),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    Word(String),
    Node(Node),
}

impl Node {
    pub(super) fn spelled(&self) -> String {
        let listed = |nodes: &[Self]| nodes.iter().map(Self::spelled).collect::<Vec<_>>().join(", ");
        match self {
            Self::Name(name) => MySql.identifier(name),
            Self::Value(text) | Self::Number(text) => text.clone(),
            Self::Text(text) => MySql.literal(text),
            Self::Hex(digits) => format!("x'{digits}'"),
            Self::Call(name, arguments) => format!("{name}({})", listed(arguments)),
            Self::Row(nodes) => format!("({})", listed(nodes)),
            Self::Infix(operator, operands) => {
                let operands: Vec<String> = operands.iter().map(Self::spelled).collect();
                format!("({})", operands.join(&format!(" {operator} ")))
            }
            Self::Prefix(operator, operand) => format!("({operator} {})", operand.spelled()),
            Self::Test(test, negated, operands) => {
                let not = if *negated { "not " } else { "" };
                let Some((first, rest)) = operands.split_first() else {
                    return String::new();
                };
                let first = first.spelled();
                match test.as_str() {
                    "in" => format!("({first} {not}in ({}))", listed(rest)),
                    "between" => {
                        let bounds: Vec<String> = rest.iter().map(Self::spelled).collect();
                        format!("({first} {not}between {})", bounds.join(" and "))
                    }
                    "like" => {
                        let parts: Vec<String> = rest.iter().map(Self::spelled).collect();
                        format!("({first} {not}like {})", parts.join(" escape "))
                    }
                    "regexp" => format!("({first} {not}regexp {})", listed(rest)),
                    what => format!("({first} is {not}{what})"),
                }
            }
            Self::Words(pieces) => {
                let pieces = pieces.iter().map(|piece| match piece {
                    Piece::Word(word) => word.clone(),
                    Piece::Node(node) => node.spelled(),
                });
                pieces.collect::<Vec<_>>().join(" ")
            }
        }
    }

    /// As a truth value: a column of its own is compared with 0, as both servers do within `AND`, `OR` and `NOT`.
    pub(super) fn truth(self) -> Self {
        if matches!(self, Self::Name(_)) {
            Self::Infix("<>".into(), vec![self, Self::Number("0".into())])
        } else {
            self
        }
    }

    /// The opposite, without `NOT` where there is such a way: so do the servers keep it.
    pub(super) fn negated(self) -> Self {
        match self.truth() {
            Self::Infix(operator, operands) => match (operator.as_str(), opposite(&operator)) {
                ("and" | "or", _) => {
                    let other = if operator == "and" { "or" } else { "and" };
                    chain(other, operands.into_iter().map(Self::negated))
                }
                (_, Some(opposite)) => Self::Infix(opposite.into(), operands),
                (_, None) => Self::Prefix("not".into(), Box::new(Self::Infix(operator, operands))),
            },
            Self::Prefix(operator, operand) if operator == "not" => operand.truth(),
            Self::Test(test, negated, operands) => Self::Test(test, !negated, operands),
            other @ (Self::Name(_)
            | Self::Value(_)
            | Self::Number(_)
            | Self::Text(_)
            | Self::Hex(_)
            | Self::Call(..)
            | Self::Row(_)
            | Self::Prefix(..)
            | Self::Words(_)) => Self::Prefix("not".into(), Box::new(other)),
        }
    }

    fn is_fixed(&self) -> bool {
        matches!(
            self,
            Self::Value(_) | Self::Number(_) | Self::Text(_) | Self::Hex(_)
        )
    }

    /// A comparison, of which what is fixed stands last.
    pub(super) fn compared(operator: &str, left: Self, right: Self) -> Self {
        let turned = match operator {
            "=" | "<>" | "<=>" => Some(operator),
            "<" => Some(">"),
            ">" => Some("<"),
            "<=" => Some(">="),
            ">=" => Some("<="),
            _ => None,
        };
        match turned {
            Some(turned) if left.is_fixed() && !right.is_fixed() => {
                Self::Infix(turned.into(), vec![right, left])
            }
            Some(_) | None => Self::Infix(operator.into(), vec![left, right]),
        }
    }
}

/// Operands of `AND` or `OR`; those of one within it are its own.
pub(super) fn chain(operator: &str, operands: impl Iterator<Item = Node>) -> Node {
    let mut all = Vec::new();
    for operand in operands {
        let operand = operand.truth();
        if let Node::Infix(inner, operands) = &operand
            && inner == operator
        {
            all.extend(operands.iter().cloned());
        } else {
            all.push(operand);
        }
    }
    Node::Infix(operator.to_owned(), all)
}

fn opposite(operator: &str) -> Option<&'static str> {
    Some(match operator {
        "=" => "<>",
        "<>" => "=",
        "<" => ">=",
        ">=" => "<",
        ">" => "<=",
        "<=" => ">",
        _ => return None,
    })
}

/// A function by the one name of all that it has.
pub(super) fn call(name: &str, arguments: Vec<Node>) -> Node {
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
    // What MariaDB makes of them.
    let infix = |operator: &str, one: Node, other: Node| Node::Infix(operator.into(), vec![one, other]);
    let days = |of: &Node| Node::Call("to_days".into(), vec![of.clone()]);
    match (name, arguments.as_slice()) {
        ("mod", [one, other]) => infix("mod", one.clone(), other.clone()),
        ("date_add" | "adddate", [one, other @ Node::Words(_)]) => infix("+", one.clone(), other.clone()),
        ("date_sub" | "subdate", [one, other @ Node::Words(_)]) => infix("-", one.clone(), other.clone()),
        ("datediff", [one, other]) => infix("-", days(one), days(other)),
        ("instr", [whole, part]) => Node::Call("locate".into(), vec![part.clone(), whole.clone()]),
        ("isnull", [of]) => Node::Test("null".into(), false, vec![of.clone()]),
        _ => Node::Call(name.to_owned(), arguments),
    }
}

pub(super) fn cast(of: Node, kind: &str) -> Node {
    Node::Words(vec![
        Piece::Word("cast(".into()),
        Piece::Node(of),
        Piece::Word(format!("as {kind})")),
    ])
}
