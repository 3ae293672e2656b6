//! Builds the project's own migration binary, by cargo.
//!
//! Whether it has the migrations that lie on disk is not asked here.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde::Deserialize;

use crate::config::CARGO_TOML;
use crate::error::{CommandError, Kind};
use crate::project::{Manifest, Project};

/// The binary that has the migrations compiled in, as the configuration names it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Binary {
    /// The folder of the `Cargo.toml` to build by.
    folder: PathBuf,
    /// Its package, when it is not the one of that folder.
    package: Option<String>,
    pub(super) name: String,
    /// The words that come before ours: an application that mounts the commands under one of its own.
    pub(super) words: Vec<String>,
}

/// The one line that we want of what cargo writes.
#[derive(Deserialize)]
struct Message {
    reason: String,
    target: Option<Target>,
    executable: Option<PathBuf>,
}

#[derive(Deserialize)]
struct Target {
    name: String,
}

impl Binary {
    /// Reads `bin` of the configuration: `bin`, `package/bin`, and either with words behind it.
    pub(super) fn of(project: &Project) -> Result<Self, CommandError> {
        let manifest = Manifest::above(&project.folder)?.ok_or_else(|| {
            CommandError::new(
                Kind::Config,
                format!(
                    "no `Cargo.toml` in `{}` or above: this command runs compiled migrations",
                    project.folder.display()
                ),
            )
        })?;
        let said = project.settings.bin.as_deref().unwrap_or("migrate");
        let mut words = said.split_whitespace().map(str::to_owned);
        let name = words.next().unwrap_or_default();
        let (package, name) = match name.split_once('/') {
            Some((package, name)) => (Some(package.to_owned()), name.to_owned()),
            None => (manifest.package().map(str::to_owned), name),
        };
        Ok(Self {
            folder: manifest.folder,
            package,
            name,
            words: words.collect(),
        })
    }

    /// Builds it, and gives its path. What cargo says goes to stderr.
    pub(super) fn build(&self, quiet: bool) -> Result<PathBuf, CommandError> {
        let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        command.args([
            "build",
            "--message-format=json-render-diagnostics",
            "--bin",
            &self.name,
        ]);
        command.arg("--manifest-path").arg(self.folder.join(CARGO_TOML));
        if let Some(package) = &self.package {
            command.args(["--package", package]);
        }
        if quiet {
            command.arg("--quiet");
        }
        let output = command.stdin(Stdio::null()).stderr(Stdio::inherit()).output();
        let output =
            output.map_err(|error| CommandError::new(Kind::Build, format!("cannot run cargo: {error}")))?;
        if !output.status.success() {
            return Err(CommandError::new(
                Kind::Build,
                format!("the binary `{}` cannot be built", self.name),
            ));
        }
        executable(&output.stdout, &self.name).ok_or_else(|| {
            CommandError::new(
                Kind::Build,
                format!("cargo says nothing of a binary `{}`", self.name),
            )
        })
    }

    /// The source files of its package that may hold the `migrations!` call.
    pub(super) fn source_folder(&self) -> PathBuf {
        self.folder.join("src")
    }

    /// Its package's build script, when there is one.
    pub(super) fn has_build_script(&self) -> bool {
        self.folder.join("build.rs").is_file()
    }

    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }
}

/// The executable of this name among cargo's messages, one to a line.
fn executable(messages: &[u8], name: &str) -> Option<PathBuf> {
    let lines = messages.split(|&byte| byte == b'\n');
    lines
        .filter_map(|line| serde_json::from_slice::<Message>(line).ok())
        .filter(|message| message.reason == "compiler-artifact")
        .filter(|message| message.target.as_ref().is_some_and(|target| target.name == name))
        .find_map(|message| message.executable)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_executable_is_read_from_the_artifact_of_that_name() {
        let messages = br#"{"reason":"compiler-artifact","target":{"name":"migrate"},"executable":null}
some macro wrote this
{"reason":"build-script-executed","package_id":"x"}
{"reason":"compiler-artifact","target":{"name":"other","kind":["bin"]},"executable":"/t/other"}
{"reason":"compiler-artifact","target":{"name":"migrate","kind":["bin"]},"executable":"/t/migrate"}
{"reason":"build-finished","success":true}"#;
        assert_eq!(executable(messages, "migrate"), Some("/t/migrate".into()));
        assert_eq!(executable(messages, "absent"), None);
    }
}
