//! The constraints of a definition by the names that directives call them by.
//!
//! SQLite does not look at the names of constraints. One without a name goes by that which the naming convention would
//! have given it.

use crate::dialect::sqlite::definition::{Clause, Column, Definition, Rule};
use crate::dialect::sqlite::tokens::{Kind, Span, unquoted};
use crate::schema::naming;

/// All constraints, each with the column in whose definition it stands, and with its number if it is a check.
pub(super) fn numbered(definition: &Definition) -> impl Iterator<Item = (Option<&Column>, usize, &Clause)> {
    let in_columns = definition
        .columns()
        .flat_map(|column| column.clauses.iter().map(move |clause| (Some(column), clause)));
    let after = definition.constraints().map(|clause| (None, clause));
    in_columns.chain(after).scan(0, |checks, (of, clause)| {
        *checks += usize::from(matches!(clause.rule, Rule::Check(_)));
        Some((of, *checks, clause))
    })
}

/// The name of one of them in a table of this name.
pub(super) fn name_of(table: &str, of: Option<&Column>, number: usize, clause: &Clause) -> String {
    if let Some(name) = &clause.name {
        return name.clone();
    }
    match (&clause.rule, of) {
        (Rule::PrimaryKey { .. }, _) => naming::primary_key(table),
        (Rule::Unique { columns }, _) => naming::unique(table, columns),
        (
            Rule::ForeignKey {
                columns, referent, ..
            },
            _,
        ) => naming::foreign_key(table, columns, referent),
        (_, Some(column)) => naming::check(table, &column.name),
        (_, None) => naming::check(table, number),
    }
}

impl Definition {
    /// The values to which a constraint keeps the column in whose definition it stands, when it is the check of an
    /// enumeration as directives write it: its name begins as the convention's, whatever the table and the column were
    /// called when they were made, and the column's type has room for the longest value.
    pub(super) fn enumerated(&self, column: &Column, clause: &Clause) -> Option<Vec<String>> {
        let Rule::Check(condition) = clause.rule else {
            return None;
        };
        let values = self.list_of_values(condition, &column.name)?;
        let lengths = values.iter().map(|value| value.chars().count());
        let length = lengths.max().unwrap_or(0);
        let named = clause.name.as_ref().is_some_and(|name| name.starts_with("ck_"));
        let fits = self
            .type_of(column)
            .eq_ignore_ascii_case(&format!("VARCHAR({length})"));
        (named && fits).then_some(values)
    }

    /// The texts of `(column IN ('a', 'b'))`.
    fn list_of_values(&self, condition: Span, column: &str) -> Option<Vec<String>> {
        let mut tokens = self.tokens.iter().filter(|token| condition.holds(token.span));
        let mut next = || tokens.next().map(|token| (token.kind, self.text(token.span)));
        let opens = next()?.0 == Kind::Mark('(')
            && unquoted(next()?.1).eq_ignore_ascii_case(column)
            && next()?.1.eq_ignore_ascii_case("IN")
            && next()?.0 == Kind::Mark('(');
        let mut values = Vec::new();
        let mut open = opens;
        while open {
            open = match next()? {
                (Kind::Text, value) if value.starts_with('\'') => {
                    values.push(unquoted(value));
                    next()?.0 == Kind::Mark(',')
                }
                // There may be no value at all.
                (Kind::Mark(')'), _) if values.is_empty() => false,
                _ => return None,
            };
        }
        (opens && next()?.0 == Kind::Mark(')') && next().is_none()).then_some(values)
    }
}
