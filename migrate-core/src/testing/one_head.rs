//! Whether the migrations end in one revision.

use super::Failure;
use crate::migrator::Migrator;

/// Passes when all migrations together, those of other crates included, end in one head, so that `upgrade head` means
/// something.
///
/// # Errors
/// [`Failure::Heads`], with the file of each; [`Failure::Failed`] where the migrations do not fit together at all.
pub fn one_head(migrator: &Migrator) -> Result<(), Failure> {
    let heads = migrator.revisions()?.effective_heads().map(|head| &head.id);
    let heads: Vec<_> = heads.map(|head| super::failure::name(migrator, head)).collect();
    match heads.as_slice() {
        [_] => Ok(()),
        _ => Err(Failure::Heads(heads)),
    }
}
