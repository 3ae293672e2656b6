//! The commands, a file each: its arguments, one library call, one rendering.
//!
//! There are three kinds. Some speak of revisions and databases, and do not care where the revisions come from; some
//! read or write the source of migrations; and some need neither.

mod branches;
mod check;
mod compare;
#[cfg(feature = "authoring")]
mod completions;
mod current;
mod downgrade;
#[cfg(feature = "authoring")]
mod edit;
mod ensure_version;
#[cfg(feature = "authoring")]
mod from_database;
#[cfg(feature = "authoring")]
mod generate;
#[cfg(feature = "authoring")]
pub(crate) mod graph;
mod heads;
mod history;
mod ids;
#[cfg(feature = "authoring")]
mod init;
#[cfg(feature = "authoring")]
mod list_templates;
#[cfg(feature = "authoring")]
mod man;
#[cfg(feature = "authoring")]
mod merge;
#[cfg(feature = "authoring")]
mod new_revision;
mod offline;
#[cfg(feature = "authoring")]
mod rebase;
#[cfg(feature = "authoring")]
mod renames;
mod resolve;
#[cfg(feature = "authoring")]
mod revision;
mod show;
mod shown;
mod stamp;
mod status;
mod upgrade;

use clap::Subcommand;

use crate::context::Context;
use crate::error::{CommandError, Outcome};
#[cfg(feature = "authoring")]
use crate::session::Session;
#[cfg(feature = "authoring")]
use crate::workshop::{Compiled, Workshop};

/// The command.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    #[command(flatten)]
    Use(UseCommand),
    #[cfg(feature = "authoring")]
    #[command(flatten)]
    Author(AuthorCommand),
    #[cfg(feature = "authoring")]
    #[command(flatten)]
    Setup(SetupCommand),
}

/// The commands on revisions, wherever these come from.
#[derive(Debug, Subcommand)]
pub(crate) enum UseCommand {
    Upgrade(upgrade::Upgrade),
    Downgrade(downgrade::Downgrade),
    Stamp(stamp::Stamp),
    Resolve(resolve::Resolve),
    Status(status::StatusCommand),
    Current(current::Current),
    History(history::History),
    #[cfg(feature = "authoring")]
    Generate(generate::Generate),
    #[cfg(feature = "authoring")]
    Graph(graph::Graph),
    Heads(heads::Heads),
    Branches(branches::Branches),
    Check(check::CheckCommand),
    Show(show::Show),
    #[command(alias = "ensure_version")]
    EnsureVersion(ensure_version::EnsureVersion),
    #[command(name = "__ids", hide = true)]
    Ids(ids::Ids),
    #[command(name = "__compare", hide = true)]
    Compare(compare::Compare),
}

/// The commands on the source of migrations.
#[cfg(feature = "authoring")]
#[derive(Debug, Subcommand)]
pub(crate) enum AuthorCommand {
    Revision(revision::Revision),
    Merge(merge::Merge),
    Rebase(rebase::Rebase),
    Edit(edit::Edit),
}

/// The commands that need no project.
#[cfg(feature = "authoring")]
#[derive(Debug, Subcommand)]
pub(crate) enum SetupCommand {
    Init(init::Init),
    #[command(alias = "list_templates")]
    ListTemplates(list_templates::ListTemplates),
    Completions(completions::Completions),
    Man(man::Man),
}

impl UseCommand {
    pub(crate) async fn run(&self, context: &Context) -> Result<Outcome, CommandError> {
        match self {
            Self::Upgrade(command) => command.run(context).await,
            Self::Downgrade(command) => command.run(context).await,
            Self::Stamp(command) => command.run(context).await,
            Self::Resolve(command) => command.run(context).await,
            Self::Status(command) => command.run(context).await,
            Self::Current(command) => command.run(context).await,
            Self::History(command) => command.run(context).await,
            #[cfg(feature = "authoring")]
            Self::Generate(command) => command.run(context).await,
            #[cfg(feature = "authoring")]
            Self::Graph(command) => command.run(context).await,
            Self::Heads(command) => command.run(context),
            Self::Branches(command) => command.run(context),
            Self::Check(command) => command.run(context).await,
            Self::Show(command) => command.run(context).await,
            Self::EnsureVersion(command) => command.run(context).await,
            Self::Ids(command) => command.run(context),
            Self::Compare(command) => command.run(context).await,
        }
    }

    /// Whether it runs migrations, or prints their SQL: their revisions alone are not enough.
    #[cfg(feature = "authoring")]
    pub(crate) fn needs_migrations(&self) -> bool {
        match self {
            Self::Upgrade(command) => command.needs_migrations(),
            Self::Downgrade(command) => command.needs_migrations(),
            Self::Check(_) | Self::Ids(_) | Self::Compare(_) => true,
            Self::Stamp(_)
            | Self::Resolve(_)
            | Self::Status(_)
            | Self::Current(_)
            | Self::History(_)
            | Self::Generate(_)
            | Self::Graph(_)
            | Self::Heads(_)
            | Self::Branches(_)
            | Self::Show(_)
            | Self::EnsureVersion(_) => false,
        }
    }
}

#[cfg(feature = "authoring")]
impl AuthorCommand {
    pub(crate) async fn run(
        &self,
        workshop: &Workshop,
        compiled: &dyn Compiled,
    ) -> Result<Outcome, CommandError> {
        match self {
            Self::Revision(command) => command.run(workshop, compiled).await,
            Self::Merge(command) => command.run(workshop),
            Self::Rebase(command) => command.run(workshop).await,
            Self::Edit(command) => command.run(workshop).await,
        }
    }
}

#[cfg(feature = "authoring")]
impl SetupCommand {
    pub(crate) async fn run(&self, session: &Session) -> Result<Outcome, CommandError> {
        match self {
            Self::Init(command) => command.run(session).await,
            Self::ListTemplates(command) => command.run(session),
            Self::Completions(command) => command.run(session),
            Self::Man(command) => command.run(session),
        }
    }
}
