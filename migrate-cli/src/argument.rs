//! [`Argument`]: what `-x` tells the migrations.
//!
//! What it means is decided by the migrations that ask for it.

use std::fmt;
use std::str::FromStr;

/// A name and its value. `-x NAME` alone has an empty one, as in Alembic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Argument {
    pub(crate) name: String,
    pub(crate) value: String,
}

impl FromStr for Argument {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (name, value) = text.split_once('=').unwrap_or((text, ""));
        if name.is_empty() {
            return Err("it must be NAME or NAME=VALUE");
        }
        Ok(Self {
            name: name.to_owned(),
            value: value.to_owned(),
        })
    }
}

/// As it is given to `-x`.
impl fmt::Display for Argument {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}={}", self.name, self.value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_may_have_a_value_and_a_value_no_name() {
        let read = |text: &str| text.parse::<Argument>().map(|read| (read.name, read.value));
        let pair = |name: &str, value: &str| Ok((name.to_owned(), value.to_owned()));
        assert_eq!(read("tenant=acme"), pair("tenant", "acme"));
        assert_eq!(read("where=a=b"), pair("where", "a=b"));
        assert_eq!(read("data"), pair("data", ""));
        assert_eq!(read("data="), pair("data", ""));
        assert!(read("=acme").is_err() && read("").is_err());
    }
}
