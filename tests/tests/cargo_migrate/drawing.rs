//! `history --graph` and `graph`: what they print and write.

use super::project;
use migrate_tests::{Project, Transcript};

const README: &str = include_str!("../../../README.md");

/// Two lines of which one needs the other, a branch with its merge, and labels.
fn shop() -> Project {
    let project = project();
    let migrations = [
        ("1a2b", "create_shops", "None"),
        ("2b3c", "create_carts", r#""1a2b""#),
        ("3c4d", "create_coupons", r#""2b3c", branch_labels = ["cart"]"#),
        ("4d5e", "count_the_stock", r#""2b3c", branch_labels = ["stock"]"#),
        ("5e6f", "merge_cart_and_stock", r#"["3c4d", "4d5e"]"#),
        ("a1b2", "create_templates", r#"None, branch_labels = ["lib"]"#),
        ("b2c3", "style_the_templates", r#""a1b2""#),
        ("6f7a", "send_mails", r#""5e6f", depends_on = "b2c3""#),
    ];
    for (id, name, rest) in migrations {
        project.migration(name, &format!("revision = \"{id}\", down_revision = {rest}"));
    }
    project
}

fn run(project: &Project, line: &str) -> Transcript {
    project.transcript(project.command(line).env("LC_ALL", "C.UTF-8"))
}

fn session(project: &Project, lines: &[&str]) -> String {
    let said = |line: &&str| format!("$ cargo migrate {line}\n{}\n", run(project, line));
    lines.iter().map(said).collect()
}

#[test]
fn history_and_graph_draw_the_same_in_the_terminal() {
    let project = shop();
    insta::assert_snapshot!(session(&project, &[
        "stamp 4d5e b2c3",
        "history --graph -i",
        "history --graph --ascii -r 3c4d:",
        "history --graph -v -r a1b2:b2c3",
    ]), @r"
    $ cargo migrate stamp 4d5e b2c3
    exit code 0
    --- stderr
    Running stamp_revision  -> 4d5e (.. ms)
    Running stamp_revision  -> b2c3 (.. ms)

    $ cargo migrate history --graph -i
    exit code 0
    --- stdout
    ○    5e6f (b2c3) -> 6f7a (cart, stock) (head), send mails
    ├─╮
    │ ╷
    │ @  a1b2 -> b2c3 (lib) (effective head) (current), style the templates
    │ ○  <base> -> a1b2 (lib), create templates
    ◆    3c4d, 4d5e -> 5e6f (cart, stock) (mergepoint), merge cart and stock
    ├─╮
    │ @  2b3c -> 4d5e (stock) (current), count the stock
    ○ │  2b3c -> 3c4d (cart), create coupons
    ├─╯
    ○  1a2b -> 2b3c (branchpoint), create carts
    ○  <base> -> 1a2b, create shops

    $ cargo migrate history --graph --ascii -r 3c4d:
    exit code 0
    --- stdout
    o    5e6f (b2c3) -> 6f7a (cart, stock) (head), send mails
    |\
    | |
    | ~
    |
    *    3c4d, 4d5e -> 5e6f (cart, stock) (mergepoint), merge cart and stock
    |\
    | |
    | ~
    |
    o  2b3c -> 3c4d (cart), create coupons
    |
    ~

    $ cargo migrate history --graph -v -r a1b2:b2c3
    exit code 0
    --- stdout
    ○  Rev: b2c3 (head)
    │  Parent: a1b2
    │  Branch names: lib
    │  Path: migrations/style_the_templates.rs
    │
    │      style the templates
    │
    ○  Rev: a1b2
       Parent: <base>
       Branch names: lib
       Path: migrations/create_templates.rs

           create templates
    ");
    let graph = run(&project, "graph -i").stdout;
    assert!(README.contains(&graph), "the README shows this one");
    assert_eq!(graph, run(&project, "history --graph -i").stdout);
    for line in run(&project, "history -i").stdout.lines() {
        assert!(graph.lines().any(|drawn| drawn.ends_with(line)), "{line}");
    }
}

#[test]
fn a_locale_without_utf_8_is_drawn_to_in_ascii() {
    let project = shop();
    let drawn = |locale: &str| {
        let mut command = project.command("history --graph");
        for variable in ["LC_ALL", "LC_CTYPE", "LANG"] {
            command.env_remove(variable);
        }
        project.transcript(command.env("LANG", locale)).stdout
    };
    assert!(drawn("C").is_ascii());
    assert!(!drawn("de_DE.utf8").is_ascii());
}

#[test]
fn the_json_of_history_is_the_same_with_a_drawing_asked_for() {
    let project = shop();
    let plain = run(&project, "history --format json");
    assert_eq!(plain, run(&project, "history --graph --format json"));
    let drawn = run(&project, "--format json graph -r a1b2:b2c3");
    assert_eq!(drawn, run(&project, "graph --format json -r a1b2:b2c3"));
    insta::assert_snapshot!(drawn, @r#"
    exit code 0
    --- stdout
    {
      "revisions": [
        {
          "revision": "b2c3",
          "down_revisions": [
            "a1b2"
          ],
          "depends_on": [],
          "branch_labels": [
            "lib"
          ],
          "message": "style the templates",
          "path": "migrations/style_the_templates.rs",
          "is_head": true,
          "is_base": false,
          "is_branch_point": false,
          "is_merge_point": false
        },
        {
          "revision": "a1b2",
          "down_revisions": [],
          "depends_on": [],
          "branch_labels": [
            "lib"
          ],
          "message": "create templates",
          "path": "migrations/create_templates.rs",
          "is_head": false,
          "is_base": true,
          "is_branch_point": false,
          "is_merge_point": false
        }
      ],
      "edges": [
        {
          "from": "b2c3",
          "to": "a1b2",
          "kind": "down_revision"
        }
      ]
    }
    "#);
}

#[test]
fn the_languages_of_pictures() {
    insta::assert_snapshot!(session(&shop(), &["graph --format mermaid", "graph --format dot -r 5e6f:"]), @r#"
    $ cargo migrate graph --format mermaid
    exit code 0
    --- stdout
    %% drawn by `migrate graph`
    flowchart BT
        r0["6f7a (cart) (stock) (head)<br/>send mails"]
        r1["b2c3 (lib) (effective head)<br/>style the templates"]
        r2["a1b2 (lib)<br/>create templates"]
        r3["5e6f<br/>merge cart and stock"]
        r4["4d5e (stock)<br/>count the stock"]
        r5["3c4d (cart)<br/>create coupons"]
        r6["2b3c<br/>create carts"]
        r7["1a2b<br/>create shops"]
        r7 --> r6
        r6 --> r5
        r6 --> r4
        r4 --> r3
        r5 --> r3
        r2 --> r1
        r1 -.-> r0
        r3 --> r0
        classDef current stroke-width:4px

    $ cargo migrate graph --format dot -r 5e6f:
    exit code 0
    --- stdout
    // drawn by `migrate graph`
    digraph migrations {
        rankdir=BT;
        node [shape=box, style=rounded, fontname="sans-serif"];
        "6f7a" [label="6f7a (cart) (stock) (head)\nsend mails"];
        "5e6f" [label="5e6f\nmerge cart and stock"];
        "5e6f" -> "6f7a";
    }
    "#);
}

#[test]
fn a_picture_is_written_over_a_picture_and_over_nothing_else() {
    let project = shop();
    project.write("notes.svg", "mine");
    insta::assert_snapshot!(session(&project, &[
        "graph --format svg -o graph.svg",
        "graph --format html -r :5e6f -o graph.svg",
        "graph --format svg -o notes.svg",
        "graph --format json -o notes.svg",
        "graph -o none/graph.txt",
        "graph --force",
        "heads --format svg",
    ]), @r#"
    $ cargo migrate graph --format svg -o graph.svg
    exit code 0

    $ cargo migrate graph --format html -r :5e6f -o graph.svg
    exit code 0

    $ cargo migrate graph --format svg -o notes.svg
    exit code 2
    --- stderr
    error: `notes.svg` is there already, and no picture of ours
    hint: `--force` writes over it

    $ cargo migrate graph --format json -o notes.svg
    exit code 2
    --- stdout
    {
      "error": {
        "kind": "usage",
        "message": "`notes.svg` is there already, and no picture of ours",
        "hints": [
          "`--force` writes over it"
        ]
      }
    }

    $ cargo migrate graph -o none/graph.txt
    exit code 3
    --- stderr
    error: cannot write `none/graph.txt`: No such file or directory (os error 2)

    $ cargo migrate graph --force
    exit code 2
    --- stderr
    error: the following required arguments were not provided:
      --output <FILE>

    Usage: cargo migrate graph --output <FILE> --force

    For more information, try '--help'.

    $ cargo migrate heads --format svg
    exit code 2
    --- stderr
    error: invalid value 'svg' for '--format <FORMAT>'
      [possible values: text, json]

    For more information, try '--help'.
    "#);
    assert!(project.read("graph.svg").starts_with("<!DOCTYPE html>"));
    assert_eq!(project.read("notes.svg"), "mine");
    assert_eq!(
        run(&project, "graph --format svg -o notes.svg --force").code,
        Some(0)
    );
    assert!(project.read("notes.svg").contains("<svg "));
}

#[test]
fn what_is_drawn_is_the_same_each_time() {
    let project = shop();
    for format in ["text", "json", "mermaid", "dot", "svg", "html"] {
        let line = format!("graph --format {format}");
        let drawn = run(&project, &line);
        assert_eq!(drawn.code, Some(0), "{line}");
        assert_eq!(drawn, run(&project, &line), "{line}");
    }
}
