//! From the rows of a journal to what a run does with its first migration. Nothing is asked here.

use std::fmt;

use crate::dialect::Dialect;
use crate::operation::Place;
use crate::runtime::journal::{Entry, Journal, State};
use crate::runtime::{Filled, Segment, Work};

/// Where a run goes on in its first migration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Resume {
    /// This many of its steps are committed; the next one is to be run.
    After(usize),
    /// As [`After`](Self::After), and the database refused the next one, of which something may be left.
    Failed(usize),
    /// As [`After`](Self::After), and whether the next one was done is to be found out.
    Open(usize),
}

impl Resume {
    /// How many steps are committed.
    pub(crate) fn done(self) -> usize {
        match self {
            Self::After(done) | Self::Failed(done) | Self::Open(done) => done,
        }
    }
}

/// A migration of more than one transaction that was cut off: some of its steps are committed, and it has no row in the
/// version table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HalfDone {
    /// Its revision.
    pub revision: String,
    /// `upgrade` or `downgrade`.
    pub direction: String,
    /// How many of its steps are committed.
    pub done: usize,
    /// How many it has.
    pub steps: usize,
    /// The step that came next, when it was begun and is not committed.
    pub open: Option<OpenStep>,
}

/// A step that was begun, and of which no end was written down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenStep {
    /// Which one it is, from 1.
    pub step: usize,
    /// Where the migration asks for it: `migrations/b.rs:7`.
    pub place: String,
    /// The statement, or what else it is; the beginning of one that is long.
    pub statement: String,
    /// When it was begun, by the database's clock.
    pub started_at: String,
    /// By whom.
    pub who: String,
    /// Whether the database refused it. If not, nobody knows whether it was done, unless it is a backfill.
    pub failed: bool,
    /// How far it is, where it is a backfill: of that nothing is in doubt.
    pub filled: Option<Filled>,
}

impl fmt::Display for HalfDone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            revision,
            direction,
            done,
            steps,
            open,
        } = self;
        write!(f, "half done: {done} of {steps} steps of {direction} {revision}")?;
        if let Some(open) = open {
            write!(f, "; {open}")?;
        }
        Ok(())
    }
}

impl fmt::Display for OpenStep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            step,
            place,
            statement: _,
            started_at,
            who,
            failed,
            filled,
        } = self;
        if let Some(filled) = filled {
            let failed = if *failed { " failed," } else { ":" };
            write!(f, "step {step} ({place}){failed} {filled} are filled")
        } else if *failed {
            write!(f, "step {step} ({place}) failed")
        } else {
            write!(
                f,
                "step {step} ({place}) was begun at {started_at} by {who}, and whether it was done is not known"
            )
        }
    }
}

/// Why a run cannot go on with what is half done.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{half}\n  {why}")]
pub struct HalfDoneError {
    /// What is half done.
    pub half: HalfDone,
    /// What stands in the way.
    pub why: Obstacle,
}

/// What keeps a run from going on where another was cut off.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Obstacle {
    /// The run would not begin with that migration in that direction.
    #[error(
        "this run does not begin with it: let one that does finish it first; where somebody finished it or took it back by hand, `stamp` says where the database is"
    )]
    Elsewhere,
    /// The migration's steps are not those that were committed.
    #[error(
        "step {step} of the migration is not the one that is committed: put it back as it was; or finish the migration or take it back by hand, and say by `stamp` where the database is"
    )]
    Changed {
        /// Which one, from 1.
        step: usize,
    },
    /// Nothing tells whether the open step was done.
    #[error(
        "see whether it was, and say so by `resolve --as done` or `resolve --as retry`\n  in the statement: {statement}"
    )]
    Open {
        /// Where the migration asks for it.
        place: Place,
        /// The statement, or what else it is.
        statement: String,
    },
    /// The run is a single transaction, which what is committed cannot be a part of.
    #[error("a single transaction cannot go on with it: run with a transaction for each migration")]
    Single,
}

/// What is half done, when something is.
pub(crate) fn half_done(entries: &[Entry]) -> Option<HalfDone> {
    let first = entries.first()?;
    let done = entries
        .iter()
        .take_while(|entry| entry.state == State::Done)
        .count();
    let open = entries.get(done).map(|entry| OpenStep {
        step: entry.step,
        place: entry.place.clone(),
        statement: entry.statement.clone(),
        started_at: entry.started_at.clone(),
        who: entry.who.clone(),
        failed: entry.state == State::Failed,
        filled: entry.filled(),
    });
    Some(HalfDone {
        revision: first.revision.clone(),
        direction: first.direction.clone(),
        done,
        steps: first.steps,
        open,
    })
}

