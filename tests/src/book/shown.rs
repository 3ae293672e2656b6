//! Whether what a command says is what a page shows.

use std::sync::LazyLock;

use regex::Regex;

/// What differs from run to run, and what stands in its place on both sides.
static VARIES: LazyLock<Vec<(Regex, &str)>> = LazyLock::new(|| {
    let rules = [
        (r"\b\d{8}_\d{4}_", "DATE_"),
        (r"\b\d{4}-\d\d-\d\d \d\d:\d\d:\d\d( UTC)?", "TIME"),
        (
            r"(^|[^0-9A-Za-z])[0-9a-f]{12}($|[^0-9A-Za-z])",
            "${1}REVISION${2}",
        ),
        (r"\b\d+(\.\d+)? m?s\b", "TIME"),
        (
            r"(?m)^ +(Compiling|Finished|Blocking|Updating|Locking|Adding) .*\n",
            "",
        ),
    ];
    rules
        .iter()
        .map(|(rule, by)| (Regex::new(rule).unwrap(), *by))
        .collect()
});

/// A text without what differs from run to run.
pub(super) fn settled(text: &str) -> String {
    VARIES.iter().fold(text.to_owned(), |text, (rule, by)| {
        rule.replace_all(&text, *by).into_owned()
    })
}

/// Whether a text is what is shown: `[..]` is anything within a line, and a line `...` any lines.
pub(super) fn is_as_shown(shown: &str, said: &str) -> bool {
    let lines = |text: &str| -> Vec<String> {
        let text = settled(text);
        text.trim_end()
            .lines()
            .map(|line| line.trim_end().to_owned())
            .collect()
    };
    let (shown, said) = (lines(shown), lines(said));
    all(&shown, &said)
}

fn all(shown: &[String], said: &[String]) -> bool {
    match shown.split_first() {
        None => said.is_empty(),
        Some((line, rest)) if line.trim() == "..." => (0..=said.len()).any(|skip| all(rest, &said[skip..])),
        Some((line, rest)) => said
            .split_first()
            .is_some_and(|(first, others)| one(line, first) && all(rest, others)),
    }
}

fn one(shown: &str, said: &str) -> bool {
    let Some((before, after)) = shown.split_once("[..]") else {
        return shown == said;
    };
    let Some(rest) = said.strip_prefix(before) else {
        return false;
    };
    let mut ends = rest.char_indices().map(|(place, _)| place).chain([rest.len()]);
    ends.any(|place| one(after, &rest[place..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_varies_is_not_compared_and_the_rest_is() {
        let shown = "Generating migrations/20250101_0900_0123456789ab_x.rs ... done\n...\nin [..] of [..]\n";
        let said = "   Compiling x\nGenerating migrations/20261122_0107_deadbeef0123_x.rs ... done\na\nb\nin one of é\n";
        assert!(is_as_shown(shown, said));
        assert!(!is_as_shown(shown, &said.replace("_x.rs", "_y.rs")));
        assert!(!is_as_shown(shown, &said.replace("of é", "off")));
        assert!(is_as_shown("(4 ms)", "(1.2 s)"));
        assert!(!is_as_shown("a\n", "a\nb\n"));
    }
}
