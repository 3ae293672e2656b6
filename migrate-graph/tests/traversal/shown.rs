//! Plans as text: one line per step. `+` is an upgrade, `-` a downgrade, `=` a stamp; then the row changes, and the rows
//! after it.

use migrate_graph::{
    Direction, Heads, Plan, ResolveError, RevisionId, RevisionMap, RevisionSpec, VersionChange,
};

use crate::drawn::drawn;

pub(crate) fn map(drawing: &str) -> RevisionMap {
    RevisionMap::new(drawn(drawing)).unwrap()
}

pub(crate) fn ids(ids: &[RevisionId]) -> String {
    if ids.is_empty() {
        return "none".into();
    }
    ids.iter().map(RevisionId::as_str).collect::<Vec<_>>().join(" ")
}

fn change(change: &VersionChange) -> String {
    match change {
        VersionChange::Insert(id) => format!("insert {id}"),
        VersionChange::Delete(id) => format!("delete {id}"),
        VersionChange::Update { from, to } => format!("{from}->{to}"),
        VersionChange::Clear { rows } => format!("clear {}", rows.join(" ")),
    }
}

pub(crate) fn shown(plan: Result<Plan, ResolveError>) -> String {
    let plan = match plan {
        Ok(plan) => plan,
        Err(error) => {
            let hints: String = error
                .hints()
                .iter()
                .map(|hint| format!("\n  hint: {hint}"))
                .collect();
            return format!("{}: {error}{hints}", error.kind().as_str());
        }
    };
    if plan.steps.is_empty() {
        return format!("nothing to do; rows: {}", ids(&plan.to));
    }
    let step = |step: &migrate_graph::Step| {
        let sign = match step.direction {
            Direction::Upgrade => '+',
            Direction::Downgrade => '-',
            Direction::Stamp => '=',
        };
        let revision = step.revision.as_ref().map_or("base", RevisionId::as_str);
        let changes: Vec<_> = step.changes.iter().map(change).collect();
        format!(
            "{sign}{revision}: {}; rows: {}",
            changes.join(", "),
            ids(&step.heads_after)
        )
    };
    plan.steps.iter().map(step).collect::<Vec<_>>().join("\n")
}

pub(crate) fn spec(text: &str) -> RevisionSpec {
    RevisionSpec::parse(text).unwrap()
}

/// Runs `upgrade X`, `downgrade X` or `stamp X ..` from some rows.
fn run(map: &RevisionMap, rows: &str, command: &str) -> String {
    let rows: Vec<&str> = rows.split(' ').filter(|row| !row.is_empty()).collect();
    let current = match Heads::read(map, &rows) {
        Ok(current) => current,
        Err(error) => return shown(Err(error)),
    };
    let (command, target) = command.split_once(' ').unwrap();
    shown(match command {
        "upgrade" => map.plan_upgrade(&current, &spec(target)),
        "downgrade" => map.plan_downgrade(&current, &spec(target)),
        "stamp" => map.plan_stamp(&current, &target.split(' ').map(spec).collect::<Vec<_>>()),
        other => panic!("{other} is no command"),
    })
}

/// The plans of several commands on one graph, from the rows before `|`.
pub(crate) fn plans(drawing: &str, commands: &[&str]) -> String {
    let map = map(drawing);
    let one = |line: &&str| {
        let (rows, command) = line.split_once('|').unwrap();
        let plan = run(&map, rows.trim(), command.trim()).replace('\n', "\n    ");
        format!("{line}\n    {plan}")
    };
    commands.iter().map(one).collect::<Vec<_>>().join("\n")
}