/// Where a run goes on whose first migration this is, and which falls into these segments. `single` says that the run is
/// a single transaction.
///
/// # Errors
/// Why it cannot.
pub(crate) fn resume(
    entries: &[Entry],
    first: Option<(&Work, &[Segment])>,
    single: bool,
    dialect: &dyn Dialect,
) -> Result<Resume, HalfDoneError> {
    let Some(half) = half_done(entries) else {
        return Ok(Resume::After(0));
    };
    let done = half.done;
    let refused = |why| {
        Err(HalfDoneError {
            half: half.clone(),
            why,
        })
    };
    let Some((work, segments)) = first.filter(|(work, _)| {
        let revision = work.step.revision.as_ref();
        revision.is_some_and(|revision| revision.as_str() == half.revision)
            && work.step.direction.as_str() == half.direction
    }) else {
        return refused(Obstacle::Elsewhere);
    };
    if single {
        return refused(Obstacle::Single);
    }
    for (index, entry) in entries.iter().enumerate() {
        let now = Journal::entry(work, index + 1, segments);
        let same = now.is_some_and(|now| now.step == entry.step && now.hash == entry.hash);
        // What the database refused may be mended.
        if !same && entry.state != State::Failed {
            return refused(Obstacle::Changed { step: entry.step });
        }
    }
    match (entries.get(done), segments.get(done)) {
        (
            Some(Entry {
                state: State::Failed, ..
            }),
            Some(_),
        ) => Ok(Resume::Failed(done)),
        (Some(_), Some(Segment::Alone(index))) => match work.actions.get(*index) {
            Some(action) if action.probe(dialect).is_some() => Ok(Resume::Open(done)),
            Some(action) => refused(Obstacle::Open {
                place: action.place(),
                statement: action.subject(),
            }),
            None => Ok(Resume::After(done)),
        },
        // A transaction leaves no doubt, and neither do many.
        (Some(_), Some(Segment::Together(_) | Segment::Batches(_)) | None) | (None, _) => {
            Ok(Resume::After(done))
        }
    }
}

#[cfg(test)]
mod tests {
    use migrate_graph::{Direction, RevisionId, Step};

    use super::*;
    use crate::dialect::{Commit, Probe, Statement, for_scheme};
    use crate::operation::Backfill;
    use crate::runtime::Action;
    use crate::runtime::segments;
    use crate::schema::Expression;

