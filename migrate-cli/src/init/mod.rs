//! A new project: what `init` is asked for, what it will write and change, and the writing.
//!
//! [`Project::prepare`] only reads. Nothing that is there is written over; three files may be added to: the
//! `Cargo.toml` of the package or workspace, and `.gitignore`.

mod edit;
mod error;
mod ignore;
mod membership;
mod name;
mod package;
mod place;
mod render;
mod source;
mod template;
mod write;

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::config::{CARGO_TOML, path_in, relative_to};
use crate::project::{Member, Workspace};
use edit::{Edit, Unusual};
use render::Values;
use source::Source;

pub(crate) use error::InitError;
pub(crate) use template::{NewFile, Template};

/// The database of a project that begins with nothing.
const DATABASE_URL: &str = "sqlite://app.db";

/// How a migration binary is called where nobody else has the name.
const BINARY: &str = "migrate";

/// What is asked for.
#[derive(Debug)]
pub(crate) struct Request {
    pub(crate) template: Template,
    /// The folder, which may not be there yet.
    pub(crate) folder: PathBuf,
    /// The name of the new package.
    pub(crate) name: Option<String>,
    pub(crate) origin: Origin,
    /// A database that it begins with.
    pub(crate) beginning: Option<Beginning>,
    /// The folder in which it is asked for.
    pub(crate) current: PathBuf,
}

/// What a project is told of a database that it begins with.
#[derive(Debug)]
pub(crate) struct Beginning {
    /// The text of its models.
    pub(crate) models: String,
    /// The features of migrate-core that they need.
    pub(crate) features: Vec<&'static str>,
    /// The feature of migrate-cli that is its driver.
    pub(crate) driver: &'static str,
    /// Where it is, when that may stand in a file.
    pub(crate) database_url: Option<String>,
}

/// Where the project is to take this tool's crates from.
#[derive(Debug)]
pub(crate) enum Origin {
    /// From the checkout that this program was built from.
    Own,
    /// From a checkout.
    Path(PathBuf),
    /// From a repository.
    Git(String),
}

/// A project that is ready to be written.
#[derive(Debug)]
pub(crate) struct Project {
    /// Absolute.
    pub(crate) folder: PathBuf,
    /// The name of its library, as Rust says it.
    pub(crate) library: String,
    pub(crate) files: Vec<NewFile>,
    pub(crate) changes: Vec<Change>,
    /// What the user should know or do, a sentence each.
    pub(crate) notes: Vec<String>,
}

/// A file that is there and that something is added to.
#[derive(Debug)]
pub(crate) struct Change {
    pub(crate) path: PathBuf,
    pub(crate) before: String,
    pub(crate) after: String,
    /// What is added, a line each.
    pub(crate) added: Vec<String>,
}

impl Project {
    /// Decides what to write, and sees that all of it can be written.
    pub(crate) fn prepare(request: &Request) -> Result<Self, InitError> {
        let folder = place::absolute(&request.folder)?;
        // The macros name the files of migrations in Rust's source.
        place::utf8(&folder)?;
        let was_there = entries(&folder)?;
        if let Some(config) = path_in(&folder)? {
            return Err(InitError::Project { folder, config });
        }
        let workspace = Workspace::above(&folder)?;
        let mut project = match request.template {
            Template::Crate | Template::Multidb => Self::of_its_own(request, folder, workspace.as_ref())?,
            Template::Module => Self::inside(request, folder, workspace.as_ref())?,
        };
        project.refuse_what_exists()?;
        project.ignore()?;
        if was_there && !matches!(request.template, Template::Module) {
            project
                .notes
                .push("the folder was not empty: what was in it is as it was".to_owned());
        }
        Ok(project)
    }

