//! Large graphs: planned in linear time, and without a stack that grows with them.
//!
//! The bounds are for an unoptimised build on a busy machine; `cargo test --release --test scale -- --nocapture`
//! shows what an optimised one takes.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test fails by panicking, and this one shows times"
)]

use migrate_graph::{Draft, Heads, Plan, Revision, RevisionMap, RevisionSpec, SpecRange};
use std::time::{Duration, Instant};

fn revision(id: &str, down: &[String], depends_on: &[String]) -> Revision {
    Revision {
        id: id.parse().unwrap(),
        down_revisions: down.iter().map(|id| id.parse().unwrap()).collect(),
        depends_on: depends_on.iter().map(|id| id.parse().unwrap()).collect(),
        branch_labels: vec![],
    }
}

fn id(number: usize) -> String {
    // Ids in no useful order, as random ones are.
    format!("{:08x}", number.wrapping_mul(2_654_435_761) % (1 << 32))
}

fn spec(text: &str) -> RevisionSpec {
    RevisionSpec::parse(text).unwrap()
}

fn timed<T>(what: &str, work: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let done = work();
    let took = start.elapsed();
    println!("{what}: {:.1} ms", took.as_secs_f64() * 1e3);
    assert!(took < Duration::from_secs(1), "{what} took {took:?}");
    done
}

/// Builds a map, goes up and down, and looks at history.
fn round_trip(what: &str, revisions: Vec<Revision>) {
    let count = revisions.len();
    let map = timed(&format!("{what}: map"), || RevisionMap::new(revisions)).unwrap();
    let up: Plan = timed(&format!("{what}: upgrade heads"), || {
        map.plan_upgrade(&Heads::default(), &spec("heads"))
    })
    .unwrap();
    assert_eq!(up.steps.len(), count);
    let heads = Heads::read(&map, &up.to).unwrap();
    let again = timed(&format!("{what}: nothing to do"), || {
        map.plan_upgrade(&heads, &spec("heads"))
    })
    .unwrap();
    assert!(again.steps.is_empty());
    let down = timed(&format!("{what}: downgrade base"), || {
        map.plan_downgrade(&heads, &spec("base"))
    })
    .unwrap();
    assert_eq!(down.steps.len(), count);
    let label = format!("{}@base", heads.rows()[0]);
    timed(&format!("{what}: downgrade label@base"), || {
        map.plan_downgrade(&heads, &spec(&label))
    })
    .unwrap();
    timed(&format!("{what}: stamp"), || {
        map.plan_stamp(&Heads::default(), &[spec(heads.rows()[0].as_str())])
    })
    .unwrap();
    let range = SpecRange::parse(":").unwrap();
    let shown = timed(&format!("{what}: history"), || {
        map.history(&range, &heads).map(|shown| shown.len())
    });
    assert_eq!(shown.unwrap(), count);
}

#[test]
fn ten_thousand_in_a_line() {
    let down = |i: usize| if i == 0 { vec![] } else { vec![id(i - 1)] };
    round_trip(
        "line",
        (0..10_000).map(|i| revision(&id(i), &down(i), &[])).collect(),
    );
}

#[test]
fn ten_thousand_with_a_branch_and_merge_every_ten() {
    let mut revisions = Vec::new();
    for i in 0..10_000 {
        // 0 - 1 - .. - 4 - [5 - 7] and [6 - 8] - 9, and on.
        let down = match i % 10 {
            0 if i == 0 => vec![],
            6..=8 => vec![id(i - 2)],
            9 => vec![id(i - 1), id(i - 2)],
            _ => vec![id(i - 1)],
        };
        revisions.push(revision(&id(i), &down, &[]));
    }
    round_trip("branches and merges", revisions);
}

#[test]
fn ten_lines_that_depend_on_each_other() {
    let mut revisions = Vec::new();
    for i in 0..10_000 {
        let down = if i < 10 { vec![] } else { vec![id(i - 10)] };
        let needs = if i % 100 < 10 && i > 10 {
            vec![id(i - 11)]
        } else {
            vec![]
        };
        revisions.push(revision(&id(i), &down, &needs));
    }
    round_trip("ten lines", revisions);
}

#[test]
fn a_merge_of_five_hundred_heads() {
    let heads: Vec<String> = (1..=500).map(id).collect();
    let mut revisions = vec![revision(&id(0), &[], &[])];
    revisions.extend(heads.iter().map(|head| revision(head, &[id(0)], &[])));
    revisions.push(revision(&id(501), &heads, &[]));
    round_trip("five hundred heads", revisions);
}

#[test]
fn five_hundred_heads_are_merged_and_two_of_them_made_one_line() {
    let down = |i: usize| {
        if i == 0 {
            vec![]
        } else {
            vec![id(i.saturating_sub(500))]
        }
    };
    let revisions = (0..10_000).map(|i| revision(&id(i), &down(i), &[])).collect();
    let map = RevisionMap::new(revisions).unwrap();
    let draft = Draft::new("new".parse().unwrap());
    let merge = timed("merge of five hundred heads", || map.draft_merge(&draft)).unwrap();
    assert_eq!(merge.down_revisions.len(), 500);
    let heads = &merge.down_revisions;
    let rebase = timed("rebase", || map.plan_rebase(&heads[0], &heads[1])).unwrap();
    assert!(rebase.moved.len() > 10);
}
