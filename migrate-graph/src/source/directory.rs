//! A folder of migrations, read.
//!
//! Every `.rs` file below it, sub-folders included, is a module of the crate; those with a `#[migration]` are
//! revisions, the others are helpers that migrations may use. Left out are hidden files and folders (an
//! editor's lock is one) and `mod.rs`, which is where Rust keeps a folder's own module and may hold the
//! `migrations!` call. A link to a file is read wherever it leads, as build systems lay sources out that way; a
//! link to a folder is refused.

use std::{
    format, fs, io,
    path::{Path, PathBuf},
    string::String,
    vec::Vec,
};

use super::{
    error::{SourceError, SourceErrorKind},
    file::SourceFile,
    header::Header,
    token::Place,
};
use crate::revision::Revision;

/// The most bytes that a source file may have. Data of that size belongs beside the source, not in it.
pub const MAX_FILE_SIZE: u64 = 8 << 20;

/// A folder of migrations: its files, ordered by path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Directory {
    /// The folder, as it was given.
    pub path: PathBuf,
    /// Every source file that is a module, ordered bytewise by its path inside the folder.
    pub files: Vec<SourceFile>,
}

impl Directory {
    /// The files that are revisions, with what their attributes say.
    pub fn migrations(&self) -> impl Iterator<Item = (&SourceFile, &Header<Place>)> {
        self.files
            .iter()
            .filter_map(|file| Some((file, file.header.as_ref()?)))
    }

    /// The nodes of the graph, in the order of [`migrations`](Self::migrations): what the graph's check counts
    /// by position is found there at the same position.
    #[must_use]
    pub fn revisions(&self) -> Vec<Revision> {
        self.migrations()
            .map(|(_, header)| header.to_revision())
            .collect()
    }
}

/// Reads a folder of migrations.
///
/// # Errors
/// Everything that is wrong with its files, ordered by path; how the revisions hang together is not asked here.
pub fn scan(directory: &Path) -> Result<Directory, Vec<SourceError>> {
    let (directory, errors) = survey(directory);
    if errors.is_empty() {
        Ok(directory)
    } else {
        Err(errors)
    }
}

/// Reads a folder of migrations as far as it can be read, and says what is wrong with the rest: for whoever
/// goes on in spite of errors, as the macros do, so that one mistake gives one message.
#[must_use]
pub fn survey(directory: &Path) -> (Directory, Vec<SourceError>) {
    let mut found = Found::default();
    let mut folders = Vec::from([(directory.to_path_buf(), String::new())]);
    while let Some((folder, prefix)) = folders.pop() {
        if let Err(error) = found.list(&folder, &prefix, &mut folders) {
            found.error(folder, SourceErrorKind::Unreadable(error.kind()));
        }
    }
    found.files.sort();
    let mut errors = found.errors;
    let mut files = Vec::with_capacity(found.files.len());
    for (relative, path) in found.files {
        let is_module = path.file_name().is_some_and(|name| name != "mod.rs");
        let (file, problems) = SourceFile::read(path, relative);
        match file {
            Some(file) if is_module => {
                files.push(file);
                errors.extend(problems);
            }
            Some(file) => errors.extend(file.attributes.into_iter().map(|place| SourceError {
                path: file.path.clone(),
                place: Some(place),
                kind: SourceErrorKind::MigrationInModRs,
            })),
            None => errors.extend(problems),
        }
    }
    errors.sort_by(|a, b| (&a.path, a.place).cmp(&(&b.path, b.place)));
    let path = directory.to_path_buf();
    (Directory { path, files }, errors)
}

/// The source files of a folder as they turn up: path inside the folder, then path to open.
#[derive(Default)]
struct Found {
    files: Vec<(String, PathBuf)>,
    errors: Vec<SourceError>,
}

impl Found {
    fn error(&mut self, path: PathBuf, kind: SourceErrorKind) {
        self.errors.push(SourceError {
            path,
            place: None,
            kind,
        });
    }

