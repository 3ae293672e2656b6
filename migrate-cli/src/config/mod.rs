//! Where the settings come from: one precedence, in one place.
//!
//! First wins: flag, environment, `.env`, configuration file; what none of them says stays as the migrator has it.
//! The configuration file is the one that `-c` (or `MIGRATE_CONFIG`) names, else `migrate.toml` (or
//! `[package.metadata.migrate]` in `Cargo.toml`) in the current folder or above, else the same in the folder of the
//! package that holds the migrations, as it was when it was compiled; that one is ignored when absent.
//!
//! `-n NAME` takes the file's table of that name, and then `NAME_DATABASE_URL` is the variable: one variable for
//! several databases would send the migrations of one to another.

#[cfg(feature = "authoring")]
mod authoring;
mod comparing;
mod environment;
mod error;
mod file;
mod reader;
mod toml_file;
mod url;
mod value;

use std::path::{Path, PathBuf};
use std::time::Duration;

use migrate_core::{DEFAULT_VERSION_TABLE, Migrator, Observer, TransactionMode};

#[cfg(feature = "authoring")]
pub(crate) use authoring::Authoring;
pub(crate) use comparing::Comparing;
pub(crate) use environment::Environment;
pub(crate) use error::ConfigError;
#[cfg(feature = "authoring")]
pub(crate) use file::path_in;
#[cfg(feature = "authoring")]
pub(crate) use toml_file::{CARGO_TOML, MIGRATE_TOML, table};
pub(crate) use url::relative_to;
pub(crate) use value::{A_DURATION, duration};

use crate::argument::Argument;
use crate::secret::Secret;
use file::File;

/// The variable that names the database, or ends the name of the one that does.
const DATABASE_URL: &str = "DATABASE_URL";

/// The variable that names the configuration file.
pub(crate) const MIGRATE_CONFIG: &str = "MIGRATE_CONFIG";

/// What the command line says about the configuration.
#[derive(Debug, Clone, Default)]
pub(crate) struct Flags {
    /// The configuration file.
    pub(crate) config: Option<PathBuf>,
    /// The table in it.
    pub(crate) name: Option<String>,
    /// The database.
    pub(crate) database_url: Option<Secret>,
    /// The same, where it is not on the command line: an application says it.
    pub(crate) known_url: Option<Secret>,
    /// How long a server that is starting is waited for.
    pub(crate) wait: Option<Duration>,
    /// What the migrations are told.
    pub(crate) arguments: Vec<Argument>,
}

impl Flags {
    /// The options as a person types them, each after a blank; the database's URL, which may hold a password, as `URL`.
    pub(crate) fn chosen(&self) -> String {
        let config = self
            .config
            .as_ref()
            .map(|path| option("-c", &path.to_string_lossy()));
        let name = self.name.as_ref().map(|name| option("-n", name));
        let url = self
            .database_url
            .as_ref()
            .map(|_| option("--database-url", "URL"));
        let arguments = self
            .arguments
            .iter()
            .map(|argument| option("-x", &argument.to_string()));
        [config, name, url]
            .into_iter()
            .flatten()
            .chain(arguments)
            .collect()
    }
}

/// An option after a blank, its value quoted for a shell where it has to be.
pub(crate) fn option(name: &str, value: &str) -> String {
    let plain = |character: char| character.is_alphanumeric() || "_-./:=@+".contains(character);
    if !value.is_empty() && value.chars().all(plain) {
        format!(" {name} {value}")
    } else {
        format!(" {name} '{}'", value.replace('\'', r"'\''"))
    }
}

