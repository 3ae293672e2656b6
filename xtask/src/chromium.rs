//! Chromium, in which the tests open the pages that are drawn; installs it when there is none.

use std::path::PathBuf;

use crate::failure::Failure;
use crate::{debian, process};

/// Under which names systems have it.
const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "chrome"];

/// The path of `chromium`.
pub(crate) fn find_or_install() -> Result<PathBuf, Failure> {
    let missing = "Chromium is not on this machine";
    let otherwise = "install chromium, or name a browser of its family in MIGRATE_TEST_CHROMIUM";
    let find = || NAMES.iter().find_map(|name| process::on_path(name));
    if let Some(found) = find() {
        return Ok(found);
    }
    debian::install(&["chromium"], missing, otherwise)?;
    find().ok_or_else(|| Failure::new(missing).hint(otherwise))
}
