//! How long `cargo check` takes for a crate with many migrations, its dependencies built.
//!
//! `cargo run -p migrate-tests --example thousand -- [migrations] [folder]`: writes such a crate (1,000 migrations
//! in a temporary folder by default), checks it once so that its dependencies are built, then three times after
//! touching its root, and three times after editing one migration. It also adds a migration to show that it is
//! noticed.

use std::{
    env,
    error::Error,
    fmt::Write as _,
    fs, io,
    io::Write as _,
    path::{Path, PathBuf},
    process::Command,
    time::{Duration, Instant},
};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args().skip(1);
    let count: usize = arguments.next().map_or(Ok(1000), |count| count.parse())?;
    let temporary = tempfile::tempdir()?;
    let folder = arguments
        .next()
        .map_or(temporary.path().to_owned(), PathBuf::from);
    write_crate(&folder, count)?;
    let mut out = io::stdout().lock();

    writeln!(out, "first check, with dependencies: {:.2?}", check(&folder)?)?;
    for _ in 0..3 {
        touch(&folder.join("src/lib.rs"))?;
        writeln!(out, "check of {count} migrations: {:.2?}", check(&folder)?)?;
    }
    for _ in 0..3 {
        touch(&folder.join("migrations/00000.rs"))?;
        writeln!(out, "after editing one: {:.2?}", check(&folder)?)?;
    }
    fs::write(folder.join("migrations/broken.rs"), "compile_error!(\"seen\");")?;
    let noticed = check(&folder).is_err();
    writeln!(out, "a new file is noticed: {noticed}")?;
    Ok(())
}

/// A crate of its own, outside of any workspace, with the versions that this workspace has locked.
fn write_crate(folder: &Path, count: usize) -> Result<(), Box<dyn Error>> {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize()?;
    fs::create_dir_all(folder.join("src"))?;
    fs::create_dir_all(folder.join("migrations"))?;
    let core = workspace.join("migrate-core");
    let manifest = format!(
        "[package]\nname = \"thousand\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dependencies]\n\
         migrate-core = {{ path = {core:?} }}\n\n[workspace]\n"
    );
    fs::write(folder.join("Cargo.toml"), manifest)?;
    fs::copy(workspace.join("Cargo.lock"), folder.join("Cargo.lock"))?;
    fs::write(
        folder.join("build.rs"),
        "fn main() {\n    println!(\"cargo::rerun-if-changed=migrations\");\n}\n",
    )?;
    fs::write(
        folder.join("src/lib.rs"),
        "migrate_core::migrations!(\"migrations\");\n",
    )?;
    for number in 0..count {
        let path = folder.join("migrations").join(format!("{number:05}.rs"));
        fs::write(path, migration(number)?)?;
    }
    Ok(())
}

fn migration(number: usize) -> Result<String, Box<dyn Error>> {
    let id = |number: usize| format!("{:012x}", number * 0x9e37_79b1);
    let down = match number.checked_sub(1) {
        Some(down) => format!("{:?}", id(down)),
        None => "None".to_owned(),
    };
    let id = id(number);
    let mut text = String::new();
    writeln!(text, "//! add table {number}\n//!\n//! Revision ID: {id}\n")?;
    writeln!(text, "use migrate_core::prelude::*;\n")?;
    writeln!(text, "#[migration(revision = {id:?}, down_revision = {down})]")?;
    writeln!(text, "pub fn upgrade(op: &mut Op) {{")?;
    writeln!(text, "    op.create_table(\"t{number}\", |t| {{")?;
    writeln!(text, "        t.column(\"id\", uuid()).primary_key();")?;
    writeln!(text, "        t.column(\"email\", varchar(255)).not_null();")?;
    writeln!(
        text,
        "        t.column(\"created_at\", timestamptz()).not_null().server_default(now());"
    )?;
    writeln!(text, "        t.unique([\"email\"]);\n    }});")?;
    writeln!(
        text,
        "    op.create_index(\"ix_t{number}_created_at\", \"t{number}\", [\"created_at\"]);"
    )?;
    writeln!(
        text,
        "}}\n\npub fn downgrade(op: &mut Op) {{\n    op.drop_table(\"t{number}\");\n}}"
    )?;
    Ok(text)
}

fn touch(file: &Path) -> io::Result<()> {
    let mut text = fs::read_to_string(file)?;
    text.push_str("// edited\n");
    fs::write(file, text)
}

fn check(folder: &Path) -> Result<Duration, Box<dyn Error>> {
    let start = Instant::now();
    let target = folder.join("target");
    let output = Command::new(env!("CARGO"))
        .args(["check", "--quiet", "--offline", "--target-dir"])
        .arg(&target)
        .current_dir(folder)
        .output()?;
    if output.status.success() {
        Ok(start.elapsed())
    } else {
        Err(String::from_utf8_lossy(&output.stderr).into_owned().into())
    }
}
