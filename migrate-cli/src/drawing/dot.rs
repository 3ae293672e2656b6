//! A drawing in Graphviz' language.
//!
//! Newest on top, as in `history`; where a revision stands is Graphviz' own decision.

use migrate_graph::EdgeKind;

use super::{Drawing, SIGNATURE};
use migrate_graph::visible::is_visible;

/// The text of a graph.
pub(crate) fn digraph(drawing: &Drawing<'_>) -> String {
    let mut text = format!(
        "// {SIGNATURE}\ndigraph migrations {{\n    rankdir=BT;\n    node [shape=box, style=rounded, fontname=\"sans-serif\"];\n",
    );
    for row in &drawing.rows {
        let bold = if row.entry.current { ", penwidth=3" } else { "" };
        text.extend([
            "    ",
            &quoted(row.entry.id()),
            " [label=",
            &format!("\"{}\"", row.label("\\n", escaped)),
            bold,
            "];\n",
        ]);
    }
    for (from, link) in drawing.links() {
        let (from, to) = (drawing.rows[from].entry.id(), drawing.rows[link.to].entry.id());
        let style = match link.kind {
            EdgeKind::DownRevision => "",
            EdgeKind::Dependency => " [style=dotted]",
        };
        text.extend(["    ", &quoted(to), " -> ", &quoted(from), style, ";\n"]);
    }
    text + "}\n"
}

/// A text with its quotes.
fn quoted(text: &str) -> String {
    format!("\"{}\"", escaped(text))
}

/// A text inside quotes, where Graphviz reads escapes and HTML's entities.
fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for character in text.chars() {
        match character {
            '"' => escaped.push_str("\\\""),
            '\\' => escaped.push_str("\\\\"),
            '&' => escaped.push_str("&amp;"),
            '\n' => escaped.push_str("\\n"),
            _ if !is_visible(character) => escaped.push(' '),
            _ => escaped.push(character),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    #[test]
    fn every_shape() {
        insta::assert_snapshot!(sample::shapes(digraph), @r#"
        # a line: a; b<a; c<b
        // drawn by `migrate graph`
        digraph migrations {
            rankdir=BT;
            node [shape=box, style=rounded, fontname="sans-serif"];
            "c" [label="c (head)\nmake c"];
            "b" [label="b (current)\nmake b", penwidth=3];
            "a" [label="a\nmake a"];
            "b" -> "c";
            "a" -> "b";
        }

        # a branch: a; b<a; c<a
        // drawn by `migrate graph`
        digraph migrations {
            rankdir=BT;
            node [shape=box, style=rounded, fontname="sans-serif"];
            "c" [label="c (head)\nmake c"];
            "b" [label="b (head) (current)\nmake b", penwidth=3];
            "a" [label="a\nmake a"];
            "a" -> "c";
            "a" -> "b";
        }

        # a merge: a; b<a; c<a; d<b,c
        // drawn by `migrate graph`
        digraph migrations {
            rankdir=BT;
            node [shape=box, style=rounded, fontname="sans-serif"];
            "d" [label="d (head)\nmake d"];
            "c" [label="c\nmake c"];
            "b" [label="b (current)\nmake b", penwidth=3];
            "a" [label="a\nmake a"];
            "b" -> "d";
            "c" -> "d";
            "a" -> "c";
            "a" -> "b";
        }

        # a criss-cross: a; b<a; c<a; d<b,c; e<b,c; f<d,e
        // drawn by `migrate graph`
        digraph migrations {
            rankdir=BT;
            node [shape=box, style=rounded, fontname="sans-serif"];
            "f" [label="f (head)\nmake f"];
            "e" [label="e\nmake e"];
            "d" [label="d\nmake d"];
            "c" [label="c\nmake c"];
            "b" [label="b (current)\nmake b", penwidth=3];
            "a" [label="a\nmake a"];
            "d" -> "f";
            "e" -> "f";
            "b" -> "e";
            "c" -> "e";
            "b" -> "d";
            "c" -> "d";
            "a" -> "c";
            "a" -> "b";
        }

        # two bases: a; b<a; x; y<x
        // drawn by `migrate graph`
        digraph migrations {
            rankdir=BT;
            node [shape=box, style=rounded, fontname="sans-serif"];
            "y" [label="y (head)\nmake y"];
            "x" [label="x\nmake x"];
            "b" [label="b (head) (current)\nmake b", penwidth=3];
            "a" [label="a\nmake a"];
            "x" -> "y";
            "a" -> "b";
        }

        # a dependency: a; b<a; c<b; x |a; y<x |b
        // drawn by `migrate graph`
        digraph migrations {
            rankdir=BT;
            node [shape=box, style=rounded, fontname="sans-serif"];
            "y" [label="y (head)\nmake y"];
            "x" [label="x\nmake x"];
            "c" [label="c (head)\nmake c"];
            "b" [label="b (current)\nmake b", penwidth=3];
            "a" [label="a\nmake a"];
            "x" -> "y";
            "b" -> "y" [style=dotted];
            "a" -> "x" [style=dotted];
            "b" -> "c";
            "a" -> "b";
        }

        # labels: a; b<a @cart; c<a @shop; d<c |cart
        // drawn by `migrate graph`
        digraph migrations {
            rankdir=BT;
            node [shape=box, style=rounded, fontname="sans-serif"];
            "d" [label="d (shop) (head)\nmake d"];
            "c" [label="c (shop)\nmake c"];
            "b" [label="b (cart) (effective head) (current)\nmake b", penwidth=3];
            "a" [label="a\nmake a"];
            "c" -> "d";
            "b" -> "d" [style=dotted];
            "a" -> "c";
            "a" -> "b";
        }

        # three ways: a; b<a; c<a; d<a; e<b,c,d; f<e; g<d |b
        // drawn by `migrate graph`
        digraph migrations {
            rankdir=BT;
            node [shape=box, style=rounded, fontname="sans-serif"];
            "g" [label="g (head)\nmake g"];
            "f" [label="f (head)\nmake f"];
            "e" [label="e\nmake e"];
            "d" [label="d\nmake d"];
            "c" [label="c\nmake c"];
            "b" [label="b (current)\nmake b", penwidth=3];
            "a" [label="a\nmake a"];
            "d" -> "g";
            "b" -> "g" [style=dotted];
            "e" -> "f";
            "b" -> "e";
            "c" -> "e";
            "d" -> "e";
            "a" -> "d";
            "a" -> "c";
            "a" -> "b";
        }
        "#);
    }

    #[test]
    fn a_message_stays_in_its_label() {
        let text = sample::with("a", ":", &[("a", sample::HOSTILE)], &[], digraph);
        insta::assert_snapshot!(text, @r#"
        // drawn by `migrate graph`
        digraph migrations {
            rankdir=BT;
            node [shape=box, style=rounded, fontname="sans-serif"];
            "a" [label="a (head)\na\"b'c\\d]e[f{g}h|i;j%%k#l&amp;amp;m`n<script>alert(1)</script>--><!-- [31m  o\nnext  <br>\\N $x$ é  "];
        }
        "#);
    }
}
