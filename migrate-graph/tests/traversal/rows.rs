//! Rows that are not as they should be, and a map without revisions.

use crate::shown::{map, plans, shown, spec};

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
