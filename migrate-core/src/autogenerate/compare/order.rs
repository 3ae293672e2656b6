//! In which order tables come and go, so that each foreign key has something to point to.

use std::collections::{BTreeMap, BTreeSet};

use crate::schema::{Constraint, QualifiedName, Table};

/// The tables in an order in which each stands after those that its foreign keys point to, as far as there is one. Of
/// those that could be next it is the first by name; where all that is left points in a circle, too.
pub(super) fn by_foreign_keys<'t>(tables: impl IntoIterator<Item = &'t Table>) -> Vec<&'t Table> {
    let mut left: BTreeMap<&QualifiedName, &Table> =
        tables.into_iter().map(|table| (&table.name, table)).collect();
    // How many of the others each still waits for, and who waits for it.
    let mut waits: BTreeMap<&QualifiedName, usize> = BTreeMap::new();
    let mut waited_for: BTreeMap<&QualifiedName, Vec<&QualifiedName>> = BTreeMap::new();
    for (name, table) in &left {
        let others = points_to(table);
        let others = others.into_iter().filter(|other| left.contains_key(other));
        for other in others {
            *waits.entry(name).or_default() += 1;
            waited_for.entry(other).or_default().push(name);
        }
    }
    let mut free: BTreeSet<&QualifiedName> = left.keys().copied().collect();
    free.retain(|name| !waits.contains_key(name));
    let mut ordered = Vec::with_capacity(left.len());
    while let Some(name) = free.pop_first().or_else(|| left.keys().next().copied()) {
        // One that had to break a circle is free later on, and done.
        let Some(table) = left.remove(name) else { continue };
        ordered.push(table);
        for waiting in waited_for.remove(name).unwrap_or_default() {
            if let Some(count) = waits.get_mut(waiting) {
                *count -= 1;
                if *count == 0 {
                    free.insert(waiting);
                }
            }
        }
    }
    ordered
}

/// The tables, other than itself, that it points to.
fn points_to(table: &Table) -> BTreeSet<&QualifiedName> {
    let keys = table.constraints.iter().filter_map(Constraint::foreign_key);
    keys.map(|key| &key.referent)
        .filter(|referent| **referent != table.name)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operation::Op;
    use crate::schema::Metadata;
    use crate::schema::types::integer;

    fn tables(points: &[(&str, &[&str])]) -> Metadata {
        let (mut op, mut metadata) = (Op::new(), Metadata::default());
        for (name, _) in points {
            op.create_table(*name, |t| {
                t.column("id", integer()).primary_key();
            });
        }
        for (name, others) in points {
            for (number, other) in others.iter().enumerate() {
                let key = format!("fk_{name}_{number}");
                op.create_foreign_key(Some(key.as_str()), *name, *other, ["id"], ["id"]);
            }
        }
        for recorded in op.finish() {
            metadata.apply(&recorded.operation).unwrap();
        }
        metadata
    }

    fn ordered(points: &[(&str, &[&str])]) -> String {
        let metadata = tables(points);
        let ordered = by_foreign_keys(metadata.tables.values().map(AsRef::as_ref));
        let names = ordered.iter().map(|table| table.name.name.as_str());
        names.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_table_stands_after_those_that_it_points_to_and_otherwise_by_its_name() {
        assert_eq!(ordered(&[("a", &["c", "c"]), ("b", &[]), ("c", &["c"])]), "b c a");
        assert_eq!(
            ordered(&[("a", &["b"]), ("b", &["c"]), ("c", &[]), ("d", &["a"])]),
            "c b a d"
        );
    }

    #[test]
    fn a_circle_begins_with_its_first_by_name() {
        assert_eq!(ordered(&[("a", &["b"]), ("b", &["a"]), ("c", &["b"])]), "a b c");
        assert_eq!(
            ordered(&[("z", &["y"]), ("y", &["z", "a"]), ("a", &["y"]), ("b", &[])]),
            "b a y z"
        );
    }
}
