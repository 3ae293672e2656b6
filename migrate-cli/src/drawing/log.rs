//! `history --graph`: the lines of history beside a drawing of their links, as jj and git have it.
//!
//! The text beside the drawing is whatever the command shows without it, so that it can be searched all the same.

use renderdag::pipeline::{Ascii, BoxDrawing, GraphTextRenderer, PrefixLineRenderer};

use super::{Drawing, Row};
use crate::entry::Line;
use crate::ui::Ui;

/// What a drawing's lines are made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Characters {
    /// Lines with round corners.
    Unicode,
    /// What every terminal has.
    Ascii,
}

impl Characters {
    /// Those of the terminal, unless ASCII is asked for.
    pub(crate) fn of(ui: &Ui, ascii: bool) -> Self {
        if ui.unicode() && !ascii {
            Self::Unicode
        } else {
            Self::Ascii
        }
    }
}

/// The part of the drawing that belongs to each revision, in their order: it can be written while the rest is
/// still being drawn.
///
/// Beside a revision stands its line of this form, or all that is known of it when there is none. A revision that
/// needs something which is not drawn ends in `~`.
pub(crate) fn lines<'a>(
    drawing: &'a Drawing<'_>,
    characters: Characters,
    form: Option<Line>,
) -> impl Iterator<Item = String> + 'a {
    let prefix: Box<dyn PrefixLineRenderer<usize> + Send + Sync> = match characters {
        Characters::Unicode => Box::new(<BoxDrawing>::default()),
        Characters::Ascii => Box::new(Ascii),
    };
    let mut renderer =
        GraphTextRenderer::with_prefix_lines(prefix).configure(|options| options.min_row_height = 0);
    (0..).zip(&drawing.rows).map(move |(place, row)| {
        let text = form.map_or_else(|| row.entry.block(), |form| row.entry.line(form));
        let node = node(row, characters);
        let drawn = renderer.next_text(place, row.ancestors(), node, &text);
        match drawn.strip_prefix('\n') {
            Some(below) => separated(below, node, &text),
            None => drawn,
        }
    })
}

/// A revision below a line of its own that parts it from the one above. renderdag leaves that line empty; the lanes
/// that pass the revision pass there, too.
fn separated(drawn: &str, node: &str, text: &str) -> String {
    let first = |text: &str| text.lines().next().unwrap_or_default().to_owned();
    let line = first(drawn);
    let lanes = line.strip_suffix(&first(text)).unwrap_or_default();
    format!("{}\n{drawn}", lanes.replacen(node, " ", 1).trim_end())
}

