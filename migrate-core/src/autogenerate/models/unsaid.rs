//! What a database holds and its models do not say.

use super::Names;
use crate::dialect::Reading;

/// A line for each, and what was noted when it was read.
pub(super) fn lines(reading: &Reading, names: &Names, unread: Vec<String>) -> Vec<String> {
    let metadata = &reading.metadata;
    let mut lines: Vec<String> = reading.notes.iter().map(ToString::to_string).collect();
    lines.extend(unread);
    lines.extend(metadata.views.keys().map(|name| format!("the view `{name}`")));
    let triggers = metadata.triggers.keys();
    lines.extend(triggers.map(|(table, name)| format!("the trigger `{name}` on `{table}`")));
    let functions = metadata.functions.keys();
    lines.extend(functions.map(|(name, arguments)| format!("the function `{name}({arguments})`")));
    lines.extend(
        metadata
            .sequences
            .keys()
            .map(|name| format!("the sequence `{name}`")),
    );
    lines.extend(
        metadata
            .extensions
            .keys()
            .map(|name| format!("the extension `{name}`")),
    );
    let unused = metadata.enumerations.keys();
    let unused = unused.filter(|name| names.enums.identifier(name).is_none());
    let unused = unused.filter(|name| metadata.column_of_enum(name).is_none());
    lines.extend(unused.map(|name| format!("the enum type `{name}`, which no column has")));
    lines
}
