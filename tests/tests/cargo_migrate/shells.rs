//! `completions` and `man`: what shells and the reader of manual pages make of them.
#![cfg(unix)]

use std::process::{Command, Stdio};

use super::{empty, project};

/// What bash offers for a word of a command line, after these lines.
fn bash(before: &str, line: &str) -> String {
    let project = empty();
    let script = project.run("completions bash").stdout;
    project.write("completions.bash", script);
    let ask = format!(
        "{before}\nsource ./completions.bash\nsource ./completions.bash\n\
         read -r -a COMP_WORDS <<< '{line}'\n[[ '{line}' == *' ' ]] && COMP_WORDS+=('')\n\
         COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1))\n\
         [[ $(complete -p ${{COMP_WORDS[0]}}) =~ -F\\ ([^ ]+) ]] || echo nothing completes it\n\
         ${{BASH_REMATCH[1]}} ${{COMP_WORDS[0]}} \"${{COMP_WORDS[COMP_CWORD]}}\" \"${{COMP_WORDS[COMP_CWORD-1]}}\"\n\
         echo \"${{COMPREPLY[*]}}\"\n"
    );
    let mut shell = Command::new("bash");
    shell.current_dir(project.path()).args(["--norc", "-c", &ask]);
    let transcript = project.transcript(&mut shell);
    assert!(transcript.stderr.is_empty(), "{transcript}");
    transcript.stdout
}

