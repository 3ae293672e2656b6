//! Changes of a table's text, each of which leaves all other bytes as they are.
//!
//! A changed text is read anew, so that what was put in is understood as it was meant, or refused. What a change means
//! for rows, indexes and other tables is `alter`'s business.

use crate::dialect::sqlite::definition::{Clause, Definition, ElementKind, Unread};
use crate::dialect::sqlite::tokens::Span;

impl Definition {
    /// Its text as a table of another name, given as it is to be written; its expressions do not name the table.
    pub(super) fn renamed(&self, name: &str) -> String {
        let mut edits: Vec<(Span, &str)> = self.qualifiers().into_iter().map(|span| (span, "")).collect();
        edits.push((self.name, name));
        self.replaced(edits)
    }

    /// One more column, after the others.
    pub(super) fn with_column(&self, text: &str) -> Result<Self, Unread> {
        let last = self
            .elements
            .iter()
            .rposition(|element| matches!(element.kind, ElementKind::Column(_)));
        self.with_element(last.unwrap_or(0), text)
    }

    /// One more constraint, after everything else.
    pub(super) fn with_constraint(&self, text: &str) -> Result<Self, Unread> {
        self.with_element(self.elements.len().saturating_sub(1), text)
    }

    /// One more element after the one at `index`, set apart as that one is.
    fn with_element(&self, index: usize, text: &str) -> Result<Self, Unread> {
        let end = self.elements.get(index).map_or(0, |element| element.span.end);
        let gap = match self.gap_before(index) {
            "" => " ",
            gap => gap,
        };
        let at = Span { start: end, end };
        let edited = Self::parse(&self.replaced(vec![(at, &format!(",{gap}{text}"))]))?;
        if edited.elements.len() == self.elements.len() + 1 {
            Ok(edited)
        } else {
            Err(Unread(text.to_owned()))
        }
    }

    /// The white space right before an element.
    fn gap_before(&self, index: usize) -> &str {
        let start = self.elements.get(index).map_or(0, |element| element.span.start);
        let before = self.sql.get(..start).unwrap_or("");
        &before[before.trim_end().len()..]
    }

    /// With another name of a constraint, given as it is to be written. One without a name gets this one.
    pub(super) fn with_name(&self, clause: &Clause, name: &str) -> Result<Self, Unread> {
        let mut tokens = self.tokens.iter().filter(|token| clause.span.holds(token.span));
        let named = clause.name.as_ref().and_then(|_| tokens.nth(1));
        let start = clause.span.start;
        let (span, text) = match named {
            Some(token) => (token.span, name.to_owned()),
            None => (Span { start, end: start }, format!("CONSTRAINT {name} ")),
        };
        let edited = Self::parse(&self.replaced(vec![(span, &text)]))?;
        if edited.clauses().count() == self.clauses().count() {
            Ok(edited)
        } else {
            Err(Unread(name.to_owned()))
        }
    }

    /// Without a constraint, wherever it stands.
    pub(super) fn without_clause(&self, clause: &Clause) -> Result<Self, Unread> {
        match self
            .elements
            .iter()
            .position(|element| element.span == clause.span)
        {
            Some(index) => self.without_element(index),
            None => Self::parse(&self.replaced(vec![(self.with_gap(clause.span), "")])),
        }
    }

    /// Without the element at `index`, and without the comma that only it needed. Comments stay.
    fn without_element(&self, index: usize) -> Result<Self, Unread> {
        let Some(element) = self.elements.get(index) else {
            return Ok(self.clone());
        };
        let last = index + 1 == self.elements.len();
        let before = index
            .checked_sub(1)
            .and_then(|before| self.elements.get(before)?.comma);
        let comma = if last { before } else { element.comma };
        let mut edits = vec![(self.with_gap(element.span), "")];
        edits.extend(comma.map(|comma| (comma, "")));
        Self::parse(&self.replaced(edits))
    }

    /// A stretch with the white space before it.
    fn with_gap(&self, span: Span) -> Span {
        let before = self.sql.get(..span.start).unwrap_or("").trim_end();
        // A line break after a comment ends that comment.
        let comment = before.lines().next_back().is_some_and(|line| line.contains("--"));
        Span {
            start: if comment { span.start } else { before.len() },
            end: span.end,
        }
    }

    /// One more constraint in a column's definition.
    pub(super) fn with_clause(&self, column: &str, text: &str) -> Result<Self, Unread> {
        let Some(column) = self.column(column) else {
            return Err(Unread(text.to_owned()));
        };
        let end = column.span.end;
        let edited = Self::parse(&self.replaced(vec![(Span { start: end, end }, &format!(" {text}"))]))?;
        self.with_same_columns(edited, text)
    }

    /// With this type in a column's definition.
    pub(super) fn with_type(&self, column: &str, text: &str) -> Result<Self, Unread> {
        let Some(column) = self.column(column) else {
            return Err(Unread(text.to_owned()));
        };
        let end = column.name_span.end;
        let edited = match column.ty {
            Some(ty) => self.replaced(vec![(ty, text)]),
            None => self.replaced(vec![(Span { start: end, end }, &format!(" {text}"))]),
        };
        self.with_same_columns(Self::parse(&edited)?, text)
    }

    /// Without the constraints of a column that a question is answered with yes for.
    pub(super) fn without_clauses(
        &self,
        column: &str,
        unwanted: impl Fn(&Clause) -> bool,
    ) -> Result<Self, Unread> {
        let mut edits = Vec::new();
        for clause in self.column(column).iter().flat_map(|column| &column.clauses) {
            if unwanted(clause) {
                edits.push((self.with_gap(clause.span), ""));
            }
        }
        Self::parse(&self.replaced(edits))
    }

    /// What was put into a column's definition has not taken its neighbours in.
    fn with_same_columns(&self, edited: Self, text: &str) -> Result<Self, Unread> {
        let names = |definition: &Self| -> Vec<String> {
            let columns = definition.columns();
            columns.map(|column| column.name.clone()).collect()
        };
        if names(&edited) == names(self) && edited.elements.len() == self.elements.len() {
            Ok(edited)
        } else {
            Err(Unread(text.to_owned()))
        }
    }

    /// The text with stretches replaced that do not overlap.
    fn replaced(&self, mut edits: Vec<(Span, &str)>) -> String {
        edits.sort_by_key(|(span, _)| span.start);
        let mut text = String::with_capacity(self.sql.len());
        let mut at = 0;
        for (span, replacement) in edits {
            text.push_str(self.sql.get(at..span.start).unwrap_or(""));
            text.push_str(replacement);
            at = span.end;
        }
        text.push_str(self.sql.get(at..).unwrap_or(""));
        text
    }
}
