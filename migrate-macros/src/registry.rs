//! What the `migrations!` calls of this build have declared, for the `#[migration]`s that they make reachable.
//!
//! A `migrations!` call is expanded before the modules that it declares are read, in the same process, so the
//! folder is read and checked once, however many migrations it has.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use migrate_graph::{Field, source::SourceFile};

/// What is known about a declared file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Finding {
    /// The file, read.
    pub(crate) file: SourceFile,
    /// Its path relative to the crate's folder, with `/`.
    pub(crate) path: String,
    /// Whether the call of `migrations!` has said what is wrong with the file.
    pub(crate) is_told: bool,
    /// What is wrong with its place in the chain: the literal at fault and the message.
    pub(crate) problems: Vec<(Field, String)>,
}

/// The files of the declared folders, by the path under which the compiler reads them.
static FILES: Mutex<BTreeMap<PathBuf, Arc<Finding>>> = Mutex::new(BTreeMap::new());

/// Makes the files of a folder known. Answers the first that is already declared, if there is one: then nothing
/// changes.
pub(crate) fn declare(files: Vec<(PathBuf, Finding)>) -> Result<(), PathBuf> {
    let mut declared = FILES.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((path, _)) = files.iter().find(|(path, _)| declared.contains_key(path)) {
        return Err(path.clone());
    }
    declared.extend(files.into_iter().map(|(path, finding)| (path, Arc::new(finding))));
    Ok(())
}

/// What is known about a file, `None` when no `migrations!` call has declared it.
pub(crate) fn find(file: &Path) -> Option<Arc<Finding>> {
    let declared = FILES.lock().unwrap_or_else(PoisonError::into_inner);
    declared.get(file).cloned()
}
