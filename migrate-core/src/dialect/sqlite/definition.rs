//! The text of a `CREATE TABLE` as the catalog keeps it, and what stands where in it.
//!
//! The text is the truth, and this is an index into it. `reader` makes it, and `edit` changes it.

use crate::dialect::sqlite::tokens::{Kind, Span, Token, mentions, unquoted};
use crate::schema::{Action, Deferrable};

/// A table's text, and what stands where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Definition {
    pub(super) sql: String,
    pub(super) tokens: Vec<Token>,
    /// The table's name.
    pub(super) name: Span,
    /// Columns and constraints, in their order.
    pub(super) elements: Vec<Element>,
    /// Whether it is `WITHOUT ROWID`.
    pub(super) without_rowid: bool,
    /// Whether it is `STRICT`.
    pub(super) strict: bool,
}

/// What stands between two commas.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Element {
    pub(super) span: Span,
    /// The comma after it.
    pub(super) comma: Option<Span>,
    pub(super) kind: ElementKind,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum ElementKind {
    Column(Column),
    Constraint(Clause),
}

/// A column's definition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Column {
    pub(super) name: String,
    pub(super) span: Span,
    pub(super) name_span: Span,
    pub(super) ty: Option<Span>,
    pub(super) clauses: Vec<Clause>,
}

/// A constraint, of a column or of the table, with the `CONSTRAINT` that names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Clause {
    pub(super) span: Span,
    pub(super) name: Option<String>,
    pub(super) rule: Rule,
    /// What it says beyond its rule: `ON CONFLICT ..`, and how the columns of a key are ordered and compared.
    pub(super) beyond: Vec<Span>,
}

/// What a constraint says. One of a column is over that column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Rule {
    PrimaryKey {
        columns: Vec<String>,
        /// `DESC` in a column's definition, which keeps it from being the row id.
        descending: bool,
        autoincrement: bool,
    },
    Unique {
        columns: Vec<String>,
    },
    ForeignKey {
        columns: Vec<String>,
        referent: String,
        referent_columns: Vec<String>,
        on_delete: Option<Action>,
        on_update: Option<Action>,
        match_full: bool,
        deferrable: Option<Deferrable>,
    },
    /// With its condition, parentheses included.
    Check(Span),
    NotNull,
    Null,
    /// With its value.
    Default(Span),
    /// With the collation's name.
    Collate(String),
    /// With its expression, parentheses included, and whether it is stored.
    Generated(Span, bool),
    /// `DEFERRABLE` that follows nothing.
    Deferrable,
}

/// What could not be read, as the text goes on from there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Unread(pub(super) String);

impl Definition {
    pub(super) fn columns(&self) -> impl Iterator<Item = &Column> {
        self.elements.iter().filter_map(|element| match &element.kind {
            ElementKind::Column(column) => Some(column),
            ElementKind::Constraint(_) => None,
        })
    }

    /// The column of a name, in any case: SQLite's names differ in their letters, not in ASCII's case.
    pub(super) fn column(&self, name: &str) -> Option<&Column> {
        self.columns()
            .find(|column| column.name.eq_ignore_ascii_case(name))
    }

    /// The constraints that stand after the columns.
    pub(super) fn constraints(&self) -> impl Iterator<Item = &Clause> {
        self.elements.iter().filter_map(|element| match &element.kind {
            ElementKind::Column(_) => None,
            ElementKind::Constraint(clause) => Some(clause),
        })
    }

    /// All constraints: those of its columns, then those after them.
    pub(super) fn clauses(&self) -> impl Iterator<Item = &Clause> {
        let of_columns = self.columns().flat_map(|column| &column.clauses);
        of_columns.chain(self.constraints())
    }

    /// The columns of its primary key.
    pub(super) fn primary_key(&self) -> Option<&[String]> {
        self.clauses().find_map(|clause| match &clause.rule {
            Rule::PrimaryKey { columns, .. } => Some(columns.as_slice()),
            Rule::Unique { .. }
            | Rule::ForeignKey { .. }
            | Rule::Check(_)
            | Rule::NotNull
            | Rule::Null
            | Rule::Default(_)
            | Rule::Collate(_)
            | Rule::Generated(..)
            | Rule::Deferrable => None,
        })
    }

    pub(super) fn has_foreign_keys(&self) -> bool {
        self.clauses()
            .any(|clause| matches!(clause.rule, Rule::ForeignKey { .. }))
    }

    /// Whether a foreign key of it points to this table.
    pub(super) fn refers_to(&self, table: &str) -> bool {
        self.clauses().any(|clause| {
            matches!(&clause.rule, Rule::ForeignKey { referent, .. } if referent.eq_ignore_ascii_case(table))
        })
    }

    /// Whether its rows are numbered by `AUTOINCREMENT`.
    pub(super) fn autoincrement(&self) -> bool {
        self.clauses().any(|clause| {
            matches!(
                clause.rule,
                Rule::PrimaryKey {
                    autoincrement: true,
                    ..
                }
            )
        })
    }

    /// The column that is the row id (<https://www.sqlite.org/lang_createtable.html#rowid>): of the type `INTEGER`,
    /// by exactly this word, and alone the primary key. `DESC` in the column's own definition makes it an ordinary
    /// one.
    pub(super) fn row_id(&self) -> Option<&Column> {
        if self.without_rowid {
            return None;
        }
        let [name] = self.primary_key()? else {
            return None;
        };
        let descending = self
            .clauses()
            .any(|clause| matches!(clause.rule, Rule::PrimaryKey { descending: true, .. }));
        self.column(name)
            .filter(|column| !descending && self.type_of(column).eq_ignore_ascii_case("INTEGER"))
    }

    /// A column's type, as it is written.
    pub(super) fn type_of(&self, column: &Column) -> &str {
        column.ty.map_or("", |ty| self.text(ty))
    }

    pub(super) fn text(&self, span: Span) -> &str {
        self.sql.get(span.start..span.end).unwrap_or("")
    }

    /// Whether a stretch of it may mean this column.
    pub(super) fn mentions(&self, within: Span, column: &str) -> bool {
        mentions(&self.sql, &self.tokens, within, column)
    }

    /// Where its checks say `table.column`: the stretches of `table.`, with a schema before it or without. The table has
    /// another name while it is rebuilt, and no other table can be meant.
    pub(super) fn qualifiers(&self) -> Vec<Span> {
        let table = unquoted(self.text(self.name));
        let mut found: Vec<Span> = Vec::new();
        for clause in self.clauses() {
            let Rule::Check(within) = clause.rule else {
                continue;
            };
            let tokens: Vec<&Token> = self
                .tokens
                .iter()
                .filter(|token| within.holds(token.span))
                .collect();
            for (index, pair) in tokens.windows(2).enumerate() {
                let [name, dot] = pair else { continue };
                if dot.kind != Kind::Mark('.')
                    || !matches!(name.kind, Kind::Word | Kind::Quoted)
                    || !unquoted(self.text(name.span)).eq_ignore_ascii_case(&table)
                {
                    continue;
                }
                let schema = match index.checked_sub(2).and_then(|before| tokens.get(before..index)) {
                    Some([schema, dot]) if dot.kind == Kind::Mark('.') => Some(schema.span),
                    Some(_) | None => None,
                };
                found.push(schema.unwrap_or(name.span).to(dot.span));
            }
        }
        found
    }
}
