//! [`Status`]: where a database is, what is pending, and which command comes next, as data.
//!
//! Rows that no revision has are an answer here and no error: they are what a person wants to know. How it is printed
//! is in [`text`](mod@text); the database is asked elsewhere.

mod json;
mod text;

use std::collections::BTreeSet;

use migrate_core::{Error, HalfDone};
use migrate_graph::{Direction, Heads, ResolveError, Revision, RevisionId, RevisionMap, RevisionSpec};

/// What is known of a database and of the revisions.
#[derive(Debug)]
pub(crate) struct Status<'a> {
    pub(crate) map: &'a RevisionMap,
    /// What the version table holds; none when no database could be asked.
    pub(crate) rows: Option<Rows>,
    /// What an upgrade to all heads would apply, in its order; none when that cannot be told.
    pub(crate) pending: Option<Vec<RevisionId>>,
    /// The effective heads, sorted.
    pub(crate) heads: Vec<&'a Revision>,
    /// A migration of more than one step that was cut off.
    pub(crate) half_done: Option<HalfDone>,
}

/// The rows of a version table, right ones and wrong ones.
#[derive(Debug, Default)]
pub(crate) struct Rows {
    /// The revisions that count, sorted.
    pub(crate) current: Vec<RevisionId>,
    /// Revisions that others imply already, sorted.
    pub(crate) redundant: Vec<RevisionId>,
    /// What no revision has as its id, sorted.
    pub(crate) unknown: Vec<String>,
    /// Revisions that one of the unknown is but for case and white space.
    pub(crate) alike: Vec<RevisionId>,
    /// Revisions with more than one row, sorted.
    pub(crate) repeated: Vec<RevisionId>,
}

/// What a person does next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Next {
    /// A command, without the program before it. Words in capitals stand for something.
    Command(String),
    /// Something that no command does.
    Advice(&'static str),
}

/// What to do about a revision that is known elsewhere.
const OTHER_BUILD: &str = "update to the sources, or to the build, that have it";

impl<'a> Status<'a> {
    /// Reads the rows of a version table, when there was one to ask, against the revisions.
    pub(crate) fn new(map: &'a RevisionMap, rows: Option<&[String]>) -> Result<Self, Error> {
        let rows = rows.map(|rows| Rows::read(map, rows)).transpose()?;
        let pending = match &rows {
            Some(rows) if rows.are_right() => {
                let current = Heads::read(map, &rows.current)?;
                let plan = map.plan_upgrade(&current, &RevisionSpec::parse("heads")?)?;
                Some(plan.steps.into_iter().filter_map(|step| step.revision).collect())
            }
            Some(_) | None => None,
        };
        Ok(Self {
            map,
            rows,
            pending,
            heads: map.effective_heads().collect(),
            half_done: None,
        })
    }

    /// What comes next: the best first, the others in its place; nothing when all is done. What is half done goes before
    /// whatever else there is, but for rows that are wrong.
    ///
    /// `compiled` says that the migrations are: several heads were allowed then.
    pub(crate) fn next(&self, compiled: bool) -> Vec<Next> {
        if let Some(rows) = self.rows.as_ref().filter(|rows| !rows.are_right()) {
            return rows.mended(self.map);
        }
        if let Some(half) = &self.half_done {
            return self.finished(half);
        }
        if self.map.is_empty() {
            return vec![Next::Command("revision -m MESSAGE".into())];
        }
        let several = self.heads.len() > 1;
        if several && !compiled && !self.are_branches() {
            let mut next = vec![Next::Command("merge heads".into())];
            if self.heads.len() == 2 {
                next.push(Next::Command("rebase".into()));
            }
            return next;
        }
        match &self.pending {
            Some(pending) if !pending.is_empty() => {
                let target = if several { "heads" } else { "head" };
                vec![Next::Command(format!("upgrade {target}"))]
            }
            Some(_) | None => Vec::new(),
        }
    }

