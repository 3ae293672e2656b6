//! The name of a constraint or index as a directive takes it: `"uq_users_email"` or `None`.
//!
//! What the convention makes of `None` is [`naming`](crate::schema::naming)'s business.

/// The name of a constraint or index: text, or `None` for the one of the naming convention.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NameOrDefault(Option<String>);

impl From<&str> for NameOrDefault {
    fn from(name: &str) -> Self {
        Self(Some(name.into()))
    }
}

impl From<&String> for NameOrDefault {
    fn from(name: &String) -> Self {
        Self(Some(name.clone()))
    }
}

impl From<Option<&str>> for NameOrDefault {
    fn from(name: Option<&str>) -> Self {
        Self(name.map(Into::into))
    }
}

impl NameOrDefault {
    /// The name that was given, or the one of the convention.
    pub(crate) fn or_else(self, convention: impl FnOnce() -> String) -> String {
        self.0.unwrap_or_else(convention)
    }
}
