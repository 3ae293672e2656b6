//! `graph`

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use clap::Args;
use clap::builder::{EnumValueParser, TypedValueParser};

use super::shown::Shown;
use crate::authoring::write;
use crate::context::Context;
use crate::drawing::{Drawing, SIGNATURE, dot, html, json, log, mermaid, svg};
use crate::entry::Line;
use crate::error::{CommandError, Kind, Outcome};
use crate::format::{Form, Format, Picture};

/// How far into a file the signature of a picture is looked for.
const BEGINNING: u64 = 512;

/// Draw the revisions and how they hang together
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  graph                                  in the terminal
  graph -r cart@base:head -i             one line, with the database's revisions marked
  graph --format html -o graph.html      a page to look around in
  graph --format mermaid                 for a Markdown file")]
pub(crate) struct Graph {
    /// What to draw
    #[arg(
        id = "format",
        long,
        value_name = "FORMAT",
        default_value = "text",
        value_parser = EnumValueParser::<Picture>::new().map(Form::Picture),
    )]
    form: Form,
    #[command(flatten)]
    shown: Shown,
    /// Write it to this file; one that is there is kept, unless this command drew it
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Write the file whatever is there
    #[arg(long, requires = "output")]
    force: bool,
    /// Draw text with ASCII alone, as where the locale is not UTF-8
    #[arg(long)]
    ascii: bool,
}

impl Graph {
    pub(crate) async fn run(&self, context: &Context) -> Result<Outcome, CommandError> {
        let entries = self.shown.entries(context).await?;
        let drawing = Drawing::new(&entries);
        let text: Box<dyn Iterator<Item = String>> = match self.picture() {
            Picture::Text => {
                let characters = log::Characters::of(&context.ui, self.ascii);
                Box::new(log::lines(&drawing, characters, Some(Line::History)))
            }
            Picture::Json => one(json::graph(&drawing, self.shown.asked())),
            Picture::Mermaid => one(mermaid::flowchart(&drawing)),
            Picture::Dot => one(dot::digraph(&drawing)),
            Picture::Svg => one(svg::picture(&drawing)),
            Picture::Html => one(html::page(&drawing, self.shown.asked())),
        };
        match &self.output {
            None => context.ui.stream(text)?,
            Some(path) => self.write(path, &text.collect::<String>())?,
        }
        Ok(Outcome::Done)
    }

    fn picture(&self) -> Picture {
        match self.form {
            Form::Picture(picture) => picture,
            // It stood before the command.
            Form::Data(Format::Text) => Picture::Text,
            Form::Data(Format::Json) => Picture::Json,
        }
    }

    fn write(&self, path: &Path, text: &str) -> Result<(), CommandError> {
        let failed = |error: io::Error| {
            CommandError::new(
                Kind::Io,
                format_args!("cannot write `{}`: {error}", path.display()),
            )
        };
        let over = self.force || is_picture(path).map_err(failed)?;
        match write::put(path, text, over) {
            Ok(()) => Ok(()),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                let message = format!("`{}` is there already, and no picture of ours", path.display());
                Err(CommandError::usage(message).hint("`--force` writes over it"))
            }
            Err(error) => Err(failed(error)),
        }
    }
}

fn one<'a>(text: String) -> Box<dyn Iterator<Item = String> + 'a> {
    Box::new(std::iter::once(text))
}

/// Whether a file is there that this command drew.
fn is_picture(path: &Path) -> io::Result<bool> {
    if !path.is_file() {
        return Ok(false);
    }
    let mut beginning = Vec::new();
    fs::File::open(path)?
        .take(BEGINNING)
        .read_to_end(&mut beginning)?;
    let signature = SIGNATURE.as_bytes();
    Ok(beginning.windows(signature.len()).any(|part| part == signature))
}
