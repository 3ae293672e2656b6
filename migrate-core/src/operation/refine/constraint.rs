//! Constraints: new ones, in a new table or in one that exists, and those that go.

use crate::operation::{DropConstraint, RenameConstraint};
use crate::schema::{
    Action, Check, ConstraintKind, Deferrable, Exclude, ForeignKey, IndexElement, PrimaryKey, QualifiedName,
    Unique, naming,
};

/// Names of columns: any list of texts.
pub trait Columns {
    /// The names, in order.
    fn names(self) -> Vec<String>;
}

impl<I: IntoIterator<Item = S>, S: Into<String>> Columns for I {
    fn names(self) -> Vec<String> {
        self.into_iter().map(Into::into).collect()
    }
}

impl PrimaryKey {
    /// A primary key under its conventional name.
    pub(crate) fn over(table: &QualifiedName, columns: Vec<String>) -> Self {
        Self {
            name: naming::primary_key(&table.name),
            columns,
            deferrable: None,
        }
    }
}

impl Unique {
    /// A unique constraint under its conventional name.
    pub(crate) fn over(table: &QualifiedName, columns: Vec<String>) -> Self {
        Self {
            name: naming::unique(&table.name, &columns),
            columns,
            nulls_not_distinct: false,
            deferrable: None,
        }
    }
}

impl ForeignKey {
    /// A foreign key that says no more than where it points, under its conventional name.
    pub(crate) fn to(
        table: &QualifiedName,
        columns: Vec<String>,
        referent: QualifiedName,
        referent_columns: Vec<String>,
    ) -> Self {
        Self {
            name: naming::foreign_key(&table.name, &columns, &referent.name),
            columns,
            referent,
            referent_columns,
            on_delete: None,
            on_update: None,
            match_full: false,
            deferrable: None,
        }
    }
}

impl Exclude {
    /// An exclusion that says no more than what it compares.
    pub(crate) fn over(
        name: &str,
        elements: impl IntoIterator<Item = (impl Into<IndexElement>, impl Into<String>)>,
    ) -> Self {
        Self {
            name: name.into(),
            elements: elements
                .into_iter()
                .map(|(element, operator)| (element.into(), operator.into()))
                .collect(),
            method: None,
            predicate: None,
            deferrable: None,
        }
    }
}

/// What a constraint of a table that exists can be told besides: to leave the rows that are there unchecked.
#[derive(Debug)]
pub struct NotValid<'op>(pub(crate) &'op mut bool);

/// A primary key.
#[derive(Debug)]
pub struct PrimaryKeyHandle<'op>(pub(crate) &'op mut PrimaryKey);

/// A unique constraint.
#[derive(Debug)]
pub struct UniqueHandle<'op>(pub(crate) &'op mut Unique);

/// A check constraint; one of a table that exists can be refined by [`NotValid`] too.
#[derive(Debug)]
pub struct CheckHandle<'op, More = ()> {
    pub(crate) check: &'op mut Check,
    pub(crate) more: More,
}

/// A foreign key; one of a table that exists can be refined by [`NotValid`] too.
#[derive(Debug)]
pub struct ForeignKeyHandle<'op, More = ()> {
    pub(crate) key: &'op mut ForeignKey,
    pub(crate) more: More,
}

/// An exclusion constraint.
#[derive(Debug)]
pub struct ExcludeHandle<'op>(pub(crate) &'op mut Exclude);

/// `name`, `deferrable` and `initially_deferred`, which several constraints have.
macro_rules! deferrable {
    ($($handle:ident$(<$more:ident>)?: $($path:tt).+;)*) => {
        $(impl$(<$more>)? $handle<'_$(, $more)?> {
            /// Its name, instead of the conventional one.
            pub fn name(self, name: &str) -> Self {
                name.clone_into(&mut self.$($path).+.name);
                self
            }

            /// A transaction may put its check off; until it does, it is checked after each statement.
            pub fn deferrable(self) -> Self {
                self.$($path).+.deferrable = Some(Deferrable::InitiallyImmediate);
                self
            }

            /// It is checked at the end of the transaction.
            pub fn initially_deferred(self) -> Self {
                self.$($path).+.deferrable = Some(Deferrable::InitiallyDeferred);
                self
            }
        })*
    };
}
deferrable! {
    PrimaryKeyHandle: 0;
    UniqueHandle: 0;
    ForeignKeyHandle<More>: key;
    ExcludeHandle: 0;
}

