//! Writes a project, or nothing: what was written before a failure is taken back.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::{Change, InitError, Project};
use crate::authoring::write::{self, WriteError};

/// What was done so far.
#[derive(Default)]
struct Done<'a> {
    folders: Vec<PathBuf>,
    files: Vec<PathBuf>,
    changes: Vec<&'a Change>,
}

impl Project {
    /// Writes the new files, and then adds to those that are there.
    pub(crate) fn write(&self) -> Result<(), InitError> {
        let mut done = Done::default();
        let written = self.write_all(&mut done);
        if written.is_err() {
            done.undo();
        }
        written
    }

    fn write_all<'a>(&'a self, done: &mut Done<'a>) -> Result<(), InitError> {
        let failed = |path: &Path, source| InitError::Write {
            path: path.to_owned(),
            source,
        };
        for file in &self.files {
            let path = self.folder.join(&file.path);
            let written = done
                .make_folders(path.parent())
                .and_then(|()| done.create(&path, &file.text));
            written.map_err(|source| failed(&path, source))?;
        }
        for change in &self.changes {
            replace(&change.path, &change.before, &change.after)?;
            done.changes.push(change);
        }
        Ok(())
    }
}

impl Done<'_> {
    /// Makes a folder and those above it that are not there.
    fn make_folders(&mut self, folder: Option<&Path>) -> io::Result<()> {
        let missing = folder
            .into_iter()
            .flat_map(Path::ancestors)
            .take_while(|folder| !folder.exists());
        let missing: Vec<&Path> = missing.collect();
        for folder in missing.into_iter().rev() {
            fs::create_dir(folder)?;
            self.folders.push(folder.to_owned());
        }
        Ok(())
    }

    /// Writes a file that is not there, also not as a link.
    fn create(&mut self, path: &Path, text: &str) -> io::Result<()> {
        let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
        self.files.push(path.to_owned());
        file.write_all(text.as_bytes())
    }

    /// Takes all of it back. What cannot be taken back stays: the failure that led here is what is told.
    fn undo(self) {
        for change in self.changes.into_iter().rev() {
            drop(replace(&change.path, &change.after, &change.before));
        }
        for file in self.files.into_iter().rev() {
            drop(fs::remove_file(file));
        }
        for folder in self.folders.into_iter().rev() {
            drop(fs::remove_dir(folder));
        }
    }
}

/// Gives a file another text at once, unless somebody else changed it meanwhile.
fn replace(path: &Path, before: &str, after: &str) -> Result<(), WriteError> {
    write::replace(path.parent().unwrap_or(path), path, before, after)
}

#[cfg(test)]
mod tests {
    use super::super::NewFile;
    use super::*;

    fn file(path: &str) -> NewFile {
        NewFile {
            path: path.to_owned(),
            text: "new".to_owned(),
        }
    }

    #[test]
    fn what_was_written_before_a_failure_is_taken_back() {
        let folder = tempfile::tempdir().unwrap();
        let there = folder.path().join("there");
        fs::write(&there, "old").unwrap();
        let change = |before: &str, after: &str| Change {
            path: there.clone(),
            before: before.to_owned(),
            after: after.to_owned(),
            added: Vec::new(),
        };
        let project = |files: &[&str], changes| Project {
            folder: folder.path().join("project"),
            library: String::new(),
            files: files.iter().map(|path| file(path)).collect(),
            changes,
            notes: Vec::new(),
        };
        let files = ["a", "b/c/d"];
        let failing = [
            project(&["a", "b/c/d", "b/c"], Vec::new()),
            project(&["a", "b/c/d", "a"], Vec::new()),
            project(&files, vec![change("old", "new"), change("other", "newer")]),
        ];
        for project in failing {
            project.write().unwrap_err();
            assert_eq!(fs::read_to_string(&there).unwrap(), "old");
            assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        }
        let project = project(&files, vec![change("old", "new")]);
        project.write().unwrap();
        for path in ["project/a", "project/b/c/d", "there"] {
            assert_eq!(fs::read_to_string(folder.path().join(path)).unwrap(), "new");
        }
    }
}