    /// How what is half done is finished. Which one of the downgrades it was is not known.
    fn finished(&self, half: &HalfDone) -> Vec<Next> {
        let again = if self.map.get(&half.revision).is_none() {
            Next::Advice(OTHER_BUILD)
        } else if half.direction == Direction::Downgrade.as_str() {
            Next::Command("downgrade TARGET".into())
        } else {
            Next::Command(format!("upgrade {}", half.revision))
        };
        // How far a backfill is, nobody has to say.
        let doubt = half.open.as_ref().filter(|open| open.filled.is_none());
        let resolve = doubt.map(|_| Next::Command("resolve".into()));
        std::iter::once(again).chain(resolve).collect()
    }

    /// Whether each head has a label to itself: such branches are kept apart on purpose.
    fn are_branches(&self) -> bool {
        let labels = |head: &Revision| -> BTreeSet<_> { self.map.labels(head.id.as_str()).collect() };
        self.heads.iter().all(|head| {
            let others = self.heads.iter().filter(|other| other.id != head.id);
            let others: BTreeSet<_> = others.flat_map(|other| labels(other)).collect();
            labels(head).difference(&others).next().is_some()
        })
    }
}

impl Rows {
    fn read(map: &RevisionMap, rows: &[String]) -> Result<Self, ResolveError> {
        let mut known = BTreeSet::new();
        let mut repeated = BTreeSet::new();
        let mut unknown = BTreeSet::new();
        for row in rows {
            match map.get(row) {
                Some(revision) if !known.insert(&revision.id) => drop(repeated.insert(&revision.id)),
                Some(_) => {}
                None => drop(unknown.insert(row.clone())),
            }
        }
        let known: Vec<&str> = known.into_iter().map(RevisionId::as_str).collect();
        let heads = Heads::read(map, &known)?;
        Ok(Self {
            current: heads.rows().to_vec(),
            redundant: heads.redundant().to_vec(),
            unknown: unknown.into_iter().collect(),
            alike: match Heads::read(map, rows) {
                Err(ResolveError::UnknownRevision { alike, .. }) => alike,
                Ok(_) | Err(_) => Vec::new(),
            },
            repeated: repeated.into_iter().cloned().collect(),
        })
    }

    /// Whether an upgrade can start from them.
    fn are_right(&self) -> bool {
        self.unknown.is_empty() && self.repeated.is_empty()
    }

    /// How wrong rows are set right. The command names the revisions where these are known for certain.
    fn mended(&self, map: &RevisionMap) -> Vec<Next> {
        let meant: Vec<&str> = self
            .current
            .iter()
            .chain(&self.alike)
            .map(RevisionId::as_str)
            .collect();
        let meant = Heads::read(map, &meant).map_or_else(|_| Vec::new(), |heads| heads.rows().to_vec());
        let certain = self.alike.len() == self.unknown.len() && !meant.is_empty();
        let ids: Vec<&str> = if certain {
            meant.iter().map(RevisionId::as_str).collect()
        } else {
            vec!["REVISION"]
        };
        let purge = Next::Command(format!("stamp --purge {}", ids.join(" ")));
        let another_s = self.unknown.iter().any(|row| RevisionId::new(row).is_ok());
        if another_s && !certain {
            return vec![Next::Advice(OTHER_BUILD), purge];
        }
        vec![purge]
    }
}

#[cfg(test)]
mod tests {
    use migrate_core::OpenStep;

    use super::*;

    /// `a; b<a; c<a @x`: revisions with what they revise and a label.
    fn map(drawing: &str) -> RevisionMap {
        let revision = |text: &str| {
            let (text, label) = text.trim().split_once(" @").unwrap_or((text.trim(), ""));
            let (id, downs) = text.split_once('<').unwrap_or((text, ""));
            let names = |text: &str| {
                text.split(',')
                    .filter(|name| !name.is_empty())
                    .map(str::to_owned)
                    .collect::<Vec<_>>()
            };
            Revision {
                id: id.parse().unwrap(),
                down_revisions: names(downs).iter().map(|down| down.parse().unwrap()).collect(),
                depends_on: vec![],
                branch_labels: names(label).iter().map(|label| label.parse().unwrap()).collect(),
            }
        };
        let revisions = drawing.split(';').filter(|text| !text.trim().is_empty());
        RevisionMap::new(revisions.map(revision).collect()).unwrap()
    }

