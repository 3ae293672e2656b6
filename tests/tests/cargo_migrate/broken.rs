//! Sources that cannot be read: every one is named with its place, and nothing hangs.

use std::fs::{self, File};

use super::project;
use migrate_tests::Project;

const GOOD: &str = "#[migration(revision = \"a1\", down_revision = None)]\npub fn upgrade(op: &mut Op) {}\n";

/// What `heads` says about a project with this file, beside one that is right.
fn told(make: impl Fn(&Project)) -> String {
    let project = project();
    project.line("None", &["z1"]);
    make(&project);
    let transcript = project.run("heads");
    format!("{transcript}")
}

#[test]
fn every_kind_of_broken_source_is_named_with_its_place() {
    let cases: [(&str, &[u8]); 8] = [
        ("a syntax error inside the attribute", b"#[migration(revision = \"a1\" down_revision = )]\nfn upgrade() {}"),
        ("an unclosed comment", b"#[migration(revision = \"a1\", down_revision = \"z1\")]\nfn upgrade() {}\n/* /* */"),
        ("an unclosed string", b"#[migration(revision = \"a1\", down_revision = \"z1\")]\nfn upgrade() {}\nconst A: &str = \"never"),
        ("an unclosed attribute", b"#[migration(revision = \"a1\", down_revision = \"z1\"\nfn upgrade() {}"),
        ("not UTF-8", b"// caf\xe9\n"),
        ("UTF-16", b"\xff\xfe#\0[\0"),
        ("an attribute that another macro makes", b"macro_rules! m { ($r:literal) => {\n    #[migration(revision = $r, down_revision = \"z1\")]\n    pub fn upgrade() {}\n} }\nm!(\"a1\");"),
        ("an attribute under a condition", b"#[cfg_attr(all(), migration(revision = \"a1\", down_revision = \"z1\"))]\nfn upgrade() {}"),
    ];
    let told = cases.map(|(name, text)| {
        let told = told(|project| project.write("migrations/broken.rs", text));
        format!("# {name}\n{told}")
    });
    insta::assert_snapshot!(told.join("\n"), @r#"
    # a syntax error inside the attribute
    exit code 2
    --- stderr
    error: migrations/broken.rs:1:1: `down_revision` is missing: it takes `None` (for a first revision), `"ID"` or `["ID", "ID"]`
    migrations/broken.rs:1:24: `revision` takes a string, such as `"1f3c5b7d9e2a"`

    # an unclosed comment
    exit code 2
    --- stderr
    error: migrations/broken.rs:3:1: this comment is never closed

    # an unclosed string
    exit code 2
    --- stderr
    error: migrations/broken.rs:3:17: this string is never closed

    # an unclosed attribute
    exit code 2
    --- stderr
    error: migrations/broken.rs:1:12: this `(` is never closed

    # not UTF-8
    exit code 2
    --- stderr
    error: migrations/broken.rs:1:7: is not UTF-8

    # UTF-16
    exit code 2
    --- stderr
    error: migrations/broken.rs:1:1: is not UTF-8

    # an attribute that another macro makes
    exit code 2
    --- stderr
    error: migrations/broken.rs:2:5: this `#[migration]` does not stand at the root of its file, so no command finds it: write it outside of modules, macros and functions, and close every bracket above it

    # an attribute under a condition
    exit code 2
    --- stderr
    error: migrations/broken.rs:1:1: has a migration behind `cfg_attr`, which is there in some builds only: write `#[migration(...)]` alone
    "#);
}

#[test]
fn a_file_that_no_source_can_be_is_named() {
    let large = told(|project| {
        project.write("migrations/large.rs", "");
        // 100 MB that take no room.
        let file = File::options()
            .write(true)
            .open(project.path().join("migrations/large.rs"));
        file.unwrap().set_len(100_000_000).unwrap();
    });
    let folder = told(|project| project.write("migrations/folder.rs/inner.txt", ""));
    insta::assert_snapshot!([large, folder].join("\n"), @"
    exit code 2
    --- stderr
    error: migrations/large.rs: is larger than 8 MiB

    exit code 2
    --- stderr
    error: migrations/folder.rs: is a folder with the name of a source file: rename it, or make a file of it
    ");
}

#[cfg(unix)]
#[test]
fn links_are_followed_inside_of_the_folder_only() {
    use std::os::unix::fs::symlink;

    let outside = told(|project| {
        project.write("elsewhere.rs", GOOD);
        symlink("../elsewhere.rs", project.path().join("migrations/link.rs")).unwrap();
    });
    let dangling = told(|project| symlink("nowhere.rs", project.path().join("migrations/link.rs")).unwrap());
    let endless = told(|project| symlink("/dev/zero", project.path().join("migrations/link.rs")).unwrap());
    let circle = told(|project| symlink("link.rs", project.path().join("migrations/link.rs")).unwrap());
    insta::assert_snapshot!([outside, dangling, endless, circle].join("\n"), @"
    exit code 2
    --- stderr
    error: migrations/link.rs: is a symbolic link to `[project]/elsewhere.rs`, outside of the folder of migrations, where another hand could change it: put the file itself here

    exit code 2
    --- stderr
    error: migrations/link.rs: is a symbolic link to `nowhere.rs`, which cannot be read: entity not found

    exit code 2
    --- stderr
    error: migrations/link.rs: is a symbolic link to `/dev/zero`, outside of the folder of migrations, where another hand could change it: put the file itself here

    exit code 2
    --- stderr
    error: migrations/link.rs: is a symbolic link to `link.rs`, which cannot be read: filesystem loop or indirection limit (e.g. symlink loop)
    ");
}

#[cfg(unix)]
#[test]
fn a_file_that_may_not_be_read_is_named() {
    use std::os::unix::fs::PermissionsExt;

    let project = project();
    project.line("None", &["z1"]);
    let file = project.path().join("migrations/z1.rs");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o000)).unwrap();
    let transcript = project.run("heads");
    // Nothing is kept from root, who some machines run tests as.
    if File::open(&file).is_ok() {
        assert_eq!(transcript.stdout, "z1 (head)\n");
    } else {
        assert_eq!(transcript.code, Some(2));
        assert!(transcript.stderr.contains("migrations/z1.rs"), "{transcript}");
    }
}

#[test]
fn byte_order_marks_line_ends_and_broken_bodies_change_nothing() {
    let project = project();
    project.write(
        "migrations/bom.rs",
        format!("\u{feff}{}", GOOD.replace('\n', "\r\n")),
    );
    project.write(
        "migrations/body.rs",
        "#[migration(revision = \"b1\", down_revision = \"a1\")]\npub fn upgrade(op: &mut Op) {\n<<<<<<< HEAD\n    op.(;\n=======\n",
    );
    assert_eq!(
        project.run("heads").to_string(),
        "exit code 0\n--- stdout\nb1 (head)\n"
    );
}
