//! [`Running`]: a program that goes on, such as a service, and what it says.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

/// As long as a program may be silent, on a machine that is busy.
const PATIENCE: Duration = Duration::from_secs(60);

/// A program that was started. It is ended with the value.
#[derive(Debug)]
pub struct Running {
    process: Child,
    lines: Receiver<String>,
    said: Vec<String>,
}

impl Running {
    /// Starts a program.
    ///
    /// # Panics
    /// When it cannot be started.
    pub fn start(command: &mut Command) -> Self {
        let mut process = command
            .stderr(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("cannot run {command:?}: {error}"));
        let stderr = BufReader::new(process.stderr.take().unwrap());
        let (sender, lines) = channel();
        // It reads on when nobody looks, so that the program never waits for a reader.
        thread::spawn(move || {
            for line in stderr.lines().map_while(Result::ok) {
                drop(sender.send(line));
            }
        });
        Self {
            process,
            lines,
            said: Vec::new(),
        }
    }

    /// Waits until it writes a line to stderr that begins so, and gives the rest of it.
    ///
    /// # Panics
    /// When it ends before that, or is silent.
    pub fn until(&mut self, start: &str) -> String {
        loop {
            match self.lines.recv_timeout(PATIENCE) {
                Ok(line) => {
                    self.said.push(line.clone());
                    if let Some(rest) = line.strip_prefix(start) {
                        return rest.to_owned();
                    }
                }
                Err(RecvTimeoutError::Disconnected) => panic!("it ended: {:#?}", self.said),
                Err(RecvTimeoutError::Timeout) => panic!("it does not say `{start}`: {:#?}", self.said),
            }
        }
    }

    /// All that it wrote to stderr up to now.
    pub fn said(&mut self) -> &[String] {
        self.said.extend(self.lines.try_iter());
        &self.said
    }

    /// Waits until it ends, and gives what it wrote to stderr, too.
    ///
    /// # Panics
    /// When it is silent and does not end.
    pub fn end(&mut self) -> (ExitStatus, &[String]) {
        loop {
            match self.lines.recv_timeout(PATIENCE) {
                Ok(line) => self.said.push(line),
                Err(RecvTimeoutError::Disconnected) => break,
                Err(RecvTimeoutError::Timeout) => panic!("it does not end: {:#?}", self.said),
            }
        }
        (self.process.wait().unwrap(), &self.said)
    }

    /// Asks it to stop, as a container is stopped, and waits until it has.
    ///
    /// # Panics
    /// When it does not.
    pub fn stop(&mut self) -> ExitStatus {
        let id = self.process.id().to_string();
        let sent = Command::new("kill").args(["-TERM", &id]).status();
        assert!(sent.unwrap().success(), "no signal could be sent");
        self.end().0
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended already; then the test has failed for that.
        let _killed = self.process.kill();
        let _status = self.process.wait();
    }
}
