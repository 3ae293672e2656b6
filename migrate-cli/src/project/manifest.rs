//! [`Manifest`] and [`Workspace`]: what a `Cargo.toml` says about packages and members, read without cargo.
//!
//! Only what finds projects and members is understood; whether cargo would take the rest is not checked.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use toml::{Table, Value};

use super::normal;
use crate::config::{CARGO_TOML, ConfigError, table};

/// A `Cargo.toml`.
#[derive(Debug)]
pub(crate) struct Manifest {
    /// The folder that it stands in.
    pub(crate) folder: PathBuf,
    /// All that it says.
    pub(crate) table: Table,
}

/// A workspace: the packages that belong to it.
#[derive(Debug)]
pub(crate) struct Workspace {
    /// Where it is declared, or the only package of one that is declared nowhere.
    pub(crate) root: Manifest,
    /// Sorted by their folders.
    pub(crate) members: Vec<Member>,
}

/// A package of a workspace.
#[derive(Debug)]
pub(crate) struct Member {
    pub(crate) name: String,
    pub(crate) folder: PathBuf,
    pub(crate) manifest: Table,
}

impl Manifest {
    /// The `Cargo.toml` of a folder, if there is one.
    pub(crate) fn in_folder(folder: &Path) -> Result<Option<Self>, ConfigError> {
        // A pattern of `members` means files too; nothing is below them.
        let table = table(&folder.join(CARGO_TOML))?;
        Ok(table.map(|table| Self {
            folder: folder.to_owned(),
            table,
        }))
    }

    /// The nearest one in a folder or above it.
    pub(crate) fn above(folder: &Path) -> Result<Option<Self>, ConfigError> {
        for folder in folder.ancestors() {
            if let Some(manifest) = Self::in_folder(folder)? {
                return Ok(Some(manifest));
            }
        }
        Ok(None)
    }

    /// The name of its package; none for a workspace without one.
    pub(crate) fn package(&self) -> Option<&str> {
        self.table.get("package")?.get("name")?.as_str()
    }

    /// Whether it declares a workspace.
    pub(crate) fn is_workspace(&self) -> bool {
        self.table.contains_key("workspace")
    }

    /// The texts of a list in its `[workspace]`.
    pub(crate) fn workspace_list(&self, key: &str) -> Vec<&str> {
        let workspace = self.table.get("workspace");
        let list = workspace.and_then(|workspace| workspace.get(key)?.as_array());
        list.into_iter().flatten().filter_map(Value::as_str).collect()
    }

    /// Whether its workspace leaves a folder out.
    fn excludes(&self, folder: &Path) -> bool {
        let excluded = self.workspace_list("exclude");
        let mut excluded = excluded.into_iter().map(|path| normal(&self.folder.join(path)));
        excluded.any(|excluded| folder.starts_with(excluded))
    }

    /// The folders of the packages that this one depends on by a path.
    fn path_dependencies(&self) -> impl Iterator<Item = PathBuf> {
        let tables = ["dependencies", "dev-dependencies", "build-dependencies"];
        let tables = tables
            .into_iter()
            .filter_map(|name| self.table.get(name)?.as_table());
        let paths = tables
            .flat_map(Table::values)
            .filter_map(|it| it.get("path")?.as_str());
        paths.map(|path| normal(&self.folder.join(path)))
    }
}

impl Workspace {
    /// The workspace that a folder lies in; a package without one is a workspace of its own.
    pub(crate) fn above(folder: &Path) -> Result<Option<Self>, ConfigError> {
        let mut nearest = None;
        for above in folder.ancestors() {
            let Some(mut manifest) = Manifest::in_folder(above)? else {
                continue;
            };
            let elsewhere = manifest
                .table
                .get("package")
                .and_then(|it| it.get("workspace")?.as_str());
            if let Some(elsewhere) = elsewhere
                && let Some(root) = Manifest::in_folder(&normal(&above.join(elsewhere)))?
            {
                manifest = root;
            }
            if !manifest.is_workspace() {
                nearest.get_or_insert(manifest);
            } else if manifest.excludes(folder) {
                // Here cargo looks no further.
                break;
            } else {
                return Self::of(manifest).map(Some);
            }
        }
        nearest.map(Self::of).transpose()
    }

    /// As cargo has it: the root, what `members` says, and what these depend on by a path below the root.
    fn of(root: Manifest) -> Result<Self, ConfigError> {
        let patterns = root.workspace_list("members").into_iter();
        let mut folders: Vec<PathBuf> = patterns
            .flat_map(|pattern| matching(&root.folder, pattern))
            .collect();
        folders.push(root.folder.clone());
        let mut members = BTreeMap::new();
        while let Some(folder) = folders.pop() {
            if members.contains_key(&folder) || (folder != root.folder && root.excludes(&folder)) {
                continue;
            }
            let Some(manifest) = Manifest::in_folder(&folder)? else {
                continue;
            };
            folders.extend(
                manifest
                    .path_dependencies()
                    .filter(|path| path.starts_with(&root.folder)),
            );
            members.insert(folder, manifest);
        }
        let members = members.into_values().filter_map(|manifest| {
            Some(Member {
                name: manifest.package()?.to_owned(),
                folder: manifest.folder,
                manifest: manifest.table,
            })
        });
        Ok(Self {
            members: members.collect(),
            root,
        })
    }
}

/// The folders that a pattern of `members` means. One that is no pattern means nothing: cargo says so.
fn matching(root: &Path, pattern: &str) -> Vec<PathBuf> {
    let root = glob::Pattern::escape(&root.to_string_lossy());
    let paths = glob::glob(&format!("{root}/{pattern}"));
    let paths = paths.into_iter().flatten().flatten();
    paths.map(|path| normal(&path)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn the_members_are_those_of_cargo() {
        let files = [
            (
                "",
                "[workspace]\nmembers = ['crates/*', '../sister']\nexclude = ['crates/no']\n[package]\nname = 'root'\n",
            ),
            (
                "crates/a",
                "[package]\nname = 'a'\n[dependencies]\nb = { path = '../../b' }\n",
            ),
            ("crates/no", "[package]\nname = 'no'\n"),
            (
                "b",
                "[package]\nname = 'b'\n[dev-dependencies]\na.path = '../crates/a'\n",
            ),
            ("c", "[package]\nname = 'c'\nworkspace = '..'\n"),
            ("../sister", "[package]\nname = 'sister'\nworkspace = '../root'\n"),
        ];
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("root");
        for (path, text) in files {
            fs::create_dir_all(root.join(path)).unwrap();
            fs::write(root.join(path).join(CARGO_TOML), text).unwrap();
        }
        fs::write(root.join("crates/text.txt"), "").unwrap();
        let names = |folder: &str| -> Vec<String> {
            let workspace = Workspace::above(&normal(&root.join(folder))).unwrap().unwrap();
            workspace.members.into_iter().map(|member| member.name).collect()
        };
        for folder in ["", "new", "crates/a", "c", "../sister"] {
            assert_eq!(names(folder), ["root", "b", "a", "sister"], "{folder}");
        }
        assert_eq!(names("crates/no"), ["no"]);
    }
}
