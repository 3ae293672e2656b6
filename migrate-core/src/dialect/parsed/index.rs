//! Indexes.

use sqlparser::ast::{Expr, IndexColumn, IndexType, OrderBySort};

use super::Reader;
use crate::operation::{CreateIndex, Operation};
use crate::schema::{Index, IndexElement, IndexKey, Nulls, Order};

impl Reader<'_> {
    pub(super) fn create_index(&self, create: &sqlparser::ast::CreateIndex) -> Option<Operation> {
        if !create.with.is_empty() || !create.index_options.is_empty() || !create.alter_options.is_empty() {
            return None;
        }
        let elements = create.columns.iter().map(|column| self.element(column));
        let name = self.name(create.name.as_ref()?)?.name;
        let mut index = Index::new(
            name,
            self.name(&create.table_name)?,
            elements.collect::<Option<_>>()?,
        );
        index.unique = create.unique;
        index.nulls_not_distinct = create.nulls_distinct == Some(false);
        index.method = create
            .using
            .as_ref()
            .map(method)
            .filter(|method| method != "btree");
        index.include = self.idents(&create.include);
        index.predicate = create.predicate.as_ref().map(ToString::to_string);
        Some(Operation::CreateIndex(CreateIndex {
            index,
            if_not_exists: create.if_not_exists,
            concurrently: create.concurrently,
        }))
    }

    /// A column or an expression, and how it is ordered.
    pub(super) fn element(&self, column: &IndexColumn) -> Option<IndexElement> {
        let mut inner = &column.column.expr;
        let mut collation = None;
        if let Expr::Collate {
            expr,
            collation: name,
        } = inner
        {
            (inner, collation) = (expr, Some(self.name(name)?.name));
        }
        let mut element: IndexElement = if let Expr::Identifier(name) = inner {
            self.ident(name).as_str().into()
        } else {
            // Parentheses around it are the syntax of an index.
            let inner = if let Expr::Nested(inner) = inner {
                inner
            } else {
                inner
            };
            crate::schema::sql(inner.to_string()).into()
        };
        // A length in parentheses looks like a call.
        if let IndexKey::Expression(text) = &element.key
            && let Some((name, length)) = text.strip_suffix(')').and_then(|text| text.split_once('('))
            && let Ok(length) = length.parse()
        {
            element.key = IndexKey::Column(name.trim_matches('`').to_owned());
            element.length = Some(length);
        }
        element.collation = collation;
        element.operator_class = match &column.operator_class {
            Some(class) => Some(self.name(class)?.to_string()),
            None => None,
        };
        element.order = match &column.column.options.sort {
            Some(OrderBySort::Asc) | None => None,
            Some(OrderBySort::Desc) => Some(Order::Descending),
            Some(OrderBySort::Using(_)) => return None,
        };
        element.nulls = column.column.options.nulls_first.map(|first| match first {
            true => Nulls::First,
            false => Nulls::Last,
        });
        Some(element)
    }
}

fn method(method: &IndexType) -> String {
    method.to_string().to_ascii_lowercase()
}
