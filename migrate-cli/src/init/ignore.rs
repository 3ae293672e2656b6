//! What git is to leave alone.

pub(super) const FILE: &str = ".gitignore";

/// What is built, and databases.
pub(super) const LINES: [&str; 2] = ["/target", "*.db"];

/// Which of the lines a `.gitignore` does not have. However `target` is written, it is meant.
pub(super) fn missing(text: &str) -> Vec<String> {
    let bare = |line: &str| line.trim().trim_matches('/').to_owned();
    let has = |wanted: &str| text.lines().any(|line| bare(line) == bare(wanted));
    let missing = LINES.into_iter().filter(|line| !has(line));
    missing.map(str::to_owned).collect()
}

/// The text with lines at its end, which end as the others do.
pub(super) fn with(text: &str, lines: &[String]) -> String {
    let newline = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let mut text = text.to_owned();
    if !text.is_empty() && !text.ends_with('\n') {
        text.push_str(newline);
    }
    for line in lines {
        text.extend([line, newline]);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_missing_is_added() {
        let added = |text: &str| with(text, &missing(text));
        assert_eq!(added(""), "/target\n*.db\n");
        assert_eq!(added("target/\n*.db\n"), "target/\n*.db\n");
        assert_eq!(
            added("node_modules\n# *.db"),
            "node_modules\n# *.db\n/target\n*.db\n"
        );
        assert_eq!(added("target\r\n"), "target\r\n*.db\r\n");
    }
}
