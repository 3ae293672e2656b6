//! Relative SQLite files in URLs: which folder they are relative to.

use std::path::Path;

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};

/// What a path must not hold as it is in a SQLite URL.
const PATH: &AsciiSet = &CONTROLS.add(b'%').add(b'?').add(b'#');

/// The same URL, with a relative SQLite file taken from this folder. It stays as it is where that folder is the
/// current one anyway, and where it names no file: another database, or one in memory.
pub(crate) fn relative_to(folder: &Path, current: &Path, url: &str) -> String {
    sqlite_file(url)
        .filter(|_| folder != current)
        .and_then(|(file, query)| {
            let decoded = percent_decode_str(file).decode_utf8().ok()?;
            let path = folder.join(&*decoded);
            let path = path.to_str()?;
            Some(format!("sqlite://{}{query}", utf8_percent_encode(path, PATH)))
        })
        .unwrap_or_else(|| url.to_owned())
}

/// The relative file of a SQLite URL, and what follows it from `?` on.
fn sqlite_file(url: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = url.split_once(':')?;
    // SQLAlchemy names its driver after a `+`.
    if scheme.split('+').next() != Some("sqlite") {
        return None;
    }
    let rest = rest.strip_prefix("//").unwrap_or(rest);
    let (file, query) = rest.split_at(rest.find('?').unwrap_or(rest.len()));
    let names_no_file = file.is_empty() || file.starts_with(":memory:") || query.contains("mode=memory");
    let elsewhere = file.starts_with('/') || Path::new(file).is_absolute();
    (!names_no_file && !elsewhere).then_some((file, query))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_relative_file_of_sqlite_is_moved() {
        let moved = |url| relative_to(Path::new("/a b/50%"), Path::new("/here"), url);
        assert_eq!(moved("sqlite://app.db"), "sqlite:///a b/50%25/app.db");
        assert_eq!(
            moved("sqlite:data/x%3F.db?mode=rw"),
            "sqlite:///a b/50%25/data/x%3F.db?mode=rw"
        );
        for same in [
            "sqlite:///var/app.db",
            "sqlite::memory:",
            "sqlite://:memory:",
            "sqlite:",
            "sqlite://name?mode=memory",
            "postgres://u:p@h/db",
            "nonsense",
        ] {
            assert_eq!(moved(same), same);
        }
        assert_eq!(
            relative_to(Path::new("/a"), Path::new("/a"), "sqlite://x.db"),
            "sqlite://x.db"
        );
    }
}
