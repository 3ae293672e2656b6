//! `init`

use std::path::{Path, PathBuf};

use clap::builder::{PossibleValue, StringValueParser, TypedValueParser};
use clap::error::ErrorKind;
use clap::{Arg, Args};

use super::from_database::{FromDatabase, Read};
use super::list_templates;
use crate::error::{CommandError, Outcome};
use crate::init::{Change, Origin, Project, Request, Template};
use crate::project::shown;
use crate::session::Session;

/// Begin a project: a package of migrations, or migrations in a package
///
/// With `--from-database` the project begins with a database that is there: `src/models.rs` has a struct for each table,
/// the first migration makes what the database holds, and the database is marked as being there. `check` then finds no
/// difference.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  init                     a package in this folder, which has no Cargo.toml
  init migrations          a package beside your application, in its workspace
  init --template module   migrations in the package of this folder
  init --from-database     a package that begins with what DATABASE_URL holds

Nothing is overwritten.")]
pub(crate) struct Init {
    /// Where; the folder is made when it is not there
    #[arg(default_value = ".")]
    directory: PathBuf,
    /// What to make
    #[arg(short, long, default_value = "crate", value_parser = Names)]
    template: Template,
    /// List the templates, and make nothing
    #[arg(long)]
    list_templates: bool,
    /// Checkout of this tool that the project depends on, instead of the one that this program was built from
    #[arg(long, value_name = "DIR", conflicts_with = "git")]
    path: Option<PathBuf>,
    /// Repository of this tool that the project depends on
    #[arg(long, value_name = "URL")]
    git: Option<String>,
    /// Name of the new package, instead of one that is made of the folder's
    #[arg(long, value_name = "PACKAGE")]
    name: Option<String>,
    #[command(flatten)]
    from_database: FromDatabase,
}

/// Reads the name of a template.
#[derive(Debug, Clone)]
struct Names;

impl TypedValueParser for Names {
    type Value = Template;

    fn parse_ref(
        &self,
        command: &clap::Command,
        argument: Option<&Arg>,
        value: &std::ffi::OsStr,
    ) -> Result<Template, clap::Error> {
        let name = StringValueParser::new().parse_ref(command, argument, value)?;
        Template::of_name(&name).ok_or_else(|| {
            let names = Template::ALL.map(Template::name).join(", ");
            // The first words are Alembic's.
            let message = format!("No such template {name:?}; there are: {names}");
            command.clone().error(ErrorKind::InvalidValue, message)
        })
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        let value = |template: Template| PossibleValue::new(template.name()).help(template.about());
        Some(Box::new(Template::ALL.into_iter().map(value)))
    }
}

impl Init {
    pub(crate) async fn run(&self, session: &Session) -> Result<Outcome, CommandError> {
        if self.list_templates {
            return list_templates::list(session);
        }
        let read = self.from_database.read(session, self.template).await?;
        let current = &session.environment.folder;
        let request = Request {
            template: self.template,
            folder: current.join(&self.directory),
            name: self.name.clone(),
            origin: match (&self.path, &self.git) {
                (Some(path), _) => Origin::Path(path.clone()),
                (None, Some(url)) => Origin::Git(url.clone()),
                (None, None) => Origin::Own,
            },
            beginning: read.as_ref().map(Read::beginning),
            current: current.clone(),
        };
        let project = Project::prepare(&request)?;
        project.write()?;
        Self::report_files(session, &project);
        match &read {
            Some(read) => {
                self.from_database.finish(session, &project, read).await?;
                Self::report_database(session, &project, read);
            }
            None => self.report_next(session, &project),
        }
        Ok(Outcome::Done)
    }

    fn report_files(session: &Session, project: &Project) {
        let ui = &session.ui;
        let name = |path: &Path| shown(path, &session.environment.folder);
        for file in &project.files {
            ui.say(&format!("created {}", name(&project.folder.join(&file.path))));
        }
        for Change { path, added, .. } in &project.changes {
            ui.say(&format!("changed {}:", name(path)));
            for line in added {
                ui.say(&format!("  + {line}"));
            }
        }
        for note in &project.notes {
            ui.say(&format!("note: {note}"));
        }
    }

    /// What is to be done next begins in the project's folder.
    fn begin_next(session: &Session, project: &Project) {
        session.ui.say("\nNext:");
        if project.folder != session.environment.folder {
            let folder = shown(&project.folder, &session.environment.folder);
            session.ui.say(&format!("  cd {}", shell_words::quote(&folder)));
        }
    }

    fn report_database(session: &Session, project: &Project, read: &Read) {
        let ui = &session.ui;
        for line in read.unsaid() {
            ui.warn(&format!("not said by the models: {line}"));
        }
        Self::begin_next(session, project);
        ui.say(&format!("  {} check", session.program));
        ui.say("Change a model, and `revision --autogenerate` writes the migration.");
    }

    fn report_next(&self, session: &Session, project: &Project) {
        let ui = &session.ui;
        Self::begin_next(session, project);
        let program = &session.program;
        let database = match self.template {
            Template::Crate | Template::Module => "",
            Template::Multidb => " -n primary",
        };
        ui.say(&format!("  {program}{database} revision -m \"create users\""));
        ui.say(&format!("  {program}{database} upgrade head"));
        let library = &project.library;
        ui.say(&match self.template {
            Template::Crate => format!(
                "An application that depends on this package upgrades its database when it starts:\n  \
                 {library}::migrator().upgrade(&url, \"head\").await?;"
            ),
            Template::Module => {
                "The application declares `mod migrations;` and upgrades its database when it starts:\n  \
                 migrations::migrator().upgrade(&url, \"head\").await?;\n\
                 Or it has these commands under one of its own: `migrate_cli::Migrate`."
                    .to_owned()
            }
            Template::Multidb => format!(
                "An application that depends on this package upgrades its databases when it starts:\n  \
                 {library}::primary::migrator().upgrade(&url, \"head\").await?;"
            ),
        });
    }
}
