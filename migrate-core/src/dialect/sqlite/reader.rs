//! Reads the text of a `CREATE TABLE`.
//!
//! The grammar is that of <https://www.sqlite.org/lang_createtable.html>, with what SQLite takes beyond it:
//! constraints without commas between them, names in any quotes, columns without a type. What is not understood to
//! its end is refused; whether it makes sense is SQLite's business.

use crate::dialect::sqlite::definition::{Clause, Column, Definition, Element, ElementKind, Rule, Unread};
use crate::dialect::sqlite::tokens::{Kind, Span, Token, tokens, unquoted};
use crate::schema::{Action, Deferrable};

impl Definition {
    /// Reads a text to its end.
    pub(super) fn parse(sql: &str) -> Result<Self, Unread> {
        let tokens = tokens(sql).map_err(|at| unread(sql, at))?;
        let mut reader = Reader::over(sql, &tokens);
        reader.expect_words(&["CREATE", "TABLE"])?;
        let (_, name) = reader.name()?;
        reader.expect_mark('(')?;
        let elements = reader.elements()?;
        let (without_rowid, strict) = reader.options()?;
        Ok(Self {
            sql: sql.to_owned(),
            name,
            elements,
            without_rowid,
            strict,
            tokens,
        })
    }
}

pub(super) fn unread(sql: &str, at: usize) -> Unread {
    let rest = sql.get(at..).unwrap_or("");
    if rest.is_empty() {
        return Unread("its end".to_owned());
    }
    Unread(rest.chars().take(40).collect())
}

/// Reads tokens from left to right.
pub(super) struct Reader<'s> {
    sql: &'s str,
    tokens: &'s [Token],
    at: usize,
    /// What the constraint that is being read says beyond its rule.
    beyond: Vec<Span>,
}

/// What begins a constraint of a table.
const OF_TABLES: [&str; 5] = ["CONSTRAINT", "PRIMARY", "UNIQUE", "CHECK", "FOREIGN"];

/// What begins a constraint of a column, and so ends its type.
const OF_COLUMNS: [&str; 11] = [
    "CONSTRAINT",
    "PRIMARY",
    "NOT",
    "NULL",
    "UNIQUE",
    "CHECK",
    "DEFAULT",
    "COLLATE",
    "REFERENCES",
    "AS",
    "DEFERRABLE",
];

impl<'s> Reader<'s> {
    pub(super) fn over(sql: &'s str, tokens: &'s [Token]) -> Self {
        Self {
            sql,
            tokens,
            at: 0,
            beyond: Vec::new(),
        }
    }
}

