//! Drawings made from a few words, for the tests of this folder.

use migrate_graph::{Heads, RevisionMap, SpecRange};

use super::Drawing;
use crate::catalogue::Page;
use crate::entry::Entry;

#[path = "../../../migrate-graph/src/drawn.rs"]
mod drawn;

/// Shapes that every form has to draw: a name and the revisions, as `drawn` reads them.
pub(crate) const SHAPES: [(&str, &str); 8] = [
    ("a line", "a; b<a; c<b"),
    ("a branch", "a; b<a; c<a"),
    ("a merge", "a; b<a; c<a; d<b,c"),
    ("a criss-cross", "a; b<a; c<a; d<b,c; e<b,c; f<d,e"),
    ("two bases", "a; b<a; x; y<x"),
    ("a dependency", "a; b<a; c<b; x |a; y<x |b"),
    ("labels", "a; b<a @cart; c<a @shop; d<c |cart"),
    ("three ways", "a; b<a; c<a; d<a; e<b,c,d; f<e; g<d |b"),
];

/// Gives a function the drawing of these revisions in the order of `history`, each with the message of its id, or
/// `say` and its id when there is none.
pub(crate) fn with<T>(
    drawing: &str,
    range: &str,
    messages: &[(&str, &str)],
    current: &[&str],
    then: impl FnOnce(&Drawing<'_>) -> T,
) -> T {
    let map = RevisionMap::new(drawn::drawn(drawing)).unwrap();
    let range = SpecRange::parse(range).unwrap();
    let history = map.history(&range, &Heads::default()).unwrap();
    let texts: Vec<(String, String)> = history
        .iter()
        .map(|revision| {
            let id = revision.id.as_str();
            let given = messages.iter().find(|(of, _)| *of == id);
            let message = given.map_or_else(|| format!("make {id}"), |(_, message)| (*message).to_owned());
            (message, format!("migrations/{id}.rs"))
        })
        .collect();
    let entries: Vec<_> = history
        .iter()
        .zip(&texts)
        .map(|(&revision, (message, path))| Entry {
            map: &map,
            revision,
            page: Page {
                message,
                doc: message,
                path,
            },
            current: current.contains(&revision.id.as_str()),
        })
        .collect();
    then(&Drawing::new(&entries))
}

/// All shapes in one form, the input of each above its drawing.
pub(crate) fn shapes(form: impl Fn(&Drawing<'_>) -> String) -> String {
    let shape = |(name, drawing): &(&str, &str)| {
        let drawn = with(drawing, ":", &[], &["b"], &form);
        format!("# {name}: {drawing}\n{drawn}\n")
    };
    SHAPES.iter().map(shape).collect()
}

/// What a message may hold that means something to one of the forms.
pub(crate) const HOSTILE: &str = "a\"b'c\\d]e[f{g}h|i;j%%k#l&amp;m`n<script>alert(1)</script>--><!--\u{1b}[31m\u{7}\u{202e}o\nnext\r\u{2028}<br>\\N $x$ é \u{ffff}";
