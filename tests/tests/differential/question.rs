//! [`Question`] and [`Answer`]: what is asked of every side, and the one form of what they say.

use migrate_graph::{ErrorKind, Heads, Plan, ResolveError, RevisionId, RevisionSpec, SpecError, SpecRange};
use serde_json::{Value, json};

use crate::graph::{Graph, Set};

/// One question.
pub(crate) struct Question<'a> {
    pub(crate) graph: &'a Graph,
    pub(crate) rows: Set,
    /// A command of ours, or `purge` for `stamp --purge`, `effective heads` for `heads --resolve-dependencies`, and
    /// `bases`.
    pub(crate) command: &'static str,
    /// Its targets; of `history`, its range.
    pub(crate) targets: Vec<String>,
}

/// What is said to a question.
pub(crate) type Answer = Result<Said, Refused>;

/// An answer that is no refusal.
pub(crate) enum Said {
    Plan {
        /// The steps, a revision or none and the rows after it.
        ran: Vec<(Option<String>, Set)>,
        /// The rows at the end.
        rows: Set,
    },
    Revisions(Vec<String>),
}

/// A refusal.
pub(crate) struct Refused {
    /// None when it was no answer but a crash.
    pub(crate) kind: Option<ErrorKind>,
    pub(crate) text: String,
}

impl Said {
    /// The revisions that a plan runs.
    pub(crate) fn revisions(ran: &[(Option<String>, Set)]) -> Set {
        ran.iter().filter_map(|(revision, _)| revision.clone()).collect()
    }
}

impl From<ResolveError> for Refused {
    fn from(error: ResolveError) -> Self {
        Self {
            kind: Some(error.kind()),
            text: error.to_string(),
        }
    }
}

impl From<SpecError> for Refused {
    fn from(error: SpecError) -> Self {
        ResolveError::Spec(error).into()
    }
}

impl<'a> Question<'a> {
    /// What a graph is, whatever is applied.
    pub(crate) fn about(graph: &'a Graph) -> impl Iterator<Item = Self> {
        ["heads", "effective heads", "bases", "branches"]
            .into_iter()
            .map(move |command| Self {
                graph,
                rows: Set::new(),
                command,
                targets: Vec::new(),
            })
    }

    /// As the oracle takes it.
    pub(crate) fn facts(&self) -> Value {
        json!({
            "revisions": self.graph.facts(),
            "rows": self.rows,
            "command": self.command,
            "target": self.targets,
        })
    }

    /// What migrate-graph says.
    pub(crate) fn answer(&self) -> Answer {
        let map = &self.graph.map;
        let rows: Vec<String> = self.rows.iter().cloned().collect();
        let current = Heads::read(map, &rows)?;
        let specs = || self.targets.iter().map(|text| RevisionSpec::parse(text));
        let listed = |ids: &mut dyn Iterator<Item = &RevisionId>| ids.map(ToString::to_string).collect();
        Ok(match self.command {
            "upgrade" => said(&map.plan_upgrade(&current, &specs().next().unwrap()?)?),
            "downgrade" => said(&map.plan_downgrade(&current, &specs().next().unwrap()?)?),
            "stamp" => said(&map.plan_stamp(&current, &specs().collect::<Result<Vec<_>, _>>()?)?),
            "purge" => said(&map.plan_purge(&rows, &specs().collect::<Result<Vec<_>, _>>()?)?),
            "show" => {
                let found = map.resolve(&specs().next().unwrap()?, &current)?;
                Said::Revisions(listed(&mut found.iter()))
            }
            "history" => {
                let found = map.history(&SpecRange::parse(&self.targets[0])?, &current)?;
                Said::Revisions(listed(&mut found.iter().map(|revision| &revision.id)))
            }
            "heads" => Said::Revisions(listed(&mut map.heads().map(|revision| &revision.id))),
            "effective heads" => {
                Said::Revisions(listed(&mut map.effective_heads().map(|revision| &revision.id)))
            }
            "bases" => Said::Revisions(listed(&mut map.bases().map(|revision| &revision.id))),
            "branches" => {
                let ids = map.iter().map(|revision| &revision.id);
                Said::Revisions(listed(&mut ids.filter(|id| map.is_branch_point(id.as_str()))))
            }
            other => panic!("no such command: {other}"),
        })
    }
}

fn said(plan: &Plan) -> Said {
    let ids = |ids: &[RevisionId]| ids.iter().map(ToString::to_string).collect();
    let steps = plan.steps.iter();
    Said::Plan {
        ran: steps
            .map(|step| {
                (
                    step.revision.as_ref().map(ToString::to_string),
                    ids(&step.heads_after),
                )
            })
            .collect(),
        rows: ids(&plan.to),
    }
}
