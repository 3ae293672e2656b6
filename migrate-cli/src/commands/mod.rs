//! The commands, a file each: its arguments, one library call, one rendering.

mod branches;
mod current;
mod downgrade;
mod ensure_version;
mod heads;
mod history;
mod offline;
mod show;
mod stamp;
mod upgrade;

use clap::Subcommand;

use crate::context::Context;
use crate::error::{CommandError, Outcome};

/// The command.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Upgrade(upgrade::Upgrade),
    Downgrade(downgrade::Downgrade),
    Stamp(stamp::Stamp),
    Current(current::Current),
    History(history::History),
    Heads(heads::Heads),
    Branches(branches::Branches),
    Show(show::Show),
    #[command(alias = "ensure_version")]
    EnsureVersion(ensure_version::EnsureVersion),
}

impl Command {
    pub(crate) async fn run(&self, context: &Context) -> Result<Outcome, CommandError> {
        match self {
            Self::Upgrade(command) => command.run(context).await,
            Self::Downgrade(command) => command.run(context).await,
            Self::Stamp(command) => command.run(context).await,
            Self::Current(command) => command.run(context).await,
            Self::History(command) => command.run(context).await,
            Self::Heads(command) => command.run(context),
            Self::Branches(command) => command.run(context),
            Self::Show(command) => command.run(context).await,
            Self::EnsureVersion(command) => command.run(context).await,
        }
    }
}
