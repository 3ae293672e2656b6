//! Names of a database as Rust's identifiers.
//!
//! An identifier is made of a name's ASCII letters and digits, is no keyword and none of the types that a derive's
//! expansion or the file itself names, and differs from every other one beside it. Whether the name is said too, because the
//! identifier is another one, is the business of whoever writes it.

use std::collections::{BTreeMap, BTreeSet};

use crate::schema::QualifiedName;

/// Those that are taken in one namespace.
#[derive(Debug, Default)]
pub(super) struct Identifiers(BTreeSet<String>);

impl Identifiers {
    /// The namespace of types.
    pub(super) fn of_types() -> Self {
        Self(TYPES.lines().map(str::to_owned).collect())
    }

    /// The struct of a table: `User` of `users`.
    pub(super) fn structure(&mut self, table: &QualifiedName) -> String {
        let own = singular(&pascal(&table.name));
        let row = format!("{own}Row");
        self.first([own, singular(&with_schema(table)), row], "Table")
    }

    /// The enum of an enum type.
    pub(super) fn enumeration(&mut self, name: &QualifiedName) -> String {
        let own = pascal(&name.name);
        let kind = format!("{own}Kind");
        self.first([own, with_schema(name), kind], "Enum")
    }

    /// The variant of a value.
    pub(super) fn variant(&mut self, value: &str) -> String {
        let own = pascal(value);
        self.first([own.clone(), format!("{own}Value")], "Value")
    }

    /// The fields of columns, by their names. A column has the field of its name, whatever others become.
    pub(super) fn fields<'c>(columns: impl Iterator<Item = &'c str>) -> BTreeMap<String, String> {
        let (own, made): (Vec<&str>, Vec<&str>) = columns.partition(|column| is_snake(column));
        let mut taken = Self::default();
        let columns = own.into_iter().chain(made);
        columns
            .map(|column| (column.to_owned(), taken.field(column)))
            .collect()
    }

    fn field(&mut self, column: &str) -> String {
        let own = if is_snake(column) {
            column.to_owned()
        } else {
            words(column).join("_")
        };
        let own = if begins_well(&own) || own.is_empty() {
            own
        } else {
            format!("column_{own}")
        };
        if UNRAW.contains(&own.as_str()) {
            return self.first([format!("{own}_")], "column");
        }
        if KEYWORDS.lines().any(|keyword| keyword == own) {
            return self.first([format!("r#{own}")], "column");
        }
        self.first([own], "column")
    }

    /// The first that is free, else one with a number.
    fn first<const N: usize>(&mut self, candidates: [String; N], unnamed: &str) -> String {
        let candidates = candidates.map(|candidate| match candidate.as_str() {
            "" => unnamed.to_owned(),
            "Self" => format!("Self{unnamed}"),
            one if begins_well(one) => candidate,
            _ => format!("{unnamed}{candidate}"),
        });
        let mut numbered = 2..;
        let mut chosen = candidates.iter().find(|one| !self.0.contains(*one)).cloned();
        while chosen.is_none()
            && let (Some(number), [first, ..]) = (numbered.next(), candidates.as_slice())
        {
            let first = first.strip_prefix("r#").unwrap_or(first).trim_end_matches('_');
            let part = if first.starts_with(char::is_uppercase) {
                ""
            } else {
                "_"
            };
            chosen = Some(format!("{first}{part}{number}")).filter(|one| !self.0.contains(one));
        }
        let chosen = chosen.unwrap_or_default();
        self.0.insert(chosen.clone());
        chosen
    }
}

/// Whether rustc takes it as the name of a field, and as one in the right style.
fn is_snake(name: &str) -> bool {
    let right = |one: char| one.is_ascii_lowercase() || one.is_ascii_digit() || one == '_';
    name.chars().all(right)
        && begins_well(name)
        && !name.trim_matches('_').is_empty()
        && !name.trim_matches('_').contains("__")
}

fn begins_well(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_' || first == '#')
}

