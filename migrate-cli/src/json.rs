//! What programs read: revisions, plans and errors as JSON. The names of the fields are a contract.
//!
//! It is made here and written elsewhere; a drawing, a status and a comparison have theirs beside them.

use migrate_core::{Filled, HalfDone};
use migrate_graph::{Plan, RevisionId, VersionChange};
use serde::Serialize;

use crate::entry::Entry;
use crate::error::CommandError;

/// One revision.
#[derive(Serialize)]
pub(crate) struct RevisionJson<'a> {
    revision: &'a str,
    down_revisions: Vec<&'a str>,
    /// As they are written: a label stays a label.
    depends_on: Vec<&'a str>,
    /// All that reach it, as in the text form.
    branch_labels: Vec<&'a str>,
    message: &'a str,
    path: &'a str,
    is_head: bool,
    is_base: bool,
    is_branch_point: bool,
    is_merge_point: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    is_current: Option<bool>,
}

/// Whether the version table was asked, so that revisions say whether they are in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Asked {
    Yes,
    No,
}

/// A list of revisions.
pub(crate) fn revisions(entries: &[Entry<'_>], asked: Asked) -> String {
    text(&list(entries, asked))
}

pub(crate) fn list<'a>(entries: &'a [Entry<'_>], asked: Asked) -> Vec<RevisionJson<'a>> {
    entries.iter().map(|entry| revision(entry, asked)).collect()
}

/// A revision's value.
pub(crate) fn revision<'a>(entry: &'a Entry<'_>, asked: Asked) -> RevisionJson<'a> {
    let id = entry.id();
    RevisionJson {
        revision: id,
        down_revisions: entry.down_revisions(),
        depends_on: entry.depends_on(),
        branch_labels: entry.labels(),
        message: entry.page.message,
        path: entry.page.path,
        is_head: entry.map.is_head(id),
        is_base: entry.map.is_base(id),
        is_branch_point: entry.map.is_branch_point(id),
        is_merge_point: entry.map.is_merge_point(id),
        is_current: (asked == Asked::Yes).then_some(entry.current),
    }
}

#[derive(Serialize)]
struct PlanJson<'a> {
    from: &'a [String],
    to: Vec<&'a str>,
    steps: Vec<StepJson<'a>>,
}

#[derive(Serialize)]
struct StepJson<'a> {
    direction: &'static str,
    revision: Option<&'a str>,
    message: &'a str,
    version_rows: Vec<RowJson<'a>>,
    heads_after: Vec<&'a str>,
}

#[derive(Serialize)]
struct RowJson<'a> {
    op: &'static str,
    from: Option<&'a str>,
    to: Option<&'a str>,
}

/// A plan; `message` gives a revision's message.
pub(crate) fn plan<'a>(plan: &'a Plan, message: impl Fn(&RevisionId) -> &'a str) -> String {
    let steps = plan.steps.iter().map(|step| StepJson {
        direction: step.direction.as_str(),
        revision: step.revision.as_ref().map(RevisionId::as_str),
        message: step.revision.as_ref().map_or("", &message),
        version_rows: step.changes.iter().flat_map(rows).collect(),
        heads_after: ids(&step.heads_after),
    });
    text(&PlanJson {
        from: &plan.from,
        to: ids(&plan.to),
        steps: steps.collect(),
    })
}

pub(crate) fn ids(ids: &[RevisionId]) -> Vec<&str> {
    ids.iter().map(RevisionId::as_str).collect()
}

fn rows(change: &VersionChange) -> Vec<RowJson<'_>> {
    let row = |op, from, to| RowJson { op, from, to };
    match change {
        VersionChange::Insert(id) => vec![row("insert", None, Some(id.as_str()))],
        VersionChange::Delete(id) => vec![row("delete", Some(id.as_str()), None)],
        VersionChange::Update { from, to } => {
            vec![row("update", Some(from.as_str()), Some(to.as_str()))]
        }
        VersionChange::Clear { rows } => rows.iter().map(|id| row("delete", Some(id), None)).collect(),
    }
}

#[cfg(feature = "authoring")]
#[derive(Serialize)]
struct RebaseJson<'a> {
    head: &'a str,
    onto: &'a str,
    /// The revision whose file changes.
    revision: &'a str,
    path: &'a str,
    from: Option<&'a str>,
    to: &'a str,
    moved: Vec<&'a str>,
}

/// What a rebase changes; `path` is the file of the branch's first revision.
#[cfg(feature = "authoring")]
pub(crate) fn rebase(rebase: &migrate_graph::Rebase, path: &str) -> String {
    text(&RebaseJson {
        head: rebase.head.as_str(),
        onto: rebase.onto.as_str(),
        revision: rebase.first.as_str(),
        path,
        from: rebase.was.as_ref().map(RevisionId::as_str),
        to: rebase.onto.as_str(),
        moved: ids(&rebase.moved),
    })
}

#[derive(Serialize)]
pub(crate) struct HalfDoneJson<'a> {
    revision: &'a str,
    direction: &'a str,
    /// How many of its steps are committed.
    done: usize,
    steps: usize,
    open: Option<OpenStepJson<'a>>,
}

#[derive(Serialize)]
struct OpenStepJson<'a> {
    step: usize,
    place: &'a str,
    /// Its beginning, where it is long.
    statement: &'a str,
    started_at: &'a str,
    who: &'a str,
    /// Whether it was not done, and will be run again; if not, it is not known whether it was done, unless it is a
    /// backfill.
    failed: bool,
    /// How far a backfill is.
    #[serde(skip_serializing_if = "Option::is_none")]
    filled: Option<FilledJson>,
}

#[derive(Serialize)]
struct FilledJson {
    rows: u64,
    of: u64,
}

/// What is half done, or null.
pub(crate) fn half_done(half: Option<&HalfDone>) -> String {
    text(&half.map(half_done_of))
}

/// What is half done, to be written with something else.
pub(crate) fn half_done_of(half: &HalfDone) -> HalfDoneJson<'_> {
    HalfDoneJson {
        revision: &half.revision,
        direction: &half.direction,
        done: half.done,
        steps: half.steps,
        open: half.open.as_ref().map(|open| OpenStepJson {
            step: open.step,
            place: &open.place,
            statement: &open.statement,
            started_at: &open.started_at,
            who: &open.who,
            failed: open.failed,
            filled: open.filled.map(|Filled { rows, of }| FilledJson { rows, of }),
        }),
    }
}

#[derive(Serialize)]
struct Failed<'a> {
    error: ErrorJson<'a>,
}

#[derive(Serialize)]
pub(crate) struct ErrorJson<'a> {
    kind: &'static str,
    message: &'a str,
    hints: &'a [String],
}

/// An error.
pub(crate) fn error(error: &CommandError) -> String {
    text(&Failed {
        error: error_of(error),
    })
}

/// An error, to be written with something else.
pub(crate) fn error_of(error: &CommandError) -> ErrorJson<'_> {
    ErrorJson {
        kind: error.kind.as_str(),
        message: &error.message,
        hints: &error.hints,
    }
}

/// Text on lines of its own. None of the values above can fail to be written: no map has keys that are no text.
pub(crate) fn text(value: &impl Serialize) -> String {
    serde_json::to_string_pretty(value).map_or_else(|error| error.to_string(), |text| text + "\n")
}
