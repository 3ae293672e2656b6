//! The one loop of a run: step after step, in either direction, against either target.

use std::time::{Duration, Instant};

use migrate_graph::{Direction, RevisionId, Step, VersionChange};

use crate::runtime::{ApplyError, Event, Observer, Started, Target, Work};
use crate::schema::QualifiedName;

/// What a run did.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Report {
    /// The steps, in the order in which they were done. Empty when there was nothing to do.
    pub applied: Vec<Applied>,
}

/// One step that was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Applied {
    /// Which way it went.
    pub direction: Direction,
    /// Its revision; a stamp to base has none.
    pub revision: Option<RevisionId>,
    /// Its migration's message.
    pub message: String,
    /// How long it took.
    pub elapsed: Duration,
}

/// A run that stopped at a step.
#[derive(Debug, thiserror::Error)]
#[error("{}{cause}", failed(step, path.as_deref()))]
pub struct RunError {
    /// The step that failed.
    pub step: Step,
    /// Its migration's file.
    pub path: Option<String>,
    /// Its migration's message.
    pub message: String,
    /// The steps before it.
    pub report: Report,
    /// How many steps were to come after it.
    pub remaining: usize,
    /// Why it failed.
    pub cause: ApplyError,
    /// The table that it was to make and that is there, where no migration was applied to the database before: somebody
    /// made it by other means, and `stamp` says so.
    pub existing: Option<QualifiedName>,
}

fn failed(step: &Step, path: Option<&str>) -> String {
    let verb = step.direction.as_str();
    match (&step.revision, path) {
        (Some(revision), Some(path)) => format!("{verb} of `{revision}` ({path}) failed: "),
        (Some(revision), None) => format!("{verb} of `{revision}` failed: "),
        (None, _) => format!("{verb} failed: "),
    }
}

impl RunError {
    /// A run that failed at this one of its steps.
    pub(crate) fn at(works: &[Work], index: usize, report: Report, cause: ApplyError) -> Self {
        let work = works.get(index);
        let nothing = Step {
            direction: Direction::Stamp,
            revision: None,
            changes: Vec::new(),
            heads_after: Vec::new(),
        };
        Self {
            step: work.map_or(nothing, |work| work.step.clone()),
            path: work
                .and_then(|work| work.migration)
                .map(|migration| migration.path.to_owned()),
            report,
            remaining: works.len().saturating_sub(index + 1),
            message: work.map(message).unwrap_or_default().to_owned(),
            cause,
            existing: None,
        }
    }

    /// The step as one that was done after all; how long it took is not known.
    pub(crate) fn settled(&self) -> Applied {
        Applied {
            direction: self.step.direction,
            revision: self.step.revision.clone(),
            message: self.message.clone(),
            elapsed: Duration::ZERO,
        }
    }
}

/// Does the work, and says what it did. The loop stops at the first step that fails.
pub(crate) async fn run(
    works: &[Work],
    mut target: impl Target,
    observer: &dyn Observer,
) -> Result<Report, RunError> {
    let mut report = Report::default();
    for (index, work) in works.iter().enumerate() {
        observer.event(&Event::StepStarted(started(work)));
        let begun = Instant::now();
        if let Err(cause) = target.apply(work).await {
            return Err(RunError::at(works, index, report, cause));
        }
        let (revision, elapsed) = (work.step.revision.clone(), begun.elapsed());
        observer.event(&Event::StepFinished {
            revision: revision.clone(),
            elapsed,
        });
        let direction = work.step.direction;
        report.applied.push(Applied {
            direction,
            revision,
            message: message(work).into(),
            elapsed,
        });
    }
    match target.finish().await {
        Ok(()) => Ok(report),
        Err(cause) => Err(RunError::at(
            works,
            works.len().saturating_sub(1),
            Report::default(),
            cause,
        )),
    }
}

fn message(work: &Work) -> &str {
    work.migration.map_or("", |migration| migration.message)
}

/// What is told of a step that begins.
pub(crate) fn started(work: &Work) -> Started {
    let down_revisions = match (work.step.direction, work.migration) {
        (Direction::Upgrade | Direction::Downgrade, Some(migration)) => {
            migration.down_revisions.iter().map(ToString::to_string).collect()
        }
        (Direction::Upgrade | Direction::Downgrade, None) => Vec::new(),
        (Direction::Stamp, _) => replaced(work),
    };
    Started {
        direction: work.step.direction,
        revision: work.step.revision.clone(),
        down_revisions,
        message: message(work).into(),
    }
}

/// The rows that a step takes out of the version table, sorted.
fn replaced(work: &Work) -> Vec<String> {
    let rows = |change: &VersionChange| match change {
        VersionChange::Insert(_) => Vec::new(),
        VersionChange::Delete(id) | VersionChange::Update { from: id, .. } => vec![id.to_string()],
        VersionChange::Clear { rows } => rows.clone(),
    };
    let mut replaced: Vec<String> = work.step.changes.iter().flat_map(rows).collect();
    replaced.sort_unstable();
    replaced
}
