//! A folder of migrations, read.
//!
//! Every `.rs` file below it, sub-folders included, is a module of the crate; those with a `#[migration]` are
//! revisions, the others are helpers that migrations may use. Left out are hidden files and folders (an
//! editor's lock is one) and `mod.rs`, which is where Rust keeps a folder's own module and may hold the
//! `migrations!` call. A link to a file of the folder is read; one that leads out of it, to a folder or nowhere
//! is refused.

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
use crate::{revision::Revision, visible::is_visible};

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
    let mut found = Found {
        root: directory,
        files: Vec::new(),
        errors: Vec::new(),
    };
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
            Some(file) => {
                let hidden =
                    |problem: &SourceError| matches!(problem.kind, SourceErrorKind::HiddenMigration(_));
                errors.extend(problems.into_iter().filter(hidden));
                errors.extend(file.attributes.into_iter().map(|place| SourceError {
                    path: file.path.clone(),
                    place: Some(place),
                    kind: SourceErrorKind::MigrationInModRs,
                }));
            }
            None => errors.extend(problems),
        }
    }
    errors.sort_by(|a, b| (&a.path, a.place).cmp(&(&b.path, b.place)));
    let path = directory.to_path_buf();
    (Directory { path, files }, errors)
}

/// The source files of a folder as they turn up: path inside the folder, then path to open.
struct Found<'a> {
    root: &'a Path,
    files: Vec<(String, PathBuf)>,
    errors: Vec<SourceError>,
}

