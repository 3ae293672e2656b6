//! The text of a new migration: what a template makes of a revision, read back before anybody writes it.
//!
//! A template is the project's own text and is trusted; the message is not. Where the template comes from, and
//! where the text goes, is not known here.

use std::path::PathBuf;

use migrate_graph::source::{SourceFile, code};
use migrate_graph::{BranchLabel, Revision, RevisionId};
use minijinja::syntax::SyntaxConfig;
use minijinja::{Environment, UndefinedBehavior, context};

use super::attribute::{attribute, literal, values};
use super::body::Body;
use super::moment::Moment;
use super::template::Template;
use crate::printable::one_line;

/// The message of a revision that has none, as in Alembic.
const NO_MESSAGE: &str = "empty message";

/// What the file of a new revision says.
#[derive(Debug)]
pub(crate) struct NewMigration<'a> {
    pub(crate) revision: &'a Revision,
    /// As it was given: any text.
    pub(crate) message: &'a str,
    pub(crate) moment: &'a Moment,
    pub(crate) upgrade: Body<'a>,
    pub(crate) downgrade: Body<'a>,
}

/// Why a template makes no migration, or another one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum RenderError {
    #[error("{template}:{line}: {message}")]
    Template {
        template: String,
        line: usize,
        message: String,
    },
    #[error("what `{template}` makes is no migration: {}", problems.join("; "))]
    NoMigration {
        template: String,
        /// Each with its place in the text that was made.
        problems: Vec<String>,
    },
    // Alembic's sentence.
    #[error(
        "Version {revision} specified branch_labels {labels}, however the migration file does not have them; have \
         you upgraded your `{template}` to include the 'branch_labels' section?"
    )]
    NoBranchLabels {
        template: String,
        revision: RevisionId,
        labels: String,
    },
    #[error("`{template}` does not write the `{key}` that the revision has")]
    OtherRevision { template: String, key: &'static str },
    #[error("`{template}` does not write the statements of `{function}`")]
    NoStatements {
        template: String,
        function: &'static str,
    },
    #[error("`{template}` lets the message become code")]
    MessageIsCode { template: String },
}

impl RenderError {
    /// What to do next, a sentence each.
    pub(crate) fn hints(&self) -> Vec<String> {
        let hint = match self {
            Self::Template { .. } => {
                "it may use `message`, `revision`, `revises`, `create_date` and `attribute`, or `down_revision`, \
                 `branch_labels` and `depends_on`; `upgrade` and `downgrade`, each with `op`, `body` and `lines`; and \
                 the filter `literal`"
            }
            Self::NoMigration { .. } => "lines are counted in the text that the template makes",
            Self::NoBranchLabels { .. } | Self::OtherRevision { .. } => {
                "`#[migration({{ attribute }})]` writes all that a revision has"
            }
            Self::NoStatements { .. } => {
                "`pub fn upgrade({{ upgrade.op }}: &mut Op) {{ upgrade.body }}` writes them, and `downgrade` likewise"
            }
            Self::MessageIsCode { .. } => {
                "it is written as a comment, `//! {{ message }}`, or as a string, `{{ message | literal }}`"
            }
        };
        vec![hint.to_owned()]
    }
}

