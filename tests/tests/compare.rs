//! Comparison: for any two descriptions, the operations that are found lead from the one to the other, each of them
//! possible where it stands, and their reverse leads back.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::{Duration, Instant};

use migrate_core::autogenerate::{compare, difference, draft, render};
use migrate_core::dialect::for_scheme;
use migrate_core::operation::{Operation, Place, Recorded, reverse};
use migrate_core::prelude::*;
use migrate_core::schema::Metadata;
use migrate_tests::described::{described, sorted};
use proptest::prelude::*;

fn applied(metadata: &Metadata, operations: &[Operation]) -> Metadata {
    let mut metadata = metadata.clone();
    for operation in operations {
        metadata
            .apply(operation)
            .map_err(|impossible| format!("{operation}: {impossible}"))
            .unwrap();
    }
    metadata
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, ..ProptestConfig::default() })]

    #[test]
    fn what_is_found_leads_from_one_description_to_the_other_and_back(present in described(), wanted in described()) {
        let found = compare(&present, &wanted);
        if !found.open.is_empty() {
            return Ok(());
        }
        let after = applied(&present, &found.operations);
        prop_assert_eq!(sorted(&after), sorted(&wanted));
        prop_assert_eq!(compare(&after, &wanted).operations, Vec::new());
        let recorded: Vec<Recorded> = found
            .operations
            .iter()
            .map(|operation| Recorded {
                operation: operation.clone(),
                place: Place { file: "", line: 0 },
                only: Vec::new(),
                autocommit: false,
            })
            .collect();
        if let Ok(back) = reverse(&recorded, &present) {
            let back: Vec<Operation> = back.into_iter().map(|recorded| recorded.operation).collect();
            prop_assert_eq!(sorted(&applied(&after, &back)), sorted(&present));
        }
    }
}

/// Tables of twelve columns, each of which points to the next: no table can be made before the last.
fn wide(count: usize) -> Metadata {
    let mut op = Op::new();
    for number in 0..count {
        let name = format!("t{number:05}");
        op.create_table(&name, |t| {
            t.column("id", integer()).primary_key();
            for column in 0..10 {
                t.column(&format!("c{column}"), varchar(40))
                    .not_null()
                    .server_default("x");
            }
            let next = t.column("next_id", integer());
            if number + 1 < count {
                next.references(format!("t{:05}", number + 1), "id");
            }
        });
        op.create_index(None, &name, ["c0"]).unique();
    }
    let mut metadata = Metadata::default();
    for recorded in op.finish() {
        // What a table points to comes later.
        drop(metadata.apply(&recorded.operation));
    }
    metadata
}

#[test]
fn five_thousand_tables_are_compared_in_no_more_than_seconds() {
    let begin = Instant::now();
    let wanted = wide(5_000);
    let mut present = wanted.clone();
    for table in present.tables.values_mut() {
        Arc::make_mut(table).columns.pop();
    }
    let (nothing, none) = (Metadata::default(), BTreeSet::new());
    for scheme in ["postgres", "mysql", "sqlite"] {
        let dialect = for_scheme(scheme).unwrap();
        let found = |present, wanted| difference(dialect, present, wanted, &none, &[]).operations.len();
        assert_eq!(found(&wanted, &wanted), 0);
        assert_eq!(found(&nothing, &wanted), 10_000);
        assert_eq!(found(&wanted, &nothing), 5_000);
        assert!(found(&present, &wanted) >= 5_000);
    }
    // Not optimized and on a busy machine, it is some seconds; what grows with the square of the tables is minutes.
    assert!(begin.elapsed() < Duration::from_secs(60), "{:?}", begin.elapsed());
}

fn described_by(record: fn(&mut Op)) -> Metadata {
    let (mut op, mut metadata) = (Op::new(), Metadata::default());
    record(&mut op);
    for recorded in op.finish() {
        metadata.apply(&recorded.operation).unwrap();
    }
    metadata
}

#[test]
fn rows_that_are_there_can_get_a_value_before_a_column_takes_no_null() {
    let present = described_by(|op| {
        op.create_table("users", |t| {
            t.column("id", integer()).primary_key();
            t.column("gone", text()).not_null();
            t.column("name", varchar(40));
        });
    });
    let wanted = described_by(|op| {
        op.create_table("users", |t| {
            t.column("id", integer()).primary_key();
            t.column("name", varchar(40)).not_null();
            t.column("email", varchar(255)).not_null().unique();
            t.column("plan", varchar(9)).not_null().server_default("free");
        });
    });
    for scheme in ["postgres", "mysql", "sqlite"] {
        let dialect = for_scheme(scheme).unwrap();
        let draft = draft(&difference(dialect, &present, &wanted, &BTreeSet::new(), &[]));
        insta::allow_duplicates! {
            insta::assert_snapshot!(draft.upgrade.join("\n"), @r#"
            op.add_column("users", "email", varchar(255));
            // Rows in which it is NULL need a value before: `op.execute("UPDATE ..");`
            op.alter_column("users", "email").not_null();
            op.add_column("users", "plan", varchar(9)).not_null().server_default("free");
            // Rows in which it is NULL need a value before: `op.execute("UPDATE ..");`
            op.alter_column("users", "name").not_null();
            op.create_unique_constraint(None, "users", ["email"]);
            // The values of the column are lost.
            op.drop_column("users", "gone");
            "#);
            insta::assert_snapshot!(draft.downgrade.join("\n"), @r#"
            op.add_column("users", "gone", text());
            // Rows in which it is NULL need a value before: `op.execute("UPDATE ..");`
            op.alter_column("users", "gone").not_null();
            op.drop_constraint("uq_users_email", "users").unique();
            op.alter_column("users", "name").nullable();
            // The values of the column are lost.
            op.drop_column("users", "plan");
            // The values of the column are lost.
            op.drop_column("users", "email");
            "#);
        }
    }
}

#[test]
fn a_sequence_is_made_when_the_column_that_owns_it_is_there_and_then_it_is_asked() {
    let wanted = described_by(|op| {
        op.create_table("users", |t| {
            t.column("id", integer())
                .primary_key()
                .server_default(sql("nextval('numbers')"));
        });
        op.create_sequence("numbers").owned_by("users", "id");
    });
    let found = compare(&Metadata::default(), &wanted).operations;
    let found: Vec<String> = found.iter().flat_map(render).collect();
    insta::assert_snapshot!(found.join("\n"), @r#"
    op.create_table("users", |t| {
        t.column("id", integer()).primary_key();
    });
    op.create_sequence("numbers").owned_by("users", "id");
    op.alter_column("users", "id").server_default(sql("nextval('numbers')"));
    "#);
}
