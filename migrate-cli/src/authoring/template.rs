//! Where the text of new migrations comes from: the project's own template, else the built-in one.
//!
//! It is read here, and rendered in `new_migration`.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use migrate_graph::source::MAX_FILE_SIZE;

/// The file in a folder of migrations that replaces the built-in template.
pub(crate) const TEMPLATE_FILE: &str = "migration.rs.jinja";

/// The built-in template.
pub(crate) const DEFAULT_TEMPLATE: &str = include_str!("../../templates/migration.rs.jinja");

/// A template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Template {
    /// What to call it in errors.
    pub(crate) name: String,
    pub(crate) text: String,
}

/// Why the project's own template cannot be used.
#[derive(Debug, thiserror::Error)]
pub(crate) enum TemplateError {
    #[error("cannot read the template `{}`: {source}", path.display())]
    Unreadable { path: PathBuf, source: io::Error },
    #[error("the template `{}` is a link that leads out of the project", path.display())]
    Outside { path: PathBuf },
    #[error("the template `{}` is no file of at most {} MiB", path.display(), MAX_FILE_SIZE >> 20)]
    NotAFile { path: PathBuf },
}

impl Template {
    /// The template in a folder of migrations, else the built-in one. What a link out of the `project` leads to is
    /// nobody's template, and would be copied into the repository.
    ///
    /// # Errors
    /// [`TemplateError`], when there is a file of that name and it cannot be used.
    pub(crate) fn of(migrations: &Path, project: &Path) -> Result<Self, TemplateError> {
        let path = migrations.join(TEMPLATE_FILE);
        let is_link = match path.symlink_metadata() {
            Ok(metadata) => metadata.is_symlink(),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Self::built_in()),
            Err(source) => return Err(TemplateError::Unreadable { path, source }),
        };
        let read = || -> io::Result<_> {
            let is_inside = !is_link || path.canonicalize()?.starts_with(project.canonicalize()?);
            let metadata = path.metadata()?;
            // A pipe would never end.
            let is_file = metadata.is_file() && metadata.len() <= MAX_FILE_SIZE;
            let text = if is_inside && is_file {
                fs::read_to_string(&path)?
            } else {
                String::new()
            };
            Ok((is_inside, is_file, text))
        };
        match read() {
            Err(source) => Err(TemplateError::Unreadable { path, source }),
            Ok((false, ..)) => Err(TemplateError::Outside { path }),
            Ok((true, false, _)) => Err(TemplateError::NotAFile { path }),
            Ok((true, true, text)) => Ok(Self {
                name: path.strip_prefix(project).unwrap_or(&path).display().to_string(),
                text,
            }),
        }
    }

    fn built_in() -> Self {
        Self {
            name: TEMPLATE_FILE.to_owned(),
            text: DEFAULT_TEMPLATE.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_s_own_template_comes_before_the_built_in_one() {
        let project = tempfile::tempdir().unwrap();
        let migrations = project.path().join("migrations");
        assert_eq!(
            Template::of(&migrations, project.path()).unwrap(),
            Template::built_in()
        );
        fs::create_dir(&migrations).unwrap();
        fs::write(migrations.join(TEMPLATE_FILE), "own").unwrap();
        let template = Template::of(&migrations, project.path()).unwrap();
        assert_eq!(
            (template.name.as_str(), template.text.as_str()),
            ("migrations/migration.rs.jinja", "own")
        );
    }

    #[test]
    fn a_template_that_is_no_text_file_is_refused() {
        let project = tempfile::tempdir().unwrap();
        let path = project.path().join(TEMPLATE_FILE);
        let refused = || Template::of(project.path(), project.path()).unwrap_err();
        fs::create_dir(&path).unwrap();
        assert!(matches!(refused(), TemplateError::NotAFile { .. }));
        fs::remove_dir(&path).unwrap();
        fs::write(&path, b"\xff").unwrap();
        assert!(matches!(refused(), TemplateError::Unreadable { .. }));
    }

    #[cfg(unix)]
    #[test]
    fn a_link_may_lead_through_the_project_and_not_out_of_it() {
        let root = tempfile::tempdir().unwrap();
        let project = root.path().join("project");
        fs::create_dir_all(project.join("migrations")).unwrap();
        let link = project.join("migrations").join(TEMPLATE_FILE);
        let of = || Template::of(&project.join("migrations"), &project);
        for (target, text) in [("project/shared", "shared"), ("secret", "secret")] {
            fs::write(root.path().join(target), text).unwrap();
        }
        std::os::unix::fs::symlink(project.join("shared"), &link).unwrap();
        assert_eq!(of().unwrap().text, "shared");
        for target in ["secret", "gone"] {
            fs::remove_file(&link).unwrap();
            std::os::unix::fs::symlink(root.path().join(target), &link).unwrap();
            let error = of().unwrap_err();
            assert!(
                !format!("{error}").is_empty() && !matches!(error, TemplateError::NotAFile { .. }),
                "{error}"
            );
        }
    }
}
