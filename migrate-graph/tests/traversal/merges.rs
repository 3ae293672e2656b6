//! Merges of all shapes.

use crate::shown::plans;

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
