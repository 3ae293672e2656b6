//! The naming convention: what a constraint or index is called when its author does not say.
//!
//! The names do not depend on the database, so that a migration means the same everywhere: they fit
//! PostgreSQL's 63 bytes, the shortest limit. A schema is no part of a name: constraints and indexes live in
//! their table's schema. A name that an author gives is never changed here.

use std::fmt;

use crate::schema::{IndexElement, IndexKey};

/// The most bytes that a conventional name has: PostgreSQL cuts a longer one, with a notice only.
pub const MAX_NAME_BYTES: usize = 63;

/// `pk_<table>`.
#[must_use]
pub fn primary_key(table: &str) -> String {
    shorten(format!("pk_{table}"))
}

/// `uq_<table>_<columns>`.
#[must_use]
pub fn unique(table: &str, columns: &[String]) -> String {
    shorten(format!("uq_{table}_{}", columns.join("_")))
}

/// `fk_<table>_<columns>_<referent>`.
#[must_use]
pub fn foreign_key(table: &str, columns: &[String], referent: &str) -> String {
    shorten(format!("fk_{table}_{}_{referent}", columns.join("_")))
}

/// `ck_<table>_<subject>`: the column it is about, or its number among the table's checks.
#[must_use]
pub fn check(table: &str, subject: impl fmt::Display) -> String {
    shorten(format!("ck_{table}_{subject}"))
}

/// `ix_<table>_<columns>`, with `expr` for an expression.
#[must_use]
pub fn index(table: &str, elements: &[IndexElement]) -> String {
    let elements: Vec<&str> = elements
        .iter()
        .map(|element| match &element.key {
            IndexKey::Column(column) => column.as_str(),
            IndexKey::Expression(_) => "expr",
        })
        .collect();
    shorten(format!("ix_{table}_{}", elements.join("_")))
}

/// A name that is too long keeps its beginning and ends in a hash of the whole, so that two long names that
/// begin alike stay different, on every run and machine.
fn shorten(name: String) -> String {
    if name.len() <= MAX_NAME_BYTES {
        return name;
    }
    let suffix = format!("_{:08x}", fnv1a(&name));
    let mut end = MAX_NAME_BYTES - suffix.len();
    while !name.is_char_boundary(end) {
        end -= 1;
    }
    format!("{}{suffix}", &name[..end])
}

/// FNV-1a, 32 bits: the standard library promises no hash that stays the same from release to release.
fn fnv1a(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_follow_the_convention() {
        let columns = ["a".to_owned(), "b".to_owned()];
        assert_eq!(primary_key("t"), "pk_t");
        assert_eq!(unique("t", &columns), "uq_t_a_b");
        assert_eq!(foreign_key("t", &columns, "other"), "fk_t_a_b_other");
        assert_eq!(check("t", 2), "ck_t_2");
        assert_eq!(
            index("t", &["a".into(), crate::schema::sql("lower(b)").into()]),
            "ix_t_a_expr"
        );
    }

    #[test]
    fn a_long_name_is_cut_to_63_bytes_and_stays_unique() {
        let long = "x".repeat(80);
        let (one, other) = (primary_key(&format!("{long}1")), primary_key(&format!("{long}2")));
        assert_eq!(one.len(), MAX_NAME_BYTES);
        assert_ne!(one, other);
        assert_eq!(
            one,
            "pk_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx_cd8e56c8"
        );
    }

    #[test]
    fn a_long_name_is_not_cut_inside_a_character() {
        let name = primary_key(&"é".repeat(40));
        assert!(
            name.len() <= MAX_NAME_BYTES && name.starts_with("pk_éé"),
            "{name}"
        );
    }

    #[test]
    fn a_name_of_exactly_63_bytes_stays() {
        let table = "x".repeat(60);
        assert_eq!(primary_key(&table), format!("pk_{table}"));
    }
}
