//! `cargo migrate`, for tests: cargo gives a package's tests the programs of that package alone.

fn main() -> std::process::ExitCode {
    migrate_cli::cargo_migrate()
}
