//! Ranges of history.

use migrate_graph::{EdgeKind, Heads, Revision, SpecRange};

use crate::shown::map;

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