impl Found<'_> {
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
                match target(&path, self.root) {
                    Ok(target) => kind = target,
                    Err(error) => {
                        // What leads nowhere and has no extension may be meant as a folder.
                        let is_broken = matches!(error, SourceErrorKind::BrokenLink { .. });
                        let may_be_folder =
                            error == SourceErrorKind::LinkedFolder || is_broken && path.extension().is_none();
                        if is_source || may_be_folder {
                            self.error(path, error);
                        }
                        continue;
                    }
                }
            }
            if !kind.is_dir() && !is_source {
                continue;
            }
            let Some(name) = name.to_str() else {
                self.error(path, SourceErrorKind::FileName);
                continue;
            };
            if let Some(hidden) = name.chars().find(|character| !is_visible(*character)) {
                self.error(path, SourceErrorKind::InvisibleCharacter(hidden));
            } else if kind.is_dir() && is_source {
                self.error(path, SourceErrorKind::FolderNamedAsFile);
            } else if kind.is_dir() {
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

/// What a symbolic link in the folder `root` leads to, when that is something other than a folder, and inside.
fn target(link: &Path, root: &Path) -> Result<fs::FileType, SourceErrorKind> {
    let broken = |error: io::Error| SourceErrorKind::BrokenLink {
        target: fs::read_link(link).unwrap_or_default(),
        reason: error.kind(),
    };
    let found = fs::metadata(link).map_err(broken)?;
    if found.is_dir() {
        return Err(SourceErrorKind::LinkedFolder);
    }
    let target = fs::canonicalize(link).map_err(broken)?;
    if target.starts_with(fs::canonicalize(root).map_err(broken)?) {
        Ok(found.file_type())
    } else {
        Err(SourceErrorKind::LinkLeadsOut { target })
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
        fs::write(
            folder.path().join("mod.rs"),
            "mod m { #[migration] fn upgrade() {} }",
        )
        .unwrap();
        let [problem] = problems(folder.path()).try_into().unwrap();
        assert!(
            problem.starts_with("mod.rs:1:9: this `#[migration]` does not stand at the root"),
            "{problem}"
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
        bytes.rs:1:4: is not UTF-8
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

    #[test]
    fn a_folder_that_is_named_as_a_file_is_not_read() {
        let folder = folder(&[("a.rs/b.rs", FIRST.as_bytes()), ("c/d.rs", FIRST.as_bytes())]);
        assert_eq!(
            problems(folder.path()),
            ["a.rs: is a folder with the name of a source file: rename it, or make a file of it"]
        );
    }

    #[test]
    fn a_file_that_vanishes_after_it_was_listed_is_an_error() {
        let gone = folder(&[]).path().join("a.rs");
        let (file, errors) = SourceFile::read(gone, "a.rs".to_owned());
        assert_eq!(file, None);
        let kinds: Vec<SourceErrorKind> = errors.into_iter().map(|error| error.kind).collect();
        assert_eq!(kinds, [SourceErrorKind::Unreadable(io::ErrorKind::NotFound)]);
    }

    #[test]
    fn a_hundred_megabytes_are_not_read_to_their_end() {
        let folder = folder(&[]);
        let sparse = fs::File::create(folder.path().join("a.rs")).unwrap();
        sparse.set_len(100 << 20).unwrap();
        assert_eq!(problems(folder.path()), ["a.rs: is larger than 8 MiB"]);
    }

    #[cfg(unix)]
    #[test]
    fn pipes_and_links_neither_hang_the_scan_nor_lead_it_out_or_in_circles() {
        use std::{
            ffi::OsStr,
            os::unix::{ffi::OsStrExt, fs::symlink, net::UnixListener},
        };

        let elsewhere = folder(&[("b.rs", FIRST.as_bytes()), ("notes.txt", b"")]);
        let folder = folder(&[("x/a.rs", FIRST.as_bytes())]);
        let path = folder.path();
        symlink(elsewhere.path().join("b.rs"), path.join("out.rs")).unwrap();
        symlink(elsewhere.path().join("notes.txt"), path.join("notes.txt")).unwrap();
        symlink("/dev/zero", path.join("endless.rs")).unwrap();
        symlink("x/../x/a.rs", path.join("inside.rs")).unwrap();
        symlink("inside.rs", path.join("inside_too.rs")).unwrap();
        symlink("x", path.join("linked")).unwrap();
        symlink("x", path.join("linked.rs")).unwrap();
        symlink("loop.rs", path.join("loop.rs")).unwrap();
        symlink("nowhere", path.join("dangling.rs")).unwrap();
        symlink("nowhere\n\u{202e}", path.join("dangling")).unwrap();
        symlink("me@host.1", path.join(".#x.rs")).unwrap();
        symlink("nowhere", path.join("dangling.txt")).unwrap();
        let _socket = UnixListener::bind(path.join("socket.rs")).unwrap();
        symlink("socket.rs", path.join("to_socket.rs")).unwrap();
        fs::write(path.join(OsStr::from_bytes(b"\xff.rs")), FIRST).unwrap();
        fs::write(path.join("evil\nb.rs:1:1: \u{202e}.rs"), FIRST).unwrap();
        let loops = problems(path);
        let (loops, others): (Vec<_>, Vec<_>) = loops.iter().partition(|problem| problem.starts_with("loop"));
        // What the system calls a circle is its own affair.
        assert!(
            matches!(loops.as_slice(), [one] if one.starts_with("loop.rs: is a symbolic link to `loop.rs`, which cannot be read: "))
        );
        let others: Vec<&str> = others.into_iter().map(String::as_str).collect();
        let out = fs::canonicalize(elsewhere.path()).unwrap();
        insta::assert_snapshot!(others.join("\n").replace(&out.display().to_string(), "<elsewhere>"), @r"
        dangling: is a symbolic link to `nowhere\n\u{202e}`, which cannot be read: entity not found
        dangling.rs: is a symbolic link to `nowhere`, which cannot be read: entity not found
        endless.rs: is a symbolic link to `/dev/zero`, outside of the folder of migrations, where another hand could change it: put the file itself here
        evil\nb.rs:1:1: \u{202e}.rs: its name has the character U+000A, which does not show itself: rename it
        linked: is a symbolic link to a folder, and those are not followed
        linked.rs: is a symbolic link to a folder, and those are not followed
        out.rs: is a symbolic link to `<elsewhere>/b.rs`, outside of the folder of migrations, where another hand could change it: put the file itself here
        socket.rs: is not a regular file
        to_socket.rs: is not a regular file
        �.rs: its name is not UTF-8
        ");
        let read: Vec<String> = survey(path)
            .0
            .files
            .into_iter()
            .map(|file| file.relative)
            .collect();
        assert_eq!(
            read,
            ["inside.rs", "inside_too.rs", "x/a.rs"].map(ToOwned::to_owned)
        );
    }

    #[cfg(unix)]
    #[test]
    fn a_pipe_is_not_opened() {
        let folder = folder(&[]);
        let pipe = folder.path().join("pipe.rs");
        let made = std::process::Command::new("mkfifo").arg(&pipe).status().unwrap();
        assert!(made.success());
        std::os::unix::fs::symlink("pipe.rs", folder.path().join("to_pipe.rs")).unwrap();
        assert_eq!(
            problems(folder.path()),
            [
                "pipe.rs: is not a regular file",
                "to_pipe.rs: is not a regular file"
            ]
        );
    }

    #[cfg(unix)]
    #[test]
    fn what_may_not_be_read_is_named_and_the_rest_is_read() {
        use std::os::unix::fs::PermissionsExt;

        let folder = folder(&[
            ("a.rs", FIRST.as_bytes()),
            ("b.rs", FIRST.as_bytes()),
            ("c/d.rs", FIRST.as_bytes()),
        ]);
        let close = |name: &str, mode| {
            fs::set_permissions(folder.path().join(name), fs::Permissions::from_mode(mode)).unwrap();
        };
        close("b.rs", 0o000);
        close("c", 0o000);
        let (directory, _) = survey(folder.path());
        let found = problems(folder.path());
        let may_read_all = fs::File::open(folder.path().join("b.rs")).is_ok();
        close("c", 0o700);
        // Who administers the machine may read everything.
        if may_read_all {
            assert_eq!((found.len(), directory.files.len()), (0, 3));
        } else {
            let denied = [
                "b.rs: cannot be read: permission denied",
                "c: cannot be read: permission denied",
            ];
            assert_eq!(found, denied);
            assert_eq!(directory.files.len(), 1);
        }
    }
}
