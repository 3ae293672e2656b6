//! The options of a command that can also say what it would do.

use clap::Args;

/// Look, do not touch.
#[derive(Debug, Args)]
pub(crate) struct Offline {
    /// Print the SQL instead of running it; connects to nothing
    #[arg(long, group = "offline")]
    pub(crate) sql: bool,
    /// Print the steps and what each does to the version table, and touch nothing
    #[arg(long, group = "offline")]
    pub(crate) plan: bool,
    /// Start from these heads, or from `base`, instead of asking the database
    #[arg(long, value_name = "REV", value_delimiter = ',', requires = "offline")]
    pub(crate) from: Vec<String>,
}
