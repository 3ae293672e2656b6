//! The chain of a folder: what is wrong with it, file by file, in words for a compile error.
//!
//! The rules are `migrate-graph`'s. Added here is what keeps one mistake from showing up twice: a name is not
//! called unknown when it is that of a file whose id cannot be read, and heads that a broken link may be meant
//! to join are not called several.

use std::{collections::BTreeSet, path::Path};

use migrate_graph::{
    Field, GraphError, GraphErrorKind, NameKind, Revision, RevisionId, RevisionMap, check,
    source::{Directory, HeaderErrorKind, Key, SourceError, SourceErrorKind, SourceFile},
};

/// How much of the chain stands in this folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Extent {
    /// All of it.
    Whole,
    /// Other crates hold the rest.
    Part,
}

/// What is wrong with the revisions of a folder.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Chain {
    /// For every file of the folder, in its order: the literals at fault, each with a message.
    pub(crate) problems: Vec<Vec<(Field, String)>>,
    /// The ids of the heads, when there are several, each with the index of its file.
    pub(crate) heads: Vec<(RevisionId, usize)>,
}

/// Checks the revisions of a folder as far as they could be read; `errors` says how far that was, and
/// `location` is how messages name the folder.
pub(crate) fn inspect(
    location: &str,
    directory: &Directory,
    errors: &[SourceError],
    extent: Extent,
) -> Chain {
    let mut chain = Chain {
        problems: vec![Vec::new(); directory.files.len()],
        heads: Vec::new(),
    };
    let revisions = directory.revisions();
    let files: Vec<usize> = (0..directory.files.len())
        .filter(|&index| directory.files[index].header.is_some())
        .collect();
    let graph_errors = check(&revisions);
    for error in &graph_errors {
        let explained = missing_name(error).is_some_and(|name| {
            extent == Extent::Part || directory.files.iter().any(|file| is_meant(file, name))
        });
        if !explained {
            let text = explain(error, |other| {
                format!("{location}/{}", directory.files[files[other]].relative)
            });
            chain.problems[files[error.at]].push((error.field, text));
        }
    }
    if extent == Extent::Whole {
        let heads = heads(&revisions, &graph_errors);
        if heads.len() > 1 + joins_lost(directory, errors, &graph_errors) {
            let file_of =
                |id: &RevisionId| files[revisions.iter().position(|one| one.id == *id).unwrap_or(0)];
            chain.heads = heads.into_iter().map(|id| (id.clone(), file_of(&id))).collect();
        }
    }
    chain
}

/// The name that nobody has, when that is what an error is about.
fn missing_name(error: &GraphError) -> Option<&str> {
    match &error.kind {
        GraphErrorKind::UnknownDownRevision { name, .. } => Some(name.as_str()),
        GraphErrorKind::UnknownDependency { name, .. } => Some(name.as_str()),
        GraphErrorKind::DuplicateRevision { .. }
        | GraphErrorKind::DuplicateLabel { .. }
        | GraphErrorKind::LabelIsRevision { .. }
        | GraphErrorKind::SelfReference
        | GraphErrorKind::RepeatedReference { .. }
        | GraphErrorKind::Cycle { .. }
        | GraphErrorKind::DependencyCycle { .. } => None,
    }
}

/// Whether a migration whose id cannot be read goes by a name in its `//!` text or its file name: then the id is
/// the mistake, not what refers to it.
fn is_meant(file: &SourceFile, name: &str) -> bool {
    let unnamed = file.header.is_none() && !file.attributes.is_empty();
    let mut documented = file
        .doc
        .lines()
        .filter_map(|line| line.strip_prefix("Revision ID:"));
    let stem = file.relative.trim_end_matches(".rs");
    unnamed
        && (documented.any(|id| id.trim() == name) || stem.split(['/', '_', '-']).any(|part| part == name))
}

/// How many heads the broken links could join at most, were they mended: one each, and two for a file whose id
/// cannot be read, as that may be a merge.
fn joins_lost(directory: &Directory, errors: &[SourceError], graph_errors: &[GraphError]) -> usize {
    let links = graph_errors.iter().filter(|error| match error.kind {
        GraphErrorKind::UnknownDownRevision { .. }
        | GraphErrorKind::UnknownDependency { .. }
        | GraphErrorKind::SelfReference
        | GraphErrorKind::RepeatedReference { .. }
        | GraphErrorKind::Cycle { .. }
        | GraphErrorKind::DependencyCycle { .. } => true,
        GraphErrorKind::DuplicateRevision { .. }
        | GraphErrorKind::DuplicateLabel { .. }
        | GraphErrorKind::LabelIsRevision { .. } => false,
    });
    let (in_named, elsewhere): (Vec<_>, Vec<_>) = errors
        .iter()
        .partition(|error| directory.migrations().any(|(file, _)| file.path == error.path));
    let in_named = in_named.into_iter().filter(|error| loses_a_link(&error.kind));
    let unnamed: BTreeSet<&Path> = elsewhere.iter().map(|error| error.path.as_path()).collect();
    links.count() + in_named.count() + 2 * unnamed.len()
}

