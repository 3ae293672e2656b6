//! [`Migrate`]: the options that all commands share, and the command.
//!
//! What the options mean is decided by `config`, what a command does by `commands`.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use clap::Args;
use clap::builder::{EnumValueParser, TypedValueParser};
use migrate_core::Migrator;

use crate::argument::Argument;
use crate::commands::Command;
use crate::compiled;
use crate::config::{A_DURATION, Flags, duration};
use crate::error::CommandError;
use crate::format::{Form, Format};
use crate::secret::Secret;
use crate::session::Session;

/// Under which the options of all commands are shown.
const COMMON: &str = "Common options";

/// The whole command line, to be mounted under an application's own command.
///
/// ```
/// use clap::Parser;
///
/// #[derive(Parser)]
/// enum App {
///     /// Serve requests
///     Serve,
///     /// Migrate the database
///     Migrate(migrate_cli::Migrate),
/// }
///
/// # mod migrations {
/// #     use migrate_core::__private::{MigrationSet, Migrator, migrator as of};
/// #     static NONE: MigrationSet =
/// #         MigrationSet { package: "app", module: "app", manifest_dir: "", directory: "migrations", migrations: &[] };
/// #     pub fn migrator() -> Migrator { of(&NONE, Vec::new()) }
/// # }
/// async fn run(app: App) -> std::process::ExitCode {
///     match app {
///         App::Serve => std::process::ExitCode::SUCCESS,
///         App::Migrate(migrate) => migrate.run(migrations::migrator()).await,
///     }
/// }
///
/// let app = App::try_parse_from(["my-app", "migrate", "upgrade", "head"]);
/// assert!(matches!(app, Ok(App::Migrate(_))));
/// ```
///
/// `--database-url`, `--wait`, `-x`, `--tag`, `--format` and `--quiet` stand before or after the command, so the
/// application cannot have global options of these names.
#[derive(Debug, Args)]
pub struct Migrate {
    /// Configuration file, instead of `migrate.toml` in the current folder or above
    #[arg(short, long, value_name = "FILE", help_heading = COMMON)]
    config: Option<PathBuf>,
    /// Table of the configuration file whose settings apply, such as `[analytics]`
    #[arg(short, long, value_name = "NAME", help_heading = COMMON)]
    name: Option<String>,
    /// Database, instead of `DATABASE_URL` or the configuration's
    #[arg(long, value_name = "URL", global = true, help_heading = COMMON)]
    database_url: Option<Secret>,
    /// Wait this long for a server that does not answer yet, such as `30s`
    #[arg(long, value_name = "TIME", value_parser = time, global = true, help_heading = COMMON)]
    wait: Option<Duration>,
    /// Value that migrations get by `op.argument`; may be repeated
    #[arg(short = 'x', value_name = "NAME=VALUE", global = true, help_heading = COMMON)]
    arguments: Vec<Argument>,
    /// The same as `-x tag=NAME`
    // Alembic's word, for those who have it in their scripts; others need not read about it.
    #[arg(long, value_name = "NAME", global = true, hide = true)]
    tag: Option<String>,
    /// How to print revisions, plans and errors
    #[arg(
        long,
        value_name = "FORMAT",
        global = true,
        default_value = "text",
        value_parser = EnumValueParser::<Format>::new().map(Form::Data),
        help_heading = COMMON,
    )]
    format: Form,
    /// Print nothing but what was asked for, and errors
    #[arg(short, long, global = true, help_heading = COMMON)]
    quiet: bool,
    /// The database that the application knows.
    #[arg(skip)]
    known_url: Option<Secret>,
    /// How an application says that the commands are called.
    #[arg(skip)]
    program: Option<String>,
    #[command(subcommand)]
    // On the heap: this struct is a variant in the enum of an application's commands.
    pub(crate) command: Box<Command>,
}

impl Migrate {
    /// Names the database for when no `--database-url` does: an application that knows its database already need
    /// not configure it twice. It wins over the environment and the configuration file.
    #[must_use]
    pub fn or_database_url(mut self, url: &str) -> Self {
        self.known_url = Some(Secret::new(url));
        self
    }

    /// Says how the commands are called here, as hints name them: `my-app db`. Unless somebody says so, it is what stands
    /// before the command on the process's command line.
    #[must_use]
    pub fn called(mut self, program: &str) -> Self {
        self.program = Some(program.to_owned());
        self
    }

    /// Runs the command, and returns its exit code, which [`main`](crate::main) documents.
    ///
    /// What was asked for is written to stdout, everything else to stderr. It must run on tokio. From here on the
    /// process takes SIGINT and SIGTERM itself: the command is dropped where it stands, so that the database
    /// rolls back what is not committed.
    pub async fn run(self, migrator: Migrator) -> ExitCode {
        compiled::run(&self.mounted(), &self.command, migrator).await
    }

