//! The commands that only read the graph.

use super::Fixture;

#[test]
fn heads_branches_and_history_in_alembic_s_words() {
    insta::assert_snapshot!(Fixture::new("branches").session(&[
        "heads",
        "heads --resolve-dependencies",
        "heads -v --resolve-dependencies",
        "branches",
        "branches -v",
        "history",
        "history -r cart@bbbb:dddd4444",
        "history -r-2:cart@head",
        "history --rev-range=abab1111:+1 -v",
    ]), @r"
    $ migrate heads
    exit code 0
    --- stdout
    abab2222 (lib) (effective head)
    ffff6666 (cart, stock) (head)

    $ migrate heads --resolve-dependencies
    exit code 0
    --- stdout
    ffff6666 (cart, stock) (head)

    $ migrate heads -v --resolve-dependencies
    exit code 0
    --- stdout
    Rev: ffff6666 (head)
    Parent: eeee5555
    Also depends on: abab2222
    Branch names: cart, stock
    Path: fixtures/branches/ffff6666_letters.rs

        send letters
        
        Revision ID: ffff6666
        Revises: eeee5555

    $ migrate branches
    exit code 0
    --- stdout
    bbbb2222 (branchpoint)
             -> cc1c3333 (cart)
             -> cc2c3333 (stock)

    $ migrate branches -v
    exit code 0
    --- stdout
    Rev: bbbb2222 (branchpoint)
    Parent: aaaa1111
    Branches into: cc1c3333, cc2c3333
    Path: fixtures/branches/bbbb2222_carts.rs

        create carts
        
        Revision ID: bbbb2222
        Revises: aaaa1111
        
        A cart belongs to a shop.

             -> cc1c3333 (cart), create coupons
             -> cc2c3333 (stock), create stock

    $ migrate history
    exit code 0
    --- stdout
    eeee5555 (abab2222) -> ffff6666 (cart, stock) (head), send letters
    dddd4444 (lib) -> eeee5555 (cart, stock), send mails
    cc1c3333, cc2c3333 -> dddd4444 (cart, stock) (mergepoint), merge cart and stock
    bbbb2222 -> cc2c3333 (stock), create stock
    bbbb2222 -> cc1c3333 (cart), create coupons
    aaaa1111 -> bbbb2222 (branchpoint), create carts
    abab1111 -> abab2222 (lib) (effective head), create styles
    <base> -> abab1111 (lib), create templates
    <base> -> aaaa1111, create shops

    $ migrate history -r cart@bbbb:dddd4444
    exit code 0
    --- stdout
    cc1c3333, cc2c3333 -> dddd4444 (cart, stock) (mergepoint), merge cart and stock
    bbbb2222 -> cc2c3333 (stock), create stock
    bbbb2222 -> cc1c3333 (cart), create coupons
    aaaa1111 -> bbbb2222 (branchpoint), create carts

    $ migrate history -r-2:cart@head
    exit code 0
    --- stdout
    eeee5555 (abab2222) -> ffff6666 (cart, stock) (head), send letters
    dddd4444 (lib) -> eeee5555 (cart, stock), send mails
    cc1c3333, cc2c3333 -> dddd4444 (cart, stock) (mergepoint), merge cart and stock

    $ migrate history --rev-range=abab1111:+1 -v
    exit code 0
    --- stdout
    Rev: abab2222 (head)
    Parent: abab1111
    Branch names: lib
    Path: fixtures/branches/abab2222_styles.rs

        create styles
        
        Revision ID: abab2222
        Revises: abab1111

    Rev: abab1111
    Parent: <base>
    Branch names: lib
    Path: fixtures/branches/abab1111_templates.rs

        create templates
        
        Revision ID: abab1111
        Revises: <base>
    ");
}

#[test]
fn show_takes_whatever_names_revisions() {
    insta::assert_snapshot!(Fixture::new("branches").session(&["show dddd", "show stock", "show cart@-1", "show base"]), @r"
    $ migrate show dddd
    exit code 0
    --- stdout
    Rev: dddd4444 (mergepoint)
    Merges: cc1c3333, cc2c3333
    Branch names: cart, stock
    Path: fixtures/branches/dddd4444_merge.rs

        merge cart and stock
        
        Revision ID: dddd4444
        Revises: cc1c3333, cc2c3333

    $ migrate show stock
    exit code 0
    --- stdout
    Rev: cc2c3333
    Parent: bbbb2222
    Branch names: stock
    Path: fixtures/branches/cc2c3333_stock.rs

        create stock
        
        Revision ID: cc2c3333
        Revises: bbbb2222

    $ migrate show cart@-1
    exit code 0
    --- stdout
    Rev: eeee5555
    Parent: dddd4444
    Also depends on: lib
    Branch names: cart, stock
    Path: fixtures/branches/eeee5555_mails.rs

        send mails
        
        Revision ID: eeee5555
        Revises: dddd4444

    $ migrate show base
    exit code 0
    ");
}

#[test]
fn revisions_as_json() {
    let fixture = Fixture::new("branches");
    insta::assert_snapshot!(fixture.run("show dddd --format json"), @r#"
    exit code 0
    --- stdout
    [
      {
        "revision": "dddd4444",
        "down_revisions": [
          "cc1c3333",
          "cc2c3333"
        ],
        "depends_on": [],
        "branch_labels": [
          "cart",
          "stock"
        ],
        "message": "merge cart and stock",
        "path": "fixtures/branches/dddd4444_merge.rs",
        "is_head": false,
        "is_base": false,
        "is_branch_point": false,
        "is_merge_point": true
      }
    ]
    "#);
    let ids = |line: &str| {
        let list: serde_json::Value = serde_json::from_str(&fixture.run(line).stdout).unwrap();
        let ids = list
            .as_array()
            .unwrap()
            .iter()
            .map(|it| it["revision"].as_str().unwrap().to_owned());
        ids.collect::<Vec<_>>().join(" ")
    };
    assert_eq!(ids("heads --format json"), "abab2222 ffff6666");
    assert_eq!(ids("branches --format=json"), "bbbb2222");
    assert_eq!(
        ids("--format json history -r :cart"),
        "cc1c3333 bbbb2222 aaaa1111"
    );
    assert_eq!(ids("show base --format json"), "");
}

#[test]
fn what_reads_the_graph_needs_no_database_and_makes_none() {
    let fixture = Fixture::new("branches");
    for line in ["heads", "branches", "history", "show head"] {
        let transcript = fixture.transcript(&mut fixture.without_database(line));
        assert_eq!(
            (transcript.code, transcript.stderr.as_str()),
            (Some(0), ""),
            "{line}"
        );
        fixture.run(line);
    }
    assert!(!fixture.has_database());
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let fixture = Fixture::new("branches");
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let output = fixture
        .command("history -v")
        .stdout(writer)
        .spawn()
        .unwrap()
        .wait_with_output()
        .unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert!(output.stderr.is_empty());
}