/// The sign of a revision.
fn node(row: &Row<'_>, characters: Characters) -> &'static str {
    let merge = row.entry.revision.down_revisions.len() > 1;
    match (row.entry.current, merge, characters) {
        (true, _, _) => "@",
        (false, true, Characters::Unicode) => "◆",
        (false, true, Characters::Ascii) => "*",
        (false, false, Characters::Unicode) => "○",
        (false, false, Characters::Ascii) => "o",
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    fn log(drawing: &Drawing<'_>, characters: Characters) -> String {
        lines(drawing, characters, Some(Line::History)).collect()
    }

    #[test]
    fn every_shape() {
        insta::assert_snapshot!(sample::shapes(|drawing| log(drawing, Characters::Unicode)), @"
        # a line: a; b<a; c<b
        ○  b -> c (head), make c
        @  a -> b (current), make b
        ○  <base> -> a, make a

        # a branch: a; b<a; c<a
        ○  a -> c (head), make c
        │ @  a -> b (head) (current), make b
        ├─╯
        ○  <base> -> a (branchpoint), make a

        # a merge: a; b<a; c<a; d<b,c
        ◆    b, c -> d (head) (mergepoint), make d
        ├─╮
        │ ○  a -> c, make c
        @ │  a -> b (current), make b
        ├─╯
        ○  <base> -> a (branchpoint), make a

        # a criss-cross: a; b<a; c<a; d<b,c; e<b,c; f<d,e
        ◆    d, e -> f (head) (mergepoint), make f
        ├─╮
        │ ◆    b, c -> e (mergepoint), make e
        │ ├─╮
        ◆ │ │  b, c -> d (mergepoint), make d
        ╰─┬─╮
          │ ○  a -> c (branchpoint), make c
          @ │  a -> b (current) (branchpoint), make b
          ├─╯
          ○  <base> -> a (branchpoint), make a

        # two bases: a; b<a; x; y<x
        ○  x -> y (head), make y
        ○  <base> -> x, make x

        @  a -> b (head) (current), make b
        ○  <base> -> a, make a

        # a dependency: a; b<a; c<b; x |a; y<x |b
        ○    x (b) -> y (head), make y
        ├─╮
        │ ╷
        ○ ╷  <base> (a) -> x, make x
        ╷ ╷
        ╷ ╷ ○  b -> c (head), make c
        ╷ ╭─╯
        ╷ │
        ╷ @  a -> b (current), make b
        ╭─╯
        ○  <base> -> a, make a

        # labels: a; b<a @cart; c<a @shop; d<c |cart
        ○    c (cart) -> d (shop) (head), make d
        ├─╮
        │ ╷
        ○ ╷  a -> c (shop), make c
        │ ╷
        │ @  a -> b (cart) (effective head) (current), make b
        ├─╯
        ○  <base> -> a (branchpoint), make a

        # three ways: a; b<a; c<a; d<a; e<b,c,d; f<e; g<d |b
        ○    d (b) -> g (head), make g
        ├─╮
        │ ╷
        │ ╷ ○  e -> f (head), make f
        │ ╷ │
        │ ╷ ◆  b, c, d -> e (mergepoint), make e
        ╭─┬─┤
        ○ │ │  a -> d (branchpoint), make d
        │ │ ○  a -> c, make c
        ├───╯
        │ @  a -> b (current), make b
        ├─╯
        ○  <base> -> a (branchpoint), make a
        ");
    }

    #[test]
    fn every_shape_in_ascii() {
        insta::assert_snapshot!(sample::shapes(|drawing| log(drawing, Characters::Ascii)), @r"
        # a line: a; b<a; c<b
        o  b -> c (head), make c
        @  a -> b (current), make b
        o  <base> -> a, make a

        # a branch: a; b<a; c<a
        o  a -> c (head), make c
        | @  a -> b (head) (current), make b
        |/
        o  <base> -> a (branchpoint), make a

        # a merge: a; b<a; c<a; d<b,c
        *    b, c -> d (head) (mergepoint), make d
        |\
        | o  a -> c, make c
        @ |  a -> b (current), make b
        |/
        o  <base> -> a (branchpoint), make a

        # a criss-cross: a; b<a; c<a; d<b,c; e<b,c; f<d,e
        *    d, e -> f (head) (mergepoint), make f
        |\
        | *    b, c -> e (mergepoint), make e
        | |\
        * | |  b, c -> d (mergepoint), make d
        '-+-+
          | o  a -> c (branchpoint), make c
          @ |  a -> b (current) (branchpoint), make b
          |/
          o  <base> -> a (branchpoint), make a

        # two bases: a; b<a; x; y<x
        o  x -> y (head), make y
        o  <base> -> x, make x

        @  a -> b (head) (current), make b
        o  <base> -> a, make a

        # a dependency: a; b<a; c<b; x |a; y<x |b
        o    x (b) -> y (head), make y
        |\
        | .
        o .  <base> (a) -> x, make x
        . .
        . . o  b -> c (head), make c
        . ./
        . |
        . @  a -> b (current), make b
        ./
        o  <base> -> a, make a

        # labels: a; b<a @cart; c<a @shop; d<c |cart
        o    c (cart) -> d (shop) (head), make d
        |\
        | .
        o .  a -> c (shop), make c
        | .
        | @  a -> b (cart) (effective head) (current), make b
        |/
        o  <base> -> a (branchpoint), make a

        # three ways: a; b<a; c<a; d<a; e<b,c,d; f<e; g<d |b
        o    d (b) -> g (head), make g
        |\
        | .
        | . o  e -> f (head), make f
        | . |
        | . *  b, c, d -> e (mergepoint), make e
        +-+-+
        o | |  a -> d (branchpoint), make d
        | | o  a -> c, make c
        +---'
        | @  a -> b (current), make b
        |/
        o  <base> -> a (branchpoint), make a
        ");
    }

    #[test]
    fn what_a_range_leaves_out_is_a_line_that_ends() {
        let range = |range| {
            sample::with("a; b<a; c<a; d<b,c; e<d |x; x", range, &[], &[], |drawing| {
                log(drawing, Characters::Unicode)
            })
        };
        insta::assert_snapshot!(range("b:"), @"
        ○    d (x) -> e (head), make e
        ├─╮
        │ │
        │ ~
        │
        ◆    b, c -> d (mergepoint), make d
        ├─╮
        │ │
        │ ~
        │
        ○  a -> b, make b
        │
        ~
        ");
        insta::assert_snapshot!(range("d:"), @"
        ○    d (x) -> e (head), make e
        ├─╮
        │ │
        │ ~
        │
        ◆  b, c -> d (mergepoint), make d
        │
        ~
        ");
    }

    #[test]
    fn the_verbose_form_stands_beside_the_lines() {
        let log = sample::with("a; b<a; c<a; d<b,c", ":", &[], &[], |drawing| {
            lines(drawing, Characters::Unicode, None).collect::<String>()
        });
        insta::assert_snapshot!(log, @"
        ◆    Rev: d (head) (mergepoint)
        ├─╮  Merges: b, c
        │ │  Path: migrations/d.rs
        │ │
        │ │      make d
        │ │
        │ ○  Rev: c
        │ │  Parent: a
        │ │  Path: migrations/c.rs
        │ │
        │ │      make c
        │ │
        ○ │  Rev: b
        ├─╯  Parent: a
        │    Path: migrations/b.rs
        │
        │        make b
        │
        ○  Rev: a (branchpoint)
           Parent: <base>
           Branches into: b, c
           Path: migrations/a.rs

               make a
        ");
    }

    #[test]
    fn a_message_cannot_steer_the_terminal() {
        let log = sample::with("a", ":", &[("a", "\u{1b}[2J\u{9b}1m\rb")], &[], |drawing| {
            log(drawing, Characters::Unicode)
        });
        insta::assert_snapshot!(log, @r"○  <base> -> a (head), \u{1b}[2J\u{9b}1m\rb");
    }

    #[test]
    fn ten_thousand_revisions_with_branches_and_dependencies_are_drawn() {
        let mut graph = String::from("r00000;");
        for i in 1..10_000 {
            let below = if i % 10 == 0 { i - 10 } else { i - 1 };
            let needs = if i % 100 == 7 {
                format!("|r{:05}", i / 2)
            } else {
                String::new()
            };
            graph.extend([format!("r{i:05}<r{below:05}{needs};")]);
        }
        let log = sample::with(&graph, ":", &[], &[], |drawing| log(drawing, Characters::Unicode));
        assert_eq!(log.lines().filter(|line| line.contains(" -> r")).count(), 10_000);
    }

    #[test]
    fn a_lane_goes_on_through_the_line_that_parts_two_revisions() {
        let drawing = "a; b; c; d; e; f<c,d,e; g<a";
        let drawn = |characters| sample::with(drawing, ":", &[], &[], |drawing| log(drawing, characters));
        insta::assert_snapshot!(drawn(Characters::Unicode), @"
        ○  a -> g (head), make g
        │ ◆      c, d, e -> f (head) (mergepoint), make f
        │ ├─┬─╮
        │ │ │ ○  <base> -> e, make e
        │ │ ○  <base> -> d, make d
        │ ○  <base> -> c, make c
        │
        │ ○  <base> -> b (head), make b
        ○  <base> -> a, make a
        ");
        insta::assert_snapshot!(drawn(Characters::Ascii), @"
        o  a -> g (head), make g
        | *      c, d, e -> f (head) (mergepoint), make f
        | +-+-.
        | | | o  <base> -> e, make e
        | | o  <base> -> d, make d
        | o  <base> -> c, make c
        |
        | o  <base> -> b (head), make b
        o  <base> -> a, make a
        ");
    }
}
