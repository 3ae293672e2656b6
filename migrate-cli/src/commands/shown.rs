//! Which revisions `history` lists and `graph` draws.

use clap::Args;
use migrate_graph::{Heads, RevisionSpec, SpecRange, Symbol};

use crate::context::Context;
use crate::entry::Entry;
use crate::error::CommandError;
use crate::json::Asked;

#[derive(Debug, Args)]
pub(super) struct Shown {
    /// Only these: `A:B`, `A:`, `:B`, both ends included; `-3:` are the last four, `current:` begins where the
    /// database is
    #[arg(short, long, value_name = "START:END", allow_hyphen_values = true)]
    rev_range: Option<String>,
    /// Ask the database, and mark its current revisions
    #[arg(short, long)]
    indicate_current: bool,
}

impl Shown {
    /// The revisions, newest first.
    pub(super) async fn entries<'a>(&self, context: &'a Context) -> Result<Vec<Entry<'a>>, CommandError> {
        let range = SpecRange::parse(self.rev_range.as_deref().unwrap_or(":"))?;
        let asks = |spec: &Option<RevisionSpec>| {
            spec.as_ref()
                .is_some_and(|spec| spec.symbol == Some(Symbol::Current))
        };
        let map = context.map()?;
        let (mut heads, mut rows) = (Heads::default(), Vec::new());
        if asks(&range.start) || asks(&range.end) {
            heads = context.heads(&[]).await?;
            rows = heads.rows().iter().map(ToString::to_string).collect();
        } else if self.indicate_current {
            // Rows that no revision has as its id are nothing to mark, and no error.
            rows = context.migrator().rows(context.database()?).await?;
        }
        let current: Vec<_> = rows
            .iter()
            .filter_map(|row| map.get(row))
            .map(|it| it.id.clone())
            .collect();
        let marked = if self.indicate_current { &current[..] } else { &[] };
        let revisions = map.history(&range, &heads)?.into_iter();
        revisions
            .map(|revision| context.entry(revision, marked))
            .collect()
    }

    /// Whether the revisions say which of them are current.
    pub(super) fn asked(&self) -> Asked {
        if self.indicate_current {
            Asked::Yes
        } else {
            Asked::No
        }
    }
}
