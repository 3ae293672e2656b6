//! The program that cargo runs for `cargo migrate`.

fn main() -> std::process::ExitCode {
    migrate_cli::cargo_migrate()
}
