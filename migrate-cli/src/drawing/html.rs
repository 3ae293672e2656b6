//! The page: the picture, with a search and each revision's details, in one file that asks no network for anything.
//!
//! Its own style and script are named by their hashes, and nothing else may run: what a message holds is text, even
//! if it got past the quoting.

use std::fmt::{self, Display};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

use super::xml::Xml;
use super::{Drawing, SIGNATURE, json, svg};
use crate::json::Asked;

const STYLE: &str = include_str!("../../templates/graph/page.css");
const SCRIPT: &str = include_str!("../../templates/graph/page.js");

/// The page's text.
pub(crate) fn page(drawing: &Drawing<'_>, asked: Asked) -> String {
    let policy = format!(
        "default-src 'none'; style-src {} {}; script-src {}; base-uri 'none'; form-action 'none'",
        Hash(STYLE),
        Hash(svg::STYLE),
        Hash(SCRIPT)
    );
    let mut xml = Xml::default();
    xml.raw("<!DOCTYPE html>\n").comment(SIGNATURE).line();
    xml.open("html", &[("lang", &"en")]).line();
    xml.open("head", &[]).line();
    xml.empty("meta", &[("charset", &"utf-8")]).line();
    meta(&mut xml, "http-equiv", "Content-Security-Policy", &policy);
    meta(
        &mut xml,
        "name",
        "viewport",
        &"width=device-width, initial-scale=1",
    );
    meta(&mut xml, "name", "color-scheme", &"light dark");
    xml.element("title", &[], "Migrations").line();
    xml.open("style", &[]).raw(STYLE).close().line();
    xml.close().line().open("body", &[]).line();
    header(&mut xml);
    xml.open("main", &[]).line();
    // A picture that is wider or higher than the window scrolls here, and the keyboard can reach it.
    xml.open(
        "div",
        &[
            ("id", &"picture"),
            ("tabindex", &0),
            ("aria-label", &"Revisions, newest first"),
        ],
    );
    xml.line();
    svg::draw(drawing, &mut xml);
    xml.close().line();
    xml.open("aside", &[("id", &"details"), ("aria-live", &"polite")]);
    xml.element(
        "p",
        &[("class", &"hint")],
        "Choose a revision to see all that is known of it.",
    )
    .close()
    .line();
    xml.close().line();
    let data = in_script(&json::page(drawing, asked));
    xml.open("script", &[("type", &"application/json"), ("id", &"data")])
        .raw(&data)
        .close()
        .line();
    xml.open("script", &[]).raw(SCRIPT).close().line();
    xml.close().line().close().line();
    xml.finish()
}

fn meta(xml: &mut Xml, kind: &'static str, name: &str, content: &dyn Display) {
    xml.empty("meta", &[(kind, &name), ("content", content)]).line();
}

fn header(xml: &mut Xml) {
    xml.open("header", &[]).line().element("h1", &[], "Migrations");
    xml.empty(
        "input",
        &[
            ("id", &"search"),
            ("type", &"search"),
            ("placeholder", &"Search: id, message, label, path"),
            ("aria-label", &"Search the revisions"),
            ("aria-controls", &"picture"),
            ("autocomplete", &"off"),
            ("spellcheck", &"false"),
        ],
    );
    xml.element("output", &[("id", &"count"), ("for", &"search")], "");
    xml.element(
        "p",
        &[("class", &"keys")],
        "/ search · Enter next · ↑ ↓ move · Esc clear",
    )
    .line();
    xml.close().line();
}

/// JSON as a script's text: it holds nothing that could end the script, or begin a comment in it.
fn in_script(json: &str) -> String {
    json.replace('<', "\\u003c")
        .replace('>', "\\u003e")
        .replace('&', "\\u0026")
}

/// An element's text as a policy names it.
struct Hash(&'static str);

impl Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "'sha256-{}'", STANDARD.encode(Sha256::digest(self.0)))
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    fn hostile() -> String {
        sample::with(
            "a; b<a @cart",
            ":",
            &[("a", sample::HOSTILE)],
            &["b"],
            |drawing| page(drawing, Asked::Yes),
        )
    }

    #[test]
    fn a_message_cannot_become_an_element_or_end_the_data() {
        let page = hostile();
        assert!(page.contains("alert(1)"), "the message is there");
        let elements = |name: &str| page.matches(name).count();
        assert_eq!((elements("<script"), elements("</script")), (2, 2));
        assert_eq!(elements("<!--"), 1);
    }

    #[test]
    fn the_data_is_what_the_message_was() {
        let page = hostile();
        let (_, rest) = page.split_once("id=\"data\">").unwrap();
        let (data, _) = rest.split_once("</script>").unwrap();
        let data: serde_json::Value = serde_json::from_str(data).unwrap();
        assert_eq!(data["revisions"][1]["message"], sample::HOSTILE);
    }

    #[test]
    fn nothing_is_asked_of_a_network() {
        let page = hostile();
        for way in [
            "src=",
            "href=",
            "url(",
            "@import",
            "fetch(",
            "import(",
            "XMLHttpRequest",
            "<link",
        ] {
            assert!(!page.contains(way), "{way}");
        }
    }
}