/// How this run works.
#[derive(Debug)]
pub(crate) struct Settings {
    /// The configuration file, when there is one.
    #[cfg(feature = "authoring")]
    pub(crate) file: Option<PathBuf>,
    #[cfg(feature = "authoring")]
    pub(crate) authoring: Authoring,
    pub(crate) comparing: Comparing,
    /// The database, or why there is none: only a command that needs one fails for that.
    pub(crate) database: Result<Secret, ConfigError>,
    version_table: Option<String>,
    version_table_schema: Option<String>,
    transaction: Option<TransactionMode>,
    lock_timeout: Option<Duration>,
    wait: Option<Duration>,
    arguments: Vec<Argument>,
}

impl Settings {
    /// Reads the settings; `package` is the folder of the package that holds the migrations.
    pub(crate) fn load(
        flags: &Flags,
        environment: &Environment,
        package: Option<&Path>,
    ) -> Result<Self, ConfigError> {
        let named = environment.variable(MIGRATE_CONFIG).map(PathBuf::from);
        let name = flags.name.as_deref();
        let file = match flags.config.as_ref().or(named.as_ref()) {
            Some(path) => File::read(&environment.folder.join(path), name)?,
            None => File::find(&environment.folder, package, name)?,
        };
        Ok(Self {
            #[cfg(feature = "authoring")]
            file: file.path.clone(),
            #[cfg(feature = "authoring")]
            authoring: file.authoring.clone(),
            comparing: file.comparing.clone(),
            database: database(flags, environment, &file),
            version_table: file.version_table,
            version_table_schema: file.version_table_schema,
            transaction: file.transaction,
            lock_timeout: file.lock_timeout,
            wait: flags.wait.or(file.wait),
            arguments: flags.arguments.clone(),
        })
    }

    /// The database, when there is one: what errors must not show the password of.
    pub(crate) fn secret(&self) -> Option<Secret> {
        self.database.as_ref().ok().cloned()
    }

    /// The migrator with these settings, which tells what happens.
    pub(crate) fn apply(&self, mut migrator: Migrator, observer: impl Observer + 'static) -> Migrator {
        if self.version_table.is_some() || self.version_table_schema.is_some() {
            let table = self.version_table.as_deref().unwrap_or(DEFAULT_VERSION_TABLE);
            migrator = migrator.version_table(table, self.version_table_schema.as_deref());
        }
        if let Some(mode) = self.transaction {
            migrator = migrator.transaction(mode);
        }
        if let Some(timeout) = self.lock_timeout {
            migrator = migrator.lock_timeout(timeout);
        }
        if let Some(patience) = self.wait {
            migrator = migrator.wait(patience);
        }
        for Argument { name, value } in &self.arguments {
            migrator = migrator.argument(name, value);
        }
        migrator.observer(observer)
    }
}

