//! An index.

use crate::schema::{Backend, QualifiedName, Sql, mentions};

/// An index of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Index {
    /// Its name; it lives in the table's schema.
    pub name: String,
    /// The table it belongs to.
    pub table: QualifiedName,
    /// What it is over, in order.
    pub elements: Vec<IndexElement>,
    /// Whether no two rows may have the same values.
    pub unique: bool,
    /// Whether `NULL` counts as a value of which a unique index takes only one.
    pub nulls_not_distinct: bool,
    /// The access method (`gin`), where the database has several. On `MySQL` also the kind (`fulltext`, `spatial`).
    pub method: Option<String>,
    /// Columns that it stores without being ordered by them.
    pub include: Vec<String>,
    /// The condition, in SQL, of the rows that it covers; all of them without one.
    pub predicate: Option<String>,
    /// What one database alone knows, in its SQL: `WITH (fillfactor = 70)`.
    pub options: Vec<(Backend, String)>,
}

impl Index {
    /// An index over these elements that says no more than that.
    #[must_use]
    pub fn new(
        name: impl Into<String>,
        table: impl Into<QualifiedName>,
        elements: Vec<IndexElement>,
    ) -> Self {
        Self {
            name: name.into(),
            table: table.into(),
            elements,
            unique: false,
            nulls_not_distinct: false,
            method: None,
            include: Vec::new(),
            predicate: None,
            options: Vec::new(),
        }
    }

    /// Whether it is about a column. In an author's own SQL a column is told by its name.
    #[must_use]
    pub fn involves(&self, column: &str) -> bool {
        self.elements.iter().any(|element| element.involves(column))
            || self.include.iter().any(|name| name == column)
            || self.predicate.as_ref().is_some_and(|sql| mentions(sql, column))
    }
}

/// One part of an index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndexElement {
    /// What it is over.
    pub key: IndexKey,
    /// The collation that it is ordered by, instead of the column's.
    pub collation: Option<String>,
    /// The operator class (`gin_trgm_ops`), where the database has such.
    pub operator_class: Option<String>,
    /// Its direction; ascending without one.
    pub order: Option<Order>,
    /// Where `NULL` stands; where the database puts it without one.
    pub nulls: Option<Nulls>,
    /// How many characters of the column it takes, where a database wants to know.
    pub length: Option<u32>,
}

/// What a part of an index is over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IndexKey {
    /// A column, by name.
    Column(String),
    /// An element in SQL: an expression, and what may follow it (`age DESC`). PostgreSQL wants parentheses
    /// around an expression that is not a function call.
    Expression(String),
}

/// A direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// From the least.
    Ascending,
    /// From the greatest.
    Descending,
}

/// Where `NULL` stands in an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nulls {
    /// Before every value.
    First,
    /// After every value.
    Last,
}

/// A column as part of an index, to be refined: `key("created_at").desc()`. Without refinement its name is enough.
#[must_use]
pub fn key(column: &str) -> IndexElement {
    column.into()
}

impl IndexElement {
    /// Whether it is about a column. In an author's own SQL a column is told by its name.
    #[must_use]
    pub fn involves(&self, column: &str) -> bool {
        match &self.key {
            IndexKey::Column(name) => name == column,
            IndexKey::Expression(sql) => mentions(sql, column),
        }
    }

    /// The column that it is over, when it is no expression.
    #[must_use]
    pub fn column(&self) -> Option<&str> {
        match &self.key {
            IndexKey::Column(name) => Some(name),
            IndexKey::Expression(_) => None,
        }
    }

    fn over(key: IndexKey) -> Self {
        Self {
            key,
            collation: None,
            operator_class: None,
            order: None,
            nulls: None,
            length: None,
        }
    }

    /// From the greatest value to the least.
    #[must_use]
    pub fn desc(mut self) -> Self {
        self.order = Some(Order::Descending);
        self
    }

    /// From the least value to the greatest, which every database does by itself.
    #[must_use]
    pub fn asc(mut self) -> Self {
        self.order = Some(Order::Ascending);
        self
    }

    /// `NULL` before every value.
    #[must_use]
    pub fn nulls_first(mut self) -> Self {
        self.nulls = Some(Nulls::First);
        self
    }

    /// `NULL` after every value.
    #[must_use]
    pub fn nulls_last(mut self) -> Self {
        self.nulls = Some(Nulls::Last);
        self
    }

    /// Ordered by this collation.
    #[must_use]
    pub fn collate(mut self, collation: &str) -> Self {
        self.collation = Some(collation.into());
        self
    }

    /// With this operator class (`gin_trgm_ops`).
    #[must_use]
    pub fn operator_class(mut self, class: &str) -> Self {
        self.operator_class = Some(class.into());
        self
    }

    /// Over the first characters only (`MySQL`).
    #[must_use]
    pub fn length(mut self, characters: u32) -> Self {
        self.length = Some(characters);
        self
    }
}

impl From<&str> for IndexElement {
    fn from(column: &str) -> Self {
        Self::over(IndexKey::Column(column.into()))
    }
}

impl From<&String> for IndexElement {
    fn from(column: &String) -> Self {
        column.as_str().into()
    }
}

impl From<String> for IndexElement {
    fn from(column: String) -> Self {
        Self::over(IndexKey::Column(column))
    }
}

impl From<Sql> for IndexElement {
    fn from(Sql(text): Sql) -> Self {
        Self::over(IndexKey::Expression(text))
    }
}
