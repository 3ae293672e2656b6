//! The parts of an expression, and the one way in which each is told.

/// A part of an expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Node {
    /// A name, or a keyword that is a value.
    Name(String),
    Number(String),
    Text(String),
    Array(Vec<Self>),
    Call(String, Vec<Self>),
    /// Operands with one operator between each two of them.
    Infix(String, Vec<Self>),
    /// An operator before its operand.
    Prefix(String, Box<Self>),
    /// Words after their operand.
    Postfix(String, Box<Self>),
}

impl Node {
    /// The one spelling of it.
    pub(super) fn spelled(&self) -> String {
        let list = |nodes: &[Self], between: &str| -> String {
            nodes.iter().map(Self::spelled).collect::<Vec<_>>().join(between)
        };
        match self {
            Self::Name(text) | Self::Number(text) => text.clone(),
            Self::Text(text) => literal(text),
            Self::Array(items) => format!("array[{}]", list(items, ", ")),
            Self::Call(name, items) => match (name.as_str(), items.as_slice()) {
                ("case", parts) => format!("case {} end", list(parts, " ")),
                ("when", [when, then]) => format!("when {} then {}", when.spelled(), then.spelled()),
                ("else", [other]) => format!("else {}", other.spelled()),
                ("[]", [of, at @ ..]) => format!("({})[{}]", of.spelled(), list(at, ":")),
                (name, items) => format!("{name}({})", list(items, ", ")),
            },
            Self::Infix(operator, operands) => match (operator.as_str(), operands.as_slice()) {
                ("in" | "not in", [left, Self::Array(items)]) => {
                    format!("({} {operator} ({}))", left.spelled(), list(items, ", "))
                }
                _ => format!("({})", list(operands, &format!(" {operator} "))),
            },
            Self::Prefix(operator, node) => format!("({operator} {})", node.spelled()),
            Self::Postfix(field, node) if field.starts_with('.') => format!("({}){field}", node.spelled()),
            Self::Postfix(words, node) => format!("({} {words})", node.spelled()),
        }
    }
}

pub(super) fn negated(node: Node) -> Node {
    Node::Prefix("not".into(), Box::new(node))
}

pub(super) fn one_of(left: &Node, items: &[Node], not: bool) -> Node {
    if let [only] = items {
        let operator = if not { "<>" } else { "=" };
        return Node::Infix(operator.into(), vec![left.clone(), only.clone()]);
    }
    let operator = if not { "not in" } else { "in" };
    Node::Infix(operator.into(), vec![left.clone(), Node::Array(items.to_vec())])
}

/// `AND` and `OR` have any number of operands.
pub(super) fn joined(word: &str, left: Node, right: Node) -> Node {
    let mut all = Vec::new();
    for node in [left, right] {
        if let Node::Infix(other, operands) = &node
            && other == word
        {
            all.extend(operands.iter().cloned());
        } else {
            all.push(node);
        }
    }
    Node::Infix(word.to_owned(), all)
}

/// A day's first moment is the day; without a zone it is in UTC.
pub(super) fn day(text: &str) -> &str {
    let is_day = |day: &str| day.len() == 10 && day.chars().all(|c| c.is_ascii_digit() || c == '-');
    let midnights = [" 00:00:00", " 00:00:00+00"];
    let mut days = midnights.iter().filter_map(|end| text.strip_suffix(end));
    days.find(|day| is_day(day)).unwrap_or(text)
}

/// A cast says nothing, but that a text is a number.
pub(super) fn cast(node: Node, ty: &str) -> Node {
    let is_number = [
        "smallint", "integer", "bigint", "numeric", "real", "double", "int", "int2", "int4", "int8",
        "decimal", "float4", "float8", "float",
    ];
    if let Node::Text(text) = &node
        && is_number.contains(&ty)
        && text.parse::<f64>().is_ok_and(f64::is_finite)
    {
        return Node::Number(text.trim().to_lowercase());
    }
    node
}

pub(super) fn literal(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// A name; in quotes only where it would be another one, or a keyword's value, without.
pub(super) fn quoted(name: &str) -> String {
    let plain = name.starts_with(|c: char| c == '_' || c.is_ascii_lowercase())
        && name
            .chars()
            .all(|c| c == '_' || c.is_ascii_lowercase() || c.is_ascii_digit());
    if plain && !VALUES.contains(&name) {
        name.to_owned()
    } else {
        format!("\"{}\"", name.replace('"', "\"\""))
    }
}

/// Keywords that are values by themselves.
pub(super) const VALUES: &[&str] = &[
    "null",
    "true",
    "false",
    "default",
    "user",
    "current_user",
    "current_role",
    "session_user",
    "current_catalog",
    "current_schema",
    "current_date",
    "current_time",
    "localtime",
    "localtimestamp",
];