/// The words of a name, in lower case: `created`, `at` of `createdAt`.
fn words(name: &str) -> Vec<String> {
    let characters: Vec<char> = name.chars().collect();
    let mut words = vec![String::new()];
    for (at, one) in characters.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| characters.get(at));
        let after = characters.get(at + 1);
        let is = |one: Option<&char>, kind: fn(&char) -> bool| one.is_some_and(kind);
        let begins = one.is_ascii_uppercase()
            && (is(before, char::is_ascii_lowercase)
                || is(before, char::is_ascii_digit)
                || (is(before, char::is_ascii_uppercase) && is(after, char::is_ascii_lowercase)));
        if begins || !one.is_ascii_alphanumeric() {
            words.push(String::new());
        }
        if one.is_ascii_alphanumeric()
            && let Some(word) = words.last_mut()
        {
            word.push(one.to_ascii_lowercase());
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// The words of a name, each with a capital: `CreatedAt`. One that has nothing else is no acronym: `Abc` of `a_b_c`.
pub(super) fn pascal(name: &str) -> String {
    let words = words(name).into_iter().map(|word| {
        let mut letters = word.chars();
        let first = letters.next().map(|first| first.to_ascii_uppercase());
        first.into_iter().chain(letters).collect::<String>()
    });
    let joined: String = words.collect();
    let is_acronym = joined.len() > 2 && joined.chars().all(|one| one.is_ascii_uppercase());
    match joined.split_at_checked(1) {
        Some((first, rest)) if is_acronym => first.to_owned() + &rest.to_ascii_lowercase(),
        _ => joined,
    }
}

fn with_schema(name: &QualifiedName) -> String {
    let schema = name.schema.as_deref().unwrap_or_default();
    pascal(&format!("{schema}.{}", name.name))
}

/// One of them, where English is plain: `User`, `Category`, `Address`.
fn singular(name: &str) -> String {
    let kept = [
        "ss", "us", "is", "uses", "ovies", "ookies", "eries", "ecies", "News",
    ];
    if kept.iter().any(|end| name.ends_with(end)) || name.len() < 4 {
        return name.to_owned();
    }
    if let Some(stem) = name.strip_suffix("ies") {
        return format!("{stem}y");
    }
    let long = ["sses", "xes", "ches", "shes"];
    let cut = if long.iter().any(|end| name.ends_with(end)) {
        "es"
    } else {
        "s"
    };
    name.strip_suffix(cut).unwrap_or(name).to_owned()
}

/// Keywords that cannot be raw.
const UNRAW: [&str; 4] = ["self", "super", "crate", "_"];

/// The lower-case keywords of all editions, reserved ones included.
const KEYWORDS: &str = include_str!("keywords.txt");

/// Types that the file, the derives or the prelude of migrations name: no table may be called so.
const TYPES: &str = include_str!("types.txt");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_identifiers_that_differ() {
        let columns = [
            "id",
            "createdAt",
            "created_at",
            "created at",
            "HTTPStatus",
            "type",
            "self",
            "Self",
            "2xl",
            "größe",
            "日本",
            "",
            "_",
            "a__b",
            "_id",
            "x: i32 } fn evil() {",
            "r#type",
        ];
        let fields = Identifiers::fields(columns.into_iter());
        let shown = columns.map(|column| format!("{column} -> {}", fields[column]));
        insta::assert_snapshot!(shown.join("\n"), @"
        id -> id
        createdAt -> created_at_2
        created_at -> created_at
        created at -> created_at_3
        HTTPStatus -> http_status
        type -> r#type
        self -> self_
        Self -> self_2
        2xl -> column_2xl
        größe -> gr_e
        日本 -> column
         -> column_2
        _ -> column_3
        a__b -> a_b
        _id -> _id
        x: i32 } fn evil() { -> x_i32_fn_evil
        r#type -> r_type
        ");
        let mut types = Identifiers::of_types();
        let tables = [
            "users",
            "user",
            "user_2",
            "categories",
            "addresses",
            "status",
            "statuses",
            "options",
            "batches",
            "self",
            "2xl",
            "Robert'); DROP TABLE x;--",
            "日本",
            "",
        ];
        let shown = tables.map(|table| format!("{table} -> {}", types.structure(&table.into())));
        insta::assert_snapshot!(shown.join("\n"), @"
        users -> User
        user -> UserRow
        user_2 -> User2
        categories -> Category
        addresses -> Address
        status -> Status
        statuses -> Statuses
        options -> OptionRow
        batches -> BatchRow
        self -> SelfTable
        2xl -> Table2xl
        Robert'); DROP TABLE x;-- -> RobertDropTableX
        日本 -> Table2
         -> Table3
        ");
    }
}
