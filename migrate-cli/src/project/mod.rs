//! [`Project`]: the configuration file, and the folders of migrations that it names.
//!
//! A folder with `migrate.toml` is a project, with or without a `Cargo.toml`: nothing here runs cargo.

mod binaries;
mod error;
mod find;
mod manifest;
mod sources;

use std::path::{Component, Path, PathBuf};

use migrate_graph::visible::visible;

use crate::config::{Authoring, MIGRATE_TOML, Settings};

pub(crate) use error::ProjectError;
pub(crate) use find::find;
pub(crate) use manifest::{Manifest, Member, Workspace};
pub(crate) use sources::Sources;

/// Where migrations lie when the configuration does not say.
const MIGRATIONS: &str = "migrations";

/// A project: its folder, and what its configuration says to the commands that read and write sources.
#[derive(Debug)]
pub(crate) struct Project {
    /// The configuration file; a package may do without.
    pub(crate) config: PathBuf,
    /// The folder that it stands in.
    pub(crate) folder: PathBuf,
    /// The folders of migrations, in the order of the configuration: absolute, each once.
    pub(crate) locations: Vec<PathBuf>,
    pub(crate) settings: Authoring,
}

impl Project {
    /// The project of a configuration file that is there.
    ///
    /// # Errors
    /// [`ProjectError::None`] without a configuration file.
    pub(crate) fn of(settings: &Settings, current: &Path) -> Result<Self, ProjectError> {
        let config = settings.file.as_ref().ok_or_else(|| ProjectError::None {
            folder: current.to_owned(),
        })?;
        let config = normal(&current.join(config));
        let folder = config.parent().unwrap_or(current).to_owned();
        let mut locations: Vec<PathBuf> = Vec::new();
        let default = [MIGRATIONS.to_owned()];
        let said = settings.authoring.script_location.as_deref();
        for location in said.unwrap_or(&default) {
            let location = normal(&folder.join(location));
            if !locations.contains(&location) {
                locations.push(location);
            }
        }
        Ok(Self {
            config,
            folder,
            locations,
            settings: settings.authoring.clone(),
        })
    }

    /// The project of a package without a configuration file: the folder that its `migrations!` names.
    pub(crate) fn of_package(folder: &Path, directory: &str) -> Self {
        Self {
            config: folder.join(MIGRATE_TOML),
            folder: folder.to_owned(),
            locations: vec![normal(&folder.join(directory))],
            settings: Authoring::default(),
        }
    }
}

/// A path without `.` and `..`, by its text: a link in it stays one, as in the paths that the macros see.
pub(crate) fn normal(path: &Path) -> PathBuf {
    path.components().fold(PathBuf::new(), |mut path, component| {
        match component {
            Component::CurDir => {}
            Component::ParentDir => {
                path.pop();
            }
            Component::Normal(_) | Component::Prefix(_) | Component::RootDir => path.push(component),
        }
        path
    })
}

/// A path as a person in this folder would write it: relative when it lies below.
pub(crate) fn shown(path: &Path, current: &Path) -> String {
    let path = path.strip_prefix(current).unwrap_or(path);
    if path.as_os_str().is_empty() {
        ".".to_owned()
    } else {
        visible(&path.to_string_lossy())
    }
}