/// The URL of the database. A relative SQLite file is relative to the file that names it; from a flag or the
/// environment, to the current folder.
fn database(flags: &Flags, environment: &Environment, file: &File) -> Result<Secret, ConfigError> {
    if let Some(url) = flags.database_url.as_ref().or(flags.known_url.as_ref()) {
        return Ok(url.clone());
    }
    let database_url = match &flags.name {
        Some(name) => format!("{}_{DATABASE_URL}", name.replace('-', "_").to_uppercase()),
        None => DATABASE_URL.to_owned(),
    };
    if let Some(url) = environment.variable(&database_url) {
        return Ok(Secret::new(url));
    }
    let beside = file.path.as_deref().and_then(Path::parent);
    let dotenv = environment.dotenv(beside)?;
    if let Some(url) = dotenv.variable(&database_url) {
        return Ok(Secret::new(relative_to(&dotenv.folder, &environment.folder, url)));
    }
    let Some((path, text)) = file.path.as_ref().zip(file.database_url.as_ref()) else {
        return Err(ConfigError::NoDatabase {
            file: file.path.clone(),
            variable: database_url,
        });
    };
    let variable = |name: &str| environment.variable(name).or_else(|| dotenv.variable(name));
    let url = value::expand(text, variable).map_err(|problem| problem.in_file(path, "database_url"))?;
    let folder = path.parent().unwrap_or(&environment.folder);
    Ok(Secret::new(relative_to(folder, &environment.folder, &url)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;
    use tempfile::TempDir;

    /// A project folder with `app/migrate.toml`, and the environment of somebody who stands in `app/src`.
    fn project(toml: &str) -> (TempDir, Environment) {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir_all(root.path().join("app/src")).unwrap();
        if !toml.is_empty() {
            fs::write(root.path().join("app/migrate.toml"), toml).unwrap();
        }
        let environment = Environment::new(root.path().join("app/src"), &[]);
        (root, environment)
    }

    fn url(flags: &Flags, environment: &Environment) -> Result<String, ConfigError> {
        let settings = Settings::load(flags, environment, None)?;
        settings.database.map(|url| url.reveal().to_owned())
    }

    fn flag(url: &str) -> Flags {
        Flags {
            database_url: Some(Secret::new(url)),
            ..Flags::default()
        }
    }

    #[test]
    fn a_hint_says_again_what_was_chosen_but_for_the_password() {
        let flags = Flags {
            name: Some("staging".into()),
            arguments: ["tenant=ac'me", "data"].map(|text| text.parse().unwrap()).into(),
            ..flag("postgres://u:hunter2@h/d")
        };
        insta::assert_snapshot!(flags.chosen(), @r" -n staging --database-url URL -x 'tenant=ac'\''me' -x data=");
    }

    #[test]
    fn the_first_of_flag_environment_dotenv_and_file_wins() {
        let (root, mut environment) = project("database_url = 'postgres://file'");
        let get = |environment: &Environment| url(&Flags::default(), environment).unwrap();
        assert_eq!(get(&environment), "postgres://file");
        fs::write(root.path().join("app/.env"), "DATABASE_URL=postgres://dotenv\n").unwrap();
        assert_eq!(get(&environment), "postgres://dotenv");
        environment.set("DATABASE_URL", "postgres://environment");
        assert_eq!(get(&environment), "postgres://environment");
        assert_eq!(
            url(&flag("postgres://flag"), &environment).unwrap(),
            "postgres://flag"
        );
        environment.set("DATABASE_URL", "");
        assert_eq!(get(&environment), "postgres://dotenv");
    }

    #[test]
    fn a_sqlite_file_is_relative_to_the_file_that_names_it() {
        let (root, mut environment) = project("database_url = 'sqlite://app.db?cache=shared'");
        let app = root.path().join("app");
        let get = |environment: &Environment| url(&Flags::default(), environment).unwrap();
        let expected = format!("sqlite://{}/app.db?cache=shared", app.display());
        assert_eq!(get(&environment), expected);
        fs::write(root.path().join(".env"), "DATABASE_URL=sqlite://data/app.db\n").unwrap();
        assert_eq!(
            get(&environment),
            format!("sqlite://{}/data/app.db", root.path().display())
        );
        environment.set("DATABASE_URL", "sqlite://app.db");
        assert_eq!(get(&environment), "sqlite://app.db");
    }

    #[test]
    fn variables_are_expanded_from_the_environment_and_then_from_dotenv() {
        let (root, mut environment) =
            project("database_url = 'postgres://${DB_USER}:${DB_PASSWORD}@h/$${x}'");
        fs::write(root.path().join(".env"), "DB_USER=dotenv\nDB_PASSWORD=secret\n").unwrap();
        environment.set("DB_USER", "me");
        assert_eq!(
            url(&Flags::default(), &environment).unwrap(),
            "postgres://me:secret@h/${x}"
        );
    }

    #[test]
    fn without_a_file_in_the_folders_above_the_package_s_own_is_read_and_may_be_absent() {
        let (root, environment) = project("");
        let package = root.path().join("package");
        fs::create_dir(&package).unwrap();
        let load = || Settings::load(&Flags::default(), &environment, Some(&package)).unwrap();
        assert!(load().lock_timeout.is_none());
        fs::write(package.join("migrate.toml"), "lock_timeout = '5s'").unwrap();
        assert_eq!(load().lock_timeout, Some(Duration::from_secs(5)));
        fs::write(
            root.path().join("app/Cargo.toml"),
            "[package.metadata.migrate]\nlock_timeout = '7s'",
        )
        .unwrap();
        assert_eq!(load().lock_timeout, Some(Duration::from_secs(7)));
        fs::write(root.path().join("app/migrate.toml"), "lock_timeout = '9s'").unwrap();
        assert_eq!(load().lock_timeout, Some(Duration::from_secs(9)));
    }

    #[test]
    fn a_table_has_a_name_and_a_variable_of_its_own() {
        let toml = "database_url = 'postgres://shared'\nlock_timeout = '5s'\n[stock-room]\nlock_timeout = '7s'\n\
                    [orders]\ndatabase_url = 'postgres://orders'";
        let (_root, mut environment) = project(toml);
        environment.set("ORDERS_DATABASE_URL", "");
        let load = |environment: &Environment, name: Option<&str>| {
            let flags = Flags {
                name: name.map(str::to_owned),
                ..Flags::default()
            };
            let settings = Settings::load(&flags, environment, None).unwrap();
            let url = settings.database.unwrap().reveal().to_owned();
            (url, settings.lock_timeout.unwrap().as_secs())
        };
        let shown = |environment: &Environment| {
            let names = [None, Some("stock-room"), Some("orders")];
            names
                .map(|name| format!("{:?}", load(environment, name)))
                .join("\n")
        };
        insta::assert_snapshot!(shown(&environment), @r#"
        ("postgres://shared", 5)
        ("postgres://shared", 7)
        ("postgres://orders", 5)
        "#);
        environment.set("DATABASE_URL", "postgres://environment");
        environment.set("STOCK_ROOM_DATABASE_URL", "postgres://stock");
        insta::assert_snapshot!(shown(&environment), @r#"
        ("postgres://environment", 5)
        ("postgres://stock", 7)
        ("postgres://orders", 5)
        "#);
    }

    #[test]
    fn migrations_of_their_own_do_not_share_a_version_table_by_accident() {
        let toml = "script_location = 'users'\ndatabase_url = 'postgres://shared'\n[stock]\nscript_location = 'stock'\n\
                    [apart]\nscript_location = 'apart'\nversion_table = 'apart_version'";
        let (_root, environment) = project(toml);
        let load = |name: &str| {
            let flags = Flags {
                name: Some(name.to_owned()),
                ..Flags::default()
            };
            url(&flags, &environment)
        };
        let hints = load("stock").unwrap_err().hints();
        assert!(hints[0].starts_with("set `STOCK_DATABASE_URL`"), "{hints:?}");
        assert_eq!(load("apart").unwrap(), "postgres://shared");
    }

    #[test]
    fn a_variable_names_the_file_and_a_flag_wins_over_it() {
        let (root, mut environment) = project("lock_timeout = '1s'");
        for (name, seconds) in [("variable.toml", 2), ("flag.toml", 3)] {
            fs::write(root.path().join(name), format!("lock_timeout = '{seconds}s'")).unwrap();
        }
        let load = |environment: &Environment, config: Option<&str>| {
            let config = config.map(|name| root.path().join(name));
            let flags = Flags {
                config,
                ..Flags::default()
            };
            Settings::load(&flags, environment, None).unwrap().lock_timeout
        };
        let seconds = |seconds| Some(Duration::from_secs(seconds));
        assert_eq!(load(&environment, None), seconds(1));
        environment.set(MIGRATE_CONFIG, "../../variable.toml");
        assert_eq!(load(&environment, None), seconds(2));
        assert_eq!(load(&environment, Some("flag.toml")), seconds(3));
    }

    #[test]
    fn dotenv_is_also_found_beside_the_configuration_file() {
        let (root, environment) = project("");
        let package = root.path().join("package");
        fs::create_dir(&package).unwrap();
        fs::write(package.join("migrate.toml"), "version_table = 'v'").unwrap();
        fs::write(package.join(".env"), "DATABASE_URL=sqlite://x.db").unwrap();
        let settings = Settings::load(&Flags::default(), &environment, Some(&package)).unwrap();
        let expected = format!("sqlite://{}/x.db", package.display());
        assert_eq!(settings.database.unwrap().reveal(), expected);
    }

    #[test]
    fn a_file_that_is_named_must_be_there() {
        let (_root, environment) = project("");
        let flags = Flags {
            config: Some("other.toml".into()),
            ..Flags::default()
        };
        let error = Settings::load(&flags, &environment, None).unwrap_err();
        assert!(matches!(error, ConfigError::Unreadable { .. }), "{error}");
    }

    #[test]
    fn what_is_wrong_is_said_with_file_and_place_and_without_values() {
        let cases = [
            "",
            "database_urll = 'x'",
            "database_url = 'postgres://u:hunter2@h",
            "database_url = 5",
            "database_url = 'postgres://${NOWHERE}:hunter2@h'",
            "database_url = 'postgres://${NOWHERE:hunter2@h'",
            "transaction = 'all'",
            "lock_timeout = '60'",
            "lock_timeout = '-1s'",
            "version_table = ''",
            "[bin]",
            "[a]\nscript_location = 'a'\n[b]\nscript_location = 'b'",
            "[a]\nbinn = 'x'",
        ];
        let shown: Vec<String> = cases
            .iter()
            .map(|toml| {
                let (root, environment) = project(toml);
                let error = url(&Flags::default(), &environment).unwrap_err();
                let text = format!("{toml}\n    {error}\n    hint: {:?}", error.hints());
                text.replace(&root.path().display().to_string(), "")
            })
            .collect();
        insta::assert_snapshot!(shown.join("\n"), @r#"

            no database is configured
            hint: ["set `DATABASE_URL`, give `--database-url`, or write `database_url` into `migrate.toml`"]
        database_urll = 'x'
            `/app/migrate.toml` has an unknown key `database_urll`
            hint: ["did you mean `database_url`?"]
        database_url = 'postgres://u:hunter2@h
            `/app/migrate.toml` is not valid TOML: line 1: invalid literal string, expected `'`
            hint: []
        database_url = 5
            `database_url` in `/app/migrate.toml` must be a string that is not empty
            hint: []
        database_url = 'postgres://${NOWHERE}:hunter2@h'
            `database_url` in `/app/migrate.toml` names the variable `NOWHERE`, which is not set
            hint: ["set it in the environment or in `.env`; a literal `${` is written `$${`"]
        database_url = 'postgres://${NOWHERE:hunter2@h'
            `database_url` in `/app/migrate.toml` has a `${` without its `}`
            hint: []
        transaction = 'all'
            `transaction` in `/app/migrate.toml` must be `per-migration` or `single`
            hint: []
        lock_timeout = '60'
            `lock_timeout` in `/app/migrate.toml` must be a number with its unit, such as `60s`, `500ms` or `2m`
            hint: []
        lock_timeout = '-1s'
            `lock_timeout` in `/app/migrate.toml` must be a number with its unit, such as `60s`, `500ms` or `2m`
            hint: []
        version_table = ''
            `version_table` in `/app/migrate.toml` must be a string that is not empty
            hint: []
        [bin]
            `bin` in `/app/migrate.toml` is a key, and cannot be the name of a table
            hint: []
        [a]
        script_location = 'a'
        [b]
        script_location = 'b'
            `/app/migrate.toml` holds several sets of migrations: `a`, `b`
            hint: ["say which one is meant: `-n a`, `-n b`"]
        [a]
        binn = 'x'
            `/app/migrate.toml` has an unknown key `binn`
            hint: ["did you mean `bin`?"]
        "#);
    }
}
