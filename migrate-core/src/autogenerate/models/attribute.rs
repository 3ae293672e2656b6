//! Attributes, laid out as rustfmt leaves them.

/// The widest list of keys that rustfmt leaves on one line.
const LIST: usize = 70;
/// The widest line.
const LINE: usize = 100;

/// `#[name(..)]` with these keys: one attribute, or one for each key where they are wide together.
pub(super) fn attributes(indent: &str, name: &str, keys: &[String]) -> String {
    if keys.is_empty() {
        return String::new();
    }
    let together = keys.join(", ");
    let line = format!("{indent}#[{name}({together})]\n");
    // What is no plain value, rustfmt does not read, nor what stands beside it.
    let is_read = keys.iter().all(|key| is_plain(key));
    let fits = if is_read {
        together.chars().count() <= LIST
    } else {
        line.chars().count() <= LINE
    };
    if fits {
        line
    } else {
        keys.iter().map(|key| attribute(indent, name, key)).collect()
    }
}

/// `#[table(clause)]`.
pub(super) fn clause(clause: &str) -> String {
    let (called, arguments) = clause.split_once('(').unwrap_or((clause, ""));
    let arguments = arguments.strip_suffix(')').unwrap_or(arguments);
    // rustfmt reads a call of texts and words alone.
    let (word, last) = match (called, arguments.split_once(", ")) {
        ("option", Some((backend, sql))) => (Some(backend), sql),
        _ => (None, arguments),
    };
    let line = format!("#[table({clause})]");
    let is_wide = match word {
        Some(_) => arguments.chars().count() > LIST,
        None => line.chars().count() > LINE,
    };
    if !is_text(last) || !is_wide {
        return line + "\n";
    }
    let word = word.map(|word| format!("    {word},\n")).unwrap_or_default();
    format!("#[table({called}(\n{word}    {last}\n))]\n")
}

/// `#[name(key)]`.
fn attribute(indent: &str, name: &str, key: &str) -> String {
    let line = format!("{indent}#[{name}({key})]");
    let text = key.split_once(" = ").is_some_and(|(_, value)| is_text(value));
    if text && line.chars().count() > LINE {
        format!("{indent}#[{name}(\n{indent}    {key}\n{indent})]\n")
    } else {
        line + "\n"
    }
}

/// Whether a key is a word alone, or its value a text, a number or a truth value.
fn is_plain(key: &str) -> bool {
    let is_word = |text: &str| text.chars().all(|one| one.is_alphanumeric() || one == '_');
    match key.split_once(" = ") {
        Some((_, value)) => is_text(value) || is_word(value),
        None => is_word(key),
    }
}

/// Whether this is one literal of a text, and nothing else.
fn is_text(rust: &str) -> bool {
    let Some(inner) = rust.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) else {
        return false;
    };
    let mut escaped = false;
    inner.chars().all(|one| {
        let ends = one == '"' && !escaped;
        escaped = one == '\\' && !escaped;
        !ends
    })
}
