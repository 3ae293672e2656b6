//! The service: upgrades its database to head, then listens.
//!
//! `DATABASE_URL` names the database (a SQLite file beside Cargo.toml by default, as in migrate.toml), `BIND` the
//! address (127.0.0.1:8000 by default). Several instances may start at once: one migrates, the others wait.
#![expect(clippy::print_stderr, reason = "a service logs to stderr")]

use example_app::store::Store;
use example_app::{api, migrations};
use tokio::net::TcpListener;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let url = variable(
        "DATABASE_URL",
        concat!("sqlite://", env!("CARGO_MANIFEST_DIR"), "/getanswers.db"),
    );
    let report = migrations::migrator().upgrade(&url, "head").await?;
    for step in &report.applied {
        eprintln!("migrated: {} ({:.0?})", step.message, step.elapsed);
    }

    let app = api::router(Store::connect(&url).await?);
    let listener = TcpListener::bind(variable("BIND", "127.0.0.1:8000")).await?;
    eprintln!("listening on http://{}", listener.local_addr()?);
    axum::serve(listener, app)
        .with_graceful_shutdown(asked_to_stop())
        .await?;
    Ok(())
}

fn variable(name: &str, default: &str) -> String {
    std::env::var(name).unwrap_or_else(|_| default.to_owned())
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
