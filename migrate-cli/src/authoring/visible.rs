//! Which characters a reader sees for what they are: those that hide, or that turn the direction of text, are
//! written as escapes. Terminals, file names and generated source all ask here.

/// Whether a character shows itself. A mark that combines with the letter before it does.
pub(crate) fn is_visible(character: char) -> bool {
    // What Unicode calls ignorable and Rust prints all the same: fillers, joiners, selectors of variants.
    let ignorable = matches!(
        character,
        '\u{34f}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}' | '\u{200c}'
            | '\u{3164}' | '\u{ffa0}' | '\u{e0000}'..='\u{e0fff}'
    );
    let mut text = [0; 4];
    let text = character.encode_utf8(&mut text);
    // Quotes and backslashes are escaped too, for another reason; the first of a text also when it combines.
    let printed = matches!(character, '"' | '\'' | '\\') || {
        let mut after_a_letter = String::from("a");
        after_a_letter.push_str(text);
        after_a_letter.escape_debug().count() == 2
    };
    printed && !ignorable
}

/// A text in which what is not visible is its escape, `\u{202e}`.
pub(crate) fn escaped(text: &str) -> String {
    let shown = text.chars().map(|character| {
        if is_visible(character) {
            character.to_string()
        } else {
            character.escape_default().to_string()
        }
    });
    shown.collect()
}

/// The same on one line: runs of white space become one blank.
pub(crate) fn one_line(text: &str) -> String {
    let words: Vec<String> = text.split_whitespace().map(escaped).collect();
    words.join(" ")
}

#[cfg(test)]
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
