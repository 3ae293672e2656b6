//! Several bases, and dependencies between lines.

use crate::shown::plans;

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
