//! Names in the schema in which a database looks first: there, `public.users` and `users` are one table.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::schema::{Constraint, Metadata, QualifiedName};

impl Metadata {
    /// The same on a database that makes in this schema whatever says none: what says it says none, either.
    #[must_use]
    pub fn at_home(self, schema: &str) -> Self {
        let home = |name: &mut QualifiedName| {
            name.schema.take_if(|of| of == schema);
        };
        let Self {
            mut schemas,
            tables,
            indexes,
            views,
            triggers,
            functions,
            sequences,
            enumerations,
            extensions,
        } = self;
        schemas.remove(schema);
        Self {
            schemas,
            tables: moved(tables, home, |table| {
                home(&mut table.name);
                for column in &mut table.columns {
                    if let Some(of) = column.ty.enumeration_mut() {
                        home(&mut of.name);
                    }
                }
                for constraint in &mut table.constraints {
                    if let Constraint::ForeignKey(key) = constraint {
                        home(&mut key.referent);
                    }
                }
            }),
            indexes: moved(indexes, |(table, _)| home(table), |index| home(&mut index.table)),
            views: moved(views, home, |view| home(&mut view.name)),
            triggers: moved(
                triggers,
                |(table, _)| home(table),
                |trigger| home(&mut trigger.table),
            ),
            functions: moved(
                functions,
                |(name, _)| home(name),
                |function| home(&mut function.name),
            ),
            sequences: moved(sequences, home, |sequence| {
                home(&mut sequence.name);
                if let Some((table, _)) = &mut sequence.owned_by {
                    home(table);
                }
            }),
            enumerations: moved(enumerations, home, |of| home(&mut of.name)),
            extensions,
        }
    }
}

fn moved<K: Ord, T: Clone>(
    things: BTreeMap<K, Arc<T>>,
    key: impl Fn(&mut K),
    change: impl Fn(&mut T),
) -> BTreeMap<K, Arc<T>> {
    let things = things.into_iter().map(|(mut name, mut thing)| {
        key(&mut name);
        change(Arc::make_mut(&mut thing));
        (name, thing)
    });
    things.collect()
}
