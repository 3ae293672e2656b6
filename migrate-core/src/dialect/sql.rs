//! The one writer of SQL text: whatever an operation names goes through its quoting.
//!
//! It knows no operation. Keywords, and SQL that an author wrote, are [`raw`](Writer::raw).

use crate::dialect::{Dialect, Statement, Unsupported};
use crate::schema::{Expression, QualifiedName, Type};

/// Builds one statement. The first name, literal, type or value that the dialect refuses is kept, and is what
/// [`finish`](Self::finish) returns.
pub(crate) struct Writer<'d> {
    pub(crate) dialect: &'d dyn Dialect,
    text: String,
    refused: Option<Unsupported>,
}

impl<'d> Writer<'d> {
    pub(crate) fn new(dialect: &'d dyn Dialect) -> Self {
        Self {
            dialect,
            text: String::new(),
            refused: None,
        }
    }

    /// Keywords and punctuation.
    pub(crate) fn raw(&mut self, text: &str) -> &mut Self {
        self.text.push_str(text);
        self
    }

    /// Keywords that stand there only sometimes.
    pub(crate) fn raw_if(&mut self, condition: bool, text: &str) -> &mut Self {
        if condition { self.raw(text) } else { self }
    }

    /// An identifier.
    pub(crate) fn name(&mut self, name: &str) -> &mut Self {
        self.check_name(name);
        let quoted = self.dialect.identifier(name);
        self.raw(&quoted)
    }

    /// Refuses what cannot be a name on this database.
    pub(crate) fn check_name(&mut self, name: &str) {
        if let Some((what, hint)) = self.dialect.names().refusal(name) {
            self.refuse(what, hint);
        }
    }

    /// An identifier with its schema.
    pub(crate) fn qualified(&mut self, name: &QualifiedName) -> &mut Self {
        if let Some(schema) = &name.schema {
            self.name(schema).raw(".");
        }
        self.name(&name.name)
    }

    /// `(a, b)`.
    pub(crate) fn names(&mut self, names: &[String]) -> &mut Self {
        if names.is_empty() {
            self.refuse("an empty list of columns", "name the columns");
        }
        self.raw("(").list(names, |writer, name| {
            writer.name(name);
        });
        self.raw(")")
    }

    /// Items with commas between them.
    pub(crate) fn list<T>(
        &mut self,
        items: impl IntoIterator<Item = T>,
        mut item: impl FnMut(&mut Self, T),
    ) -> &mut Self {
        for (position, value) in items.into_iter().enumerate() {
            self.raw_if(position > 0, ", ");
            item(self, value);
        }
        self
    }

    /// A text literal.
    pub(crate) fn literal(&mut self, text: &str) -> &mut Self {
        self.check_text(text);
        let quoted = self.dialect.literal(text);
        self.raw(&quoted)
    }

    /// Refuses what cannot be text on any database.
    pub(crate) fn check_text(&mut self, text: &str) {
        if text.contains('\0') {
            self.refuse(format!("the text {text:?}"), "take the NUL character out of it");
        }
    }

    /// A value.
    pub(crate) fn expression(&mut self, expression: &Expression) -> &mut Self {
        if let Expression::Text(text) = expression {
            return self.literal(text);
        }
        let spelled = self.dialect.expression(expression);
        self.fallible(spelled)
    }

    /// A type.
    pub(crate) fn ty(&mut self, ty: &Type) -> &mut Self {
        let spelled = self.dialect.column_type(ty);
        self.fallible(spelled)
    }

    /// An author's expression or condition, in parentheses that no comment in it swallows.
    pub(crate) fn parenthesised(&mut self, sql: &str) -> &mut Self {
        let text = parenthesised(sql);
        self.raw(&text)
    }

    /// How much there is of it, in bytes.
    pub(crate) fn len(&self) -> usize {
        self.text.len()
    }

    /// Keeps why this statement cannot be.
    pub(crate) fn refuse(&mut self, operation: impl Into<String>, hint: impl Into<String>) {
        if self.refused.is_none() {
            self.refused = Some(unsupported(self.dialect, operation, hint));
        }
    }

    /// The statement.
    pub(crate) fn finish(&mut self) -> Result<Statement, Unsupported> {
        if self.text.contains('\0') {
            self.refuse("a NUL character in a statement", "take it out");
        }
        match self.refused.take() {
            Some(refused) => Err(refused),
            None => Ok(Statement::new(std::mem::take(&mut self.text))),
        }
    }

    fn fallible(&mut self, spelled: Result<String, Unsupported>) -> &mut Self {
        match spelled {
            Ok(text) => self.raw(&text),
            Err(refused) => {
                self.refused.get_or_insert(refused);
                self
            }
        }
    }
}

/// An author's expression in parentheses; a line break keeps a comment at its end from swallowing the second.
pub(crate) fn parenthesised(sql: &str) -> String {
    if may_end_in_comment(sql) {
        format!("({sql}\n)")
    } else {
        format!("({sql})")
    }
}

/// Whether what follows an author's text on its line may be taken for a part of its comment.
pub(crate) fn may_end_in_comment(sql: &str) -> bool {
    sql.contains("--") || sql.contains('#')
}

/// A name in double quotes, as standard SQL has it. NUL becomes U+FFFD: it would end the text for the server.
pub(crate) fn identifier(name: &str) -> String {
    format!("\"{}\"", name.replace('\0', "\u{fffd}").replace('"', "\"\""))
}

/// A text in single quotes, as standard SQL has it. NUL becomes U+FFFD: it would end the text for the server.
pub(crate) fn literal(text: &str) -> String {
    format!("'{}'", text.replace('\0', "\u{fffd}").replace('\'', "''"))
}

/// A comparison of columns with literals, row by row where there are several, as standard SQL has it.
pub(crate) fn compared(columns: &[String], operator: &str, literals: &[String]) -> String {
    match (columns, literals) {
        ([column], [literal]) => format!("{column} {operator} {literal}"),
        _ => format!("({}) {operator} ({})", columns.join(", "), literals.join(", ")),
    }
}

/// Bytes, each as two digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    let digit = |half: u8| char::from_digit(u32::from(half), 16).unwrap_or_default();
    bytes
        .iter()
        .flat_map(|byte| [digit(byte >> 4), digit(byte & 15)])
        .collect()
}

/// What this dialect cannot do.
pub(crate) fn unsupported(
    dialect: &dyn Dialect,
    operation: impl Into<String>,
    hint: impl Into<String>,
) -> Unsupported {
    Unsupported {
        dialect: dialect.name(),
        operation: operation.into(),
        hint: hint.into(),
    }
}
