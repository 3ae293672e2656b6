//! The worker: waits until the service has migrated the database, then deletes expired magic links every so often.
//!
//! `DATABASE_URL` names the database, as for the service; `WAIT_SECONDS` says how long it waits for the service (60 by
//! default), `EVERY_SECONDS` how often it works (60 by default).
#![expect(clippy::print_stderr, reason = "a worker logs to stderr")]

use std::error::Error;
use std::process::ExitCode;
use std::time::Duration;

use example_app::process::{asked_to_stop, database_url, exit_code, variable};
use example_app::store::Store;
use example_app::{migrations, worker};

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    exit_code(run().await)
}

async fn run() -> Result<(), Box<dyn Error>> {
    let url = database_url();
    let (wait, every) = (seconds("WAIT_SECONDS", "60")?, seconds("EVERY_SECONDS", "60")?);
    tokio::select! {
        () = asked_to_stop() => Ok(()),
        done = work(&url, wait, every) => done,
    }
}

async fn work(url: &str, wait: Duration, every: Duration) -> Result<(), Box<dyn Error>> {
    eprintln!("waiting for the database to be at head");
    if !worker::migrated(migrations::migrator(), url, wait).await? {
        let hint = "the service migrates it when it starts; or run `migrate upgrade head`";
        return Err(format!("the database was not at head within {wait:?}: {hint}").into());
    }
    let store = Store::connect(url).await?;
    eprintln!("working");
    loop {
        let deleted = store.delete_expired_links().await?;
        if deleted > 0 {
            eprintln!("deleted expired magic links: {deleted}");
        }
        tokio::time::sleep(every).await;
    }
}

fn seconds(name: &str, default: &str) -> Result<Duration, String> {
    let text = variable(name, default);
    let number = text.parse();
    let number = number.map_err(|_| format!("{name} is a number of seconds, not `{text}`"))?;
    Ok(Duration::from_secs(number))
}
