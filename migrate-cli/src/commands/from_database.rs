//! `init --from-database`: a database that is there, as the beginning of a project.
//!
//! All that is asked of it is asked before anything is written. The first migration is written as `revision` writes one,
//! into the project that is there by then.

use clap::Args;
use migrate_core::dialect::for_scheme;
use migrate_core::graph::RevisionMap;
use migrate_core::{Adopted, Migrator};

use super::generate::scope;
use super::new_revision::{NewRevision, location, refused};
use crate::config::{Flags, MIGRATE_TOML, Settings};
use crate::error::{CommandError, Outcome};
use crate::init::{Beginning, Project, Template};
use crate::printable::listed;
use crate::secret::Secret;
use crate::session::Session;
use crate::workshop::Workshop;

/// What the first migration is called.
const MESSAGE: &str = "baseline";

/// The options of `init` about a database that is there.
#[derive(Debug, Args)]
pub(crate) struct FromDatabase {
    /// Begin with what a database holds: its models, and a first migration that makes it
    #[arg(long)]
    from_database: bool,
    /// Do not mark the database as being at that migration
    #[arg(long, requires = "from_database")]
    no_stamp: bool,
    /// Schema to read, instead of the one in which a table would be made; may be given several times
    #[arg(long, value_name = "SCHEMA", requires = "from_database")]
    schema: Vec<String>,
}

/// What was read.
pub(super) struct Read {
    database: Secret,
    adopted: Adopted,
}

impl FromDatabase {
    /// Reads the database, when one is to be read.
    pub(super) async fn read(
        &self,
        session: &Session,
        template: Template,
    ) -> Result<Option<Read>, CommandError> {
        if !self.from_database {
            return Ok(None);
        }
        if !matches!(template, Template::Crate) {
            let message = "`--from-database` makes a package of its own, by the template `crate`";
            return Err(CommandError::usage(message).hint(
                "in an application: `generate models` writes the models, and `revision --autogenerate` the migration",
            ));
        }
        let settings = Settings::load(&session.flags, &session.environment, None)?;
        let database = settings.database.clone()?;
        let read = self.ask(session, &settings, &database).await;
        let hidden = |error: CommandError| error.at(Some(&database)).scrubbed(Some(&database));
        let adopted = read.map_err(hidden)?;
        Ok(Some(Read { database, adopted }))
    }

    async fn ask(
        &self,
        session: &Session,
        settings: &Settings,
        database: &Secret,
    ) -> Result<Adopted, CommandError> {
        let nothing = RevisionMap::new(Vec::new()).unwrap_or_default();
        let migrator = settings.apply(Migrator::of_revisions(nothing), session.observer());
        let rows = migrator.rows(database.reveal()).await?;
        if !rows.is_empty() && !self.no_stamp {
            let message = format!("the database is at {} already", listed(rows));
            return Err(CommandError::usage(message).hint("`--no-stamp` leaves it there"));
        }
        let adopted = migrator.adopt(database.reveal(), &scope(&self.schema)).await?;
        if adopted.tables == 0 {
            return Err(CommandError::usage("the database has no tables")
                .hint("`init` without `--from-database` begins with nothing"));
        }
        Ok(adopted)
    }

    /// Writes the first migration into the new project, and marks the database.
    pub(super) async fn finish(
        &self,
        session: &Session,
        project: &Project,
        read: &Read,
    ) -> Result<(), CommandError> {
        let written = self.write(session, project, read).await;
        let hidden = |error: CommandError| error.at(Some(&read.database)).scrubbed(Some(&read.database));
        written.map_err(|error| hidden(error).hint("the project is written, and stays"))
    }

    async fn write(&self, session: &Session, project: &Project, read: &Read) -> Result<(), CommandError> {
        let open = || {
            let flags = Flags {
                config: Some(project.folder.join(MIGRATE_TOML)),
                database_url: Some(read.database.clone()),
                ..Flags::default()
            };
            let settings = Settings::load(&flags, &session.environment, None)?;
            Workshop::open(session, settings, None)
        };
        let workshop = open()?;
        let draft = NewRevision::first().draft(&["head".to_owned()], &[])?;
        let revision = workshop.context.map()?.draft(&draft);
        let revision = revision.map_err(|errors| refused(errors, &workshop.context.program))?;
        let location = location(&workshop, &revision)?;
        let _: Outcome = NewRevision::write(&workshop, &revision, MESSAGE, location, &read.adopted.baseline)?;
        if !self.no_stamp {
            let workshop = open()?;
            let database = read.database.reveal();
            let _ = workshop.context.migrator().stamp(database, &["head"]).await?;
        }
        Ok(())
    }
}

impl Read {
    /// What the project is told of it.
    pub(super) fn beginning(&self) -> Beginning {
        let url = self.database.reveal();
        let scheme = url.split([':', '+']).next().unwrap_or_default();
        let models = &self.adopted.models;
        Beginning {
            models: models.source.clone(),
            features: models.features.iter().copied().collect(),
            driver: for_scheme(scheme).map_or("sqlite", |dialect| dialect.name()),
            database_url: open(&self.database),
        }
    }

    /// What the models do not say.
    pub(super) fn unsaid(&self) -> &[String] {
        &self.adopted.models.unsaid
    }
}

/// The URL, unless it has a password, which stays out of files, or what would be expanded there.
fn open(database: &Secret) -> Option<String> {
    let url = database.reveal();
    (database.to_string() == url && !url.contains('$')).then(|| url.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_not_written_down() {
        let written = |url: &str| open(&Secret::new(url));
        for url in [
            "postgres://localhost/shop",
            "sqlite://app.db?mode=rw",
            "mysql://root@h/db",
        ] {
            assert_eq!(written(url).as_deref(), Some(url));
        }
        for url in [
            "postgres://u:p@h/db",
            "mysql://u:pass@h/db",
            "postgres://h/db?password=x",
            "sqlite://${A}.db",
        ] {
            assert_eq!(written(url), None, "{url}");
        }
    }
}
