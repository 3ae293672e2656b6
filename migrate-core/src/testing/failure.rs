//! Why a test of migrations failed, as a person reads it.

use std::fmt;

use migrate_graph::RevisionId;

use crate::connection::DatabaseError;
use crate::error::Error;
use crate::migrator::Migrator;
use crate::model::ModelError;

/// Why a test of migrations failed. What the test harness prints, its `Debug`, is the message.
#[derive(thiserror::Error)]
#[non_exhaustive]
pub enum Failure {
    /// There is more than one head, or none.
    #[error("the migrations have {} heads:\n{}\n`cargo migrate rebase` makes one line of them, `cargo migrate merge heads` joins them", .0.len(), lines(.0))]
    Heads(Vec<String>),
    /// Migrations do not lead up, back, and up again.
    #[error("{}", walked(uneven, stopped.as_deref()))]
    Stairway {
        /// Those that leave another schema than they should.
        uneven: Vec<Uneven>,
        /// What failed altogether, and ended the walk.
        stopped: Option<Box<Stopped>>,
    },
    /// The models want another database than the migrations make.
    #[error("the migrations do not make what the models say; a migration is missing, with:\n{}\n`cargo migrate revision --autogenerate` writes that", lines(.0))]
    Models(Vec<String>),
    /// There is no model to be compared.
    #[error("{0}; a project without models says so: `migration_tests!(.., models = none)`")]
    NoModels(ModelError),
    /// A file is no server.
    #[error("a database in memory needs no URL, and tests want no file: leave `on` away, or name a server")]
    NoServer,
    /// The test's own database could not be made on the server.
    #[error(
        "a test has a database of its own, which could not be made: {0}; the user needs the right to (`CREATEDB`)"
    )]
    NotMade(DatabaseError),
    /// Whatever else kept it from being found out.
    #[error(transparent)]
    Failed(#[from] Error),
    /// No thread could be had to wait for a database.
    #[error("no database can be waited for: {0}")]
    Runtime(String),
}

/// A migration that leaves another schema than it should.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Uneven {
    /// Its revision, with its file.
    pub migration: String,
    /// After which part of the walk.
    pub phase: Phase,
    /// How the schema differs from what it should be, in words.
    pub differences: Vec<String>,
}

/// What ended a walk.
#[derive(Debug)]
#[non_exhaustive]
pub struct Stopped {
    /// The migration's revision with its file, and the part of the walk; none where it ended before the first one.
    pub revision: Option<(String, Phase)>,
    /// Why.
    pub error: Error,
}

/// A part of the walk over one migration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// Its upgrade.
    Up,
    /// Its downgrade.
    Down,
    /// Its upgrade once more.
    UpAgain,
}

impl fmt::Display for Phase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Up => "going up",
            Self::Down => "going down",
            Self::UpAgain => "going up again after that",
        })
    }
}

impl fmt::Debug for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A revision with its file, as a list names it.
pub(super) fn name(migrator: &Migrator, revision: &RevisionId) -> String {
    match migrator.migration(revision) {
        Some(migration) => format!("{revision} ({})", migration.path),
        None => revision.to_string(),
    }
}

fn lines(of: &[String]) -> String {
    of.iter()
        .map(|line| format!("    {line}"))
        .collect::<Vec<_>>()
        .join("\n")
}

fn walked(uneven: &[Uneven], stopped: Option<&Stopped>) -> String {
    let uneven = uneven.iter().map(|one| {
        let than = match one.phase {
            Phase::Down => "before it",
            Phase::Up | Phase::UpAgain => "after its first upgrade",
        };
        let (migration, differences) = (&one.migration, lines(&one.differences));
        format!(
            "{migration}: {} leaves another schema than {than}:\n{differences}",
            one.phase
        )
    });
    let stopped = stopped.map(|stopped| match &stopped.revision {
        Some((migration, phase)) => format!("{migration}: {phase} failed:\n    {}", stopped.error),
        None => stopped.error.to_string(),
    });
    uneven.chain(stopped).collect::<Vec<_>>().join("\n")
}
