//! A drawing as Mermaid, which GitHub and many editors show in Markdown.
//!
//! Newest on top, as in `history`; where a revision stands is Mermaid's own decision.

use migrate_graph::EdgeKind;

use super::{Drawing, SIGNATURE};
use migrate_graph::visible::is_visible;

/// The text of a flowchart.
pub(crate) fn flowchart(drawing: &Drawing<'_>) -> String {
    let mut text = format!("%% {SIGNATURE}\nflowchart BT\n");
    for (place, row) in drawing.rows.iter().enumerate() {
        let class = if row.entry.current { ":::current" } else { "" };
        text.extend([
            "    r",
            &place.to_string(),
            "[\"",
            &row.label("<br/>", quoted),
            "\"]",
            class,
            "\n",
        ]);
    }
    // Older rows first, so that of several children the first made stands first.
    let mut links: Vec<_> = drawing.links().collect();
    links.reverse();
    for (from, link) in links {
        let arrow = match link.kind {
            EdgeKind::DownRevision => "-->",
            EdgeKind::Dependency => "-.->",
        };
        text.extend([
            "    r",
            &link.to.to_string(),
            " ",
            arrow,
            " r",
            &from.to_string(),
            "\n",
        ]);
    }
    text + "    classDef current stroke-width:4px\n"
}

/// A text inside Mermaid's quotes. Everything but letters, digits and spaces is written by its number: Mermaid
/// looks for HTML, Markdown, its own comments and its own numbers there.
fn quoted(text: &str) -> String {
    text.chars().fold(String::new(), |mut quoted, character| {
        if character.is_alphanumeric() || character == ' ' || character == '_' || character == ',' {
            quoted.push(character);
        } else if !is_visible(character) {
            quoted.push(' ');
        } else {
            quoted.extend(["#", &u32::from(character).to_string(), ";"]);
        }
        quoted
    })
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    #[test]
    fn every_shape() {
        insta::assert_snapshot!(sample::shapes(flowchart), @r#"
        # a line: a; b<a; c<b
        %% drawn by `migrate graph`
        flowchart BT
            r0["c (head)<br/>make c"]
            r1["b (current)<br/>make b"]:::current
            r2["a<br/>make a"]
            r2 --> r1
            r1 --> r0
            classDef current stroke-width:4px

        # a branch: a; b<a; c<a
        %% drawn by `migrate graph`
        flowchart BT
            r0["c (head)<br/>make c"]
            r1["b (head) (current)<br/>make b"]:::current
            r2["a<br/>make a"]
            r2 --> r1
            r2 --> r0
            classDef current stroke-width:4px

        # a merge: a; b<a; c<a; d<b,c
        %% drawn by `migrate graph`
        flowchart BT
            r0["d (head)<br/>make d"]
            r1["c<br/>make c"]
            r2["b (current)<br/>make b"]:::current
            r3["a<br/>make a"]
            r3 --> r2
            r3 --> r1
            r1 --> r0
            r2 --> r0
            classDef current stroke-width:4px

        # a criss-cross: a; b<a; c<a; d<b,c; e<b,c; f<d,e
        %% drawn by `migrate graph`
        flowchart BT
            r0["f (head)<br/>make f"]
            r1["e<br/>make e"]
            r2["d<br/>make d"]
            r3["c<br/>make c"]
            r4["b (current)<br/>make b"]:::current
            r5["a<br/>make a"]
            r5 --> r4
            r5 --> r3
            r3 --> r2
            r4 --> r2
            r3 --> r1
            r4 --> r1
            r1 --> r0
            r2 --> r0
            classDef current stroke-width:4px

        # two bases: a; b<a; x; y<x
        %% drawn by `migrate graph`
        flowchart BT
            r0["y (head)<br/>make y"]
            r1["x<br/>make x"]
            r2["b (head) (current)<br/>make b"]:::current
            r3["a<br/>make a"]
            r3 --> r2
            r1 --> r0
            classDef current stroke-width:4px

        # a dependency: a; b<a; c<b; x |a; y<x |b
        %% drawn by `migrate graph`
        flowchart BT
            r0["y (head)<br/>make y"]
            r1["x<br/>make x"]
            r2["c (head)<br/>make c"]
            r3["b (current)<br/>make b"]:::current
            r4["a<br/>make a"]
            r4 --> r3
            r3 --> r2
            r4 -.-> r1
            r3 -.-> r0
            r1 --> r0
            classDef current stroke-width:4px

        # labels: a; b<a @cart; c<a @shop; d<c |cart
        %% drawn by `migrate graph`
        flowchart BT
            r0["d (shop) (head)<br/>make d"]
            r1["c (shop)<br/>make c"]
            r2["b (cart) (effective head) (current)<br/>make b"]:::current
            r3["a<br/>make a"]
            r3 --> r2
            r3 --> r1
            r2 -.-> r0
            r1 --> r0
            classDef current stroke-width:4px

        # three ways: a; b<a; c<a; d<a; e<b,c,d; f<e; g<d |b
        %% drawn by `migrate graph`
        flowchart BT
            r0["g (head)<br/>make g"]
            r1["f (head)<br/>make f"]
            r2["e<br/>make e"]
            r3["d<br/>make d"]
            r4["c<br/>make c"]
            r5["b (current)<br/>make b"]:::current
            r6["a<br/>make a"]
            r6 --> r5
            r6 --> r4
            r6 --> r3
            r3 --> r2
            r4 --> r2
            r5 --> r2
            r2 --> r1
            r5 -.-> r0
            r3 --> r0
            classDef current stroke-width:4px
        "#);
    }

    #[test]
    fn a_message_stays_in_its_label() {
        let text = sample::with("a", ":", &[("a", sample::HOSTILE)], &[], flowchart);
        insta::assert_snapshot!(text, @r#"
        %% drawn by `migrate graph`
        flowchart BT
            r0["a (head)<br/>a#34;b#39;c#92;d#93;e#91;f#123;g#125;h#124;i#59;j#37;#37;k#35;l#38;amp#59;m#96;n#60;script#62;alert#40;1#41;#60;#47;script#62;#45;#45;#62;#60;#33;#45;#45; #91;31m  o next  #60;br#62;#92;N #36;x#36; é  "]
            classDef current stroke-width:4px
        "#);
    }
}
