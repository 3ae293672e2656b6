//! Tests that a project has for one line: are its migrations sound, and do they make what its models say?
//!
//! ```
//! # mod my_app { pub mod migrations { migrate_core::migrations!("tour/migrations"); } }
//! // tests/migrations.rs
//! migrate_core::testing::migration_tests!(my_app::migrations::migrator(), models = none);
//! ```
//!
//! Each test has a database of its own, empty at first: in memory, or, where [`migration_tests!`] says `on`, a new one on
//! that server. The calls behind the tests are here too, for whoever wants a test of another kind. They block, and may be
//! called from anywhere.

mod failure;
mod models;
mod one_head;
mod place;
mod stairway;

pub use failure::{Failure, Phase, Stopped, Uneven};
pub use models::models_equal_migrations;
pub use one_head::one_head;
pub use stairway::stairway;

use crate::dialect;
#[doc(inline)]
pub use crate::migration_tests;

/// The URL of a database in memory: where tests run that say no other place.
#[must_use]
pub fn in_memory() -> &'static str {
    dialect::in_memory().unwrap_or_default()
}

/// Makes the tests of a project's migrations: `one_head`, `stairway` and `models_equal_migrations`.
///
/// - [`one_head`](crate::testing::one_head()): the migrations of all crates together are one line at their end.
/// - [`stairway`](crate::testing::stairway()): each migration goes up, down and up again, and the schema is the same before
///   it and after its downgrade, and after both of its upgrades.
/// - [`models_equal_migrations`](crate::testing::models_equal_migrations()): after all migrations, `check` finds nothing.
///
/// ```
/// # mod tests {
/// # mod my_app { pub mod migrations { migrate_core::migrations!("tour/migrations"); } }
/// # fn server() -> String { "postgres://localhost".into() }
/// # use migrate_core::model::{Filter, Models};
/// // tests/migrations.rs: on SQLite in memory.
/// migrate_core::testing::migration_tests!(my_app::migrations::migrator());
///
/// // On a server, where each test makes a database and drops it again; its user has to be allowed to. Who has no server
/// // may leave these tests out: `cargo test` then says that it ignored them.
/// mod on_postgres {
///     # use super::{my_app, server};
///     migrate_core::testing::migration_tests!(
///         my_app::migrations::migrator(),
///         on = server(),
///         ignore = "needs PostgreSQL"
///     );
/// }
///
/// // Other models than all that are linked; or none, and then no test of them.
/// mod without_legacy {
///     # use super::{my_app, Filter, Models};
///     migrate_core::testing::migration_tests!(
///         my_app::migrations::migrator(),
///         models = Models::linked().only(Filter::new().exclude("legacy_*"))
///     );
/// }
/// mod by_hand {
///     # use super::my_app;
///     migrate_core::testing::migration_tests!(my_app::migrations::migrator(), models = none);
/// }
/// # }
/// ```
#[macro_export]
macro_rules! migration_tests {
    (@on) => { $crate::testing::in_memory() };
    (@on $on:expr) => { &$on };
    (@models) => { $crate::model::Models::linked() };
    (@models $models:expr) => { $models };
    (
        $migrator:expr
        $(, on = $on:expr)?
        , models = none
        $(, ignore = $reason:literal)?
        $(,)?
    ) => {
        $(#[ignore = $reason])?
        #[test]
        fn one_head() -> ::core::result::Result<(), $crate::testing::Failure> {
            $crate::testing::one_head(&$migrator)
        }

        $(#[ignore = $reason])?
        #[test]
        fn stairway() -> ::core::result::Result<(), $crate::testing::Failure> {
            $crate::testing::stairway(&$migrator, $crate::migration_tests!(@on $($on)?))
        }
    };
    (
        $migrator:expr
        $(, on = $on:expr)?
        $(, models = $models:expr)?
        $(, ignore = $reason:literal)?
        $(,)?
    ) => {
        $crate::migration_tests!($migrator $(, on = $on)?, models = none $(, ignore = $reason)?);

        $(#[ignore = $reason])?
        #[test]
        fn models_equal_migrations() -> ::core::result::Result<(), $crate::testing::Failure> {
            $crate::testing::models_equal_migrations(
                &$migrator,
                &$crate::migration_tests!(@models $($models)?),
                $crate::migration_tests!(@on $($on)?),
            )
        }
    };
}
