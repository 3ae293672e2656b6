//! How a revision's file is named: the project's template, and what a name must be to be safe wherever the
//! repository is checked out. Nothing is written here, and no folder is looked at.

use std::fmt;

use migrate_graph::RevisionId;
use migrate_graph::visible::is_visible;

use super::moment::Moment;
use crate::printable::listed;

/// The name of files when the project names none.
pub(crate) const DEFAULT_FILE_TEMPLATE: &str = "{year}{month}{day}_{hour}{minute}_{rev}_{slug}";

/// What may stand in braces.
const TOKENS: [&str; 9] = [
    "rev", "slug", "epoch", "year", "month", "day", "hour", "minute", "second",
];

/// The most bytes that the name of a file or of a folder may have.
const LONGEST: usize = 200;

const EXTENSION: &str = ".rs";

/// A path below a folder of migrations, with `/`: legal on every system, and read by `migrations!`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FileName(String);

/// Why a file cannot be named.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum FileNameError {
    #[error("`file_template` has an unknown token `{{{token}}}`")]
    UnknownToken { token: String },
    #[error("`file_template` has a brace without its other: `{template}`")]
    Brace { template: String },
    #[error("`file_template` makes the name {name:?}, which {flaw}")]
    Name { name: String, flaw: Flaw },
}

/// What is wrong with a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Flaw {
    /// It begins with `/`.
    Absolute,
    /// It has `.` or `..` for a folder.
    Dots,
    /// A folder, or the file but for its extension, has no name.
    Empty,
    /// A name begins with a dot.
    Hidden,
    /// A name, but for the file's extension, ends in a dot or a blank.
    Ending,
    /// A name has this character.
    Character(char),
    /// A name is a device on Windows, whatever its extension.
    Device,
    /// A name has this many bytes.
    TooLong(usize),
    /// The file is `mod.rs`.
    ModRs,
}

impl fmt::Display for Flaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Absolute => f.write_str("is no path below the folder of migrations"),
            Self::Dots => f.write_str("leads out of its folder"),
            Self::Empty => f.write_str("has an empty part"),
            Self::Hidden => f.write_str("is hidden: `migrations!` passes over what begins with a dot"),
            Self::Ending => f.write_str("has a part that ends in a dot or a blank, which Windows drops"),
            Self::Character(character) => write!(f, "has the character {character:?}"),
            Self::Device => f.write_str("has a part that is a device on Windows"),
            Self::TooLong(bytes) => write!(f, "has a part of {bytes} bytes: at most {LONGEST} are allowed"),
            Self::ModRs => {
                f.write_str("is where Rust keeps a folder's own module, and `migrations!` passes over it")
            }
        }
    }
}

impl FileNameError {
    /// What to do next, a sentence each.
    pub(crate) fn hints(&self) -> Vec<String> {
        match self {
            Self::UnknownToken { .. } => vec![format!(
                "the tokens are {}; a brace itself is written twice",
                listed(TOKENS.map(|token| format!("{{{token}}}")))
            )],
            Self::Brace { .. } => vec!["a brace itself is written twice: `{{`, `}}`".to_owned()],
            Self::Name { .. } => vec![format!("the default is `{DEFAULT_FILE_TEMPLATE}`")],
        }
    }
}

impl FileName {
    /// Names a revision's file by a template; `.rs` is appended.
    ///
    /// An empty slug takes the `_` before it away, or the one after it where nothing stands before.
    ///
    /// # Errors
    /// [`FileNameError`], for what is wrong with the template or with the name that comes of it.
    pub(crate) fn render(
        template: &str,
        revision: &RevisionId,
        slug: &str,
        moment: &Moment,
    ) -> Result<Self, FileNameError> {
        let mut name = String::new();
        let mut rest = template;
        while let Some((before, from)) = rest.find(['{', '}']).map(|brace| rest.split_at(brace)) {
            name.push_str(before);
            if from.starts_with("{{") || from.starts_with("}}") {
                name.push_str(&from[..1]);
                rest = &from[2..];
                continue;
            }
            let inside = from.strip_prefix('{').and_then(|inside| inside.split_once('}'));
            let (token, after) = inside.ok_or_else(|| FileNameError::Brace {
                template: template.to_owned(),
            })?;
            rest = after;
            match token {
                "rev" => name.push_str(revision.as_str()),
                "slug" if !slug.is_empty() => name.push_str(slug),
                "slug" if name.ends_with('_') => name.truncate(name.len() - 1),
                "slug" => rest = after.strip_prefix('_').unwrap_or(after),
                token => name.push_str(&moment.token(token).ok_or_else(|| FileNameError::UnknownToken {
                    token: token.to_owned(),
                })?),
            }
        }
        name.push_str(rest);
        Self::checked(&name)
    }

