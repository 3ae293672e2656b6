//! A column's definition as the server writes it: the text of `SHOW CREATE TABLE`, cut into clauses.
//!
//! What a clause means is not known here, only what it is about: whatever a later version adds stays where it is.

/// A column as `SHOW CREATE TABLE` tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Definition {
    pub(super) name: String,
    /// What stands after the name, in its order.
    clauses: Vec<Clause>,
}

/// A part of a definition, with the word that it begins with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Clause {
    kind: Kind,
    text: String,
}

/// What a part of a definition is about, in the order in which both servers take them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Type,
    CharacterSet,
    Collate,
    Generated,
    Null,
    Default,
    OnUpdate,
    AutoIncrement,
    /// `INVISIBLE`, and what is not known here.
    Other,
    Comment,
    Check,
}

impl Kind {
    /// The kind that this word begins, outside of parentheses and quotes. Both servers write these words in capitals,
    /// and the words of expressions in small letters.
    fn begun_by(word: &str) -> Option<Self> {
        Some(match word {
            "CHARACTER" | "CHARSET" => Self::CharacterSet,
            "COLLATE" => Self::Collate,
            "GENERATED" | "AS" => Self::Generated,
            "NOT" | "NULL" => Self::Null,
            "DEFAULT" => Self::Default,
            "ON" => Self::OnUpdate,
            "AUTO_INCREMENT" => Self::AutoIncrement,
            "COMMENT" => Self::Comment,
            "CHECK" => Self::Check,
            "INVISIBLE" | "COMPRESSED" | "WITHOUT" | "WITH" => Self::Other,
            _ if word.starts_with("/*!") || word.starts_with("/*M!") => Self::Other,
            _ => return None,
        })
    }
}

impl Definition {
    /// One that says nothing yet.
    pub(super) fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            clauses: Vec::new(),
        }
    }

    /// Names of columns are the same whatever their case.
    pub(super) fn is(&self, name: &str) -> bool {
        self.name.to_lowercase() == name.to_lowercase()
    }

    pub(super) fn get(&self, kind: Kind) -> Option<&str> {
        let clause = self.clauses.iter().find(|clause| clause.kind == kind);
        clause.map(|clause| clause.text.as_str())
    }

    /// Puts a clause in the place of those of its kind; `None` takes them away.
    pub(super) fn set(&mut self, kind: Kind, text: Option<String>) {
        self.clauses.retain(|clause| clause.kind != kind);
        if let Some(text) = text {
            let at = self.clauses.iter().position(|clause| clause.kind > kind);
            let at = at.unwrap_or(self.clauses.len());
            self.clauses.insert(at, Clause { kind, text });
        }
    }

    pub(super) fn text(&self) -> String {
        let texts: Vec<&str> = self.clauses.iter().map(|clause| clause.text.as_str()).collect();
        texts.join(" ")
    }
}

/// The columns of a `CREATE TABLE` as the server writes it: what begins with a name in quotes is a column.
pub(super) fn columns(created: &str) -> Vec<Definition> {
    let elements = elements(created).into_iter();
    elements.filter_map(|words| definition(&words)).collect()
}

/// The names of its foreign keys that are about this column alone.
pub(super) fn foreign_keys(created: &str, column: &str) -> Vec<String> {
    let elements = elements(created).into_iter();
    let keys = elements.filter_map(|words| match words.as_slice() {
        ["CONSTRAINT", name, "FOREIGN", "KEY", columns, ..] => {
            let columns = columns.strip_prefix('(')?.strip_suffix(')')?;
            let is_it = unquoted(columns)?.to_lowercase() == column.to_lowercase();
            unquoted(name).filter(|_| is_it)
        }
        _ => None,
    });
    keys.collect()
}

/// What a table has under a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Named {
    /// A foreign key, from its `FOREIGN KEY` on.
    ForeignKey(String),
    /// A check, from its `CHECK` on.
    Check(String),
    /// An index, which may be that of a unique constraint.
    Key,
}

