//! Why there is no project to work on, or its sources cannot be read.

use std::fmt;
use std::path::PathBuf;

use migrate_graph::source::SourceError;

use crate::error::{CommandError, Kind};
use crate::printable::listed;

/// What keeps the commands that read sources from working.
#[derive(Debug)]
pub(crate) enum ProjectError {
    /// No configuration file in this folder, above it, or in the workspace.
    None { folder: PathBuf },
    /// Several members of the workspace have one.
    Several { packages: Vec<String> },
    /// No member of the workspace has this name.
    NoSuchPackage { name: String, packages: Vec<String> },
    /// The package has no configuration file.
    NotAProject { name: String, packages: Vec<String> },
    /// A folder of migrations is not there.
    NoLocation { path: PathBuf },
    /// Some files cannot be read.
    Sources(Vec<SourceError>),
    /// The revisions do not fit together: file, place, what is wrong, and what to do.
    Graph(Vec<GraphProblem>),
}

/// A problem of the revisions, in the file that it lies in.
#[derive(Debug)]
pub(crate) struct GraphProblem {
    /// The file, and the place in it: `migrations/a.rs:5:24`.
    pub(crate) place: String,
    pub(crate) message: String,
    pub(crate) hint: Option<String>,
}

impl ProjectError {
    pub(crate) fn kind(&self) -> Kind {
        match self {
            Self::None { .. } | Self::NoLocation { .. } | Self::NotAProject { .. } => Kind::Config,
            Self::Several { .. } | Self::NoSuchPackage { .. } => Kind::Usage,
            Self::Sources(_) => Kind::Source,
            Self::Graph(_) => Kind::Graph,
        }
    }

    /// What to do next, a sentence each.
    pub(crate) fn hints(&self) -> Vec<String> {
        match self {
            Self::None { folder } if folder.as_os_str().is_empty() => {
                vec!["go to a folder that is there, or name the configuration with `-c FILE`".into()]
            }
            Self::None { .. } => vec![
                "`cargo migrate init` begins one; `-c FILE` names the configuration of one that lies elsewhere".into(),
            ],
            Self::Several { packages } => {
                let options = packages.iter().map(|name| format!("-p {name}"));
                vec![format!("say which one is meant: {}", listed(options))]
            }
            Self::NoSuchPackage { packages, .. } | Self::NotAProject { packages, .. } => {
                if packages.is_empty() {
                    return vec!["no package of this workspace has a `migrate.toml`".into()];
                }
                vec![format!("the packages with migrations are {}", listed(packages))]
            }
            Self::NoLocation { .. } | Self::Sources(_) => Vec::new(),
            Self::Graph(problems) => {
                let hint = |problem: &GraphProblem| {
                    let hint = problem.hint.as_ref()?;
                    Some(match problems[..] {
                        [_] => hint.clone(),
                        _ => format!("{}: {hint}", problem.place),
                    })
                };
                problems.iter().filter_map(hint).collect()
            }
        }
    }
}

impl fmt::Display for ProjectError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::None { folder } if folder.as_os_str().is_empty() => {
                f.write_str("there is no current folder: it was removed, or may not be read")
            }
            Self::None { folder } => write!(
                f,
                "no `migrate.toml` and no `[package.metadata.migrate]` in `{}` or above",
                folder.display()
            ),
            Self::Several { .. } => f.write_str("several packages of this workspace have migrations"),
            Self::NoSuchPackage { name, .. } => write!(f, "there is no package `{name}` in this workspace"),
            Self::NotAProject { name, .. } => write!(
                f,
                "the package `{name}` has no `migrate.toml` and no `[package.metadata.migrate]`"
            ),
            // The first half is Alembic's sentence, with its two spaces.
            Self::NoLocation { path } => write!(
                f,
                "Path doesn't exist: {}.  Please use the 'init' command to create a new scripts folder.",
                path.display()
            ),
            Self::Sources(errors) => lines(f, errors.iter().map(ToString::to_string)),
            Self::Graph(problems) => lines(
                f,
                problems
                    .iter()
                    .map(|problem| format!("{}: {}", problem.place, problem.message)),
            ),
        }
    }
}

impl std::error::Error for ProjectError {}

impl From<ProjectError> for CommandError {
    fn from(error: ProjectError) -> Self {
        Self::new(error.kind(), &error).hints(error.hints())
    }
}

fn lines(f: &mut fmt::Formatter<'_>, lines: impl Iterator<Item = String>) -> fmt::Result {
    f.write_str(&lines.collect::<Vec<_>>().join("\n"))
}
