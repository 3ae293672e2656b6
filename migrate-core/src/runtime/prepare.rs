//! From a plan to work: every step is recorded and compiled before anything is sent.
//!
//! A migration that cannot run on this database, or that fails in its own code, is thereby found while the
//! database is still untouched, and all such problems are told at once.

use std::collections::{BTreeMap, BTreeSet};

use migrate_graph::{Direction, Plan, RevisionId, Step};

use crate::connection::StepError;
use crate::dialect::{Commit, Dialect, Statement, Unsupported, Way};
use crate::history::History;
use crate::migration::{Downgrade, Migration};
use crate::operation::{Arguments, Backfill, Irreversible, Operation, Place, Recorded, reverse};
use crate::runtime::collision::collisions;
use crate::runtime::group::{Group, groups};
use crate::runtime::orphan::{drop_orphans, may_leave_one};
use crate::runtime::replay::{self, record};
use crate::runtime::{Action, Alter, Collision, Known, NoWalk, Work};

/// Why a step cannot run, found before anything was sent.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PrepareError {
    /// The migration's own code failed while it recorded.
    #[error("migration `{revision}` ({path}) failed: {error}")]
    Record {
        /// The migration.
        revision: &'static str,
        /// Its file.
        path: &'static str,
        /// What it failed with.
        error: StepError,
    },
    /// The database cannot do what it asks for.
    #[error("migration `{revision}` ({place}): {unsupported}")]
    Unsupported {
        /// The migration.
        revision: &'static str,
        /// The directive's place.
        place: Place,
        /// What cannot be done, and what to do instead.
        unsupported: Unsupported,
    },
    /// It gives a name twice.
    #[error("migration `{revision}` ({}): {collision}", collision.place)]
    Collision {
        /// The migration.
        revision: &'static str,
        /// The two that cannot both have it.
        collision: Box<Collision>,
    },
    /// It cannot walk along the key of a table that it fills.
    #[error("migration `{revision}` ({place}): backfill {what}: {why}")]
    Walk {
        /// The migration.
        revision: &'static str,
        /// The directive's place.
        place: Place,
        /// What it fills: `users.full_name`.
        what: String,
        /// Why.
        why: NoWalk,
    },
    /// It would end or begin a transaction by hand.
    #[error(
        "migration `{revision}` ({place}): `{keyword}` cannot stand in a migration: its transaction commits together with the version row"
    )]
    TransactionControl {
        /// The migration.
        revision: &'static str,
        /// The directive's place.
        place: Place,
        /// The statement's first keyword.
        keyword: String,
    },
    /// Only its place in the graph is known here.
    #[error("migration `{revision}` is not compiled in: this migrator knows its revision only")]
    NotCompiled {
        /// The revision.
        revision: RevisionId,
    },
    /// Nothing leads back from it.
    #[error("migration `{revision}` ({path}) is irreversible: {reason}")]
    Irreversible {
        /// The migration.
        revision: &'static str,
        /// Its file.
        path: &'static str,
        /// The reason that it gives.
        reason: &'static str,
    },
    /// It is taken back by its reverse, and something in it has none.
    #[error("migration `{revision}` ({place}): {irreversible}")]
    NotReversible {
        /// The migration.
        revision: &'static str,
        /// The directive's place.
        place: Place,
        /// What cannot be reversed, why, and what to do.
        irreversible: Irreversible,
    },
    /// Its id does not fit into the version table, which somebody made narrower than Alembic does.
    #[error(
        "revision `{revision}` has {} characters, and `version_num` of `{table}` takes only {width}: make the column a VARCHAR(32)",
        revision.as_str().len()
    )]
    TooLong {
        /// The revision.
        revision: RevisionId,
        /// The version table.
        table: String,
        /// How many characters its column takes.
        width: usize,
    },
    /// It refuses a transaction, and the run is a single one.
    #[error(
        "migration `{revision}` ({path}) has `transaction = false`, and cannot be part of a single transaction"
    )]
    NotInSingleTransaction {
        /// The migration.
        revision: &'static str,
        /// Its file.
        path: &'static str,
    },
    /// A part of it refuses a transaction, or uses what has to be committed before it, and the run is a single one.
    #[error(
        "migration `{revision}` ({place}) cannot be part of a single transaction: it cannot commit together with what stands before it\n  in the statement: {statement}"
    )]
    CommitsByItself {
        /// The migration.
        revision: &'static str,
        /// The directive's place.
        place: Place,
        /// The statement, or the name of a data step or table.
        statement: String,
    },
}

