//! Timing processes side by side.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::failure::Failure;
use crate::process;

/// One way to do what is measured.
pub(crate) struct Side {
    /// What is run before each time, unmeasured.
    pub(crate) before: Vec<Command>,
    /// What is measured.
    pub(crate) run: Command,
    /// What is run after each time, and what it must print: a side that did not do the work has not won.
    pub(crate) after: Option<(Command, String)>,
}

impl Side {
    /// Nothing around the command.
    pub(crate) fn only(run: Command) -> Self {
        Self {
            before: Vec::new(),
            run,
            after: None,
        }
    }

    fn time(&mut self) -> Result<Duration, Failure> {
        for command in &mut self.before {
            process::output(command)?;
        }
        // What is printed is part of the work, reading it is not.
        self.run
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let start = Instant::now();
        let status = self.run.status();
        let elapsed = start.elapsed();
        if !status.is_ok_and(|status| status.success()) {
            // Once more, to show why.
            process::output(&mut self.run)?;
            return Err(Failure::new(format!("`{}` failed", process::line(&self.run))));
        }
        if let Some((command, expected)) = &mut self.after {
            let found = process::output(command)?;
            if found != *expected {
                let line = process::line(&self.run);
                return Err(Failure::new(format!(
                    "after `{line}`: {found} instead of {expected}"
                )));
            }
        }
        Ok(elapsed)
    }
}

/// The median of each side over some rounds, in which the sides take turns. A first round does not count.
pub(crate) fn measure(sides: &mut [Side], rounds: usize) -> Result<Vec<Duration>, Failure> {
    let mut times = vec![Vec::new(); sides.len()];
    for round in 0..=rounds {
        for (side, times) in sides.iter_mut().zip(&mut times) {
            let time = side.time()?;
            if round > 0 {
                times.push(time);
            }
        }
    }
    Ok(times.into_iter().map(median).collect())
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times.get(times.len() / 2).copied().unwrap_or_default()
}