/// Whether a mistake in or about an attribute may keep a link out of the graph.
fn loses_a_link(kind: &SourceErrorKind) -> bool {
    let SourceErrorKind::Header(kind) = kind else {
        return *kind == SourceErrorKind::Conflict;
    };
    let key = match kind {
        HeaderErrorKind::UnknownKey { meant, .. } => *meant,
        HeaderErrorKind::RepeatedKey(key)
        | HeaderErrorKind::MissingKey(key)
        | HeaderErrorKind::WrongValue(key) => Some(*key),
        HeaderErrorKind::InvalidName(error) => return error.kind != NameKind::BranchLabel,
        HeaderErrorKind::Expected(_) => return true,
        HeaderErrorKind::EmptyReason | HeaderErrorKind::BothWays => None,
    };
    matches!(key, Some(Key::DownRevision | Key::DependsOn))
}

/// The heads of what is left without the literals at fault.
fn heads(revisions: &[Revision], errors: &[GraphError]) -> Vec<RevisionId> {
    let faulty = |at: usize, field: Field| errors.iter().any(|error| error.at == at && error.field == field);
    let sound = if errors.is_empty() {
        revisions.to_vec()
    } else {
        let revisions = revisions
            .iter()
            .enumerate()
            .filter(|(at, _)| !faulty(*at, Field::Revision));
        revisions
            .map(|(at, revision)| Revision {
                id: revision.id.clone(),
                down_revisions: without(&revision.down_revisions, |i| faulty(at, Field::DownRevision(i))),
                depends_on: without(&revision.depends_on, |i| faulty(at, Field::DependsOn(i))),
                branch_labels: without(&revision.branch_labels, |i| faulty(at, Field::BranchLabel(i))),
            })
            .collect()
    };
    let map = RevisionMap::new(sound);
    map.map_or_else(
        |_| Vec::new(),
        |map| map.effective_heads().map(|head| head.id.clone()).collect(),
    )
}

fn without<T: Clone>(list: &[T], faulty: impl Fn(usize) -> bool) -> Vec<T> {
    let sound = list.iter().enumerate().filter(|(index, _)| !faulty(*index));
    sound.map(|(_, entry)| entry.clone()).collect()
}

/// The error and what to do about it.
fn explain(error: &GraphError, file: impl Fn(usize) -> String) -> String {
    match error.hint(file) {
        Some(hint) => format!("{error}\nhint: {hint}"),
        None => error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use migrate_graph::source::survey;

    /// What is wrong with a folder whose files have these attributes.
    fn inspected(attributes: &[&str], extent: Extent) -> Vec<String> {
        let folder = tempfile::tempdir().unwrap();
        for (number, attribute) in attributes.iter().enumerate() {
            let text = format!("#[migration({attribute})]\nfn upgrade() {{}}");
            std::fs::write(folder.path().join(format!("{number}_x.rs")), text).unwrap();
        }
        let (directory, errors) = survey(folder.path());
        let chain = inspect("m", &directory, &errors, extent);
        let problems = chain.problems.iter().enumerate().flat_map(|(file, problems)| {
            let shown = move |(field, message): &(Field, String)| format!("{file} {field:?}: {message}");
            problems.iter().map(shown)
        });
        let heads = chain
            .heads
            .iter()
            .map(|(id, file)| format!("head {id} in {file}"));
        problems.chain(heads).collect()
    }

    #[test]
    fn a_broken_link_is_not_told_again_as_two_heads() {
        assert_eq!(
            inspected(
                &[
                    r#"revision = "1111", down_revision = None"#,
                    r#"revision = "2222", down_revision = "1111""#,
                    r#"revision = "3333", down_revision = "222""#,
                ],
                Extent::Whole
            ),
            [
                "2 DownRevision(0): Revision 222 referenced from 3333 is not present\nhint: did you mean `2222`?"
            ]
        );
    }

    #[test]
    fn more_heads_than_a_broken_link_could_join_are_told_with_it() {
        assert_eq!(
            inspected(
                &[
                    r#"revision = "1111", down_revision = None"#,
                    r#"revision = "2222", down_revision = "1111""#,
                    r#"revision = "3333", down_revision = "1111""#,
                    r#"revision = "4444", down_revision = "9999""#,
                ],
                Extent::Whole
            ),
            [
                "3 DownRevision(0): Revision 9999 referenced from 4444 is not present",
                "head 2222 in 1",
                "head 3333 in 2",
                "head 4444 in 3"
            ]
        );
    }

    #[test]
    fn a_merge_whose_id_cannot_be_read_leaves_no_heads_behind() {
        assert_eq!(
            inspected(
                &[
                    r#"revision = "1111", down_revision = None"#,
                    r#"revision = "2222", down_revision = "1111""#,
                    r#"revision = "3333", down_revision = "1111""#,
                    r#"revision = 4, down_revision = ["2222", "3333"]"#,
                ],
                Extent::Whole
            ),
            [""; 0]
        );
    }

    #[test]
    fn a_name_that_the_file_of_an_unreadable_id_goes_by_is_not_called_unknown() {
        let attributes = [
            r#"revision = 0, down_revision = None"#,
            r#"revision = "1", down_revision = "0""#,
        ];
        assert_eq!(inspected(&attributes, Extent::Whole), [""; 0]);
    }

    #[test]
    fn of_a_part_of_a_chain_only_what_other_crates_cannot_mend_is_told() {
        assert_eq!(
            inspected(
                &[
                    r#"revision = "1111", down_revision = "elsewhere", depends_on = ["there"]"#,
                    r#"revision = "2222", down_revision = "2222""#,
                ],
                Extent::Part
            ),
            ["1 DownRevision(0): Self-loop is detected in revisions (2222)"]
        );
    }
}