    /// A package of its own.
    fn of_its_own(
        request: &Request,
        folder: PathBuf,
        workspace: Option<&Workspace>,
    ) -> Result<Self, InitError> {
        let package = match &request.name {
            Some(name) => name.clone(),
            None => name::of_folder(&folder.file_name().unwrap_or_default().to_string_lossy()),
        };
        check(&package)?;
        if let Some(workspace) = workspace
            && workspace
                .members
                .iter()
                .any(|member| member.name == package && member.folder != folder)
        {
            let root = workspace.root.folder.clone();
            return Err(InitError::NameTaken { root, name: package });
        }
        let values = values(request, &folder, package, workspace)?;
        let mut files = request.template.files(&values)?;
        if let Some(beginning) = &request.beginning {
            template::begin_with(&mut files, &beginning.models);
        }
        let mut project = Self::new(files, values, folder);
        if let Some(workspace) = workspace {
            project.join(workspace)?;
        }
        Ok(project)
    }

    /// Files in a package that is there.
    fn inside(request: &Request, folder: PathBuf, workspace: Option<&Workspace>) -> Result<Self, InitError> {
        let members = workspace.map(|workspace| &workspace.members);
        let Some(package) = members
            .into_iter()
            .flatten()
            .find(|member| member.folder == folder)
        else {
            return Err(InitError::NoPackage { folder });
        };
        if request.name.is_some() {
            return Err(InitError::HasAName { folder });
        }
        let values = values(request, &folder, package.name.clone(), workspace)?;
        let mut files = request.template.files(&values)?;
        let note = build_script(package);
        if note.is_some() {
            files.retain(|file| file.path != "build.rs");
        }
        let path = folder.join(CARGO_TOML);
        let mut edit = Edit::new(read(&path)?).map_err(|Unusual| unusual(&path, "package", &[]))?;
        let added = package::change(package, &values, &mut edit)?;
        let mut project = Self::new(files, values, folder);
        project.notes.extend(note);
        if !added.is_empty() {
            project.change(path, edit, added)?;
        }
        Ok(project)
    }

    fn new(files: Vec<NewFile>, values: Values, folder: PathBuf) -> Self {
        Self {
            folder,
            library: values.library,
            files,
            changes: Vec::new(),
            notes: Vec::new(),
        }
    }

    /// Adds the package to the workspace above it; a package above it becomes one.
    fn join(&mut self, workspace: &Workspace) -> Result<(), InitError> {
        let Some(member) = membership::missing(workspace, &self.folder)? else {
            return Ok(());
        };
        let path = workspace.root.folder.join(CARGO_TOML);
        let failed = |Unusual| unusual(&path, "workspace", &[format!("members = [{member:?}]")]);
        let mut edit = Edit::new(read(&path)?).map_err(failed)?;
        edit.add_text("workspace", "members", &member).map_err(failed)?;
        let what = if workspace.root.is_workspace() {
            format!("`{member}` is a member of the workspace")
        } else {
            format!("a workspace with the member `{member}`, so that both share one Cargo.lock")
        };
        self.change(path.clone(), edit, vec![what])
    }

    fn change(&mut self, path: PathBuf, edit: Edit, added: Vec<String>) -> Result<(), InitError> {
        let before = edit.before().to_owned();
        let after = edit.finish().map_err(|Unusual| unusual(&path, "it", &added))?;
        self.changes.push(Change {
            path,
            before,
            after,
            added,
        });
        Ok(())
    }

    /// Nothing is overwritten: all that is in the way is said at once.
    fn refuse_what_exists(&self) -> Result<(), InitError> {
        let in_the_way: BTreeSet<&str> = self
            .files
            .iter()
            .filter_map(|file| self.in_the_way(&file.path))
            .collect();
        if in_the_way.is_empty() {
            return Ok(());
        }
        Err(InitError::Exists {
            folder: self.folder.clone(),
            paths: in_the_way.into_iter().map(str::to_owned).collect(),
        })
    }