impl UniqueHandle<'_> {
    /// `NULL` counts as a value, of which there can be only one (`PostgreSQL` 15).
    pub fn nulls_not_distinct(self) -> Self {
        self.0.nulls_not_distinct = true;
        self
    }
}

impl<More> CheckHandle<'_, More> {
    /// Its name, instead of the conventional one.
    pub fn name(self, name: &str) -> Self {
        name.clone_into(&mut self.check.name);
        self
    }
}

impl<'op> CheckHandle<'op, NotValid<'op>> {
    /// Rows that are there already are left unchecked, until `validate_constraint` (`PostgreSQL`).
    pub fn not_valid(self) -> Self {
        *self.more.0 = true;
        self
    }
}

impl<'op> ForeignKeyHandle<'op, NotValid<'op>> {
    /// Rows that are there already are left unchecked, until `validate_constraint` (`PostgreSQL`).
    pub fn not_valid(self) -> Self {
        *self.more.0 = true;
        self
    }
}

impl<More> ForeignKeyHandle<'_, More> {
    /// What happens to a row when the one it points to is deleted.
    pub fn on_delete(self, action: Action) -> Self {
        self.key.on_delete = Some(action);
        self
    }

    /// What happens to a row when the key it points to changes.
    pub fn on_update(self, action: Action) -> Self {
        self.key.on_update = Some(action);
        self
    }

    /// A key of which only some columns are `NULL` is an error; by default it points nowhere.
    pub fn match_full(self) -> Self {
        self.key.match_full = true;
        self
    }
}

impl ExcludeHandle<'_> {
    /// The access method of its index; `gist` where nothing else is said.
    pub fn using(self, method: &str) -> Self {
        self.0.method = Some(method.into());
        self
    }

    /// It covers only the rows that fulfil this condition.
    pub fn where_(self, condition: &str) -> Self {
        self.0.predicate = Some(condition.into());
        self
    }
}

/// A constraint that is dropped.
#[derive(Debug)]
pub struct DropConstraintHandle<'op>(pub(crate) &'op mut DropConstraint);

impl DropConstraintHandle<'_> {
    /// It may be gone already, where the database can ask that.
    pub fn if_exists(self) -> Self {
        self.0.if_exists = true;
        self
    }

    /// What refers to it goes too (`PostgreSQL`).
    pub fn cascade(self) -> Self {
        self.0.cascade = true;
        self
    }

    /// It is the primary key, which has no name on `MySQL`.
    pub fn primary_key(self) -> Self {
        self.kind(ConstraintKind::PrimaryKey)
    }

    /// It is a unique constraint.
    pub fn unique(self) -> Self {
        self.kind(ConstraintKind::Unique)
    }

    /// It is a foreign key.
    pub fn foreign_key(self) -> Self {
        self.kind(ConstraintKind::ForeignKey)
    }

    /// It is a check.
    pub fn check(self) -> Self {
        self.kind(ConstraintKind::Check)
    }

    fn kind(self, kind: ConstraintKind) -> Self {
        self.0.kind = Some(kind);
        self
    }
}

/// A constraint that gets another name.
#[derive(Debug)]
pub struct RenameConstraintHandle<'op>(pub(crate) &'op mut RenameConstraint);

impl RenameConstraintHandle<'_> {
    /// It is the primary key, which has no name on `MySQL`: there, nothing is left to do.
    pub fn primary_key(self) -> Self {
        self.0.primary_key = true;
        self
    }
}
