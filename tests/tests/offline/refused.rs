//! What no script can say.

use migrate_core::prelude::*;
use migrate_graph::Heads;
use migrate_tests::migrations::{migration, migrator};

async fn refusal(scheme: &str, upgrade: fn(&mut Op) -> Result) -> String {
    let migrator = migrator(vec![migration("a1", &[], upgrade, |_| Ok(()))]);
    let script = migrator.script_upgrade(scheme, &Heads::default(), "head").await;
    let error = script.unwrap_err().to_string();
    // Where it stands here is of no interest.
    let (before, after) = error.split_once(".rs:").unwrap();
    format!("{before}.rs:_{}", after.trim_start_matches(char::is_numeric))
}

async fn fill(_db: &mut Db<'_>) -> Result {
    Ok(())
}

#[tokio::test]
async fn a_data_step_without_a_sql_form_stops_a_script_and_is_named() {
    let error = refusal("sqlite", |op| {
        op.run("fill", fill);
        Ok(())
    });
    insta::assert_snapshot!(error.await, @r#"
    migration `a1`: tests/tests/offline/refused.rs:_: data step `fill` cannot be written as SQL: give it a SQL form with `.sql("...")`, or run this migration on a live database
    "#);
}

#[tokio::test]
async fn what_a_client_would_act_on_or_change_is_refused() {
    let error = refusal("postgres", |op| {
        op.execute("SELECT 1 \\gexec");
        Ok(())
    });
    insta::assert_snapshot!(error.await, @"
    migration `a1`: tests/tests/offline/refused.rs:_: postgres does not support a backslash outside of quotes in a script: psql would take it for a command: take it out
    ");
    let error = refusal("mysql", |op| {
        op.execute("SELECT 'a\r\nb'");
        Ok(())
    });
    insta::assert_snapshot!(error.await, @r#"
    migration `a1`: tests/tests/offline/refused.rs:_: mysql does not support a line that ends in `\r\n` within "'a\r\nb'" in a script: the client drops the `\r`: take it out, write it as `\r`, or run this on a live database
    "#);
    let error = refusal("sqlite", |op| {
        op.create_table("a\r\nb", |t| {
            t.column("id", integer());
        });
        Ok(())
    });
    insta::assert_snapshot!(error.await, @r#"
    migration `a1`: tests/tests/offline/refused.rs:_: sqlite does not support a line that ends in `\r\n` within "\"a\r\nb\"" in a script: sqlite3 drops the `\r`: take it out, write it as `char(13)`, or run this on a live database
    "#);
}

/// PostgreSQL counts bytes, and would cut the name; MySQL counts characters.
#[tokio::test]
async fn a_name_that_is_too_long_is_in_no_script() {
    let bytes: fn(&mut Op) -> Result = |op| {
        op.create_table("é".repeat(32), |t| {
            t.column("id", integer());
        });
        Ok(())
    };
    let error = refusal("postgres", bytes).await;
    assert!(error.contains("which has 64 bytes"), "{error}");
    let characters: fn(&mut Op) -> Result = |op| {
        op.rename_table("t", &"é".repeat(65));
        Ok(())
    };
    let error = refusal("mysql", characters).await;
    assert!(error.contains("which has 65 characters"), "{error}");
    let migrator = migrator(vec![migration("a1", &[], bytes, |_| Ok(()))]);
    let script = migrator.script_upgrade("mysql", &Heads::default(), "head").await;
    assert!(script.unwrap().contains(&"é".repeat(32)));
}
