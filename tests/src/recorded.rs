//! Answers of a catalog as a file: a line for each row, its values between tabs, `#` before each answer.

use migrate_core::dialect::Present;

/// A value as it stands in the file.
#[must_use]
pub fn written(value: Option<&str>) -> String {
    value.map_or_else(
        || "\\N".to_owned(),
        |text| {
            text.replace('\\', "\\\\")
                .replace('\t', "\\t")
                .replace('\n', "\\n")
        },
    )
}

/// The answers in a file.
#[must_use]
pub fn answers(file: &str) -> Vec<Present> {
    let answers = file.strip_prefix("#\n").unwrap().split("#\n");
    let answers = answers.map(|answer| Present {
        rows: answer.lines().map(values).collect(),
    });
    answers.collect()
}

fn values(line: &str) -> Vec<Option<String>> {
    let text = |value: &str| {
        let text = value
            .replace("\\\\", "\u{0}")
            .replace("\\t", "\t")
            .replace("\\n", "\n");
        text.replace('\u{0}', "\\")
    };
    line.split('\t')
        .map(|value| (value != "\\N").then(|| text(value)))
        .collect()
}
