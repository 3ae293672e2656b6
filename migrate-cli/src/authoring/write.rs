//! Writing the source of migrations: a file is there whole or not at all, never in place of another, and never
//! outside of its folder. What the text says is not looked at.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::{Builder, NamedTempFile};

use super::file_name::FileName;

/// Why a file is not written.
#[derive(Debug, thiserror::Error)]
pub(crate) enum WriteError {
    #[error("`{}` is there already", path.display())]
    Taken { path: PathBuf },
    #[error("`{}` is no folder of its own: migrations behind a link are not read", path.display())]
    NotAFolder { path: PathBuf },
    #[error("`{}` leads out of `{}`", path.display(), folder.display())]
    Outside { path: PathBuf, folder: PathBuf },
    #[error("`{}` was changed in the meantime", path.display())]
    Changed { path: PathBuf },
    #[error("`{}` is read-only", path.display())]
    ReadOnly { path: PathBuf },
    #[error("cannot write `{}`: {source}", path.display())]
    Failed { path: PathBuf, source: io::Error },
}

impl WriteError {
    fn failed(path: &Path) -> impl Fn(io::Error) -> Self {
        move |source| Self::Failed {
            path: path.to_owned(),
            source,
        }
    }
}

/// Writes a new file below a folder that is there; the folders in its name are made. Returns its path.
///
/// # Errors
/// [`WriteError`]; then the folder is as it was.
pub(crate) fn create(folder: &Path, name: &FileName, text: &str) -> Result<PathBuf, WriteError> {
    let path = folder.join(name.as_str());
    let mut made = Vec::new();
    let written = make_folders(folder, name, &mut made).and_then(|parent| {
        let file = temporary(&parent, text, new_file).map_err(WriteError::failed(&path))?;
        file.persist_noclobber(&path).map_err(|error| {
            if error.error.kind() == io::ErrorKind::AlreadyExists {
                WriteError::Taken { path: path.clone() }
            } else {
                WriteError::failed(&path)(error.error)
            }
        })?;
        settle(&parent);
        Ok(())
    });
    if written.is_err() {
        for folder in made.iter().rev() {
            // One that somebody else has put something into stays.
            drop(fs::remove_dir(folder));
        }
    }
    written.map(|()| path)
}

/// Writes a file where somebody asked for it; one that is there is an error, unless it may be written over.
pub(crate) fn put(path: &Path, text: &str, over: bool) -> io::Result<()> {
    if over {
        return fs::write(path, text);
    }
    let mut file = File::options().write(true).create_new(true).open(path)?;
    file.write_all(text.as_bytes())
}

/// Replaces the text of a file below a folder, which keeps its permissions.
///
/// # Errors
/// [`WriteError`], also when the file does not hold `before` any more; then it is as it was.
pub(crate) fn replace(folder: &Path, path: &Path, before: &str, after: &str) -> Result<(), WriteError> {
    let failed = WriteError::failed(path);
    let real = path.canonicalize().map_err(&failed)?;
    if !real.starts_with(folder.canonicalize().map_err(&failed)?) {
        return Err(WriteError::Outside {
            path: path.to_owned(),
            folder: folder.to_owned(),
        });
    }
    let permissions = real.metadata().map_err(&failed)?.permissions();
    if permissions.readonly() {
        return Err(WriteError::ReadOnly {
            path: path.to_owned(),
        });
    }
    let parent = real.parent().unwrap_or(folder);
    let file = temporary(parent, after, |_| {}).map_err(&failed)?;
    file.as_file().set_permissions(permissions).map_err(&failed)?;
    if fs::read(&real).map_err(&failed)? != before.as_bytes() {
        return Err(WriteError::Changed {
            path: path.to_owned(),
        });
    }
    file.persist(&real).map_err(|error| failed(error.error))?;
    settle(parent);
    Ok(())
}

/// Makes the folders in a name, and gives the last. A link among them would hide what is written, or lead out.
fn make_folders(folder: &Path, name: &FileName, made: &mut Vec<PathBuf>) -> Result<PathBuf, WriteError> {
    let mut parent = folder.to_owned();
    for component in name.folders() {
        parent.push(component);
        match fs::create_dir(&parent) {
            Ok(()) => made.push(parent.clone()),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                if !parent.symlink_metadata().is_ok_and(|metadata| metadata.is_dir()) {
                    return Err(WriteError::NotAFolder { path: parent });
                }
            }
            Err(error) => return Err(WriteError::failed(&parent)(error)),
        }
    }
    Ok(parent)
}

/// A file with this text that is safely on the disk. Its name is hidden, so that nobody takes it for a migration.
fn temporary(folder: &Path, text: &str, options: impl Fn(&mut Builder<'_, '_>)) -> io::Result<NamedTempFile> {
    let mut builder = Builder::new();
    builder.prefix(".").suffix(".tmp");
    options(&mut builder);
    // The error's own text names a file that nobody knows.
    let file = builder.tempfile_in(folder);
    let mut file = file.map_err(|error| io::Error::from(error.kind()))?;
    file.write_all(text.as_bytes())?;
    file.as_file().sync_all()?;
    Ok(file)
}

