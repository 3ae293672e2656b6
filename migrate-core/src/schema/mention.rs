//! Names in SQL that an author wrote: whether a text mentions a column, and the text after that column got another
//! name.
//!
//! It knows texts in quotes from names, and nothing else of SQL: no comment, no scope. What it answers is for the
//! simulation; no SQL of a migration is changed by it.

use std::ops::Range;

/// Whether a text mentions a name: as a word, whatever its case, or in quotes. A word before a parenthesis is a
/// function's name, and text in single quotes mentions nothing.
///
/// ```
/// use migrate_core::schema::mentions;
///
/// assert!(mentions("length(Email) > 3", "email"));
/// assert!(!mentions("kind = 'email'", "email"));
/// ```
#[must_use]
pub fn mentions(sql: &str, name: &str) -> bool {
    names(sql).any(|found| found.is(name))
}

/// A text in which a name is another from now on. It stays as it is where the new name would have to be quoted and the
/// old one is not, because how a name is quoted differs between databases.
///
/// ```
/// use migrate_core::schema::with_name;
///
/// assert_eq!(with_name("age > 0 AND note <> 'age'", "age", "years"), "years > 0 AND note <> 'age'");
/// ```
#[must_use]
pub fn with_name(sql: &str, name: &str, to: &str) -> String {
    let plain = to.starts_with(|first: char| first == '_' || first.is_ascii_lowercase())
        && to
            .chars()
            .all(|c| c == '_' || c.is_ascii_lowercase() || c.is_ascii_digit());
    let mut text = String::with_capacity(sql.len());
    let mut written = 0;
    for found in names(sql).filter(|found| found.is(name) && (plain || found.quoted)) {
        text.push_str(&sql[written..found.place.start]);
        text.push_str(to);
        written = found.place.end;
    }
    text.push_str(&sql[written..]);
    text
}

/// A name in a text: what stands between the quotes, when it is in quotes.
struct Name<'s> {
    text: &'s str,
    place: Range<usize>,
    quoted: bool,
}

impl Name<'_> {
    fn is(&self, name: &str) -> bool {
        if self.quoted {
            self.text == name
        } else {
            self.text.eq_ignore_ascii_case(name)
        }
    }
}

fn names(sql: &str) -> impl Iterator<Item = Name<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        while let Some(first) = sql[at..].chars().next() {
            let start = at;
            at += first.len_utf8();
            if matches!(first, '\'' | '"' | '`') {
                let end = sql[at..].find(first).map_or(sql.len(), |length| at + length);
                let place = at..end;
                at = sql.len().min(end + 1);
                if first != '\'' {
                    let text = &sql[place.clone()];
                    return Some(Name {
                        text,
                        place,
                        quoted: true,
                    });
                }
            } else if is_word(first) {
                let rest = &sql[at..];
                at += rest.find(|c| !is_word(c)).unwrap_or(rest.len());
                let is_function = sql[at..].trim_start().starts_with('(');
                // `NOT (`, `AND (` and their like are taken for functions too, which no column is called.
                if !is_function {
                    let place = start..at;
                    return Some(Name {
                        text: &sql[place.clone()],
                        place,
                        quoted: false,
                    });
                }
            }
        }
        None
    })
}

fn is_word(c: char) -> bool {
    c == '_' || c == '$' || c.is_alphanumeric()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_told_from_texts_functions_and_longer_words() {
        let cases = [
            ("age > 0", true),
            ("AGE>0", true),
            ("users.age IS NOT NULL", true),
            ("\"age\" > 0", true),
            ("`age` > 0", true),
            ("\"Age\" > 0", false),
            ("age(birthday) > 0", false),
            ("age (birthday) > 0", false),
            ("page > 0 OR age2 > 0 OR an_age > 0", false),
            ("note = 'age'", false),
            ("note = 'it''s age' OR age > 0", true),
            ("note = 'open age", false),
            ("\"open age", false),
            ("", false),
        ];
        for (sql, expected) in cases {
            assert_eq!(mentions(sql, "age"), expected, "{sql}");
        }
    }

    #[test]
    fn a_new_name_stands_where_the_old_one_stood() {
        assert_eq!(with_name("a > 0 AND \"a\" < A", "a", "b"), "b > 0 AND \"b\" < b");
        assert_eq!(with_name("a > 0 AND `a` < 3", "a", "B c"), "a > 0 AND `B c` < 3");
        assert_eq!(with_name("ä > 0", "ä", "b"), "b > 0");
    }
}
