//! Where a plan or a script starts when no database is asked: `--from`, or the first half of `A:B`.

use std::collections::BTreeSet;

use migrate_graph::{Heads, RevisionMap, RevisionSpec, SpecRange, Symbol};

use crate::error::CommandError;

/// A target as `upgrade` and `downgrade` take it: with `--sql` also a range.
#[derive(Debug)]
pub(crate) enum Target {
    /// One place.
    One(String),
    /// `A:B`: from there to there.
    Range(SpecRange),
}

impl Target {
    /// Reads the argument; a range is refused where no script is asked for, as in Alembic.
    pub(crate) fn read(text: &str, sql: bool) -> Result<Self, CommandError> {
        if !text.contains(':') {
            return Ok(Self::One(text.to_owned()));
        }
        if sql {
            if text.matches(':').count() > 1 {
                return Err(CommandError::usage(format!(
                    "'{text}' is no range: it is written `A:B`"
                )));
            }
            return Ok(Self::Range(SpecRange::parse(text)?));
        }
        Err(CommandError::usage("Range revision not allowed")
            .hint("`--sql` takes `A:B`; a plan takes where it starts from `--from A`"))
    }
}

/// The heads that some targets mean: `base`, ids, labels, `heads`.
pub(crate) fn heads<'a>(
    map: &RevisionMap,
    targets: impl IntoIterator<Item = &'a RevisionSpec>,
) -> Result<Heads, CommandError> {
    let mut rows = BTreeSet::new();
    for target in targets {
        if target.symbol == Some(Symbol::Current) {
            return Err(
                CommandError::usage("`current` says nothing where no database is asked")
                    .hint("name the revisions that are applied, or `base`"),
            );
        }
        rows.extend(map.resolve(target, &Heads::default())?);
    }
    let rows: Vec<&str> = rows.iter().map(|id| id.as_str()).collect();
    Ok(Heads::read(map, &rows)?)
}

/// The heads that `--from` names.
pub(crate) fn given(map: &RevisionMap, from: &[String]) -> Result<Heads, CommandError> {
    let targets: Vec<RevisionSpec> = from
        .iter()
        .map(|text| RevisionSpec::parse(text))
        .collect::<Result<_, _>>()?;
    heads(map, &targets)
}

/// Refuses a range beside `--from`: both say where to start.
pub(crate) fn only_one(from: &[String]) -> Result<(), CommandError> {
    if from.is_empty() {
        return Ok(());
    }
    Err(CommandError::usage(
        "a range `A:B` and `--from` both say where to start",
    ))
}
