//! The service: upgrades its database to head, then listens.
//!
//! `DATABASE_URL` names the database (a SQLite file beside Cargo.toml by default, as in migrate.toml), `BIND` the
//! address (127.0.0.1:8000 by default). Several instances may start at once: one migrates, the others wait.
#![expect(clippy::print_stderr, reason = "a service logs to stderr")]

use std::error::Error;
use std::process::ExitCode;

use example_app::store::Store;
use example_app::{api, migrations, process};
use tokio::net::TcpListener;

#[tokio::main]
async fn main() -> ExitCode {
    process::exit_code(serve().await)
}

async fn serve() -> Result<(), Box<dyn Error>> {
    let url = process::database_url();
    let report = migrations::migrator().upgrade(&url, "head").await?;
    for step in &report.applied {
        eprintln!("migrated: {} ({:.0?})", step.message, step.elapsed);
    }

    let app = api::router(Store::connect(&url).await?);
    let listener = TcpListener::bind(process::variable("BIND", "127.0.0.1:8000")).await?;
    eprintln!("listening on http://{}", listener.local_addr()?);
    axum::serve(listener, app)
        .with_graceful_shutdown(process::asked_to_stop())
        .await?;
    Ok(())
}
