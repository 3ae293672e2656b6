//! What `revision --autogenerate` asks: whether what goes and what comes is one thing under two names.
//!
//! It asks only a person at a terminal. Where there is none, or the answer is no, it stays a drop and an add.

use std::collections::BTreeSet;

use crate::comparison::{ComparisonOptions, Found, FoundRename};
use crate::error::CommandError;
use crate::format::Format;
use crate::ui::Ui;
use crate::workshop::{Answer, Compiled, Workshop};

/// Compares, asks about each likely rename, and compares again with those that are ones: what is found under its new name
/// may have columns that are called otherwise, too. What is still likely in the end was denied, or nobody was there.
pub(super) async fn compared(
    workshop: &Workshop,
    compiled: &dyn Compiled,
    options: &ComparisonOptions,
) -> Answer {
    let (mut options, mut denied) = (options.clone(), BTreeSet::new());
    loop {
        let found = match compiled.compare(workshop, &options).await? {
            Ok(found) => found,
            Err(outcome) => return Ok(Err(outcome)),
        };
        let ui = &workshop.context.ui;
        if workshop.context.format == Format::Json || !ui.can_ask() {
            return Ok(Ok(found));
        }
        let confirmed = confirmed(ui, &found, &mut denied).await?;
        if confirmed.is_empty() {
            return Ok(Ok(found));
        }
        options = confirmed
            .into_iter()
            .fold(options, |options, rename| options.with(rename));
    }
}

/// The renames that a person says yes to. Nobody is asked twice.
async fn confirmed<'f>(
    ui: &Ui,
    found: &'f Found,
    denied: &mut BTreeSet<String>,
) -> Result<Vec<&'f FoundRename>, CommandError> {
    let mut confirmed = Vec::new();
    for likely in &found.likely {
        let FoundRename { from, to, rename } = likely;
        if denied.contains(rename) {
            continue;
        }
        let question = format!("Is `{to}` what was called `{from}`, and keeps what it holds? [y/n] ");
        let answer = loop {
            let Some(line) = ui.ask(&question).await? else {
                break false;
            };
            if let Some(answer) = answered(&line) {
                break answer;
            }
        };
        if answer {
            confirmed.push(likely);
        } else {
            denied.insert(rename.clone());
        }
    }
    Ok(confirmed)
}

/// Yes or no, if it is either.
fn answered(line: &str) -> Option<bool> {
    match line.trim().to_lowercase().as_str() {
        "y" | "yes" => Some(true),
        "n" | "no" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_yes_or_no_and_nothing_is_neither() {
        let answers = ["y\n", " YES\r\n", "n", "No\n", "\n", "", "yep"].map(answered);
        assert_eq!(
            answers,
            [Some(true), Some(true), Some(false), Some(false), None, None, None]
        );
    }
}
