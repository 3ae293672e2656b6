//! What a file of models uses of other crates.

use std::collections::BTreeSet;

/// The types that are named in the file, by what they are imported from.
#[derive(Debug, Default)]
pub(super) struct Imports {
    derives: BTreeSet<&'static str>,
    chrono: BTreeSet<&'static str>,
    sqlx: BTreeSet<&'static str>,
}

impl Imports {
    /// A derive of ours.
    pub(super) fn derive(&mut self, name: &'static str) {
        self.derives.insert(name);
    }

    /// A type of chrono.
    pub(super) fn chrono(&mut self, name: &'static str) {
        self.chrono.insert(name);
    }

    /// A type that sqlx has of another crate.
    pub(super) fn sqlx(&mut self, name: &'static str) {
        self.sqlx.insert(name);
    }

    /// The features of migrate-core that give these types.
    pub(super) fn features(&self) -> BTreeSet<&'static str> {
        let of = [
            ("JsonValue", "json"),
            ("Uuid", "uuid"),
            ("Decimal", "rust_decimal"),
        ];
        let others = of.into_iter().filter(|(name, _)| self.sqlx.contains(name));
        let chrono = (!self.chrono.is_empty()).then_some("chrono");
        others.map(|(_, feature)| feature).chain(chrono).collect()
    }

    /// What the file needs, a line each.
    pub(super) fn needs(&self) -> Vec<String> {
        if self.derives.is_empty() {
            return Vec::new();
        }
        let mut lines = vec!["They need sqlx with its feature `derive`.".to_owned()];
        let features: Vec<String> = self
            .features()
            .iter()
            .map(|feature| format!("`{feature}`"))
            .collect();
        if !features.is_empty() {
            lines.push(format!(
                "Features of migrate-core for their types: {}.",
                features.join(", ")
            ));
        }
        lines
    }

    /// The `use` items.
    pub(super) fn lines(&self) -> String {
        let mut out = String::new();
        let mut paths = [
            ("migrate_core", &self.derives),
            ("sqlx::types::chrono", &self.chrono),
            ("sqlx::types", &self.sqlx),
        ];
        // rustfmt has a name before a path, and a list after it.
        if self.sqlx.len() == 1 {
            paths.swap(1, 2);
        }
        for (path, names) in paths {
            let listed: Vec<&str> = names.iter().copied().collect();
            match listed.as_slice() {
                [] => {}
                [one] => out.extend(["use ", path, "::", one, ";\n"]),
                several => out.extend(["use ", path, "::{", &several.join(", "), "};\n"]),
            }
        }
        out
    }
}
