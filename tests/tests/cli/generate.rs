//! `generate models`: what it prints and writes, and what it keeps its hands off.

use std::fs;

use super::Fixture;

#[test]
fn models_of_a_database_are_printed_or_written_and_nothing_is_overwritten() {
    let fixture = Fixture::new("branches");
    fixture.run("upgrade head");
    insta::assert_snapshot!(fixture.session(&[
        "generate models",
        "generate models --output models.rs",
        "generate models --output models.rs",
        "generate models -q -o models.rs --force",
        "generate models --force",
        "generate models -o nowhere/models.rs",
        "generate models --schema elsewhere",
    ]), @r#"
    $ migrate generate models
    exit code 0
    --- stdout
    //! Models, as `generate models` made them of a database.
    // They need sqlx with its feature `derive`.

    use migrate_core::Table;

    #[derive(Debug, sqlx::FromRow, Table)]
    #[table(name = "carts")]
    pub struct Cart {
        #[column(primary_key, autoincrement)]
        pub id: i64,
    }

    #[derive(Debug, sqlx::FromRow, Table)]
    #[table(name = "coupons")]
    pub struct Coupon {
        #[column(primary_key, autoincrement)]
        pub id: i64,
    }

    #[derive(Debug, sqlx::FromRow, Table)]
    #[table(name = "letters")]
    pub struct Letter {
        #[column(primary_key, autoincrement)]
        pub id: i64,
    }

    #[derive(Debug, sqlx::FromRow, Table)]
    #[table(name = "mails")]
    pub struct Mail {
        #[column(primary_key, autoincrement)]
        pub id: i64,
    }

    #[derive(Debug, sqlx::FromRow, Table)]
    #[table(name = "merged")]
    pub struct Merged {
        #[column(primary_key, autoincrement)]
        pub id: i64,
    }

    #[derive(Debug, sqlx::FromRow, Table)]
    #[table(name = "shops")]
    pub struct Shop {
        #[column(primary_key, autoincrement)]
        pub id: i64,
    }

    #[derive(Debug, sqlx::FromRow, Table)]
    #[table(name = "stock")]
    pub struct Stock {
        #[column(primary_key, autoincrement)]
        pub id: i64,
    }

    #[derive(Debug, sqlx::FromRow, Table)]
    #[table(name = "styles")]
    pub struct Style {
        #[column(primary_key, autoincrement)]
        pub id: i64,
    }

    #[derive(Debug, sqlx::FromRow, Table)]
    #[table(name = "templates")]
    pub struct Template {
        #[column(primary_key, autoincrement)]
        pub id: i64,
    }

    $ migrate generate models --output models.rs
    exit code 0
    --- stdout
    models.rs
    --- stderr
    Wrote the models of 9 tables

    $ migrate generate models --output models.rs
    exit code 2
    --- stderr
    error: `models.rs` is there already
    hint: `--force` writes over it

    $ migrate generate models -q -o models.rs --force
    exit code 0
    --- stdout
    models.rs

    $ migrate generate models --force
    exit code 2
    --- stderr
    error: the following required arguments were not provided:
      --output <FILE>

    Usage: fixture-migrate generate models --output <FILE> --force

    For more information, try '--help'.

    $ migrate generate models -o nowhere/models.rs
    exit code 3
    --- stderr
    error: cannot write `nowhere/models.rs`: No such file or directory (os error 2)

    $ migrate generate models --schema elsewhere
    exit code 3
    --- stderr
    error: no such table: elsewhere.sqlite_schema (code 1)
    "#);
    let written = fs::read_to_string(fixture.path().join("models.rs")).unwrap();
    assert!(
        fixture
            .run("generate models")
            .to_string()
            .contains(written.trim_end())
    );
}

#[tokio::test]
async fn what_models_do_not_say_is_told() {
    let fixture = Fixture::new("branches");
    fixture.run("ensure-version");
    fixture
        .execute("CREATE TABLE odd (\"x: i32 } fn evil() {\" some type); CREATE VIEW names AS SELECT 1")
        .await;
    insta::assert_snapshot!(fixture.session(&["generate models --format json"]), @r#"
    $ migrate generate models --format json
    exit code 0
    --- stdout
    {
      "features": [],
      "source": "//! Models, as `generate models` made them of a database.\n// They need sqlx with its feature `derive`.\n//\n// What the database holds and the models do not say:\n// - the column `odd.x: i32 } fn evil() {`: sqlx reads it as no Rust type that is known here; the field is a String, to which queries have to cast it\n// - the view `names`\n\nuse migrate_core::Table;\n\n#[derive(Debug, sqlx::FromRow, Table)]\n#[table(name = \"odd\")]\npub struct Odd {\n    #[sqlx(rename = \"x: i32 } fn evil() {\")]\n    #[column(ty = custom(\"some type\"))]\n    pub x_i32_fn_evil: Option<String>,\n}\n",
      "unsaid": [
        "the column `odd.x: i32 } fn evil() {`: sqlx reads it as no Rust type that is known here; the field is a String, to which queries have to cast it",
        "the view `names`"
      ]
    }
    --- stderr
    warning: not said by the models: the column `odd.x: i32 } fn evil() {`: sqlx reads it as no Rust type that is known here; the field is a String, to which queries have to cast it
    warning: not said by the models: the view `names`
    "#);
}

#[test]
fn a_database_without_tables_has_no_models() {
    let fixture = Fixture::new("branches");
    insta::assert_snapshot!(fixture.session(&["generate models -o models.rs"]), @"
    $ migrate generate models -o models.rs
    exit code 1
    --- stderr
    The database has no tables; nothing is written
    ");
    assert!(!fixture.has_database() && !fixture.path().join("models.rs").exists());
    fixture.run("ensure-version");
    insta::assert_snapshot!(fixture.session(&["generate models"]), @"
    $ migrate generate models
    exit code 1
    --- stderr
    The database has no tables; nothing is written
    ");
}