    fn list(&mut self, folder: &Path, prefix: &str, folders: &mut Vec<(PathBuf, String)>) -> io::Result<()> {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let (name, path) = (entry.file_name(), entry.path());
            if name.as_encoded_bytes().starts_with(b".") {
                continue;
            }
            let is_source = path.extension().is_some_and(|extension| extension == "rs");
            let mut kind = entry.file_type()?;
            if kind.is_symlink() {
                kind = match fs::metadata(&path) {
                    Ok(target) if target.is_dir() => {
                        self.error(path, SourceErrorKind::LinkedFolder);
                        continue;
                    }
                    Ok(target) => target.file_type(),
                    Err(_) if !is_source => continue,
                    Err(error) => {
                        self.error(path, SourceErrorKind::Unreadable(error.kind()));
                        continue;
                    }
                };
            }
            if !kind.is_dir() && !is_source {
                continue;
            }
            let Some(name) = name.to_str() else {
                self.error(path, SourceErrorKind::FileName);
                continue;
            };
            if kind.is_dir() {
                folders.push((path, format!("{prefix}{name}/")));
            } else if kind.is_file() {
                self.files.push((format!("{prefix}{name}"), path));
            } else {
                self.error(path, SourceErrorKind::NotAFile);
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{borrow::ToOwned, string::ToString, vec};

    const FIRST: &str = "//! first\n#[migration(revision = \"a\", down_revision = None)]\nfn upgrade() {}";

    fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (path, content) in files {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, content).unwrap();
        }
        folder
    }

    /// Every problem, without the temporary folder's name.
    fn problems(folder: &Path) -> Vec<String> {
        let (_, errors) = survey(folder);
        let prefix = format!("{}/", folder.display());
        errors
            .iter()
            .map(|error| error.to_string().replace(&prefix, ""))
            .collect()
    }

    #[test]
    fn files_come_ordered_by_path_with_their_helpers_and_sub_folders() {
        let folder = folder(&[
            ("b.rs", b"//! a helper\npub fn f() {}"),
            ("a/2.rs", FIRST.as_bytes()),
            ("a.rs", FIRST.as_bytes()),
            ("a/10.rs", FIRST.as_bytes()),
            ("README.md", b"\xff"),
        ]);
        let directory = scan(folder.path()).unwrap();
        let relative =
            |files: &[SourceFile]| files.iter().map(|file| file.relative.clone()).collect::<Vec<_>>();
        assert_eq!(relative(&directory.files), ["a.rs", "a/10.rs", "a/2.rs", "b.rs"]);
        assert_eq!(directory.revisions().len(), 3);
        assert_eq!(directory.files[3].message(), "a helper");
        assert!(
            directory
                .files
                .iter()
                .all(|file| file.path == folder.path().join(&file.relative))
        );
    }

    #[test]
    fn what_editors_leave_behind_is_no_migration() {
        let folder = folder(&[
            (".#a.rs", b"\""),
            (".a.rs", b"\""),
            (".git/a.rs", b"\""),
            ("a.rs~", b"\""),
            ("#a.rs#", b"\""),
            ("a.rs.swp", b"\""),
        ]);
        assert_eq!(scan(folder.path()).map(|directory| directory.files), Ok(vec![]));
    }

    #[test]
    fn a_mod_rs_is_passed_over_and_may_hold_no_migration() {
        let folder = folder(&[("mod.rs", b"migrate_core::migrations!(\"src/migrations\");")]);
        assert_eq!(scan(folder.path()).map(|directory| directory.files), Ok(vec![]));
        fs::write(folder.path().join("mod.rs"), FIRST).unwrap();
        assert_eq!(
            problems(folder.path()),
            ["mod.rs:2:1: holds a migration, which a `mod.rs` cannot: move it to a file of its own"]
        );
    }

