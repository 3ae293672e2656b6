//! Whether a folder belongs to a workspace, and what makes it belong to one.
//!
//! Nothing is written here.

use std::path::Path;

use glob::{MatchOptions, Pattern};

use super::InitError;
use super::place::between;
use crate::project::{Workspace, normal};

/// What is to be added to the `members` of a workspace for a folder; none when the folder belongs to it already.
pub(super) fn missing(workspace: &Workspace, folder: &Path) -> Result<Option<String>, InitError> {
    let relative = between(&workspace.root.folder, folder)?;
    let mut members = workspace.root.workspace_list("members").into_iter();
    let covered = relative == "." || members.any(|member| covers(member, &relative));
    Ok((!covered).then(|| Pattern::escape(&relative)))
}

/// Whether an entry of `members`, which may be a pattern, means a folder.
fn covers(member: &str, relative: &str) -> bool {
    let options = MatchOptions {
        require_literal_separator: true,
        ..MatchOptions::new()
    };
    let written = normal(Path::new(member));
    let pattern = written.to_str().and_then(|written| Pattern::new(written).ok());
    written == Path::new(relative) || pattern.is_some_and(|pattern| pattern.matches_with(relative, options))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn missing_in(members: &str, folder: &str) -> Option<String> {
        let root = tempfile::tempdir().unwrap();
        let text = format!("[workspace]\nmembers = {members}\n");
        fs::write(root.path().join("Cargo.toml"), text).unwrap();
        let folder = root.path().join(folder);
        let workspace = Workspace::above(&folder).unwrap().unwrap();
        missing(&workspace, &folder).unwrap()
    }

    #[test]
    fn a_folder_that_no_pattern_means_is_to_be_added() {
        assert_eq!(missing_in("['app']", "db").as_deref(), Some("db"));
        assert_eq!(missing_in("['app', './db/']", "db"), None);
        assert_eq!(missing_in("['crates/*']", "crates/db"), None);
        assert_eq!(
            missing_in("['crates/*']", "crates/db/inner").as_deref(),
            Some("crates/db/inner")
        );
        assert_eq!(missing_in("['**']", "crates/db/inner"), None);
        assert_eq!(missing_in("[]", "a [b]*").as_deref(), Some("a [[]b[]][*]"));
        assert_eq!(missing_in("['a [[]b[]][*]']", "a [b]*"), None);
        assert_eq!(missing_in("[]", ""), None);
    }
}
