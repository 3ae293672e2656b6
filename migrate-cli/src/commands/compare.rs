//! `__compare`: what models and database differ in, for `cargo migrate`, which writes a migration of it.

use clap::Args;

use crate::comparison::{ComparisonOptions, Found};
use crate::context::Context;
use crate::error::{CommandError, Outcome};
use crate::json;

/// Print what models and database differ in
#[derive(Debug, Args)]
pub(crate) struct Compare {
    #[command(flatten)]
    comparison: ComparisonOptions,
}

impl Compare {
    pub(crate) async fn run(&self, context: &Context) -> Result<Outcome, CommandError> {
        let check = self.comparison.check(context).await?;
        context.ui.data(&json::text(&Found::from(&check)))?;
        Ok(Outcome::Done)
    }
}
