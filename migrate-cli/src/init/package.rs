//! What the template `module` changes in the `Cargo.toml` of the package that it goes into.
//!
//! How a text is inserted is known in `edit` alone, and nothing is written.

use toml::Value;

use super::InitError;
use super::edit::{Edit, Unusual};
use super::render::Values;
use crate::config::CARGO_TOML;
use crate::project::Member;

/// The edition of a package that names none.
const FIRST_EDITION: &str = "2015";

/// The list of a package's binaries.
const BIN: &str = "bin";

/// Adds what the package lacks, and says what that is, a line each.
pub(super) fn change(package: &Member, values: &Values, edit: &mut Edit) -> Result<Vec<String>, InitError> {
    let said = |key: &str| package.manifest.get("package").and_then(|table| table.get(key));
    if said("edition").is_none_or(|edition| edition.as_str() == Some(FIRST_EDITION)) {
        return Err(InitError::Edition {
            folder: package.folder.clone(),
        });
    }
    let mut added = Vec::new();
    let mut add = |edit: &mut Edit, key: &'static str, lines: Vec<String>| -> Result<(), InitError> {
        let done = if key == BIN {
            edit.add_table(key, &lines)
        } else {
            edit.add_lines(key, &lines)
        };
        done.map_err(|Unusual| InitError::Unusual {
            path: package.folder.join(CARGO_TOML),
            key,
            lines: lines.clone(),
        })?;
        added.extend((key == BIN).then(|| format!("[[{key}]]")));
        added.extend(lines);
        Ok(())
    };

    let known = package.manifest.get("dependencies").and_then(Value::as_table);
    let wanted = [
        ("migrate-core", &values.migrate_core),
        ("migrate-cli", &values.migrate_cli),
    ];
    let missing = wanted
        .into_iter()
        .filter(|(name, _)| known.is_none_or(|known| !known.contains_key(*name)));
    let lines: Vec<String> = missing.map(|(name, value)| format!("{name} = {value}")).collect();
    if !lines.is_empty() {
        add(edit, "dependencies", lines)?;
    }
    // A second binary must not make `cargo run` ask which one.
    let binaries: Vec<String> = package.binaries().into_iter().collect();
    if let ([only], None) = (binaries.as_slice(), said("default-run")) {
        let only = toml_edit::Value::from(only.as_str());
        add(edit, "package", vec![format!("default-run = {only}")])?;
    }
    if !package.finds_binaries() {
        let name = toml_edit::Value::from(values.bin.as_str());
        let path = toml_edit::Value::from(format!("src/bin/{}.rs", values.bin));
        add(
            edit,
            BIN,
            vec![format!("name = {name}"), format!("path = {path}")],
        )?;
    }
    Ok(added)
}