/// Records and compiles the steps of a plan.
///
/// # Errors
/// Everything that keeps a step from running on this dialect.
pub(crate) fn prepare(
    plan: Plan,
    dialect: &dyn Dialect,
    history: &History,
    arguments: &Arguments,
) -> Result<Vec<Work>, Vec<PrepareError>> {
    let mut errors = Vec::new();
    let recorded = recorded(&plan, dialect, history, arguments, &mut errors);
    // What was before is looked for only where it matters: a history may be long.
    let mut known = recorded
        .iter()
        .flatten()
        .any(|one| {
            dialect.way(&one.operation) != Way::Direct
                || may_leave_one(one, dialect)
                || matches!(one.operation, Operation::Backfill(_))
        })
        .then(|| replay::replay(&plan.from, &BTreeSet::new(), dialect, history, arguments).known);
    let mut works: Vec<Work> = Vec::with_capacity(plan.steps.len());
    let mut from = plan.from;
    for (step, mut recorded) in plan.steps.into_iter().zip(recorded) {
        if let Some(known) = &known {
            recorded = drop_orphans(recorded, known, dialect);
        }
        let migration = migration(&step, history);
        let actions = match migration {
            Some(migration) => actions(migration, recorded, dialect, known.as_mut(), &mut errors),
            None => Vec::new(),
        };
        let rows_before = match works.last() {
            Some(work) => work.step.heads_after.iter().map(ToString::to_string).collect(),
            None => std::mem::take(&mut from),
        };
        works.push(Work {
            rows_before,
            migration,
            actions,
            ..Work::of_step(step)
        });
    }
    if errors.is_empty() { Ok(works) } else { Err(errors) }
}

/// The migration that a step runs.
fn migration(step: &Step, history: &History) -> Option<&'static Migration> {
    match step.direction {
        Direction::Upgrade | Direction::Downgrade => history.migration(step.revision.as_ref()?.as_str()),
        Direction::Stamp => None,
    }
}

/// What each step of a plan does.
fn recorded(
    plan: &Plan,
    dialect: &dyn Dialect,
    history: &History,
    arguments: &Arguments,
    errors: &mut Vec<PrepareError>,
) -> Vec<Vec<Recorded>> {
    let reversed = plan.steps.iter().filter_map(|step| {
        let reversed = step.direction == Direction::Downgrade
            && matches!(migration(step, history)?.downgrade, Downgrade::Reverse);
        step.revision.clone().filter(|_| reversed)
    });
    let reversed: BTreeSet<RevisionId> = reversed.collect();
    let mut before = BTreeMap::new();
    // What is told of a migration already is not told again.
    let mut told = BTreeSet::new();
    if !reversed.is_empty() {
        let replayed = replay::replay(&plan.from, &reversed, dialect, history, arguments);
        for (revision, error) in replayed.errors {
            told.insert(revision);
            errors.push(error);
        }
        before = replayed.before;
    }
    let recorded = plan.steps.iter().map(|step| {
        let (Direction::Upgrade | Direction::Downgrade, Some(revision)) = (step.direction, &step.revision)
        else {
            return Vec::new();
        };
        if told.contains(revision) {
            return Vec::new();
        }
        let done = match migration(step, history) {
            Some(migration) => in_direction(
                migration,
                step.direction,
                dialect,
                arguments,
                before.get(revision),
            ),
            None => Err(vec![PrepareError::NotCompiled {
                revision: revision.clone(),
            }]),
        };
        done.unwrap_or_else(|refused| {
            errors.extend(refused);
            Vec::new()
        })
    });
    recorded.collect()
}

/// What a migration does in one direction. `before` is what stands before it, where that has to be known.
fn in_direction(
    migration: &'static Migration,
    direction: Direction,
    dialect: &dyn Dialect,
    arguments: &Arguments,
    before: Option<&Known>,
) -> Result<Vec<Recorded>, Vec<PrepareError>> {
    let Migration { revision, path, .. } = *migration;
    let one = |error| vec![error];
    match (direction, migration.downgrade) {
        (Direction::Upgrade | Direction::Stamp, _) => {
            record(migration, migration.upgrade, arguments).map_err(one)
        }
        (Direction::Downgrade, Downgrade::Run(downgrade)) => {
            record(migration, downgrade, arguments).map_err(one)
        }
        (Direction::Downgrade, Downgrade::Irreversible(reason)) => Err(vec![PrepareError::Irreversible {
            revision,
            path,
            reason,
        }]),
        (Direction::Downgrade, Downgrade::Reverse) => {
            let mut recorded = record(migration, migration.upgrade, arguments).map_err(one)?;
            recorded.retain(|one| one.is_for(dialect.backend()));
            let nothing = Known::default();
            let before = before.unwrap_or(&nothing);
            let recorded = drop_orphans(recorded, before, dialect);
            reverse(&recorded, &before.sure()).map_err(|refused| {
                let refused = refused.into_iter();
                let told = refused.map(|irreversible| PrepareError::NotReversible {
                    revision,
                    place: within(path, irreversible.place),
                    irreversible,
                });
                told.collect()
            })
        }
    }
}

