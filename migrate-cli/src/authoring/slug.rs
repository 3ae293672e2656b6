//! A message as a part of a file's name, by Alembic's rule. What a file system thinks of it is not asked here.

/// The most characters of a slug when the project does not say.
pub(crate) const DEFAULT_SLUG_LENGTH: usize = 40;

/// The words of a message, in lower case and joined by `_`; a word is letters and digits of any script, and `_`.
///
/// A slug of more than `longest` characters is cut at the last `_` before that place, and ends in `_`: the reader
/// sees that something is missing.
pub(crate) fn slug(message: &str, longest: usize) -> String {
    let is_word = |character: char| character.is_alphanumeric() || character == '_';
    let words = message
        .split(|character| !is_word(character))
        .filter(|word| !word.is_empty());
    let slug = words.collect::<Vec<_>>().join("_").to_lowercase();
    let Some((end, _)) = slug.char_indices().nth(longest) else {
        return slug;
    };
    let kept = &slug[..end];
    let whole_words = kept.rsplit_once('_').map_or(kept, |(words, _)| words);
    format!("{whole_words}_")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_becomes_what_alembic_makes_of_it() {
        let messages = [
            "",
            "  -- !",
            "add users",
            "Add the `users` table: é things",
            "a/b\\c ../../../../etc/x; $(id)",
            "snake_case  and\ttabs\nlines",
            "This is a really long message with lots of words in it",
            "0123456789012345678901234567890123456789",
            "0123456789012345678901234567890123456789x",
            "012345678901234567890123456789012345678_x",
            "日本語の移行 ÄÖÜ",
        ];
        let lines = messages.map(|message| format!("{message:?} -> {}", slug(message, DEFAULT_SLUG_LENGTH)));
        insta::assert_snapshot!(lines.join("\n"), @r#"
        "" -> 
        "  -- !" -> 
        "add users" -> add_users
        "Add the `users` table: é things" -> add_the_users_table_é_things
        "a/b\\c ../../../../etc/x; $(id)" -> a_b_c_etc_x_id
        "snake_case  and\ttabs\nlines" -> snake_case_and_tabs_lines
        "This is a really long message with lots of words in it" -> this_is_a_really_long_message_with_lots_
        "0123456789012345678901234567890123456789" -> 0123456789012345678901234567890123456789
        "0123456789012345678901234567890123456789x" -> 0123456789012345678901234567890123456789_
        "012345678901234567890123456789012345678_x" -> 012345678901234567890123456789012345678_
        "日本語の移行 ÄÖÜ" -> 日本語の移行_äöü
        "#);
        assert_eq!(slug("add users", 5), "add_");
        assert_eq!(slug("ééééééé", 3), "ééé_");
    }
}
