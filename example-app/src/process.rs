//! What the service and the worker have of the process that they are: its variables, how it is asked to stop, and how it
//! ends.
#![expect(clippy::print_stderr, reason = "a service logs to stderr")]

use std::error::Error;
use std::process::ExitCode;

/// A variable of the environment, or what it is where nobody set it.
#[must_use]
pub fn variable(name: &str, default: &str) -> String {
    std::env::var(name).unwrap_or_else(|_| default.to_owned())
}

/// `DATABASE_URL`, or the SQLite file beside Cargo.toml, as in migrate.toml.
#[must_use]
pub fn database_url() -> String {
    variable(
        "DATABASE_URL",
        concat!("sqlite://", env!("CARGO_MANIFEST_DIR"), "/getanswers.db"),
    )
}

/// Resolves at Ctrl-C, and at the SIGTERM by which a container is stopped.
pub async fn asked_to_stop() {
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

/// The exit code of a program that ended so. What it failed with is written to stderr, as a sentence.
#[must_use]
pub fn exit_code(ended: Result<(), Box<dyn Error>>) -> ExitCode {
    match ended {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}
