//! Indexes.

use crate::dialect::sql::{Writer, may_end_in_comment};
use crate::dialect::{Dialect, Statement, Unsupported};
use crate::operation::DropIndex;
use crate::schema::{IndexElement, IndexKey, Nulls, Order};

/// `DROP INDEX`: the index stands in its table's schema.
pub(crate) fn drop_index(dialect: &dyn Dialect, drop: &DropIndex) -> Result<Statement, Unsupported> {
    Writer::new(dialect)
        .raw("DROP INDEX ")
        .raw_if(drop.if_exists, "IF EXISTS ")
        .qualified(&drop.table.sibling(&drop.name))
        .finish()
}

/// What the parts of an index can be told on a database.
pub(crate) struct ElementParts {
    /// A collation.
    pub(crate) collation: bool,
    /// An operator class.
    pub(crate) operator_class: bool,
    /// Where `NULL` stands.
    pub(crate) nulls: bool,
    /// How many characters count.
    pub(crate) length: bool,
}

/// `(elements)`: what an index is over. `column` writes a column's name. An author's element stands as it is, since
/// it may go on after the expression (`age DESC`).
pub(crate) fn index_elements(
    writer: &mut Writer<'_>,
    elements: &[IndexElement],
    parts: &ElementParts,
    column: impl Fn(&mut Writer<'_>, &str),
) {
    if elements.is_empty() {
        writer.refuse("an index over nothing", "name its columns");
    }
    writer.raw("(");
    writer.list(elements, |writer, element| {
        index_element(writer, element, parts, &column);
    });
    writer.raw(")");
}

/// One part of an index.
pub(crate) fn index_element(
    writer: &mut Writer<'_>,
    element: &IndexElement,
    parts: &ElementParts,
    column: impl Fn(&mut Writer<'_>, &str),
) {
    match &element.key {
        IndexKey::Column(name) => column(writer, name),
        IndexKey::Expression(sql) => {
            writer.raw(sql).raw_if(may_end_in_comment(sql), "\n");
        }
    }
    if let Some(length) = element.length {
        if parts.length {
            writer.raw(&format!("({length})"));
        } else {
            writer.refuse(
                "an index over the first characters of a column",
                "leave `.length(..)` out",
            );
        }
    }
    if let Some(collation) = &element.collation {
        if parts.collation {
            writer.raw(" COLLATE ").name(collation);
        } else {
            writer.refuse(
                "a collation in an index",
                "give it to the column, by `.collate(..)`",
            );
        }
    }
    if let Some(class) = &element.operator_class {
        if parts.operator_class {
            writer.raw(" ").name(class);
        } else {
            writer.refuse("an operator class", "leave `.operator_class(..)` out");
        }
    }
    match element.order {
        Some(Order::Descending) => {
            writer.raw(" DESC");
        }
        Some(Order::Ascending) | None => {}
    }
    if let Some(nulls) = element.nulls {
        if parts.nulls {
            writer.raw(match nulls {
                Nulls::First => " NULLS FIRST",
                Nulls::Last => " NULLS LAST",
            });
        } else {
            writer.refuse("saying where NULL stands in an index", "leave it out");
        }
    }
}
