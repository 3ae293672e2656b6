//! The command line: the two processes of the application, and `migrate` with all commands of the migrations.
//!
//! `DATABASE_URL` names the database, `BIND` the API's address (127.0.0.1:8000 by default).
#![expect(clippy::print_stderr, reason = "a service logs to stderr")]

use std::collections::BTreeMap;
use std::error::Error;
use std::process::ExitCode;
use std::time::Duration;

use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::get;
use axum::{Json, Router};
use clap::Parser;
use existing_schema::{migrations, queue::Queue};
use tokio::net::TcpListener;

/// How often the worker looks for jobs.
const PAUSE: Duration = Duration::from_secs(1);

/// Documents that can be searched
#[derive(Debug, Parser)]
enum App {
    /// Serve requests
    Api,
    /// Do the jobs
    Worker,
    /// Migrate the database
    Migrate(migrate_cli::Migrate),
}

#[tokio::main]
async fn main() -> ExitCode {
    let ended = match App::parse() {
        App::Migrate(migrate) => return migrate.run(migrations::migrator()).await,
        App::Api => api().await,
        App::Worker => worker().await,
    };
    match ended {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn api() -> Result<(), Box<dyn Error>> {
    let app = Router::new().route("/jobs", get(jobs)).with_state(queue().await?);
    let bind = std::env::var("BIND").unwrap_or_else(|_| "127.0.0.1:8000".to_owned());
    let listener = TcpListener::bind(bind).await?;
    eprintln!("listening on http://{}", listener.local_addr()?);
    axum::serve(listener, app)
        .with_graceful_shutdown(asked_to_stop())
        .await?;
    Ok(())
}

async fn jobs(State(queue): State<Queue>) -> Result<Json<BTreeMap<String, i64>>, StatusCode> {
    let counted = queue.count().await;
    counted.map(Json).map_err(|error| {
        eprintln!("error: {error}");
        StatusCode::INTERNAL_SERVER_ERROR
    })
}

async fn worker() -> Result<(), Box<dyn Error>> {
    let queue = queue().await?;
    eprintln!("working");
    let stop = asked_to_stop();
    tokio::pin!(stop);
    loop {
        let done = queue.work().await?;
        if done > 0 {
            eprintln!("done jobs: {done}");
        }
        tokio::select! {
            () = &mut stop => return Ok(()),
            () = tokio::time::sleep(PAUSE) => {}
        }
    }
}

async fn queue() -> Result<Queue, Box<dyn Error>> {
    let url = std::env::var("DATABASE_URL").map_err(|_| "DATABASE_URL names no database")?;
    Ok(Queue::open(&url).await?)
}

/// Resolves at Ctrl-C, and at the SIGTERM by which a container is stopped.
async fn asked_to_stop() {
    let interrupt = tokio::signal::ctrl_c();
    #[cfg(unix)]
    if let Ok(mut terminate) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        tokio::select! {
            _ = interrupt => {}
            _ = terminate.recv() => {}
        }
        return;
    }
    // Without a handler the system ends the process.
    let _handled = interrupt.await;
}