/// Gives a file the permissions of any other new one, where a temporary one is its owner's alone.
#[cfg_attr(not(unix), expect(unused_variables, reason = "new files have no mode here"))]
fn new_file(builder: &mut Builder<'_, '_>) {
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o644));
}

/// Puts a folder's new entry on the disk, where folders can be asked for that. The file itself is there already.
fn settle(folder: &Path) {
    drop(File::open(folder).and_then(|folder| folder.sync_all()));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::authoring::moment::Moment;
    use tempfile::TempDir;

    fn name(template: &str) -> FileName {
        let moment = Moment::now("UTC", None).unwrap();
        FileName::render(template, &"a1".parse().unwrap(), "", &moment).unwrap()
    }

    fn folder() -> TempDir {
        tempfile::tempdir().unwrap()
    }

    /// Everything in a folder, hidden files too.
    fn entries(folder: &TempDir) -> Vec<PathBuf> {
        let entries = fs::read_dir(folder.path()).unwrap();
        entries.map(|entry| entry.unwrap().path()).collect()
    }

    #[test]
    fn a_file_is_written_with_its_folders_and_nothing_else() {
        let folder = folder();
        let path = create(folder.path(), &name("2026/11/{rev}"), "text\n").unwrap();
        assert_eq!(path, folder.path().join("2026/11/a1.rs"));
        assert_eq!(fs::read_to_string(&path).unwrap(), "text\n");
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let other = folder.path().join("other");
            fs::write(&other, "").unwrap();
            let mode = |path: &Path| path.metadata().unwrap().permissions().mode();
            assert_eq!(mode(&path), mode(&other) & !0o022);
        }
    }

    #[test]
    fn no_file_is_replaced_by_a_new_one() {
        let folder = folder();
        fs::write(folder.path().join("a1.rs"), "old").unwrap();
        let error = create(folder.path(), &name("{rev}"), "new").unwrap_err();
        assert!(matches!(error, WriteError::Taken { .. }), "{error}");
        assert_eq!(fs::read_to_string(folder.path().join("a1.rs")).unwrap(), "old");
        assert_eq!(entries(&folder).len(), 1);
    }

    #[test]
    fn a_folder_that_is_made_for_nothing_is_gone_again() {
        let folder = folder();
        let long = "x".repeat(190);
        // More than any system takes for a whole path.
        let deep = vec![long.as_str(); 40].join("/");
        let error = create(folder.path(), &name(&format!("{deep}/{{rev}}")), "text").unwrap_err();
        assert!(matches!(error, WriteError::Failed { .. }), "{error}");
        assert_eq!(entries(&folder), Vec::<PathBuf>::new());
    }

    #[cfg(unix)]
    #[test]
    fn a_link_for_a_folder_is_refused_wherever_it_leads() {
        let (folder, other) = (folder(), folder());
        fs::create_dir(folder.path().join("real")).unwrap();
        for (link, target) in [
            ("out", other.path()),
            ("in", &folder.path().join("real")),
            ("dead", Path::new("gone")),
        ] {
            std::os::unix::fs::symlink(target, folder.path().join(link)).unwrap();
            let error = create(folder.path(), &name(&format!("{link}/{{rev}}")), "text").unwrap_err();
            assert!(matches!(error, WriteError::NotAFolder { .. }), "{error}");
        }
        fs::write(folder.path().join("file"), "").unwrap();
        let error = create(folder.path(), &name("file/{rev}"), "text").unwrap_err();
        assert!(matches!(error, WriteError::NotAFolder { .. }), "{error}");
        assert!(entries(&other).is_empty());
    }

    #[test]
    fn a_text_is_replaced_when_it_is_still_the_one_that_was_read() {
        let folder = folder();
        let path = folder.path().join("a1.rs");
        fs::write(&path, "one").unwrap();
        #[cfg(unix)]
        fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o640)).unwrap();
        let before = path.metadata().unwrap().permissions();
        replace(folder.path(), &path, "one", "two").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "two");
        assert_eq!(path.metadata().unwrap().permissions(), before);

        let error = replace(folder.path(), &path, "one", "three").unwrap_err();
        assert!(matches!(error, WriteError::Changed { .. }), "{error}");
        let mut permissions = before;
        permissions.set_readonly(true);
        fs::set_permissions(&path, permissions).unwrap();
        let error = replace(folder.path(), &path, "two", "three").unwrap_err();
        assert!(matches!(error, WriteError::ReadOnly { .. }), "{error}");
        assert_eq!(fs::read_to_string(&path).unwrap(), "two");
        assert_eq!(entries(&folder).len(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn what_lies_elsewhere_is_not_replaced_through_a_link() {
        let (folder, other) = (folder(), folder());
        let outside = other.path().join("a1.rs");
        fs::write(&outside, "one").unwrap();
        let link = folder.path().join("a1.rs");
        std::os::unix::fs::symlink(&outside, &link).unwrap();
        let error = replace(folder.path(), &link, "one", "two").unwrap_err();
        assert!(matches!(error, WriteError::Outside { .. }), "{error}");
        assert_eq!(fs::read_to_string(&outside).unwrap(), "one");
    }
}
