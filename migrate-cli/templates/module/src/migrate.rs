//! The project's own migration binary: the migrations are compiled in, so that it needs no toolchain.

#[path = "../migrations.rs"]
mod migrations;

fn main() -> std::process::ExitCode {
    migrate_cli::main(migrations::migrator())
}
