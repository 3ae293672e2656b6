//! The help of a whole program: its commands grouped by what one does with them.
//!
//! An application that mounts the commands shows them in its own way, which is clap's.

use std::ffi::OsString;

use clap::{Command, Parser};

/// What one does, and the commands for it in the order in which one needs them. A name that is not there, because it
/// needs a feature, is left out.
const GROUPS: [(&str, &[&str]); 5] = [
    (
        "Create",
        &["init", "list-templates", "revision", "edit", "generate"],
    ),
    (
        "Look",
        &[
            "status", "current", "history", "graph", "heads", "branches", "show", "check",
        ],
    ),
    ("Run", &["upgrade", "downgrade"]),
    ("Mend", &["merge", "rebase", "stamp", "resolve", "ensure-version"]),
    ("Set up", &["completions", "man"]),
];

/// Reads arguments; the help that they may ask for is grouped.
pub(crate) fn parse<P: Parser>(arguments: &[OsString]) -> Result<P, clap::Error> {
    let mut command = grouped(P::command());
    let mut matches = command.try_get_matches_from_mut(arguments)?;
    P::from_arg_matches_mut(&mut matches).map_err(|error| error.format(&mut command))
}

fn grouped(command: Command) -> Command {
    let styles = command.get_styles();
    let (header, literal) = (*styles.get_header(), *styles.get_literal());
    let width = command
        .get_subcommands()
        .map(|it| it.get_name().len())
        .max()
        .unwrap_or_default();
    let line = |name: &&str| {
        let about = command.find_subcommand(name)?.get_about()?;
        Some(format!("  {literal}{name:width$}{literal:#}  {about}\n"))
    };
    let group = |(group, names): &(&str, &[&str])| {
        let lines: Vec<String> = names.iter().filter_map(line).collect();
        let shown = format!("{header}{group}:{header:#}\n{}\n", lines.concat());
        (!lines.is_empty()).then_some(shown)
    };
    let list: String = GROUPS.iter().filter_map(group).collect();
    command.help_template(format!(
        "{{about-with-newline}}\n{{usage-heading}} {{usage}}\n\n{list}{header}Options:{header:#}\n{{options}}{{after-help}}"
    ))
}

#[cfg(all(test, feature = "authoring"))]
mod tests {
    use super::*;
    use clap::CommandFactory;
    use std::collections::BTreeSet;

    #[test]
    fn every_command_is_in_one_group_and_has_examples() {
        let command = crate::Program::command();
        let shown: Vec<&Command> = command.get_subcommands().filter(|it| !it.is_hide_set()).collect();
        let names: Vec<&str> = GROUPS.iter().flat_map(|(_, names)| *names).copied().collect();
        let all: BTreeSet<&str> = shown.iter().map(|it| it.get_name()).collect();
        assert_eq!(all, names.iter().copied().collect());
        assert_eq!(all.len(), names.len());
        for command in shown {
            let text = command
                .get_after_help()
                .map(ToString::to_string)
                .unwrap_or_default();
            let name = command.get_name();
            assert!(text.starts_with("Examples:\n  "), "{name}: {text}");
            let examples = text.lines().skip(1).take_while(|line| !line.is_empty());
            for example in examples {
                let words = example.trim_start();
                assert!(words.starts_with(name), "{name}: {example}");
            }
        }
    }
}
