//! [`CommandError`]: why a command failed, what to do next, and with which exit code the process ends.

use std::fmt;
use std::io;
use std::process::ExitCode;

use migrate_core::{Error, ErrorKind, OpenError};
use migrate_graph::{ResolveError, SpecError, SpecErrorReason};

use crate::config::ConfigError;
use crate::secret::Secret;
use crate::signal::Signal;

/// How a command that did not fail ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// It did what was asked for.
    Done,
    /// The answer to its question is no.
    No,
    /// It failed, and what it printed says why.
    Told(Kind),
    /// Another program that it called failed, and said why: with this exit code.
    #[cfg(feature = "authoring")]
    Passed(u8),
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Done => Self::SUCCESS,
            Outcome::No => Self::from(1),
            Outcome::Told(kind) => Self::from(kind.exit_code()),
            #[cfg(feature = "authoring")]
            Outcome::Passed(code) => Self::from(code),
        }
    }
}

/// The kinds of errors that programs tell apart. Their names and exit codes are a contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A target, or a row of the version table, means nothing here.
    Revision(migrate_graph::ErrorKind),
    /// The migrations do not fit together, or there are none.
    Graph,
    /// The source of a migration cannot be read.
    #[cfg(feature = "authoring")]
    Source,
    /// The project does not compile.
    #[cfg(feature = "authoring")]
    Build,
    /// The command line makes no sense.
    Usage,
    /// The configuration makes no sense.
    Config,
    /// The database's URL makes no sense: to programs a part of the configuration.
    Url,
    /// The database is not to be reached.
    Connection,
    /// A migration failed.
    Migration,
    /// A migration is half done, and somebody has to decide how to go on.
    HalfDone,
    Models,
    NotUpToDate,
    /// The database, or a script, cannot do what a migration asks for.
    Unsupported,
    /// Nothing leads back from a migration.
    Irreversible,
    /// The output could not be written, or the process could not start.
    Io,
    /// Another run holds the lock.
    Locked,
    /// A signal ended the command.
    Interrupted(Signal),
}

impl Kind {
    /// The name, as it stands in JSON.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Revision(kind) => kind.as_str(),
            Self::Graph => "graph",
            #[cfg(feature = "authoring")]
            Self::Source => "source",
            #[cfg(feature = "authoring")]
            Self::Build => "build",
            Self::Usage => "usage",
            Self::Config | Self::Url => "config",
            Self::Connection => "connection",
            Self::Migration => "migration",
            Self::HalfDone => "half_done",
            Self::Models => "models",
            Self::NotUpToDate => "not_up_to_date",
            Self::Unsupported => "unsupported",
            Self::Irreversible => "irreversible",
            Self::Io => "io",
            Self::Locked => "locked",
            Self::Interrupted(_) => "interrupted",
        }
    }

    /// The exit code of the process.
    pub(crate) const fn exit_code(self) -> u8 {
        match self {
            Self::Revision(_)
            | Self::Graph
            | Self::Models
            | Self::NotUpToDate
            | Self::Usage
            | Self::Config
            | Self::Url => 2,
            #[cfg(feature = "authoring")]
            Self::Source | Self::Build => 2,
            Self::Connection
            | Self::Migration
            | Self::HalfDone
            | Self::Unsupported
            | Self::Irreversible
            | Self::Io => 3,
            Self::Locked => 4,
            Self::Interrupted(signal) => signal.exit_code(),
        }
    }
}

/// What is the matter when a directory is said to be empty and is not.
const EMPTY: &str =
    "cargo sees a new file when `build.rs` prints `cargo::rerun-if-changed=` and the directory's name";

/// What is the matter when a database is said to be at a place that nobody wrote.
const UNENCODED: &str =
    "in a URL's password `@` is written `%40`, `/` `%2F`, `#` `%23`, `?` `%3F` and `:` `%3A`";

