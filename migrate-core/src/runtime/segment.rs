//! From a migration's actions to segments: what commits together, and what commits by itself.
//!
//! Nothing is sent here, and nothing is known of what a database holds. A migration of one [`Segment::Together`] is one
//! transaction, version rows included; what else there is takes a journal.

use std::ops::Range;

use crate::dialect::{Commit, Session};
use crate::runtime::{Action, Work};

/// A stretch of a migration's actions, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Segment {
    /// These actions are one transaction.
    Together(Range<usize>),
    /// This action refuses a transaction, or ends the one it stands in.
    Alone(usize),
    /// This action is as many transactions as it takes.
    Batches(usize),
}

impl Segment {
    /// The actions that it is made of.
    pub(crate) fn range(&self) -> Range<usize> {
        match self {
            Self::Together(range) => range.clone(),
            Self::Alone(index) | Self::Batches(index) => *index..*index + 1,
        }
    }
}

/// How an action stands to its neighbours.
enum Stand {
    With,
    Apart,
    Alone,
    Batches,
}

/// The segments of a migration; none where it does nothing.
///
/// What can be used only once it is committed ([`Commit::BeforeUse`]) ends a segment, just before its first use: it
/// takes a transaction like anything else, and one that commits is never in doubt.
pub(crate) fn segments(work: &Work, session: &Session) -> Vec<Segment> {
    let mut segments = Vec::new();
    // Where the segment begins, and what it makes that must be committed before it is used.
    let mut from = 0;
    let mut made: Vec<&str> = Vec::new();
    let end = |segments: &mut Vec<Segment>, range: Range<usize>| {
        if !range.is_empty() {
            segments.push(Segment::Together(range));
        }
    };
    for (index, action) in work.actions.iter().enumerate() {
        let stand = stand(action, session);
        let cut = match stand {
            Stand::With => made.iter().any(|text| uses(action, text)),
            Stand::Apart | Stand::Alone | Stand::Batches => true,
        };
        if cut {
            end(&mut segments, from..index);
            from = index;
            made.clear();
        }
        match stand {
            Stand::With => {
                if let Action::Statement { statement, .. } = action
                    && let Commit::BeforeUse(text) = &statement.commit
                {
                    made.push(text);
                }
            }
            Stand::Apart => {
                end(&mut segments, index..index + 1);
                from = index + 1;
            }
            Stand::Alone => {
                segments.push(Segment::Alone(index));
                from = index + 1;
            }
            Stand::Batches => {
                segments.push(Segment::Batches(index));
                from = index + 1;
            }
        }
    }
    end(&mut segments, from..work.actions.len());
    segments
}

/// The alteration of a table is several statements, which want a transaction wherever it holds them.
fn stand(action: &Action, session: &Session) -> Stand {
    match action {
        Action::Statement { statement, .. } => match statement.commit {
            Commit::Alone => Stand::Alone,
            Commit::Together | Commit::BeforeUse(_) => Stand::With,
        },
        Action::Alter(_) if !session.transactional_ddl => Stand::Alone,
        Action::Alter(alter) if alter.recorded.iter().any(|recorded| recorded.autocommit) => Stand::Apart,
        Action::Alter(_) => Stand::With,
        Action::Backfill { .. } => Stand::Batches,
        Action::Run { alone: true, .. } => Stand::Alone,
        Action::Run { alone: false, .. } => Stand::With,
    }
}

