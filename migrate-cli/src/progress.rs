//! What a run tells of itself, as the lines that a person sees.

use std::time::Duration;

use migrate_core::Event;
use migrate_graph::{Direction, RevisionId};

use crate::ui::Ui;

/// Shows one event.
pub(crate) fn show(ui: &Ui, event: &Event) {
    match event {
        Event::Planned { steps } => ui.expect(*steps),
        Event::DatabaseWaiting { error } => ui.say(&format!("Waiting for the database: {error}")),
        Event::LockWaiting { holder } => {
            let holder = holder
                .as_ref()
                .map_or_else(String::new, |holder| format!(": {}", holder.description));
            ui.say(&format!("Waiting for another run on this database{holder}"));
        }
        Event::RedundantRows { rows } => ui.warn(&format!(
            "the version table holds {}, which other rows already imply; the next step takes it out",
            rows.iter().map(RevisionId::as_str).collect::<Vec<_>>().join(", ")
        )),
        Event::StepStarted(started) => ui.begin(&match started.direction {
            Direction::Upgrade | Direction::Downgrade => format!("{started}, {}", started.message),
            Direction::Stamp => started.to_string(),
        }),
        Event::Filled { what, filled } => ui.fill(what, filled.rows, filled.of),
        Event::StepFinished { elapsed, .. } => ui.finish(&format!("({})", time(*elapsed))),
        // An event that this version does not know is not shown.
        _ => {}
    }
}

/// A time as precise as a person wants it.
fn time(elapsed: Duration) -> String {
    let seconds = elapsed.as_secs();
    match seconds {
        0 => format!("{} ms", elapsed.as_millis()),
        1..60 => format!("{:.1} s", elapsed.as_secs_f32()),
        60.. => format!("{} min {} s", seconds / 60, seconds % 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_as_precise_as_a_person_wants_them() {
        let shown = [0, 12, 999, 1000, 59_940, 60_000, 3_723_000].map(|ms| time(Duration::from_millis(ms)));
        assert_eq!(
            shown,
            [
                "0 ms",
                "12 ms",
                "999 ms",
                "1.0 s",
                "59.9 s",
                "1 min 0 s",
                "62 min 3 s"
            ]
        );
    }
}
