//! `man`

use std::fs;
use std::io;
use std::path::PathBuf;

use clap::Args;
use clap_mangen::Man as Page;
use clap_mangen::roff::{Roff, roman};

use crate::error::{CommandError, Kind, Outcome};
use crate::session::Session;

/// Print the manual page, or that of a command
///
/// `man -l -` shows it; with `--dir` all pages are written where `man` looks for them.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  man | man -l -                           read it
  man upgrade | man -l -                   that of a command
  man --dir ~/.local/share/man/man1        install all")]
pub(crate) struct Man {
    /// The command; without one it is the page of the program
    command: Option<String>,
    /// Write all pages into this folder instead, such as `~/.local/share/man/man1`
    #[arg(long, value_name = "DIR", conflicts_with = "command")]
    dir: Option<PathBuf>,
}

impl Man {
    pub(crate) fn run(&self, session: &Session) -> Result<Outcome, CommandError> {
        let root = session.definition()?.shown();
        if let Some(folder) = &self.dir {
            let failed = |error: io::Error| {
                CommandError::new(
                    Kind::Io,
                    format_args!("cannot write to `{}`: {error}", folder.display()),
                )
            };
            fs::create_dir_all(folder).map_err(failed)?;
            let commands = root.get_subcommands().filter(|command| !command.is_hide_set());
            for command in [&root].into_iter().chain(commands) {
                let file = folder.join(format!("{}.1", name(command)));
                fs::write(file, page(&root, command)?).map_err(failed)?;
            }
            return Ok(Outcome::Done);
        }
        let command = match &self.command {
            None => &root,
            Some(name) => root
                .find_subcommand(name)
                .ok_or_else(|| CommandError::usage(format!("there is no command `{name}`")))?,
        };
        session
            .ui
            .data(&String::from_utf8_lossy(&page(&root, command)?))?;
        Ok(Outcome::Done)
    }
}

/// The page's name: `cargo-migrate-upgrade`.
fn name(command: &clap::Command) -> &str {
    command.get_display_name().unwrap_or_else(|| command.get_name())
}

/// The page of a command. It says the same at any time and anywhere.
fn page(root: &clap::Command, command: &clap::Command) -> io::Result<Vec<u8>> {
    let version = root.get_version().unwrap_or_default();
    let man = Page::new(command.clone())
        .source(format!("{} {version}", name(root)))
        .manual("Migrations");
    let mut page = Vec::new();
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    man.render_synopsis_section(&mut page)?;
    man.render_description_section(&mut page)?;
    man.render_options_section(&mut page)?;
    if command.has_subcommands() {
        man.render_subcommands_section(&mut page)?;
    }
    if let Some(examples) = command.get_after_help() {
        verbatim(&examples.to_string()).to_writer(&mut page)?;
    }
    Ok(page)
}

/// The text at the end of a help, line by line: paragraphs, some with a heading.
fn verbatim(text: &str) -> Roff {
    let mut roff = Roff::new();
    for paragraph in text.split("\n\n") {
        let headed = paragraph.split_once(":\n");
        if let Some((heading, _)) = headed {
            roff.control("SH", [heading.to_uppercase().as_str()]);
        } else {
            roff.control("PP", []);
        }
        roff.control("nf", []);
        for line in headed.map_or(paragraph, |(_, lines)| lines).lines() {
            roff.text([roman(line.strip_prefix("  ").unwrap_or(line))]);
        }
        roff.control("fi", []);
    }
    roff
}