    #[test]
    fn byte_order_marks_and_windows_line_ends_change_nothing() {
        let windows = format!("\u{feff}{}", FIRST.replace('\n', "\r\n"));
        let folder = folder(&[("a.rs", FIRST.as_bytes()), ("b.rs", windows.as_bytes())]);
        let directory = scan(folder.path()).unwrap();
        let [a, b] = directory.files.as_slice() else {
            panic!("two files")
        };
        assert_eq!(
            (&a.doc, &a.header, &a.attributes),
            (&b.doc, &b.header, &b.attributes)
        );
    }

    #[test]
    fn every_file_that_cannot_be_read_is_named_at_once() {
        let large = vec![b' '; usize::try_from(MAX_FILE_SIZE).unwrap() + 1];
        let folder = folder(&[
            ("bytes.rs", b"// \xff"),
            ("good.rs", FIRST.as_bytes()),
            ("large.rs", &large),
            ("open.rs", b"#[migration(revision = 1)]\nfn upgrade() {}\n/* "),
            ("two.rs", &[FIRST.as_bytes(), FIRST.as_bytes()].concat()),
            ("wide.rs", b"f\0n\0"),
        ]);
        insta::assert_snapshot!(problems(folder.path()).join("\n"), @r#"
        bytes.rs: is not UTF-8
        large.rs: is larger than 8 MiB
        open.rs:1:1: `down_revision` is missing: it takes `None` (for a first revision), `"ID"` or `["ID", "ID"]`
        open.rs:1:24: `revision` takes a string, such as `"1f3c5b7d9e2a"`
        open.rs:3:1: this comment is never closed
        two.rs:4:1: a second `#[migration]`: a file holds one migration, move this one to its own file
        wide.rs:1:2: a NUL character stands here: is the file UTF-16? Rust source is UTF-8
        "#);
        assert_eq!(survey(folder.path()).0.revisions().len(), 2);
    }

    #[test]
    fn a_body_that_does_not_parse_is_still_a_revision() {
        let text =
            "#[migration(revision = \"a\", down_revision = None)]\nfn upgrade( { <<<<<<< HEAD let = ; }}}";
        let folder = folder(&[("a.rs", text.as_bytes())]);
        assert_eq!(scan(folder.path()).unwrap().revisions().len(), 1);
    }

    #[test]
    fn a_folder_that_is_not_there_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        let missing = folder.path().join("missing");
        let [error] = scan(&missing).unwrap_err().try_into().unwrap();
        assert_eq!(
            (error.path, error.kind),
            (missing, SourceErrorKind::Unreadable(io::ErrorKind::NotFound))
        );
    }

    #[cfg(unix)]
    #[test]
    fn pipes_and_links_neither_hang_the_scan_nor_lead_it_in_circles() {
        use std::{
            ffi::OsStr,
            os::unix::{ffi::OsStrExt, fs::symlink, net::UnixListener},
        };

        let elsewhere = folder(&[("b.rs", FIRST.as_bytes())]);
        let folder = folder(&[("x.rs/a.rs", FIRST.as_bytes())]);
        let path = folder.path();
        symlink(elsewhere.path().join("b.rs"), path.join("linked.rs")).unwrap();
        symlink(path, path.join("circle")).unwrap();
        symlink("nowhere", path.join("dangling.rs")).unwrap();
        symlink("me@host.1", path.join(".#x.rs")).unwrap();
        symlink("nowhere", path.join("dangling.txt")).unwrap();
        let _socket = UnixListener::bind(path.join("socket.rs")).unwrap();
        fs::write(path.join(OsStr::from_bytes(b"\xff.rs")), FIRST).unwrap();
        insta::assert_snapshot!(problems(path).join("\n"), @r#"
        circle: is a symbolic link to a folder, and those are not followed
        dangling.rs: cannot be read: entity not found
        socket.rs: is not a regular file
        �.rs: its name is not UTF-8
        "#);
        let read: Vec<String> = survey(path)
            .0
            .files
            .into_iter()
            .map(|file| file.relative)
            .collect();
        assert_eq!(read, ["linked.rs".to_owned(), "x.rs/a.rs".to_owned()]);
    }
}
