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
