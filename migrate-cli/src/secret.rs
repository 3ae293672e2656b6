//! [`Secret`]: a database URL, whose password nobody gets to see.

use std::collections::BTreeSet;
use std::convert::Infallible;
use std::fmt;
use std::str::FromStr;

use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

const HIDDEN: &str = "***";

/// A shorter password is not looked for in other texts: it would hit everywhere. Where it stands in its URL it is
/// hidden all the same.
const SHORTEST: usize = 3;

/// A database URL. It is shown without its password, also by `Debug`.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Secret {
    url: String,
}

impl Secret {
    pub(crate) fn new(url: impl Into<String>) -> Self {
        Self { url: url.into() }
    }

    /// The URL as it is, for the connection alone.
    pub(crate) fn reveal(&self) -> &str {
        &self.url
    }

    /// Whether the password holds a character that ends it too early for whoever reads the URL strictly.
    pub(crate) fn has_unencoded_password(&self) -> bool {
        let password = Parts::of(&self.url).password;
        password.is_some_and(|password| password.contains(['@', '/', '#', '?', ':']))
    }

    /// A text without this URL and its password, in whichever form they stand there: as written, decoded, or
    /// encoded.
    pub(crate) fn scrub(&self, text: &str) -> String {
        let mut text = text.to_owned();
        if !self.url.is_empty() {
            text = text.replace(&self.url, &self.to_string());
        }
        for form in self.forms() {
            text = text.replace(&form, HIDDEN);
        }
        text
    }

    /// Every text that would give the password away, the longest first.
    fn forms(&self) -> Vec<String> {
        let parts = Parts::of(&self.url);
        let mut forms = BTreeSet::new();
        for password in parts.passwords() {
            let decoded = percent_decode_str(password).decode_utf8_lossy();
            let encoded = utf8_percent_encode(&decoded, NON_ALPHANUMERIC).to_string();
            forms.extend([password.to_owned(), decoded.into_owned(), encoded]);
        }
        // A password that is also the user's or the database's name is no news, and hiding it would make nonsense
        // of every message that names them.
        forms.retain(|form| form.len() >= SHORTEST && !parts.public().contains(form));
        let mut forms: Vec<String> = forms.into_iter().collect();
        forms.sort_by_key(|form| std::cmp::Reverse(form.len()));
        forms
    }
}

impl fmt::Display for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts = Parts::of(&self.url);
        f.write_str(parts.before)?;
        if parts.password.is_some() {
            write!(f, ":{HIDDEN}")?;
        }
        f.write_str(parts.after)?;
        for (i, (name, value)) in parts.query.iter().enumerate() {
            let value = if is_password(name) { HIDDEN } else { value };
            write!(
                f,
                "{}{name}{}{value}",
                if i == 0 { '?' } else { '&' },
                if value.is_empty() { "" } else { "=" }
            )?;
        }
        Ok(())
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Secret({self})")
    }
}

impl FromStr for Secret {
    type Err = Infallible;

    fn from_str(url: &str) -> Result<Self, Infallible> {
        Ok(Self::new(url))
    }
}

/// A URL in parts. It is read leniently: a password with `/`, `#`, `?` or `@` in it is one that somebody forgot to
/// encode, and a secret all the same.
struct Parts<'a> {
    /// The scheme and the user.
    before: &'a str,
    password: Option<&'a str>,
    /// From the `@` on, or from where it would be, to the `?`.
    after: &'a str,
    query: Vec<(&'a str, &'a str)>,
}

impl<'a> Parts<'a> {
    fn of(url: &'a str) -> Self {
        let authority = url.find("//").map_or(0, |place| place + 2);
        let at = url[authority..].rfind('@').map(|place| authority + place);
        let colon = at.and_then(|at| url[authority..at].find(':').map(|place| authority + place));
        let rest = at.unwrap_or(authority);
        let (after, query) = url[rest..].split_once('?').unwrap_or((&url[rest..], ""));
        let after_at = rest + after.len();
        Self {
            before: &url[..colon.unwrap_or(rest)],
            password: at.zip(colon).map(|(at, colon)| &url[colon + 1..at]),
            after: &url[rest..after_at],
            query: query
                .split('&')
                .filter(|pair| !pair.is_empty())
                .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
                .collect(),
        }
    }

