//! The command line: the application's own commands, and `migrate` with all those of the migrations.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program that answers in a terminal"
)]

use std::error::Error;
use std::process::ExitCode;

use clap::Parser;
use messaging::mailbox::Mailbox;
use messaging::migrations;

/// Messages to people and models
#[derive(Debug, Parser)]
enum App {
    /// Send a message
    Send {
        /// Who writes
        from: String,
        /// To whom
        to: String,
        /// What
        text: String,
    },
    /// Show the messages to somebody
    Inbox {
        /// To whom they were sent
        email: String,
    },
    /// Migrate the database
    Migrate(migrate_cli::Migrate),
}

#[tokio::main]
async fn main() -> ExitCode {
    let answered = match App::parse() {
        // Its exit codes and its errors are its own, and so is the way in which it reads `.env`.
        App::Migrate(migrate) => return migrate.run(migrations::migrator()).await,
        App::Send { from, to, text } => send(&from, &to, &text).await,
        App::Inbox { email } => inbox(&email).await,
    };
    match answered {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn send(from: &str, to: &str, text: &str) -> Result<(), Box<dyn Error>> {
    Ok(mailbox().await?.send(from, to, text).await?)
}

async fn inbox(email: &str) -> Result<(), Box<dyn Error>> {
    for letter in mailbox().await?.inbox(email).await? {
        println!("{}: {}", letter.sender, letter.body);
    }
    Ok(())
}

async fn mailbox() -> Result<Mailbox, Box<dyn Error>> {
    let url = dotenvy::var("DATABASE_URL").map_err(|_| "DATABASE_URL is not set: cp .env.example .env")?;
    Ok(Mailbox::open(&url).await?)
}
