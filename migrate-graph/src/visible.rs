//! Which characters a reader sees for what they are: those that hide, or that turn the direction of text, are
//! written as escapes. File names, messages and generated source all ask here.

use alloc::string::String;

/// Whether a character shows itself. A mark that combines with the letter before it does.
#[must_use]
pub fn is_visible(character: char) -> bool {
    if character.is_ascii() {
        return !character.is_ascii_control();
    }
    // What Unicode calls ignorable and Rust prints all the same: fillers, joiners, selectors of variants.
    let ignorable = matches!(
        character,
        '\u{34f}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}' | '\u{200c}'
            | '\u{3164}' | '\u{ffa0}' | '\u{e0000}'..='\u{e0fff}'
    );
    let mut text = [0; 4];
    let text = character.encode_utf8(&mut text);
    // The first character of a text is escaped also when it combines with the letter before it.
    let mut after_a_letter = String::from("a");
    after_a_letter.push_str(text);
    let printed = after_a_letter.escape_debug().count() == 2;
    printed && !ignorable
}

/// A text with what is not visible as its escape, `\u{202e}`: for a name that nobody vouches for.
#[must_use]
pub fn visible(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        if is_visible(character) {
            shown.push(character);
        } else {
            shown.extend(character.escape_default());
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_hides_is_escaped_and_what_shows_is_kept() {
        let kept = "/é e\u{301} 日本語 👍 ❤\u{fe0f} \"quotes\" 'and' \\.rs";
        assert_eq!(visible(kept), kept);
        assert_eq!(
            visible("a\n\u{202e}sr.\u{200b}\u{1b}[1m\0"),
            r"a\n\u{202e}sr.\u{200b}\u{1b}[1m\u{0}"
        );
    }
}
