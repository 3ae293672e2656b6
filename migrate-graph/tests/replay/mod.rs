//! A version table that carries out plans, shared by the tests that check any plan.

use migrate_graph::{Plan, VersionChange};
use std::collections::BTreeSet;

/// Carries out a plan on the rows that it starts from, as a table with a primary key would: what is inserted is
/// not there, what is deleted or updated is. Asserts that the rows after each step are those that it announces.
pub(crate) fn replay(plan: &Plan) {
    let mut rows: BTreeSet<String> = plan.from.iter().cloned().collect();
    for step in &plan.steps {
        for change in &step.changes {
            match change {
                VersionChange::Insert(id) => assert!(rows.insert(id.to_string()), "{id} is there already"),
                VersionChange::Delete(id) => assert!(rows.remove(id.as_str()), "{id} is not there"),
                VersionChange::Update { from, to } => {
                    assert!(rows.remove(from.as_str()), "{from} is not there");
                    assert!(rows.insert(to.to_string()), "{to} is there already");
                }
                VersionChange::Clear { rows: all } => {
                    assert!(rows.iter().eq(all), "a purge names the rows that are there");
                    rows.clear();
                }
            }
        }
        assert!(!step.changes.is_empty(), "every step changes a row");
        assert!(
            step.heads_after.iter().map(|id| id.as_str()).eq(rows.iter()),
            "rows after {step:?}"
        );
    }
    assert!(
        plan.to.iter().map(|id| id.as_str()).eq(rows.iter()),
        "rows at the end"
    );
}
