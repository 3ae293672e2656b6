//! Where the workspace and its build output are.

use std::path::{Path, PathBuf};

/// The folder of the workspace's Cargo.toml.
pub(crate) fn root() -> PathBuf {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    package.parent().unwrap_or(package).to_owned()
}

/// What the tasks keep between runs; `cargo clean` removes it.
pub(crate) fn kept() -> PathBuf {
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from);
    // Relative to the current folder, as cargo reads it.
    std::path::absolute(&target).unwrap_or(target).join("xtask")
}
