//! A project's own migration binary, for the tests of the command line.
//!
//! `FIXTURE` names the directory of migrations that it is made of. As `app` it is an application that mounts the
//! commands under its own.

use std::process::ExitCode;

use clap::Parser;

mod backfill {
    migrate_core::migrations!("fixtures/backfill");
}
mod branches {
    migrate_core::migrations!("fixtures/branches", allow_multiple_heads);
}
mod chain {
    migrate_core::migrations!("fixtures/chain");
}
mod colliding {
    migrate_core::migrations!("fixtures/colliding");
}
mod failing {
    migrate_core::migrations!("fixtures/failing");
}
mod half {
    migrate_core::migrations!("fixtures/half");
}
mod index {
    migrate_core::migrations!("fixtures/index");
}
mod endless {
    migrate_core::migrations!("fixtures/endless");
}
mod slow {
    migrate_core::migrations!("fixtures/slow");
}
mod none {
    migrate_core::migrations!("fixtures/none");
}

/// What the chain comes to, and a column more.
#[expect(dead_code, reason = "rows that nobody reads")]
mod models {
    use migrate_core::Table;

    #[derive(Debug, Table)]
    #[table(name = "users")]
    pub(crate) struct User {
        #[column(primary_key)]
        pub(crate) id: i32,
        #[column(length = 255)]
        pub(crate) email: Option<String>,
    }

    #[derive(Debug, Table)]
    #[table(name = "orders")]
    pub(crate) struct Order {
        #[column(primary_key)]
        pub(crate) id: i32,
        #[column(references = User::id)]
        pub(crate) user_id: Option<i32>,
    }
}

/// An application with a command line of its own
#[derive(Debug, Parser)]
#[command(name = "app")]
enum App {
    /// Serve requests
    Serve,
    /// Migrate the shop's database
    Migrate(migrate_cli::Migrate),
}

fn main() -> ExitCode {
    let fixture = std::env::var("FIXTURE").unwrap_or_default();
    migrate_cli::main(match fixture.as_str() {
        "app" => return app(),
        "backfill" => backfill::migrator(),
        "branches" => branches::migrator(),
        "colliding" => colliding::migrator(),
        "failing" => failing::migrator(),
        "half" => half::migrator(),
        "index" => index::migrator(),
        "endless" => endless::migrator(),
        "slow" => slow::migrator(),
        "none" => none::migrator(),
        _ => chain::migrator(),
    })
}

#[tokio::main]
async fn app() -> ExitCode {
    match App::parse() {
        App::Serve => ExitCode::SUCCESS,
        App::Migrate(migrate) => {
            let migrate = migrate.or_database_url("sqlite://app.db");
            migrate.run(chain::migrator()).await
        }
    }
}
