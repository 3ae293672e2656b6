//! Names that a migration gives twice, found before anything is sent.
//!
//! It looks at what one migration makes, and forgets what that migration drops or renames again. What the database has
//! already is not asked, and nothing is said across what may do anything: an author's own SQL (unless it is about rows
//! alone), a data step, a `cascade`. Functions are left to the database, which may know several of one name.

mod follow;
mod taken;
#[cfg(test)]
mod tests;

use taken::Taken;

use crate::dialect::Dialect;
use crate::operation::{Place, Recorded};
use crate::schema::Element;

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
    let mut names = Taken::none(dialect);
    for recorded in recorded.iter().filter(|one| one.is_for(dialect.backend())) {
        names.place = recorded.place;
        names.follow(&recorded.operation);
    }
    names.found
}
