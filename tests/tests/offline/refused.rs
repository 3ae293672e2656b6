//! What no script can say.

use migrate_core::prelude::*;
use migrate_graph::Heads;
use migrate_tests::migrations::{migration, migrator};

async fn refusal(scheme: &str, upgrade: fn(&mut Op) -> Result) -> String {
    let migrator = migrator(vec![migration("a1", &[], upgrade, |_| Ok(()))]);
    let script = migrator.script_upgrade(scheme, &Heads::default(), "head").await;
    script.unwrap_err().to_string()
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
    migration `a1`: tests/tests/offline/refused.rs:20: data step `fill` cannot be written as SQL: give it a SQL form with `.sql("...")`, or run this migration on a live database
    "#);
}

#[tokio::test]
async fn what_a_client_would_act_on_or_change_is_refused() {
    let error = refusal("postgres", |op| {
        op.execute("SELECT 1 \\gexec");
        Ok(())
    });
    insta::assert_snapshot!(error.await, @"
    migration `a1`: tests/tests/offline/refused.rs:31: postgres does not support a backslash outside of quotes in a script: psql would take it for a command: take it out
    ");
    let error = refusal("sqlite", |op| {
        op.create_table("a\r\nb", |t| {
            t.column("id", integer());
        });
        Ok(())
    });
    insta::assert_snapshot!(error.await, @r#"
    migration `a1`: tests/tests/offline/refused.rs:38: sqlite does not support a line that ends in `\r\n` within "\"a\r\nb\"" in a script: sqlite3 drops the `\r`: take it out, write it as `char(13)`, or run this on a live database
    "#);
}
