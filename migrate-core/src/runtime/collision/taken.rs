//! [`Taken`]: the names that are taken, and what has them.

use std::collections::BTreeMap;

use super::Collision;
use crate::dialect::{Dialect, Kind, Names, Within};
use crate::operation::Place;
use crate::schema::{Element, QualifiedName};

/// A name where it has to differ from others: the namespace by its number, what it is within, and the name as it is
/// compared.
type Key = (usize, QualifiedName, String);

/// What has a name.
struct Holder {
    kind: Kind,
    /// The table or view that it goes with; a table goes with itself.
    owner: Option<QualifiedName>,
    element: Element,
    place: Place,
}

/// The names that are taken so far, and the collisions that were found.
pub(super) struct Taken<'d> {
    pub(super) dialect: &'d dyn Dialect,
    names: &'static Names,
    taken: BTreeMap<Key, Holder>,
    /// The directive that is looked at.
    pub(super) place: Place,
    pub(super) found: Vec<Collision>,
}

impl<'d> Taken<'d> {
    pub(super) fn none(dialect: &'d dyn Dialect) -> Self {
        Self {
            dialect,
            names: dialect.names(),
            taken: BTreeMap::new(),
            place: Place { file: "", line: 0 },
            found: Vec::new(),
        }
    }

    /// Takes a name, and says whether it was free. When it may be there already, it being so is no collision.
    pub(super) fn take(
        &mut self,
        kind: Kind,
        owner: Option<&QualifiedName>,
        name: &QualifiedName,
        element: Element,
        may_be: bool,
    ) -> bool {
        let owner = owner.map(|table| self.folded(table));
        let spaces = self.names.spaces.iter().enumerate();
        let keys = spaces.filter(|(_, space)| space.kinds.contains(&kind));
        let keys = keys.map(|(index, space)| {
            let within = match (space.within, &owner) {
                (Within::Table, Some(table)) => table.clone(),
                (Within::Table, None) | (Within::Database, _) => "".into(),
                (Within::Schema, _) => name.sibling(""),
            };
            (index, within, space.fold.fold(&name.name).into_owned())
        });
        let keys: Vec<Key> = keys.collect();
        if let Some((key, other)) = keys.iter().find_map(|key| Some((key, self.taken.get(key)?))) {
            if !may_be {
                self.found.push(Collision {
                    dialect: self.dialect.name(),
                    name: key.2.clone(),
                    element,
                    place: self.place,
                    other: other.element.clone(),
                    other_place: other.place,
                });
            }
            return false;
        }
        for key in keys {
            let holder = Holder {
                kind,
                owner: owner.clone(),
                element: element.clone(),
                place: self.place,
            };
            self.taken.insert(key, holder);
        }
        true
    }

    /// Frees the names of what goes with a table or view, as far as it is of these kinds.
    pub(super) fn free_of(&mut self, owner: &QualifiedName, kinds: impl Fn(Kind) -> bool) {
        let owner = self.folded(owner);
        self.taken
            .retain(|_, holder| holder.owner.as_ref() != Some(&owner) || !kinds(holder.kind));
    }

    /// Frees a name of something on a table.
    pub(super) fn free(&mut self, owner: &QualifiedName, name: &str, kinds: impl Fn(Kind) -> bool) {
        let owner = self.folded(owner);
        let names = self.names;
        self.taken.retain(|(_, _, taken), holder| {
            holder.owner.as_ref() != Some(&owner)
                || !kinds(holder.kind)
                || *taken != names.fold(holder.kind).fold(name)
        });
    }

    /// What an index or a constraint of this migration is called otherwise. One that was there before it has its old name
    /// no more; of what kind it is, and so which names its new one meets, is not known.
    pub(super) fn rename_on_table(
        &mut self,
        table: &QualifiedName,
        name: &str,
        to: &str,
        kinds: impl Fn(Kind) -> bool,
    ) {
        let owner = self.folded(table);
        let names = self.names;
        let kind = self.taken.iter().find_map(|((_, _, taken), holder)| {
            let is_it = holder.owner.as_ref() == Some(&owner)
                && kinds(holder.kind)
                && *taken == names.fold(holder.kind).fold(name);
            is_it.then_some(holder.kind)
        });
        self.free(table, name, kinds);
        if let Some(kind) = kind {
            let element = if kind == Kind::Index {
                Element::Index(table.clone(), to.to_owned())
            } else {
                Element::Constraint(table.clone(), to.to_owned())
            };
            self.take(kind, Some(table), &table.sibling(to), element, false);
        }
    }

    /// Frees all names, behind what may do anything.
    pub(super) fn forget(&mut self) {
        self.taken.clear();
    }

    /// Frees the name of something that stands by itself.
    pub(super) fn free_element(&mut self, element: &Element) {
        self.taken.retain(|_, holder| holder.element != *element);
    }

    /// A table or view as the database tells it from others.
    fn folded(&self, table: &QualifiedName) -> QualifiedName {
        let name = self.names.fold(Kind::Table).fold(&table.name);
        table.sibling(name)
    }

    /// What stands on the table stays on it.
    pub(super) fn rename_table(&mut self, table: &QualifiedName, to: &str) {
        let to = table.sibling(to);
        let (old, new) = (self.folded(table), self.folded(&to));
        let held = self
            .taken
            .extract_if(.., |_, holder| holder.owner.as_ref() == Some(&old));
        let held: Vec<(Key, Holder)> = held.filter(|(_, holder)| holder.kind != Kind::Table).collect();
        self.take(Kind::Table, Some(&to), &to, Element::Table(to.clone()), false);
        for ((space, within, name), holder) in held {
            let within = if within == old { new.clone() } else { within };
            let owner = Some(new.clone());
            self.taken
                .insert((space, within, name), Holder { owner, ..holder });
        }
    }
}
