//! `rebase`

use std::collections::BTreeSet;
use std::fs;

use clap::Args;
use migrate_graph::source::rebased;
use migrate_graph::{ErrorKind, Heads, Rebase as Move, RebaseError, RevisionId, RevisionMap, RevisionSpec};

use crate::authoring::write;
use crate::error::{CommandError, Kind, Outcome};
use crate::format::Format;
use crate::json;
use crate::project::shown;
use crate::workshop::Workshop;

/// Make one line of two heads: the branch of one is moved onto the other
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  rebase --plan                     what would change
  rebase                            of two heads, move the one that is not applied
  rebase cart@head --onto 1f3c      this one behind that one")]
pub(crate) struct Rebase {
    /// Whose branch is moved: a head, the beginning of one, or `LABEL@head`. Of two heads it is by default the one that
    /// the database does not have, else the one whose branch began later
    head: Option<String>,
    /// The head that it comes after; by default the only other one
    #[arg(long, value_name = "HEAD")]
    onto: Option<String>,
    /// Say what would change, and change nothing
    #[arg(long)]
    plan: bool,
}

impl Rebase {
    pub(crate) async fn run(&self, workshop: &Workshop) -> Result<Outcome, CommandError> {
        let map = workshop.context.map()?;
        let applied = applied(workshop, map).await;
        let (head, onto) = self.heads(workshop, map, &applied)?;
        let rebase = map.plan_rebase(&head, &onto)?;
        refuse_applied(&rebase, &applied)?;
        let source = workshop
            .sources
            .source(&rebase.first)
            .ok_or_else(|| CommandError::usage(format!("revision {} has no file", rebase.first)))?;
        let path = &source.file.path;
        let name = shown(path, &workshop.environment.folder);
        let before = fs::read_to_string(path)
            .map_err(|error| CommandError::new(Kind::Source, format!("{name}: cannot be read: {error}")))?;
        let after = rebased(&before, rebase.was.as_ref(), &rebase.onto)
            .map_err(|error| CommandError::new(Kind::Source, format!("{name}: {error}")))?;
        if !self.plan {
            write::replace(&source.location, path, &before, &after)?;
        }
        workshop.context.ui.data(&match workshop.context.format {
            Format::Json => json::rebase(&rebase, &source.path),
            Format::Text => text(&rebase, &name),
        })?;
        Ok(Outcome::Done)
    }

    /// The head whose branch moves, and the one that it comes after.
    fn heads(
        &self,
        workshop: &Workshop,
        map: &RevisionMap,
        applied: &BTreeSet<RevisionId>,
    ) -> Result<(RevisionId, RevisionId), CommandError> {
        let heads: Vec<RevisionId> = map.effective_heads().map(|head| head.id.clone()).collect();
        let one = |text: &String| one(map, text).and_then(|id| head_of(map, id));
        let (head, onto) = (
            self.head.as_ref().map(one).transpose()?,
            self.onto.as_ref().map(one).transpose()?,
        );
        let other =
            |named: &RevisionId| match heads.iter().filter(|head| *head != named).collect::<Vec<_>>()[..] {
                [other] => Ok(other.clone()),
                [] => Err(nothing_to_rebase(&heads)),
                _ => Err(several(workshop)),
            };
        match (head, onto) {
            (Some(head), Some(onto)) => Ok((head, onto)),
            (Some(head), None) => Ok((head.clone(), other(&head)?)),
            (None, Some(onto)) => Ok((other(&onto)?, onto)),
            (None, None) => match &heads[..] {
                [] | [_] => Err(nothing_to_rebase(&heads)),
                [first, second] => Ok(chosen(workshop, map, first, second, applied)),
                _ => Err(several(workshop)),
            },
        }
    }
}

/// What the database has; nothing when there is none, or it cannot be asked.
async fn applied(workshop: &Workshop, map: &RevisionMap) -> BTreeSet<RevisionId> {
    let context = &workshop.context;
    match context.known_state().await {
        Ok(None) => BTreeSet::new(),
        Ok(Some((rows, _))) => map.applied(&rows).into_iter().collect(),
        Err(error) => {
            let error = error.scrubbed(context.secret());
            context.ui.warn(&format!(
                "whether the database has the branch already is not known: {error}"
            ));
            BTreeSet::new()
        }
    }
}

