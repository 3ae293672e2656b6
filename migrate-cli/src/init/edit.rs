//! [`Edit`]: text inserted into a TOML file. Every byte that is there stays, line ends included.
//!
//! A form of writing that nobody uses is refused instead of understood: the user is told what to write.

use std::ops::Range;

use toml_edit::{Array, Document, Item, Table, Value};

/// What is to be inserted into a text.
#[derive(Debug)]
pub(super) struct Edit {
    document: Document<String>,
    newline: &'static str,
    insertions: Vec<Insertion>,
    /// Tables behind all that is there, each with its heading.
    appended: Vec<Vec<String>>,
}

#[derive(Debug)]
struct Insertion {
    at: usize,
    text: String,
    /// Whether it begins a line of its own.
    is_line: bool,
}

/// A table or list is there, in a form that nothing can be added to here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Unusual;

impl Edit {
    /// Of this text; [`Unusual`] when it is no TOML.
    pub(super) fn new(text: String) -> Result<Self, Unusual> {
        let newline = if text.contains("\r\n") { "\r\n" } else { "\n" };
        Ok(Self {
            document: Document::parse(text).map_err(|_| Unusual)?,
            newline,
            insertions: Vec::new(),
            appended: Vec::new(),
        })
    }

    /// The text as it is.
    pub(super) fn before(&self) -> &str {
        self.document.raw()
    }

    /// Adds lines to a table of the root, which is made when it is missing.
    pub(super) fn add_lines(&mut self, table: &str, lines: &[String]) -> Result<(), Unusual> {
        if lines.is_empty() {
            return Ok(());
        }
        match self.document.get(table) {
            None => self.append(format!("[{table}]"), lines),
            Some(Item::Table(found)) if found.is_dotted() => return Err(Unusual),
            Some(Item::Table(found)) if found.is_implicit() => self.append(format!("[{table}]"), lines),
            Some(Item::Table(found)) => {
                let at = end_of_values(found).ok_or(Unusual)?;
                self.insert_lines(self.end_of_line(at), lines);
            }
            Some(Item::None | Item::Value(_) | Item::ArrayOfTables(_)) => return Err(Unusual),
        }
        Ok(())
    }

    /// Adds a table to an array of tables of the root, which is made when it is missing.
    pub(super) fn add_table(&mut self, array: &str, lines: &[String]) -> Result<(), Unusual> {
        match self.document.get(array) {
            None | Some(Item::ArrayOfTables(_)) => self.append(format!("[[{array}]]"), lines),
            Some(Item::None | Item::Value(_) | Item::Table(_)) => return Err(Unusual),
        }
        Ok(())
    }

    /// Adds a text to a list of texts in a table of the root; both are made when they are missing.
    pub(super) fn add_text(&mut self, table: &str, key: &str, text: &str) -> Result<(), Unusual> {
        let quoted = Value::from(text).to_string();
        let list = match self.document.get(table) {
            Some(found) => found.as_table_like().ok_or(Unusual)?.get(key),
            None => None,
        };
        match list {
            None => self.add_lines(table, &[format!("{key} = [{quoted}]")]),
            Some(Item::Value(Value::Array(list))) => {
                let insertions =
                    add_to_list(self.document.raw(), list, &quoted, self.newline).ok_or(Unusual)?;
                self.insertions.extend(insertions);
                Ok(())
            }
            Some(Item::None | Item::Value(_) | Item::Table(_) | Item::ArrayOfTables(_)) => Err(Unusual),
        }
    }

    /// The text with all that was added; [`Unusual`] when that is no TOML any more.
    pub(super) fn finish(mut self) -> Result<String, Unusual> {
        self.insertions.sort_by_key(|insertion| insertion.at);
        let raw = self.document.raw();
        let mut text = String::with_capacity(raw.len());
        let mut copied = 0;
        for insertion in &self.insertions {
            text.push_str(&raw[copied..insertion.at]);
            copied = insertion.at;
            if insertion.is_line && !text.is_empty() && !text.ends_with('\n') {
                text.push_str(self.newline);
            }
            text.push_str(&insertion.text);
        }
        text.push_str(&raw[copied..]);
        for table in &self.appended {
            if !text.is_empty() && !text.ends_with('\n') {
                text.push_str(self.newline);
            }
            if !text.is_empty() {
                text.push_str(self.newline);
            }
            text.extend(table.iter().flat_map(|line| [line, self.newline]));
        }
        match Document::parse(text.as_str()) {
            Ok(_) => Ok(text),
            Err(_) => Err(Unusual),
        }
    }

    fn append(&mut self, heading: String, lines: &[String]) {
        self.appended.push([&[heading], lines].concat());
    }

    fn insert_lines(&mut self, at: usize, lines: &[String]) {
        let lines = lines.iter().map(|line| format!("{line}{}", self.newline));
        self.insertions.push(Insertion {
            at,
            text: lines.collect(),
            is_line: true,
        });
    }

    /// Where the line after the one that holds a place begins.
    fn end_of_line(&self, place: usize) -> usize {
        let raw = self.document.raw();
        raw[place..]
            .find('\n')
            .map_or(raw.len(), |length| place + length + 1)
    }
}

