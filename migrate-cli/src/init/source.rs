//! [`Source`]: where a project takes this tool's crates from.
//!
//! Not from a registry: the name `migrate-core` belongs to somebody else there.

use std::path::{Component, Path};

use toml_edit::{Array, InlineTable, Value};

use super::InitError;
use super::place::{absolute, between, utf8};
use crate::project::Manifest;

/// Where the crates are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Source {
    /// A checkout: its folder, absolute or relative to the project.
    Path(String),
    /// A repository.
    Git(String),
}

/// The version of sqlx that models are derived with: the one that migrate-core has.
const SQLX: &str = "0.9.0";

/// The value of a dependency on sqlx for its derives alone; drivers come with migrate-core.
pub(super) fn sqlx() -> String {
    format!(r#"{{ version = "{SQLX}", default-features = false, features = ["derive"] }}"#)
}

impl Source {
    /// The value of a dependency on one of the crates, which has only the features that are given.
    pub(super) fn dependency(&self, package: &str, features: &[&str]) -> String {
        let mut table = InlineTable::new();
        match self {
            Self::Path(folder) => table.insert("path", Value::from(format!("{folder}/{package}"))),
            Self::Git(url) => table.insert("git", Value::from(url.as_str())),
        };
        table.insert("default-features", Value::from(false));
        if !features.is_empty() {
            table.insert(
                "features",
                Value::Array(features.iter().copied().collect::<Array>()),
            );
        }
        table.fmt();
        Value::InlineTable(table).to_string().trim().to_owned()
    }
}

/// The checkout at a path that somebody gave. It stays relative when it was given so.
pub(super) fn given(path: &Path, project: &Path) -> Result<Source, InitError> {
    let checkout = absolute(path)?;
    if !is_checkout(&checkout)? {
        return Err(InitError::NoCheckout {
            path: path.to_owned(),
        });
    }
    if path.is_relative() {
        return Ok(Source::Path(between(project, &checkout)?));
    }
    of_checkout(&checkout, project)
}

/// The checkout that this program was built from, when it is still there.
pub(super) fn built_from(project: &Path) -> Result<Source, InitError> {
    match Path::new(env!("CARGO_MANIFEST_DIR")).parent() {
        Some(checkout) if !is_cargo_s(checkout) && is_checkout(checkout)? => {
            of_checkout(&absolute(checkout)?, project)
        }
        Some(_) | None => Err(InitError::NoSource),
    }
}

/// Whether a checkout was made by `cargo install --git`: cargo removes it when it likes.
fn is_cargo_s(checkout: &Path) -> bool {
    let names: Vec<_> = checkout.components().map(Component::as_os_str).collect();
    let mut pairs = names.windows(2);
    pairs.any(|pair| pair[0] == "git" && pair[1] == "checkouts")
}

/// An absolute path; a relative one inside of the checkout, which may be moved together with the project.
fn of_checkout(checkout: &Path, project: &Path) -> Result<Source, InitError> {
    let folder = if project.starts_with(checkout) {
        between(project, checkout)?
    } else {
        utf8(checkout)?.to_owned()
    };
    Ok(Source::Path(folder))
}

fn is_checkout(folder: &Path) -> Result<bool, InitError> {
    for package in ["migrate-core", "migrate-cli"] {
        let manifest = Manifest::in_folder(&folder.join(package))?;
        if manifest.is_none_or(|manifest| manifest.package() != Some(package)) {
            return Ok(false);
        }
    }
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_project_has_the_sqlx_of_migrate_core() {
        let ours = format!("sqlx = {{ version = \"{SQLX}\",");
        assert!(include_str!("../../../Cargo.toml").contains(&ours));
    }

    #[test]
    fn a_dependency_is_quoted_whatever_its_place_is_called() {
        let shown = [
            Source::Path("/srv/migrate".into()),
            Source::Path("../a \"b\"\n}".into()),
            Source::Git("https://example.org/migrate.git".into()),
            Source::Git("x\" }\nevil = \"".into()),
        ]
        .map(|source| source.dependency("migrate-cli", &["sqlite"]));
        insta::assert_snapshot!(shown.join("\n"), @r#"
        { path = "/srv/migrate/migrate-cli", default-features = false, features = ["sqlite"] }
        { path = """
        ../a "b"
        }/migrate-cli""", default-features = false, features = ["sqlite"] }
        { git = "https://example.org/migrate.git", default-features = false, features = ["sqlite"] }
        { git = """
        x" }
        evil = """", default-features = false, features = ["sqlite"] }
        "#);
        for line in shown {
            let table: toml::Table = format!("x = {line}").parse().unwrap();
            assert_eq!(table["x"].as_table().unwrap().len(), 3, "{line}");
        }
    }

    #[test]
    fn this_checkout_is_one_and_a_project_inside_of_it_finds_it_by_a_relative_path() {
        let checkout = Path::new(env!("CARGO_MANIFEST_DIR"))
            .parent()
            .unwrap()
            .canonicalize()
            .unwrap();
        let inside = built_from(&checkout.join("some/project")).unwrap();
        assert_eq!(inside, Source::Path("../..".into()));
        let outside = built_from(Path::new("/somewhere")).unwrap();
        assert_eq!(outside, Source::Path(checkout.to_str().unwrap().into()));
        assert!(is_cargo_s(Path::new(
            "/home/me/.cargo/git/checkouts/migrate-1f3c/5b7d9e2"
        )));
        assert!(!is_cargo_s(Path::new("/home/me/git/migrate")));
        let none = tempfile::tempdir().unwrap();
        assert!(matches!(
            given(none.path(), Path::new("/somewhere")),
            Err(InitError::NoCheckout { .. })
        ));
    }
}