impl NewMigration<'_> {
    /// The text of the file. Read back, it is this revision and nothing else: no message can make it another.
    ///
    /// # Errors
    /// [`RenderError`], for a template that breaks off and for a text that does not say what is meant.
    pub(crate) fn render(&self, template: &Template) -> Result<String, RenderError> {
        let message = one_line(self.message);
        let message = if message.is_empty() { NO_MESSAGE } else { &message };
        let text = self.with_message(template, message)?;
        self.read_back(template, &text)?;
        // The code is that of a message which says nothing.
        if code(&text) != code(&self.with_message(template, NO_MESSAGE)?) {
            let template = template.name.clone();
            return Err(RenderError::MessageIsCode { template });
        }
        self.has_statements(template, &text)?;
        Ok(text)
    }

    /// A template of the project's own may be older than `--autogenerate`. One that writes the statements of a function
    /// writes them less often when there are none.
    fn has_statements(&self, template: &Template, text: &str) -> Result<(), RenderError> {
        let nothing = Body(&[]);
        let emptied = [
            (
                "upgrade",
                self.upgrade,
                Self {
                    upgrade: nothing,
                    ..*self
                },
            ),
            (
                "downgrade",
                self.downgrade,
                Self {
                    downgrade: nothing,
                    ..*self
                },
            ),
        ];
        for (function, body, without) in emptied {
            let lines = body.lines();
            let statements = code(&lines).unwrap_or_default();
            if statements.is_empty() {
                continue;
            }
            let times = |text: &str| {
                let written = code(text).unwrap_or_default();
                written
                    .windows(statements.len())
                    .filter(|window| *window == statements)
                    .count()
            };
            if times(text) <= times(&without.with_message(template, NO_MESSAGE)?) {
                let template = template.name.clone();
                return Err(RenderError::NoStatements { template, function });
            }
        }
        Ok(())
    }

    fn with_message(&self, template: &Template, message: &str) -> Result<String, RenderError> {
        let [revision, down_revision, branch_labels, depends_on] = values(self.revision);
        let ids: Vec<&str> = self
            .revision
            .down_revisions
            .iter()
            .map(RevisionId::as_str)
            .collect();
        let context = context! {
            message,
            revision => self.revision.id.as_str(),
            revises => ids.join(", "),
            create_date => self.moment.create_date(),
            attribute => attribute(&[
                ("revision", &revision),
                ("down_revision", &down_revision),
                ("branch_labels", &branch_labels),
                ("depends_on", &depends_on),
            ]),
            down_revision,
            branch_labels,
            depends_on,
            upgrade => self.upgrade.values(),
            downgrade => self.downgrade.values(),
        };
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.add_filter("literal", |text: &str| literal(text));
        let syntax = SyntaxConfig::builder().keep_trailing_newline(true).build();
        let rendered = syntax.and_then(|syntax| {
            environment.set_syntax(syntax);
            environment.render_named_str(&template.name, &template.text, context)
        });
        rendered.map_err(|error| RenderError::Template {
            template: template.name.clone(),
            line: error.line().unwrap_or(1),
            message: match error.detail() {
                Some(detail) => format!("{}: {detail}", error.kind()),
                None => error.kind().to_string(),
            },
        })
    }

    /// Reads the text as every command will.
    fn read_back(&self, template: &Template, text: &str) -> Result<(), RenderError> {
        let meant = self.revision;
        let template = template.name.clone();
        let (file, errors) = SourceFile::of_text(PathBuf::new(), String::new(), text);
        let mut problems: Vec<String> = errors
            .iter()
            .map(|error| match error.place {
                Some(place) => format!("{place}: {}", error.kind),
                None => error.kind.to_string(),
            })
            .collect();
        if file.attributes.is_empty() {
            problems.push("it has no `#[migration]`".to_owned());
        }
        let read = match file.header {
            Some(header) if problems.is_empty() => header.to_revision(),
            Some(_) | None => return Err(RenderError::NoMigration { template, problems }),
        };
        if read.branch_labels.is_empty() && !meant.branch_labels.is_empty() {
            let labels: Vec<&str> = meant.branch_labels.iter().map(BranchLabel::as_str).collect();
            return Err(RenderError::NoBranchLabels {
                template,
                revision: meant.id.clone(),
                labels: labels.join(", "),
            });
        }
        let same = [
            ("revision", read.id == meant.id),
            ("down_revision", read.down_revisions == meant.down_revisions),
            ("branch_labels", read.branch_labels == meant.branch_labels),
            ("depends_on", read.depends_on == meant.depends_on),
        ];
        match same.into_iter().find(|(_, same)| !same) {
            Some((key, _)) => Err(RenderError::OtherRevision { template, key }),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::authoring::template::DEFAULT_TEMPLATE;
    use migrate_graph::RevisionMap;
    use proc_macro2::{TokenStream, TokenTree};

    fn revision(id: &str, down: &[&str], labels: &[&str], depends_on: &[&str]) -> Revision {
        Revision {
            id: id.parse().unwrap(),
            down_revisions: down.iter().map(|id| id.parse().unwrap()).collect(),
            branch_labels: labels.iter().map(|label| label.parse().unwrap()).collect(),
            depends_on: depends_on.iter().map(|name| name.parse().unwrap()).collect(),
        }
    }

    fn rendered(revision: &Revision, message: &str, template: &str) -> Result<String, RenderError> {
        with_statements(revision, message, template, (&[], &[]))
    }

    fn with_statements(
        revision: &Revision,
        message: &str,
        template: &str,
        (upgrade, downgrade): (&[String], &[String]),
    ) -> Result<String, RenderError> {
        let moment = Moment::now("UTC", Some("1795176000")).unwrap();
        let new = NewMigration {
            revision,
            message,
            moment: &moment,
            upgrade: Body(upgrade),
            downgrade: Body(downgrade),
        };
        new.render(&Template {
            name: "migrations/migration.rs.jinja".to_owned(),
            text: template.to_owned(),
        })
    }

    fn built_in(revision: &Revision, message: &str) -> String {
        rendered(revision, message, DEFAULT_TEMPLATE).unwrap()
    }

    /// The tokens as a compiler has them, without what literals say; comments on the module are among them.
    fn tokens(text: &str) -> String {
        fn tree(tokens: TokenStream) -> String {
            let token = |token| match token {
                TokenTree::Group(group) => format!("{:?}[{}]", group.delimiter(), tree(group.stream())),
                TokenTree::Literal(_) => "\"\" ".to_owned(),
                TokenTree::Ident(_) | TokenTree::Punct(_) => format!("{token} "),
            };
            tokens.into_iter().map(token).collect()
        }
        tree(text.parse().unwrap())
    }

    #[test]
    fn a_file_says_what_the_revision_is() {
        insta::assert_snapshot!(built_in(&revision("1f3c5b7d9e2a", &["0a2b4c6d8e1f"], &[], &[]), "add full_name to users"), @r#"
        //! add full_name to users
        //!
        //! Revision ID: 1f3c5b7d9e2a
        //! Revises: 0a2b4c6d8e1f
        //! Create Date: 2026-11-20 12:00:00 UTC

        use migrate_core::prelude::*;

        #[migration(revision = "1f3c5b7d9e2a", down_revision = "0a2b4c6d8e1f")]
        pub fn upgrade(_op: &mut Op) {}

        pub fn downgrade(_op: &mut Op) {}
        "#);
    }

    #[test]
    fn a_base_a_merge_a_label_and_a_dependency_stand_in_the_attribute() {
        let long = [
            "0a2b4c6d8e1f0a2b4c6d8e1f0a2b4c6d",
            "1f3c5b7d9e2a1f3c5b7d9e2a1f3c5b7d",
        ];
        let revisions = [
            revision("a1", &[], &[], &[]),
            revision("a1", &["b1", "c1"], &["cart"], &[]),
            revision(
                "1f3c5b7d9e2a",
                &["0a2b4c6d8e1f"],
                &["cart", "stock"],
                &["lib", "d1"],
            ),
            revision(&long[0].replace('0', "9"), &long[..1], &[], &[]),
            revision("m", &long, &[], &[]),
        ];
        let shown = revisions.map(|revision| {
            let text = built_in(&revision, "");
            let lines = text.lines().skip_while(|line| !line.starts_with("//! Revises"));
            let lines = lines.filter(|line| !line.starts_with("//! Create") && !line.starts_with("use"));
            lines
                .take_while(|line| !line.starts_with("pub fn"))
                .collect::<Vec<_>>()
                .join("\n")
        });
        insta::assert_snapshot!(shown.join("\n"), @r#"
        //! Revises:


        #[migration(revision = "a1", down_revision = None)]
        //! Revises: b1, c1


        #[migration(
            revision = "a1",
            down_revision = ["b1", "c1"],
            branch_labels = ["cart"]
        )]
        //! Revises: 0a2b4c6d8e1f


        #[migration(
            revision = "1f3c5b7d9e2a",
            down_revision = "0a2b4c6d8e1f",
            branch_labels = ["cart", "stock"],
            depends_on = ["lib", "d1"]
        )]
        //! Revises: 0a2b4c6d8e1f0a2b4c6d8e1f0a2b4c6d


        #[migration(
            revision = "9a2b4c6d8e1f9a2b4c6d8e1f9a2b4c6d",
            down_revision = "0a2b4c6d8e1f0a2b4c6d8e1f0a2b4c6d"
        )]
        //! Revises: 0a2b4c6d8e1f0a2b4c6d8e1f0a2b4c6d, 1f3c5b7d9e2a1f3c5b7d9e2a1f3c5b7d


        #[migration(
            revision = "m",
            down_revision = ["0a2b4c6d8e1f0a2b4c6d8e1f0a2b4c6d", "1f3c5b7d9e2a1f3c5b7d9e2a1f3c5b7d"]
        )]
        "#);
    }

    #[test]
    fn no_message_becomes_code() {
        let revision = revision("a1", &["b1"], &[], &[]);
        let harmless = tokens(&built_in(&revision, "add users"));
        let messages = [
            "x\nfn evil() {}",
            "x\r\nfn evil() {}",
            "x\rfn evil() {}",
            "x\u{2028}fn evil() {}",
            "\"\"\" */ fn evil() {} /*",
            "*/ #![allow(warnings)] #[migration(revision = \"z\", down_revision = None)]",
            "{{ revision }} {% raw %} {# x #}",
            "\u{202e} nimda \u{2066} \u{2069}",
            "\\u{0a} \\n \\",
            "nul \0 bell \u{7}",
            "#!/bin/sh",
            "",
            " \n ",
            &"long ".repeat(2048),
        ];
        for message in messages {
            let text = built_in(&revision, message);
            assert_eq!(tokens(&text), harmless, "{message:?}");
            assert_eq!(text.lines().count(), 12, "{message:?}");
            let (file, errors) = SourceFile::of_text(PathBuf::new(), String::new(), &text);
            assert_eq!((errors.len(), file.has_downgrade), (0, true), "{message:?}");
            assert!(
                RevisionMap::new(vec![Revision {
                    down_revisions: vec![],
                    ..file.header.unwrap().to_revision()
                }])
                .is_ok()
            );
        }
        let text = built_in(&revision, "\t one \n two\u{202e} ");
        assert_eq!(text.lines().next(), Some("//! one two\\u{202e}"));
        assert_eq!(built_in(&revision, " ").lines().next(), Some("//! empty message"));
    }

    #[test]
    fn a_project_s_template_has_every_part_and_quotes_as_rust_does() {
        let template = "//! {{ message }} ({{ create_date }})\n\n#[migration_core::x]\n#[migration(revision = \
             {{ revision | literal }}, down_revision = {{ down_revision }}{% if branch_labels %}, branch_labels = \
             {{ branch_labels }}{% endif %}{% if depends_on %}, depends_on = {{ depends_on }}{% endif %}, \
             message = {{ message | literal }}, transaction = false)]\npub fn upgrade(op: &mut Op) { op.execute({{ \
             message | literal }}); }\n";
        let revision = revision("a1", &[], &["cart"], &["b1"]);
        insta::assert_snapshot!(rendered(&revision, "say \"hi\" \\ {{ x }}", template).unwrap(), @r#"
        //! say "hi" \ {{ x }} (2026-11-20 12:00:00 UTC)

        #[migration_core::x]
        #[migration(revision = "a1", down_revision = None, branch_labels = ["cart"], depends_on = ["b1"], message = "say \"hi\" \\ {{ x }}", transaction = false)]
        pub fn upgrade(op: &mut Op) { op.execute("say \"hi\" \\ {{ x }}"); }
        "#);
    }

    #[test]
    fn what_was_found_stands_in_both_functions() {
        let revision = revision("a1", &["b1"], &[], &[]);
        let upgrade = [
            "op.create_table(\"users\", |t| {\n    t.column(\"a\\nb\", text());\n});".to_owned(),
            "// The values of the column are lost.".to_owned(),
            "op.drop_column(\"x\", \"y\");".to_owned(),
        ];
        let downgrade = ["// Not undone: `drop_column x.y`.".to_owned()];
        let written = with_statements(&revision, "x", DEFAULT_TEMPLATE, (&upgrade, &downgrade)).unwrap();
        let (_, functions) = written.split_once(")]\n").unwrap();
        insta::assert_snapshot!(functions, @r#"
        pub fn upgrade(op: &mut Op) {
            op.create_table("users", |t| {
                t.column("a\nb", text());
            });
            // The values of the column are lost.
            op.drop_column("x", "y");
        }

        pub fn downgrade(_op: &mut Op) {
            // Not undone: `drop_column x.y`.
        }
        "#);
        let own = "#[migration({{ attribute }})]\npub fn upgrade(op: &mut Op) -> Result {\n    \
                   op.execute(\"SET x\");\n{{ upgrade.lines }}\n    Ok(())\n}\npub fn downgrade(op: &mut Op) {}\n";
        let written = with_statements(&revision, "x", own, (&upgrade, &[])).unwrap();
        insta::assert_snapshot!(written, @r#"
        #[migration(revision = "a1", down_revision = "b1")]
        pub fn upgrade(op: &mut Op) -> Result {
            op.execute("SET x");
            op.create_table("users", |t| {
                t.column("a\nb", text());
            });
            // The values of the column are lost.
            op.drop_column("x", "y");
            Ok(())
        }
        pub fn downgrade(op: &mut Op) {}
        "#);
        let refused = [
            (own, &upgrade[2..], &upgrade[2..]),
            ("#[migration({{ attribute }})] fn upgrade() {}", &upgrade, &[]),
        ]
        .map(|(template, upgrade, downgrade)| {
            let error = with_statements(&revision, "x", template, (upgrade, downgrade)).unwrap_err();
            format!("{error}\n  {}", error.hints().concat())
        });
        insta::assert_snapshot!(refused.join("\n"), @"
        `migrations/migration.rs.jinja` does not write the statements of `downgrade`
          `pub fn upgrade({{ upgrade.op }}: &mut Op) {{ upgrade.body }}` writes them, and `downgrade` likewise
        `migrations/migration.rs.jinja` does not write the statements of `upgrade`
          `pub fn upgrade({{ upgrade.op }}: &mut Op) {{ upgrade.body }}` writes them, and `downgrade` likewise
        ");
    }

    #[test]
    fn a_template_that_makes_something_else_is_refused() {
        let revision = revision("a1", &["b1"], &["cart"], &["c1"]);
        let templates = [
            "//! x\n{{ mesage }}",
            "{% if message %}\nx",
            "{{ revision | literl }}",
            "//! {{ message }}\n",
            "#[migration({{ attribute }})] #[migration({{ attribute }})]",
            "#[migration({{ attribute }})] fn upgrade() { \" }",
            "#[migration(revision = {{ revision | literal }}, down_revision = {{ down_revision }})]",
            "#[migration(revision = \"z\", down_revision = None, branch_labels = {{ branch_labels }})]",
            "#[migration(revision = \"a1\", down_revision = None, branch_labels = {{ branch_labels }})]",
            "#[migration(revision = \"a1\", down_revision = \"b1\", branch_labels = [\"x\"])]",
            "#[migration(revision = \"a1\", down_revision = \"b1\", branch_labels = [\"cart\"])]",
        ];
        let lines = templates.map(|template| {
            let error = rendered(&revision, "x", template).unwrap_err();
            format!("{template}\n  {error}\n  {}", error.hints().join(" "))
        });
        insta::assert_snapshot!(lines.join("\n"), @r#"
        //! x
        {{ mesage }}
          migrations/migration.rs.jinja:2: undefined value
          it may use `message`, `revision`, `revises`, `create_date` and `attribute`, or `down_revision`, `branch_labels` and `depends_on`; `upgrade` and `downgrade`, each with `op`, `body` and `lines`; and the filter `literal`
        {% if message %}
        x
          migrations/migration.rs.jinja:1: syntax error: unexpected end of input, expected end of block
          it may use `message`, `revision`, `revises`, `create_date` and `attribute`, or `down_revision`, `branch_labels` and `depends_on`; `upgrade` and `downgrade`, each with `op`, `body` and `lines`; and the filter `literal`
        {{ revision | literl }}
          migrations/migration.rs.jinja:1: unknown filter: filter literl is unknown
          it may use `message`, `revision`, `revises`, `create_date` and `attribute`, or `down_revision`, `branch_labels` and `depends_on`; `upgrade` and `downgrade`, each with `op`, `body` and `lines`; and the filter `literal`
        //! {{ message }}

          what `migrations/migration.rs.jinja` makes is no migration: it has no `#[migration]`
          lines are counted in the text that the template makes
        #[migration({{ attribute }})] #[migration({{ attribute }})]
          what `migrations/migration.rs.jinja` makes is no migration: 6:4: a second `#[migration]`: a file holds one migration, move this one to its own file
          lines are counted in the text that the template makes
        #[migration({{ attribute }})] fn upgrade() { " }
          what `migrations/migration.rs.jinja` makes is no migration: 6:19: this string is never closed
          lines are counted in the text that the template makes
        #[migration(revision = {{ revision | literal }}, down_revision = {{ down_revision }})]
          Version a1 specified branch_labels cart, however the migration file does not have them; have you upgraded your `migrations/migration.rs.jinja` to include the 'branch_labels' section?
          `#[migration({{ attribute }})]` writes all that a revision has
        #[migration(revision = "z", down_revision = None, branch_labels = {{ branch_labels }})]
          `migrations/migration.rs.jinja` does not write the `revision` that the revision has
          `#[migration({{ attribute }})]` writes all that a revision has
        #[migration(revision = "a1", down_revision = None, branch_labels = {{ branch_labels }})]
          `migrations/migration.rs.jinja` does not write the `down_revision` that the revision has
          `#[migration({{ attribute }})]` writes all that a revision has
        #[migration(revision = "a1", down_revision = "b1", branch_labels = ["x"])]
          `migrations/migration.rs.jinja` does not write the `branch_labels` that the revision has
          `#[migration({{ attribute }})]` writes all that a revision has
        #[migration(revision = "a1", down_revision = "b1", branch_labels = ["cart"])]
          `migrations/migration.rs.jinja` does not write the `depends_on` that the revision has
          `#[migration({{ attribute }})]` writes all that a revision has
        "#);
    }

    #[test]
    fn a_template_in_which_a_message_could_be_code_is_found_by_such_a_message() {
        let revision = revision("a1", &["b1"], &[], &[]);
        let comment = "/*! {{ message }} */\n#[migration({{ attribute }})]\nfn upgrade() {}\n";
        let string = "#[migration({{ attribute }}, message = \"{{ message }}\")]\nfn upgrade() {}\n";
        for (template, message) in [
            (comment, "*/ fn evil() {} /*"),
            (string, "x\", irreversible = \"y"),
            (string, "x\", transaction = false, irreversible = \"y"),
        ] {
            assert!(rendered(&revision, "add users", template).is_ok());
            let error = rendered(&revision, message, template).unwrap_err();
            assert!(
                matches!(error, RenderError::MessageIsCode { .. }),
                "{message}: {error}"
            );
        }
    }
}