/// What adds a text to a list, in the way in which the list is written.
fn add_to_list(raw: &str, list: &Array, quoted: &str, newline: &str) -> Option<Vec<Insertion>> {
    let inside = |at, text| Insertion {
        at,
        text,
        is_line: false,
    };
    let Range { start, end } = list.span()?;
    let Some(last) = list.iter().last() else {
        return Some(vec![inside(start + 1, quoted.to_owned())]);
    };
    let last = last.span()?;
    let closing = end - 1;
    if !raw[last.end..closing].contains('\n') {
        return Some(vec![inside(last.end, format!(", {quoted}"))]);
    }
    // A value on each line: the new one gets its own, after the last one's comment.
    let start = start_of_line(raw, last.start);
    let indent: String = raw[start..].chars().take_while(|c| c.is_whitespace()).collect();
    let line = inside(start_of_line(raw, closing), format!("{indent}{quoted},{newline}"));
    let comma = (!list.trailing_comma()).then(|| inside(last.end, ",".to_owned()));
    Some(comma.into_iter().chain([line]).collect())
}

/// Where the last key of a table ends that stands below its heading, or the heading.
fn end_of_values(table: &Table) -> Option<usize> {
    let values = table.get_values();
    let ends = values.iter().map(|(_, value)| value.span().map(|span| span.end));
    let last: Option<Vec<usize>> = ends.collect();
    last?.into_iter().max().or_else(|| Some(table.span()?.end))
}

