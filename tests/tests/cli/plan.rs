//! `--plan` and `--from`.

use super::Fixture;

#[test]
fn a_plan_says_what_each_step_does_to_the_version_rows() {
    let fixture = Fixture::new("branches");
    insta::assert_snapshot!(fixture.session(&[
        "upgrade head --plan",
        "downgrade bbbb --plan --from eeee5555,abab2222",
        "upgrade head --plan --from head",
        "stamp stock --plan --from base",
        "stamp lib --plan --purge --from dddd",
    ]), @r"
    $ migrate upgrade head --plan
    exit code 0
    --- stdout
    upgrade <base> -> aaaa1111, create shops
        insert aaaa1111
    upgrade <base> -> abab1111, create templates
        insert abab1111
    upgrade abab1111 -> abab2222, create styles
        update abab1111 to abab2222
    upgrade aaaa1111 -> bbbb2222, create carts
        update aaaa1111 to bbbb2222
    upgrade bbbb2222 -> cc1c3333, create coupons
        update bbbb2222 to cc1c3333
    upgrade bbbb2222 -> cc2c3333, create stock
        insert cc2c3333
    upgrade cc1c3333, cc2c3333 -> dddd4444, merge cart and stock
        delete cc2c3333
        update cc1c3333 to dddd4444
    upgrade dddd4444 -> eeee5555, send mails
        update dddd4444 to eeee5555
    upgrade eeee5555 -> ffff6666, send letters
        delete abab2222
        update eeee5555 to ffff6666

    $ migrate downgrade bbbb --plan --from eeee5555,abab2222
    exit code 0
    --- stdout
    downgrade eeee5555 -> dddd4444, send mails
        update eeee5555 to dddd4444
    downgrade dddd4444 -> cc1c3333, cc2c3333, merge cart and stock
        insert cc2c3333
        update dddd4444 to cc1c3333
    downgrade cc2c3333 -> bbbb2222, create stock
        delete cc2c3333
    downgrade cc1c3333 -> bbbb2222, create coupons
        update cc1c3333 to bbbb2222

    $ migrate upgrade head --plan --from head
    exit code 0
    --- stderr
    Nothing to do: the database is there already

    $ migrate stamp stock --plan --from base
    exit code 0
    --- stdout
    stamp cc2c3333
        insert cc2c3333

    $ migrate stamp lib --plan --purge --from dddd
    exit code 0
    --- stdout
    purge
        delete dddd4444
    stamp abab1111
        insert abab1111
    ");
    assert!(!fixture.has_database());
}

#[test]
fn a_plan_starts_where_the_database_is() {
    let fixture = Fixture::new("chain");
    fixture.run("upgrade +1");
    insta::assert_snapshot!(fixture.session(&["upgrade +1 --plan", "downgrade -1 --plan", "stamp head --plan", "current"]), @r"
    $ migrate upgrade +1 --plan
    exit code 0
    --- stdout
    upgrade 1a2b3c4d -> 1a2b9999, add email
        update 1a2b3c4d to 1a2b9999

    $ migrate downgrade -1 --plan
    exit code 0
    --- stdout
    downgrade 1a2b3c4d -> <base>, create users
        delete 1a2b3c4d

    $ migrate stamp head --plan
    exit code 0
    --- stdout
    stamp 7c8d9e0f
        update 1a2b3c4d to 7c8d9e0f

    $ migrate current
    exit code 0
    --- stdout
    1a2b3c4d
    ");
}

#[test]
fn a_plan_as_json() {
    let fixture = Fixture::new("branches");
    insta::assert_snapshot!(fixture.run("upgrade dddd --plan --from cart,stock --format json"), @r#"
    exit code 0
    --- stdout
    {
      "from": [
        "cc1c3333",
        "cc2c3333"
      ],
      "to": [
        "dddd4444"
      ],
      "steps": [
        {
          "direction": "upgrade",
          "revision": "dddd4444",
          "message": "merge cart and stock",
          "version_rows": [
            {
              "op": "delete",
              "from": "cc2c3333",
              "to": null
            },
            {
              "op": "update",
              "from": "cc1c3333",
              "to": "dddd4444"
            }
          ],
          "heads_after": [
            "dddd4444"
          ]
        }
      ]
    }
    "#);
    insta::assert_snapshot!(fixture.run("stamp base --purge --plan --from lib --format json"), @r#"
    exit code 0
    --- stdout
    {
      "from": [
        "abab1111"
      ],
      "to": [],
      "steps": [
        {
          "direction": "stamp",
          "revision": null,
          "message": "",
          "version_rows": [
            {
              "op": "delete",
              "from": "abab1111",
              "to": null
            }
          ],
          "heads_after": []
        }
      ]
    }
    "#);
}

#[test]
fn where_a_plan_starts_must_mean_something() {
    insta::assert_snapshot!(Fixture::new("branches").session(&[
        "upgrade head --plan --from nowhere",
        "upgrade head --plan --from current",
        "upgrade head --from base",
        "upgrade base:head --plan",
    ]), @r"
    $ migrate upgrade head --plan --from nowhere
    exit code 2
    --- stderr
    error: Can't locate revision identified by 'nowhere'
    hint: `history` lists all revisions

    $ migrate upgrade head --plan --from current
    exit code 2
    --- stderr
    error: `current` says nothing where no database is asked
    hint: name the revisions that are applied, or `base`

    $ migrate upgrade head --from base
    exit code 2
    --- stderr
    error: the following required arguments were not provided:
      <--sql|--plan>

    Usage: fixture-migrate upgrade --from <REV> <--sql|--plan> <REVISION>

    For more information, try '--help'.

    $ migrate upgrade base:head --plan
    exit code 2
    --- stderr
    error: Range revision not allowed
    hint: `--sql` takes `A:B`; a plan takes where it starts from `--from A`
    ");
}
