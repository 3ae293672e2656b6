//! [`Transcript`]: all that a program said, in one text for a snapshot.

use std::fmt;
use std::process::{Command, Output};

/// What a program wrote, and how it ended.
///
/// ```
/// use std::process::Command;
/// use migrate_tests::Transcript;
///
/// let transcript = Transcript::of(Command::new("sh").args(["-c", "echo data; echo talk >&2; exit 3"]));
/// assert_eq!(transcript.to_string(), "exit code 3\n--- stdout\ndata\n--- stderr\ntalk\n");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transcript {
    /// The exit code; none when a signal ended it.
    pub code: Option<i32>,
    /// What it wrote to stdout.
    pub stdout: String,
    /// What it wrote to stderr.
    pub stderr: String,
}

impl Transcript {
    /// Runs a program to its end.
    ///
    /// # Panics
    /// When it cannot be started.
    pub fn of(command: &mut Command) -> Self {
        let output = command.output();
        Self::from(output.unwrap_or_else(|error| panic!("cannot run {command:?}: {error}")))
    }

    /// Replaces a text that differs from run to run, such as a temporary path.
    #[must_use]
    pub fn replace(mut self, text: &str, by: &str) -> Self {
        self.stdout = self.stdout.replace(text, by);
        self.stderr = self.stderr.replace(text, by);
        self
    }

    /// Without what cargo itself says, which differs from run to run.
    #[must_use]
    pub fn without_cargo(mut self) -> Self {
        let cargo = ["   Compiling ", "    Finished ", "    Blocking "];
        let lines = self.stderr.lines();
        let lines = lines.filter(|line| !cargo.iter().any(|start| line.starts_with(start)));
        self.stderr = lines.map(|line| format!("{line}\n")).collect();
        self
    }

    /// Replaces the times that steps took, such as `(4 ms)` or `(1.2 s)`, in what was said.
    #[must_use]
    pub fn without_times(mut self) -> Self {
        let is_time = |text: &str| {
            let number = text.strip_suffix(" ms)").or_else(|| text.strip_suffix(" s)"));
            number.is_some_and(|number| number.parse::<f32>().is_ok())
        };
        let line = |line: &str| match line.rsplit_once(" (") {
            Some((before, time)) if is_time(time) => format!("{before} (.. ms)\n"),
            Some(_) | None => format!("{line}\n"),
        };
        self.stderr = self.stderr.lines().map(line).collect();
        self
    }
}

impl From<Output> for Transcript {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code(),
            stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }
}

impl fmt::Display for Transcript {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.code {
            Some(code) => writeln!(f, "exit code {code}")?,
            None => writeln!(f, "ended by a signal")?,
        }
        for (name, text) in [("stdout", &self.stdout), ("stderr", &self.stderr)] {
            if !text.is_empty() {
                writeln!(f, "--- {name}\n{}", text.trim_end())?;
            }
        }
        Ok(())
    }
}
