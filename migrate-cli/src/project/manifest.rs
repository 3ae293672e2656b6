//! [`Manifest`] and [`Workspace`]: what a `Cargo.toml` says about packages and members, read without cargo.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use toml::{Table, Value};

use super::ProjectError;

const CARGO_TOML: &str = "Cargo.toml";

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
    pub(crate) fn in_folder(folder: &Path) -> Result<Option<Self>, ProjectError> {
        let path = folder.join(CARGO_TOML);
        let failed = |message: String| ProjectError::Manifest {
            path: path.clone(),
            message,
        };
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(failed(error.to_string())),
        };
        let table = text
            .parse()
            .map_err(|error: toml::de::Error| failed(error.message().to_owned()))?;
        Ok(Some(Self {
            folder: folder.to_owned(),
            table,
        }))
    }

    /// The nearest one in a folder or above it.
    pub(crate) fn above(folder: &Path) -> Result<Option<Self>, ProjectError> {
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

    fn workspace(&self) -> Option<&Table> {
        self.table.get("workspace")?.as_table()
    }
}

impl Workspace {
    /// The workspace that a folder lies in; a package without one is a workspace of its own.
    pub(crate) fn above(folder: &Path) -> Result<Option<Self>, ProjectError> {
        let mut nearest = None;
        for folder in folder.ancestors() {
            let Some(manifest) = Manifest::in_folder(folder)? else {
                continue;
            };
            if manifest.workspace().is_some() {
                return Self::of(&manifest).map(Some);
            }
            nearest.get_or_insert(manifest);
        }
        nearest.as_ref().map(Self::of).transpose()
    }

    fn of(root: &Manifest) -> Result<Self, ProjectError> {
        let patterns = |key: &str| -> Vec<&str> {
            let list = root.workspace().and_then(|table| table.get(key)?.as_array());
            list.into_iter().flatten().filter_map(Value::as_str).collect()
        };
        let excluded: Vec<PathBuf> = patterns("exclude")
            .into_iter()
            .map(|path| root.folder.join(path))
            .collect();
        let mut folders: Vec<PathBuf> = patterns("members")
            .into_iter()
            .flat_map(|pattern| matching(&root.folder, pattern))
            .filter(|folder| !excluded.iter().any(|excluded| folder.starts_with(excluded)))
            .collect();
        folders.push(root.folder.clone());
        folders.sort();
        folders.dedup();
        let mut members = Vec::new();
        for folder in folders {
            let Some(manifest) = Manifest::in_folder(&folder)? else {
                continue;
            };
            if let Some(name) = manifest.package() {
                members.push(Member {
                    name: name.to_owned(),
                    folder,
                    manifest: manifest.table,
                });
            }
        }
        Ok(Self { members })
    }
}

/// The folders that a pattern of `members` means. One that is no pattern means nothing: cargo says so.
fn matching(root: &Path, pattern: &str) -> Vec<PathBuf> {
    let root = glob::Pattern::escape(&root.to_string_lossy());
    let paths = glob::glob(&format!("{root}/{pattern}"));
    paths.into_iter().flatten().flatten().collect()
}
