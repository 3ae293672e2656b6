//! Comparison: for any two descriptions, the operations that are found lead from the one to the other, each of them
//! possible where it stands, and their reverse leads back.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use migrate_core::autogenerate::compare;
use migrate_core::operation::{Operation, Place, Recorded, reverse};
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
