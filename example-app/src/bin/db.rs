//! The project's helper: the five commands of every day. Each is a line of the commands of `migrate`, which has them
//! all.

use std::process::ExitCode;

use clap::Parser;
use clap::builder::NonEmptyStringValueParser;

/// The helper's own command line.
#[derive(Debug, Parser)]
#[command(
    name = "db",
    about = "The database's migrations: the commands of every day",
    after_help = "The program `migrate` has all commands. DATABASE_URL names the database, else migrate.toml does.",
    arg_required_else_help = true
)]
enum Db {
    /// Apply all pending migrations
    Upgrade,
    /// Roll back one migration
    Downgrade,
    /// Create a migration of what the models have and the database has not
    Revision {
        /// What the migration does, such as "add users.nickname"
        #[arg(value_parser = NonEmptyStringValueParser::new())]
        message: String,
    },
    /// Show where the database is
    Current,
    /// Show all migrations, the newest first
    History,
}

/// The command line that does it.
#[derive(Debug, Parser)]
struct Program {
    #[command(flatten)]
    migrate: migrate_cli::Migrate,
}

impl Db {
    fn words(self) -> Vec<String> {
        let line = match self {
            Self::Upgrade => "upgrade head",
            Self::Downgrade => "downgrade -1",
            Self::Current => "current",
            Self::History => "history",
            // One word, whatever the message begins with.
            Self::Revision { message } => {
                let message = format!("--message={message}");
                return vec!["revision".to_owned(), "--autogenerate".to_owned(), message];
            }
        };
        line.split(' ').map(str::to_owned).collect()
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let words = Db::parse().words();
    match Program::try_parse_from(["migrate".to_owned()].into_iter().chain(words)) {
        // Hints name commands that only that program has.
        Ok(program) => {
            let migrate = program.migrate.called("migrate");
            migrate.run(example_app::migrations::migrator()).await
        }
        Err(error) => error.exit(),
    }
}
