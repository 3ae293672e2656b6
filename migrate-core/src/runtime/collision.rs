//! Names that a migration gives twice, found before anything is sent.
//!
//! It looks at what one migration makes, and forgets what that migration drops or renames again. What the database has
//! already is not asked, and nothing is said across what may do anything: an author's own SQL (unless it is about rows
//! alone), a data step, a `cascade`. Functions are left to the database, which may know several of one name.

use std::collections::BTreeMap;

use crate::dialect::{Dialect, Kind, Names, Within};
use crate::operation::{CreateTable, Operation, Place, Recorded};
use crate::schema::{Constraint, Element, Enumeration, QualifiedName};

/// Two things of one migration that cannot both have their names.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "the {element} has the name of the {other} ({other_place}), for {dialect} takes both as `{name}`: {}",
    self.hint()
)]
pub struct Collision {
    /// The dialect's name.
    pub dialect: &'static str,
    /// The name, as the database compares it.
    pub name: String,
    /// What came second.
    pub element: Element,
    /// The directive that makes it.
    pub place: Place,
    /// What has the name already.
    pub other: Element,
    /// The directive that makes that.
    pub other_place: Place,
}

impl Collision {
    /// What to do.
    fn hint(&self) -> &'static str {
        if matches!(
            (&self.element, &self.other),
            (Element::EnumType(_), Element::EnumType(_))
        ) {
            "say `.existing()` where the type is there already"
        } else {
            "give one of them another name"
        }
    }
}

/// The names that these operations give twice on this dialect's database, in their order.
pub(crate) fn collisions(recorded: &[Recorded], dialect: &dyn Dialect) -> Vec<Collision> {
    let mut names = Taken {
        dialect,
        names: dialect.names(),
        taken: BTreeMap::new(),
        place: Place { file: "", line: 0 },
        found: Vec::new(),
    };
    for recorded in recorded.iter().filter(|one| one.is_for(dialect.backend())) {
        names.place = recorded.place;
        names.follow(&recorded.operation);
    }
    names.found
}

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

/// The names that are taken so far.
struct Taken<'d> {
    dialect: &'d dyn Dialect,
    names: &'static Names,
    taken: BTreeMap<Key, Holder>,
    /// The directive that is looked at.
    place: Place,
    found: Vec<Collision>,
}

