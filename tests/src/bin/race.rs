//! Upgrades the database of its first argument to head, for the tests that race and kill whole processes.
//!
//! There are five migrations. Each makes a table and logs its process, and waits `STEP_MS` milliseconds in between
//! while its transaction is open; then it prints its revision's number.

use std::process::ExitCode;
use std::time::Duration;

use migrate_core::Event;
use migrate_core::prelude::*;
use migrate_tests::migrations::{migration, migrator};

async fn wait(_db: &mut Db<'_>) -> Result {
    let pause = std::env::var("STEP_MS")
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(0);
    tokio::time::sleep(Duration::from_millis(pause)).await;
    Ok(())
}

fn make(op: &mut Op, number: u32) -> Result {
    op.execute(format!("CREATE TABLE made_{number} (id INTEGER PRIMARY KEY)"));
    op.run("wait", wait);
    op.execute(format!(
        "INSERT INTO log (step, process) VALUES ({number}, {})",
        std::process::id()
    ));
    Ok(())
}

fn first(op: &mut Op) -> Result {
    op.execute("CREATE TABLE log (step INTEGER NOT NULL, process INTEGER NOT NULL)");
    make(op, 1)
}

#[tokio::main]
async fn main() -> ExitCode {
    let url = std::env::args().nth(1).unwrap_or_default();
    let nothing = |_: &mut Op| Ok(());
    let migrator = migrator(vec![
        migration("r1", &[], first, nothing),
        migration("r2", &["r1"], |op| make(op, 2), nothing),
        migration("r3", &["r2"], |op| make(op, 3), nothing),
        migration("r4", &["r3"], |op| make(op, 4), nothing),
        migration("r5", &["r4"], |op| make(op, 5), nothing),
    ]);
    let migrator = migrator.observer(|event: &Event| tell(event));
    match migrator.upgrade(&url, "head").await {
        Ok(_) => ExitCode::SUCCESS,
        Err(error) => {
            report(&error.to_string());
            ExitCode::FAILURE
        }
    }
}

fn tell(event: &Event) {
    if let Event::StepStarted(step) = event
        && let Some(revision) = &step.revision
    {
        report(revision.as_str());
    }
}

#[expect(clippy::print_stderr, reason = "the tests read it")]
fn report(text: &str) {
    eprintln!("{text}");
}
