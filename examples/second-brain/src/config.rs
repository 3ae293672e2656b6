//! [`Settings`]: what the application is told by its environment.

/// The settings, each with a default that needs no server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// The database: `DATABASE_URL`.
    pub database_url: String,
    /// Where the service listens: `BIND`.
    pub bind: String,
}

impl Settings {
    /// Reads the variables of this process.
    #[must_use]
    pub fn from_environment() -> Self {
        let variable = |name: &str, default: &str| std::env::var(name).unwrap_or_else(|_| default.to_owned());
        let file = concat!("sqlite://", env!("CARGO_MANIFEST_DIR"), "/second-brain.db");
        Self {
            database_url: variable("DATABASE_URL", file),
            bind: variable("BIND", "127.0.0.1:8000"),
        }
    }
}
