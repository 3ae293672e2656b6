//! Models made at run time, for tests that want some without a struct for each.

use migrate_core::model::{ModelSet, Models};
use migrate_core::operation::Place;
use migrate_core::prelude::Op;

/// What these functions describe, as the models of an application.
#[must_use]
pub fn models(sets: &[fn(&mut Op)]) -> Models {
    Models::of(sets.iter().map(|describe| ModelSet {
        package: "app",
        name: "a model",
        place: Place {
            file: "src/models.rs",
            line: 1,
        },
        describe: *describe,
        renames: Vec::new,
    }))
}