    fn checked(name: &str) -> Result<Self, FileNameError> {
        let stem = name.strip_suffix(EXTENSION).unwrap_or(name);
        let flaw = if stem.starts_with('/') {
            Some(Flaw::Absolute)
        } else if stem.rsplit('/').next() == Some("mod") {
            Some(Flaw::ModRs)
        } else {
            stem.split('/').find_map(flaw)
        };
        let name = format!("{stem}{EXTENSION}");
        match flaw {
            None => Ok(Self(name)),
            Some(flaw) => Err(FileNameError::Name { name, flaw }),
        }
    }

    /// The path below the folder of migrations, with `/`.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// The folders in it, from the top.
    pub(crate) fn folders(&self) -> impl Iterator<Item = &str> {
        let folders = self.0.rsplit_once('/').map(|(folders, _)| folders);
        folders.into_iter().flat_map(|folders| folders.split('/'))
    }
}

/// What is wrong with the name of a folder, or of a file without its extension.
fn flaw(name: &str) -> Option<Flaw> {
    let unfit = |character: &char| !is_visible(*character) || r#"\<>:"|?*"#.contains(*character);
    // Windows drops what stands after the first dot, and blanks before it.
    let device = name
        .split('.')
        .next()
        .unwrap_or(name)
        .trim_end()
        .to_ascii_uppercase();
    let bytes = name.len() + EXTENSION.len();
    match name {
        "" => Some(Flaw::Empty),
        "." | ".." => Some(Flaw::Dots),
        _ if name.starts_with('.') => Some(Flaw::Hidden),
        _ if name.ends_with(['.', ' ']) => Some(Flaw::Ending),
        _ if is_device(&device) => Some(Flaw::Device),
        _ if bytes > LONGEST => Some(Flaw::TooLong(bytes)),
        _ => name.chars().find(unfit).map(Flaw::Character),
    }
}

