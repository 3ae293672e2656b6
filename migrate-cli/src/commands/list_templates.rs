//! `list-templates`

use clap::Args;

use crate::error::{CommandError, Outcome};
use crate::init::Template;
use crate::session::Session;

/// List the templates of `init`
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  list-templates                    what `init --template` takes")]
pub(crate) struct ListTemplates {}

impl ListTemplates {
    #[expect(clippy::unused_self, reason = "every command is called in the same way")]
    pub(crate) fn run(&self, session: &Session) -> Result<Outcome, CommandError> {
        list(session)
    }
}

/// Prints each template with what it makes.
pub(super) fn list(session: &Session) -> Result<Outcome, CommandError> {
    let lines = Template::ALL.map(|template| format!("{} - {}\n", template.name(), template.about()));
    session.ui.data(&lines.concat())?;
    session.ui.say("Templates are used via the 'init' command, e.g.:");
    session
        .ui
        .say(&format!("  {} init --template module", session.program));
    Ok(Outcome::Done)
}
