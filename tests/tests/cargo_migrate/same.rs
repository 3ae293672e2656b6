//! A project's own binary and `cargo migrate` on its sources say the same, to the byte.

use std::process::Command;

use super::empty;
use migrate_tests::Transcript;

#[test]
fn migrations_compiled_in_and_their_sources_give_the_same_answers() {
    let project = empty();
    let sources = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/branches");
    project.write(
        "migrate.toml",
        format!("script_location = {sources:?}\ndatabase_url = \"sqlite://app.db\"\n"),
    );
    let stamped = project.run("stamp cc1c3333");
    assert_eq!(stamped.code, Some(0), "{stamped}");
    let compiled = |line: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_fixture-migrate"));
        command.current_dir(project.path()).args(line.split(' '));
        project.transcript(command.env_remove("DATABASE_URL").env("FIXTURE", "branches"))
    };
    for line in [
        "history",
        "history -v -i",
        "history -r cc1c3333:heads --format json",
        "history -r base: --format json -i",
        "heads",
        "heads -v --resolve-dependencies",
        "heads --format json",
        "branches -v",
        "branches --format json",
        "show heads",
        "show current",
        "show eeee --format json",
        "show nothing",
        "current -v",
        "current --check-heads --format json",
        "upgrade heads --plan",
        "upgrade head --plan",
        "upgrade +1 --plan --from aaaa1111 --format json",
        "downgrade base --plan --format json",
        "stamp heads --plan",
        "stamp heads --purge --plan --format json",
        "stamp aaaa1111 --sql",
        "ensure-version --sql",
    ] {
        let (read, own): (Transcript, Transcript) = (project.run(line), compiled(line));
        assert_eq!(read.to_string(), own.to_string(), "{line}");
        assert!(!read.stdout.is_empty() || read.code != Some(0), "{line}: {read}");
    }
}
