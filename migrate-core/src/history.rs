//! [`History`]: the checked union of a migrator's sets.

use std::collections::BTreeMap;

use migrate_graph::{BranchLabel, GraphError, InvalidName, Reference, Revision, RevisionId, RevisionMap};

use crate::migration::{Migration, MigrationSet};

/// The graph of all migrations of a migrator, and the migration of each revision.
#[derive(Debug)]
pub(crate) struct History {
    pub(crate) map: RevisionMap,
    migrations: BTreeMap<RevisionId, &'static Migration>,
}

/// A problem of the migrations, and the file it lies in.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{path}: {problem}")]
pub struct HistoryProblem {
    /// The migration's file, relative to its crate.
    pub path: &'static str,
    /// What is wrong.
    pub problem: HistoryProblemKind,
}

/// What is wrong with a migration's place in the graph.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HistoryProblemKind {
    /// A name that cannot be one; the macros refuse these, so it was registered by hand.
    #[error(transparent)]
    Name(#[from] InvalidName),
    /// The migrations do not fit together.
    #[error(transparent)]
    Graph(#[from] GraphError),
}

impl History {
    /// A graph whose migrations are not here.
    pub(crate) const fn of_map(map: RevisionMap) -> Self {
        Self {
            map,
            migrations: BTreeMap::new(),
        }
    }

    /// Checks the union of the sets.
    ///
    /// # Errors
    /// Every problem, each with its migration.
    pub(crate) fn new(sets: &[&'static MigrationSet]) -> Result<Self, Vec<HistoryProblem>> {
        let migrations: Vec<&'static Migration> = sets
            .iter()
            .flat_map(|set| set.migrations.iter().copied())
            .collect();
        let mut revisions = Vec::with_capacity(migrations.len());
        let mut problems = Vec::new();
        for migration in &migrations {
            match revision(migration) {
                Ok(revision) => revisions.push(revision),
                Err(error) => problems.push(HistoryProblem {
                    path: migration.path,
                    problem: error.into(),
                }),
            }
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        let by_id = revisions
            .iter()
            .map(|revision| revision.id.clone())
            .zip(migrations.iter().copied());
        let by_id = by_id.collect();
        match RevisionMap::new(revisions) {
            Ok(map) => Ok(Self {
                map,
                migrations: by_id,
            }),
            Err(errors) => Err(errors
                .into_iter()
                .map(|error| HistoryProblem {
                    path: migrations.get(error.at).map_or("", |migration| migration.path),
                    problem: error.into(),
                })
                .collect()),
        }
    }

    pub(crate) fn migration(&self, id: &str) -> Option<&'static Migration> {
        self.migrations.get(id).copied()
    }
}

fn revision(migration: &Migration) -> Result<Revision, InvalidName> {
    Ok(Revision {
        id: RevisionId::new(migration.revision)?,
        down_revisions: names(migration.down_revisions, RevisionId::new)?,
        depends_on: names(migration.depends_on, Reference::new)?,
        branch_labels: names(migration.branch_labels, BranchLabel::new)?,
    })
}

fn names<T>(names: &[&str], check: fn(&str) -> Result<T, InvalidName>) -> Result<Vec<T>, InvalidName> {
    names.iter().map(|name| check(name)).collect()
}
