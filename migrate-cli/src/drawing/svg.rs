//! The picture: a row for each revision with its id, marks and message, and the links in lanes to the left.
//!
//! It has light and dark colours and lets whoever shows it choose. Letters are not measured: ids and marks are
//! in a font whose letters are all as wide as each other, and told so; a message stands last.

use std::fmt;

use migrate_graph::EdgeKind;

use super::lanes::{Lanes, Stroke, Way};
use super::xml::Xml;
use super::{Drawing, Mark, Row, SIGNATURE};
use crate::entry::Line;

/// The picture's colours and fonts.
pub(crate) const STYLE: &str = include_str!("../../templates/graph/picture.css");

/// From one row to the next.
const ROW: usize = 28;
/// From one lane to the next.
const LANE: usize = 16;
/// Around everything.
const MARGIN: usize = 16;
/// Between the lanes and the text, and between two texts.
const GAP: usize = 10;
/// A letter of an id, in tenths.
const ID_LETTER: usize = 78;
/// A letter of a mark, in tenths.
const MARK_LETTER: usize = 66;
/// A message's letter in a wide font, in tenths: one of the narrow ones, and any other.
const LETTER: usize = 83;
const WIDE_LETTER: usize = 130;
/// A mark around its letters, to each side.
const PADDING: usize = 7;
/// With more lanes than these, each row's text stands beside its own lanes.
const ALIGNED: usize = 12;
/// Longer messages are cut; their row's title has all of them.
const LONGEST: usize = 120;
/// How many colours the lanes take turns in.
const COLOURS: usize = 8;

/// The picture as a file of its own.
pub(crate) fn picture(drawing: &Drawing<'_>) -> String {
    let mut xml = Xml::default();
    xml.comment(SIGNATURE).line();
    draw(drawing, &mut xml);
    xml.line();
    xml.finish()
}

/// Writes the picture's element.
pub(crate) fn draw(drawing: &Drawing<'_>, xml: &mut Xml) {
    let lanes = Lanes::of(drawing);
    let widest = lanes.widths.iter().copied().max().unwrap_or_default();
    let texts: Vec<Text<'_>> = drawing
        .rows
        .iter()
        .zip(&lanes.widths)
        .map(|(row, &own)| Text::new(row, if widest <= ALIGNED { widest } else { own }))
        .collect();
    let width = texts.iter().map(|text| text.end).max().unwrap_or_default() + MARGIN;
    let height = 2 * MARGIN + ROW * drawing.rows.len();
    let heads = drawing
        .rows
        .iter()
        .filter(|row| row.entry.map.is_head(row.entry.id()))
        .count();
    xml.open(
        "svg",
        &[
            ("xmlns", &"http://www.w3.org/2000/svg"),
            ("class", &"graph"),
            ("role", &"img"),
            ("aria-labelledby", &"graph-title"),
            ("width", &width),
            ("height", &height),
            ("viewBox", &format_args!("0 0 {width} {height}")),
        ],
    );
    let title = format!(
        "Migrations, newest first; revisions: {}, heads: {heads}",
        drawing.rows.len()
    );
    xml.line().element("title", &[("id", &"graph-title")], &title);
    xml.line().open("style", &[]).raw(STYLE).close();
    xml.line().empty(
        "rect",
        &[("class", &"paper"), ("width", &"100%"), ("height", &"100%")],
    );
    xml.line().open("g", &[("class", &"links")]).line();
    for stroke in &lanes.strokes {
        let class = Class("link", stroke.lane % COLOURS, stroke.kind == EdgeKind::Dependency);
        xml.empty("path", &[("class", &class), ("d", &Path(*stroke))])
            .line();
    }
    xml.close().line().open("g", &[("class", &"rows")]).line();
    for (place, ((row, text), &lane)) in drawing.rows.iter().zip(&texts).zip(&lanes.nodes).enumerate() {
        draw_row(xml, place, lane, row, text, width);
    }
    xml.close().line().close();
}