/// Why a command failed.
#[derive(Debug, Clone)]
pub(crate) struct CommandError {
    pub(crate) kind: Kind,
    pub(crate) message: String,
    /// What to do next, a sentence each.
    pub(crate) hints: Vec<String>,
}

impl CommandError {
    pub(crate) fn new(kind: Kind, message: impl fmt::Display) -> Self {
        Self {
            kind,
            message: message.to_string(),
            hints: Vec::new(),
        }
    }

    /// Arguments that make no sense together.
    pub(crate) fn usage(message: impl fmt::Display) -> Self {
        Self::new(Kind::Usage, message)
    }

    /// Two errors as one: a line each, what to do next said once, and the kind of the first.
    #[cfg(feature = "authoring")]
    pub(crate) fn and(mut self, other: Self) -> Self {
        self.message = format!("{}\n{}", self.message, other.message);
        for hint in other.hints {
            if !self.hints.contains(&hint) {
                self.hints.push(hint);
            }
        }
        self
    }

    /// Says which database it was, when that is not to be reached.
    pub(crate) fn at(mut self, database: Option<&Secret>) -> Self {
        if let (Kind::Connection | Kind::Url, Some(url)) = (self.kind, database) {
            self.hints.push(format!("the database is `{url}`"));
            if url.has_unencoded_password() {
                self.hints.push(UNENCODED.to_owned());
            }
        }
        self
    }

    /// The same without a database's password.
    pub(crate) fn scrubbed(mut self, secret: Option<&Secret>) -> Self {
        if let Some(secret) = secret {
            self.message = secret.scrub(&self.message);
            self.hints = self.hints.iter().map(|hint| secret.scrub(hint)).collect();
        }
        self
    }

    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    pub(crate) fn hints(mut self, hints: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.hints.extend(hints.into_iter().map(Into::into));
        self
    }
}

impl fmt::Display for CommandError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl From<Error> for CommandError {
    fn from(error: Error) -> Self {
        let kind = kind(&error);
        let mut hints = Vec::new();
        if let Error::Resolve(error) = &error {
            hints = error.hints();
        }
        if let Error::Run(failed) = &error
            && let (Some(table), Some(revision)) = (&failed.existing, &failed.step.revision)
        {
            hints.push(format!(
                "`{table}` was there before any migration: where the database holds what `{revision}` makes, \
                 `stamp {revision}` says so and runs nothing; `check` then tells what differs"
            ));
        }
        if let Error::Empty { .. } = error {
            hints.push(EMPTY.to_owned());
        }
        if let Error::Open(OpenError::NotReady { waited, .. }) = &error
            && waited.is_zero()
        {
            hints.push("is its server running? `--wait 30s` waits for one that is starting".to_owned());
        }
        hints.extend(hint(kind).map(str::to_owned));
        Self::new(kind, error).hints(hints)
    }
}

fn kind(error: &Error) -> Kind {
    if let Error::Spec(error) | Error::Resolve(ResolveError::Spec(error)) = error {
        return match error.reason {
            SpecErrorReason::IsRange | SpecErrorReason::NotARange => Kind::Usage,
            SpecErrorReason::Empty
            | SpecErrorReason::EmptyLabel
            | SpecErrorReason::NothingInLabel
            | SpecErrorReason::SeveralLabels
            | SpecErrorReason::NotANumber
            | SpecErrorReason::NumberTooLarge => Kind::Revision(migrate_graph::ErrorKind::CantLocate),
        };
    }
    match error.kind() {
        ErrorKind::Graph => Kind::Graph,
        ErrorKind::Resolve(kind) => Kind::Revision(kind),
        ErrorKind::Usage => Kind::Usage,
        ErrorKind::Config => Kind::Url,
        ErrorKind::Connection => Kind::Connection,
        ErrorKind::HalfDone => Kind::HalfDone,
        ErrorKind::Models => Kind::Models,
        ErrorKind::NotUpToDate => Kind::NotUpToDate,
        ErrorKind::Unsupported => Kind::Unsupported,
        ErrorKind::Irreversible => Kind::Irreversible,
        ErrorKind::Locked => Kind::Locked,
        // A failure that this version has no name for is one of the run.
        ErrorKind::Migration | _ => Kind::Migration,
    }
}

