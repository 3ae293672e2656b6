//! A line, and a fork with labels.

use crate::shown::plans;

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
