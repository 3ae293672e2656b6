//! Names of packages and binaries: what cargo and rustc take, and what a folder's name becomes.

use std::fmt;

/// The longest name that registries take.
const LONGEST: usize = 64;

/// Names that cannot be a crate's: keywords of any edition, crates and folders of the compiler and of cargo, what every
/// project here depends on, and files that Windows does not have.
const RESERVED: &str = "\
    abstract as async await become box break const continue crate do dyn else enum extern false final fn for gen if \
    impl in let loop macro match mod move mut override priv pub ref return self static struct super trait true try \
    type typeof unsafe unsized use virtual where while yield \
    alloc core proc_macro std test build deps examples incremental \
    migrate_cli migrate_core migrate_graph migrate_macros \
    aux con nul prn com0 com1 com2 com3 com4 com5 com6 com7 com8 com9 lpt0 lpt1 lpt2 lpt3 lpt4 lpt5 lpt6 lpt7 lpt8 lpt9";

/// Why a name cannot be a package's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Illegal {
    Empty,
    TooLong,
    FirstCharacter,
    Character(char),
    Reserved,
}

impl fmt::Display for Illegal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("it is empty"),
            Self::TooLong => write!(f, "it has more than {LONGEST} characters"),
            Self::FirstCharacter => f.write_str("it does not begin with a letter"),
            Self::Character(character) => {
                write!(
                    f,
                    "it has {character:?}; letters, digits, `-` and `_` are allowed"
                )
            }
            Self::Reserved => {
                f.write_str("the name is taken by Rust, cargo, Windows or a crate of this tool")
            }
        }
    }
}

/// Whether a name can be a package's, and its library's with `_` for `-`.
pub(super) fn check(name: &str) -> Result<(), Illegal> {
    let first = name.chars().next().ok_or(Illegal::Empty)?;
    if let Some(character) = name.chars().find(|&character| !is_allowed(character)) {
        return Err(Illegal::Character(character));
    }
    if !first.is_ascii_alphabetic() {
        return Err(Illegal::FirstCharacter);
    }
    if name.len() > LONGEST {
        return Err(Illegal::TooLong);
    }
    let library = library(name);
    if RESERVED
        .split(' ')
        .any(|reserved| reserved.eq_ignore_ascii_case(&library))
    {
        return Err(Illegal::Reserved);
    }
    Ok(())
}

/// The package's name for a folder: the folder's in lower case, with one `-` for whatever a package's cannot have,
/// and `migrations` before it when that is still none.
pub(super) fn of_folder(folder: &str) -> String {
    let mut name = String::new();
    for character in folder.chars().map(|character| character.to_ascii_lowercase()) {
        if is_allowed(character) {
            name.push(character);
        } else if !name.ends_with('-') {
            name.push('-');
        }
    }
    let name = name.trim_matches(['-', '_']);
    let shortened = name
        .get(..LONGEST / 2)
        .unwrap_or(name)
        .trim_end_matches(['-', '_']);
    match check(shortened) {
        Ok(()) => shortened.to_owned(),
        Err(Illegal::Empty) => "migrations".to_owned(),
        Err(_) => format!("migrations-{shortened}"),
    }
}

/// The name of a package's library in Rust.
pub(super) fn library(package: &str) -> String {
    package.replace('-', "_")
}

const fn is_allowed(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '-' | '_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_folder_s_name_becomes_a_legal_one() {
        let folders = [
            "shop",
            "Shop_DB",
            "my shop",
            "a\"; b",
            "x}\n[y]",
            "café",
            "データ",
            "",
            "-",
            "fn",
            "Self",
            "test",
            "std",
            "2026-shop",
            "migrate-core",
            "nul",
            "..",
            "-_-x--",
        ];
        let mut shown: Vec<String> = folders
            .iter()
            .map(|folder| format!("{folder:?} {}", of_folder(folder)))
            .collect();
        let long = of_folder(&"x".repeat(300));
        shown.push(format!("300 x: {} x", long.len()));
        insta::assert_snapshot!(shown.join("\n"), @r#"
        "shop" shop
        "Shop_DB" shop_db
        "my shop" my-shop
        "a\"; b" a-b
        "x}\n[y]" x-y
        "café" caf
        "データ" migrations
        "" migrations
        "-" migrations
        "fn" migrations-fn
        "Self" migrations-self
        "test" migrations-test
        "std" migrations-std
        "2026-shop" migrations-2026-shop
        "migrate-core" migrations-migrate-core
        "nul" migrations-nul
        ".." migrations
        "-_-x--" x
        300 x: 32 x
        "#);
        for name in folders.iter().map(|folder| of_folder(folder)).chain([long]) {
            assert_eq!(check(&name), Ok(()), "{name}");
        }
    }

    #[test]
    fn a_name_that_was_given_is_taken_as_it_is_or_refused() {
        for name in ["shop", "Shop-2", "a_b"] {
            assert_eq!(check(name), Ok(()), "{name}");
        }
        let refused = [
            "",
            "2shop",
            "_x",
            "a b",
            "a.b",
            "é",
            "a\"b",
            "STD",
            "proc-macro",
            "migrate_core",
        ];
        let shown = refused.map(|name| format!("{name:?} {}", check(name).unwrap_err()));
        insta::assert_snapshot!(shown.join("\n"), @r#"
        "" it is empty
        "2shop" it does not begin with a letter
        "_x" it does not begin with a letter
        "a b" it has ' '; letters, digits, `-` and `_` are allowed
        "a.b" it has '.'; letters, digits, `-` and `_` are allowed
        "é" it has 'é'; letters, digits, `-` and `_` are allowed
        "a\"b" it has '"'; letters, digits, `-` and `_` are allowed
        "STD" the name is taken by Rust, cargo, Windows or a crate of this tool
        "proc-macro" the name is taken by Rust, cargo, Windows or a crate of this tool
        "migrate_core" the name is taken by Rust, cargo, Windows or a crate of this tool
        "#);
        assert_eq!(check(&"x".repeat(65)), Err(Illegal::TooLong));
    }
}
