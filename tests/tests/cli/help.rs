//! The reference: all help in one snapshot, so that a change of it is seen.

use super::Fixture;

#[test]
fn the_reference() {
    let fixture = Fixture::new("chain");
    let commands = [
        "--help",
        "upgrade --help",
        "downgrade -h",
        "stamp -h",
        "status -h",
        "current -h",
        "history -h",
        "graph --help",
        "heads -h",
        "branches -h",
        "show -h",
        "ensure-version -h",
    ];
    let help: Vec<String> = commands.iter().map(|line| fixture.run(line).stdout).collect();
    insta::assert_snapshot!(help.join("\n----------------\n"), @r#"
    Migrate a database along its revisions

    Usage: fixture-migrate [OPTIONS] <COMMAND>

    Create:
      init            Begin a project: a package of migrations, or migrations in a package
      list-templates  List the templates of `init`
      revision        Create a new migration
      edit            Open the file of a revision in your editor
      generate        Write models for a database that is there

    Look:
      status          Show where the database is, what is pending, and which command comes next
      current         Show where the database is
      history         List revisions, newest first
      graph           Draw the revisions and how they hang together
      heads           List the heads
      branches        List the revisions that branches begin from
      show            Show all that is known of a revision
      check           Tell whether the models and the database say the same

    Run:
      upgrade         Upgrade to a later revision
      downgrade       Revert to an earlier revision

    Mend:
      merge           Create a migration that joins several heads into one
      rebase          Make one line of two heads: the branch of one is moved onto the other
      stamp           Write revisions into the version table, and run no migration
      resolve         Say what became of the step that a run was cut off at
      ensure-version  Create the version table if it is not there

    Set up:
      completions     Print a script with which a shell completes commands and options
      man             Print the manual page, or that of a command

    Options:
      -c, --config <FILE>
              Configuration file, instead of `migrate.toml` in the current folder or above

      -n, --name <NAME>
              Table of the configuration file whose settings apply, such as `[analytics]`

          --database-url <URL>
              Database, instead of `DATABASE_URL` or the configuration's

          --wait <TIME>
              Wait this long for a server that does not answer yet, such as `30s`

      -x <NAME=VALUE>
              Value that migrations get by `op.argument`; may be repeated

          --format <FORMAT>
              How to print revisions, plans and errors

              Possible values:
              - text: Alembic's lines, for people
              - json: JSON, for programs
              
              [default: text]

      -q, --quiet
              Print nothing but what was asked for, and errors

      -h, --help
              Print help (see a summary with '-h')

      -V, --version
              Print version

    `status` says what comes next; `help COMMAND` has examples.

    ----------------
    Upgrade to a later revision

    Each migration runs in a transaction of its own, with its row of the version table; `transaction =
    "single"` in the configuration puts all into one. At its target already, a database is neither
    locked nor written to.

    Usage: fixture-migrate upgrade [OPTIONS] <REVISION>

    Arguments:
      <REVISION>
              Where to go: `head`, `heads`, a revision or the beginning of one, a label, `+1`,
              `LABEL@head`, `REV+2`; with `--sql` also `A:B`

    Options:
          --sql
              Print the SQL instead of running it; connects to nothing

          --plan
              Print the steps and what each does to the version table, and touch nothing

          --from <REV>
              Start from these heads, or from `base`, instead of asking the database

      -h, --help
              Print help (see a summary with '-h')

    Common options:
          --database-url <URL>
              Database, instead of `DATABASE_URL` or the configuration's

          --wait <TIME>
              Wait this long for a server that does not answer yet, such as `30s`

      -x <NAME=VALUE>
              Value that migrations get by `op.argument`; may be repeated

          --format <FORMAT>
              How to print revisions, plans and errors

              Possible values:
              - text: Alembic's lines, for people
              - json: JSON, for programs
              
              [default: text]

      -q, --quiet
              Print nothing but what was asked for, and errors

    Examples:
      upgrade head                      all that is pending
      upgrade +1                        the next one
      upgrade cart@head                 one line, where there are several
      upgrade head --plan               what would be done
      upgrade 1f3c:head --sql > up.sql  the SQL of it, to be run by hand

    ----------------
    Revert to an earlier revision

    Usage: fixture-migrate downgrade [OPTIONS] <REVISION>

    Arguments:
      <REVISION>  Where to go: `base`, a revision or the beginning of one, a label, `-1`, `LABEL@base`,
                  `REV-2`; with `--sql` `A:B`

    Options:
          --sql         Print the SQL instead of running it; connects to nothing
          --plan        Print the steps and what each does to the version table, and touch nothing
          --from <REV>  Start from these heads, or from `base`, instead of asking the database
      -h, --help        Print help (see more with '--help')

    Common options:
          --database-url <URL>  Database, instead of `DATABASE_URL` or the configuration's
          --wait <TIME>         Wait this long for a server that does not answer yet, such as `30s`
      -x <NAME=VALUE>           Value that migrations get by `op.argument`; may be repeated
          --format <FORMAT>     How to print revisions, plans and errors [default: text] [possible
                                values: text, json]
      -q, --quiet               Print nothing but what was asked for, and errors

    Examples:
      downgrade -1                      the last one
      downgrade 1f3c                    all that stands above it
      downgrade base --plan             what would be taken back
      downgrade head:1f3c --sql         the SQL of it

    ----------------
    Write revisions into the version table, and run no migration

    Usage: fixture-migrate stamp [OPTIONS] <REVISION>...

    Arguments:
      <REVISION>...  What to write: `head`, `heads`, `base`, revisions, labels, `+1`, `-1`; with `--sql`
                     also `A:B`

    Options:
          --purge       Empty the version table first, whatever it holds
          --sql         Print the SQL instead of running it; connects to nothing
          --plan        Print the steps and what each does to the version table, and touch nothing
          --from <REV>  Start from these heads, or from `base`, instead of asking the database
      -h, --help        Print help (see more with '--help')

    Common options:
          --database-url <URL>  Database, instead of `DATABASE_URL` or the configuration's
          --wait <TIME>         Wait this long for a server that does not answer yet, such as `30s`
      -x <NAME=VALUE>           Value that migrations get by `op.argument`; may be repeated
          --format <FORMAT>     How to print revisions, plans and errors [default: text] [possible
                                values: text, json]
      -q, --quiet               Print nothing but what was asked for, and errors

    Examples:
      stamp head                        it has everything
      stamp 1f3c                        it is there
      stamp --purge 1f3c                the same, whatever the table holds now
      stamp base                        nothing is applied

    ----------------
    Show where the database is, what is pending, and which command comes next

    Usage: fixture-migrate status [OPTIONS]

    Options:
      -h, --help  Print help (see more with '--help')

    Common options:
          --database-url <URL>  Database, instead of `DATABASE_URL` or the configuration's
          --wait <TIME>         Wait this long for a server that does not answer yet, such as `30s`
      -x <NAME=VALUE>           Value that migrations get by `op.argument`; may be repeated
          --format <FORMAT>     How to print revisions, plans and errors [default: text] [possible
                                values: text, json]
      -q, --quiet               Print nothing but what was asked for, and errors

    Examples:
      status                            where it is, and what comes next
      status --format json              the same for programs

    ----------------
    Show where the database is

    Usage: fixture-migrate current [OPTIONS]

    Options:
      -v, --verbose      Show all that is known of each revision
      -c, --check-heads  Exit with 1 unless the database is at all heads
      -h, --help         Print help (see more with '--help')

    Common options:
          --database-url <URL>  Database, instead of `DATABASE_URL` or the configuration's
          --wait <TIME>         Wait this long for a server that does not answer yet, such as `30s`
      -x <NAME=VALUE>           Value that migrations get by `op.argument`; may be repeated
          --format <FORMAT>     How to print revisions, plans and errors [default: text] [possible
                                values: text, json]
      -q, --quiet               Print nothing but what was asked for, and errors

    Examples:
      current                           the revisions
      current -v                        all that is known of them
      current --check-heads             and exit with 1 unless all is applied

    ----------------
    List revisions, newest first

    Usage: fixture-migrate history [OPTIONS]

    Options:
      -r, --rev-range <START:END>  Only these: `A:B`, `A:`, `:B`, both ends included; `-3:` are the last
                                   four, `current:` begins where the database is
      -i, --indicate-current       Ask the database, and mark its current revisions
      -v, --verbose                Show all that is known of each revision
          --graph                  Draw how they hang together beside them: what a revision revises as a
                                   line, what it depends on dotted
          --ascii                  Draw with ASCII alone, as where the locale is not UTF-8
      -h, --help                   Print help (see more with '--help')

    Common options:
          --database-url <URL>  Database, instead of `DATABASE_URL` or the configuration's
          --wait <TIME>         Wait this long for a server that does not answer yet, such as `30s`
      -x <NAME=VALUE>           Value that migrations get by `op.argument`; may be repeated
          --format <FORMAT>     How to print revisions, plans and errors [default: text] [possible
                                values: text, json]
      -q, --quiet               Print nothing but what was asked for, and errors

    Examples:
      history                           all of it, newest first
      history -r 1f3c:head              from one to the other
      history -r-3:                     the last four
      history -i                        with a mark where the database is
      history --graph                   as a drawing

    ----------------
    Draw the revisions and how they hang together

    Usage: fixture-migrate graph [OPTIONS]

    Options:
          --format <FORMAT>
              What to draw

              Possible values:
              - text:    The lines of `history --graph`
              - json:    The revisions and the links between them, for programs
              - mermaid: A flowchart for Markdown, as GitHub and others show it
              - dot:     The language of Graphviz
              - svg:     A picture
              - html:    A page with the picture, a search and each revision's details, which needs no
                network
              
              [default: text]

      -r, --rev-range <START:END>
              Only these: `A:B`, `A:`, `:B`, both ends included; `-3:` are the last four, `current:`
              begins where the database is

      -i, --indicate-current
              Ask the database, and mark its current revisions

      -o, --output <FILE>
              Write it to this file; one that is there is kept, unless this command drew it

          --force
              Write the file whatever is there

          --ascii
              Draw text with ASCII alone, as where the locale is not UTF-8

      -h, --help
              Print help (see a summary with '-h')

    Common options:
          --database-url <URL>
              Database, instead of `DATABASE_URL` or the configuration's

          --wait <TIME>
              Wait this long for a server that does not answer yet, such as `30s`

      -x <NAME=VALUE>
              Value that migrations get by `op.argument`; may be repeated

      -q, --quiet
              Print nothing but what was asked for, and errors

    Examples:
      graph                                  in the terminal
      graph -r cart@base:head -i             one line, with the database's revisions marked
      graph --format html -o graph.html      a page to look around in
      graph --format mermaid                 for a Markdown file

    ----------------
    List the heads

    Usage: fixture-migrate heads [OPTIONS]

    Options:
      -v, --verbose               Show all that is known of each revision
          --resolve-dependencies  Leave out heads that another revision depends on
      -h, --help                  Print help (see more with '--help')

    Common options:
          --database-url <URL>  Database, instead of `DATABASE_URL` or the configuration's
          --wait <TIME>         Wait this long for a server that does not answer yet, such as `30s`
      -x <NAME=VALUE>           Value that migrations get by `op.argument`; may be repeated
          --format <FORMAT>     How to print revisions, plans and errors [default: text] [possible
                                values: text, json]
      -q, --quiet               Print nothing but what was asked for, and errors

    Examples:
      heads                             the last revisions of all lines
      heads -v                          with their files
      heads --format json               the same for programs

    ----------------
    List the revisions that branches begin from

    Usage: fixture-migrate branches [OPTIONS]

    Options:
      -v, --verbose  Show all that is known of each revision
      -h, --help     Print help (see more with '--help')

    Common options:
          --database-url <URL>  Database, instead of `DATABASE_URL` or the configuration's
          --wait <TIME>         Wait this long for a server that does not answer yet, such as `30s`
      -x <NAME=VALUE>           Value that migrations get by `op.argument`; may be repeated
          --format <FORMAT>     How to print revisions, plans and errors [default: text] [possible
                                values: text, json]
      -q, --quiet               Print nothing but what was asked for, and errors

    Examples:
      branches                          where lines part, and into what
      branches -v                       all that is known of them

    ----------------
    Show all that is known of a revision

    Usage: fixture-migrate show [OPTIONS] <REVISION>

    Arguments:
      <REVISION>  Which: a revision or the beginning of one, `head`, `heads`, a label, `-1` (one below
                  the head), `current`

    Options:
      -h, --help  Print help (see more with '--help')

    Common options:
          --database-url <URL>  Database, instead of `DATABASE_URL` or the configuration's
          --wait <TIME>         Wait this long for a server that does not answer yet, such as `30s`
      -x <NAME=VALUE>           Value that migrations get by `op.argument`; may be repeated
          --format <FORMAT>     How to print revisions, plans and errors [default: text] [possible
                                values: text, json]
      -q, --quiet               Print nothing but what was asked for, and errors

    Examples:
      show head                         the last one
      show 1f3c                         one by the beginning of its id
      show current                      where the database is

    ----------------
    Create the version table if it is not there

    Usage: fixture-migrate ensure-version [OPTIONS]

    Options:
          --sql   Print the SQL instead of running it; connects to nothing
      -h, --help  Print help (see more with '--help')

    Common options:
          --database-url <URL>  Database, instead of `DATABASE_URL` or the configuration's
          --wait <TIME>         Wait this long for a server that does not answer yet, such as `30s`
      -x <NAME=VALUE>           Value that migrations get by `op.argument`; may be repeated
          --format <FORMAT>     How to print revisions, plans and errors [default: text] [possible
                                values: text, json]
      -q, --quiet               Print nothing but what was asked for, and errors

    Examples:
      ensure-version                    create it
      ensure-version --sql              print the SQL instead
    "#);
}

#[test]
fn completions_and_the_manual_carry_the_program_s_name() {
    let fixture = Fixture::new("chain");
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = fixture.run(&format!("completions {shell}")).stdout;
        assert!(script.contains("fixture-migrate"), "{script}");
        assert!(!script.contains("cargo-migrate"), "{script}");
    }
    let page = fixture.run("man upgrade").stdout;
    assert!(page.contains(".TH fixture-migrate-upgrade 1"), "{page}");
}