#[test]
fn bash_completes_commands_options_and_values() {
    let lines = [
        "cargo-migrate up",
        "cargo-migrate he",
        "cargo-migrate upgrade --",
        "cargo-migrate upgrade --format ",
        "cargo-migrate -q stamp --p",
        "cargo-migrate completions ",
        "cargo migrate up",
        "cargo migrate upgrade --pl",
        "cargo migrate upgrade --format j",
        "cargo migrate __",
    ];
    let shown = lines.map(|line| format!("{line}| {}", bash("", line)));
    insta::assert_snapshot!(shown.concat(), @"
    cargo-migrate up| upgrade
    cargo-migrate he| heads
    cargo-migrate upgrade --| --sql --plan --from --package --database-url --wait --tag --format --quiet --help
    cargo-migrate upgrade --format | text json
    cargo-migrate -q stamp --p| --purge --plan --package
    cargo-migrate completions | -p -x -q -h --package --database-url --wait --tag --format --quiet --help bash elvish fish powershell zsh
    cargo migrate up| upgrade
    cargo migrate upgrade --pl| --plan
    cargo migrate upgrade --format j| json
    cargo migrate __|
    ");
}

#[test]
fn what_completed_cargo_before_goes_on() {
    let before = "_cargo() { COMPREPLY=(build-of-cargo); }; complete -F _cargo cargo";
    assert_eq!(bash(before, "cargo bu"), "build-of-cargo\n");
    assert_eq!(bash(before, "cargo migrate downg"), "downgrade\n");
    assert_eq!(bash("", "cargo bu"), "\n");
}

#[test]
fn each_shell_has_a_script_for_both_names() {
    let project = empty();
    let shells = ["bash", "zsh", "fish", "powershell", "elvish"];
    let shown = shells.map(|shell| {
        let script = project.run(&format!("completions {shell}"));
        assert_eq!(script, project.run(&format!("completions {shell}")));
        let script = script.stdout;
        assert!(
            script.contains("downgrade") && !script.contains("__ids"),
            "{script}"
        );
        let lines: Vec<&str> = script.lines().filter(|line| !line.trim().is_empty()).collect();
        let of_cargo = lines.iter().rfind(|line| line.contains("of_cargo"));
        format!(
            "{shell}:\n  {}\n  {}",
            lines[..2].join("\n  "),
            of_cargo.unwrap_or(&"")
        )
    });
    insta::assert_snapshot!(shown.join("\n"), @"
    bash:
      _cargo_migrate() {
          local i cur prev opts cmd
      complete -F _cargo_migrate_of_cargo -o bashdefault -o default cargo
    zsh:
      #compdef cargo-migrate
      autoload -U is-at-least
      
    fish:
      # Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
      function __fish_cargo_migrate_global_optspecs
      complete -c cargo -n '__fish_seen_subcommand_from migrate' -f -a '(__fish_cargo_migrate_of_cargo)'
    powershell:
      using namespace System.Management.Automation
      using namespace System.Management.Automation.Language
      
    elvish:
      use builtin;
      use str;
    ");
    insta::assert_snapshot!(project.run("completions tcsh"), @"
    exit code 2
    --- stderr
    error: invalid value 'tcsh' for '<SHELL>'
      [possible values: bash, elvish, fish, powershell, zsh]

      tip: a similar value exists: 'zsh'

    For more information, try '--help'.
    ");
}

/// The page as it is read, without the line of its name and version.
fn read(project: &migrate_tests::Project, line: &str) -> String {
    let page = project.run(line);
    assert_eq!(page, project.run(line));
    project.write("page.1", page.stdout);
    let mut groff = Command::new("groff");
    groff.args(["-man", "-ww", "-Tutf8", "-P-cbou", "-rLL=100n", "page.1"]);
    let read = project.transcript(groff.current_dir(project.path()).stdin(Stdio::null()));
    assert_eq!(read.stderr, "", "{line}");
    read.stdout
}

#[test]
#[ignore = "needs groff: run by cargo xtask test"]
fn the_manual_is_read_without_a_complaint() {
    let project = empty();
    let page = read(&project, "man");
    assert!(page.contains("cargo-migrate-downgrade(1)"), "{page}");
    insta::assert_snapshot!(read(&project, "man upgrade"), @r#"
    cargo-migrate-upgrade(1)               General Commands Manual              cargo-migrate-upgrade(1)



    NAME
           cargo-migrate-upgrade - Upgrade to a later revision

    SYNOPSIS
           cargo-migrate  upgrade [-p|--package] [--sql] [--plan] [--from] [--database-url] [--wait] [-x
           ] [--format] [-q|--quiet] [-h|--help] <REVISION>

    DESCRIPTION
           Upgrade to a later revision

           Each migration runs in a transaction of its own, with its row of the version table; `transac‐
           tion = "single"` in the configuration puts all into one. At its target already, a database is
           neither locked nor written to.

    OPTIONS
           --sql  Print the SQL instead of running it; connects to nothing

           --plan Print the steps and what each does to the version table, and touch nothing

           --from <REV>
                  Start from these heads, or from `base`, instead of asking the database

           -h, --help
                  Print help (see a summary with '-h')

           <REVISION>
                  Where to go: `head`, `heads`, a revision or the beginning of one, a label, `+1`,  `LA‐
                  BEL@head`, `REV+2`; with `--sql` also `A:B`

    COMMON OPTIONS
           -p, --package <NAME>
                  The package of the workspace whose migrations are meant

           --database-url <URL>
                  Database, instead of `DATABASE_URL` or the configuration's

           --wait <TIME>
                  Wait this long for a server that does not answer yet, such as `30s`

           -x <NAME=VALUE>
                  Value that migrations get by `op.argument`; may be repeated

           --format <FORMAT> [default: text]
                  How to print revisions, plans and errors

                  Possible values:

                         • text: Alembic's lines, for people

                         • json: JSON, for programs

           -q, --quiet
                  Print nothing but what was asked for, and errors

    EXAMPLES
           upgrade head                      all that is pending
           upgrade +1                        the next one
           upgrade cart@head                 one line, where there are several
           upgrade head --plan               what would be done
           upgrade 1f3c:head --sql > up.sql  the SQL of it, to be run by hand



    Migrations                               cargo-migrate 0.1.0                cargo-migrate-upgrade(1)
    "#);
}

#[test]
fn all_pages_are_written_into_a_folder() {
    let project = project();
    insta::assert_snapshot!(project.session(&["man --dir man/man1", "man nothing", "man stamp --dir x"]), @"
    $ cargo migrate man --dir man/man1
    exit code 0

    $ cargo migrate man nothing
    exit code 2
    --- stderr
    error: there is no command `nothing`

    $ cargo migrate man stamp --dir x
    exit code 2
    --- stderr
    error: the argument '[COMMAND]' cannot be used with '--dir <DIR>'

    Usage: cargo migrate man <COMMAND>

    For more information, try '--help'.
    ");
    assert_eq!(
        project.read("man/man1/cargo-migrate.1"),
        project.run("man").stdout
    );
    assert_eq!(
        project.read("man/man1/cargo-migrate-stamp.1"),
        project.run("man stamp").stdout
    );
}
