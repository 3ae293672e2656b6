//! Values as Rust writes them: texts, names, types, expressions, lists.
//!
//! Whatever comes from a database or a model stands in a literal that Rust's own formatter escapes, quotes, line ends and
//! invisible characters included: nothing of it is ever code, a comment or an identifier.

use crate::schema::{
    Enumeration, Expression, IndexElement, IndexKey, Nulls, Order, QualifiedName, Type, sql,
};

/// One more call at the end of a statement: `.name("uq")`.
pub(super) fn say(out: &mut String, method: &str, arguments: &str) {
    out.extend([".", method, "(", arguments, ")"]);
}

/// A text.
pub(in crate::autogenerate) fn text(text: &str) -> String {
    format!("{text:?}")
}

/// A list of texts.
pub(in crate::autogenerate) fn texts(list: &[String]) -> String {
    let list: Vec<String> = list.iter().map(|one| text(one)).collect();
    format!("[{}]", list.join(", "))
}

/// The name of a table or type.
pub(in crate::autogenerate) fn name(name: &QualifiedName) -> String {
    match &name.schema {
        Some(schema) => format!("qualified({}, {})", text(schema), text(&name.name)),
        None => text(&name.name),
    }
}

/// A type.
pub(in crate::autogenerate) fn ty(ty: &Type) -> String {
    match ty {
        Type::SmallInt => "smallint()".into(),
        Type::Integer => "integer()".into(),
        Type::BigInt => "bigint()".into(),
        Type::Numeric { precision, scale } => format!("numeric({precision}, {scale})"),
        Type::Real => "real()".into(),
        Type::Double => "double()".into(),
        Type::Text => "text()".into(),
        Type::Varchar(length) => format!("varchar({length})"),
        Type::Char(length) => format!("char({length})"),
        Type::Boolean => "boolean()".into(),
        Type::Uuid => "uuid()".into(),
        Type::Date => "date()".into(),
        Type::Time => "time()".into(),
        Type::Timestamp => "timestamp()".into(),
        Type::TimestampTz => "timestamptz()".into(),
        Type::Json => "json()".into(),
        Type::Jsonb => "jsonb()".into(),
        Type::Bytes => "bytes()".into(),
        Type::Enumeration(one) => enumeration(one),
        Type::Array(element) => format!("array_of({})", self::ty(element)),
        Type::Custom(spelling) => format!("custom({})", text(spelling)),
    }
}

/// An enum type.
pub(in crate::autogenerate) fn enumeration(enumeration: &Enumeration) -> String {
    let existing = if enumeration.existing { ".existing()" } else { "" };
    let values = if enumeration.values.is_empty() {
        "[\"\"; 0]".to_owned()
    } else {
        texts(&enumeration.values)
    };
    format!("enumeration({}, {values}){existing}", name(&enumeration.name))
}

/// A default.
pub(in crate::autogenerate) fn expression(expression: &Expression) -> String {
    match expression {
        Expression::Null => "None::<&str>".into(),
        Expression::Bool(value) => value.to_string(),
        Expression::Integer(value) => match i32::try_from(*value) {
            Ok(value) => value.to_string(),
            Err(_) => format!("{value}_i128"),
        },
        Expression::Double(bits) => match f64::from_bits(*bits) {
            number if number.is_finite() => format!("{number:?}"),
            _ => format!("f64::from_bits({bits})"),
        },
        Expression::Text(value) => text(value),
        Expression::Bytes(bytes) => {
            let bytes: Vec<String> = bytes.iter().map(ToString::to_string).collect();
            format!("Vec::<u8>::from([{}])", bytes.join(", "))
        }
        Expression::Now => "now()".into(),
        Expression::Sql(value) => format!("sql({})", text(value)),
    }
}

/// The elements of an index. Rust wants them all of one type.
pub(in crate::autogenerate) fn elements(list: &[IndexElement]) -> String {
    let columns: Option<Vec<String>> = list.iter().map(plain_column).collect();
    let expressions: Option<Vec<String>> = list.iter().map(plain_expression).collect();
    let elements = columns.or(expressions);
    let elements = elements.unwrap_or_else(|| list.iter().map(element).collect());
    format!("[{}]", elements.join(", "))
}

/// A column of which nothing more is said.
fn plain_column(element: &IndexElement) -> Option<String> {
    let column = element.column()?;
    (*element == column.into()).then(|| text(column))
}

/// An expression of which nothing more is said.
fn plain_expression(element: &IndexElement) -> Option<String> {
    match &element.key {
        IndexKey::Expression(own) if *element == sql(own).into() => Some(format!("sql({})", text(own))),
        IndexKey::Expression(_) | IndexKey::Column(_) => None,
    }
}

/// One of them.
pub(super) fn element(element: &IndexElement) -> String {
    let IndexElement {
        key,
        collation,
        operator_class,
        order,
        nulls,
        length,
    } = element;
    let mut out = match key {
        IndexKey::Column(column) => format!("key({})", text(column)),
        IndexKey::Expression(sql) => format!("migrate_core::schema::IndexElement::from(sql({}))", text(sql)),
    };
    if let Some(collation) = collation {
        say(&mut out, "collate", &text(collation));
    }
    if let Some(class) = operator_class {
        say(&mut out, "operator_class", &text(class));
    }
    out.push_str(match order {
        Some(Order::Ascending) => ".asc()",
        Some(Order::Descending) => ".desc()",
        None => "",
    });
    out.push_str(match nulls {
        Some(Nulls::First) => ".nulls_first()",
        Some(Nulls::Last) => ".nulls_last()",
        None => "",
    });
    if let Some(length) = length {
        say(&mut out, "length", &length.to_string());
    }
    out
}