fn draw_row(xml: &mut Xml, place: usize, lane: usize, row: &Row<'_>, text: &Text<'_>, width: usize) {
    let (x, y) = (x(lane), y(place));
    let entry = row.entry;
    xml.open(
        "g",
        &[("class", &"row"), ("id", &format_args!("r-{}", entry.id()))],
    );
    xml.element("title", &[], entry.line(Line::History).trim_end());
    let top = y - ROW / 2;
    xml.empty(
        "rect",
        &[
            ("class", &"ground"),
            ("y", &top),
            ("width", &width),
            ("height", &ROW),
        ],
    );
    if entry.current {
        xml.empty(
            "circle",
            &[
                ("class", &Class("ring", lane % COLOURS, false)),
                ("cx", &x),
                ("cy", &y),
                ("r", &8),
            ],
        );
    }
    let merge = entry.revision.down_revisions.len() > 1;
    let class = Class(if merge { "merge" } else { "node" }, lane % COLOURS, false);
    xml.empty(
        "circle",
        &[
            ("class", &class),
            ("cx", &x),
            ("cy", &y),
            ("r", &(if merge { 4 } else { 5 })),
        ],
    );
    let base = y + 4;
    xml.element(
        "text",
        &[
            ("class", &"id"),
            ("x", &text.start),
            ("y", &base),
            ("textLength", &letters(entry.id(), ID_LETTER)),
        ],
        entry.id(),
    );
    for (mark, start) in &text.marks {
        let name = mark.to_string();
        let long = letters(&name, MARK_LETTER);
        xml.open("g", &[("class", &mark_class(*mark))]);
        let box_width = long + 2 * PADDING;
        xml.empty(
            "rect",
            &[
                ("x", start),
                ("y", &(y - 9)),
                ("width", &box_width),
                ("height", &18),
                ("rx", &9),
            ],
        );
        xml.element(
            "text",
            &[("x", &(start + PADDING)), ("y", &base), ("textLength", &long)],
            &name,
        );
        xml.close();
    }
    xml.element(
        "text",
        &[("class", &"message"), ("x", &text.message), ("y", &base)],
        &cut(entry.page.message),
    );
    xml.close().line();
}

/// Where the texts of a row begin.
struct Text<'a> {
    start: usize,
    marks: Vec<(Mark<'a>, usize)>,
    message: usize,
    end: usize,
}

impl<'a> Text<'a> {
    fn new(row: &'a Row<'_>, lanes: usize) -> Self {
        let start = MARGIN + LANE * lanes + GAP;
        let mut at = start + letters(row.entry.id(), ID_LETTER) + GAP;
        let mut marks = Vec::new();
        for mark in row.marks() {
            marks.push((mark, at));
            at += letters(&mark.to_string(), MARK_LETTER) + 2 * PADDING + GAP / 2;
        }
        if !marks.is_empty() {
            at += GAP / 2;
        }
        Self {
            start,
            marks,
            message: at,
            end: at + longest(&cut(row.entry.page.message)),
        }
    }
}

/// How wide an id or a mark is, of whose letters none is wider than the others.
fn letters(text: &str, tenths: usize) -> usize {
    (text.len() * tenths).div_ceil(10)
}

/// How wide a message is at most, in whatever font it is shown.
fn longest(message: &str) -> usize {
    let width = |letter: char| match letter {
        'm' | 'w' => WIDE_LETTER,
        'a'..='z' | '0'..='9' | ' ' | '.' | ',' | ':' | '-' | '_' | '/' | '(' | ')' | '\'' | '"' => LETTER,
        _ => WIDE_LETTER,
    };
    message.chars().map(width).sum::<usize>().div_ceil(10)
}

/// One line that is not too long.
fn cut(message: &str) -> String {
    let line = message.lines().next().unwrap_or_default();
    match line.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line.to_owned(),
    }
}

const fn x(lane: usize) -> usize {
    MARGIN + LANE * lane + LANE / 2
}

const fn y(row: usize) -> usize {
    MARGIN + ROW * row + ROW / 2
}