impl Reader<'_> {
    pub(super) fn peek(&self, ahead: usize) -> Option<Token> {
        self.tokens.get(self.at + ahead).copied()
    }

    pub(super) fn unread(&self) -> Unread {
        unread(
            self.sql,
            self.peek(0).map_or(self.sql.len(), |token| token.span.start),
        )
    }

    /// The last token that was read.
    pub(super) fn last(&self) -> Span {
        let token = self.at.checked_sub(1).and_then(|at| self.tokens.get(at));
        token.map_or(Span { start: 0, end: 0 }, |token| token.span)
    }

    pub(super) fn text(&self, span: Span) -> &str {
        self.sql.get(span.start..span.end).unwrap_or("")
    }

    pub(super) fn is_word(&self, ahead: usize, words: &[&str]) -> bool {
        self.peek(ahead).is_some_and(|token| {
            let text = self.text(token.span);
            token.kind == Kind::Word && words.iter().any(|word| word.eq_ignore_ascii_case(text))
        })
    }

    pub(super) fn is_mark(&self, mark: char) -> bool {
        self.peek(0).is_some_and(|token| token.kind == Kind::Mark(mark))
    }

    /// Reads one of these words, when it comes next.
    pub(super) fn word(&mut self, words: &[&str]) -> bool {
        let found = self.is_word(0, words);
        self.at += usize::from(found);
        found
    }

    pub(super) fn expect(&mut self, words: &[&str]) -> Result<(), Unread> {
        if self.word(words) {
            Ok(())
        } else {
            Err(self.unread())
        }
    }

    /// Reads these words, one after the other.
    pub(super) fn expect_words(&mut self, words: &[&str]) -> Result<(), Unread> {
        words.iter().try_for_each(|word| self.expect(&[*word]))
    }

    pub(super) fn mark(&mut self, mark: char) -> Option<Span> {
        let token = self.peek(0).filter(|token| token.kind == Kind::Mark(mark))?;
        self.at += 1;
        Some(token.span)
    }

    pub(super) fn expect_mark(&mut self, mark: char) -> Result<Span, Unread> {
        self.mark(mark).ok_or_else(|| self.unread())
    }

    /// A name, in whatever quotes.
    pub(super) fn name(&mut self) -> Result<(String, Span), Unread> {
        match self.peek(0) {
            Some(Token {
                kind: Kind::Word | Kind::Quoted | Kind::Text,
                span,
            }) => {
                self.at += 1;
                Ok((unquoted(self.text(span)), span))
            }
            Some(_) | None => Err(self.unread()),
        }
    }

    /// Whatever comes next.
    pub(super) fn skip(&mut self) -> Result<(), Unread> {
        self.peek(0).ok_or_else(|| self.unread())?;
        self.at += 1;
        Ok(())
    }

    /// Whatever stands in parentheses, which are part of it.
    pub(super) fn group(&mut self) -> Result<Span, Unread> {
        let start = self.expect_mark('(')?;
        let mut depth = 1_usize;
        while depth > 0 {
            let token = self.peek(0).ok_or_else(|| self.unread())?;
            match token.kind {
                Kind::Mark('(') => depth += 1,
                Kind::Mark(')') => depth -= 1,
                Kind::Mark(_) | Kind::Word | Kind::Quoted | Kind::Text | Kind::Number => {}
            }
            self.at += 1;
        }
        Ok(start.to(self.last()))
    }

    /// `(a, b COLLATE nocase DESC)`: names, each with what may follow it.
    fn names(&mut self) -> Result<(Vec<String>, bool), Unread> {
        self.expect_mark('(')?;
        let mut names = Vec::new();
        let mut autoincrement = false;
        loop {
            names.push(self.name()?.0);
            if self.word(&["COLLATE"]) {
                let start = self.last();
                self.name()?;
                self.beyond.push(start.to(self.last()));
            }
            if !self.word(&["ASC"]) && self.word(&["DESC"]) {
                self.beyond.push(self.last());
            }
            if self.word(&["AUTOINCREMENT"]) {
                autoincrement = true;
            }
            if self.mark(',').is_none() {
                self.expect_mark(')')?;
                return Ok((names, autoincrement));
            }
        }
    }

    /// Columns and constraints, and the parenthesis that ends them.
    fn elements(&mut self) -> Result<Vec<Element>, Unread> {
        let mut elements: Vec<Element> = Vec::new();
        loop {
            let kind = if self.is_word(0, &OF_TABLES) {
                ElementKind::Constraint(self.table_constraint()?)
            } else if elements
                .iter()
                .all(|element| matches!(element.kind, ElementKind::Column(_)))
            {
                ElementKind::Column(self.column()?)
            } else {
                return Err(self.unread());
            };
            let span = match &kind {
                ElementKind::Column(column) => column.span,
                ElementKind::Constraint(clause) => clause.span,
            };
            let is_column = matches!(kind, ElementKind::Column(_));
            let comma = self.mark(',');
            elements.push(Element { span, comma, kind });
            if comma.is_none() {
                if self.mark(')').is_some() {
                    return Ok(elements);
                }
                if is_column || !self.is_word(0, &OF_TABLES) {
                    return Err(self.unread());
                }
            }
        }
    }

    /// What stands after the columns: whether `WITHOUT ROWID` is among it, and `STRICT`.
    fn options(&mut self) -> Result<(bool, bool), Unread> {
        let (mut without_rowid, mut strict) = (false, false);
        while self.peek(0).is_some() {
            if self.word(&["WITHOUT"]) {
                self.expect(&["ROWID"])?;
                without_rowid = true;
            } else {
                self.expect(&["STRICT"])?;
                strict = true;
            }
            if self.peek(0).is_some() {
                self.expect_mark(',')?;
            }
        }
        Ok((without_rowid, strict))
    }

    fn column(&mut self) -> Result<Column, Unread> {
        let (name, name_span) = self.name()?;
        let ty = self.column_type()?;
        let mut clauses = Vec::new();
        while !self.is_mark(',') && !self.is_mark(')') {
            clauses.push(self.column_constraint(&name)?);
        }
        Ok(Column {
            name,
            span: name_span.to(self.last()),
            name_span,
            ty,
            clauses,
        })
    }

    /// Words, then at most one pair of parentheses. `GENERATED ALWAYS AS` is no type.
    fn column_type(&mut self) -> Result<Option<Span>, Unread> {
        let mut ty: Option<Span> = None;
        while let Some(token) = self.peek(0) {
            let generated =
                self.is_word(0, &["GENERATED"]) && self.is_word(1, &["ALWAYS"]) && self.is_word(2, &["AS"]);
            let named = matches!(token.kind, Kind::Word | Kind::Quoted | Kind::Text);
            if !named || generated || self.is_word(0, &OF_COLUMNS) {
                break;
            }
            self.at += 1;
            ty = Some(ty.unwrap_or(token.span).to(token.span));
        }
        match ty {
            Some(words) if self.is_mark('(') => Ok(Some(words.to(self.group()?))),
            Some(_) | None => Ok(ty),
        }
    }

    fn constraint_name(&mut self) -> Result<Option<String>, Unread> {
        if self.word(&["CONSTRAINT"]) {
            Ok(Some(self.name()?.0))
        } else {
            Ok(None)
        }
    }

    fn column_constraint(&mut self, column: &str) -> Result<Clause, Unread> {
        let first = self.peek(0).ok_or_else(|| self.unread())?.span;
        let name = self.constraint_name()?;
        let columns = vec![column.to_owned()];
        let rule = if self.word(&["PRIMARY"]) {
            self.expect(&["KEY"])?;
            let descending = !self.word(&["ASC"]) && self.word(&["DESC"]);
            self.on_conflict()?;
            Rule::PrimaryKey {
                columns,
                descending,
                autoincrement: self.word(&["AUTOINCREMENT"]),
            }
        } else if self.word(&["UNIQUE"]) {
            self.on_conflict()?;
            Rule::Unique { columns }
        } else if self.is_word(0, &["NOT"]) && self.is_word(1, &["NULL"]) {
            self.at += 2;
            self.on_conflict()?;
            Rule::NotNull
        } else if self.word(&["NULL"]) {
            self.on_conflict()?;
            Rule::Null
        } else if self.word(&["CHECK"]) {
            Rule::Check(self.group()?)
        } else if self.word(&["DEFAULT"]) {
            Rule::Default(self.default()?)
        } else if self.word(&["COLLATE"]) {
            Rule::Collate(self.name()?.0)
        } else if self.is_word(0, &["REFERENCES"]) {
            self.references(columns)?
        } else if self.is_word(0, &["GENERATED", "AS"]) {
            if self.word(&["GENERATED"]) {
                self.expect(&["ALWAYS"])?;
            }
            self.expect(&["AS"])?;
            let expression = self.group()?;
            let stored = !self.word(&["VIRTUAL"]) && self.word(&["STORED"]);
            Rule::Generated(expression, stored)
        } else if self.deferrable()?.is_some() {
            Rule::Deferrable
        } else {
            return Err(self.unread());
        };
        Ok(Clause {
            span: first.to(self.last()),
            name,
            rule,
            beyond: std::mem::take(&mut self.beyond),
        })
    }

    fn table_constraint(&mut self) -> Result<Clause, Unread> {
        let first = self.peek(0).ok_or_else(|| self.unread())?.span;
        let name = self.constraint_name()?;
        let rule = if self.word(&["PRIMARY"]) {
            self.expect(&["KEY"])?;
            let (columns, autoincrement) = self.names()?;
            self.on_conflict()?;
            Rule::PrimaryKey {
                columns,
                descending: false,
                autoincrement,
            }
        } else if self.word(&["UNIQUE"]) {
            let (columns, _) = self.names()?;
            self.on_conflict()?;
            Rule::Unique { columns }
        } else if self.word(&["CHECK"]) {
            let condition = self.group()?;
            self.on_conflict()?;
            Rule::Check(condition)
        } else {
            self.expect_words(&["FOREIGN", "KEY"])?;
            let (columns, _) = self.names()?;
            self.references(columns)?
        };
        Ok(Clause {
            span: first.to(self.last()),
            name,
            rule,
            beyond: std::mem::take(&mut self.beyond),
        })
    }

    fn on_conflict(&mut self) -> Result<(), Unread> {
        if self.word(&["ON"]) {
            let start = self.last();
            self.expect(&["CONFLICT"])?;
            // It is what happens anyway.
            if !self.word(&["ABORT"]) {
                self.expect(&["ROLLBACK", "FAIL", "IGNORE", "REPLACE"])?;
                self.beyond.push(start.to(self.last()));
            }
        }
        Ok(())
    }

    /// A literal, a word, a signed number, or an expression in parentheses.
    fn default(&mut self) -> Result<Span, Unread> {
        if self.is_mark('(') {
            return self.group();
        }
        let start = self.at;
        if self.mark('-').is_none() {
            self.mark('+');
        }
        match self.peek(0).map(|token| token.kind) {
            Some(Kind::Word | Kind::Quoted | Kind::Text | Kind::Number) => {
                self.at += 1;
                let first = self.tokens.get(start).map_or(self.last(), |token| token.span);
                Ok(first.to(self.last()))
            }
            Some(Kind::Mark(_)) | None => Err(self.unread()),
        }
    }

    fn references(&mut self, columns: Vec<String>) -> Result<Rule, Unread> {
        self.expect(&["REFERENCES"])?;
        let (referent, _) = self.name()?;
        let mut referent_columns = Vec::new();
        if self.is_mark('(') {
            (referent_columns, _) = self.names()?;
        }
        let (mut on_delete, mut on_update, mut deferrable) = (None, None, None);
        let mut match_full = false;
        loop {
            if self.word(&["MATCH"]) {
                match_full = self.name()?.0.eq_ignore_ascii_case("FULL");
            } else if self.word(&["ON"]) {
                let on = if self.word(&["DELETE"]) {
                    Some(&mut on_delete)
                } else if self.word(&["UPDATE"]) {
                    Some(&mut on_update)
                } else {
                    self.expect(&["INSERT"])?;
                    None
                };
                let action = self.action()?;
                // What happens on INSERT is read and means nothing.
                if let Some(on) = on {
                    *on = Some(action);
                }
            } else if let Some(when) = self.deferrable()? {
                deferrable = when;
            } else {
                return Ok(Rule::ForeignKey {
                    columns,
                    referent,
                    referent_columns,
                    on_delete,
                    on_update,
                    match_full,
                    deferrable,
                });
            }
        }
    }

    fn action(&mut self) -> Result<Action, Unread> {
        if self.word(&["SET"]) {
            if self.word(&["NULL"]) {
                return Ok(Action::SetNull);
            }
            return self.expect(&["DEFAULT"]).map(|()| Action::SetDefault);
        }
        if self.word(&["NO"]) {
            return self.expect(&["ACTION"]).map(|()| Action::NoAction);
        }
        if self.word(&["CASCADE"]) {
            return Ok(Action::Cascade);
        }
        self.expect(&["RESTRICT"]).map(|()| Action::Restrict)
    }

    /// `[NOT] DEFERRABLE [INITIALLY ..]`, when it comes next: when it is checked.
    fn deferrable(&mut self) -> Result<Option<Option<Deferrable>>, Unread> {
        let not = self.is_word(0, &["NOT"]) && self.is_word(1, &["DEFERRABLE"]);
        self.at += usize::from(not);
        if !self.word(&["DEFERRABLE"]) {
            return Ok(None);
        }
        let mut when = Deferrable::InitiallyImmediate;
        if self.word(&["INITIALLY"]) {
            if self.word(&["DEFERRED"]) {
                when = Deferrable::InitiallyDeferred;
            } else {
                self.expect(&["IMMEDIATE"])?;
            }
        }
        Ok(Some((!not).then_some(when)))
    }
}
