//! [`Models`]: all that describes the database that is wanted.

use std::collections::BTreeMap;

use crate::model::{Filter, Rename};
use crate::operation::{AddConstraint, Impossible, Op, Operation, Place};
use crate::schema::{ForeignKey, Metadata, QualifiedName};

/// What one `#[derive(Table)]`, or a `models!`, contributes; collected wherever it is linked.
#[derive(Debug, Clone, Copy)]
pub struct ModelSet {
    /// The package that it stands in.
    pub package: &'static str,
    /// The struct or function, for people.
    pub name: &'static str,
    /// Where it stands.
    pub place: Place,
    /// What it describes.
    pub describe: fn(&mut Op),
    /// What of it had another name before.
    pub renames: fn() -> Vec<Rename>,
}

inventory::collect!(ModelSet);

/// What is wrong with the models.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ModelError {
    /// Nobody described anything: that is a mistake, never a wish for an empty database.
    #[error("there are no models: no `#[derive(Table)]` is linked into this program")]
    None,
    /// Two of them are about one table.
    #[error("{place}: `{name}` and `{other}` ({other_place}) both describe the table `{table}`")]
    Twice {
        /// The table.
        table: QualifiedName,
        /// The second.
        name: &'static str,
        /// Where it stands.
        place: Place,
        /// The first.
        other: &'static str,
        /// Where that stands.
        other_place: Place,
    },
    /// Somebody asked for a new name where nothing has the old one, or something has the new one.
    #[error(
        "`{rename}` renames nothing: there is no `{}` to be renamed, or there is a `{}` already",
        rename.old(),
        rename.new_name()
    )]
    NothingRenamed {
        /// What was asked for.
        rename: Rename,
    },
    /// What it says cannot be.
    #[error("{place}: `{name}`: {impossible}")]
    Impossible {
        /// The model.
        name: &'static str,
        /// Where it stands.
        place: Place,
        /// Why not.
        impossible: Impossible,
    },
}

/// The models of an application.
#[derive(Debug, Clone)]
pub struct Models {
    sets: Vec<ModelSet>,
    filter: Filter,
    asked: Vec<Rename>,
}

impl Models {
    /// All that are linked into this program, whichever crate they stand in.
    #[must_use]
    pub fn linked() -> Self {
        Self::of(inventory::iter::<ModelSet>().copied())
    }

    /// These.
    #[must_use]
    pub fn of(sets: impl IntoIterator<Item = ModelSet>) -> Self {
        let mut sets: Vec<ModelSet> = sets.into_iter().collect();
        // A linker gives them in any order.
        sets.sort_by_key(|set| (set.package, set.place.file, set.place.line, set.name));
        Self {
            sets,
            filter: Filter::default(),
            asked: Vec::new(),
        }
    }

    /// The same, of which only a part is compared with a database.
    #[must_use]
    pub fn only(mut self, filter: Filter) -> Self {
        self.filter = filter;
        self
    }

    /// Which part is compared.
    #[must_use]
    pub fn filter(&self) -> &Filter {
        &self.filter
    }

    /// With these new names, which nobody wrote down: they go before those that the models say. To compare is an error
    /// where one of them renames nothing.
    #[must_use]
    pub fn renaming(mut self, renames: impl IntoIterator<Item = Rename>) -> Self {
        self.asked.extend(renames);
        self
    }

    /// The new names that nobody wrote down.
    pub(crate) fn asked(&self) -> &[Rename] {
        &self.asked
    }

    /// What of all this had another name before, where that is still there.
    #[must_use]
    pub fn renames(&self) -> Vec<Rename> {
        let said = self.sets.iter().flat_map(|set| (set.renames)());
        self.asked.iter().cloned().chain(said).collect()
    }

    /// The database that they describe.
    ///
    /// # Errors
    /// [`ModelError`], all of them.
    pub fn metadata(&self) -> Result<Metadata, Vec<ModelError>> {
        if self.sets.is_empty() {
            return Err(vec![ModelError::None]);
        }
        let mut metadata = Metadata::default();
        let mut errors = Vec::new();
        let mut described: BTreeMap<QualifiedName, &ModelSet> = BTreeMap::new();
        let mut recorded: Vec<(&ModelSet, Operation)> = Vec::new();
        for set in &self.sets {
            let mut op = Op::new();
            (set.describe)(&mut op);
            recorded.extend(op.finish().into_iter().map(|one| (set, one.operation)));
        }
        // Tables first, each without its foreign keys: these may point to any other.
        let (tables, others): (Vec<_>, Vec<_>) = recorded
            .into_iter()
            .partition(|(_, operation)| matches!(operation, Operation::CreateTable(_)));
        let mut keys = Vec::new();
        for (set, operation) in tables {
            let Operation::CreateTable(mut create) = operation else {
                continue;
            };
            let table = create.table.name.clone();
            if let Some(other) = described.insert(table.clone(), set) {
                errors.push(ModelError::Twice {
                    table,
                    name: set.name,
                    place: set.place,
                    other: other.name,
                    other_place: other.place,
                });
                continue;
            }
            let foreign = create
                .table
                .constraints
                .extract_if(.., |constraint| constraint.foreign_key().is_some());
            keys.extend(foreign.map(|constraint| (set, table.clone(), constraint)));
            apply(&mut metadata, set, &Operation::CreateTable(create), &mut errors);
        }
        for (set, table, constraint) in keys {
            let described = |key: &ForeignKey| metadata.tables.contains_key(&key.referent);
            if constraint.foreign_key().is_some_and(described) {
                let add = AddConstraint {
                    table,
                    constraint,
                    not_valid: false,
                };
                apply(&mut metadata, set, &Operation::AddConstraint(add), &mut errors);
            } else if let Some(table) = metadata.table_mut(&table) {
                // A table that no model describes may be there all the same.
                table.constraints.push(constraint);
            }
        }
        for (set, operation) in others {
            apply(&mut metadata, set, &operation, &mut errors);
        }
        if errors.is_empty() {
            Ok(metadata)
        } else {
            Err(errors)
        }
    }
}

fn apply(metadata: &mut Metadata, set: &ModelSet, operation: &Operation, errors: &mut Vec<ModelError>) {
    if let Err(impossible) = metadata.apply(operation) {
        errors.push(ModelError::Impossible {
            name: set.name,
            place: set.place,
            impossible,
        });
    }
}
