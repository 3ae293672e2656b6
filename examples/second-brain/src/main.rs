//! The command line: the service, who keeps notes, and `migrate` with all commands of the migrations.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program that answers in a terminal"
)]

use std::error::Error;
use std::process::ExitCode;

use clap::Parser;
use second_brain::config::Settings;
use second_brain::db::users;
use second_brain::migrations;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// Notes, and who keeps them
#[derive(Debug, Parser)]
enum App {
    /// Say over HTTP who keeps notes
    Serve,
    /// Add somebody
    AddUser {
        /// The address to sign in with
        email: String,
        /// The name that one is called by
        first_name: String,
        /// The name of the family
        last_name: String,
    },
    /// Show everybody
    Users,
    /// Migrate the database
    Migrate(migrate_cli::Migrate),
}

#[tokio::main]
async fn main() -> ExitCode {
    let settings = Settings::from_environment();
    let answered = match App::parse() {
        // The database is the application's, and named in one place.
        App::Migrate(migrate) => {
            let migrate = migrate.or_database_url(&settings.database_url);
            return migrate.run(migrations::migrator()).await;
        }
        App::Serve => serve(&settings).await,
        App::AddUser {
            email,
            first_name,
            last_name,
        } => add(&settings, [&email, &first_name, &last_name]).await,
        App::Users => show(&settings).await,
    };
    match answered {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn add(settings: &Settings, [email, first_name, last_name]: [&str; 3]) -> Result<(), Box<dyn Error>> {
    let mut db = users::connect(&settings.database_url).await?;
    Ok(users::add(&mut db, email, first_name, last_name).await?)
}

async fn show(settings: &Settings) -> Result<(), Box<dyn Error>> {
    let mut db = users::connect(&settings.database_url).await?;
    for user in users::all(&mut db).await? {
        println!("{user}");
    }
    Ok(())
}

/// Answers every request with all users. It migrates nothing: that is an operator's command here.
async fn serve(settings: &Settings) -> Result<(), Box<dyn Error>> {
    let listener = TcpListener::bind(&settings.bind).await?;
    eprintln!("listening on http://{}", listener.local_addr()?);
    loop {
        let (client, _) = listener.accept().await?;
        tokio::spawn(answer(client, settings.database_url.clone()));
    }
}

async fn answer(mut client: TcpStream, url: String) -> std::io::Result<()> {
    // What is asked for is always the same.
    let _length = client.read(&mut [0; 1024]).await?;
    let everybody = async { users::all(&mut users::connect(&url).await?).await };
    let text = match everybody.await {
        Ok(all) => format!("HTTP/1.0 200 OK\r\n\r\n{}\n", all.join("\n")),
        Err(error) => {
            eprintln!("error: {error}");
            "HTTP/1.0 503 Service Unavailable\r\n\r\n".to_owned()
        }
    };
    client.write_all(text.as_bytes()).await
}