/// Whether an action may use a literal; what cannot be looked into may.
fn uses(action: &Action, text: &str) -> bool {
    match action {
        Action::Statement {
            statement, single, ..
        } => !single || statement.sql.contains(text),
        Action::Alter(_) | Action::Backfill { .. } | Action::Run { .. } => true,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use migrate_graph::{Direction, Step};

    use super::*;
    use crate::connection::{Db, StepError};
    use crate::dialect::{Statement, for_scheme};
    use crate::operation::{Op, Operation, Place, Recorded};
    use crate::runtime::Alter;
    use crate::schema::QualifiedName;

    const PLACE: Place = Place {
        file: "migrations/b.rs",
        line: 1,
    };

    fn sql(sql: &str, commit: Commit) -> Action {
        Action::Statement {
            statement: Statement {
                commit,
                ..Statement::new(sql)
            },
            single: for_scheme("postgres").unwrap().is_single(sql),
            place: PLACE,
        }
    }

    fn together(text: &str) -> Action {
        sql(text, Commit::Together)
    }

    fn alone(text: &str) -> Action {
        sql(text, Commit::Alone)
    }

    fn adds(value: &str) -> Action {
        sql(
            &format!("ALTER TYPE plan ADD VALUE {value}"),
            Commit::BeforeUse(value.into()),
        )
    }

    async fn nothing(_db: &mut Db<'_>) -> Result<(), StepError> {
        Ok(())
    }

    fn step(alone: bool) -> Action {
        Action::Run {
            name: "fill".into(),
            step: Arc::new(nothing),
            script: None,
            alone,
            place: PLACE,
        }
    }

    fn alteration(autocommit: bool) -> Action {
        let mut op = Op::new();
        op.drop_column("users", "name");
        let operations = op.finish().into_iter().map(|recorded| Recorded {
            autocommit,
            ..recorded
        });
        let operations: Vec<Recorded> = operations.collect();
        let table = operations.first().map(|recorded| &recorded.operation);
        let table: &QualifiedName = table.and_then(Operation::altered_table).unwrap();
        Action::Alter(Alter::new(table.clone(), operations, None).unwrap())
    }

    fn backfill() -> Action {
        let mut op = Op::new();
        op.backfill("users", "full_name", 1);
        let recorded = op.finish().pop().map(|recorded| recorded.operation);
        let Some(Operation::Backfill(backfill)) = recorded else {
            panic!("{recorded:?}");
        };
        Action::Backfill {
            backfill,
            whole: Statement::new("UPDATE"),
            place: PLACE,
        }
    }

    fn cut(actions: Vec<Action>) -> String {
        cut_on(for_scheme("postgres").unwrap().session(), actions)
    }

    /// Each segment on its line; what stands alone after a `!`.
    fn cut_on(session: &Session, actions: Vec<Action>) -> String {
        let step = Step {
            direction: Direction::Upgrade,
            revision: None,
            changes: Vec::new(),
            heads_after: Vec::new(),
        };
        let work = Work {
            actions,
            ..Work::of_step(step)
        };
        let line = |segment: &Segment| {
            let subjects = work.actions[segment.range()].iter().map(Action::subject);
            let mark = match segment {
                Segment::Together(_) => "",
                Segment::Alone(_) => "! ",
                Segment::Batches(_) => "* ",
            };
            format!("{mark}{}", subjects.collect::<Vec<_>>().join("; "))
        };
        let segments = segments(&work, session);
        segments.iter().map(line).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn what_refuses_nothing_is_one_segment() {
        assert_eq!(cut(vec![]), "");
        let actions = vec![together("A"), together("B; C"), step(false), alteration(false)];
        assert_eq!(cut(actions), "A; B; C; run fill; alter users");
    }

    #[test]
    fn what_stands_alone_parts_its_neighbours() {
        let actions = vec![
            alone("VACUUM"),
            together("A"),
            together("B"),
            alone("CIC 1"),
            step(true),
            together("C"),
        ];
        insta::assert_snapshot!(cut(actions), @r"
        ! VACUUM
        A; B
        ! CIC 1
        ! run fill
        C
        ");
    }

    #[test]
    fn a_backfill_is_a_segment_wherever_it_stands() {
        assert_eq!(cut(vec![backfill()]), "* backfill users.full_name");
        let actions = vec![
            together("A"),
            backfill(),
            backfill(),
            together("B"),
            alone("VACUUM"),
        ];
        insta::assert_snapshot!(cut(actions), @"
        A
        * backfill users.full_name
        * backfill users.full_name
        B
        ! VACUUM
        ");
    }

    #[test]
    fn what_must_be_committed_before_its_use_stays_with_what_does_not_use_it() {
        let actions = vec![adds("'pro'"), adds("'free'"), together("SELECT 'other'")];
        assert_eq!(cut(actions).lines().count(), 1);
    }

    #[test]
    fn a_use_begins_a_segment_and_so_does_what_may_be_one() {
        for user in [
            together("UPDATE users SET plan = 'pro'"),
            together("SELECT 1; SELECT 2"),
            step(false),
            alteration(false),
        ] {
            let subject = user.subject();
            let actions = vec![
                together("A"),
                adds("'pro'"),
                together("B"),
                user,
                together("C 'pro'"),
            ];
            assert_eq!(
                cut(actions),
                format!("A; ALTER TYPE plan ADD VALUE 'pro'; B\n{subject}; C 'pro'")
            );
        }
    }

    #[test]
    fn an_alteration_that_asks_for_no_transaction_has_one_of_its_own() {
        let actions = vec![together("A"), alteration(true), together("B")];
        assert_eq!(cut(actions), "A\nalter users\nB");
    }

    #[test]
    fn an_alteration_is_alone_where_the_database_commits_it_by_itself() {
        let session = Session {
            transactional_ddl: false,
            ..for_scheme("postgres").unwrap().session().clone()
        };
        let actions = vec![together("A"), alteration(false), together("B")];
        assert_eq!(cut_on(&session, actions), "A\n! alter users\nB");
    }
}