/// What the command line, and no library, can advise.
pub(crate) const fn hint(kind: Kind) -> Option<&'static str> {
    match kind {
        Kind::Revision(migrate_graph::ErrorKind::MultipleHeads) => {
            Some("name one of them, or `LABEL@head`; or take all with `heads`")
        }
        Kind::Revision(migrate_graph::ErrorKind::CantLocate) => Some("`history` lists all revisions"),
        Kind::NotUpToDate => Some("`upgrade head` brings it there; `check --offline` asks no database"),
        Kind::Locked => Some("run it again when the other is done; `lock_timeout` says how long to wait"),
        Kind::Revision(_)
        | Kind::Graph
        | Kind::Models
        | Kind::Usage
        | Kind::Config
        | Kind::Url
        | Kind::Connection
        | Kind::Migration
        | Kind::HalfDone
        | Kind::Unsupported
        | Kind::Irreversible
        | Kind::Io
        | Kind::Interrupted(_) => None,
        #[cfg(feature = "authoring")]
        Kind::Source | Kind::Build => None,
    }
}

impl From<ResolveError> for CommandError {
    fn from(error: ResolveError) -> Self {
        Error::from(error).into()
    }
}

impl From<SpecError> for CommandError {
    fn from(error: SpecError) -> Self {
        Error::from(error).into()
    }
}

impl From<ConfigError> for CommandError {
    fn from(error: ConfigError) -> Self {
        Self::new(Kind::Config, &error).hints(error.hints())
    }
}

impl From<io::Error> for CommandError {
    fn from(error: io::Error) -> Self {
        Self::new(Kind::Io, format_args!("cannot write to stdout: {error}"))
    }
}

impl From<Signal> for CommandError {
    fn from(signal: Signal) -> Self {
        let message = format_args!(
            "interrupted by {signal}: what is not committed is rolled back, and the next run goes on there"
        );
        Self::new(Kind::Interrupted(signal), message)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use migrate_graph::ErrorKind as Graph;

    #[test]
    fn names_and_exit_codes_are_a_contract() {
        let kinds = [
            Kind::Revision(Graph::CantLocate),
            Kind::Revision(Graph::AmbiguousId),
            Kind::Revision(Graph::MultipleHeads),
            Kind::Revision(Graph::AmbiguousTarget),
            Kind::Revision(Graph::NotAValidTarget),
            Kind::Revision(Graph::Overlap),
            Kind::Revision(Graph::Relative),
            Kind::Revision(Graph::UnknownRevision),
            Kind::Graph,
            Kind::Models,
            Kind::NotUpToDate,
            Kind::Usage,
            Kind::Config,
            Kind::Url,
            Kind::Connection,
            Kind::Migration,
            Kind::HalfDone,
            Kind::Unsupported,
            Kind::Irreversible,
            Kind::Io,
            Kind::Locked,
            Kind::Interrupted(Signal::Interrupt),
            Kind::Interrupted(Signal::Terminate),
        ];
        let lines = kinds.map(|kind| format!("{} {}", kind.exit_code(), kind.as_str()));
        insta::assert_snapshot!(lines.join("\n"), @"
        2 cant_locate
        2 ambiguous_id
        2 multiple_heads
        2 ambiguous_target
        2 not_a_valid_target
        2 overlap
        2 relative
        2 unknown_revision
        2 graph
        2 models
        2 not_up_to_date
        2 usage
        2 config
        2 config
        3 connection
        3 migration
        3 half_done
        3 unsupported
        3 irreversible
        3 io
        4 locked
        130 interrupted
        143 interrupted
        ");
    }
}
