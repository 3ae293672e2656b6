//! [`Chromium`]: a browser without a window, to see what a page does.

use std::path::{Path, PathBuf};
use std::process::Command;

/// The variable in which `cargo xtask test` names the browser.
const CHROMIUM: &str = "MIGRATE_TEST_CHROMIUM";

/// A browser with an empty profile.
#[derive(Debug)]
pub struct Chromium {
    program: PathBuf,
}

impl Chromium {
    /// The browser that the environment names.
    ///
    /// # Panics
    /// When there is none: a test that needs it does not pass without it.
    #[must_use]
    pub fn new() -> Self {
        let program = std::env::var_os(CHROMIUM);
        let program = program
            .unwrap_or_else(|| panic!("{CHROMIUM} names no browser: run the tests by `cargo xtask test`"));
        Self {
            program: program.into(),
        }
    }

    /// What a page has become when its scripts have run, as HTML. `fragment` is what follows `#` in its address.
    ///
    /// # Panics
    /// When the browser cannot be run.
    #[must_use]
    pub fn document(&self, page: &Path, fragment: &str) -> String {
        let profile = tempfile::tempdir().unwrap();
        let output = Command::new(&self.program)
            .args(["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run"])
            // A container's shared memory may be too small.
            .args(["--disable-dev-shm-usage", "--window-size=1200,800"])
            .arg(format!("--user-data-dir={}", profile.path().display()))
            .arg("--dump-dom")
            .arg(format!("file://{}#{fragment}", page.display()))
            .output()
            .unwrap_or_else(|error| panic!("cannot run {}: {error}", self.program.display()));
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "Chromium failed: {said}");
        String::from_utf8(output.stdout).unwrap()
    }
}

impl Default for Chromium {
    fn default() -> Self {
        Self::new()
    }
}
