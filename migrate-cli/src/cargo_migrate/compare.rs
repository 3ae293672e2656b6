//! Has the project's own binary, which has the models, compare them with the database.

use std::pin::Pin;
use std::process::Stdio;

use super::call::cannot_run;
use super::handover::own_binary;
use crate::comparison::{ComparisonOptions, Found};
use crate::error::{CommandError, Kind, Outcome};
use crate::format::Format;
use crate::session::Session;
use crate::workshop::{Answer, Compiled, Workshop};

/// The project's own binary, built when it is asked.
pub(super) struct OwnBinary<'s> {
    pub(super) session: &'s Session,
}

impl Compiled for OwnBinary<'_> {
    fn compare<'a>(
        &'a self,
        workshop: &'a Workshop,
        options: &'a ComparisonOptions,
    ) -> Pin<Box<dyn Future<Output = Answer> + 'a>> {
        Box::pin(async move { self.ask(workshop, options) })
    }
}

impl OwnBinary<'_> {
    /// What it says to people goes to stderr, as it is.
    fn ask(&self, workshop: &Workshop, options: &ComparisonOptions) -> Answer {
        let (flags, ui) = (&self.session.flags, &self.session.ui);
        let mut command = own_binary(self.session, &workshop.project)?;
        if let Some(name) = &flags.name {
            command.args(["-n", name]);
        }
        if let Some(url) = &flags.database_url {
            command.args(["--database-url", url.reveal()]);
        }
        if let Some(patience) = flags.wait {
            command.args(["--wait", &format!("{}ms", patience.as_millis())]);
        }
        for argument in &flags.arguments {
            command.arg(format!("-x={argument}"));
        }
        if ui.is_quiet() {
            command.arg("--quiet");
        }
        if self.session.format == Format::Json {
            command.args(["--format", "json"]);
        }
        command.arg("__compare").args(options.arguments());
        let output = command.stdin(Stdio::null()).stderr(Stdio::inherit()).output();
        let output = output.map_err(|error| cannot_run(&command, &error))?;
        if !output.status.success() {
            // An error that a program reads is data.
            ui.data(&String::from_utf8_lossy(&output.stdout))?;
            let code = output.status.code().and_then(|code| u8::try_from(code).ok());
            return Ok(Err(Outcome::Passed(code.unwrap_or(3))));
        }
        let found: Result<Found, _> = serde_json::from_slice(&output.stdout);
        found.map(Ok).map_err(|error| {
            let message = format!("the project's binary does not say what it found: {error}");
            CommandError::new(Kind::Build, message)
                .hint("its `migrate-cli` may be of another version than `cargo migrate`, or it prints something itself")
        })
    }
}
