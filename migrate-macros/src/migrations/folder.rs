//! The folder of a `migrations!` call: found, read, checked, and made known to its migrations.

use std::{
    env, fs,
    path::{Component, Path, PathBuf},
};

use migrate_graph::source::{Directory, Hiding, SourceError, SourceErrorKind, SourceFile, survey};
use migrate_graph::visible::visible;

use super::arguments::Arguments;
use crate::{
    chain::{self, Chain, Extent},
    errors::Errors,
    registry::{self, Finding},
    site::Site,
};

/// What a call declares.
#[derive(Debug, Default)]
pub(super) struct Folder {
    /// Its path relative to the crate's folder, with `/`.
    pub(super) location: String,
    /// The files that become modules.
    pub(super) files: Vec<SourceFile>,
}

/// Reads the folder that a call names; an empty one when that is not possible.
pub(super) fn read(arguments: &Arguments, site: &Site, errors: &mut Errors) -> Folder {
    let Some(literal) = &arguments.folder else {
        return Folder::default();
    };
    let given = literal.value();
    let Ok(root) = env::var("CARGO_MANIFEST_DIR") else {
        errors.push(
            literal.span(),
            "CARGO_MANIFEST_DIR is not set: the folder is looked for beside Cargo.toml",
        );
        return Folder::default();
    };
    let location = match locate(&given) {
        Ok(location) => location,
        Err(message) => {
            errors.push(literal.span(), message);
            return Folder::default();
        }
    };
    let path = Path::new(&root).join(&location);
    if !fs::metadata(&path).is_ok_and(|metadata| metadata.is_dir()) {
        errors.push(
            literal.span(),
            format_args!("there is no folder `{location}` beside Cargo.toml\nhint: create it, even empty, or correct its name"),
        );
        return Folder::default();
    }
    let (directory, problems) = survey(&path);
    if let Site::Build { file, .. } = site {
        check(arguments, &location, &directory, &problems, file, errors);
    }
    let files = directory.files;
    Folder { location, files }
}

/// The folder without `.` and with `/`, unless it cannot be one of migrations.
fn locate(given: &str) -> Result<String, &'static str> {
    let mut parts = Vec::new();
    for component in Path::new(given).components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => parts.push(".."),
            Component::Normal(part) => parts.push(part.to_str().unwrap_or_default()),
            Component::Prefix(_) | Component::RootDir => {
                return Err(
                    "an absolute path is right on one machine only: give the folder relative to Cargo.toml",
                );
            }
        }
    }
    if parts.iter().all(|part| *part == "..") {
        return Err("migrations need a folder of their own: name it relative to Cargo.toml");
    }
    Ok(parts.join("/"))
}

/// Reports what no migration can report itself, and keeps the rest for those that can.
fn check(
    arguments: &Arguments,
    location: &str,
    directory: &Directory,
    problems: &[SourceError],
    caller: &Path,
    errors: &mut Errors,
) {
    let span = arguments.span();
    let inside = |path: &Path| {
        let inside = path.strip_prefix(&directory.path).unwrap_or(path);
        format!("{location}/{}", visible(&inside.to_string_lossy()))
    };
    if directory.files.iter().any(|file| same_file(&file.path, caller)) {
        errors.push(
            span,
            "this call stands in a file of the folder that it declares: move it out",
        );
    }
    for problem in problems {
        if is_ours(problem, caller) {
            errors.push(span, format_args!("`{}` {}", inside(&problem.path), problem.kind));
        }
    }
    let told = |path: &Path| {
        let mut problems = problems.iter();
        problems.any(|problem| problem.path == path && is_ours(problem, caller))
    };
    let extent = if arguments.with.is_empty() {
        Extent::Whole
    } else {
        Extent::Part
    };
    let Chain {
        problems: in_files,
        heads,
    } = chain::inspect(location, directory, problems, extent);
    if !heads.is_empty() && !arguments.allow_multiple_heads {
        let named = heads
            .iter()
            .map(|(id, file)| format!("`{id}` in {location}/{}", directory.files[*file].relative));
        let named: Vec<String> = named.collect();
        errors.push(
            span,
            format_args!(
                "multiple heads: {}\nhint: join them with `cargo migrate merge heads`, or allow them with `migrations!({:?}, allow_multiple_heads)`",
                named.join(", "),
                arguments.folder.as_ref().map(syn::LitStr::value).unwrap_or_default(),
            ),
        );
    }
    let findings = directory.files.iter().zip(in_files).map(|(file, problems)| {
        let finding = Finding {
            file: file.clone(),
            path: format!("{location}/{}", file.relative),
            is_told: told(&file.path),
            problems,
        };
        (file.path.clone(), finding)
    });
    if let Err(twice) = registry::declare(findings.collect()) {
        errors.push(
            span,
            format_args!(
                "another `migrations!` call of this crate declares `{}` already",
                inside(&twice)
            ),
        );
    }
}

/// Whether nobody else reports a problem: the compiler says what is wrong with a text that has no tokens, and a
/// migration says what is wrong with its attribute.
fn is_ours(problem: &SourceError, caller: &Path) -> bool {
    match problem.kind {
        SourceErrorKind::Unreadable(_)
        | SourceErrorKind::NotAFile
        | SourceErrorKind::FolderNamedAsFile
        | SourceErrorKind::LinkedFolder
        | SourceErrorKind::BrokenLink { .. }
        | SourceErrorKind::LinkLeadsOut { .. }
        | SourceErrorKind::FileName
        | SourceErrorKind::InvisibleCharacter(_)
        | SourceErrorKind::TooLarge
        | SourceErrorKind::NotUtf8
        | SourceErrorKind::HiddenMigration(Hiding::Conditional) => true,
        SourceErrorKind::MigrationInModRs => !same_file(&problem.path, caller),
        SourceErrorKind::Nul
        | SourceErrorKind::Unterminated(_)
        | SourceErrorKind::Conflict
        | SourceErrorKind::SecondMigration
        | SourceErrorKind::HiddenMigration(Hiding::Nested | Hiding::Renamed | Hiding::Inner)
        | SourceErrorKind::Header(_) => false,
    }
}

/// Whether two paths lead to one file; paths of the compiler may be relative.
fn same_file(a: &Path, b: &Path) -> bool {
    let resolved = |path: &Path| -> Option<PathBuf> { fs::canonicalize(path).ok() };
    a.file_name() == b.file_name() && resolved(a).is_some() && resolved(a) == resolved(b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_goes_by_one_name_however_it_is_written() {
        for given in [
            "db/migrations",
            "./db/migrations/",
            "db/./migrations",
            "db//migrations",
        ] {
            assert_eq!(locate(given).as_deref(), Ok("db/migrations"));
        }
        assert_eq!(
            locate("../shared/migrations").as_deref(),
            Ok("../shared/migrations")
        );
    }

    #[test]
    fn a_folder_that_holds_the_crate_or_stands_on_one_machine_is_refused() {
        for given in ["", ".", "./", "..", "../..", "/srv/migrations"] {
            assert!(locate(given).is_err(), "{given}");
        }
    }
}
