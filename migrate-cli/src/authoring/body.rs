//! [`Body`]: the body of a function as a template has it.

use minijinja::context;
use minijinja::value::Value;

/// How far the statements of a function stand in.
const INDENT: &str = "    ";

/// The statements of a function of a migration; comments are among them.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Body<'a>(pub(crate) &'a [String]);

impl Body<'_> {
    /// The values of a template: `op`, the name of the argument; `lines`, the statements; `body`, both braces with what
    /// is between them.
    pub(super) fn values(self) -> Value {
        let lines = self.lines();
        let body = if lines.is_empty() {
            "{}".to_owned()
        } else {
            format!("{{\n{lines}\n}}")
        };
        // An argument that nothing uses is a warning.
        let op = if self.statements().next().is_some() {
            "op"
        } else {
            "_op"
        };
        context! { op, lines, body }
    }

    /// The statements, a line or more each.
    pub(super) fn lines(self) -> String {
        let lines = self.0.iter().flat_map(|statement| statement.lines());
        let lines: Vec<String> = lines.map(|line| format!("{INDENT}{line}")).collect();
        lines.join("\n")
    }

    fn statements(&self) -> impl Iterator<Item = &String> {
        self.0.iter().filter(|statement| !statement.starts_with("//"))
    }
}