    fn postgres() -> &'static dyn Dialect {
        for_scheme("postgres").unwrap()
    }

    /// An upgrade of `b1` by these steps: `!` stands alone, `?` alone and with a probe.
    fn work(steps: &[&str]) -> Work {
        let action = |sql: &&str| {
            let text = sql.trim_start_matches(['!', '?']);
            let probe = sql.starts_with('?').then(|| Probe {
                query: "SELECT 'absent'".into(),
                clean: None,
            });
            let alone = sql.len() > text.len();
            let commit = if alone { Commit::Alone } else { Commit::Together };
            Action::Statement {
                statement: Statement {
                    sql: text.into(),
                    commit,
                    probe,
                },
                single: true,
                place: Place {
                    file: "migrations/b.rs",
                    line: 7,
                },
            }
        };
        let step = Step {
            direction: Direction::Upgrade,
            revision: RevisionId::new("b1").ok(),
            changes: Vec::new(),
            heads_after: Vec::new(),
        };
        Work {
            actions: steps.iter().map(action).collect(),
            ..Work::of_step(step)
        }
    }

    /// What a journal says of the first steps of a migration.
    fn entries(steps: &[&str], states: &[State]) -> Vec<Entry> {
        let work = work(steps);
        let segments = segments(&work, postgres().session());
        let entry = |(index, state): (usize, &State)| Entry {
            state: *state,
            started_at: "noon".into(),
            who: "somebody".into(),
            ..Journal::entry(&work, index + 1, &segments).unwrap()
        };
        states.iter().enumerate().map(entry).collect()
    }

    fn decided(entries: &[Entry], now: &[&str]) -> Result<Resume, Obstacle> {
        let work = work(now);
        let segments = segments(&work, postgres().session());
        resume(entries, Some((&work, &segments)), false, postgres()).map_err(|error| error.why)
    }

    const STEPS: [&str; 4] = ["A", "!VACUUM", "B", "?CIC"];

    fn cut_off(states: &[State]) -> Result<Resume, Obstacle> {
        decided(&entries(&STEPS, states), &STEPS)
    }

    #[test]
    fn without_a_journal_a_run_begins_at_the_beginning() {
        assert_eq!(cut_off(&[]), Ok(Resume::After(0)));
        assert_eq!(resume(&[], None, true, postgres()), Ok(Resume::After(0)));
    }

    #[test]
    fn a_clean_cut_goes_on_after_the_last_committed_step() {
        use State::Done;
        assert_eq!(cut_off(&[Done]), Ok(Resume::After(1)));
        assert_eq!(cut_off(&[Done, Done, Done]), Ok(Resume::After(3)));
        // Only the version row is missing.
        assert_eq!(cut_off(&[Done; 4]), Ok(Resume::After(4)));
    }

    #[test]
    fn a_step_in_doubt_is_asked_about_or_put_to_a_person() {
        use State::{Done, Started};
        assert_eq!(cut_off(&[Done, Done, Done, Started]), Ok(Resume::Open(3)));
        assert_eq!(
            cut_off(&[Done, Started]),
            Err(Obstacle::Open {
                place: Place {
                    file: "migrations/b.rs",
                    line: 7
                },
                statement: "VACUUM".into()
            })
        );
    }

    /// An upgrade of `b1` that fills columns of a table, in batches of so many rows, between two statements.
    fn filling(column: &str, batch: u32) -> Work {
        let backfill = Backfill {
            table: "users".into(),
            set: vec![(column.into(), Expression::Integer(1))],
            filter: None,
            by: Vec::new(),
            batch,
            reverse: None,
        };
        let mut work = work(&["A", "B"]);
        let action = Action::Backfill {
            backfill,
            whole: Statement::new("UPDATE"),
            place: Place {
                file: "migrations/b.rs",
                line: 9,
            },
        };
        work.actions.insert(1, action);
        work
    }

    #[test]
    fn a_backfill_goes_on_whatever_became_of_its_run() {
        let decided = |now: &Work, state| {
            let before = filling("name", 10);
            let segments_before = segments(&before, postgres().session());
            let entry = |(step, state, reached): (usize, State, Option<&str>)| Entry {
                state,
                reached: reached.map(str::to_owned),
                ..Journal::entry(&before, step, &segments_before).unwrap()
            };
            let entries = [(1, State::Done, None), (2, state, Some("x 30 100 i2:30"))].map(entry);
            let segments = segments(now, postgres().session());
            let half = half_done(&entries).unwrap().to_string();
            let resumed = resume(&entries, Some((now, &segments)), false, postgres());
            (resumed.map_err(|error| error.why), half)
        };
        let half = "half done: 1 of 3 steps of upgrade b1; step 2 (migrations/b.rs:9)";
        let cut_off = (Ok(Resume::After(1)), format!("{half}: 30 of 100 rows are filled"));
        assert_eq!(decided(&filling("name", 10), State::Started), cut_off);
        // How large a batch is does not matter, and what is filled may be mended once it has failed.
        assert_eq!(decided(&filling("name", 99), State::Started), cut_off);
        let changed = decided(&filling("other", 10), State::Started);
        assert_eq!(changed.0, Err(Obstacle::Changed { step: 2 }));
        assert_eq!(
            decided(&filling("other", 10), State::Failed),
            (
                Ok(Resume::Failed(1)),
                format!("{half} failed, 30 of 100 rows are filled")
            )
        );
    }

    #[test]
    fn what_the_database_refused_is_run_again_and_may_have_been_changed() {
        use State::{Done, Failed};
        assert_eq!(cut_off(&[Done, Failed]), Ok(Resume::Failed(1)));
        let failed = entries(&STEPS, &[Done, Failed]);
        assert_eq!(decided(&failed, &["A", "!VACUUM FULL"]), Ok(Resume::Failed(1)));
        assert_eq!(decided(&failed, &["A"]), Ok(Resume::After(1)));
    }

    #[test]
    fn what_is_committed_or_in_doubt_must_not_have_changed() {
        use State::{Done, Started};
        let committed = entries(&STEPS, &[Done, Done]);
        for (now, step) in [
            (&["A2", "!VACUUM", "B"][..], 1),
            (&["A", "!VACUUM FULL"], 2),
            (&["A"], 2),
        ] {
            assert_eq!(decided(&committed, now), Err(Obstacle::Changed { step }));
        }
        let open = entries(&STEPS, &[Done, Done, Done, Started]);
        let renamed = decided(&open, &["A", "!VACUUM", "B", "?CIC 2"]);
        assert_eq!(renamed, Err(Obstacle::Changed { step: 4 }));
        // What comes later is nobody's business.
        let longer = decided(&committed, &["A", "!VACUUM", "B2", "!C", "D"]);
        assert_eq!(longer, Ok(Resume::After(2)));
    }

    #[test]
    fn a_run_that_does_not_begin_with_it_is_refused_and_so_is_a_single_transaction() {
        let committed = entries(&STEPS, &[State::Done]);
        let mut other = work(&STEPS);
        other.step.direction = Direction::Downgrade;
        let segments = segments(&other, postgres().session());
        for first in [None, Some((&other, &segments[..]))] {
            let why = resume(&committed, first, false, postgres()).unwrap_err().why;
            assert_eq!(why, Obstacle::Elsewhere);
        }
        other.step.direction = Direction::Upgrade;
        let single = resume(&committed, Some((&other, &segments)), true, postgres()).unwrap_err();
        insta::assert_snapshot!(single, @r"
        half done: 1 of 4 steps of upgrade b1
          a single transaction cannot go on with it: run with a transaction for each migration
        ");
    }

    #[test]
    fn a_refusal_says_what_is_half_done_and_what_to_do() {
        use State::{Done, Started};
        let open = entries(&STEPS, &[Done, Started]);
        let work = work(&STEPS);
        let segments = segments(&work, postgres().session());
        let error = resume(&open, Some((&work, &segments)), false, postgres()).unwrap_err();
        insta::assert_snapshot!(error, @"
        half done: 1 of 4 steps of upgrade b1; step 2 (migrations/b.rs:7) was begun at noon by somebody, and whether it was done is not known
          see whether it was, and say so by `resolve --as done` or `resolve --as retry`
          in the statement: VACUUM
        ");
    }
}
