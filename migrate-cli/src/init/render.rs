//! Renders a template's text. What is put into a file is written as that file's language quotes it: a template says
//! `name = {{ package }}` and gets a TOML string; in Rust nothing but an identifier is taken.

use minijinja::value::Value;
use minijinja::{Environment, ErrorKind, UndefinedBehavior};

/// Why a template is not rendered: it is broken, or a value has no place in it.
pub(crate) type RenderError = minijinja::Error;

/// What stands for `{{ settings }}` in a template.
const SETTINGS: &str = include_str!("../../templates/settings.toml.jinja");

/// What a template may put into its text.
#[derive(Debug)]
pub(super) struct Values {
    /// The package's name.
    pub(super) package: String,
    /// The name of its library, as Rust says it.
    pub(super) library: String,
    /// The name of its migration binary.
    pub(super) bin: String,
    /// The dependency on `migrate-core`: TOML already.
    pub(super) migrate_core: String,
    /// The dependency on `migrate-cli`: TOML already.
    pub(super) migrate_cli: String,
    /// The dependency on `sqlx`, where there are models: TOML already.
    pub(super) sqlx: Option<String>,
    /// The database.
    pub(super) database_url: String,
}

/// Renders the text of a file; its name says its language.
pub(super) fn render(path: &str, text: &str, values: &Values) -> Result<String, RenderError> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    let is_toml = path.ends_with(".toml");
    environment.set_formatter(move |out, _, value| {
        let Some(text) = value.as_str() else {
            return Err(RenderError::new(
                ErrorKind::InvalidOperation,
                "only texts are put into a file",
            ));
        };
        if value.is_safe() {
            return Ok(out.write_str(text)?);
        }
        if is_toml {
            return Ok(write!(out, "{}", toml_edit::Value::from(text))?);
        }
        if !is_identifier(text) {
            return Err(RenderError::new(
                ErrorKind::InvalidOperation,
                format!("{text:?} is no identifier"),
            ));
        }
        Ok(out.write_str(text)?)
    });
    let text = text.replace("{{ settings }}", SETTINGS.trim_end());
    let rendered = environment.render_named_str(
        path,
        &text,
        minijinja::context! {
            package => values.package.as_str(),
            library => values.library.as_str(),
            bin => values.bin.as_str(),
            migrate_core => Value::from_safe_string(values.migrate_core.clone()),
            migrate_cli => Value::from_safe_string(values.migrate_cli.clone()),
            sqlx => values.sqlx.clone().map(Value::from_safe_string),
            database_url => values.database_url.as_str(),
        },
    )?;
    // The last newline of a template is not part of it.
    Ok(rendered + "\n")
}

fn is_identifier(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text
            .chars()
            .all(|character| character.is_ascii_alphanumeric() || character == '_')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(name: &str) -> Values {
        Values {
            package: name.to_owned(),
            library: name.to_owned(),
            bin: name.to_owned(),
            migrate_core: "{ path = 'x' }".to_owned(),
            migrate_cli: String::new(),
            sqlx: None,
            database_url: String::new(),
        }
    }

    #[test]
    fn a_value_is_a_string_in_toml_and_an_identifier_in_rust() {
        let toml = "name = {{ package }}\nmigrate-core = {{ migrate_core }}\n";
        insta::assert_snapshot!(render("Cargo.toml", toml, &values("a\"\n[b]\\")).unwrap(), @r#"
        name = '''
        a"
        [b]\'''
        migrate-core = { path = 'x' }
        "#);
        let rust = "use {{ library }}::migrator;\n";
        assert_eq!(
            render("main.rs", rust, &values("shop")).unwrap(),
            "use shop::migrator;\n"
        );
        for hostile in ["a b", "a;b", "", "1a", "a\n", "é"] {
            assert!(render("main.rs", rust, &values(hostile)).is_err(), "{hostile:?}");
        }
        assert!(render("x.toml", "{{ nothing }}", &values("a")).is_err());
    }
}