/// What has this name, beside columns. Names of constraints and indexes are the same whatever their case.
pub(super) fn named(created: &str, name: &str) -> Vec<Named> {
    let is_it = |word: &str| unquoted(word).is_some_and(|other| other.to_lowercase() == name.to_lowercase());
    let elements = elements(created).into_iter();
    let found = elements.filter_map(|words| match words.as_slice() {
        ["CONSTRAINT", name, rest @ ..] if is_it(name) => match rest.first().copied() {
            Some("FOREIGN") => Some(Named::ForeignKey(rest.join(" "))),
            Some("CHECK") => Some(Named::Check(rest.join(" "))),
            Some("UNIQUE") => Some(Named::Key),
            Some(_) | None => None,
        },
        ["KEY", name, ..] | ["UNIQUE" | "FULLTEXT" | "SPATIAL", "KEY", name, ..] if is_it(name) => {
            Some(Named::Key)
        }
        _ => None,
    });
    found.collect()
}

/// What stands between the commas of a `CREATE TABLE`, in words.
fn elements(created: &str) -> Vec<Vec<&str>> {
    let mut rest = body(created);
    let mut elements = Vec::new();
    loop {
        elements.push(words(&mut rest));
        let ended = rest.is_empty() || rest.starts_with(')');
        match rest.strip_prefix(',') {
            Some(next) if !ended => rest = next,
            Some(_) | None => return elements,
        }
    }
}

/// The name that a text is, if it is one in quotes.
fn unquoted(text: &str) -> Option<String> {
    let quote = text.chars().next().filter(|first| ['`', '"'].contains(first))?;
    let inner = text.get(1..text.len().checked_sub(1)?)?;
    let twice = format!("{quote}{quote}");
    let is_one = text.ends_with(quote) && !inner.replace(&twice, "").contains(quote);
    is_one.then(|| inner.replace(&twice, &quote.to_string()))
}

/// What stands in the parentheses of a `CREATE TABLE`, whose name may hold some too.
fn body(created: &str) -> &str {
    let mut rest = created.trim_start();
    loop {
        let length = word(rest);
        match rest.strip_prefix('(') {
            Some(body) => return body,
            None if length == 0 => return "",
            None => rest = rest.get(length..).unwrap_or_default().trim_start(),
        }
    }
}

fn definition(words: &[&str]) -> Option<Definition> {
    let (first, rest) = words.split_first()?;
    let name = unquoted(first)?;
    let mut clauses: Vec<Clause> = Vec::new();
    for (at, word) in rest.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| rest.get(at)).copied();
        // `NOT NULL` is one, and so are `DEFAULT NULL` and `GENERATED ALWAYS AS`.
        let goes_on = matches!(
            (before, *word),
            (Some("NOT" | "DEFAULT"), "NULL") | (Some("ALWAYS"), "AS")
        );
        let kind = Kind::begun_by(word).filter(|_| !goes_on);
        match (kind, clauses.last_mut()) {
            (None, Some(last)) => {
                last.text.push(' ');
                last.text.push_str(word);
            }
            (kind, _) => clauses.push(Clause {
                kind: kind.unwrap_or(Kind::Type),
                text: (*word).to_owned(),
            }),
        }
    }
    Some(Definition { name, clauses })
}

/// Takes words up to a comma or parenthesis that ends the definition. A word goes on through quotes, parentheses and
/// comments.
fn words<'t>(rest: &mut &'t str) -> Vec<&'t str> {
    let mut words = Vec::new();
    loop {
        *rest = rest.trim_start();
        let length = word(rest);
        if length == 0 {
            return words;
        }
        let (word, after) = rest.split_at(length);
        words.push(word);
        *rest = after;
    }
}

fn word(text: &str) -> usize {
    if text.starts_with("/*") {
        return text.find("*/").map_or(text.len(), |end| end + 2);
    }
    let mut depth = 0_usize;
    let mut characters = text.char_indices();
    while let Some((at, character)) = characters.next() {
        match character {
            '\'' | '"' | '`' => {
                // Twice the quote is two texts next to each other, and ends where one does.
                while let Some((_, inner)) = characters.next() {
                    if inner == '\\' && character != '`' {
                        characters.next();
                    } else if inner == character {
                        break;
                    }
                }
            }
            '(' => depth += 1,
            ')' if depth == 0 => return at,
            ')' => depth -= 1,
            ',' if depth == 0 => return at,
            _ if character.is_whitespace() && depth == 0 => return at,
            _ => {}
        }
    }
    text.len()
}