fn is_device(name: &str) -> bool {
    let numbered = name.strip_prefix("COM").or_else(|| name.strip_prefix("LPT"));
    let numbered =
        numbered.is_some_and(|number| "123456789¹²³".contains(number) && number.chars().count() == 1);
    numbered || matches!(name, "CON" | "PRN" | "AUX" | "NUL" | "CONIN$" | "CONOUT$")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn render(template: &str, id: &str, slug: &str) -> Result<FileName, FileNameError> {
        let moment = Moment::now("UTC", Some("1790000000")).unwrap();
        FileName::render(template, &RevisionId::new(id).unwrap(), slug, &moment)
    }

    #[test]
    fn a_template_names_a_file() {
        let cases = [
            (DEFAULT_FILE_TEMPLATE, "add_users"),
            (DEFAULT_FILE_TEMPLATE, ""),
            ("{rev}_{slug}", "with_lots_of_"),
            ("{year}/{month}/{slug}_{rev}", ""),
            ("{rev}_{slug}_{epoch}", ""),
            ("{slug}", "日本語"),
            ("{{{rev}}} v1.2-{second}.rs", ""),
        ];
        let lines = cases.map(|(template, slug)| {
            let name = render(template, "1f3c", slug);
            format!("{template} with {slug:?}: {}", name.as_ref().unwrap().as_str())
        });
        insta::assert_snapshot!(lines.join("\n"), @r#"
        {year}{month}{day}_{hour}{minute}_{rev}_{slug} with "add_users": 20260921_1413_1f3c_add_users.rs
        {year}{month}{day}_{hour}{minute}_{rev}_{slug} with "": 20260921_1413_1f3c.rs
        {rev}_{slug} with "with_lots_of_": 1f3c_with_lots_of_.rs
        {year}/{month}/{slug}_{rev} with "": 2026/09/1f3c.rs
        {rev}_{slug}_{epoch} with "": 1f3c_1790000000.rs
        {slug} with "日本語": 日本語.rs
        {{{rev}}} v1.2-{second}.rs with "": {1f3c} v1.2-20.rs
        "#);
    }

    #[test]
    fn a_template_that_cannot_be_read_says_what_it_may_have() {
        for template in ["{", "{rev", "}", "a}b", "{{rev}", "{slug}}"] {
            let error = render(template, "a", "x").unwrap_err();
            assert!(
                matches!(error, FileNameError::Brace { .. }),
                "{template}: {error}"
            );
        }
        let error = render("{revision}_{slug}", "a", "x").unwrap_err();
        insta::assert_snapshot!(format!("{error}\n{}", error.hints().join("\n")), @"
        `file_template` has an unknown token `{revision}`
        the tokens are `{rev}`, `{slug}`, `{epoch}`, `{year}`, `{month}`, `{day}`, `{hour}`, `{minute}`, `{second}`; a brace itself is written twice
        ");
    }

    #[test]
    fn a_name_that_is_not_safe_everywhere_is_refused() {
        let long = "x".repeat(LONGEST - EXTENSION.len());
        let too_long = format!("{long}x");
        let names = [
            "/tmp/{rev}",
            "../{rev}",
            "a/../../{rev}",
            "./{rev}",
            "a//{rev}",
            "a/",
            "{slug}",
            "",
            ".{rev}",
            ".git/{rev}",
            "{rev}/mod",
            "mod.rs",
            "{rev}.",
            "a /{rev}",
            "C:{rev}",
            "a\\{rev}",
            "{rev}\0",
            "{rev}\n",
            "{rev}\u{202e}",
            "{rev}?",
            "NUL",
            "con.x/{rev}",
            "lpt1 .{rev}",
            "com¹",
            &too_long,
        ];
        let lines = names.map(|template| {
            let error = render(template, "a", "").unwrap_err();
            format!("{template:?}: {error}").replace(&too_long, "xx..")
        });
        insta::assert_snapshot!(lines.join("\n"), @r#"
        "/tmp/{rev}": `file_template` makes the name "/tmp/a.rs", which is no path below the folder of migrations
        "../{rev}": `file_template` makes the name "../a.rs", which leads out of its folder
        "a/../../{rev}": `file_template` makes the name "a/../../a.rs", which leads out of its folder
        "./{rev}": `file_template` makes the name "./a.rs", which leads out of its folder
        "a//{rev}": `file_template` makes the name "a//a.rs", which has an empty part
        "a/": `file_template` makes the name "a/.rs", which has an empty part
        "{slug}": `file_template` makes the name ".rs", which has an empty part
        "": `file_template` makes the name ".rs", which has an empty part
        ".{rev}": `file_template` makes the name ".a.rs", which is hidden: `migrations!` passes over what begins with a dot
        ".git/{rev}": `file_template` makes the name ".git/a.rs", which is hidden: `migrations!` passes over what begins with a dot
        "{rev}/mod": `file_template` makes the name "a/mod.rs", which is where Rust keeps a folder's own module, and `migrations!` passes over it
        "mod.rs": `file_template` makes the name "mod.rs", which is where Rust keeps a folder's own module, and `migrations!` passes over it
        "{rev}.": `file_template` makes the name "a..rs", which has a part that ends in a dot or a blank, which Windows drops
        "a /{rev}": `file_template` makes the name "a /a.rs", which has a part that ends in a dot or a blank, which Windows drops
        "C:{rev}": `file_template` makes the name "C:a.rs", which has the character ':'
        "a\\{rev}": `file_template` makes the name "a\\a.rs", which has the character '\\'
        "{rev}\0": `file_template` makes the name "a\0.rs", which has the character '\0'
        "{rev}\n": `file_template` makes the name "a\n.rs", which has the character '\n'
        "{rev}\u{202e}": `file_template` makes the name "a\u{202e}.rs", which has the character '\u{202e}'
        "{rev}?": `file_template` makes the name "a?.rs", which has the character '?'
        "NUL": `file_template` makes the name "NUL.rs", which has a part that is a device on Windows
        "con.x/{rev}": `file_template` makes the name "con.x/a.rs", which has a part that is a device on Windows
        "lpt1 .{rev}": `file_template` makes the name "lpt1 .a.rs", which has a part that is a device on Windows
        "com¹": `file_template` makes the name "com¹.rs", which has a part that is a device on Windows
        "xx..": `file_template` makes the name "xx...rs", which has a part of 201 bytes: at most 200 are allowed
        "#);
        assert!(render(&long, "a", "").is_ok());
        // An id may have dots.
        assert!(render("{rev}", "..", "").is_err());
        assert!(render("{rev}/{slug}", "..", "x").is_err());
        for template in [
            "console",
            "nul_{rev}",
            "com10",
            "com",
            "modern/{rev}",
            "mod/{rev}",
        ] {
            assert!(render(template, "a", "").is_ok(), "{template}");
        }
    }
}
