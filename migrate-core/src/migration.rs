//! [`Migration`] and [`MigrationSet`]: what the macros make of a directory of migrations.
//!
//! Everything here is `'static` data that a compiler checked. This file neither runs a migration nor knows which
//! of them a database has.

use std::fmt;

use crate::connection::StepError;
use crate::operation::Op;

/// A migration's code in one direction: it records operations, and sends nothing.
pub type Record = fn(&mut Op) -> Result<(), StepError>;

/// What leads back from a revision.
#[derive(Clone, Copy)]
pub enum Downgrade {
    /// `fn downgrade` of the same module.
    Run(Record),
    /// The reverse of what `upgrade` records: `#[migration(reversible)]`.
    Reverse,
    /// Nothing does, for this reason: `#[migration(irreversible = "...")]`.
    Irreversible(&'static str),
}

/// One migration, as `#[migration]` registers it.
#[derive(Clone, Copy)]
pub struct Migration {
    /// Its revision.
    pub revision: &'static str,
    /// The revisions that it follows.
    pub down_revisions: &'static [&'static str],
    /// The revisions or labels that must be applied before it.
    pub depends_on: &'static [&'static str],
    /// The labels that it carries.
    pub branch_labels: &'static [&'static str],
    /// What it does, in one line.
    pub message: &'static str,
    /// The whole `//!` text of its file.
    pub doc: &'static str,
    /// Its file, relative to the crate's folder, with `/`.
    pub path: &'static str,
    /// Whether it runs inside a transaction.
    pub transaction: bool,
    /// Its `fn upgrade`, or its `fn change`.
    pub upgrade: Record,
    /// What leads back.
    pub downgrade: Downgrade,
}

impl fmt::Debug for Migration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Migration")
            .field("revision", &self.revision)
            .field("path", &self.path)
            .finish()
    }
}

impl fmt::Debug for Downgrade {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Run(_) => f.write_str("Run"),
            Self::Reverse => f.write_str("Reverse"),
            Self::Irreversible(reason) => write!(f, "Irreversible({reason:?})"),
        }
    }
}

/// The migrations of one `migrations!` call.
#[derive(Debug, Clone, Copy)]
pub struct MigrationSet {
    /// The package that the call stands in.
    pub package: &'static str,
    /// The module that the call stands in.
    pub module: &'static str,
    /// That package's folder when it was compiled.
    pub manifest_dir: &'static str,
    /// The directory of migrations, as the call names it.
    pub directory: &'static str,
    /// One entry for each migration, in the order of their files.
    pub migrations: &'static [&'static Migration],
}

/// A set as it is found across crates, whoever made a migrator of it.
#[derive(Debug)]
pub struct Registration(pub &'static MigrationSet);

inventory::collect!(Registration);

/// What the functions of a migration may return: nothing, or a result.
#[diagnostic::on_unimplemented(
    message = "`upgrade`, `downgrade` and `change` return nothing or a `Result<()>`, not `{Self}`",
    label = "no result of a migration"
)]
pub trait Outcome {
    /// The outcome as a result.
    ///
    /// # Errors
    /// What the function returned.
    fn into_result(self) -> Result<(), StepError>;
}

impl Outcome for () {
    fn into_result(self) -> Result<(), StepError> {
        Ok(())
    }
}

impl Outcome for Result<(), StepError> {
    fn into_result(self) -> Result<(), StepError> {
        self
    }
}
