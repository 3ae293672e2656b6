//! What files, databases and people say, as it is printed: on a terminal that it does not steer, or on one line of a
//! page, a list, a generated file.

use std::fmt;

use migrate_graph::visible::{is_visible, visible};

/// A text of lines for a terminal: of what is not visible only line ends and tabs are kept.
pub(crate) fn printable(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        if is_visible(character) || matches!(character, '\n' | '\t') {
            shown.push(character);
        } else {
            shown.extend(character.escape_default());
        }
    }
    shown
}

/// A text on one line: runs of white space become one blank, what is not visible its escape, `\u{202e}`.
pub(crate) fn one_line(text: &str) -> String {
    let words = text.split_whitespace().map(visible);
    words.collect::<Vec<_>>().join(" ")
}

/// Names in backticks, with commas between them.
pub(crate) fn listed(names: impl IntoIterator<Item = impl fmt::Display>) -> String {
    let names = names.into_iter().map(|name| format!("`{name}`"));
    names.collect::<Vec<_>>().join(", ")
}

#[cfg(all(test, feature = "authoring"))]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_shown_on_one_line_with_nothing_hidden() {
        let texts = [
            "",
            " \n\t ",
            "add  users\r\nand\torders\u{2028}too\u{a0}",
            "\"quotes\" 'and' \\ \"\"\" */ // {} {{ }} {% %}",
            "\u{202e}nimda\u{2066} z\u{200b}w\u{200c}n\u{200d}j \u{2060}\u{61c} \u{feff}bom \u{e0041}tag \u{3164}filler",
            "bell \u{7} escape \u{1b}[31m nul \0 c1 \u{9b}",
            "é e\u{301} 日本語 👍 ❤\u{fe0f}",
        ];
        let lines = texts.map(|text| format!("{text:?}\n  {}", one_line(text)));
        insta::assert_snapshot!(lines.join("\n"), @r#"
        ""
          
        " \n\t "
          
        "add  users\r\nand\torders\u{2028}too\u{a0}"
          add users and orders too
        "\"quotes\" 'and' \\ \"\"\" */ // {} {{ }} {% %}"
          "quotes" 'and' \ """ */ // {} {{ }} {% %}
        "\u{202e}nimda\u{2066} z\u{200b}w\u{200c}n\u{200d}j \u{2060}\u{61c} \u{feff}bom \u{e0041}tag ㅤfiller"
          \u{202e}nimda\u{2066} z\u{200b}w\u{200c}n\u{200d}j \u{2060}\u{61c} \u{feff}bom \u{e0041}tag \u{3164}filler
        "bell \u{7} escape \u{1b}[31m nul \0 c1 \u{9b}"
          bell \u{7} escape \u{1b}[31m nul \u{0} c1 \u{9b}
        "é e\u{301} 日本語 👍 ❤\u{fe0f}"
          é é 日本語 👍 ❤️
        "#);
    }
}
