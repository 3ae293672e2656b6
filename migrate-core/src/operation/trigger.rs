//! What the operations on triggers carry.

use crate::schema::{QualifiedName, Trigger};

/// See [`Operation::CreateTrigger`](crate::operation::Operation::CreateTrigger).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateTrigger {
    /// The trigger.
    pub trigger: Trigger,
    /// Whether it takes the place of the one of that name.
    pub replace: bool,
}

impl CreateTrigger {
    /// The trigger whose place it takes, which has to go first: there is no `REPLACE` that every version has.
    pub(crate) fn replaced(&self) -> Option<DropTrigger> {
        self.replace.then(|| DropTrigger {
            name: self.trigger.name.clone(),
            table: self.trigger.table.clone(),
            if_exists: false,
        })
    }
}

/// See [`Operation::DropTrigger`](crate::operation::Operation::DropTrigger).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DropTrigger {
    /// The trigger.
    pub name: String,
    /// Its table.
    pub table: QualifiedName,
    /// It may be gone already.
    pub if_exists: bool,
}
