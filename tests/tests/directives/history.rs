//! A case as a history: the tables that all cases share, what stands before the case, and the case.

use migrate_core::dialect::Unsupported;
use migrate_core::operation::Place;
use migrate_core::{Migrator, PrepareError};
use migrate_tests::migrations::{migration, migrator};

use crate::cases::{self, Case, Kind};

/// The revision before the case's.
pub(crate) const BEFORE: &str = "before";
/// The case's revision.
pub(crate) const CASE: &str = "case";

pub(crate) fn of(case: &Case) -> Migrator {
    let stays = |_: &mut _| Ok(());
    migrator(vec![
        migration(
            "setup",
            &[],
            |op| {
                cases::setup(op);
                Ok(())
            },
            stays,
        ),
        migration(BEFORE, &["setup"], case.before, stays),
        migration(CASE, &[BEFORE], case.up, case.down),
    ])
}

/// What the case itself is refused, and for which directives. What stands before it may be refused as well.
pub(crate) fn of_the_case(errors: Vec<PrepareError>) -> Vec<(Place, Unsupported)> {
    let about_it = |error| {
        let PrepareError::Unsupported {
            revision,
            place,
            unsupported,
        } = error
        else {
            panic!("{error}")
        };
        (revision == CASE).then_some((place, unsupported))
    };
    errors.into_iter().filter_map(about_it).collect()
}

/// The lines of the case's `up` as they stand in its file, with the number of the first.
pub(crate) fn source(kind: &Kind, case: &Case) -> (usize, Vec<&'static str>) {
    let lines: Vec<&str> = kind.source.lines().collect();
    let name = format!("        \"{}\",", case.name);
    let start = lines.iter().position(|line| *line == name).unwrap();
    let end = lines[start..]
        .iter()
        .position(|line| line.starts_with("    )"))
        .unwrap()
        + start;
    // The closures; the last leads back.
    let closures: Vec<usize> = (start..end)
        .filter(|line| lines[*line].starts_with("        |op|"))
        .collect();
    let [.., up, down] = closures[..] else {
        panic!("{} is written otherwise", case.name)
    };
    (up + 1, lines[up..down].to_vec())
}
