//! [`Wishes`]: what models say of a comparison, and the comparison that does so.
//!
//! Nothing is read here: both sides are given.

use std::collections::BTreeSet;

use super::check::{Check, Remark};
use crate::autogenerate::{difference, renamed};
use crate::dialect::Dialect;
use crate::error::Error;
use crate::model::{Filter, ModelError, Models, Rename};
use crate::schema::{Element, Metadata, QualifiedName};

/// What is compared at all, and what only has another name.
pub(super) struct Wishes<'m> {
    filter: &'m Filter,
    /// Those of the models, and those that somebody asked for.
    renames: Vec<Rename>,
    /// Those that have to have an effect.
    asked: Vec<Rename>,
}

impl<'m> Wishes<'m> {
    /// Those of models, where this schema goes without saying.
    pub(super) fn of(models: &'m Models, home: &str) -> Self {
        let asked = models.asked().iter().cloned();
        Self {
            filter: models.filter(),
            renames: models
                .renames()
                .into_iter()
                .map(|rename| rename.at_home(home))
                .collect(),
            asked: asked.map(|rename| rename.at_home(home)).collect(),
        }
    }

    /// Whether a table is called otherwise by now.
    pub(super) fn renames_table(&self, table: &QualifiedName) -> bool {
        let mut renames = self.renames.iter();
        renames.any(|rename| matches!(rename, Rename::Table { from, .. } if from == table))
    }

    /// What of the filter means nothing of either side.
    pub(super) fn without_effect(&self, present: &Metadata, wanted: &Metadata) -> Vec<Remark> {
        let tables = present.tables.keys().chain(wanted.tables.keys());
        let patterns = self.filter.without_effect(tables).into_iter();
        patterns
            .map(|pattern| Remark::WithoutEffect { pattern })
            .collect()
    }

    /// What leads from the one side to the other. `enums` are the enum types that some migration made.
    pub(super) fn compared(
        &self,
        dialect: &dyn Dialect,
        present: &Metadata,
        wanted: Metadata,
        enums: &BTreeSet<QualifiedName>,
        remarks: Vec<Remark>,
    ) -> Result<Check, Error> {
        let present = self.part_of_present(present, &wanted);
        let wanted = self.filter.part_of_wanted(wanted);
        self.done_as_asked(&present)?;
        Ok(Check {
            comparison: difference(dialect, &present, &wanted, enums, &self.renames),
            remarks,
        })
    }

    /// Refuses a new name that somebody asked for and that nothing gets.
    fn done_as_asked(&self, present: &Metadata) -> Result<(), Error> {
        let (_, done) = renamed(present, &self.renames);
        let left = self
            .asked
            .iter()
            .filter(|rename| !done.contains(&rename.operation()));
        let left = left.map(|rename| ModelError::NothingRenamed {
            rename: rename.clone(),
        });
        let left: Vec<ModelError> = left.collect();
        if left.is_empty() {
            Ok(())
        } else {
            Err(Error::Models(left))
        }
    }

    /// What of what is there is compared. A table that gets another name is, when that of its new name is.
    fn part_of_present(&self, present: &Metadata, wanted: &Metadata) -> Metadata {
        let mut part = self.filter.part_of(present.clone());
        for rename in &self.renames {
            let Rename::Table { from, to } = rename else {
                continue;
            };
            let to = from.sibling(to);
            let is_due = wanted.tables.contains_key(&to) && !present.tables.contains_key(&to);
            let Some(table) = present.tables.get(from).filter(|_| is_due) else {
                continue;
            };
            part.indexes.retain(|(table, _), _| table != from);
            if self.filter.takes(&Element::Table(to)) {
                part.tables.insert(from.clone(), table.clone());
                let indexes = present.indexes_of(from);
                part.indexes
                    .extend(indexes.map(|index| ((from.clone(), index.name.clone()), index.clone())));
            } else {
                part.tables.remove(from);
            }
        }
        part
    }
}
