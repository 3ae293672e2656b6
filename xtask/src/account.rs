//! [`Account`]: who a private server runs as.

use std::path::Path;
use std::process::Command;

use crate::failure::Failure;
use crate::{debian, process};

/// The account that a server runs as: database servers refuse to run as root.
#[derive(Debug)]
pub(crate) enum Account {
    Own,
    Other { user: String, group: String },
}

impl Account {
    /// This process's own account; the first of these that there is, when that is root.
    pub(crate) fn choose(server: &str, users: &[&str]) -> Result<Self, Failure> {
        if !debian::is_root() {
            return Ok(Self::Own);
        }
        if process::on_path("setpriv").is_none() {
            return Err(Failure::new(format!(
                "{server} does not run as root, and `setpriv` (util-linux) is missing"
            ))
            .hint("run this as another user, or install util-linux"));
        }
        let group = |user: &str| process::output(Command::new("id").args(["-gn", user]));
        users
            .iter()
            .find_map(|user| {
                Some(Self::Other {
                    user: (*user).to_owned(),
                    group: group(user).ok()?,
                })
            })
            .ok_or_else(|| {
                Failure::new(format!(
                    "{server} does not run as root, and there is no user `{}`",
                    users.join("` or `")
                ))
            })
    }

    /// Makes it the owner of a folder and all that is in it.
    pub(crate) fn give(&self, folder: &Path) -> Result<(), Failure> {
        match self {
            Self::Own => Ok(()),
            Self::Other { user, group } => {
                let owner = format!("{user}:{group}");
                process::output(Command::new("chown").args(["-R", &owner]).arg(folder)).map(drop)
            }
        }
    }

    /// A program, run by it.
    pub(crate) fn command(&self, program: &Path) -> Command {
        match self {
            Self::Own => Command::new(program),
            Self::Other { user, group } => {
                let mut command = Command::new("setpriv");
                command.args(["--reuid", user, "--regid", group, "--clear-groups", "--"]);
                command.arg(program);
                command
            }
        }
    }
}
