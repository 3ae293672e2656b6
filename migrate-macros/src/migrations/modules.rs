//! The names of the modules that files become.

use std::collections::BTreeSet;

use migrate_graph::source::SourceFile;

/// One legal and distinct name for every file. A file whose name is a legal module name in snake case keeps it;
/// any other name is made legal, and numbered when it is taken.
pub(super) fn names(files: &[SourceFile]) -> Vec<String> {
    let natural: Vec<Option<&str>> = files.iter().map(|file| natural(&file.relative)).collect();
    let mut taken: BTreeSet<String> = natural.iter().flatten().map(|name| (*name).to_owned()).collect();
    files
        .iter()
        .zip(natural)
        .map(|(file, natural)| match natural {
            Some(name) => name.to_owned(),
            None => {
                let wanted = derived(&file.relative);
                let numbered = (2_usize..).map(|number| format!("{wanted}_{number}"));
                let mut candidates = std::iter::once(wanted.clone()).chain(numbered);
                let name = candidates.find(|name| !taken.contains(name)).unwrap_or(wanted);
                taken.insert(name.clone());
                name
            }
        })
        .collect()
}

fn natural(relative: &str) -> Option<&str> {
    let stem = relative.strip_suffix(".rs")?;
    let mut characters = stem.chars();
    let starts = characters.next().is_some_and(|first| first.is_ascii_lowercase());
    let goes_on = characters.all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    (starts && goes_on && !KEYWORDS.contains(&stem)).then_some(stem)
}

/// `m_` and the path with `_` for whatever a name cannot have.
fn derived(relative: &str) -> String {
    let stem = relative.strip_suffix(".rs").unwrap_or(relative);
    let legal = |c: char| {
        if c.is_ascii_alphanumeric() {
            c.to_ascii_lowercase()
        } else {
            '_'
        }
    };
    format!("m_{}", stem.chars().map(legal).collect::<String>())
}

/// Words that name no module, of every edition. Sorted as the reference lists them.
const KEYWORDS: [&str; 53] = [
    "as",
    "break",
    "const",
    "continue",
    "crate",
    "else",
    "enum",
    "extern",
    "false",
    "fn",
    "for",
    "if",
    "impl",
    "in",
    "let",
    "loop",
    "match",
    "mod",
    "move",
    "mut",
    "pub",
    "ref",
    "return",
    "self",
    "static",
    "struct",
    "super",
    "trait",
    "true",
    "type",
    "unsafe",
    "use",
    "where",
    "while",
    "async",
    "await",
    "dyn",
    "abstract",
    "become",
    "box",
    "do",
    "final",
    "gen",
    "macro",
    "override",
    "priv",
    "try",
    "typeof",
    "unsized",
    "virtual",
    "yield",
    "macro_rules",
    "union",
];

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::PathBuf;

    fn named(files: &[&str]) -> Vec<String> {
        let file = |relative: &&str| SourceFile {
            path: PathBuf::new(),
            relative: (*relative).to_owned(),
            doc: String::new(),
            attributes: Vec::new(),
            header: None,
            has_downgrade: false,
            has_upgrade: false,
        };
        names(&files.iter().map(file).collect::<Vec<_>>())
    }

    #[test]
    fn a_legal_name_is_kept_and_any_other_made_legal() {
        assert_eq!(
            named(&[
                "001_initial.rs",
                "add users-2.rs",
                "cart/001.rs",
                "type.rs",
                "users.rs",
                "Überblick.rs",
                "_x.rs"
            ]),
            [
                "m_001_initial",
                "m_add_users_2",
                "m_cart_001",
                "m_type",
                "users",
                "m__berblick",
                "m__x"
            ]
        );
    }

    #[test]
    fn no_two_files_share_a_name() {
        assert_eq!(
            named(&[
                "1.rs",
                "a-b.rs",
                "a/b.rs",
                "a_b.rs",
                "m_1.rs",
                "m_a_b.rs",
                "m_a_b_2.rs"
            ]),
            ["m_1_2", "m_a_b_3", "m_a_b_4", "a_b", "m_1", "m_a_b", "m_a_b_2"]
        );
    }
}