    /// As [`run`](Self::run), for an application with several databases, each with migrations of its own: `-n NAME`
    /// says which is meant, and takes the table of that name in the configuration file.
    pub async fn run_named(self, migrators: impl IntoIterator<Item = (&'static str, Migrator)>) -> ExitCode {
        self.run_one_of(&self.mounted(), migrators).await
    }

    pub(crate) async fn run_one_of(
        &self,
        session: &Session,
        migrators: impl IntoIterator<Item = (&'static str, Migrator)>,
    ) -> ExitCode {
        let mut names = Vec::new();
        for (name, migrator) in migrators {
            if Some(name) == self.name.as_deref() {
                return compiled::run(session, &self.command, migrator).await;
            }
            names.push(name);
        }
        let message = self.name.as_ref().map_or_else(
            || "there are several databases".to_owned(),
            |name| format!("there is no database `{name}`"),
        );
        let listed = names.iter().map(|name| format!("`-n {name}`"));
        let hint = format!(
            "say which one is meant: {}",
            listed.collect::<Vec<_>>().join(", ")
        );
        session.end(Err(CommandError::usage(message).hint(hint)), None)
    }

    /// What all commands share, where they are a part of another program's command line.
    fn mounted(&self) -> Session {
        let words = std::env::args_os().map(|word| word.to_string_lossy().into_owned());
        let called = self.program.clone().or_else(|| called(words));
        self.session(called.as_deref().unwrap_or("migrate"))
    }

    /// What all commands share; `program` is how this command line is called.
    pub(crate) fn session(&self, program: &str) -> Session {
        let tag = self.tag.iter().map(|tag| Argument {
            name: "tag".into(),
            value: tag.clone(),
        });
        let flags = Flags {
            config: self.config.clone(),
            name: self.name.clone(),
            database_url: self.database_url.clone(),
            known_url: self.known_url.clone(),
            wait: self.wait,
            arguments: self.arguments.iter().cloned().chain(tag).collect(),
        };
        Session::of_process(flags, self.format.data(), self.quiet, program)
    }
}

/// How an application's command line leads to the commands, as `my-app migrate`: its words up to the command. An option
/// before that may have a value, and then nobody can tell.
fn called(words: impl Iterator<Item = String>) -> Option<String> {
    let commands = Migrate::augment_args(clap::Command::new("migrate"));
    let mut called = Vec::new();
    for word in words {
        if called.is_empty() {
            called.push(Path::new(&word).file_stem()?.to_str()?.to_owned());
        } else if commands.find_subcommand(&word).is_some() {
            return Some(called.join(" "));
        } else if word.starts_with('-') {
            return None;
        } else {
            called.push(word);
        }
    }
    None
}

fn time(text: &str) -> Result<Duration, String> {
    duration(text).ok_or_else(|| format!("it must be {A_DURATION}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::{CommandFactory, Parser};

    #[derive(Debug, Parser)]
    struct Program {
        #[command(flatten)]
        migrate: Migrate,
    }

    #[test]
    fn the_definition_has_no_contradiction() {
        Program::command().debug_assert();
    }

    #[test]
    fn alembic_s_command_lines_are_read() {
        let lines = [
            "upgrade head",
            "upgrade +1",
            "upgrade a:b --sql",
            "upgrade --sql head",
            "-x tenant=acme -x data upgrade head",
            "upgrade head -x tenant=acme --tag nightly",
            "stamp head --tag nightly",
            "downgrade -1",
            "downgrade -1 --plan --from abc,def",
            "downgrade cart@-1",
            "stamp heads --purge",
            "stamp a b --sql",
            "current -v",
            "current -c",
            "current --check-heads",
            "history",
            "history -r-1:",
            "history -r -3:head -v -i",
            "history --rev-range=-1:x --indicate-current",
            "history --rev-range :abc",
            "heads --resolve-dependencies",
            "branches -v",
            "check",
            "check --offline --format json",
            "show -1",
            "show head",
            "resolve --as done",
            "resolve --as=retry",
            "ensure_version --sql",
            "ensure-version",
            "-c other.toml -q heads",
            "-n staging heads",
            "heads -q --format json --database-url sqlite://x.db",
        ];
        let words = |line: &'static str| ["migrate"].into_iter().chain(line.split(' '));
        let refused: Vec<_> = lines
            .iter()
            .filter_map(|line| Some((line, Program::try_parse_from(words(line)).err()?)))
            .collect();
        assert!(refused.is_empty(), "{refused:#?}");
        #[cfg(feature = "authoring")]
        for line in [
            "revision -m x --head cart@head --splice --branch-label a --branch-label b --rev-id 1",
            "revision --message=x --depends-on a --depends-on=b --version-path db",
            "merge a b -m x --branch-label c --rev-id 1 --splice",
            "merge -m x heads",
        ] {
            assert!(Program::try_parse_from(words(line)).is_ok(), "{line}");
        }
        for line in [
            "upgrade",
            "upgrade a b",
            "downgrade --purge base",
            "upgrade head --from a",
            "upgrade head -x =a",
            "upgrade head --sql --plan",
            "",
        ] {
            assert!(Program::try_parse_from(words(line)).is_err(), "{line}");
        }
    }

    #[test]
    fn an_application_s_words_before_the_command_are_how_it_is_called() {
        let called = |line: &str| called(line.split(' ').map(str::to_owned));
        assert_eq!(
            called("/usr/bin/my-app migrate status"),
            Some("my-app migrate".to_owned())
        );
        assert_eq!(
            called("my-app db migrate upgrade head"),
            Some("my-app db migrate".to_owned())
        );
        assert_eq!(called("my-app --tenant a migrate status"), None);
        assert_eq!(called("my-app"), None);
    }

    #[test]
    fn a_url_on_the_command_line_is_not_shown() {
        let program =
            Program::try_parse_from(["migrate", "heads", "--database-url", "postgres://u:hunter2@h"]);
        assert!(!format!("{program:?}").contains("hunter2"));
    }
}