    /// What a new file would meet: itself, or something else where it needs a folder.
    fn in_the_way<'a>(&self, file: &'a str) -> Option<&'a str> {
        let ends = file.match_indices('/').map(|(end, _)| end);
        let mut folders = ends.map(|end| &file[..end]);
        let is_there = |path: &str| self.folder.join(path).symlink_metadata().is_ok();
        let blocked = folders.find(|path| is_there(path) && !self.folder.join(path).is_dir());
        blocked.or_else(|| is_there(file).then_some(file))
    }

    /// Keeps git away from what is built, and from databases.
    fn ignore(&mut self) -> Result<(), InitError> {
        let path = self.folder.join(ignore::FILE);
        if path.symlink_metadata().is_err() {
            let text = ignore::LINES.map(|line| format!("{line}\n")).concat();
            let path = ignore::FILE.to_owned();
            self.files.push(NewFile { path, text });
            return Ok(());
        }
        let before = read(&path)?;
        let added = ignore::missing(&before);
        if !added.is_empty() {
            self.changes.push(Change {
                after: ignore::with(&before, &added),
                path,
                before,
                added,
            });
        }
        Ok(())
    }
}

/// Whether a folder has anything in it but what is hidden. One that is not there has nothing.
fn entries(folder: &Path) -> Result<bool, InitError> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => {
            let path = folder.to_owned();
            return Err(InitError::NotAFolder { path });
        }
        Err(source) => {
            let path = folder.to_owned();
            return Err(InitError::Read { path, source });
        }
    };
    let mut entries = entries.flatten();
    Ok(entries.any(|entry| !entry.file_name().as_encoded_bytes().starts_with(b".")))
}

fn values(
    request: &Request,
    folder: &Path,
    package: String,
    workspace: Option<&Workspace>,
) -> Result<Values, InitError> {
    let source = match &request.origin {
        Origin::Own => source::built_from(folder)?,
        Origin::Path(path) => source::given(path, folder)?,
        Origin::Git(url) => Source::Git(url.clone()),
    };
    let mut members = workspace.into_iter().flat_map(|workspace| &workspace.members);
    let taken = members.any(|member| member.binaries().contains(BINARY));
    let bin = if taken {
        // It is the name of a file too.
        check(&package)?;
        format!("{package}-{BINARY}")
    } else {
        BINARY.to_owned()
    };
    let beginning = request.beginning.as_ref();
    let database_url = match beginning.map(|beginning| beginning.database_url.as_deref()) {
        Some(Some(url)) => relative_to(&request.current, folder, url),
        Some(None) => "${DATABASE_URL}".to_owned(),
        None => DATABASE_URL.to_owned(),
    };
    let features = beginning.map_or(&[][..], |beginning| &beginning.features);
    let driver = beginning.map_or("sqlite", |beginning| beginning.driver);
    Ok(Values {
        library: name::library(&package),
        package,
        bin,
        migrate_core: source.dependency("migrate-core", features),
        migrate_cli: source.dependency("migrate-cli", &[driver]),
        sqlx: beginning.map(|_| source::sqlx()),
        database_url,
    })
}

/// What to say of a build script that is there already.
fn build_script(package: &Member) -> Option<String> {
    let said = package
        .manifest
        .get("package")
        .and_then(|table| table.get("build"));
    let script = match said {
        Some(said) => said.as_str()?.to_owned(),
        None => "build.rs".to_owned(),
    };
    package.folder.join(&script).symlink_metadata().ok()?;
    Some(format!(
        "`{script}` is left as it is: if it prints `rerun-if` lines, add \
         `println!(\"cargo::rerun-if-changed=migrations\");` to its `main`"
    ))
}

fn check(name: &str) -> Result<(), InitError> {
    name::check(name).map_err(|why| InitError::Name {
        name: name.to_owned(),
        why,
    })
}

fn read(path: &Path) -> Result<String, InitError> {
    fs::read_to_string(path).map_err(|source| InitError::Read {
        path: path.to_owned(),
        source,
    })
}

fn unusual(path: &Path, key: &'static str, lines: &[String]) -> InitError {
    InitError::Unusual {
        path: path.to_owned(),
        key,
        lines: lines.to_vec(),
    }
}
