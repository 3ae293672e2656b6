//! The Python of the tests that compare with Alembic.

use std::path::PathBuf;

/// The variable in which `cargo xtask test` names its interpreter.
const PYTHON: &str = "MIGRATE_TEST_PYTHON";

/// A Python interpreter that has Alembic, SQLAlchemy, psycopg and `PyMySQL`.
///
/// # Panics
/// When there is none: a test that needs it does not pass without it.
#[must_use]
pub fn python() -> PathBuf {
    std::env::var_os(PYTHON)
        .map(PathBuf::from)
        .unwrap_or_else(|| panic!("{PYTHON} names no interpreter: run the tests by `cargo xtask test`"))
}
