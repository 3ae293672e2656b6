//! groff, which reads manual pages; installs it when there is none.

use crate::failure::Failure;
use crate::{debian, process};

/// Sees to it that there is a `groff`.
pub(crate) fn find_or_install() -> Result<(), Failure> {
    if process::on_path("groff").is_some() {
        return Ok(());
    }
    let missing = "groff is not on this machine";
    debian::install(
        &["groff"],
        missing,
        "install groff with your system's package manager",
    )
}
