//! The one loop of a run: step after step, in either direction, against either target.

use std::time::{Duration, Instant};

use migrate_graph::{Direction, RevisionId};

use crate::connection::DatabaseError;
use crate::runtime::{ApplyError, Event, Observer, Target, Work};

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
#[error("{}{cause}", failed(direction, revision.as_ref(), path.as_deref()))]
pub struct RunError {
    /// Which way the step went.
    pub direction: Direction,
    /// Its revision.
    pub revision: Option<RevisionId>,
    /// Its migration's file.
    pub path: Option<String>,
    /// The steps before it.
    pub report: Report,
    /// Why it failed.
    pub cause: ApplyError,
}

fn failed(direction: &Direction, revision: Option<&RevisionId>, path: Option<&str>) -> String {
    let verb = match direction {
        Direction::Upgrade => "upgrade",
        Direction::Downgrade => "downgrade",
        Direction::Stamp => "stamp",
    };
    match (revision, path) {
        (Some(revision), Some(path)) => format!("{verb} of `{revision}` ({path}) failed: "),
        (Some(revision), None) => format!("{verb} of `{revision}` failed: "),
        (None, _) => format!("{verb} failed: "),
    }
}

impl RunError {
    /// A run that failed before its first step could begin.
    pub(crate) fn before(works: &[Work], error: DatabaseError) -> Self {
        let work = works.first();
        Self {
            direction: work.map_or(Direction::Upgrade, |work| work.step.direction),
            revision: work.and_then(|work| work.step.revision.clone()),
            path: work
                .and_then(|work| work.migration)
                .map(|migration| migration.path.to_owned()),
            report: Report::default(),
            cause: error.into(),
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
    for work in works {
        observer.event(&started(work));
        let begun = Instant::now();
        if let Err(cause) = target.apply(work).await {
            return Err(stopped(work, report, cause));
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
    match (target.finish().await, works.last()) {
        (Err(cause), Some(last)) => Err(stopped(last, Report::default(), cause)),
        (Ok(()) | Err(_), _) => Ok(report),
    }
}

fn stopped(work: &Work, report: Report, cause: ApplyError) -> RunError {
    RunError {
        direction: work.step.direction,
        revision: work.step.revision.clone(),
        path: work.migration.map(|migration| migration.path.to_owned()),
        report,
        cause,
    }
}

fn message(work: &Work) -> &str {
    work.migration.map_or("", |migration| migration.message)
}

fn started(work: &Work) -> Event {
    Event::StepStarted {
        direction: work.step.direction,
        revision: work.step.revision.clone(),
        down_revisions: down_revisions(work).iter().map(|id| (*id).to_owned()).collect(),
        message: message(work).into(),
    }
}

fn down_revisions(work: &Work) -> &'static [&'static str] {
    work.migration.map_or(&[], |migration| migration.down_revisions)
}

/// `a -> b` as Alembic writes it: from the down revisions to the revision, or back.
pub(crate) fn described(work: &Work) -> String {
    let downs = down_revisions(work).join(", ");
    let revision = work.step.revision.as_ref().map_or("", RevisionId::as_str);
    match work.step.direction {
        Direction::Upgrade => format!("{downs} -> {revision}"),
        Direction::Downgrade => format!("{revision} -> {downs}"),
        Direction::Stamp => {
            format!("{} -> {revision}", work.rows_before.join(", "))
        }
    }
}
