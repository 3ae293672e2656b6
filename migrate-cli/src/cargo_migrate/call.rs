//! [`Call`]: how the project's own binary is called, and whether it knows the sources as they are.
//!
//! What it is called for is not known here.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;

use super::build::Binary;
use crate::config::MIGRATE_CONFIG;
use crate::error::{CommandError, Kind};
use crate::printable::listed;
use crate::project::{Project, Sources, shown};
use crate::session::Session;

/// What every call of the binary has.
pub(super) struct Call<'a> {
    pub(super) binary: &'a Binary,
    pub(super) project: &'a Project,
    pub(super) current: &'a Path,
    /// The table of the configuration that is meant.
    pub(super) name: Option<&'a str>,
}

impl Call<'_> {
    pub(super) fn command(&self, program: &Path) -> Command {
        let mut command = Command::new(program);
        command.args(&self.binary.words);
        command.env(MIGRATE_CONFIG, &self.project.config);
        command
    }

    /// The binary, after it was made sure that it has the migrations that lie on disk. Cargo does not see a new file
    /// unless a build script names its folder; then the file with the `migrations!` call is touched.
    pub(super) fn up_to_date(&self, program: PathBuf, session: &Session) -> Result<PathBuf, CommandError> {
        let sources = Sources::read(self.project, self.current)?;
        let Some(_) = self.difference(&sources, &program)? else {
            return Ok(program);
        };
        for file in calls(&self.binary.source_folder()) {
            let touched = File::options().write(true).open(&file);
            // Cargo would build it anew; when it cannot be touched, the difference stays and is told.
            drop(touched.and_then(|file| file.set_modified(SystemTime::now())));
        }
        let program = self.binary.build(session.ui.is_quiet())?;
        match self.difference(&sources, &program)? {
            Some(difference) => Err(self.explained(&difference)),
            None => {
                session.ui.warn(&format!(
                    "cargo had not seen that the migrations changed: {}",
                    self.remedy()
                ));
                Ok(program)
            }
        }
    }

    /// The first difference between the sources and what the binary says that it has.
    fn difference(&self, sources: &Sources, program: &Path) -> Result<Option<String>, CommandError> {
        let compiled = self.compiled(program)?;
        let missing = sources.iter().find(|(id, _)| !compiled.contains_key(id.as_str()));
        if let Some((id, source)) = missing {
            let file = shown(&source.file.path, self.current);
            return Ok(Some(format!("does not contain revision {id} (`{file}`)")));
        }
        let here = |file: &Path| {
            let locations = &self.project.locations;
            locations.iter().any(|location| file.starts_with(location))
        };
        let stale = compiled
            .iter()
            .find(|(id, file)| here(file) && !sources.contains(id));
        Ok(stale.map(|(id, file)| {
            let file = shown(file, self.current);
            format!("contains revision {id}, and `{file}` is not there any more")
        }))
    }

    /// The revisions that are compiled in, each with its file.
    fn compiled(&self, program: &Path) -> Result<BTreeMap<String, PathBuf>, CommandError> {
        let mut command = self.command(program);
        if let Some(name) = self.name {
            command.args(["-n", name]);
        }
        let output = command.arg("__ids").output();
        let output = output.map_err(|error| cannot_run(&command, &error))?;
        let text = String::from_utf8_lossy(&output.stdout);
        if !output.status.success() {
            let said = String::from_utf8_lossy(&output.stderr);
            return Err(CommandError::new(Kind::Build, format!(
                "`{}` does not answer as a migration binary, but with {}: {}",
                self.binary.name,
                output.status,
                said.trim_end()
            ))
            .hint("it must call `migrate_cli::main`, or mount `migrate_cli::Migrate`")
            .hint("`bin` in the configuration names it, with the words that come before the command: `bin = \"my-app migrate\"`"));
        }
        let lines = text.lines().filter_map(|line| line.split_once('\t'));
        Ok(lines
            .map(|(id, file)| (id.to_owned(), PathBuf::from(file)))
            .collect())
    }

    fn explained(&self, difference: &str) -> CommandError {
        let locations = self.project.locations.iter();
        let locations = listed(locations.map(|location| shown(location, self.current)));
        CommandError::new(
            Kind::Build,
            format!("the binary `{}` {difference}", self.binary.name),
        )
        .hint(format!(
            "its `migrations!` must name what `script_location` does, which is {locations}"
        ))
        .hint(self.remedy())
    }

    /// What makes cargo see new files.
    fn remedy(&self) -> String {
        let folders = self.project.locations.iter().map(|location| {
            let folder = location.strip_prefix(self.binary.folder()).unwrap_or(location);
            format!(
                "println!(\"cargo::rerun-if-changed={}\");",
                folder.to_string_lossy().replace('\\', "/")
            )
        });
        let lines = folders.collect::<Vec<_>>().join(" ");
        let file = shown(&self.binary.folder().join("build.rs"), self.current);
        if self.binary.has_build_script() {
            format!("`{file}` needs `{lines}`")
        } else {
            format!("`{file}` is missing: `fn main() {{ {lines} }}`")
        }
    }
}

/// The files below a folder that hold a `migrations!` call, as far as their text tells.
fn calls(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            let is = |kind: fn(&fs::FileType) -> bool| entry.file_type().is_ok_and(|it| kind(&it));
            if is(fs::FileType::is_dir) {
                folders.push(path);
            } else if is(fs::FileType::is_file)
                && path.extension() == Some(OsStr::new("rs"))
                && fs::read_to_string(&path).is_ok_and(|text| text.contains("migrations!"))
            {
                found.push(path);
            }
        }
    }
    found
}

pub(super) fn cannot_run(command: &Command, error: &std::io::Error) -> CommandError {
    let program = Path::new(command.get_program());
    CommandError::new(
        Kind::Build,
        format!("cannot run `{}`: {error}", program.display()),
    )
}
