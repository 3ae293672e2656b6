//! Plans on drawn graphs: input and output together.
//!
//! A drawing is `id < what it revises | what it depends on @ its labels`, separated by `;`. A plan is shown as
//! one line per step: `+` an upgrade, `-` a downgrade, `=` a stamp, the row changes, and the rows after it.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use migrate_graph::{
    Direction, EdgeKind, Heads, Plan, ResolveError, Revision, RevisionId, RevisionMap, RevisionSpec,
    SpecRange, VersionChange,
};

#[path = "../src/drawn.rs"]
mod drawn;

fn map(drawing: &str) -> RevisionMap {
    RevisionMap::new(drawn::drawn(drawing)).unwrap()
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
        "b2 | stamp +1",
        "b2 | stamp -1",
        "b2 | stamp +9",
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
            =c3: b2->c3; rows: c3
        b2 | stamp +1
            =c3: b2->c3; rows: c3
        b2 | stamp -1
            =a1: b2->a1; rows: a1
        b2 | stamp +9
            relative: Relative revision +9 didn't produce 9 migrations
        b2 | stamp a1 d4
            overlap: Requested revision a1 overlaps with other requested revisions d4
        a1 d4 | upgrade head
            nothing to do; rows: a1 d4
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

#[test]
fn a_fork_with_labels() {
    insta::assert_snapshot!(plans("a1; b2<a1; c3<b2 @left; d4<c3; c9<b2 @right; d9<c9", &[
        "| upgrade head",
        "| upgrade heads",
        "b2 | upgrade right@head",
        "| upgrade left@+2",
        "| upgrade left@+3",
        "d4 | upgrade right@+1",
        "c3 c9 | upgrade +1",
        "b2 | upgrade +1",
        "c3 | upgrade left",
        "b2 | upgrade left@c9",
        "b2 | upgrade left@d9-1",
        "b2 | upgrade up@head",
        "d4 d9 | downgrade -1",
        "d4 d9 | downgrade left@-1",
        "d4 d9 | downgrade left@-2",
        "d4 d9 | downgrade left@-3",
        "d4 d9 | downgrade left@b2",
        "d4 d9 | downgrade b2",
        "d4 d9 | downgrade left@base",
        "d4 | downgrade left@base",
        "d4 d9 | downgrade left@base+2",
        "d9 | downgrade left@b2",
        "d4 d9 | downgrade left@c9",
        "d4 d9 | downgrade base",
        "d4 d9 | stamp b2",
        "d4 | stamp c9",
        "d4 d9 | stamp left@base",
        "d4 d9 | stamp d4 d9",
        "b2 | stamp heads",
        "b2 | stamp head",
        "b2 | stamp +1",
        "d4 d9 | stamp c3 c9",
    ]), @r"
        | upgrade head
            multiple_heads: Multiple head revisions are present for given argument 'head'; please specify a specific target revision, '<branchname>@head' to narrow to a specific head, or 'heads' for all heads
              hint: the heads are d4, d9
        | upgrade heads
            +a1: insert a1; rows: a1
            +b2: a1->b2; rows: b2
            +c3: b2->c3; rows: c3
            +c9: insert c9; rows: c3 c9
            +d4: c3->d4; rows: c9 d4
            +d9: c9->d9; rows: d4 d9
        b2 | upgrade right@head
            +c9: b2->c9; rows: c9
            +d9: c9->d9; rows: d9
        | upgrade left@+2
            +a1: insert a1; rows: a1
            +b2: a1->b2; rows: b2
        | upgrade left@+3
            +a1: insert a1; rows: a1
            +b2: a1->b2; rows: b2
            +c3: b2->c3; rows: c3
        d4 | upgrade right@+1
            +c9: insert c9; rows: c9 d4
        c3 c9 | upgrade +1
            ambiguous_target: Ambiguous upgrade from multiple current revisions
              hint: the database is at c3, c9: name the revision or the branch
        b2 | upgrade +1
            ambiguous_target: Ambiguous walk: on the way to '+1', b2 leads to c3, c9
              hint: name the way with a label or a revision, such as `c3`
        c3 | upgrade left
            nothing to do; rows: c3
        b2 | upgrade left@c9
            cant_locate: Can't locate revision identified by 'c9': revision c9 is not a member of branch 'left'
        b2 | upgrade left@d9-1
            cant_locate: Can't locate revision identified by 'd9': revision d9 is not a member of branch 'left'
        b2 | upgrade up@head
            cant_locate: Can't locate revision identified by 'up'
        d4 d9 | downgrade -1
            ambiguous_target: downgrade -1 from multiple heads is ambiguous
              hint: the database is at d4, d9: name the revision or the branch
        d4 d9 | downgrade left@-1
            -d4: d4->c3; rows: c3 d9
        d4 d9 | downgrade left@-2
            -d4: d4->c3; rows: c3 d9
            -c3: delete c3; rows: d9
        d4 d9 | downgrade left@-3
            -d4: d4->c3; rows: c3 d9
            -c3: delete c3; rows: d9
        d4 d9 | downgrade left@b2
            -d4: d4->c3; rows: c3 d9
            -c3: delete c3; rows: d9
        d4 d9 | downgrade b2
            -d9: d9->c9; rows: c9 d4
            -d4: d4->c3; rows: c3 c9
            -c9: delete c9; rows: c3
            -c3: c3->b2; rows: b2
        d4 d9 | downgrade left@base
            -d4: d4->c3; rows: c3 d9
            -c3: delete c3; rows: d9
        d4 | downgrade left@base
            -d4: d4->c3; rows: c3
            -c3: c3->b2; rows: b2
            -b2: b2->a1; rows: a1
            -a1: delete a1; rows: none
        d4 d9 | downgrade left@base+2
            -d4: d4->c3; rows: c3 d9
            -c3: delete c3; rows: d9
        d9 | downgrade left@b2
            not_a_valid_target: Destination left@b2 is not a valid downgrade target from current head(s)
        d4 d9 | downgrade left@c9
            cant_locate: Can't locate revision identified by 'c9': revision c9 is not a member of branch 'left'
        d4 d9 | downgrade base
            -d9: d9->c9; rows: c9 d4
            -d4: d4->c3; rows: c3 c9
            -c9: delete c9; rows: c3
            -c3: c3->b2; rows: b2
            -b2: b2->a1; rows: a1
            -a1: delete a1; rows: none
        d4 d9 | stamp b2
            =b2: delete d9, d4->b2; rows: b2
        d4 | stamp c9
            =c9: insert c9; rows: c9 d4
        d4 d9 | stamp left@base
            =base: delete d4; rows: d9
        d4 d9 | stamp d4 d9
            nothing to do; rows: d4 d9
        b2 | stamp heads
            =d4: b2->d4; rows: d4
            =d9: insert d9; rows: d4 d9
        b2 | stamp head
            multiple_heads: Multiple head revisions are present for given argument 'head'; please specify a specific target revision, '<branchname>@head' to narrow to a specific head, or 'heads' for all heads
              hint: the heads are d4, d9
        b2 | stamp +1
            ambiguous_target: Ambiguous walk: on the way to '+1', b2 leads to c3, c9
              hint: name the way with a label or a revision, such as `c3`
        d4 d9 | stamp c3 c9
            =c3: d4->c3; rows: c3 d9
            =c9: d9->c9; rows: c3 c9
        ");
}

#[test]
fn a_diamond() {
    insta::assert_snapshot!(plans("a; b1<a; b2<a; c1<b1; c2<b2; d<c1,c2; e<d", &[
        "| upgrade heads",
        "c1 | upgrade d",
        "c1 c2 | upgrade d",
        "e | downgrade d",
        "e | downgrade -1",
        "e | downgrade -2",
        "d | downgrade -1",
        "d | downgrade c1",
        "e | downgrade b1",
        "e | downgrade a",
        "c1 b2 | downgrade b1",
        "e | stamp c1",
        "c1 b2 | stamp d",
        "b1 | upgrade c1",
    ]), @r"
        | upgrade heads
            +a: insert a; rows: a
            +b1: a->b1; rows: b1
            +b2: insert b2; rows: b1 b2
            +c1: b1->c1; rows: b2 c1
            +c2: b2->c2; rows: c1 c2
            +d: delete c2, c1->d; rows: d
            +e: d->e; rows: e
        c1 | upgrade d
            +b2: insert b2; rows: b2 c1
            +c2: b2->c2; rows: c1 c2
            +d: delete c2, c1->d; rows: d
        c1 c2 | upgrade d
            +d: delete c2, c1->d; rows: d
        e | downgrade d
            -e: e->d; rows: d
        e | downgrade -1
            -e: e->d; rows: d
        e | downgrade -2
            ambiguous_target: Ambiguous walk: on the way to '-2', d leads to c1, c2
              hint: name the way with a label or a revision, such as `c1`
        d | downgrade -1
            ambiguous_target: Ambiguous walk: on the way to '-1', d leads to c1, c2
              hint: name the way with a label or a revision, such as `c1`
        d | downgrade c1
            -d: insert c2, d->c1; rows: c1 c2
        e | downgrade b1
            -e: e->d; rows: d
            -d: insert c2, d->c1; rows: c1 c2
            -c1: c1->b1; rows: b1 c2
        e | downgrade a
            -e: e->d; rows: d
            -d: insert c2, d->c1; rows: c1 c2
            -c2: c2->b2; rows: b2 c1
            -c1: c1->b1; rows: b1 b2
            -b2: delete b2; rows: b1
            -b1: b1->a; rows: a
        c1 b2 | downgrade b1
            -c1: c1->b1; rows: b1 b2
        e | stamp c1
            =c1: insert c2, e->c1; rows: c1 c2
        c1 b2 | stamp d
            =d: delete c1, b2->d; rows: d
        b1 | upgrade c1
            +c1: b1->c1; rows: c1
        ");
}

#[test]
fn a_parent_of_a_merge_goes_on_alone() {
    insta::assert_snapshot!(plans("a; b1<a; b2<a; m<b1,b2; d1<b1; d2<d1", &[
        "| upgrade heads",
        "d1 b2 | upgrade m",
        "d1 m | downgrade b2",
        "d1 m | downgrade b1",
        "d1 m | downgrade m@b1",
        "d1 m | downgrade d2@-1",
        "d1 m | downgrade a",
    ]), @r"
        | upgrade heads
            +a: insert a; rows: a
            +b1: a->b1; rows: b1
            +b2: insert b2; rows: b1 b2
            +d1: b1->d1; rows: b2 d1
            +d2: d1->d2; rows: b2 d2
            +m: b2->m; rows: d2 m
        d1 b2 | upgrade m
            +m: b2->m; rows: d1 m
        d1 m | downgrade b2
            -m: m->b2; rows: b2 d1
        d1 m | downgrade b1
            -m: m->b2; rows: b2 d1
            -d1: d1->b1; rows: b1 b2
        d1 m | downgrade m@b1
            -m: m->b2; rows: b2 d1
        d1 m | downgrade d2@-1
            -d1: delete d1; rows: m
        d1 m | downgrade a
            -m: m->b2; rows: b2 d1
            -d1: d1->b1; rows: b1 b2
            -b2: delete b2; rows: b1
            -b1: b1->a; rows: a
        ");
}

#[test]
fn three_ways_into_a_merge_of_which_one_went_on() {
    insta::assert_snapshot!(plans("a; b1<a; b2<a; b3<a; m<b1,b2,b3; d1<b1; d3<b3", &[
        "b1 b2 b3 | upgrade m",
        "d1 b2 d3 | upgrade m",
        "d1 m | downgrade b3",
        "m | downgrade b2",
        "m | stamp b2",
    ]), @r"
        b1 b2 b3 | upgrade m
            +m: delete b2, delete b3, b1->m; rows: m
        d1 b2 d3 | upgrade m
            +m: b2->m; rows: d1 d3 m
        d1 m | downgrade b3
            -m: insert b3, m->b2; rows: b2 b3 d1
        m | downgrade b2
            -m: insert b2, insert b3, m->b1; rows: b1 b2 b3
        m | stamp b2
            =b2: insert b2, insert b3, m->b1; rows: b1 b2 b3
        ");
}

#[test]
fn twin_merges() {
    insta::assert_snapshot!(plans("a; b1<a; b2<a; b3<a; m1<b1,b2,b3; m2<b1,b2,b3; n<b2,b3", &[
        "b1 b2 b3 | upgrade heads",
        "m1 m2 n | downgrade a",
        "m1 | upgrade m2",
        "m1 m2 | downgrade m1",
        "m1 m2 | downgrade b1",
    ]), @r"
        b1 b2 b3 | upgrade heads
            +m1: delete b2, delete b3, b1->m1; rows: m1
            +m2: insert m2; rows: m1 m2
            +n: insert n; rows: m1 m2 n
        m1 m2 n | downgrade a
            -n: delete n; rows: m1 m2
            -m2: delete m2; rows: m1
            -m1: insert b2, insert b3, m1->b1; rows: b1 b2 b3
            -b3: delete b3; rows: b1 b2
            -b2: delete b2; rows: b1
            -b1: b1->a; rows: a
        m1 | upgrade m2
            +m2: insert m2; rows: m1 m2
        m1 m2 | downgrade m1
            nothing to do; rows: m1 m2
        m1 m2 | downgrade b1
            -m2: delete m2; rows: m1
            -m1: insert b2, insert b3, m1->b1; rows: b1 b2 b3
        ");
}

#[test]
fn a_merge_of_a_revision_and_its_own_ancestor() {
    insta::assert_snapshot!(plans("a; b<a; m<a,b; n<m", &[
        "| upgrade head",
        "n | downgrade b",
        "n | downgrade base",
        "a | upgrade m",
    ]), @r"
        | upgrade head
            +a: insert a; rows: a
            +b: a->b; rows: b
            +m: b->m; rows: m
            +n: m->n; rows: n
        n | downgrade b
            -n: n->m; rows: m
            -m: m->b; rows: b
        n | downgrade base
            -n: n->m; rows: m
            -m: m->b; rows: b
            -b: b->a; rows: a
            -a: delete a; rows: none
        a | upgrade m
            +b: a->b; rows: b
            +m: b->m; rows: m
        ");
}

#[test]
fn several_bases_and_dependencies_between_them() {
    insta::assert_snapshot!(plans(
        "a1 @a; a2<a1; a3<a2 |b2; b1 @b; b2<b1; b3<b2; c1 @c; c2<c1 |a3,b",
        &[
            "| upgrade heads",
            "| upgrade a@head",
            "| upgrade head",
            "| upgrade +1",
            "| upgrade b@+1",
            "a3 | upgrade b@+1",
            "a3 | upgrade b@head",
            "a3 | downgrade b1",
            "a3 | downgrade b2",
            "a3 | downgrade b@base",
            "a3 | downgrade a@base",
            "a3 | downgrade a2",
            "a3 b3 | downgrade a2",
            "a3 b3 | downgrade b2",
            "c2 b3 | downgrade b@-1",
            "c2 | downgrade b@-1",
            "c2 | downgrade a@-1",
            "c2 | downgrade -1",
            "c2 | downgrade base",
            "c2 | stamp a2",
            "c2 | stamp b1",
            "c2 | stamp b2",
            "c2 | stamp b@base",
            "a2 b3 | stamp a3",
            "b1 | stamp a3",
        ]
    ), @r"
        | upgrade heads
            +a1: insert a1; rows: a1
            +a2: a1->a2; rows: a2
            +b1: insert b1; rows: a2 b1
            +b2: b1->b2; rows: a2 b2
            +a3: delete b2, a2->a3; rows: a3
            +b3: insert b3; rows: a3 b3
            +c1: insert c1; rows: a3 b3 c1
            +c2: delete a3, c1->c2; rows: b3 c2
        | upgrade a@head
            +a1: insert a1; rows: a1
            +a2: a1->a2; rows: a2
            +b1: insert b1; rows: a2 b1
            +b2: b1->b2; rows: a2 b2
            +a3: delete b2, a2->a3; rows: a3
        | upgrade head
            multiple_heads: Multiple head revisions are present for given argument 'head'; please specify a specific target revision, '<branchname>@head' to narrow to a specific head, or 'heads' for all heads
              hint: the heads are b3, c2
        | upgrade +1
            ambiguous_target: Ambiguous walk: on the way to '+1', base leads to a1, b1, c1
              hint: name the way with a label or a revision, such as `a1`
        | upgrade b@+1
            +b1: insert b1; rows: b1
        a3 | upgrade b@+1
            +b3: insert b3; rows: a3 b3
        a3 | upgrade b@head
            +b3: insert b3; rows: a3 b3
        a3 | downgrade b1
            -a3: insert b2, a3->a2; rows: a2 b2
            -b2: b2->b1; rows: a2 b1
        a3 | downgrade b2
            not_a_valid_target: Destination b2 is not a valid downgrade target from current head(s)
        a3 | downgrade b@base
            -a3: insert b2, a3->a2; rows: a2 b2
            -b2: b2->b1; rows: a2 b1
            -b1: delete b1; rows: a2
        a3 | downgrade a@base
            -a3: insert b2, a3->a2; rows: a2 b2
            -a2: a2->a1; rows: a1 b2
            -a1: delete a1; rows: b2
        a3 | downgrade a2
            -a3: insert b2, a3->a2; rows: a2 b2
        a3 b3 | downgrade a2
            -a3: a3->a2; rows: a2 b3
        a3 b3 | downgrade b2
            -b3: delete b3; rows: a3
        c2 b3 | downgrade b@-1
            -b3: delete b3; rows: c2
        c2 | downgrade b@-1
            -c2: insert a3, c2->c1; rows: a3 c1
            -a3: insert b2, a3->a2; rows: a2 b2 c1
            -b2: b2->b1; rows: a2 b1 c1
        c2 | downgrade a@-1
            -c2: insert a3, c2->c1; rows: a3 c1
            -a3: insert b2, a3->a2; rows: a2 b2 c1
        c2 | downgrade -1
            -c2: insert a3, c2->c1; rows: a3 c1
        c2 | downgrade base
            -c2: insert a3, c2->c1; rows: a3 c1
            -c1: delete c1; rows: a3
            -a3: insert b2, a3->a2; rows: a2 b2
            -b2: b2->b1; rows: a2 b1
            -b1: delete b1; rows: a2
            -a2: a2->a1; rows: a1
            -a1: delete a1; rows: none
        c2 | stamp a2
            =a2: insert b2, insert c1, c2->a2; rows: a2 b2 c1
        c2 | stamp b1
            =b1: insert b1, insert c1, c2->a2; rows: a2 b1 c1
        c2 | stamp b2
            nothing to do; rows: c2
        c2 | stamp b@base
            =base: insert c1, c2->a2; rows: a2 c1
        a2 b3 | stamp a3
            =a3: a2->a3; rows: a3 b3
        b1 | stamp a3
            =a3: b1->a3; rows: a3
        ");
}

#[test]
fn a_head_that_another_head_needs_does_not_count() {
    insta::assert_snapshot!(plans("lib1 @lib; lib2<lib1; app1 @app; app2<app1 |lib2", &[
        "| upgrade head",
        "| upgrade heads",
        "| upgrade lib@head",
        "app2 | upgrade lib@heads",
        "app2 | downgrade head",
        "app2 | downgrade lib@head",
        "app2 | downgrade lib2",
        "app2 | downgrade lib1",
    ]), @r"
        | upgrade head
            +app1: insert app1; rows: app1
            +lib1: insert lib1; rows: app1 lib1
            +lib2: lib1->lib2; rows: app1 lib2
            +app2: delete lib2, app1->app2; rows: app2
        | upgrade heads
            +app1: insert app1; rows: app1
            +lib1: insert lib1; rows: app1 lib1
            +lib2: lib1->lib2; rows: app1 lib2
            +app2: delete lib2, app1->app2; rows: app2
        | upgrade lib@head
            +lib1: insert lib1; rows: lib1
            +lib2: lib1->lib2; rows: lib2
        app2 | upgrade lib@heads
            nothing to do; rows: app2
        app2 | downgrade head
            nothing to do; rows: app2
        app2 | downgrade lib@head
            not_a_valid_target: Destination lib@head is not a valid downgrade target from current head(s)
        app2 | downgrade lib2
            not_a_valid_target: Destination lib2 is not a valid downgrade target from current head(s)
        app2 | downgrade lib1
            -app2: insert lib2, app2->app1; rows: app1 lib2
            -lib2: lib2->lib1; rows: app1 lib1
        ");
}

#[test]
fn an_effective_head_steps_back_with_what_needs_it() {
    insta::assert_snapshot!(plans("base1; x1<base1 @x; x2<x1; y1<base1 @y; y2<y1 |x1", &[
        "y2 | downgrade x@-1",
        "x1 y2 | downgrade x@-1",
        "x2 y2 | downgrade x@-1",
        "y2 | downgrade y@-1",
        "y2 x2 | downgrade y@-1",
    ]), @r"
        y2 | downgrade x@-1
            -y2: insert x1, y2->y1; rows: x1 y1
            -x1: delete x1; rows: y1
        x1 y2 | downgrade x@-1
            -y2: y2->y1; rows: x1 y1
            -x1: delete x1; rows: y1
        x2 y2 | downgrade x@-1
            -x2: delete x2; rows: y2
        y2 | downgrade y@-1
            -y2: insert x1, y2->y1; rows: x1 y1
        y2 x2 | downgrade y@-1
            -y2: y2->y1; rows: x2 y1
        ");
}

#[test]
fn dependencies_that_cross_and_repeat() {
    insta::assert_snapshot!(plans(
        "a1; b1<a1; c1<a1; b2<b1 |c1; c2<c1 |b1; d1<b2 |c1,b1; e<c2 |b2,c2,d1",
        &["| upgrade heads", "e | downgrade a1", "e | downgrade b1", "b2 c2 | downgrade c1", "b2 c2 | upgrade e"]
    ), @r"
        | upgrade heads
            +a1: insert a1; rows: a1
            +b1: a1->b1; rows: b1
            +c1: insert c1; rows: b1 c1
            +b2: delete c1, b1->b2; rows: b2
            +c2: insert c2; rows: b2 c2
            +d1: b2->d1; rows: c2 d1
            +e: delete d1, c2->e; rows: e
        e | downgrade a1
            -e: insert d1, e->c2; rows: c2 d1
            -d1: d1->b2; rows: b2 c2
            -c2: delete c2; rows: b2
            -b2: insert c1, b2->b1; rows: b1 c1
            -c1: delete c1; rows: b1
            -b1: b1->a1; rows: a1
        e | downgrade b1
            -e: insert d1, e->c2; rows: c2 d1
            -d1: d1->b2; rows: b2 c2
            -b2: delete b2; rows: c2
        b2 c2 | downgrade c1
            -c2: delete c2; rows: b2
        b2 c2 | upgrade e
            +d1: b2->d1; rows: c2 d1
            +e: delete d1, c2->e; rows: e
        ");
}

#[test]
fn a_dependency_on_a_label_means_the_revision_that_carries_it() {
    insta::assert_snapshot!(plans("a1 @lib; a2<a1; b1 |lib; b2<b1", &["| upgrade b2", "| upgrade heads"]), @r"
        | upgrade b2
            +a1: insert a1; rows: a1
            +b1: a1->b1; rows: b1
            +b2: b1->b2; rows: b2
        | upgrade heads
            +a1: insert a1; rows: a1
            +a2: a1->a2; rows: a2
            +b1: insert b1; rows: a2 b1
            +b2: b1->b2; rows: a2 b2
        ");
}

#[test]
fn revisions_as_labels() {
    insta::assert_snapshot!(plans("a; b<a; c1<b; d1<c1; c2<b; d2<c2; e1<c1", &[
        "d1 d2 | downgrade c2@b",
        "d1 d2 | downgrade d1@b",
        "d1 d2 e1 | downgrade d1@b",
        "b | upgrade d1@head",
        "b | upgrade c1@head",
        "b | upgrade c1@heads",
        "b | upgrade d2@+1",
    ]), @r"
        d1 d2 | downgrade c2@b
            -d2: d2->c2; rows: c2 d1
            -c2: delete c2; rows: d1
        d1 d2 | downgrade d1@b
            -d1: d1->c1; rows: c1 d2
            -c1: delete c1; rows: d2
        d1 d2 e1 | downgrade d1@b
            -d1: delete d1; rows: d2 e1
        b | upgrade d1@head
            +c1: b->c1; rows: c1
            +d1: c1->d1; rows: d1
        b | upgrade c1@head
            multiple_heads: Multiple head revisions are present for given argument 'c1@head'; please specify a specific target revision, '<branchname>@head' to narrow to a specific head, or 'heads' for all heads
              hint: the heads are d1, e1
        b | upgrade c1@heads
            +c1: b->c1; rows: c1
            +d1: c1->d1; rows: d1
            +e1: insert e1; rows: d1 e1
        b | upgrade d2@+1
            +c2: b->c2; rows: c2
        ");
}

#[test]
fn abbreviations() {
    insta::assert_snapshot!(plans("abcd1; abcd2<abcd1; abef<abcd2 @cart; abc<abef; cart9<abc @carts", &[
        "| upgrade abe",
        "| upgrade abcd",
        "| upgrade abcd2",
        "| upgrade abc",
        "| upgrade ab",
        "| upgrade c",
        "| upgrade car",
        "| upgrade cart",
        "| upgrade carts",
        "| upgrade cart@abcd",
        "| upgrade abxd1",
        "| upgrade zzz",
    ]), @r"
        | upgrade abe
            +abcd1: insert abcd1; rows: abcd1
            +abcd2: abcd1->abcd2; rows: abcd2
            +abef: abcd2->abef; rows: abef
        | upgrade abcd
            ambiguous_id: Multiple revisions start with 'abcd': abcd1, abcd2
        | upgrade abcd2
            +abcd1: insert abcd1; rows: abcd1
            +abcd2: abcd1->abcd2; rows: abcd2
        | upgrade abc
            +abcd1: insert abcd1; rows: abcd1
            +abcd2: abcd1->abcd2; rows: abcd2
            +abef: abcd2->abef; rows: abef
            +abc: abef->abc; rows: abc
        | upgrade ab
            ambiguous_id: Multiple revisions start with 'ab': abcd1, abcd2, abef
        | upgrade c
            ambiguous_id: Multiple revisions start with 'c': cart, cart9, carts
        | upgrade car
            ambiguous_id: Multiple revisions start with 'car': cart, cart9, carts
        | upgrade cart
            +abcd1: insert abcd1; rows: abcd1
            +abcd2: abcd1->abcd2; rows: abcd2
            +abef: abcd2->abef; rows: abef
        | upgrade carts
            +abcd1: insert abcd1; rows: abcd1
            +abcd2: abcd1->abcd2; rows: abcd2
            +abef: abcd2->abef; rows: abef
            +abc: abef->abc; rows: abc
            +cart9: abc->cart9; rows: cart9
        | upgrade cart@abcd
            ambiguous_id: Multiple revisions start with 'abcd': abcd1, abcd2
        | upgrade abxd1
            cant_locate: Can't locate revision identified by 'abxd1'
              hint: did you mean `abcd1`?
        | upgrade zzz
            cant_locate: Can't locate revision identified by 'zzz'
        ");
}

#[test]
fn rows_that_other_rows_imply_are_mended_by_the_first_step() {
    insta::assert_snapshot!(plans("a; b<a; c<b |x; x; y<x", &[
        "a b x | upgrade c",
        "a c x | downgrade b",
        "a c x | downgrade base",
        "a c x | downgrade -1",
        "a c x | upgrade y",
        "a c x | stamp c",
        "a c x | stamp base",
        "a c x | upgrade c",
    ]), @r"
        a b x | upgrade c
            +c: delete a, delete x, b->c; rows: c
        a c x | downgrade b
            -c: delete a, c->b; rows: b x
        a c x | downgrade base
            -c: delete a, c->b; rows: b x
            -x: delete x; rows: b
            -b: b->a; rows: a
            -a: delete a; rows: none
        a c x | downgrade -1
            -c: delete a, c->b; rows: b x
        a c x | upgrade y
            +y: delete a, delete x, insert y; rows: c y
        a c x | stamp c
            =c: delete a, delete x; rows: c
        a c x | stamp base
            =base: delete a, delete x, delete c; rows: none
        a c x | upgrade c
            nothing to do; rows: a c x
        ");
}

#[test]
fn a_purge_takes_rows_of_any_kind() {
    let map = map("a; b<a");
    let rows = ["no-such-id".to_owned(), "b".to_owned()];
    insta::assert_snapshot!(shown(map.plan_purge(&rows, &[spec("a")])), @r"
        =base: clear b no-such-id; rows: none
        =a: insert a; rows: a
        ");
    insta::assert_snapshot!(shown(map.plan_purge(&rows, &[spec("base")])), @"=base: clear b no-such-id; rows: none");
    insta::assert_snapshot!(shown(map.plan_purge(&[], &[spec("heads")])), @"=b: insert b; rows: b");
    assert_eq!(
        map.plan_purge(&rows, &[spec("a")]).unwrap().from,
        ["b", "no-such-id"]
    );
}

#[test]
fn an_empty_map_has_nothing_to_do() {
    insta::assert_snapshot!(plans("", &[
        "| upgrade head",
        "| upgrade heads",
        "| upgrade +1",
        "| downgrade base",
        "| downgrade -1",
        "| stamp heads",
        "| upgrade x",
        "x | upgrade heads",
    ]), @r"
        | upgrade head
            nothing to do; rows: none
        | upgrade heads
            nothing to do; rows: none
        | upgrade +1
            relative: Relative revision +1 didn't produce 1 migrations
        | downgrade base
            nothing to do; rows: none
        | downgrade -1
            relative: Relative revision -1 didn't produce 1 migrations
        | stamp heads
            nothing to do; rows: none
        | upgrade x
            cant_locate: Can't locate revision identified by 'x'
        x | upgrade heads
            unknown_revision: Can't locate revision identified by 'x'
              hint: the database has it and the revisions here do not: get the missing revision, or set the table right with `stamp --purge`
        ");
}

/// What a target means for a command that only looks, from the rows before `|`.
fn looked_at(drawing: &str, lines: &[&str]) -> String {
    let map = map(drawing);
    let one = |line: &&str| {
        let (rows, target) = line.split_once('|').unwrap();
        let rows: Vec<&str> = rows.split(' ').filter(|row| !row.is_empty()).collect();
        let found = map.resolve(&spec(target.trim()), &Heads::read(&map, &rows).unwrap());
        let found = found.map_or_else(
            |error| format!("{}: {error}", error.kind().as_str()),
            |found| ids(&found),
        );
        format!("{line} => {found}")
    };
    lines.iter().map(one).collect::<Vec<_>>().join("\n")
}

#[test]
fn targets_of_commands_that_only_look() {
    insta::assert_snapshot!(looked_at("a1; b2<a1; c3<b2 @left; d4<c3; c9<b2 @right", &[
        "| head", "| heads", "| left@head", "| right@heads", "| base", "b2 | current", "d4 c9 | current",
        "d4 c9 | left@current", "d4 | current-1", "d4 c9 | current-1", "| -1", "| left@-1", "| -9", "| +1",
        "| b2+1", "| a1+1", "| left@b2+1", "| c9-2", "| left", "| left@c9",
    ]), @r"
        | head => multiple_heads: Multiple head revisions are present for given argument 'head'; please specify a specific target revision, '<branchname>@head' to narrow to a specific head, or 'heads' for all heads
        | heads => c9 d4
        | left@head => d4
        | right@heads => c9
        | base => none
        b2 | current => b2
        d4 c9 | current => c9 d4
        d4 c9 | left@current => d4
        d4 | current-1 => c3
        d4 c9 | current-1 => ambiguous_target: 'current-1' is ambiguous from multiple current revisions
        | -1 => b2 c3
        | left@-1 => c3
        | -9 => relative: Relative revision -9 didn't produce 9 migrations
        | +1 => relative: Relative revision +1 didn't produce 1 migrations
        | b2+1 => ambiguous_target: Ambiguous walk: on the way to 'b2+1', b2 leads to c3, c9
        | a1+1 => b2
        | left@b2+1 => c3
        | c9-2 => a1
        | left => c3
        | left@c9 => cant_locate: Can't locate revision identified by 'c9': revision c9 is not a member of branch 'left'
        ");
}

fn history(drawing: &str, lines: &[&str]) -> String {
    let map = map(drawing);
    let one = |line: &&str| {
        let (rows, range) = line.split_once('|').unwrap();
        let rows: Vec<&str> = rows.split(' ').filter(|row| !row.is_empty()).collect();
        let range = SpecRange::parse(range.trim()).unwrap();
        let found = map.history(&range, &Heads::read(&map, &rows).unwrap());
        let list = |found: Vec<&Revision>| {
            found
                .iter()
                .map(|revision| revision.id.as_str())
                .collect::<Vec<_>>()
                .join(" ")
        };
        let found = found.map_or_else(|error| format!("{}: {error}", error.kind().as_str()), list);
        format!("{line} => {found}")
    };
    lines.iter().map(one).collect::<Vec<_>>().join("\n")
}

#[test]
fn ranges_of_history() {
    insta::assert_snapshot!(history("a1; b2<a1; c3<b2 @left; d4<c3; c9<b2 @right; d9<c9 |x1; x1", &[
        "| :", "| base:heads", "| b2:", "| :b2", "| b2:d4", "| left@base:", "| right@b2:heads", "| left:head",
        "| -1:d4", "| -3:d4", "| -4:d4", "| -2:", "| b2:left@+1", "| b2:+1", "| :+1", "b2 | current:d4",
        "d4 d9 | current:d4", "d4 | -1:current", "| d4:b2", "| d4:d9", "| :-1", "| base:base", "| left@-1:",
        "| head:", "| x1:d9", "| nowhere:", "| c3:+5", "| a1:right@+9", "| :c3+5", "| b2:+5",
    ]), @r"
        | : => d9 x1 d4 c9 c3 b2 a1
        | base:heads => d9 x1 d4 c9 c3 b2 a1
        | b2: => d9 d4 c9 c3 b2
        | :b2 => b2 a1
        | b2:d4 => d4 c3 b2
        | left@base: => d4 c3 b2 a1
        | right@b2:heads => d9 c9 b2
        | left:head => multiple_heads: Multiple head revisions are present for given argument 'head'; please specify a specific target revision, '<branchname>@head' to narrow to a specific head, or 'heads' for all heads
        | -1:d4 => d4 c3
        | -3:d4 => d4 c3 b2 a1
        | -4:d4 => d4 c3 b2 a1
        | -2: => d9 d4 c9 c3 b2
        | b2:left@+1 => c3 b2
        | b2:+1 => ambiguous_target: Ambiguous walk: on the way to '+1', b2 leads to c3, c9
        | :+1 => ambiguous_target: Ambiguous walk: on the way to '+1', base leads to a1, x1
        b2 | current:d4 => d4 c3 b2
        d4 d9 | current:d4 => not_a_valid_target: Requested range current:d4 does not refer to ancestor/descendant revisions along the same branch
        d4 | -1:current => d4 c3
        | d4:b2 => not_a_valid_target: Requested range d4:b2 does not refer to ancestor/descendant revisions along the same branch
        | d4:d9 => not_a_valid_target: Requested range d4:d9 does not refer to ancestor/descendant revisions along the same branch
        | :-1 => relative: Relative revision -1 didn't produce 1 migrations
        | base:base => 
        | left@-1: => d4 c3
        | head: => multiple_heads: Multiple head revisions are present for given argument 'head'; please specify a specific target revision, '<branchname>@head' to narrow to a specific head, or 'heads' for all heads
        | x1:d9 => x1
        | nowhere: => cant_locate: Can't locate revision identified by 'nowhere'
        | c3:+5 => d4 c3
        | a1:right@+9 => d9 c9 b2 a1
        | :c3+5 => d4 c3 b2 a1
        | b2:+5 => ambiguous_target: Ambiguous walk: on the way to '+5', b2 leads to c3, c9
        ");
}

#[test]
fn links_of_history_tell_what_is_shown() {
    let map = map("a; b<a; c<b |x; x; m<c,a");
    let range = SpecRange::parse("b:").unwrap();
    let shown = map.history(&range, &Heads::default()).unwrap();
    let line = |node: &migrate_graph::GraphNode<'_>| {
        let edge = |edge: &migrate_graph::Edge<'_>| {
            let kind = match edge.kind {
                EdgeKind::DownRevision => "revises",
                EdgeKind::Dependency => "depends on",
            };
            format!(
                "{kind} {}{}",
                edge.to,
                if edge.shown { "" } else { " (not shown)" }
            )
        };
        format!(
            "{}: {}",
            node.revision.id,
            node.edges.iter().map(edge).collect::<Vec<_>>().join(", ")
        )
    };
    insta::assert_snapshot!(map.graph(&shown).iter().map(line).collect::<Vec<_>>().join("\n"), @r"
        m: revises c, revises a (not shown)
        c: revises b, depends on x (not shown)
        b: revises a (not shown)
        ");
}
