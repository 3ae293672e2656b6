//! [`Ui`]: stdout is data, stderr is conversation.
//!
//! A conversation that cannot be written is no reason to stop a migration; data that nobody reads any more is no
//! error either.

use std::io::{self, BufWriter, IsTerminal, Write};
use std::process::ExitCode;
use std::sync::{Mutex, MutexGuard, PoisonError};

use indicatif::{ProgressBar, ProgressStyle};

use crate::error::CommandError;
use crate::filling::Filling;
use crate::format::Format;
use crate::json;
use crate::printable::printable;

/// More steps than these get a progress bar on a terminal.
const MANY: usize = 20;

const RED: &str = "1;31";
const YELLOW: &str = "1;33";
const CYAN: &str = "1;36";

/// Where a command's output goes.
#[derive(Debug)]
pub(crate) struct Ui {
    quiet: bool,
    terminal: bool,
    colour: bool,
    #[cfg(feature = "authoring")]
    unicode: bool,
    live: Mutex<Live>,
}

/// What stands on stderr and is not done yet.
#[derive(Debug)]
enum Live {
    Nothing,
    /// A line without its end.
    Line,
    /// A bar below the lines, and the line that is yet to come.
    Bar(ProgressBar, String),
    /// A backfill, with its bar on a terminal.
    Filling(Filling, Option<ProgressBar>),
}

impl Ui {
    /// The streams of this process.
    pub(crate) fn of_process(quiet: bool) -> Self {
        let terminal = io::stderr().is_terminal();
        let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        Self {
            quiet,
            terminal,
            // https://no-color.org
            colour: terminal && !set("NO_COLOR") && !dumb,
            #[cfg(feature = "authoring")]
            unicode: cfg!(windows) || is_utf8(&locale()),
            live: Mutex::new(Live::Nothing),
        }
    }

    /// Whether nothing is said but data and errors.
    #[cfg(feature = "authoring")]
    pub(crate) const fn is_quiet(&self) -> bool {
        self.quiet
    }

    /// Whether more than ASCII can be shown.
    #[cfg(feature = "authoring")]
    pub(crate) const fn unicode(&self) -> bool {
        self.unicode
    }

    /// Writes data to stdout.
    pub(crate) fn data(&self, text: &str) -> Result<(), CommandError> {
        self.stream([text])
    }

    /// Writes data to stdout while it is being made.
    pub(crate) fn stream(
        &self,
        parts: impl IntoIterator<Item = impl AsRef<str>>,
    ) -> Result<(), CommandError> {
        let mut stdout = BufWriter::new(io::stdout().lock());
        let mut parts = parts.into_iter();
        let written = parts.try_for_each(|part| stdout.write_all(part.as_ref().as_bytes()));
        match written.and_then(|()| stdout.flush()) {
            // Whoever read it has read enough.
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
            written => Ok(written?),
        }
    }

    /// Says something to the person.
    pub(crate) fn say(&self, text: &str) {
        if !self.quiet {
            self.line(&printable(text));
        }
    }

    /// Says that something is probably not meant.
    pub(crate) fn warn(&self, text: &str) {
        if !self.quiet {
            self.line(&format!(
                "{} {}",
                self.painted("warning:", YELLOW),
                printable(text)
            ));
        }
    }

    /// Whether there is a person to be asked.
    #[cfg(feature = "authoring")]
    pub(crate) fn can_ask(&self) -> bool {
        !self.quiet && self.terminal && io::stdin().is_terminal()
    }

    /// Asks the person, and waits for a line; `None` when there is no more. A signal does not wait for it: whoever reads
    /// is a thread that the process does not wait for.
    #[cfg(feature = "authoring")]
    pub(crate) async fn ask(&self, question: &str) -> Result<Option<String>, CommandError> {
        self.end_live();
        write(&printable(question));
        let (sender, receiver) = tokio::sync::oneshot::channel();
        std::thread::spawn(move || {
            let mut line = String::new();
            let read = io::stdin().read_line(&mut line);
            drop(sender.send(read.map(|length| (length > 0).then_some(line))));
        });
        Ok(receiver.await.unwrap_or(Ok(None))?)
    }

    /// Expects this many steps.
    pub(crate) fn expect(&self, steps: usize) {
        if self.quiet || !self.terminal || steps <= MANY {
            return;
        }
        let bar = bar(
            steps.try_into().unwrap_or(u64::MAX),
            "{bar:30} {pos}/{len} {wide_msg}",
        );
        *self.live() = Live::Bar(bar, String::new());
    }

    /// Says what begins now: the line is there before it is done, so that one that hangs can be seen.
    pub(crate) fn begin(&self, text: &str) {
        if self.quiet {
            return;
        }
        let text = printable(text);
        let mut live = self.live();
        if let Live::Bar(bar, line) = &mut *live {
            bar.set_message(text.clone());
            *line = text;
        } else {
            write(&text);
            *live = Live::Line;
        }
    }

