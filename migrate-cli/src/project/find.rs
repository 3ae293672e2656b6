//! Which project is meant: the one that the current folder lies in, or the one of its workspace.
//!
//! Its configuration is found, and not read.

use std::path::{Path, PathBuf};

use super::{ProjectError, Workspace};
use crate::config::{ConfigError, path_in};
use crate::error::CommandError;

/// The configuration file of the project that is meant: of `package` when it is given, else the nearest in the
/// current folder or above, else that of the only member of the workspace that has one.
pub(crate) fn find(folder: &Path, package: Option<&str>) -> Result<PathBuf, CommandError> {
    if let Some(name) = package {
        return of_package(folder, name);
    }
    for folder in folder.ancestors() {
        if let Some(path) = path_in(folder)? {
            return Ok(path);
        }
    }
    let mut projects = projects(folder)?;
    match projects.pop() {
        Some((_, path)) if projects.is_empty() => Ok(path),
        Some((last, _)) => {
            let packages = projects.into_iter().map(|(name, _)| name).chain([last]);
            Err(ProjectError::Several {
                packages: packages.collect(),
            }
            .into())
        }
        None => Err(ProjectError::None {
            folder: folder.to_owned(),
        }
        .into()),
    }
}

fn of_package(folder: &Path, name: &str) -> Result<PathBuf, CommandError> {
    let projects = projects(folder)?;
    if let Some((_, path)) = projects.iter().find(|(known, _)| known == name) {
        return Ok(path.clone());
    }
    let packages = projects.into_iter().map(|(name, _)| name).collect();
    let name = name.to_owned();
    let workspace = Workspace::above(folder)?;
    let exists = workspace.is_some_and(|workspace| workspace.members.iter().any(|it| it.name == name));
    Err(if exists {
        ProjectError::NotAProject { name, packages }.into()
    } else {
        ProjectError::NoSuchPackage { name, packages }.into()
    })
}

/// The packages of the workspace that have a configuration file, sorted by their folders.
fn projects(folder: &Path) -> Result<Vec<(String, PathBuf)>, CommandError> {
    let Some(workspace) = Workspace::above(folder)? else {
        return Ok(Vec::new());
    };
    let found = workspace.members.into_iter().map(|member| {
        let path = path_in(&member.folder)?;
        Ok(path.map(|path| (member.name, path)))
    });
    let found: Result<Vec<_>, ConfigError> = found.filter_map(Result::transpose).collect();
    Ok(found?)
}
