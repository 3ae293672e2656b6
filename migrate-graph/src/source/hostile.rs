//! Texts that nobody should write: whatever they are, reading them ends soon and says something true.

use std::{
    fs,
    path::PathBuf,
    string::String,
    time::{Duration, Instant},
    vec::Vec,
};

use proptest::{collection::vec, prelude::*, sample::Index};

use super::{MAX_FILE_SIZE, SourceError, SourceFile, rebased, survey};

const GOOD: &str = "\u{feff}//! é first\r\n//!\r\n//! Revises: a1\r\n\r\nuse migrate_core::prelude::*;\r\n\r\n\
    #[migration(revision = \"b2\", down_revision = [r#\"a1\"#,], depends_on = [\"\\u{63}3\"], message = \"m\")]\r\n\
    pub fn upgrade(op: &mut Op) {\r\n    op.execute(\"/* ' */\"); // it's\r\n    let _: &'static [u8] = b\"\\\"\";\r\n}\r\n\
    /*! more\n * Revises: a1 */\n#[cfg_attr(all(), doc(hidden))]\npub fn downgrade(_: &mut Op) { let c = '\\''; }\n";

/// Reads a text, and changes its link, as everybody would.
fn read(text: &str) -> (SourceFile, Vec<SourceError>) {
    let (file, problems) = SourceFile::of_text(PathBuf::new(), String::new(), text);
    let lines = text.split('\n').count();
    for problem in &problems {
        let place = problem.place.unwrap();
        assert!((1..=lines).contains(&place.line), "{problem} in {text}");
    }
    let (from, to) = ("a1".parse().unwrap(), "new".parse().unwrap());
    for from in [None, Some(&from)] {
        if let Ok(changed) = rebased(text, from, &to) {
            let (after, problems) = SourceFile::of_text(PathBuf::new(), String::new(), &changed);
            assert_eq!(problems, []);
            assert_eq!(after.header.unwrap().down_revisions[0].value, to);
            assert_eq!(after.attributes, file.attributes);
        }
    }
    (file, problems)
}

#[test]
fn a_million_of_anything_is_read_in_no_time() {
    let tokens = [
        "/*",
        "[",
        "#[",
        "#![",
        "#[migration(",
        "#[x(",
        "{",
        "]",
        "/*!",
        "//!\n",
        "//! Revises: a1\n",
        "\"",
        "'",
        "r#",
        "br##\"#",
        "'\\",
        "#[a]",
        "mod m{#[migration]",
        "é",
        "\u{200e}",
        "\n",
        "\\",
    ];
    for token in tokens {
        let length = usize::try_from(MAX_FILE_SIZE).unwrap();
        let text = token.repeat(1_000_000.min(length / token.len()));
        let start = Instant::now();
        let _ = SourceFile::of_text(PathBuf::new(), String::new(), &text);
        // Without optimisation it is one second, also on a busy machine; what is not linear takes hours.
        assert!(start.elapsed() < Duration::from_secs(60), "{token}");
    }
}

#[test]
fn an_attribute_without_an_end_is_named_where_it_begins() {
    let text = ["#[migration(revision = ", &"[".repeat(1_000_000)].concat();
    let (file, problems) = SourceFile::of_text(PathBuf::new(), String::new(), &text);
    assert_eq!((file.header, problems.len()), (None, 1));
}

proptest! {
    #[test]
    fn a_good_text_that_suffers_is_still_read_to_its_end(
        wounds in vec((any::<Index>(), 0..12_usize, "[\\PC\n\r\\[\\](){}\"'#/*!,=\\\\]{0,4}"), 1..4)
    ) {
        let mut bytes = GOOD.as_bytes().to_vec();
        for (at, cut, new) in &wounds {
            let start = at.index(bytes.len());
            let end = (start + cut).min(bytes.len());
            bytes.splice(start..end, new.bytes());
        }
        read(&String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn parts_of_a_good_text_in_any_order_are_read(parts in vec((any::<Index>(), 0..60_usize), 0..12)) {
        let characters: Vec<char> = GOOD.chars().collect();
        let part = |(at, length): &(Index, usize)| {
            let start = at.index(characters.len());
            characters.iter().skip(start).take(*length).collect::<String>()
        };
        read(&parts.iter().map(part).collect::<String>());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_bytes_are_a_file_or_an_error(bytes in vec(any::<u8>(), 0..200), good in any::<bool>()) {
        let folder = tempfile::tempdir().unwrap();
        let before = if good { GOOD.as_bytes() } else { &[] };
        fs::write(folder.path().join("a.rs"), [before, &bytes].concat()).unwrap();
        let (directory, errors) = survey(folder.path());
        prop_assert!(directory.files.len() == 1 || errors.len() == 1);
    }
}

#[test]
fn the_good_text_is_good() {
    let (file, problems) = read(GOOD);
    assert_eq!(problems, []);
    assert!(file.has_downgrade);
    assert!(rebased(GOOD, Some(&"a1".parse().unwrap()), &"new".parse().unwrap()).is_ok());
}
