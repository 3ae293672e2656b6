//! The project's own migration binary: the migrations are compiled in, so that it needs no toolchain.

fn main() -> std::process::ExitCode {
    migrate_cli::main(example_app::migrations::migrator())
}