    fn next(drawing: &str, rows: Option<&[&str]>, compiled: bool) -> String {
        let map = map(drawing);
        let rows: Option<Vec<String>> = rows.map(|rows| rows.iter().map(|&row| row.to_owned()).collect());
        let next = Status::new(&map, rows.as_deref()).unwrap().next(compiled);
        let shown = next.into_iter().map(|next| match next {
            Next::Command(command) => command,
            Next::Advice(advice) => format!("({advice})"),
        });
        shown.collect::<Vec<_>>().join(" | ")
    }

    #[test]
    fn what_comes_next() {
        let rows: [(&str, Option<&[&str]>); 17] = [
            ("", None),
            ("", Some(&[])),
            ("a; b<a", None),
            ("a; b<a", Some(&[])),
            ("a; b<a", Some(&["a"])),
            ("a; b<a", Some(&["b"])),
            ("a; b<a", Some(&["a", "b"])),
            ("a; b<a; c<a", None),
            ("a; b<a; c<a", Some(&["b", "c"])),
            ("a; b<a; c<a; d<a", Some(&["b"])),
            ("a; b<a @left; c<a @right", Some(&["b"])),
            ("a; b<a @left; c<b; d<b", Some(&["b"])),
            ("a; b<a", Some(&["f00"])),
            ("a; b<a", Some(&["a", "f00"])),
            ("a; b<a", Some(&["A", " b"])),
            ("a; b<a", Some(&["b", "b", "a"])),
            ("a; b<a", Some(&["(NULL)"])),
        ];
        let shown = rows.map(|(drawing, rows)| {
            let asked = rows.map_or_else(|| "?".to_owned(), |rows| format!("{rows:?}"));
            format!("{drawing}  at {asked}: {}", next(drawing, rows, false))
        });
        insta::assert_snapshot!(shown.join("\n"), @r#"
          at ?: revision -m MESSAGE
          at []: revision -m MESSAGE
        a; b<a  at ?: 
        a; b<a  at []: upgrade head
        a; b<a  at ["a"]: upgrade head
        a; b<a  at ["b"]: 
        a; b<a  at ["a", "b"]: 
        a; b<a; c<a  at ?: merge heads | rebase
        a; b<a; c<a  at ["b", "c"]: merge heads | rebase
        a; b<a; c<a; d<a  at ["b"]: merge heads
        a; b<a @left; c<a @right  at ["b"]: upgrade heads
        a; b<a @left; c<b; d<b  at ["b"]: merge heads | rebase
        a; b<a  at ["f00"]: (update to the sources, or to the build, that have it) | stamp --purge REVISION
        a; b<a  at ["a", "f00"]: (update to the sources, or to the build, that have it) | stamp --purge REVISION
        a; b<a  at ["A", " b"]: stamp --purge b
        a; b<a  at ["b", "b", "a"]: stamp --purge b
        a; b<a  at ["(NULL)"]: stamp --purge REVISION
        "#);
        assert_eq!(next("a; b<a; c<a", Some(&["a"]), true), "upgrade heads");
        assert_eq!(next("a; b<a; c<a", Some(&["b", "c"]), true), "");
    }

    #[test]
    fn what_is_half_done_comes_first() {
        let map = map("a; b<a; c<b");
        let finished = |revision: &str, direction: &str, open| {
            let half = HalfDone {
                revision: revision.into(),
                direction: direction.into(),
                done: 1,
                steps: 3,
                open,
            };
            let status = Status::new(&map, Some(&["a".to_owned()])).unwrap();
            Status {
                half_done: Some(half),
                ..status
            }
            .next(false)
        };
        let open = OpenStep {
            step: 2,
            place: "migrations/b.rs:7".into(),
            statement: "VACUUM".into(),
            started_at: "noon".into(),
            who: "somebody".into(),
            failed: false,
            filled: None,
        };
        let command = |text: &str| Next::Command(text.into());
        assert_eq!(finished("b", "upgrade", None), [command("upgrade b")]);
        assert_eq!(
            finished("b", "downgrade", Some(open.clone())),
            [command("downgrade TARGET"), command("resolve")]
        );
        assert_eq!(
            finished("f00", "upgrade", Some(open)),
            [Next::Advice(OTHER_BUILD), command("resolve")]
        );
    }
}
