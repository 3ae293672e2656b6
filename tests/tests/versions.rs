//! Two versions of migrate-core in one build would each know half of the migrations: cargo refuses them.

use std::{fs, path::Path, process::Command};

#[test]
fn two_versions_of_migrate_core_in_one_build_are_refused() {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let write = |path: &str, text: &str| {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    let package = |name: &str, rest: &str| {
        format!("[package]\nname = \"{name}\"\nversion = \"9.0.0\"\nedition = \"2024\"\n{rest}")
    };
    write(
        "Cargo.toml",
        &package(
            "app",
            &format!(
                "[dependencies]\nmigrate-core = {{ path = {:?} }}\nother = {{ path = \"other\" }}\n[workspace]\n",
                workspace.join("migrate-core")
            ),
        ),
    );
    write(
        "other/Cargo.toml",
        &package(
            "other",
            "[dependencies]\nmigrate-core = { path = \"../newer\" }\n",
        ),
    );
    write(
        "newer/Cargo.toml",
        &package("migrate-core", "links = \"migrate-core\"\nbuild = \"build.rs\"\n"),
    );
    write("newer/build.rs", "fn main() {}");
    for source in ["src/lib.rs", "other/src/lib.rs", "newer/src/lib.rs"] {
        write(source, "");
    }
    fs::copy(workspace.join("Cargo.lock"), folder.path().join("Cargo.lock")).unwrap();

    let output = Command::new(env!("CARGO"))
        .args(["check", "--offline"])
        .current_dir(folder.path())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success());
    assert!(
        said.contains("links to the native library `migrate-core`"),
        "{said}"
    );
}
