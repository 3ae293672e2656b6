//! [`InitError`]: why no project was made. Nothing is changed then.

use std::io;
use std::path::PathBuf;

use super::name::Illegal;
use super::render::RenderError;
use crate::authoring::write::WriteError;
use crate::config::{CARGO_TOML, ConfigError};
use crate::error::{CommandError, Kind};
use crate::printable::listed;

/// Why no project was made.
#[derive(Debug, thiserror::Error)]
pub(crate) enum InitError {
    #[error("`{}` is a project already: its configuration is `{}`", folder.display(), config.display())]
    Project { folder: PathBuf, config: PathBuf },
    #[error("`{}` already has {}", folder.display(), listed(paths))]
    Exists { folder: PathBuf, paths: Vec<String> },
    #[error("`{}` is not a folder", path.display())]
    NotAFolder { path: PathBuf },
    #[error("there is no package in `{}`", folder.display())]
    NoPackage { folder: PathBuf },
    #[error("the package in `{}` is of edition 2015; migrations need 2018 or a newer one", folder.display())]
    Edition { folder: PathBuf },
    #[error("a package cannot have the name {name:?}: {why}")]
    Name { name: String, why: Illegal },
    #[error("`--name` is for a new package; the one in `{}` has a name", folder.display())]
    HasAName { folder: PathBuf },
    #[error("the workspace in `{}` has a package `{name}` already", root.display())]
    NameTaken { root: PathBuf, name: String },
    #[error("it is not known where a project is to take `migrate-core` and `migrate-cli` from")]
    NoSource,
    #[error("`{}` is no checkout of this tool: it has no `migrate-core` and `migrate-cli`", path.display())]
    NoCheckout { path: PathBuf },
    #[error("`{}` is not UTF-8 and cannot stand in `Cargo.toml` or Rust", path.display())]
    NotUtf8 { path: PathBuf },
    #[error("cannot read `{}`: {source}", path.display())]
    Read { path: PathBuf, source: io::Error },
    #[error("cannot write `{}`: {source}", path.display())]
    Write { path: PathBuf, source: io::Error },
    #[error("`{}` has `{key}` in a form that nothing can be added to", path.display())]
    Unusual {
        path: PathBuf,
        key: &'static str,
        lines: Vec<String>,
    },
    #[error("a template cannot be rendered: {0}")]
    Template(#[from] RenderError),
    #[error(transparent)]
    Change(#[from] WriteError),
    #[error(transparent)]
    Config(#[from] ConfigError),
}

impl InitError {
    fn kind(&self) -> Kind {
        match self {
            Self::Project { .. }
            | Self::Exists { .. }
            | Self::NotAFolder { .. }
            | Self::NoPackage { .. }
            | Self::Edition { .. }
            | Self::Name { .. }
            | Self::HasAName { .. }
            | Self::NameTaken { .. }
            | Self::NoSource
            | Self::NoCheckout { .. }
            | Self::NotUtf8 { .. } => Kind::Usage,
            Self::Unusual { .. } | Self::Template(_) => Kind::Config,
            Self::Read { .. } | Self::Write { .. } | Self::Change(_) => Kind::Io,
            Self::Config(_) => Kind::Config,
        }
    }

    /// What to do next, a sentence each.
    fn hints(&self) -> Vec<String> {
        let hint = match self {
            Self::Project { .. } => "`cargo migrate revision -m \"...\"` makes a migration in it",
            Self::Exists { paths, .. } if paths.iter().any(|path| path == CARGO_TOML) => {
                "`cargo migrate init DIRECTORY` makes a package in a folder of its own; `cargo migrate init --template \
                 module` puts migrations into the package that is there"
            }
            Self::Exists { .. } => "nothing is overwritten: move these away, or name another folder",
            Self::NoPackage { .. } => {
                "`cargo init` makes one; `cargo migrate init --template crate` makes one for the migrations alone"
            }
            Self::Name { .. } | Self::NameTaken { .. } => "give it another with `--name`",
            Self::NoSource => {
                "give `--git URL` of its repository, or `--path DIR` of a checkout; the `migrate-core` in the public \
                 registry is somebody else's"
            }
            Self::Unusual { key, lines, .. } => {
                return vec![format!(
                    "add to it by hand, under `{key}`, and begin again: {}",
                    lines.join(" | ")
                )];
            }
            Self::Config(error) => return error.hints(),
            Self::NotAFolder { .. }
            | Self::Edition { .. }
            | Self::HasAName { .. }
            | Self::NoCheckout { .. }
            | Self::NotUtf8 { .. }
            | Self::Read { .. }
            | Self::Write { .. }
            | Self::Change(_)
            | Self::Template(_) => return Vec::new(),
        };
        vec![hint.to_owned()]
    }
}

impl From<InitError> for CommandError {
    fn from(error: InitError) -> Self {
        Self::new(error.kind(), &error).hints(error.hints())
    }
}
