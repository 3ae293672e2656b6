//! What else a schema holds, and what goes.

use crate::operation::{AddEnumValue, CreateExtension, CreateTrigger, CreateView, DropView, EnumPosition};

/// Something that is created.
#[derive(Debug)]
pub struct CreateHandle<'op>(pub(crate) &'op mut bool);

impl CreateHandle<'_> {
    /// It may be there already.
    pub fn if_not_exists(self) -> Self {
        *self.0 = true;
        self
    }
}

/// Something that is dropped.
#[derive(Debug)]
pub struct DropHandle<'op>(pub(crate) &'op mut bool);

impl DropHandle<'_> {
    /// It may be gone already, where the database can ask that of what is dropped.
    pub fn if_exists(self) -> Self {
        *self.0 = true;
        self
    }
}

/// Something that is dropped, and that others may refer to.
#[derive(Debug)]
pub struct DropCascadeHandle<'op> {
    pub(crate) if_exists: &'op mut bool,
    pub(crate) cascade: &'op mut bool,
}

impl DropCascadeHandle<'_> {
    /// It may be gone already, where the database can ask that of what is dropped.
    pub fn if_exists(self) -> Self {
        *self.if_exists = true;
        self
    }

    /// What refers to it goes too (`PostgreSQL`).
    pub fn cascade(self) -> Self {
        *self.cascade = true;
        self
    }
}

/// A view that is created or takes the place of another.
#[derive(Debug)]
pub struct ViewHandle<'op>(pub(crate) &'op mut CreateView);

impl ViewHandle<'_> {
    /// The database keeps its rows, until they are refreshed (`PostgreSQL`).
    pub fn materialized(self) -> Self {
        self.0.view.materialized = true;
        self
    }
}

/// A view that is dropped.
#[derive(Debug)]
pub struct DropViewHandle<'op>(pub(crate) &'op mut DropView);

impl DropViewHandle<'_> {
    /// It is a materialized one (`PostgreSQL`).
    pub fn materialized(self) -> Self {
        self.0.materialized = true;
        self
    }

    /// It may be gone already.
    pub fn if_exists(self) -> Self {
        self.0.if_exists = true;
        self
    }

    /// What refers to it goes too (`PostgreSQL`).
    pub fn cascade(self) -> Self {
        self.0.cascade = true;
        self
    }
}

/// A trigger that is created or takes the place of another.
#[derive(Debug)]
pub struct TriggerHandle<'op>(pub(crate) &'op mut CreateTrigger);

impl TriggerHandle<'_> {
    /// It fires only under this condition.
    pub fn when(self, condition: &str) -> Self {
        self.0.trigger.when = Some(condition.into());
        self
    }

    /// It fires once for a statement instead of once for each row (`PostgreSQL`).
    pub fn for_each_statement(self) -> Self {
        self.0.trigger.for_each_statement = true;
        self
    }
}

/// A value that an enum type gets.
#[derive(Debug)]
pub struct AddEnumValueHandle<'op>(pub(crate) &'op mut AddEnumValue);

impl AddEnumValueHandle<'_> {
    /// It stands before this value.
    pub fn before(self, value: &str) -> Self {
        self.0.position = Some(EnumPosition::Before(value.into()));
        self
    }

    /// It stands after this value.
    pub fn after(self, value: &str) -> Self {
        self.0.position = Some(EnumPosition::After(value.into()));
        self
    }

    /// It may be there already.
    pub fn if_not_exists(self) -> Self {
        self.0.if_not_exists = true;
        self
    }
}

/// An extension that is created.
#[derive(Debug)]
pub struct CreateExtensionHandle<'op>(pub(crate) &'op mut CreateExtension);

impl CreateExtensionHandle<'_> {
    /// It may be there already.
    pub fn if_not_exists(self) -> Self {
        self.0.if_not_exists = true;
        self
    }

    /// The schema that it puts its objects in.
    pub fn schema(self, schema: &str) -> Self {
        self.0.extension.schema = Some(schema.into());
        self
    }

    /// Its version; the newest without one.
    pub fn version(self, version: &str) -> Self {
        self.0.extension.version = Some(version.into());
        self
    }
}
