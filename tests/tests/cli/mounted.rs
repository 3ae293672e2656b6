//! An application that mounts the commands under its own.

use super::Fixture;

#[test]
fn an_application_migrates_the_database_that_it_knows() {
    let fixture = Fixture::new("app");
    let run = |line: &str| fixture.transcript(&mut fixture.without_database(line));
    insta::assert_snapshot!(run("--help"), @r"
    exit code 0
    --- stdout
    An application with a command line of its own

    Usage: fixture-migrate <COMMAND>

    Commands:
      serve    Serve requests
      migrate  Migrate the shop's database
      help     Print this message or the help of the given subcommand(s)

    Options:
      -h, --help  Print help
    ");
    insta::assert_snapshot!(run("migrate upgrade +1"), @r"
    exit code 0
    --- stderr
    Running upgrade  -> 1a2b3c4d, create users (.. ms)
    ");
    assert!(fixture.has_database());
    insta::assert_snapshot!(run("migrate current --format text"), @r"
    exit code 0
    --- stdout
    1a2b3c4d
    ");
    insta::assert_snapshot!(run("migrate completions bash"), @"
    exit code 2
    --- stderr
    error: the commands are a part of another program's command line here
    hint: the program itself can describe all of it, with clap_complete and clap_mangen
    ");
    insta::assert_snapshot!(run("migrate upgrade nowhere"), @r"
    exit code 2
    --- stderr
    error: Can't locate revision identified by 'nowhere'
    hint: `history` lists all revisions
    ");
}