impl Taken<'_> {
    fn follow(&mut self, operation: &Operation) {
        for enumeration in operation.brought_enums() {
            self.enumeration(enumeration, false);
        }
        match operation {
            Operation::CreateSchema(create) => {
                let element = Element::Schema(create.name.clone());
                self.take(
                    Kind::Schema,
                    None,
                    &create.name.as_str().into(),
                    element,
                    create.if_not_exists,
                );
            }
            Operation::CreateTable(create) => self.create_table(create),
            Operation::RenameTable(rename) => self.rename_table(&rename.table, &rename.to),
            Operation::AddColumn(add) => {
                self.column(&add.table, &add.column.name, add.if_not_exists);
                for constraint in &add.constraints {
                    self.constraint(&add.table, constraint);
                }
            }
            Operation::AlterColumn(alter) => {
                if let Some(to) = &alter.rename {
                    self.free(&alter.table, &alter.column, |kind| kind == Kind::Column);
                    self.column(&alter.table, to, false);
                }
            }
            Operation::AddConstraint(add) => self.constraint(&add.table, &add.constraint),
            Operation::CreateIndex(create) => {
                let (table, name) = (&create.index.table, &create.index.name);
                let element = Element::Index(table.clone(), name.clone());
                self.take(
                    Kind::Index,
                    Some(table),
                    &table.sibling(name),
                    element,
                    create.if_not_exists,
                );
            }
            Operation::CreateEnum(create) => self.enumeration(&create.enumeration, create.if_not_exists),
            Operation::CreateSequence(create) => {
                let name = &create.sequence.name;
                let owner = create.sequence.owned_by.as_ref().map(|(table, _)| table);
                self.take(
                    Kind::Sequence,
                    owner,
                    name,
                    Element::Sequence(name.clone()),
                    create.if_not_exists,
                );
            }
            Operation::CreateView(create) => {
                let name = &create.view.name;
                if create.replace {
                    // A materialized one is made anew, without its indexes.
                    self.free_of(name, |kind| kind == Kind::Index);
                }
                self.take(
                    Kind::View,
                    Some(name),
                    name,
                    Element::View(name.clone()),
                    create.replace,
                );
            }
            Operation::CreateTrigger(create) => {
                let (table, name) = (&create.trigger.table, &create.trigger.name);
                let element = Element::Trigger(table.clone(), name.clone());
                self.take(
                    Kind::Trigger,
                    Some(table),
                    &table.sibling(name),
                    element,
                    create.replace,
                );
            }
            Operation::CreateExtension(create) => {
                let name = &create.extension.name;
                let element = Element::Extension(name.clone());
                self.take(Kind::Extension, None, &name.into(), element, create.if_not_exists);
            }
            Operation::DropSchema(drop) if !drop.cascade => {
                self.free_element(&Element::Schema(drop.name.clone()));
            }
            Operation::DropTable(drop) if !drop.cascade => self.free_of(&drop.table, |_| true),
            // The constraints, indexes and sequences over it go with it; which ones those are is not looked at.
            Operation::DropColumn(drop) if !drop.cascade => {
                self.free(&drop.table, &drop.column, |kind| kind == Kind::Column);
                self.free_of(&drop.table, |kind| {
                    matches!(kind, Kind::Constraint(_) | Kind::Index | Kind::Sequence)
                });
            }
            Operation::RenameIndex(rename) => {
                self.rename_on_table(&rename.table, &rename.name, &rename.to, |kind| {
                    kind == Kind::Index
                });
            }
            Operation::RenameConstraint(rename) => {
                self.rename_on_table(&rename.table, &rename.name, &rename.to, |kind| {
                    matches!(kind, Kind::Constraint(_))
                });
            }
            Operation::DropIndex(drop) => self.free(&drop.table, &drop.name, is_on_table),
            Operation::DropConstraint(drop) if !drop.cascade => {
                self.free(&drop.table, &drop.name, is_on_table);
            }
            Operation::DropEnum(drop) => self.free_element(&Element::EnumType(drop.name.clone())),
            Operation::DropSequence(drop) => self.free_element(&Element::Sequence(drop.name.clone())),
            Operation::DropView(drop) if !drop.cascade => self.free_of(&drop.name, |_| true),
            Operation::DropTrigger(drop) => self.free(&drop.table, &drop.name, |kind| kind == Kind::Trigger),
            Operation::DropExtension(drop) if !drop.cascade => {
                self.free_element(&Element::Extension(drop.name.clone()));
            }
            Operation::Execute(execute) => {
                let dialect = self.dialect;
                let statements = dialect.split(&execute.sql);
                if !statements.is_some_and(|all| all.iter().all(|one| dialect.is_about_rows(one))) {
                    self.taken.clear();
                }
            }
            Operation::Run(_)
            | Operation::DropSchema(_)
            | Operation::DropTable(_)
            | Operation::DropColumn(_)
            | Operation::DropConstraint(_)
            | Operation::DropView(_)
            | Operation::DropExtension(_) => self.taken.clear(),
            Operation::CommentTable(_)
            | Operation::ValidateConstraint(_)
            | Operation::AddEnumValue(_)
            | Operation::RenameEnumValue(_)
            | Operation::AlterSequence(_)
            | Operation::CreateFunction(_)
            | Operation::DropFunction(_)
            | Operation::BulkInsert(_)
            | Operation::DeleteRows(_)
            | Operation::Backfill(_) => {}
        }
    }

    /// Of a table that there is already, nothing more is said.
    fn create_table(&mut self, create: &CreateTable) {
        let table = &create.table;
        let name = &table.name;
        let element = Element::Table(name.clone());
        if self.take(Kind::Table, Some(name), name, element, create.if_not_exists) {
            for column in &table.columns {
                self.column(name, &column.name, false);
            }
            for constraint in &table.constraints {
                self.constraint(name, constraint);
            }
        }
    }

    /// What stands on the table stays on it.
    fn rename_table(&mut self, table: &QualifiedName, to: &str) {
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

    fn column(&mut self, table: &QualifiedName, name: &str, may_be: bool) {
        let element = Element::Column(table.clone(), name.to_owned());
        self.take(Kind::Column, Some(table), &table.sibling(name), element, may_be);
    }

    fn constraint(&mut self, table: &QualifiedName, constraint: &Constraint) {
        let kind = Kind::Constraint(constraint.kind());
        let name = table.sibling(constraint.name());
        let element = Element::Constraint(table.clone(), constraint.name().to_owned());
        self.take(kind, Some(table), &name, element, false);
    }

    fn enumeration(&mut self, enumeration: &Enumeration, may_be: bool) {
        let name = &enumeration.name;
        self.take(
            Kind::EnumType,
            None,
            name,
            Element::EnumType(name.clone()),
            may_be,
        );
    }

    /// Takes a name, and says whether it was free. When it may be there already, it being so is no collision.
    fn take(
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
    fn free_of(&mut self, owner: &QualifiedName, kinds: impl Fn(Kind) -> bool) {
        let owner = self.folded(owner);
        self.taken
            .retain(|_, holder| holder.owner.as_ref() != Some(&owner) || !kinds(holder.kind));
    }

    /// Frees a name of something on a table.
    fn free(&mut self, owner: &QualifiedName, name: &str, kinds: impl Fn(Kind) -> bool) {
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
    fn rename_on_table(&mut self, table: &QualifiedName, name: &str, to: &str, kinds: impl Fn(Kind) -> bool) {
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

    /// Frees the name of something that stands by itself.
    fn free_element(&mut self, element: &Element) {
        self.taken.retain(|_, holder| holder.element != *element);
    }

    /// A table or view as the database tells it from others.
    fn folded(&self, table: &QualifiedName) -> QualifiedName {
        let name = self.names.fold(Kind::Table).fold(&table.name);
        table.sibling(name)
    }
}

/// What a table has besides its columns: an index can be the one of a constraint, and go as either.
fn is_on_table(kind: Kind) -> bool {
    matches!(kind, Kind::Index | Kind::Constraint(_))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dialect::for_scheme;
    use crate::operation::Op;
    use crate::schema::types::{enumeration, integer};
    use crate::schema::{Backend, qualified};

    /// What each database says to these directives, the first of which is at line 1.
    fn told(record: impl FnOnce(&mut Op)) -> String {
        let mut op = Op::new();
        record(&mut op);
        let mut recorded = op.finish();
        for (line, recorded) in (1..).zip(&mut recorded) {
            recorded.place = Place { file: "m.rs", line };
        }
        let mut told = Vec::new();
        for scheme in ["postgres", "sqlite", "mysql"] {
            let collisions = collisions(&recorded, for_scheme(scheme).unwrap());
            told.extend(collisions.iter().map(|one| format!("{}: {one}", one.place)));
        }
        told.join("\n")
    }

    fn table(op: &mut Op, name: &str) {
        op.create_table(name, |t| {
            t.column("a", integer());
            t.column("b", integer());
        });
    }

    #[test]
    fn a_table_a_view_and_an_index_share_their_names_where_the_database_says_so() {
        let told = told(|op| {
            table(op, "t");
            op.create_view("t", "SELECT 1");
            op.create_index("t", "t", ["a"]);
            op.create_sequence("t");
            table(op, "t");
        });
        insta::assert_snapshot!(told, @"
        m.rs:2: the view `t` has the name of the table `t` (m.rs:1), for postgres takes both as `t`: give one of them another name
        m.rs:3: the index `t` on `t` has the name of the table `t` (m.rs:1), for postgres takes both as `t`: give one of them another name
        m.rs:4: the sequence `t` has the name of the table `t` (m.rs:1), for postgres takes both as `t`: give one of them another name
        m.rs:5: the table `t` has the name of the table `t` (m.rs:1), for postgres takes both as `t`: give one of them another name
        m.rs:2: the view `t` has the name of the table `t` (m.rs:1), for sqlite takes both as `t`: give one of them another name
        m.rs:3: the index `t` on `t` has the name of the table `t` (m.rs:1), for sqlite takes both as `t`: give one of them another name
        m.rs:5: the table `t` has the name of the table `t` (m.rs:1), for sqlite takes both as `t`: give one of them another name
        m.rs:2: the view `t` has the name of the table `t` (m.rs:1), for mysql takes both as `t`: give one of them another name
        m.rs:5: the table `t` has the name of the table `t` (m.rs:1), for mysql takes both as `t`: give one of them another name
        ");
    }

    #[test]
    fn an_index_has_its_name_within_a_schema_or_within_a_table() {
        let told = told(|op| {
            op.create_index("ix", "t", ["a"]);
            op.create_index("ix", "u", ["a"]);
            op.create_index("ix", qualified("other", "t"), ["a"]);
            op.create_index("ix", "t", ["b"]);
        });
        insta::assert_snapshot!(told, @"
        m.rs:2: the index `ix` on `u` has the name of the index `ix` on `t` (m.rs:1), for postgres takes both as `ix`: give one of them another name
        m.rs:4: the index `ix` on `t` has the name of the index `ix` on `t` (m.rs:1), for postgres takes both as `ix`: give one of them another name
        m.rs:2: the index `ix` on `u` has the name of the index `ix` on `t` (m.rs:1), for sqlite takes both as `ix`: give one of them another name
        m.rs:4: the index `ix` on `t` has the name of the index `ix` on `t` (m.rs:1), for sqlite takes both as `ix`: give one of them another name
        m.rs:4: the index `ix` on `t` has the name of the index `ix` on `t` (m.rs:1), for mysql takes both as `ix`: give one of them another name
        ");
    }

    #[test]
    fn names_of_the_convention_can_be_the_same() {
        let told = told(|op| {
            op.create_index(None, "a", ["b_c"]);
            op.create_index(None, "a_b", ["c"]);
            op.create_unique_constraint(None, "a", ["b_c"]);
            op.create_unique_constraint(None, "a_b", ["c"]);
        });
        insta::assert_snapshot!(told, @"
        m.rs:2: the index `ix_a_b_c` on `a_b` has the name of the index `ix_a_b_c` on `a` (m.rs:1), for postgres takes both as `ix_a_b_c`: give one of them another name
        m.rs:4: the constraint `uq_a_b_c` of `a_b` has the name of the constraint `uq_a_b_c` of `a` (m.rs:3), for postgres takes both as `uq_a_b_c`: give one of them another name
        m.rs:2: the index `ix_a_b_c` on `a_b` has the name of the index `ix_a_b_c` on `a` (m.rs:1), for sqlite takes both as `ix_a_b_c`: give one of them another name
        ");
    }

    #[test]
    fn a_constraint_has_its_name_within_its_table_and_its_index_within_the_schema() {
        let told = told(|op| {
            op.create_check_constraint("c", "t", "a > 1");
            op.create_check_constraint("c", "u", "a > 1");
            op.create_unique_constraint("c", "t", ["a"]);
            op.create_unique_constraint("k", "t", ["a"]);
            op.create_unique_constraint("k", "u", ["a"]);
            op.create_foreign_key("f", "t", "p", ["a"], ["id"]);
            op.create_foreign_key("F", "u", "p", ["a"], ["id"]);
        });
        insta::assert_snapshot!(told, @"
        m.rs:3: the constraint `c` of `t` has the name of the constraint `c` of `t` (m.rs:1), for postgres takes both as `c`: give one of them another name
        m.rs:5: the constraint `k` of `u` has the name of the constraint `k` of `t` (m.rs:4), for postgres takes both as `k`: give one of them another name
        m.rs:7: the constraint `F` of `u` has the name of the constraint `f` of `t` (m.rs:6), for mysql takes both as `f`: give one of them another name
        ");
    }

    #[test]
    fn the_case_of_a_name_counts_where_it_does() {
        let told = told(|op| {
            op.create_table("t", |t| {
                t.column("a", integer());
                t.column("A", integer());
                t.column("À", integer());
                t.column("à", integer());
            });
            op.add_column("T", "a", integer());
            table(op, "T");
        });
        insta::assert_snapshot!(told, @"
        m.rs:3: the column `T.a` has the name of the column `T.a` (m.rs:2), for postgres takes both as `a`: give one of them another name
        m.rs:1: the column `t.A` has the name of the column `t.a` (m.rs:1), for sqlite takes both as `a`: give one of them another name
        m.rs:2: the column `T.a` has the name of the column `t.a` (m.rs:1), for sqlite takes both as `a`: give one of them another name
        m.rs:3: the table `T` has the name of the table `t` (m.rs:1), for sqlite takes both as `t`: give one of them another name
        m.rs:1: the column `t.A` has the name of the column `t.a` (m.rs:1), for mysql takes both as `a`: give one of them another name
        m.rs:1: the column `t.à` has the name of the column `t.À` (m.rs:1), for mysql takes both as `à`: give one of them another name
        m.rs:3: the column `T.a` has the name of the column `T.a` (m.rs:2), for mysql takes both as `a`: give one of them another name
        ");
    }

    #[test]
    fn an_enum_type_is_made_once_where_it_is_a_type() {
        let plan = || enumeration("plan", ["free", "pro"]);
        let told = told(|op| {
            op.create_table("t", |t| {
                t.column("a", plan());
                t.column("b", plan());
            });
            op.add_column("u", "a", plan().existing());
            op.add_column("u", "b", plan());
            table(op, "plan");
        });
        insta::assert_snapshot!(told, @"
        m.rs:3: the enum type `plan` has the name of the enum type `plan` (m.rs:1), for postgres takes both as `plan`: say `.existing()` where the type is there already
        m.rs:4: the table `plan` has the name of the enum type `plan` (m.rs:1), for postgres takes both as `plan`: give one of them another name
        ");
    }

    #[test]
    fn what_was_dropped_or_renamed_has_its_name_no_more() {
        let nothing = told(|op| {
            table(op, "t");
            op.create_index("ix", "t", ["a"]);
            op.create_unique_constraint("uq", "t", ["b"]);
            op.drop_column("t", "a");
            op.add_column("t", "a", integer());
            op.create_index("ix", "t", ["a"]);
            op.drop_index("ix", "t");
            op.create_index("ix", "t", ["b"]);
            op.drop_table("T");
            op.drop_table("t");
            table(op, "t");
            op.create_index("ix", "t", ["a"]);
            op.create_unique_constraint("uq", "t", ["b"]);
            op.alter_column("t", "a").rename("c");
            op.add_column("t", "a", integer());
            op.rename_table("t", "u");
            table(op, "t");
            op.create_sequence("s");
            op.drop_sequence("s");
            op.create_view("s", "SELECT 1");
            op.drop_view("s");
            op.create_enum(enumeration("s", ["x"]));
            op.drop_enum("s");
            op.create_schema("s");
            op.drop_schema("s");
            op.create_schema("s");
        });
        assert_eq!(nothing, "");
    }

    #[test]
    fn a_renamed_table_keeps_what_stands_on_it() {
        let told = told(|op| {
            table(op, "t");
            op.create_index("ix", "t", ["a"]);
            op.rename_table("t", "u");
            op.add_column("u", "a", integer());
            op.alter_column("u", "b").rename("a");
            op.create_index("ix", "u", ["a"]);
            op.rename_table("w", "u");
        });
        insta::assert_snapshot!(told, @"
        m.rs:4: the column `u.a` has the name of the column `t.a` (m.rs:1), for postgres takes both as `a`: give one of them another name
        m.rs:5: the column `u.a` has the name of the column `t.a` (m.rs:1), for postgres takes both as `a`: give one of them another name
        m.rs:6: the index `ix` on `u` has the name of the index `ix` on `t` (m.rs:2), for postgres takes both as `ix`: give one of them another name
        m.rs:7: the table `u` has the name of the table `u` (m.rs:3), for postgres takes both as `u`: give one of them another name
        m.rs:4: the column `u.a` has the name of the column `t.a` (m.rs:1), for sqlite takes both as `a`: give one of them another name
        m.rs:5: the column `u.a` has the name of the column `t.a` (m.rs:1), for sqlite takes both as `a`: give one of them another name
        m.rs:6: the index `ix` on `u` has the name of the index `ix` on `t` (m.rs:2), for sqlite takes both as `ix`: give one of them another name
        m.rs:7: the table `u` has the name of the table `u` (m.rs:3), for sqlite takes both as `u`: give one of them another name
        m.rs:4: the column `u.a` has the name of the column `t.a` (m.rs:1), for mysql takes both as `a`: give one of them another name
        m.rs:5: the column `u.a` has the name of the column `t.a` (m.rs:1), for mysql takes both as `a`: give one of them another name
        m.rs:6: the index `ix` on `u` has the name of the index `ix` on `t` (m.rs:2), for mysql takes both as `ix`: give one of them another name
        m.rs:7: the table `u` has the name of the table `u` (m.rs:3), for mysql takes both as `u`: give one of them another name
        ");
    }

    #[test]
    fn what_may_be_there_already_may_be() {
        let nothing = told(|op| {
            table(op, "t");
            op.create_table("t", |t| {
                t.column("a", integer());
            })
            .if_not_exists();
            op.add_column("t", "a", integer()).if_not_exists();
            op.create_index("ix", "t", ["a"]);
            op.create_index("ix", "t", ["b"]).if_not_exists();
            op.create_view("v", "SELECT 1");
            op.replace_view("v", "SELECT 2");
        });
        assert_eq!(nothing, "");
    }

    #[test]
    fn what_is_renamed_has_its_new_name_and_no_more_its_old_one() {
        let told = told(|op| {
            op.create_index("a", "t", ["a"]);
            op.rename_index("t", "a", "b");
            op.create_index("a", "t", ["a"]);
            op.create_index("b", "t", ["b"]);
            op.create_unique_constraint("uq", "t", ["a"]);
            op.rename_constraint("t", "uq", "a");
            op.rename_constraint("t", "older", "uq");
        });
        insta::assert_snapshot!(told, @"
        m.rs:4: the index `b` on `t` has the name of the index `b` on `t` (m.rs:2), for postgres takes both as `b`: give one of them another name
        m.rs:6: the constraint `a` of `t` has the name of the index `a` on `t` (m.rs:3), for postgres takes both as `a`: give one of them another name
        m.rs:4: the index `b` on `t` has the name of the index `b` on `t` (m.rs:2), for sqlite takes both as `b`: give one of them another name
        m.rs:4: the index `b` on `t` has the name of the index `b` on `t` (m.rs:2), for mysql takes both as `b`: give one of them another name
        m.rs:6: the constraint `a` of `t` has the name of the index `a` on `t` (m.rs:3), for mysql takes both as `a`: give one of them another name
        ");
    }

    #[test]
    fn nothing_is_said_across_what_may_do_anything() {
        let across = |between: fn(&mut Op)| {
            told(|op| {
                op.create_index("ix", "t", ["a"]);
                between(op);
                op.create_index("ix", "t", ["b"]);
            })
        };
        assert_eq!(
            across(|op| {
                op.execute("DROP INDEX ix");
            }),
            ""
        );
        assert_eq!(
            across(|op| {
                op.drop_view("v").cascade();
            }),
            ""
        );
        assert_eq!(
            across(|op| {
                op.execute("UPDATE t SET a = 1; DELETE FROM t");
            })
            .lines()
            .count(),
            3
        );
    }

    #[test]
    fn what_is_for_other_databases_takes_no_name() {
        let told = told(|op| {
            op.on([Backend::Postgres], |op| {
                op.create_index("ix", "t", ["a"]);
            });
            op.on([Backend::Sqlite], |op| {
                op.create_index("ix", "t", ["b"]);
            });
        });
        assert_eq!(told, "");
    }
}
