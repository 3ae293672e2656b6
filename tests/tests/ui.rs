//! What the compiler says about each mistake: one case per mistake, grouped by kind in `ui/`.
//!
//! A case `ui/<kind>/<mistake>.rs` declares the folder beside it, `ui/<kind>/<mistake>/`. trybuild builds the
//! cases in a project of its own, where `migrations!` looks for that folder: the folders are copied there first.
//! To bless what has changed: `TRYBUILD=overwrite cargo test -p migrate-tests --test ui`, then read it.

use std::{fs, io, path::Path};

#[test]
fn every_mistake_is_reported_where_it_stands() {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    // trybuild's project: `tests/trybuild/<package>` in the target folder, of which the folder for tests is a part.
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
    let project = target.join("tests/trybuild").join(env!("CARGO_PKG_NAME"));
    let copy = project.join("ui");
    if copy.exists() {
        fs::remove_dir_all(&copy).unwrap();
    }
    copy_folders(&package.join("ui"), &copy).unwrap();
    // The compiler shows the folders' files by their absolute path, which is another on every machine.
    let shortened = format!("--remap-path-prefix={}=", project.display());
    let config = format!("[target.'cfg(all())']\nrustflags = [{shortened:?}]\n");
    fs::create_dir_all(project.join(".cargo")).unwrap();
    fs::write(project.join(".cargo/config.toml"), config).unwrap();

    let cases = trybuild::TestCases::new();
    for kind in ["attribute", "chain", "directory", "function", "model"] {
        cases.compile_fail(format!("ui/{kind}/*.rs"));
    }
}

fn copy_folders(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_folders(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
