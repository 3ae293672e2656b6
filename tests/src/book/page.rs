//! [`Page`]: what a page of the book asks for, as data.

use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};

/// A page that is done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// On what.
    pub subject: Subject,
    /// What, in this order.
    pub steps: Vec<Step>,
}

/// What a page is done on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// The folder that is copied, relative to the workspace's root; `empty` is none.
    pub folder: String,
    /// The databases, each with a session of its own.
    pub databases: Vec<String>,
}

/// One block of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Commands, on one database or on all.
    Run {
        /// The database.
        on: Option<String>,
        /// The commands.
        commands: Vec<Command>,
    },
    /// A file is written.
    File {
        /// Its path.
        path: String,
        /// What it holds.
        text: String,
    },
    /// Something is added to a file.
    Append {
        /// Its path.
        path: String,
        /// What is added.
        text: String,
    },
    /// Some lines of a file become others.
    Change {
        /// Its path.
        path: String,
        /// The lines that are there.
        from: String,
        /// What they become.
        to: String,
    },
}

/// A command, and what a page shows of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Command {
    /// As it is typed.
    pub line: String,
    /// What it says; none where the page does not show it.
    pub output: Option<String>,
    /// How it ends.
    pub code: i32,
}

impl Page {
    /// Reads a page; none when it is not to be done.
    ///
    /// # Panics
    /// When a block cannot be understood.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let mut subject = None;
        let mut steps = Vec::new();
        let mut comment: Option<(String, String)> = None;
        let mut block: Option<(String, String)> = None;
        for event in Parser::new(text) {
            #[expect(
                clippy::wildcard_enum_match_arm,
                reason = "of all Markdown, only blocks are done"
            )]
            match event {
                Event::Html(html) => {
                    if let Some((key, value)) = said(&html) {
                        if key == "session" {
                            subject = Some(subject_of(&value));
                        } else {
                            comment = Some((key, value));
                        }
                    }
                }
                Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                    block = Some((info.to_string(), String::new()));
                }
                Event::Text(part) => {
                    if let Some((_, text)) = &mut block {
                        text.push_str(&part);
                    }
                }
                Event::End(TagEnd::CodeBlock) => {
                    if let Some((info, text)) = block.take() {
                        steps.extend(step(&info, text, comment.take()));
                    }
                }
                _ => {}
            }
        }
        Some(Self {
            subject: subject?,
            steps,
        })
    }
}

fn said(html: &str) -> Option<(String, String)> {
    let inner = html.trim().strip_prefix("<!--")?.strip_suffix("-->")?;
    let (key, value) = inner.split_once(':')?;
    let known = ["session", "file", "append", "change"];
    known
        .contains(&key.trim())
        .then(|| (key.trim().to_owned(), value.trim().to_owned()))
}

fn subject_of(value: &str) -> Subject {
    let (folder, databases) = value
        .split_once(" on ")
        .expect("`<!-- session: FOLDER on DATABASE, .. -->`");
    Subject {
        folder: folder.trim().to_owned(),
        databases: databases.split(',').map(|name| name.trim().to_owned()).collect(),
    }
}

fn step(info: &str, text: String, comment: Option<(String, String)>) -> Option<Step> {
    if let Some((key, path)) = comment {
        return Some(match key.as_str() {
            "file" => Step::File { path, text },
            "append" => Step::Append { path, text },
            _ => {
                let side = |other: char| {
                    let lines = text.lines().filter(|line| !line.starts_with(other));
                    lines
                        .map(|line| format!("{}\n", line.get(1..).unwrap_or_default()))
                        .collect()
                };
                let (from, to) = (side('+'), side('-'));
                Step::Change { path, from, to }
            }
        });
    }
    let on = info.strip_prefix("console")?.trim();
    Some(Step::Run {
        on: (!on.is_empty()).then(|| on.to_owned()),
        commands: commands(&text),
    })
}

fn commands(text: &str) -> Vec<Command> {
    let mut commands: Vec<Command> = Vec::new();
    let mut goes_on = false;
    for line in text.lines() {
        if let Some(first) = line.strip_prefix("$ ") {
            commands.push(Command {
                line: first.to_owned(),
                output: None,
                code: 0,
            });
        } else {
            let last = commands.last_mut().expect("a console block begins with `$ `");
            if goes_on {
                last.line.push('\n');
                last.line.push_str(line);
            } else if let Some(code) = line.strip_prefix("? ") {
                last.code = code.trim().parse().expect("`? ` is followed by an exit code");
            } else {
                let output = last.output.get_or_insert_default();
                output.push_str(line);
                output.push('\n');
            }
        }
        goes_on = line.ends_with('\\');
    }
    // An empty line between two commands is for the eye.
    for command in &mut commands {
        command.output = command.output.take().filter(|output| !output.trim().is_empty());
    }
    commands
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_its_blocks_in_order() {
        let page = Page::read(
            "# Title\n\n<!-- session: examples/a on sqlite, mysql -->\n\nText, and `code`.\n\n```console\n$ one \\\n    --two\nsaid\n\n$ three\n? 2\n```\n\n\
             ```sh\n$ not done\n```\n\n<!-- change: src/a.rs -->\n```diff\n a\n-b\n+c\n```\n\n<!-- append: b -->\n\n```rust\nx\n```\n\n```console mysql\n$ four\n```\n",
        );
        let command = |line: &str, output: Option<&str>, code| Command {
            line: line.to_owned(),
            output: output.map(str::to_owned),
            code,
        };
        let expected = Page {
            subject: Subject {
                folder: "examples/a".into(),
                databases: vec!["sqlite".into(), "mysql".into()],
            },
            steps: vec![
                Step::Run {
                    on: None,
                    commands: vec![
                        command("one \\\n    --two", Some("said\n\n"), 0),
                        command("three", None, 2),
                    ],
                },
                Step::Change {
                    path: "src/a.rs".into(),
                    from: "a\nb\n".into(),
                    to: "a\nc\n".into(),
                },
                Step::Append {
                    path: "b".into(),
                    text: "x\n".into(),
                },
                Step::Run {
                    on: Some("mysql".into()),
                    commands: vec![command("four", None, 0)],
                },
            ],
        };
        assert_eq!(page, Some(expected));
        assert_eq!(Page::read("# A page that is only read\n"), None);
    }
}