fn start_of_line(text: &str, place: usize) -> usize {
    text[..place].rfind('\n').map_or(0, |newline| newline + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edited(text: &str, edit: impl FnOnce(&mut Edit) -> Result<(), Unusual>) -> Result<String, Unusual> {
        let mut changes = Edit::new(text.to_owned())?;
        edit(&mut changes)?;
        changes.finish()
    }

    /// Whether a value is all there in another one, to which something may have been added.
    fn is_within(old: &toml::Value, new: &toml::Value) -> bool {
        match (old, new) {
            (toml::Value::Table(old), toml::Value::Table(new)) => old
                .iter()
                .all(|(key, old)| new.get(key).is_some_and(|new| is_within(old, new))),
            (toml::Value::Array(old), toml::Value::Array(new)) => new.starts_with(old),
            _ => old == new,
        }
    }

    /// Each text before and after, as they stand in a file.
    fn shown(cases: &[&str], edit: impl Fn(&mut Edit) -> Result<(), Unusual>) -> String {
        let each = cases.iter().map(|before| match edited(before, &edit) {
            Ok(after) => {
                let value = |text: &str| toml::Value::Table(text.parse().unwrap());
                assert!(is_within(&value(before), &value(&after)), "{after}");
                format!("{before}\n---->\n{after}")
            }
            Err(Unusual) => format!("{before}\n----> refused"),
        });
        each.collect::<Vec<_>>().join("\n=====\n").replace('\r', "\\r")
    }

    #[test]
    fn a_member_is_added_to_the_list_as_it_is_written() {
        let cases = [
            "",
            "[package]\nname = 'shop' # ours",
            "[workspace]\nresolver = '3'\n\n[workspace.dependencies]\nx = '1'\n",
            "[workspace] # all\n\n[profile.dev]\n",
            "[workspace]\nmembers = []\n",
            "[workspace]\nmembers = ['a', \"b\"] # two\nresolver = '3'\n",
            "[workspace]\nmembers = ['a', ]\n",
            "[workspace]\nmembers = [\n    # first\n    'a',\n    'b', # second\n    # last\n]\nresolver = '3'\n",
            "[workspace]\nmembers = [\n\t'a',\n\t'b'\n]\n",
            "[workspace]\nmembers = [\n    'a'\n  , 'b'\n]\n",
            "[workspace]\r\nmembers = [\r\n  'a',\r\n]\r\n",
            "[workspace.package]\nversion = '1'\n",
            "[workspace]\nmembers = [\n 'a'\n,]\n",
            "workspace.members = ['a']\n",
            "workspace.resolver = '3'\n",
            "workspace = { members = ['a'] }\n",
            "workspace = { resolver = '3' }\n",
        ];
        insta::assert_snapshot!(shown(&cases, |edit| edit.add_text("workspace", "members", "new")), @r#"

        ---->
        [workspace]
        members = ["new"]

        =====
        [package]
        name = 'shop' # ours
        ---->
        [package]
        name = 'shop' # ours

        [workspace]
        members = ["new"]

        =====
        [workspace]
        resolver = '3'

        [workspace.dependencies]
        x = '1'

        ---->
        [workspace]
        resolver = '3'
        members = ["new"]

        [workspace.dependencies]
        x = '1'

        =====
        [workspace] # all

        [profile.dev]

        ---->
        [workspace] # all
        members = ["new"]

        [profile.dev]

        =====
        [workspace]
        members = []

        ---->
        [workspace]
        members = ["new"]

        =====
        [workspace]
        members = ['a', "b"] # two
        resolver = '3'

        ---->
        [workspace]
        members = ['a', "b", "new"] # two
        resolver = '3'

        =====
        [workspace]
        members = ['a', ]

        ---->
        [workspace]
        members = ['a', "new", ]

        =====
        [workspace]
        members = [
            # first
            'a',
            'b', # second
            # last
        ]
        resolver = '3'

        ---->
        [workspace]
        members = [
            # first
            'a',
            'b', # second
            # last
            "new",
        ]
        resolver = '3'

        =====
        [workspace]
        members = [
        	'a',
        	'b'
        ]

        ---->
        [workspace]
        members = [
        	'a',
        	'b',
        	"new",
        ]

        =====
        [workspace]
        members = [
            'a'
          , 'b'
        ]

        ---->
        [workspace]
        members = [
            'a'
          , 'b',
          "new",
        ]

        =====
        [workspace]\r
        members = [\r
          'a',\r
        ]\r

        ---->
        [workspace]\r
        members = [\r
          'a',\r
          "new",\r
        ]\r

        =====
        [workspace.package]
        version = '1'

        ---->
        [workspace.package]
        version = '1'

        [workspace]
        members = ["new"]

        =====
        [workspace]
        members = [
         'a'
        ,]

        ----> refused
        =====
        workspace.members = ['a']

        ---->
        workspace.members = ['a', "new"]

        =====
        workspace.resolver = '3'

        ----> refused
        =====
        workspace = { members = ['a'] }

        ---->
        workspace = { members = ['a', "new"] }

        =====
        workspace = { resolver = '3' }

        ----> refused
        "#);
    }

    #[test]
    fn a_dependency_is_added_after_the_last_one() {
        let cases = [
            "[package]\nname = 'shop'",
            "[dependencies]\n\n[features]\n",
            "[dependencies]\nserde.version = '1' # one\n# two\n\n[dependencies.tokio]\nversion = '1'\n",
            "[dependencies.tokio]\nversion = '1'\n",
            "[dependencies]\ntokio = { version = '1', features = [\n  'rt',\n] }",
            "[dependencies]\r\nserde = '1'\r\n",
            "dependencies.serde = '1'\n",
            "dependencies = { serde = '1' }\n",
        ];
        let line = ["new = '2'".to_owned()];
        insta::assert_snapshot!(shown(&cases, |edit| edit.add_lines("dependencies", &line)), @r"
        [package]
        name = 'shop'
        ---->
        [package]
        name = 'shop'

        [dependencies]
        new = '2'

        =====
        [dependencies]

        [features]

        ---->
        [dependencies]
        new = '2'

        [features]

        =====
        [dependencies]
        serde.version = '1' # one
        # two

        [dependencies.tokio]
        version = '1'

        ---->
        [dependencies]
        serde.version = '1' # one
        new = '2'
        # two

        [dependencies.tokio]
        version = '1'

        =====
        [dependencies.tokio]
        version = '1'

        ---->
        [dependencies.tokio]
        version = '1'

        [dependencies]
        new = '2'

        =====
        [dependencies]
        tokio = { version = '1', features = [
          'rt',
        ] }
        ---->
        [dependencies]
        tokio = { version = '1', features = [
          'rt',
        ] }
        new = '2'

        =====
        [dependencies]\r
        serde = '1'\r

        ---->
        [dependencies]\r
        serde = '1'\r
        new = '2'\r

        =====
        dependencies.serde = '1'

        ----> refused
        =====
        dependencies = { serde = '1' }

        ----> refused
        ");
    }

    #[test]
    fn several_changes_of_one_file_do_not_meet() {
        let cases = [
            "[package]\nname = 'shop'\n[dependencies]\nserde = '1'",
            "[dependencies]\nserde = '1'\n\n[package]\nname = 'shop'",
            "[package]\nname = 'shop'\n",
        ];
        let all = |edit: &mut Edit| {
            edit.add_lines("dependencies", &["new = '2'".into()])?;
            edit.add_lines("package", &["default-run = 'shop'".into()])?;
            edit.add_table("bin", &["name = 'migrate'".into()])?;
            edit.add_text("workspace", "members", "a \"b\"")
        };
        insta::assert_snapshot!(shown(&cases, all), @r#"
        [package]
        name = 'shop'
        [dependencies]
        serde = '1'
        ---->
        [package]
        name = 'shop'
        default-run = 'shop'
        [dependencies]
        serde = '1'
        new = '2'

        [[bin]]
        name = 'migrate'

        [workspace]
        members = ['a "b"']

        =====
        [dependencies]
        serde = '1'

        [package]
        name = 'shop'
        ---->
        [dependencies]
        serde = '1'
        new = '2'

        [package]
        name = 'shop'
        default-run = 'shop'

        [[bin]]
        name = 'migrate'

        [workspace]
        members = ['a "b"']

        =====
        [package]
        name = 'shop'

        ---->
        [package]
        name = 'shop'
        default-run = 'shop'

        [dependencies]
        new = '2'

        [[bin]]
        name = 'migrate'

        [workspace]
        members = ['a "b"']
        "#);
    }
}
