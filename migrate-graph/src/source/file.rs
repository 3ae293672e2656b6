//! One source file of a folder of migrations.

use std::{
    fs,
    io::{self, Read},
    path::{Path, PathBuf},
    string::String,
    vec::Vec,
};

use super::{
    directory::MAX_FILE_SIZE,
    error::{SourceError, SourceErrorKind},
    header::{self, Header},
    outline::outline,
    token::{Place, Places},
};

/// A source file and what it says about itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// The file, as it can be opened: the scanned folder and `relative`.
    pub path: PathBuf,
    /// Its path inside the scanned folder, with `/`.
    pub relative: String,
    /// Its `//!` text, unindented.
    pub doc: String,
    /// Where its `#[migration]` stands: nowhere in a helper module, more than once in a faulty file.
    pub attributes: Vec<Place>,
    /// What its first `#[migration]` says; `None` without one and when its id cannot be read.
    pub header: Option<Header<Place>>,
    /// Whether it has a `fn downgrade`.
    pub has_downgrade: bool,
    /// Whether it has a `fn upgrade`.
    pub has_upgrade: bool,
}

impl SourceFile {
    /// The message: what the attribute says, otherwise the first line of the `//!` text; empty without either.
    #[must_use]
    pub fn message(&self) -> &str {
        self.header
            .as_ref()
            .and_then(|header| header.message.as_deref())
            .unwrap_or_else(|| self.doc.lines().next().unwrap_or_default())
    }

    /// What a text says that is no larger than a file may be, and everything that is wrong with it; the text need
    /// not be in that file yet.
    #[must_use]
    pub fn of_text(path: PathBuf, relative: String, text: &str) -> (Self, Vec<SourceError>) {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let outline = outline(text);
        let mut problems: Vec<(Option<Place>, SourceErrorKind)> = Vec::new();
        let mut header = None;
        let places: Vec<Place> = outline.attributes.iter().map(|one| one.place).collect();
        if let Some(first) = outline.attributes.into_iter().next() {
            let arguments = first.arguments.into_iter();
            let arguments: Vec<_> = arguments.map(|token| token.map(|extent| extent.place)).collect();
            let (parsed, errors) = header::parse(&arguments, first.place);
            header = parsed;
            let errors = errors.into_iter();
            problems.extend(errors.map(|error| (Some(error.span), SourceErrorKind::Header(error.kind))));
        }
        let more = places.iter().skip(1);
        problems.extend(more.map(|second| (Some(*second), SourceErrorKind::SecondMigration)));
        let broken = outline.problems.into_iter();
        problems.extend(broken.map(|(place, kind)| (Some(place), kind)));
        // What else is wrong is between the sides of the conflict, or is told when those are one again.
        if let Some(place) = conflict(text).filter(|_| !problems.is_empty()) {
            problems = Vec::from([(Some(place), SourceErrorKind::Conflict)]);
        }
        let errors = problems
            .into_iter()
            .map(|(place, kind)| SourceError {
                path: path.clone(),
                place,
                kind,
            })
            .collect();
        let file = Self {
            path,
            relative,
            doc: outline.doc,
            attributes: places,
            header,
            has_downgrade: outline.has_downgrade,
            has_upgrade: outline.has_upgrade,
        };
        (file, errors)
    }

    /// Reads a regular file.
    pub(super) fn read(path: PathBuf, relative: String) -> (Option<Self>, Vec<SourceError>) {
        match read_text(&path) {
            Ok(text) => {
                let (file, errors) = Self::of_text(path, relative, &text);
                (Some(file), errors)
            }
            Err((place, kind)) => (None, Vec::from([SourceError { path, place, kind }])),
        }
    }
}

/// Where the first conflict begins that a merge left behind, as git, Mercurial and jj write it.
fn conflict(text: &str) -> Option<Place> {
    let mut lines = text.lines().enumerate();
    let (begin, _) = lines.find(|(_, line)| line.starts_with("<<<<<<< "))?;
    lines.find(|(_, line)| line.starts_with(">>>>>>> "))?;
    Some(Place {
        line: begin + 1,
        column: 1,
    })
}

fn read_text(path: &Path) -> Result<String, (Option<Place>, SourceErrorKind)> {
    let unreadable = |error: io::Error| (None, SourceErrorKind::Unreadable(error.kind()));
    let mut bytes = Vec::with_capacity(8 << 10);
    let file = fs::File::open(path).map_err(unreadable)?;
    file.take(MAX_FILE_SIZE + 1)
        .read_to_end(&mut bytes)
        .map_err(unreadable)?;
    if bytes.len() as u64 > MAX_FILE_SIZE {
        return Err((None, SourceErrorKind::TooLarge));
    }
    String::from_utf8(bytes).map_err(|error| {
        let good = error.utf8_error().valid_up_to();
        let good = String::from_utf8_lossy(&error.as_bytes()[..good]);
        let place = Places::new(&good).at(good.len());
        (Some(place), SourceErrorKind::NotUtf8)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{borrow::ToOwned, format, string::ToString};

    fn problems(text: &str) -> String {
        let (_, problems) = SourceFile::of_text("c1.rs".into(), "c1.rs".to_owned(), text);
        let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
        lines.join("\n")
    }

    #[test]
    fn a_merge_conflict_that_touches_the_attribute_is_told_as_what_it_is() {
        let told = |line: usize| {
            format!(
                "c1.rs:{line}:1: a merge conflict is not resolved here: keep what is meant, and remove the lines \
                 that begin with `<<<<<<<`, `=======` and `>>>>>>>`"
            )
        };
        let between_keys = "#[migration(\n    revision = \"c1\",\n<<<<<<< HEAD\n    down_revision = \"b1\",\n\
            =======\n    down_revision = \"b2\",\n>>>>>>> feature\n)]\npub fn upgrade() {}\n";
        assert_eq!(problems(between_keys), told(3));
        assert_eq!(problems(&between_keys.replace('\n', "\r\n")), told(3));
        let around = "//! c1\n<<<<<<< HEAD\n#[migration(revision = \"c1\", down_revision = \"b1\")]\n\
            ||||||| base\n=======\n#[migration(revision = \"c1\", down_revision = \"b2\")]\n\
            >>>>>>> 1f3c (it's \"done)\npub fn upgrade() {}\n";
        assert_eq!(problems(around), told(2));
    }

    #[test]
    fn a_merge_conflict_in_a_body_changes_nothing_here() {
        let body = "#[migration(revision = \"c1\", down_revision = \"b1\")]\npub fn upgrade() {\n<<<<<<< HEAD\n\
            one();\n=======\ntwo();\n>>>>>>> feature\n}\n";
        assert_eq!(problems(body), "");
    }

    #[test]
    fn what_is_wrong_without_a_conflict_is_told_beside_text_that_looks_like_one() {
        let marker = "<<<<<<< HEAD\n#[migration(revision = \"c1\")]\npub fn upgrade() {}\n";
        assert!(
            problems(marker).contains("`down_revision` is missing"),
            "{}",
            problems(marker)
        );
    }
}
