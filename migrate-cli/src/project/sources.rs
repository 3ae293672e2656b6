//! [`Sources`]: every revision of a project, read from its files as they are now.
//!
//! Nothing is written, nothing built, and no answer is kept: each command reads them anew.

use std::cmp::Reverse;
use std::path::{Path, PathBuf};

use migrate_core::Migrator;
use migrate_graph::source::{SourceFile, survey};
use migrate_graph::{GraphError, RevisionId, RevisionMap};

use super::error::GraphProblem;
use super::{Project, ProjectError, shown};
use crate::catalogue::{Catalogue, Page};
use crate::config::CARGO_TOML;

/// The revisions of a project with their files.
#[derive(Debug)]
pub(crate) struct Sources {
    /// Sorted by id.
    files: Vec<(RevisionId, Source)>,
    migrator: Migrator,
}

/// The file of a revision.
#[derive(Debug)]
pub(crate) struct Source {
    pub(crate) file: SourceFile,
    /// Its path relative to the crate's folder, with `/`.
    pub(crate) path: String,
    /// The folder of migrations that it was found in.
    pub(crate) location: PathBuf,
}

impl Sources {
    /// Reads all folders of migrations; paths in errors are told from the `current` folder.
    ///
    /// # Errors
    /// Every file that cannot be read, and else everything that is wrong with the revisions.
    pub(crate) fn read(project: &Project, current: &Path) -> Result<Self, ProjectError> {
        let mut files = Vec::new();
        let mut errors = Vec::new();
        // A folder inside another one comes first: its files are its own, and are read once.
        let mut locations: Vec<&PathBuf> = project.locations.iter().collect();
        let around = |inner: &PathBuf| {
            project
                .locations
                .iter()
                .filter(|outer| inner.starts_with(outer))
                .count()
        };
        locations.sort_by_key(|location| Reverse(around(location)));
        for (place, location) in locations.iter().enumerate() {
            if !location.is_dir() {
                return Err(ProjectError::NoLocation {
                    path: (*location).clone(),
                });
            }
            let prefix = within_crate(location, &project.folder);
            let (directory, problems) = survey(location);
            let is_new = |path: &Path| !locations[..place].iter().any(|read| path.starts_with(read));
            errors.extend(problems.into_iter().filter(|problem| is_new(&problem.path)));
            let new = directory.files.into_iter().filter(|file| is_new(&file.path));
            files.extend(new.map(|file| Source {
                path: format!("{prefix}{}", file.relative),
                location: (*location).clone(),
                file,
            }));
        }
        if !errors.is_empty() {
            for error in &mut errors {
                error.path = shown(&error.path, current).into();
            }
            return Err(ProjectError::Sources(errors));
        }
        files.retain(|source| source.file.header.is_some());
        let headers = files.iter().filter_map(|source| source.file.header.as_ref());
        let map = RevisionMap::new(headers.map(|header| header.to_revision()).collect())
            .map_err(|errors| ProjectError::Graph(placed(&errors, &files, current)))?;
        let mut files: Vec<(RevisionId, Source)> = files
            .into_iter()
            .filter_map(|source| Some((source.file.header.as_ref()?.revision.value.clone(), source)))
            .collect();
        files.sort_by(|(a, _), (b, _)| a.cmp(b));
        Ok(Self {
            files,
            migrator: Migrator::of_revisions(map),
        })
    }

    /// The same with other settings of its migrator.
    pub(crate) fn configured(mut self, change: impl FnOnce(Migrator) -> Migrator) -> Self {
        self.migrator = change(self.migrator);
        self
    }

    /// All of them, sorted by id.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &(RevisionId, Source)> {
        self.files.iter()
    }

    pub(crate) fn contains(&self, id: &str) -> bool {
        let place = self.files.binary_search_by(|(known, _)| known.as_str().cmp(id));
        place.is_ok()
    }

    /// The effective heads with their files, as a person in the `current` folder would name these.
    pub(crate) fn heads(&self, current: &Path) -> Vec<String> {
        let heads = self
            .migrator
            .revisions()
            .into_iter()
            .flat_map(RevisionMap::effective_heads);
        let named = heads.filter_map(|head| {
            let file = shown(&self.source(&head.id)?.file.path, current);
            Some(format!("{} (`{file}`)", head.id))
        });
        named.collect()
    }

    /// The file of a revision.
    pub(crate) fn source(&self, id: &RevisionId) -> Option<&Source> {
        let place = self.files.binary_search_by(|(known, _)| known.cmp(id)).ok()?;
        self.files.get(place).map(|(_, source)| source)
    }
}

impl Catalogue for Sources {
    fn migrator(&self) -> &Migrator {
        &self.migrator
    }

    fn page(&self, id: &RevisionId) -> Page<'_> {
        self.source(id).map_or(Page::default(), |source| Page {
            message: source.file.message(),
            doc: &source.file.doc,
            path: &source.path,
        })
    }
}

/// What stands before a file's path inside its folder of migrations, so that it is relative to the folder of the
/// crate, as the macros have it: where the nearest `Cargo.toml` is. A project without one is taken for a crate.
fn within_crate(location: &Path, project: &Path) -> String {
    let inside = location.starts_with(project);
    let has_manifest = |folder: &&Path| folder.join(CARGO_TOML).is_file();
    let mut folders = location
        .ancestors()
        .take_while(|folder| !inside || folder.starts_with(project));
    let crate_folder = folders.find(has_manifest).unwrap_or(project);
    // The nearest folder that holds both, and how far above the crate it is.
    let mut above = crate_folder.ancestors().enumerate();
    let shared = above.find_map(|(up, folder)| Some((up, location.strip_prefix(folder).ok()?)));
    let (up, rest) = shared.unwrap_or((0, location));
    let parts = std::iter::repeat_n("..".into(), up).chain(rest.iter().map(|part| part.to_string_lossy()));
    parts.map(|part| format!("{part}/")).collect()
}

/// The problems of the graph, each at its literal.
fn placed(errors: &[GraphError], files: &[Source], current: &Path) -> Vec<GraphProblem> {
    let name = |at: usize| {
        files
            .get(at)
            .map_or_else(String::new, |source| shown(&source.file.path, current))
    };
    let problem = |error: &GraphError| {
        let header = files.get(error.at).and_then(|source| source.file.header.as_ref());
        let place = header.map(|header| header.span(error.field));
        GraphProblem {
            place: place.map_or_else(|| name(error.at), |place| format!("{}:{place}", name(error.at))),
            message: error.to_string(),
            hint: error.hint(name),
        }
    };
    errors.iter().map(problem).collect()
}
