//! [`Arguments`]: what whoever starts a run tells its migrations.
//!
//! Nothing here reads a command line; `-x` of the command line is one who says such things.

use std::collections::BTreeMap;

/// Values by their names, which a migration asks for with [`Op::argument`](crate::operation::Op::argument). Of two values
/// with one name the last counts, as in Alembic.
///
/// ```
/// use migrate_core::operation::Arguments;
///
/// let arguments = Arguments::from_iter([("tenant", "acme"), ("data", "")]);
/// assert_eq!(arguments.get("tenant"), Some("acme"));
/// assert_eq!(arguments.get("data"), Some(""));
/// assert_eq!(arguments.get("tenants"), None);
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Arguments(BTreeMap<String, String>);

impl Arguments {
    /// The value of this name, if there is one.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// Gives a name its value.
    pub fn set(&mut self, name: impl Into<String>, value: impl Into<String>) {
        self.0.insert(name.into(), value.into());
    }
}

impl<N: Into<String>, V: Into<String>> FromIterator<(N, V)> for Arguments {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(pairs: I) -> Self {
        let pairs = pairs.into_iter();
        Self(pairs.map(|(name, value)| (name.into(), value.into())).collect())
    }
}