fn actions(
    migration: &'static Migration,
    mut recorded: Vec<Recorded>,
    dialect: &dyn Dialect,
    mut known: Option<&mut Known>,
    errors: &mut Vec<PrepareError>,
) -> Vec<Action> {
    let Migration { revision, path, .. } = *migration;
    let collisions = collisions(&recorded, dialect).into_iter();
    errors.extend(collisions.map(|collision| PrepareError::Collision {
        revision,
        collision: Box::new(Collision {
            place: within(path, collision.place),
            other_place: within(path, collision.other_place),
            ..collision
        }),
    }));
    let mut actions = Vec::new();
    if !migration.transaction {
        for recorded in &mut recorded {
            recorded.autocommit = true;
        }
    }
    for group in groups(recorded, dialect) {
        match group {
            Group::One(recorded) => {
                if let (Operation::Backfill(backfill), Some(known)) = (&recorded.operation, &known)
                    && let Err(why) = may_walk(backfill, known)
                {
                    errors.push(PrepareError::Walk {
                        revision,
                        place: within(path, recorded.place),
                        what: backfill.to_string(),
                        why,
                    });
                }
                if let Some(known) = &mut known {
                    known.follow(dialect, &recorded);
                }
                match one(*recorded, path, dialect) {
                    Ok(done) => actions.extend(done),
                    Err(Refused { place, why }) => errors.push(match why {
                        Why::Unsupported(unsupported) => PrepareError::Unsupported {
                            revision,
                            place,
                            unsupported,
                        },
                        Why::TransactionControl(keyword) => PrepareError::TransactionControl {
                            revision,
                            place,
                            keyword,
                        },
                    }),
                }
            }
            Group::Alter { table, operations } => {
                let presumed = known
                    .as_mut()
                    .and_then(|known| known.alter(dialect, &table, &operations));
                let operations = operations.into_iter().map(|recorded| Recorded {
                    place: within(path, recorded.place),
                    ..recorded
                });
                let operations: Vec<Recorded> = operations.collect();
                errors.extend(operations.iter().filter_map(|recorded| {
                    let unsupported = dialect.refuse(&recorded.operation).err()?;
                    Some(PrepareError::Unsupported {
                        revision,
                        place: recorded.place,
                        unsupported,
                    })
                }));
                actions.extend(Alter::new(table, operations, presumed).map(Action::Alter));
            }
        }
    }
    actions
}

/// Whether a backfill can walk along the primary key of its table, as far as that is known.
fn may_walk(backfill: &Backfill, known: &Known) -> Result<(), NoWalk> {
    if !backfill.by.is_empty() {
        return Ok(());
    }
    match known.key_of(&backfill.table) {
        None => Ok(()),
        Some(None) => Err(NoWalk::NoKey),
        Some(Some(key)) => {
            let mut filled = backfill.set.iter().map(|(column, _)| column);
            match filled.find(|column| key.contains(column)) {
                Some(column) => Err(NoWalk::FillsKey {
                    column: column.clone(),
                }),
                None => Ok(()),
            }
        }
    }
}

/// Why an operation cannot be, and where it was asked for.
struct Refused {
    place: Place,
    why: Why,
}

enum Why {
    Unsupported(Unsupported),
    TransactionControl(String),
}

/// The actions of an operation that stands by itself.
fn one(recorded: Recorded, path: &'static str, dialect: &dyn Dialect) -> Result<Vec<Action>, Refused> {
    let place = within(path, recorded.place);
    if let Operation::Run(run) = recorded.operation {
        return Ok(vec![Action::Run {
            name: run.name,
            step: run.step,
            script: run.script,
            alone: recorded.autocommit,
            place,
        }]);
    }
    let by_hand = matches!(recorded.operation, Operation::Execute(_));
    let statements = dialect
        .compile(&recorded.operation)
        .map_err(|unsupported| Refused {
            place,
            why: Why::Unsupported(unsupported),
        })?;
    if let (Operation::Backfill(backfill), [whole]) = (&recorded.operation, statements.as_slice()) {
        return Ok(vec![Action::Backfill {
            backfill: backfill.clone(),
            whole: whole.clone(),
            place,
        }]);
    }
    let mut actions = Vec::with_capacity(statements.len());
    for mut statement in statements {
        if by_hand && let Some(keyword) = dialect.transaction_control(&statement.sql) {
            return Err(Refused {
                place,
                why: Why::TransactionControl(keyword.into()),
            });
        }
        if recorded.autocommit {
            statement.commit = Commit::Alone;
        }
        let single = !by_hand || dialect.is_single(&statement.sql);
        let apart = if !single && statement.commit == Commit::Alone {
            dialect.split(&statement.sql)
        } else {
            None
        };
        match apart {
            // A message of several statements may be a transaction, which they refuse.
            Some(texts) => actions.extend(texts.into_iter().map(|sql| Action::Statement {
                statement: Statement {
                    sql: sql.into(),
                    ..statement.clone()
                },
                single: true,
                place,
            })),
            None => actions.push(Action::Statement {
                statement,
                single,
                place,
            }),
        }
    }
    Ok(actions)
}

/// A place in the migration's own file is told by its path within the crate: the compiler knows the file by the
/// path of the machine that it ran on.
fn within(path: &'static str, place: Place) -> Place {
    let same = place.file.replace('\\', "/").ends_with(&format!("/{path}"));
    if same {
        Place { file: path, ..place }
    } else {
        place
    }
}
