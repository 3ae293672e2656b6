//! Expressions in one spelling, by their tokens: the catalog keeps what an author wrote.
//!
//! Told apart are all that differ in more than case, blanks, comments, quotes around a column's name, the table's own name
//! before it, parentheses around the whole, `!=` for `<>` and `==` for `=`; statements, in more than blanks and comments. It
//! stays SQL that means the same.

use std::collections::BTreeMap;

use crate::dialect::sql::identifier;
use crate::dialect::sqlite::tokens::{Kind, Token, tokens, unquoted};
use crate::schema::Table;

/// The one spelling of an expression over columns of this table.
pub(super) fn normal(sql: &str, table: &Table) -> String {
    spelled(bare(sql), Some(table), true)
}

/// The one spelling of an expression over no table.
pub(super) fn of_nothing(sql: &str) -> String {
    spelled(bare(sql), None, true)
}

/// A statement by its tokens alone. Case is kept: it is that of the columns of a view.
pub(super) fn by_tokens(sql: &str) -> String {
    spelled(sql, None, false)
}

/// The column of a table that an expression is, as the table spells it.
pub(in crate::dialect::sqlite) fn column<'t>(sql: &str, table: &'t Table) -> Option<&'t str> {
    let sql = bare(sql);
    let Ok(all) = tokens(sql) else { return None };
    let [only] = all.as_slice() else { return None };
    if !matches!(only.kind, Kind::Word | Kind::Quoted | Kind::Text) {
        return None;
    }
    let name = unquoted(sql.get(only.span.start..only.span.end)?);
    let mut columns = table.columns.iter();
    let found = columns.find(|column| column.name.eq_ignore_ascii_case(&name));
    found.map(|column| column.name.as_str())
}

/// An expression without the parentheses around it.
pub(in crate::dialect::sqlite) fn bare(sql: &str) -> &str {
    let trimmed = sql.trim();
    let Ok(all) = tokens(trimmed) else { return trimmed };
    // Where what is opened at a token is closed.
    let mut closed: BTreeMap<usize, usize> = BTreeMap::new();
    let mut opened = Vec::new();
    for (at, token) in all.iter().enumerate() {
        match token.kind {
            Kind::Mark('(') => opened.push(at),
            Kind::Mark(')') => match opened.pop() {
                Some(open) => drop(closed.insert(open, at)),
                None => return trimmed,
            },
            Kind::Mark(_) | Kind::Word | Kind::Quoted | Kind::Text | Kind::Number => {}
        }
    }
    let mut depth = 0_usize;
    while closed
        .get(&depth)
        .is_some_and(|close| close + depth + 1 == all.len())
    {
        depth += 1;
    }
    match all.get(depth..all.len().saturating_sub(depth)) {
        Some([first, .., last]) => trimmed.get(first.span.start..last.span.end).unwrap_or(trimmed),
        Some([only]) => trimmed.get(only.span.start..only.span.end).unwrap_or(trimmed),
        Some([]) | None => trimmed,
    }
}

/// Operators of several characters.
const OPERATORS: [&str; 10] = ["->>", "->", "||", "<=", ">=", "<>", "!=", "==", "<<", ">>"];

fn spelled(sql: &str, table: Option<&Table>, fold: bool) -> String {
    let Ok(all) = tokens(sql) else {
        return sql.trim().to_owned();
    };
    let text = |token: &Token| sql.get(token.span.start..token.span.end).unwrap_or("");
    let mut words: Vec<String> = Vec::new();
    let mut at = 0;
    while let Some(token) = all.get(at) {
        at += 1;
        match token.kind {
            Kind::Word if !fold => words.push(text(token).to_owned()),
            Kind::Word => words.push(text(token).to_lowercase()),
            // A collation's name is one in any quotes and case.
            Kind::Quoted if fold && words.last().is_some_and(|word| word == "collate") => {
                words.push(unquoted(text(token)).to_lowercase());
            }
            Kind::Quoted => words.push(name(&unquoted(text(token)), table)),
            Kind::Text if text(token).starts_with('\'') => words.push(text(token).to_owned()),
            Kind::Text | Kind::Number => words.push(text(token).to_lowercase()),
            Kind::Mark(mark) => {
                let rest = sql.get(token.span.start..).unwrap_or("");
                match OPERATORS.iter().find(|operator| rest.starts_with(**operator)) {
                    Some(operator) => {
                        at += operator.len() - 1;
                        words.push(match *operator {
                            "!=" => "<>".into(),
                            "==" => "=".into(),
                            other => other.to_owned(),
                        });
                    }
                    None => words.push(mark.to_string()),
                }
            }
        }
    }
    if let Some(table) = table {
        without_qualifier(&mut words, &table.name.name.to_lowercase());
    }
    joined(&words)
}

/// A name in quotes: without them where it is a column's, and means that without them too.
fn name(name: &str, table: Option<&Table>) -> String {
    let lower = name.to_lowercase();
    let plain = lower.starts_with(|c: char| c.is_ascii_lowercase() || c == '_')
        && lower.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
        && !KEYWORDS.contains(&lower.as_str());
    let is = |other: &str| other.eq_ignore_ascii_case(name);
    let known = table
        .is_some_and(|table| is(&table.name.name) || table.columns.iter().any(|column| is(&column.name)));
    if plain && known { lower } else { identifier(name) }
}

/// Without `table.` before a column.
fn without_qualifier(words: &mut Vec<String>, table: &str) {
    let mut at = 0;
    while at + 2 < words.len() {
        let first = at == 0 || words.get(at - 1).is_some_and(|before| before != ".");
        let own = words
            .get(at)
            .is_some_and(|word| word == table || *word == identifier(table));
        if first && own && words.get(at + 1).is_some_and(|word| word == ".") {
            words.drain(at..at + 2);
        }
        at += 1;
    }
}

/// With a blank between each two, but where nobody writes one.
fn joined(words: &[String]) -> String {
    let mut sql = String::new();
    let mut before = "(";
    for word in words {
        let called = word == "("
            && before.ends_with(|c: char| c.is_ascii_alphanumeric() || c == '_')
            && before.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
            && !KEYWORDS.contains(&before.to_lowercase().as_str());
        let close = matches!(before, "(" | ".") || matches!(word.as_str(), ")" | "," | "." | ";");
        if !called && !close {
            sql.push(' ');
        }
        sql.push_str(word);
        before = word;
    }
    sql
}

/// <https://www.sqlite.org/lang_keywords.html>, in lower case, without those that are never reserved.
const KEYWORDS: &[&str] = &[
    "add",
    "all",
    "alter",
    "and",
    "as",
    "autoincrement",
    "between",
    "case",
    "check",
    "collate",
    "commit",
    "constraint",
    "create",
    "cross",
    "current_date",
    "current_time",
    "current_timestamp",
    "default",
    "deferrable",
    "delete",
    "distinct",
    "drop",
    "else",
    "end",
    "escape",
    "except",
    "exists",
    "false",
    "foreign",
    "from",
    "full",
    "glob",
    "group",
    "having",
    "if",
    "in",
    "index",
    "inner",
    "insert",
    "intersect",
    "into",
    "is",
    "isnull",
    "join",
    "left",
    "like",
    "limit",
    "match",
    "natural",
    "not",
    "nothing",
    "notnull",
    "null",
    "on",
    "or",
    "order",
    "outer",
    "over",
    "primary",
    "references",
    "regexp",
    "returning",
    "right",
    "select",
    "set",
    "table",
    "then",
    "to",
    "transaction",
    "true",
    "union",
    "unique",
    "update",
    "using",
    "values",
    "when",
    "where",
    "with",
    "begin",
];
