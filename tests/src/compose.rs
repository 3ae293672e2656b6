//! [`Compose`]: the services of a compose file, started as plain processes.
//!
//! What runs is what the file says: the services in the order of their conditions, each with its command or the `CMD` of
//! its image, with the variables of both. In the place of a container there is the program that cargo built, in an empty
//! folder; in the place of the database's service, a test's own database.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde::Deserialize;
use tempfile::TempDir;

use crate::{Dockerfile, Running, TestDatabase, Transcript};

/// The variable that names a database.
const DATABASE_URL: &str = "DATABASE_URL";

/// A compose file. What is not here, no file of this repository says.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    services: BTreeMap<String, Service>,
    #[serde(default, rename = "volumes")]
    _volumes: BTreeMap<String, ()>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Service {
    image: String,
    build: Option<Build>,
    command: Option<Vec<String>>,
    #[serde(default)]
    environment: BTreeMap<String, String>,
    #[serde(default)]
    ports: Vec<String>,
    #[serde(default)]
    depends_on: BTreeMap<String, Dependency>,
    healthcheck: Option<Healthcheck>,
    #[serde(default, rename = "volumes")]
    _volumes: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Build {
    context: String,
    dockerfile: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Dependency {
    condition: Condition,
}

#[derive(Debug, Clone, Copy, Deserialize)]
enum Condition {
    #[serde(rename = "service_started")]
    Started,
    #[serde(rename = "service_healthy")]
    Healthy,
    #[serde(rename = "service_completed_successfully")]
    Completed,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Healthcheck {
    #[serde(rename = "test")]
    _test: Vec<String>,
    #[serde(rename = "interval")]
    _interval: String,
    #[serde(rename = "retries")]
    _retries: u32,
}

/// The services of a compose file.
#[derive(Debug)]
pub struct Compose {
    services: BTreeMap<String, Service>,
    images: BTreeMap<String, Dockerfile>,
    programs: BTreeMap<String, PathBuf>,
}

impl Compose {
    /// Reads a compose file and the Dockerfiles that it names; `programs` are the binaries that cargo built, as
    /// `("name", env!("CARGO_BIN_EXE_name"))`.
    ///
    /// # Panics
    /// When a file is not there or says what this does not know; when it copies a program that is none of those, or a
    /// file that is not there.
    #[must_use]
    pub fn read(file: &Path, programs: &[(&str, &str)]) -> Self {
        let text = fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        let File { services, .. } = serde_saphyr::from_str(&text).unwrap();
        let programs = programs
            .iter()
            .map(|(name, path)| ((*name).to_owned(), path.into()));
        let mut compose = Self {
            services,
            images: BTreeMap::new(),
            programs: programs.collect(),
        };
        let folder = file.parent().unwrap();
        for (name, service) in &compose.services {
            if let Some(build) = &service.build {
                let image = compose.image(&folder.join(&build.context), &build.dockerfile);
                compose.images.insert(name.clone(), image);
            }
        }
        compose
    }

    fn image(&self, context: &Path, dockerfile: &str) -> Dockerfile {
        let image = Dockerfile::read(&context.join(dockerfile));
        for source in &image.sources {
            assert!(
                context.join(source).exists(),
                "{dockerfile}: no `{source}` to copy"
            );
        }
        for built in image.programs.values() {
            assert!(
                self.programs.contains_key(built),
                "{dockerfile}: cargo builds no `{built}`"
            );
        }
        image
    }

    /// The services in an order in which each stands behind what it depends on.
    fn order(&self) -> Vec<&str> {
        let mut order: Vec<&str> = Vec::new();
        while order.len() < self.services.len() {
            let next = self.services.iter().find(|(name, service)| {
                let there = |name: &String| order.contains(&name.as_str());
                !there(name) && service.depends_on.keys().all(there)
            });
            let (name, _) = next.expect("no service needs itself, and each that is needed is there");
            order.push(name);
        }
        order
    }

    /// Starts the services, on a test's database. `variables` are what only a machine without containers needs, such as a
    /// free port.
    ///
    /// # Panics
    /// When one that has to end well does not, or when the file cannot be followed.
    #[must_use]
    pub fn up(&self, database: &TestDatabase, variables: &[(&str, &str)]) -> Up {
        let mut up = Up {
            folder: tempfile::tempdir().unwrap(),
            order: Vec::new(),
            running: BTreeMap::new(),
        };
        for name in self.order() {
            let service = &self.services[name];
            for (needed, dependency) in &service.depends_on {
                self.wait_for(&mut up, needed, dependency.condition);
            }
            if let Some(image) = self.images.get(name) {
                let words = service.command.as_ref().unwrap_or(&image.command);
                let mut command = self.command(service, image, words, database);
                command.current_dir(up.folder.path());
                command.envs(variables.iter().copied());
                up.running.insert(name.to_owned(), Running::start(&mut command));
            } else {
                assert!(
                    service.image.starts_with("postgres:"),
                    "{name}: no database known here"
                );
            }
            up.order.push(name.to_owned());
        }
        up
    }

    fn wait_for(&self, up: &mut Up, needed: &str, condition: Condition) {
        match condition {
            Condition::Started => {}
            Condition::Healthy => {
                assert!(
                    self.services[needed].healthcheck.is_some(),
                    "{needed} is never healthy"
                );
                assert!(
                    !up.running.contains_key(needed),
                    "only the database's health is known here"
                );
            }
            Condition::Completed => {
                // Two may wait for it.
                let (status, said) = up.running.get_mut(needed).unwrap().end();
                assert!(status.success(), "{needed}: {said:#?}");
            }
        }
    }

    /// `docker compose exec`: calls a program of a service's image, with the variables of the service.
    ///
    /// # Panics
    /// When there is no such service, or no such program in its image.
    #[must_use]
    pub fn exec(&self, service: &str, words: &[&str], database: &TestDatabase) -> Transcript {
        let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        let mut command = self.command(&self.services[service], &self.images[service], &words, database);
        let folder = tempfile::tempdir().unwrap();
        Transcript::of(command.current_dir(folder.path()))
    }

    fn command(
        &self,
        service: &Service,
        image: &Dockerfile,
        words: &[String],
        database: &TestDatabase,
    ) -> Command {
        let (called, arguments) = words.split_first().expect("a command has a program");
        let built = image.programs.get(called);
        let built = built.unwrap_or_else(|| panic!("the image has no program `{called}`"));
        let mut command = Command::new(&self.programs[built]);
        command.args(arguments);
        let mut environment = image.environment.clone();
        environment.extend(service.environment.clone());
        self.ports(service, image, &environment);
        let url = environment
            .get_mut(DATABASE_URL)
            .expect("a service names its database");
        self.names_the_database(url);
        database.url().clone_into(url);
        command.envs(environment);
        command
    }

    /// What is opened to the outside is what the image opens, and what its program listens at.
    fn ports(&self, service: &Service, image: &Dockerfile, environment: &BTreeMap<String, String>) {
        for port in &service.ports {
            let inner = port.rsplit(':').next().unwrap();
            assert!(
                image.ports.iter().any(|port| port == inner),
                "the image does not expose {inner}"
            );
            assert!(
                environment["BIND"].ends_with(&format!(":{inner}")),
                "{environment:?}"
            );
        }
    }

    /// The URL is the one of a service of this file: its name, user, password and database.
    fn names_the_database(&self, url: &str) {
        let names = self.services.iter().any(|(name, service)| {
            let variable = |what: &str| service.environment.get(&format!("POSTGRES_{what}"));
            let (user, password, database) = (variable("USER"), variable("PASSWORD"), variable("DB"));
            let (Some(user), Some(password), Some(database)) = (user, password, database) else {
                return false;
            };
            url == format!("postgres://{user}:{password}@{name}/{database}")
        });
        assert!(names, "no service is the database of `{url}`");
    }
}

/// Services that were started. They are ended with the value.
#[derive(Debug)]
pub struct Up {
    folder: TempDir,
    /// The services in the order in which they were started.
    pub order: Vec<String>,
    running: BTreeMap<String, Running>,
}

impl Up {
    /// The process of a service.
    ///
    /// # Panics
    /// When there is none of this name.
    pub fn service(&mut self, name: &str) -> &mut Running {
        self.running.get_mut(name).expect("a service of the file")
    }
}