fn mark_class(mark: Mark<'_>) -> &'static str {
    match mark {
        Mark::Label(_) => "mark label",
        Mark::Head | Mark::EffectiveHead => "mark head",
        Mark::Current => "mark current",
    }
}

/// A class, its colour, and whether it is that of a dependency.
struct Class(&'static str, usize, bool);

impl fmt::Display for Class {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let dependency = if self.2 { " needs" } else { "" };
        write!(f, "{} c{}{dependency}", self.0, self.1)
    }
}

/// A stroke's path.
struct Path(Stroke);

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (lane, row) = self.0.from;
        let (start, top) = (x(lane), y(row));
        write!(f, "M{start} {top}")?;
        match self.0.way {
            Way::Down(to) => write!(f, "V{}", y(to)),
            Way::Across(to) => {
                let (middle, end, bottom) = (top + ROW / 2, x(to), top + ROW);
                write!(f, "C{start} {middle} {end} {middle} {end} {bottom}")
            }
            Way::Out(to) => {
                let (middle, end, bottom) = (top + ROW / 3, x(to), top + 2 * ROW / 3);
                write!(f, "C{start} {middle} {end} {middle} {end} {bottom}")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    /// The picture without its style.
    fn drawn(drawing: &Drawing<'_>) -> String {
        picture(drawing).replace(STYLE, "..")
    }

    #[test]
    fn a_merge_with_a_dependency_a_label_and_the_current_revision() {
        let picture = sample::with("a; b<a @cart; c<a; d<b,c; x |c", ":", &[], &["c"], drawn);
        insta::assert_snapshot!(picture, @r#"
        <!-- drawn by `migrate graph` -->
        <svg xmlns="http://www.w3.org/2000/svg" class="graph" role="img" aria-labelledby="graph-title" width="244" height="172" viewBox="0 0 244 172">
        <title id="graph-title">Migrations, newest first; revisions: 5, heads: 2</title>
        <style>..</style>
        <rect class="paper" width="100%" height="100%"/>
        <g class="links">
        <path class="link c1" d="M40 58C40 72 24 72 24 86"/>
        <path class="link c0 needs" d="M24 30V86"/>
        <path class="link c1" d="M40 58V114"/>
        <path class="link c1" d="M40 114C40 128 24 128 24 142"/>
        <path class="link c0" d="M24 86V142"/>
        </g>
        <g class="rows">
        <g class="row" id="r-x"><title>&lt;base&gt; (c) -&gt; x (head), make x</title><rect class="ground" y="16" width="244" height="28"/><circle class="node c0" cx="24" cy="30" r="5"/><text class="id" x="58" y="34" textLength="8">x</text><g class="mark head"><rect x="76" y="21" width="41" height="18" rx="9"/><text x="83" y="34" textLength="27">head</text></g><text class="message" x="127" y="34">make x</text></g>
        <g class="row" id="r-d"><title>b, c -&gt; d (cart) (head) (mergepoint), make d</title><rect class="ground" y="44" width="244" height="28"/><circle class="merge c1" cx="40" cy="58" r="4"/><text class="id" x="58" y="62" textLength="8">d</text><g class="mark label"><rect x="76" y="49" width="41" height="18" rx="9"/><text x="83" y="62" textLength="27">cart</text></g><g class="mark head"><rect x="122" y="49" width="41" height="18" rx="9"/><text x="129" y="62" textLength="27">head</text></g><text class="message" x="173" y="62">make d</text></g>
        <g class="row" id="r-c"><title>a -&gt; c (current), make c</title><rect class="ground" y="72" width="244" height="28"/><circle class="ring c0" cx="24" cy="86" r="8"/><circle class="node c0" cx="24" cy="86" r="5"/><text class="id" x="58" y="90" textLength="8">c</text><g class="mark current"><rect x="76" y="77" width="61" height="18" rx="9"/><text x="83" y="90" textLength="47">current</text></g><text class="message" x="147" y="90">make c</text></g>
        <g class="row" id="r-b"><title>a -&gt; b (cart), make b</title><rect class="ground" y="100" width="244" height="28"/><circle class="node c1" cx="40" cy="114" r="5"/><text class="id" x="58" y="118" textLength="8">b</text><g class="mark label"><rect x="76" y="105" width="41" height="18" rx="9"/><text x="83" y="118" textLength="27">cart</text></g><text class="message" x="127" y="118">make b</text></g>
        <g class="row" id="r-a"><title>&lt;base&gt; -&gt; a (branchpoint), make a</title><rect class="ground" y="128" width="244" height="28"/><circle class="node c0" cx="24" cy="142" r="5"/><text class="id" x="58" y="146" textLength="8">a</text><text class="message" x="76" y="146">make a</text></g>
        </g>
        </svg>
        "#);
    }

    #[test]
    fn what_a_range_leaves_out_is_a_line_that_ends() {
        let picture = sample::with("a; b<a", "b:", &[], &[], drawn);
        insta::assert_snapshot!(picture, @r#"
        <!-- drawn by `migrate graph` -->
        <svg xmlns="http://www.w3.org/2000/svg" class="graph" role="img" aria-labelledby="graph-title" width="182" height="60" viewBox="0 0 182 60">
        <title id="graph-title">Migrations, newest first; revisions: 1, heads: 1</title>
        <style>..</style>
        <rect class="paper" width="100%" height="100%"/>
        <g class="links">
        <path class="link c0" d="M24 30C24 39 24 39 24 48"/>
        </g>
        <g class="rows">
        <g class="row" id="r-b"><title>a -&gt; b (head), make b</title><rect class="ground" y="16" width="182" height="28"/><circle class="node c0" cx="24" cy="30" r="5"/><text class="id" x="42" y="34" textLength="8">b</text><g class="mark head"><rect x="60" y="21" width="41" height="18" rx="9"/><text x="67" y="34" textLength="27">head</text></g><text class="message" x="111" y="34">make b</text></g>
        </g>
        </svg>
        "#);
    }

    #[test]
    fn a_message_is_text_and_cut_when_it_is_long() {
        let long = format!("{}{}", sample::HOSTILE, "x".repeat(200));
        let picture = sample::with(
            "a; b",
            ":",
            &[("a", sample::HOSTILE), ("b", &long.replace('\n', " "))],
            &[],
            drawn,
        );
        let rows: Vec<_> = picture
            .lines()
            .filter(|line| line.contains("class=\"row\""))
            .collect();
        insta::assert_snapshot!(rows.join("\n"), @r#"
        <g class="row" id="r-b"><title>&lt;base&gt; -&gt; b (head), a&quot;b&#39;c\d]e[f{g}h|i;j%%k#l&amp;amp;m`n&lt;script&gt;alert(1)&lt;/script&gt;--&gt;&lt;!--\u{1b}[31m\u{7}\u{202e}o next\r\u{2028}&lt;br&gt;\N $x$ é \u{ffff}xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx</title><rect class="ground" y="16" width="1310" height="28"/><circle class="node c0" cx="24" cy="30" r="5"/><text class="id" x="42" y="34" textLength="8">b</text><g class="mark head"><rect x="60" y="21" width="41" height="18" rx="9"/><text x="67" y="34" textLength="27">head</text></g><text class="message" x="111" y="34">a&quot;b&#39;c\d]e[f{g}h|i;j%%k#l&amp;amp;m`n&lt;script&gt;alert(1)&lt;/script&gt;--&gt;&lt;!--\u{1b}[31m\u{7}\u{202e}o next\r\u{2028}&lt;br&gt;\N $x$ é \u{ffff}xxxxxxxxxxxxxxxxxxxxxxxxxxx…</text></g>
        <g class="row" id="r-a"><title>&lt;base&gt; -&gt; a (head), a&quot;b&#39;c\d]e[f{g}h|i;j%%k#l&amp;amp;m`n&lt;script&gt;alert(1)&lt;/script&gt;--&gt;&lt;!--\u{1b}[31m\u{7}\u{202e}o
        "#);
    }

    #[test]
    fn the_text_of_a_wide_graph_stands_beside_its_own_lanes() {
        let starts = |graph: &str| {
            let picture = sample::with(graph, ":", &[], &[], drawn);
            let ids = picture
                .lines()
                .filter_map(|line| line.split_once("class=\"id\" x=\"")?.1.split_once('"'));
            ids.map(|(x, _)| x.to_owned()).collect::<Vec<_>>()
        };
        let letters: Vec<_> = ('b'..='o').map(String::from).collect();
        let wide = starts(&format!("a;{}<a;z<{}", letters.join("<a;"), letters.join(",")));
        assert_eq!(
            (wide.first().unwrap().as_str(), wide.last().unwrap().as_str()),
            ("250", "58")
        );
        assert_eq!(starts("a; b<a; c<a; d<c"), ["58", "58", "58", "58"]);
    }
}
