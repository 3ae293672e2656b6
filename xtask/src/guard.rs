//! [`Guard`]: cleaning up after this process, however it ends.
//!
//! A signal handler would not be called for SIGKILL, and would need code that is `unsafe` or a dependency. A guard
//! is a small shell in a process group of its own that waits for the end of a pipe: the operating system closes
//! the pipe with this process.

use std::io::Write;
use std::process::{Child, Command, Stdio};

use crate::failure::Failure;

/// Runs a shell script when it is dropped, and when this process ends without having dropped it.
#[derive(Debug)]
pub(crate) struct Guard {
    shell: Child,
}

impl Guard {
    /// `arguments` are the script's `$1`, `$2` and so on.
    pub(crate) fn new(script: &str, arguments: &[&str]) -> Result<Self, Failure> {
        let script = format!("trap '' HUP INT TERM\nread -r released && exit 0\n{script}");
        let mut command = Command::new("sh");
        command.args(["-c", &script, "guard"]).args(arguments);
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        let shell = command
            .spawn()
            .map_err(|error| Failure::new(format!("cannot run a shell that cleans up: {error}")))?;
        Ok(Self { shell })
    }

    /// Ends the guard without running its script.
    pub(crate) fn release(mut self) {
        if let Some(pipe) = &mut self.shell.stdin {
            // When the shell is gone, so is what it would have done.
            let _gone = pipe.write_all(b"released\n");
        }
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        drop(self.shell.stdin.take());
        // Nothing can be done about a shell that cannot be waited for.
        let _status = self.shell.wait();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn script_ran(end: fn(Guard)) -> bool {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("ran");
        end(Guard::new(r#"touch "$1""#, &[file.to_str().unwrap()]).unwrap());
        file.exists()
    }

    #[test]
    fn a_dropped_guard_runs_its_script() {
        assert!(script_ran(drop));
    }

    #[test]
    fn a_released_guard_does_nothing() {
        assert!(!script_ran(Guard::release));
    }
}
