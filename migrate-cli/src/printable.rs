//! [`printable()`]: what a file, a database or its server says, on a terminal that it does not steer.

/// A text without the characters that steer a terminal: what a database holds, or its server says, may have them.
pub(crate) fn printable(text: &str) -> String {
    let shown = |character: char| match character {
        '\n' | '\t' => character.to_string(),
        _ if steers(character) => character.escape_default().to_string(),
        _ => character.to_string(),
    };
    text.chars().map(shown).collect()
}

/// Whether a character is none that is read, but one that steers a terminal, ends a line, or turns the text after it
/// around.
pub(crate) fn steers(character: char) -> bool {
    let turns =
        matches!(character, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    turns || character.is_control() || matches!(character, '\u{2028}' | '\u{2029}')
}
