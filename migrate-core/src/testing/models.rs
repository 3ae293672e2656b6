//! Whether the migrations make what the models say.

use super::Failure;
use super::place::on_empty;
use crate::autogenerate::words;
use crate::migrator::Migrator;
use crate::model::{ModelError, Models};

/// Does all migrations in an empty database at this URL's server, or in memory, and passes when
/// [`check`](Migrator::check) then finds no difference between the models and what is there.
///
/// # Errors
/// [`Failure::Models`], with each difference in words; [`Failure::NoModels`] where there is none; whatever keeps it from being found out.
pub fn models_equal_migrations(migrator: &Migrator, models: &Models, on: &str) -> Result<(), Failure> {
    if models.metadata() == Err(vec![ModelError::None]) {
        return Err(Failure::NoModels(ModelError::None));
    }
    on_empty(migrator, on, async |place| {
        migrator.upgrade(place.database(), "heads").await?;
        let check = migrator.check(place.database(), models).await?;
        if check.is_clean() {
            return Ok(());
        }
        let found = &check.comparison;
        let operations = found.operations.iter();
        let differences = operations.map(|operation| words(operation, &found.before));
        let open = found.open.iter().map(ToString::to_string);
        Err(Failure::Models(differences.chain(open).collect()))
    })
}
