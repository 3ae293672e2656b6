//! The binaries of a package, as cargo finds them.
//!
//! One that only a feature makes counts too, and nothing is built.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

use toml::Value;

use super::manifest::Member;

impl Member {
    /// Whether cargo looks for binaries in `src/main.rs` and `src/bin` itself.
    pub(crate) fn finds_binaries(&self) -> bool {
        let package = self.manifest.get("package");
        let said = package.and_then(|package| package.get("autobins")?.as_bool());
        said.unwrap_or(true)
    }

    /// The names of its binaries.
    pub(crate) fn binaries(&self) -> BTreeSet<String> {
        let declared = self.manifest.get("bin").and_then(Value::as_array);
        let declared = || declared.into_iter().flatten();
        let names = declared().filter_map(|bin| bin.get("name")?.as_str());
        let names = names.map(str::to_owned);
        if !self.finds_binaries() {
            return names.collect();
        }
        let mut found = self.binary_files();
        for path in declared().filter_map(|bin| bin.get("path")?.as_str()) {
            found.remove(&self.folder.join(path));
        }
        names.chain(found.into_values()).collect()
    }

    /// Where cargo looks, each file with the name that it gives its binary.
    fn binary_files(&self) -> BTreeMap<PathBuf, String> {
        let source = self.folder.join("src");
        let mut files = BTreeMap::from([(source.join("main.rs"), self.name.clone())]);
        let entries = fs::read_dir(source.join("bin")).into_iter().flatten().flatten();
        for path in entries.map(|entry| entry.path()) {
            let file = if path.is_dir() {
                path.join("main.rs")
            } else {
                path.clone()
            };
            if let (Some(name), Some("rs")) = (
                path.file_stem().and_then(|name| name.to_str()),
                file.extension().and_then(|extension| extension.to_str()),
            ) {
                files.insert(file, name.to_owned());
            }
        }
        files.retain(|file, _| file.is_file());
        files
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn binaries(toml: &str, files: &[&str]) -> Vec<String> {
        let folder = tempfile::tempdir().unwrap();
        for file in files {
            let path = folder.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "").unwrap();
        }
        let member = Member {
            name: "shop".to_owned(),
            folder: folder.path().to_owned(),
            manifest: toml.parse().unwrap(),
        };
        member.binaries().into_iter().collect()
    }

    #[test]
    fn binaries_are_found_where_cargo_finds_them() {
        assert!(binaries("", &["src/lib.rs"]).is_empty());
        assert_eq!(binaries("", &["src/main.rs"]), ["shop"]);
        let files = [
            "src/bin/a.rs",
            "src/bin/b/main.rs",
            "src/bin/c/other.rs",
            "src/bin/d.txt",
        ];
        assert_eq!(binaries("", &files), ["a", "b"]);
        let declared = "[[bin]]\nname = 'migrate'\npath = './src/main.rs'\n";
        assert_eq!(binaries(declared, &["src/main.rs"]), ["migrate"]);
        let inline = "bin = [{ name = 'x', path = 'src/bin/a.rs' }]\n";
        assert_eq!(binaries(inline, &["src/bin/a.rs", "src/main.rs"]), ["shop", "x"]);
        assert!(binaries("package.autobins = false\n", &["src/main.rs"]).is_empty());
    }
}