    /// Says how far a backfill is that belongs to what has begun: by a bar on a terminal, elsewhere by a line for each
    /// tenth of it.
    pub(crate) fn fill(&self, what: &str, rows: u64, of: u64) {
        if self.quiet || of == 0 {
            return;
        }
        let what = printable(what);
        if let Live::Bar(bar, line) = &mut *self.live() {
            bar.set_message(format!("{line}: {what}, {rows} of {of} rows"));
            return;
        }
        let goes_on = matches!(&*self.live(), Live::Filling(filling, _) if filling.goes_on(&what, rows));
        if !goes_on {
            self.end_live();
            let bar = self
                .terminal
                .then(|| bar(of, "  {msg} {bar:30} {pos}/{len} rows, {eta} left"));
            let bar = bar.map(|bar| bar.with_message(what.clone()));
            *self.live() = Live::Filling(Filling::new(&what, rows, of), bar);
        }
        if let Live::Filling(filling, bar) = &mut *self.live() {
            let worth_a_line = filling.comes_to(rows, of);
            match bar {
                Some(bar) => {
                    bar.set_length(of);
                    bar.set_position(rows);
                }
                None if worth_a_line => write(&format!("{}\n", filling.line())),
                None => {}
            }
        }
    }

    /// Says that it is done, and how.
    pub(crate) fn finish(&self, text: &str) {
        if self.quiet {
            return;
        }
        let mut live = self.live();
        if let Live::Bar(bar, line) = &*live {
            bar.println(format!("{line} {text}"));
            bar.inc(1);
        } else if matches!(&*live, Live::Filling(..)) {
            drop(live);
            self.line(&format!("  done {text}"));
        } else {
            write(&format!(" {text}\n"));
            *live = Live::Nothing;
        }
    }

    /// Says why the command failed, in the form that was asked for, and returns its exit code.
    pub(crate) fn failed(&self, error: &CommandError, format: Format) -> ExitCode {
        self.end_live();
        let is_told = format == Format::Json && self.data(&json::error(error)).is_ok();
        // Where stdout takes nothing, a person at least is told.
        if !is_told {
            self.line(&format!(
                "{} {}",
                self.painted("error:", RED),
                printable(&error.message)
            ));
            for hint in &error.hints {
                self.line(&format!("{} {}", self.painted("hint:", CYAN), printable(hint)));
            }
        }
        ExitCode::from(error.kind.exit_code())
    }

    fn line(&self, text: &str) {
        self.end_live();
        write(&format!("{text}\n"));
    }

    /// Ends what is not done yet: it never will be, or nobody shows it.
    fn end_live(&self) {
        match std::mem::replace(&mut *self.live(), Live::Nothing) {
            Live::Nothing => {}
            Live::Line => write("\n"),
            Live::Bar(bar, line) => {
                let unfinished = bar.length().is_some_and(|length| bar.position() < length);
                bar.finish_and_clear();
                if unfinished {
                    write(&format!("{line}\n"));
                }
            }
            Live::Filling(filling, bar) => {
                let is_seen = bar.is_none() && !filling.is_untold();
                if let Some(bar) = bar {
                    bar.finish_and_clear();
                }
                if !is_seen {
                    write(&format!("{}\n", filling.line()));
                }
            }
        }
    }

    fn live(&self) -> MutexGuard<'_, Live> {
        self.live.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn painted(&self, text: &str, code: &str) -> String {
        if self.colour {
            format!("\x1b[{code}m{text}\x1b[0m")
        } else {
            text.to_owned()
        }
    }
}

impl Drop for Ui {
    fn drop(&mut self) {
        self.end_live();
    }
}

/// A bar of this length, on stderr.
fn bar(length: u64, template: &str) -> ProgressBar {
    let style = ProgressStyle::with_template(template);
    let style = style.unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::new(length).with_style(style)
}

/// The locale that characters are shown by, in POSIX' order; empty when none is set.
#[cfg(feature = "authoring")]
fn locale() -> String {
    let set = |name| std::env::var(name).ok().filter(|value| !value.is_empty());
    ["LC_ALL", "LC_CTYPE", "LANG"]
        .into_iter()
        .find_map(set)
        .unwrap_or_default()
}

#[cfg(feature = "authoring")]
fn is_utf8(locale: &str) -> bool {
    let locale = locale.to_ascii_lowercase();
    locale.contains("utf-8") || locale.contains("utf8")
}

/// Writes to stderr, if that can be done.
fn write(text: &str) {
    drop(io::stderr().lock().write_all(text.as_bytes()));
}