    /// All that may be the password: with several `@`, what stands before each of them.
    fn passwords(&self) -> impl Iterator<Item = &'a str> {
        let whole = self.password.unwrap_or_default();
        let ends = whole.match_indices('@').map(|(end, _)| end).chain([whole.len()]);
        let of_query = self.query.iter().filter(|(name, _)| is_password(name));
        let parts = ends.map(move |end| &whole[..end]);
        parts
            .chain(of_query.map(|(_, value)| *value))
            .collect::<Vec<_>>()
            .into_iter()
    }

    /// The names that are no secret: the user, the host, the database.
    fn public(&self) -> Vec<String> {
        let user = self.before.rsplit("//").next().unwrap_or_default();
        let place = self.after.trim_start_matches('@').split(['/', ':']);
        let queried = self
            .query
            .iter()
            .filter(|(name, _)| !is_password(name))
            .map(|(_, value)| *value);
        place.chain([user]).chain(queried).map(str::to_owned).collect()
    }
}

fn is_password(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name.contains("password") || name.contains("passwd") || name == "sslkey"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_is_shown_without_its_password() {
        let shown = |url: &str| format!("{url}\n    {}", Secret::new(url));
        let urls = [
            "postgres://me:hunter2@localhost:5432/app?sslmode=require",
            "postgres://me@localhost/app",
            "postgres://localhost/app",
            "postgres://me:p%40ss%2F@h/app",
            "postgres://me:p@ss/w#r?d@h/app",
            "postgres:///app?user=me&password=hunter2&host=/run/db",
            "postgres//me:hunter2@h",
            "me:hunter2@h/app",
            "sqlite:///var/app.db?mode=rwc",
            "sqlite::memory:",
            "",
        ];
        insta::assert_snapshot!(urls.map(shown).join("\n"), @r"
        postgres://me:hunter2@localhost:5432/app?sslmode=require
            postgres://me:***@localhost:5432/app?sslmode=require
        postgres://me@localhost/app
            postgres://me@localhost/app
        postgres://localhost/app
            postgres://localhost/app
        postgres://me:p%40ss%2F@h/app
            postgres://me:***@h/app
        postgres://me:p@ss/w#r?d@h/app
            postgres://me:***@h/app
        postgres:///app?user=me&password=hunter2&host=/run/db
            postgres:///app?user=me&password=***&host=/run/db
        postgres//me:hunter2@h
            postgres//me:***@h
        me:hunter2@h/app
            me:***@h/app
        sqlite:///var/app.db?mode=rwc
            sqlite:///var/app.db?mode=rwc
        sqlite::memory:
            sqlite::memory:
        ");
        assert_eq!(
            format!("{:?}", Secret::new("postgres://u:hunter2@h")),
            "Secret(postgres://u:***@h)"
        );
    }

    #[test]
    fn a_password_is_taken_out_of_any_text_in_each_of_its_forms() {
        let secret = Secret::new("postgres://me:p%40s%2Fs@h/app");
        for text in ["x p%40s%2Fs y", "x p@s/s y", "x p%40s%2Fs y"] {
            assert_eq!(secret.scrub(text), "x *** y");
        }
        assert_eq!(
            secret.scrub("cannot parse postgres://me:p%40s%2Fs@h/app"),
            "cannot parse postgres://me:***@h/app"
        );
        let unencoded = Secret::new("postgres://me:a@b/c@h/app");
        assert_eq!(
            unencoded.scrub("no host `b/c@h` for a@b/c"),
            "no host `b/c@h` for ***"
        );
        let query = Secret::new("postgres://h/app?password=hunter2");
        assert_eq!(query.scrub("hunter2!"), "***!");
    }

    #[test]
    fn what_is_no_secret_stays_readable() {
        let same = Secret::new("postgres://postgres:postgres@h/app");
        let text = "password authentication failed for user \"postgres\"";
        assert_eq!(same.scrub(text), text);
        assert_eq!(Secret::new("postgres://me:a@h/app").scrub("a table"), "a table");
        assert_eq!(Secret::new("").scrub("text"), "text");
    }
}
