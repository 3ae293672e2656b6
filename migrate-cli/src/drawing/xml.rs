//! [`Xml`]: the one writer of XML and HTML. It quotes every text and every attribute's value.
//!
//! The names of elements and attributes are the program's own, and are not checked.

use std::fmt::Display;

use migrate_graph::visible::is_visible;

/// A document that is being written.
#[derive(Debug, Default)]
pub(crate) struct Xml {
    text: String,
    open: Vec<&'static str>,
}

/// The attributes of an element.
pub(crate) type Attributes<'a> = [(&'static str, &'a dyn Display)];

impl Xml {
    /// Begins an element, to be ended by [`close`](Self::close).
    pub(crate) fn open(&mut self, name: &'static str, attributes: &Attributes<'_>) -> &mut Self {
        self.tag(name, attributes);
        self.text.push('>');
        self.open.push(name);
        self
    }

    /// Ends the element that was begun last.
    pub(crate) fn close(&mut self) -> &mut Self {
        if let Some(name) = self.open.pop() {
            self.text.extend(["</", name, ">"]);
        }
        self
    }

    /// An element without content: in HTML, one that never has any.
    pub(crate) fn empty(&mut self, name: &'static str, attributes: &Attributes<'_>) -> &mut Self {
        self.tag(name, attributes);
        self.text.push_str("/>");
        self
    }

    /// An element that holds a text.
    pub(crate) fn element(
        &mut self,
        name: &'static str,
        attributes: &Attributes<'_>,
        text: &str,
    ) -> &mut Self {
        self.open(name, attributes).text(text).close()
    }

    /// Text.
    pub(crate) fn text(&mut self, text: &str) -> &mut Self {
        quote(&mut self.text, text);
        self
    }

    /// The end of a line, for whoever reads the source.
    pub(crate) fn line(&mut self) -> &mut Self {
        self.text.push('\n');
        self
    }

    /// A comment, in the program's own words.
    pub(crate) fn comment(&mut self, text: &'static str) -> &mut Self {
        self.text.extend(["<!-- ", text, " -->"]);
        self
    }

    /// What is written in the document's language already, by this program.
    pub(crate) fn raw(&mut self, text: &str) -> &mut Self {
        self.text.push_str(text);
        self
    }

    /// The document.
    pub(crate) fn finish(mut self) -> String {
        while !self.open.is_empty() {
            self.close();
        }
        self.text
    }

    fn tag(&mut self, name: &'static str, attributes: &Attributes<'_>) {
        self.text.extend(["<", name]);
        for (name, value) in attributes {
            self.text.extend([" ", name, "=\""]);
            quote(&mut self.text, &value.to_string());
            self.text.push('"');
        }
    }
}

/// Writes a text so that it is one again for whoever reads XML or HTML, between tags and in an attribute.
///
/// What XML cannot hold at all, and what would turn the text around it, is shown by its number.
fn quote(to: &mut String, text: &str) {
    for character in text.chars() {
        match character {
            '&' => to.push_str("&amp;"),
            '<' => to.push_str("&lt;"),
            '>' => to.push_str("&gt;"),
            '"' => to.push_str("&quot;"),
            '\'' => to.push_str("&#39;"),
            '\n' | '\t' => to.push(character),
            '\u{fffe}' | '\u{ffff}' => to.extend(character.escape_unicode()),
            _ if !is_visible(character) => to.extend(character.escape_default()),
            _ => to.push(character),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_stays_a_text() {
        let mut xml = Xml::default();
        xml.open("g", &[("id", &"\"/><script>"), ("x", &1.5)]);
        xml.element(
            "title",
            &[],
            "</title><!-- & ]]> 'é'\u{0}\u{1b}[1m\u{202e}\u{ffff}",
        );
        xml.empty("path", &[]);
        insta::assert_snapshot!(xml.finish(), @r#"<g id="&quot;/&gt;&lt;script&gt;" x="1.5"><title>&lt;/title&gt;&lt;!-- &amp; ]]&gt; &#39;é&#39;\u{0}\u{1b}[1m\u{202e}\u{ffff}</title><path/></g>"#);
    }
}
