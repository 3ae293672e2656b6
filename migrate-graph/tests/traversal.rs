//! Plans on drawn graphs: input and output together.
//!
//! A drawing is `id < what it revises | what it depends on @ its labels`, separated by `;`. A plan is shown as
//! one line per step: `+` an upgrade, `-` a downgrade, `=` a stamp, the row changes, and the rows after it.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use migrate_graph::{
    Direction, Heads, Plan, ResolveError, Revision, RevisionId, RevisionMap, RevisionSpec, VersionChange,
};
use std::{fmt::Debug, str::FromStr};

fn names<T: FromStr<Err: Debug>>(list: &str) -> Vec<T> {
    let names = list
        .split([',', ' '])
        .map(str::trim)
        .filter(|name| !name.is_empty());
    names.map(|name| name.parse().unwrap()).collect()
}

fn map(drawing: &str) -> RevisionMap {
    let lines = drawing
        .split([';', '\n'])
        .map(str::trim)
        .filter(|line| !line.is_empty());
    let revision = |line: &str| {
        let (line, labels) = line.split_once('@').unwrap_or((line, ""));
        let (line, needs) = line.split_once('|').unwrap_or((line, ""));
        let (id, down) = line.split_once('<').unwrap_or((line, ""));
        Revision {
            id: id.trim().parse().unwrap(),
            down_revisions: names(down),
            depends_on: names(needs),
            branch_labels: names(labels),
        }
    };
    RevisionMap::new(lines.map(revision).collect()).unwrap()
}

fn ids(ids: &[RevisionId]) -> String {
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

fn shown(plan: Result<Plan, ResolveError>) -> String {
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

fn spec(text: &str) -> RevisionSpec {
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
fn plans(drawing: &str, commands: &[&str]) -> String {
    let map = map(drawing);
    let one = |line: &&str| {
        let (rows, command) = line.split_once('|').unwrap();
        let plan = run(&map, rows.trim(), command.trim()).replace('\n', "\n    ");
        format!("{line}\n    {plan}")
    };
    commands.iter().map(one).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_line_goes_up_and_down() {
    insta::assert_snapshot!(plans("a1; b2<a1; c3<b2; d4<c3", &[
        "| upgrade head",
        "b2 | upgrade heads",
        "b2 | upgrade +1",
        "b2 | upgrade +3",
        "b2 | upgrade d4-1",
        "| upgrade base+2",
        "d4 | upgrade b2",
        "d4 | upgrade head",
        "d4 | downgrade base",
        "d4 | downgrade -1",
        "d4 | downgrade -4",
        "d4 | downgrade -5",
        "| downgrade -1",
        "| downgrade base",
        "d4 | downgrade b2",
        "d4 | downgrade base+1",
        "d4 | downgrade head-3",
        "b2 | downgrade b2",
        "b2 | downgrade c3",
        "b2 | downgrade head",
        "b2 | downgrade +1",
        "b2 | upgrade -1",
        "b2 | stamp d4",
        "b2 | stamp a1",
        "b2 | stamp base",
        "b2 | stamp b2",
        "b2 | stamp head-1",
        "b2 | stamp a1 d4",
        "a1 d4 | upgrade head",
        "a1 d4 | downgrade c3",
        "a1 d4 | stamp d4",
        "zz b2 yy | upgrade head",
        "b2 | upgrade b3",
        "b2 | upgrade current",
    ]), @r"
        | upgrade head
            +a1: insert a1; rows: a1
            +b2: a1->b2; rows: b2
            +c3: b2->c3; rows: c3
            +d4: c3->d4; rows: d4
        b2 | upgrade heads
            +c3: b2->c3; rows: c3
            +d4: c3->d4; rows: d4
        b2 | upgrade +1
            +c3: b2->c3; rows: c3
        b2 | upgrade +3
            relative: Relative revision +3 didn't produce 3 migrations
        b2 | upgrade d4-1
            +c3: b2->c3; rows: c3
        | upgrade base+2
            +a1: insert a1; rows: a1
            +b2: a1->b2; rows: b2
        d4 | upgrade b2
            nothing to do; rows: d4
        d4 | upgrade head
            nothing to do; rows: d4
        d4 | downgrade base
            -d4: d4->c3; rows: c3
            -c3: c3->b2; rows: b2
            -b2: b2->a1; rows: a1
            -a1: delete a1; rows: none
        d4 | downgrade -1
            -d4: d4->c3; rows: c3
        d4 | downgrade -4
            -d4: d4->c3; rows: c3
            -c3: c3->b2; rows: b2
            -b2: b2->a1; rows: a1
            -a1: delete a1; rows: none
        d4 | downgrade -5
            relative: Relative revision -5 didn't produce 5 migrations
        | downgrade -1
            relative: Relative revision -1 didn't produce 1 migrations
        | downgrade base
            nothing to do; rows: none
        d4 | downgrade b2
            -d4: d4->c3; rows: c3
            -c3: c3->b2; rows: b2
        d4 | downgrade base+1
            -d4: d4->c3; rows: c3
            -c3: c3->b2; rows: b2
            -b2: b2->a1; rows: a1
        d4 | downgrade head-3
            -d4: d4->c3; rows: c3
            -c3: c3->b2; rows: b2
            -b2: b2->a1; rows: a1
        b2 | downgrade b2
            nothing to do; rows: b2
        b2 | downgrade c3
            not_a_valid_target: Destination c3 is not a valid downgrade target from current head(s)
        b2 | downgrade head
            not_a_valid_target: Destination head is not a valid downgrade target from current head(s)
        b2 | downgrade +1
            relative: Relative revision +1 didn't produce 1 migrations
        b2 | upgrade -1
            relative: Relative revision -1 didn't produce 1 migrations
        b2 | stamp d4
            =d4: b2->d4; rows: d4
        b2 | stamp a1
            =a1: b2->a1; rows: a1
        b2 | stamp base
            =base: delete b2; rows: none
        b2 | stamp b2
            nothing to do; rows: b2
        b2 | stamp head-1
            relative: Can't locate revision identified by 'head-1': a stamp takes no relative target
        b2 | stamp a1 d4
            overlap: Requested revision a1 overlaps with other requested revisions d4
        a1 d4 | upgrade head
            nothing to do; rows: d4
        a1 d4 | downgrade c3
            -d4: delete a1, d4->c3; rows: c3
        a1 d4 | stamp d4
            =d4: delete a1; rows: d4
        zz b2 yy | upgrade head
            unknown_revision: Can't locate revision identified by 'yy', 'zz'
              hint: the database has it and the revisions here do not: get the missing revision, or set the table right with `stamp --purge`
        b2 | upgrade b3
            cant_locate: Can't locate revision identified by 'b3'
              hint: did you mean `b2`?
        b2 | upgrade current
            cant_locate: Can't locate revision identified by 'current'
        ");
}