/// The one revision that a target means.
fn one(map: &RevisionMap, text: &String) -> Result<RevisionId, CommandError> {
    let ids = map.resolve(&RevisionSpec::parse(text)?, &Heads::default())?;
    match &ids[..] {
        [id] => Ok(id.clone()),
        _ => Err(CommandError::usage(format!("`{text}` is not one revision"))),
    }
}

/// The same revision, if it is a head.
fn head_of(map: &RevisionMap, id: RevisionId) -> Result<RevisionId, CommandError> {
    if map.is_head(id.as_str()) {
        return Ok(id);
    }
    Err(CommandError::from(RebaseError::NotAHead {
        revisions: vec![id],
        heads: map.heads().map(|head| head.id.clone()).collect(),
    }))
}

/// Which of two heads moves: the one that the database does not have, else the one whose branch began later, as its
/// file says, else the one with the greater id.
fn chosen(
    workshop: &Workshop,
    map: &RevisionMap,
    first: &RevisionId,
    second: &RevisionId,
    applied: &BTreeSet<RevisionId>,
) -> (RevisionId, RevisionId) {
    let rank = |head: &RevisionId, other: &RevisionId| {
        let branch = map.branch(head.as_str(), other.as_str());
        let free = !branch.iter().any(|id| applied.contains(id));
        let began = branch
            .first()
            .map(|id| created(workshop.context.page(id).doc).to_owned());
        (free, began, head.clone())
    };
    if rank(first, second) > rank(second, first) {
        (first.clone(), second.clone())
    } else {
        (second.clone(), first.clone())
    }
}

/// When a migration was made, as the text at its top says.
fn created(doc: &str) -> &str {
    let mut lines = doc.lines();
    let date = lines.find_map(|line| line.strip_prefix("Create Date:"));
    date.map_or("", str::trim)
}

fn refuse_applied(rebase: &Move, applied: &BTreeSet<RevisionId>) -> Result<(), CommandError> {
    let gone: Vec<&str> = rebase
        .moved
        .iter()
        .filter(|id| applied.contains(*id))
        .map(RevisionId::as_str)
        .collect();
    if gone.is_empty() {
        return Ok(());
    }
    let Move { head, onto, was, .. } = rebase;
    let below = was.as_ref().map_or("base", RevisionId::as_str);
    let message = format!(
        "the database has {} already, and what is applied cannot move",
        gone.join(", ")
    );
    Err(
        CommandError::new(Kind::Revision(ErrorKind::NotAValidTarget), message)
            .hint(format!("merge the heads instead: `merge {onto} {head}`"))
            .hint(format!(
                "or, where no other database has it, revert it first: `downgrade {below}`"
            )),
    )
}

fn nothing_to_rebase(heads: &[RevisionId]) -> CommandError {
    let message = match heads {
        [] => "there are no migrations: nothing to rebase".to_owned(),
        [head, ..] => format!("there is one head, {head}: nothing to rebase"),
    };
    CommandError::usage(message)
}

fn several(workshop: &Workshop) -> CommandError {
    let heads = workshop.sources.heads(&workshop.environment.folder);
    CommandError::new(
        Kind::Revision(ErrorKind::MultipleHeads),
        "Multiple heads are present; please specify the head to rebase, and the head that it comes after",
    )
    .hint(format!("the heads are {}", heads.join(", ")))
    .hint("`rebase HEAD --onto HEAD`")
}

impl From<RebaseError> for CommandError {
    fn from(error: RebaseError) -> Self {
        Self::new(Kind::Revision(error.kind()), &error).hints(error.hints())
    }
}

/// What changes: the link in the file, and what stands on it.
fn text(rebase: &Move, file: &str) -> String {
    let was = rebase.was.as_ref().map_or("<base>", RevisionId::as_str);
    let mut text = format!(
        "{file}: {} revises {}, no longer {was}\n",
        rebase.first, rebase.onto
    );
    for id in rebase.moved.iter().filter(|id| **id != rebase.first) {
        text.extend(["    ", id.as_str(), " moves with it\n"]);
    }
    text
}
