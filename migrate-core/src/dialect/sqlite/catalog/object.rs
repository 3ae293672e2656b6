//! Indexes, views and triggers: what their texts say.
//!
//! The catalog keeps them as they were written, but for the first words, which are SQLite's own.

use super::Thing;
use crate::dialect::sqlite::definition::Unread;
use crate::dialect::sqlite::normal;
use crate::dialect::sqlite::reader::{Reader, unread};
use crate::dialect::sqlite::tokens::{Kind, Span, Token, tokens, unquoted};
use crate::schema::{Event, Index, IndexElement, IndexKey, Order, Table, Timing, Trigger, View, sql};

fn all_tokens(thing: &Thing<'_>) -> Result<Vec<Token>, Unread> {
    tokens(thing.sql).map_err(|at| unread(thing.sql, at))
}

impl Index {
    pub(super) fn parse(thing: &Thing<'_>, table: &Table) -> Result<Self, Unread> {
        let tokens = all_tokens(thing)?;
        let mut reader = Reader::over(thing.sql, &tokens);
        reader.expect(&["CREATE"])?;
        let unique = reader.word(&["UNIQUE"]);
        reader.expect(&["INDEX"])?;
        reader.name()?;
        reader.expect(&["ON"])?;
        reader.name()?;
        let keys = reader.group()?;
        let predicate = if reader.word(&["WHERE"]) {
            let start = reader.peek(0).ok_or_else(|| reader.unread())?.span.start;
            Some(normal::bare(thing.sql.get(start..).unwrap_or("")).to_owned())
        } else if reader.peek(0).is_some() {
            return Err(reader.unread());
        } else {
            None
        };
        let inner: Vec<Token> = tokens
            .iter()
            .filter(|token| keys.start < token.span.start && token.span.end < keys.end)
            .copied()
            .collect();
        let elements = at_commas(&inner)
            .into_iter()
            .map(|tokens| element(thing.sql, tokens, table));
        Ok(Self {
            unique,
            predicate,
            ..Self::new(
                thing.name.name.clone(),
                &table.name,
                elements
                    .collect::<Option<_>>()
                    .ok_or_else(|| unread(thing.sql, keys.start))?,
            )
        })
    }
}

/// The stretches of tokens between commas that stand in no parentheses.
fn at_commas(tokens: &[Token]) -> Vec<&[Token]> {
    let mut depth = 0_i32;
    let parts = tokens.split(|token| {
        match token.kind {
            Kind::Mark('(') => depth += 1,
            Kind::Mark(')') => depth -= 1,
            Kind::Mark(_) | Kind::Word | Kind::Quoted | Kind::Text | Kind::Number => {}
        }
        depth == 0 && token.kind == Kind::Mark(',')
    });
    parts.collect()
}

/// What an index is over: a column of its table, or an expression.
fn element(text: &str, mut tokens: &[Token], table: &Table) -> Option<IndexElement> {
    let of = |token: &Token| text.get(token.span.start..token.span.end).unwrap_or("");
    let is = |token: &Token, word: &str| token.kind == Kind::Word && of(token).eq_ignore_ascii_case(word);
    let mut order = None;
    if let [rest @ .., last] = tokens
        && !rest.is_empty()
    {
        if is(last, "ASC") {
            (order, tokens) = (Some(Order::Ascending), rest);
        } else if is(last, "DESC") {
            (order, tokens) = (Some(Order::Descending), rest);
        }
    }
    let (first, last) = (tokens.first()?, tokens.last()?);
    let expression = normal::bare(text.get(first.span.start..last.span.end)?);
    let mut element: IndexElement = sql(expression).into();
    if let Some(column) = normal::column(expression, table) {
        element.key = IndexKey::Column(column.to_owned());
    }
    // After an expression it is part of that.
    if let [name, word, collation] = tokens
        && is(word, "COLLATE")
        && let Some(column) = normal::column(of(name), table)
    {
        element.key = IndexKey::Column(column.to_owned());
        element.collation = Some(unquoted(of(collation)));
    }
    element.order = order;
    Some(element)
}

impl View {
    /// A view that gives its columns names of their own is none that the model can say.
    pub(super) fn parse(thing: &Thing<'_>) -> Result<Self, Unread> {
        let tokens = all_tokens(thing)?;
        let mut reader = Reader::over(thing.sql, &tokens);
        reader.expect_words(&["CREATE", "VIEW"])?;
        reader.name()?;
        reader.expect(&["AS"])?;
        let query = thing.sql.get(reader.last().end..).unwrap_or("");
        Ok(Self::of(&thing.name, query.trim()))
    }
}

impl Trigger {
    pub(super) fn parse(thing: &Thing<'_>) -> Result<Self, Unread> {
        let tokens = all_tokens(thing)?;
        let mut reader = Reader::over(thing.sql, &tokens);
        reader.expect_words(&["CREATE", "TRIGGER"])?;
        reader.name()?;
        let timing = if reader.word(&["AFTER"]) {
            Timing::After
        } else if reader.word(&["INSTEAD"]) {
            reader.expect(&["OF"])?;
            Timing::InsteadOf
        } else {
            reader.word(&["BEFORE"]);
            Timing::Before
        };
        let event = event(&mut reader)?;
        reader.expect(&["ON"])?;
        reader.name()?;
        if reader.word(&["FOR"]) {
            reader.expect_words(&["EACH", "ROW"])?;
        }
        let when = if reader.word(&["WHEN"]) {
            Some(condition(&mut reader)?)
        } else {
            None
        };
        if !reader.is_word(0, &["BEGIN"]) {
            return Err(reader.unread());
        }
        let start = reader.peek(0).map_or(thing.sql.len(), |token| token.span.start);
        let text = |span: Span| thing.sql.get(span.start..span.end).unwrap_or("");
        Ok(Self {
            when: when.map(|span| normal::bare(text(span)).to_owned()),
            ..Self::of(
                thing.name.name.clone(),
                &thing.table,
                timing,
                [event],
                thing.sql.get(start..).unwrap_or(""),
            )
        })
    }
}

fn event(reader: &mut Reader<'_>) -> Result<Event, Unread> {
    if reader.word(&["INSERT"]) {
        return Ok(Event::Insert);
    }
    if reader.word(&["DELETE"]) {
        return Ok(Event::Delete);
    }
    reader.expect(&["UPDATE"])?;
    if !reader.word(&["OF"]) {
        return Ok(Event::Update);
    }
    let mut columns = vec![reader.name()?.0];
    while reader.mark(',').is_some() {
        columns.push(reader.name()?.0);
    }
    Ok(Event::UpdateOf(columns))
}

/// What stands before the body. A column may be called `begin`, after a dot.
fn condition(reader: &mut Reader<'_>) -> Result<Span, Unread> {
    let first = reader.peek(0).ok_or_else(|| reader.unread())?.span;
    let mut after_dot = false;
    while after_dot || !reader.is_word(0, &["BEGIN"]) {
        after_dot = reader.is_mark('.');
        if reader.is_mark('(') {
            reader.group()?;
        } else {
            reader.skip()?;
        }
    }
    Ok(first.to(reader.last()))
}
