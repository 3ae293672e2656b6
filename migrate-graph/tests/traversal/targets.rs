//! Revisions as labels, abbreviations, and what a target means for a command that only looks.

use migrate_graph::Heads;

use crate::shown::{ids, map, plans, spec};

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
