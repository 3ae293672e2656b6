//! The reference of `cargo migrate`: its commands, and the help of those that a project's own binary is not for.

use super::empty;

#[test]
fn the_reference() {
    let project = empty();
    let commands = [
        "-h",
        "init -h",
        "list-templates -h",
        "revision -h",
        "edit -h",
        "merge -h",
        "rebase -h",
        "completions -h",
        "man -h",
    ];
    let help = commands.map(|line| project.run(line).stdout);
    insta::assert_snapshot!(help.join("\n----------------\n"), @r#"
    Migrations as typed Rust: create them, order them, run them

    Usage: cargo migrate [OPTIONS] <COMMAND>

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
      -p, --package <NAME>      The package of the workspace whose migrations are meant
      -c, --config <FILE>       Configuration file, instead of `migrate.toml` in the current folder or
                                above
      -n, --name <NAME>         Table of the configuration file whose settings apply, such as
                                `[analytics]`
          --database-url <URL>  Database, instead of `DATABASE_URL` or the configuration's
          --wait <TIME>         Wait this long for a server that does not answer yet, such as `30s`
      -x <NAME=VALUE>           Value that migrations get by `op.argument`; may be repeated
          --format <FORMAT>     How to print revisions, plans and errors [default: text] [possible
                                values: text, json]
      -q, --quiet               Print nothing but what was asked for, and errors
      -h, --help                Print help (see more with '--help')
      -V, --version             Print version

    Begin with `init`, `revision -m "create users"` and `upgrade head`; later `status` says
    what comes next, and `help COMMAND` has examples.

    ----------------
    Begin a project: a package of migrations, or migrations in a package

    Usage: cargo migrate init [OPTIONS] [DIRECTORY]

    Arguments:
      [DIRECTORY]  Where; the folder is made when it is not there [default: .]

    Options:
      -t, --template <TEMPLATE>  What to make [default: crate] [possible values: crate, module, multidb]
          --list-templates       List the templates, and make nothing
          --path <DIR>           Checkout of this tool that the project depends on, instead of the one
                                 that this program was built from
          --git <URL>            Repository of this tool that the project depends on
          --name <PACKAGE>       Name of the new package, instead of one that is made of the folder's
          --from-database        Begin with what a database holds: its models, and a first migration
                                 that makes it
          --no-stamp             Do not mark the database as being at that migration
          --schema <SCHEMA>      Schema to read, instead of the one in which a table would be made; may
                                 be given several times
      -h, --help                 Print help (see more with '--help')

    Common options:
      -p, --package <NAME>      The package of the workspace whose migrations are meant
          --database-url <URL>  Database, instead of `DATABASE_URL` or the configuration's
          --wait <TIME>         Wait this long for a server that does not answer yet, such as `30s`
      -x <NAME=VALUE>           Value that migrations get by `op.argument`; may be repeated
          --format <FORMAT>     How to print revisions, plans and errors [default: text] [possible
                                values: text, json]
      -q, --quiet               Print nothing but what was asked for, and errors

    Examples:
      init                     a package in this folder, which has no Cargo.toml
      init migrations          a package beside your application, in its workspace
      init --template module   migrations in the package of this folder
      init --from-database     a package that begins with what DATABASE_URL holds

    Nothing is overwritten.

    ----------------
    List the templates of `init`

    Usage: cargo migrate list-templates [OPTIONS]

    Options:
      -h, --help  Print help (see more with '--help')

    Common options:
      -p, --package <NAME>      The package of the workspace whose migrations are meant
          --database-url <URL>  Database, instead of `DATABASE_URL` or the configuration's
          --wait <TIME>         Wait this long for a server that does not answer yet, such as `30s`
      -x <NAME=VALUE>           Value that migrations get by `op.argument`; may be repeated
          --format <FORMAT>     How to print revisions, plans and errors [default: text] [possible
                                values: text, json]
      -q, --quiet               Print nothing but what was asked for, and errors

    Examples:
      list-templates                    what `init --template` takes

    ----------------
    Create a new migration

    Usage: cargo migrate revision [OPTIONS]

    Options:
      -m, --message <TEXT>         What it does, in one line
          --splice                 Let it revise what another revision revises already: a new branch
                                   begins there
          --branch-label <LABEL>   Label of the line that goes on from here; may be given several times
          --rev-id <ID>            Its id, instead of a random one
          --autogenerate           Write what leads to the models: compare them with the database, which
                                   has to be at head
          --offline                Compare with what the migrations come to, and ask no database
          --rename <OLD:NEW>       What had another name before: `users:accounts`,
                                   `users.name:users.full_name`; may be given several times
          --include <PATTERN>      Compare the tables of this name alone; `*` is any text
          --exclude <PATTERN>      Leave the tables of this name alone
          --schema <NAME>          Of other schemas compare this one alone
          --unknown-tables         Also compare tables that neither a model nor a migration knows: they
                                   would go
          --head <REVISION>        What it revises: a revision, `LABEL@head`, or `base` for the first of
                                   a new line [default: head]
          --depends-on <REVISION>  Revision or label that must be applied before it; may be given
                                   several times
          --version-path <FOLDER>  Folder of migrations to write it into, where there are several
      -h, --help                   Print help (see more with '--help')

    Common options:
      -p, --package <NAME>      The package of the workspace whose migrations are meant
          --database-url <URL>  Database, instead of `DATABASE_URL` or the configuration's
          --wait <TIME>         Wait this long for a server that does not answer yet, such as `30s`
      -x <NAME=VALUE>           Value that migrations get by `op.argument`; may be repeated
          --format <FORMAT>     How to print revisions, plans and errors [default: text] [possible
                                values: text, json]
      -q, --quiet               Print nothing but what was asked for, and errors

    Examples:
      revision -m "create users"                     after the only head
      revision --autogenerate -m "add full_name"  what the models have and the database has not
      revision --autogenerate -m "call it so" --rename users.name:users.full_name
      revision -m "create carts" --head shop@head    after the head of a labelled line
      revision --head base --branch-label audit      the first of a new line
      revision -m "add prices" --depends-on audit    and only when that is applied

    ----------------
    Open the file of a revision in your editor

    Usage: cargo migrate edit [OPTIONS] <REVISION>

    Arguments:
      <REVISION>  Which: a revision or the beginning of one, `head`, `heads`, a label, `-1` (one below
                  the head), `current`

    Options:
      -h, --help  Print help (see more with '--help')

    Common options:
      -p, --package <NAME>      The package of the workspace whose migrations are meant
          --database-url <URL>  Database, instead of `DATABASE_URL` or the configuration's
          --wait <TIME>         Wait this long for a server that does not answer yet, such as `30s`
      -x <NAME=VALUE>           Value that migrations get by `op.argument`; may be repeated
          --format <FORMAT>     How to print revisions, plans and errors [default: text] [possible
                                values: text, json]
      -q, --quiet               Print nothing but what was asked for, and errors

    Examples:
      edit head                         the last one
      edit 1f3c                         one by the beginning of its id
      edit current                      where the database is

    ----------------
    Create a migration that joins several heads into one

    Usage: cargo migrate merge [OPTIONS] [REVISION]...

    Arguments:
      [REVISION]...  What it joins: revisions, labels, or all `heads` [default: heads]

    Options:
      -m, --message <TEXT>        What it does, in one line
          --splice                Let it revise what another revision revises already: a new branch
                                  begins there
          --branch-label <LABEL>  Label of the line that goes on from here; may be given several times
          --rev-id <ID>           Its id, instead of a random one
      -h, --help                  Print help (see more with '--help')

    Common options:
      -p, --package <NAME>      The package of the workspace whose migrations are meant
          --database-url <URL>  Database, instead of `DATABASE_URL` or the configuration's
          --wait <TIME>         Wait this long for a server that does not answer yet, such as `30s`
      -x <NAME=VALUE>           Value that migrations get by `op.argument`; may be repeated
          --format <FORMAT>     How to print revisions, plans and errors [default: text] [possible
                                values: text, json]
      -q, --quiet               Print nothing but what was asked for, and errors

    Examples:
      merge heads                     all of them
      merge 1f3c cart@head -m "both"  two of them

    ----------------
    Make one line of two heads: the branch of one is moved onto the other

    Usage: cargo migrate rebase [OPTIONS] [HEAD]

    Arguments:
      [HEAD]  Whose branch is moved: a head, the beginning of one, or `LABEL@head`. Of two heads it is
              by default the one that the database does not have, else the one whose branch began later

    Options:
          --onto <HEAD>  The head that it comes after; by default the only other one
          --plan         Say what would change, and change nothing
      -h, --help         Print help (see more with '--help')

    Common options:
      -p, --package <NAME>      The package of the workspace whose migrations are meant
          --database-url <URL>  Database, instead of `DATABASE_URL` or the configuration's
          --wait <TIME>         Wait this long for a server that does not answer yet, such as `30s`
      -x <NAME=VALUE>           Value that migrations get by `op.argument`; may be repeated
          --format <FORMAT>     How to print revisions, plans and errors [default: text] [possible
                                values: text, json]
      -q, --quiet               Print nothing but what was asked for, and errors

    Examples:
      rebase --plan                     what would change
      rebase                            of two heads, move the one that is not applied
      rebase cart@head --onto 1f3c      this one behind that one

    ----------------
    Print a script with which a shell completes commands and options

    Usage: cargo migrate completions [OPTIONS] <SHELL>

    Arguments:
      <SHELL>  The shell [possible values: bash, elvish, fish, powershell, zsh]

    Options:
      -h, --help  Print help (see more with '--help')

    Common options:
      -p, --package <NAME>      The package of the workspace whose migrations are meant
          --database-url <URL>  Database, instead of `DATABASE_URL` or the configuration's
          --wait <TIME>         Wait this long for a server that does not answer yet, such as `30s`
      -x <NAME=VALUE>           Value that migrations get by `op.argument`; may be repeated
          --format <FORMAT>     How to print revisions, plans and errors [default: text] [possible
                                values: text, json]
      -q, --quiet               Print nothing but what was asked for, and errors

    Examples:
      completions bash >> ~/.bashrc                            what bash reads when it starts
      completions zsh > DIR/_cargo-migrate                     a DIR of your $fpath; `_` and the
      program's name
      completions fish > ~/.config/fish/conf.d/migrate.fish    what fish reads when it starts
      completions powershell >> $PROFILE
      completions elvish >> ~/.config/elvish/rc.elv

    ----------------
    Print the manual page, or that of a command

    Usage: cargo migrate man [OPTIONS] [COMMAND]

    Arguments:
      [COMMAND]  The command; without one it is the page of the program

    Options:
          --dir <DIR>  Write all pages into this folder instead, such as `~/.local/share/man/man1`
      -h, --help       Print help (see more with '--help')

    Common options:
      -p, --package <NAME>      The package of the workspace whose migrations are meant
          --database-url <URL>  Database, instead of `DATABASE_URL` or the configuration's
          --wait <TIME>         Wait this long for a server that does not answer yet, such as `30s`
      -x <NAME=VALUE>           Value that migrations get by `op.argument`; may be repeated
          --format <FORMAT>     How to print revisions, plans and errors [default: text] [possible
                                values: text, json]
      -q, --quiet               Print nothing but what was asked for, and errors

    Examples:
      man | man -l -                           read it
      man upgrade | man -l -                   that of a command
      man --dir ~/.local/share/man/man1        install all
    "#);
}

#[test]
fn a_program_that_forgot_the_command_is_told_so_in_json() {
    insta::assert_snapshot!(empty().run("--format json"), @r#"
    exit code 2
    --- stdout
    {
      "error": {
        "kind": "usage",
        "message": "a command is missing",
        "hints": [
          "For more information, try '--help'."
        ]
      }
    }
    "#);
}
