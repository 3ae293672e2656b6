//! The project that is measured: a crate with many small migrations, and the same for Alembic.
//!
//! It is generated into the target folder and built once; files whose text is the same are left alone, so that
//! cargo has nothing to do either.

use std::fs;
use std::path::{Path, PathBuf};

use crate::failure::Failure;
use crate::{process, workspace};

/// A generated project, built.
pub(crate) struct Project {
    pub(crate) folder: PathBuf,
    pub(crate) alembic: PathBuf,
}

impl Project {
    pub(crate) fn build(migrations: usize) -> Result<Self, Failure> {
        let folder = workspace::kept().join("bench");
        let project = Self {
            alembic: folder.join("alembic"),
            folder,
        };
        for (path, text) in project.files(migrations) {
            write(&path, &text)?;
        }
        // The same versions of everything as in the workspace.
        let lock = workspace::root().join("Cargo.lock");
        fs::copy(&lock, project.folder.join("Cargo.lock"))
            .map_err(|error| Failure::new(format!("cannot copy {}: {error}", lock.display())))?;
        eprintln!("xtask: building {migrations} migrations (release)");
        let mut build = process::cargo();
        build
            .args(["build", "--release", "--quiet"])
            .current_dir(&project.folder);
        build.env("CARGO_TARGET_DIR", project.folder.join("target"));
        if !process::succeeds(&mut build)? {
            return Err(Failure::new("the project that is measured does not build"));
        }
        Ok(project)
    }

    pub(crate) fn binary(&self, name: &str) -> PathBuf {
        self.folder.join("target/release").join(name)
    }

    fn files(&self, migrations: usize) -> Vec<(PathBuf, String)> {
        let crates = workspace::root().display().to_string();
        let main = "//! Migrations to be measured.\n\nmod migrations;\n\nfn main() -> std::process::ExitCode {\n    \
                    migrate_cli::main(migrations::migrator())\n}\n";
        let mut files = vec![
            (self.folder.join("Cargo.toml"), manifest("migrate", &crates)),
            (self.folder.join("src/main.rs"), main.to_owned()),
            (
                self.folder.join("src/migrations.rs"),
                "//! The history.\n\nmigrate_core::migrations!(\"migrations\");\n".to_owned(),
            ),
            (
                self.folder.join("src/bin/plan.rs"),
                include_str!("../../templates/plan.rs").to_owned(),
            ),
            (
                self.alembic.join("alembic.ini"),
                "[alembic]\nscript_location = %(here)s\n".to_owned(),
            ),
            (
                self.alembic.join("env.py"),
                include_str!("../../templates/alembic/env.py").to_owned(),
            ),
            (
                self.alembic.join("plan.py"),
                include_str!("../../templates/alembic/plan.py").to_owned(),
            ),
        ];
        for number in 1..=migrations {
            let rust = self.folder.join(format!("migrations/m{number:04}.rs"));
            files.push((rust, rust_migration(number)));
            let python = self.alembic.join(format!("versions/m{number:04}.py"));
            files.push((python, python_migration(number)));
        }
        files
    }
}

pub(crate) fn manifest(name: &str, crates: &str) -> String {
    format!(
        r#"[package]
name = "{name}"
edition = "2024"

[workspace]

[dependencies]
migrate-cli = {{ path = "{crates}/migrate-cli", features = ["sqlite", "postgres"] }}
migrate-core = {{ path = "{crates}/migrate-core", features = ["sqlite", "postgres"] }}
"#
    )
}

pub(crate) fn rust_migration(number: usize) -> String {
    let down = match number {
        1 => "None".to_owned(),
        _ => format!("\"m{:04}\"", number - 1),
    };
    format!(
        r#"//! create bench{number:04}

use migrate_core::prelude::*;

#[migration(revision = "m{number:04}", down_revision = {down})]
pub fn upgrade(op: &mut Op) {{
    op.create_table("bench{number:04}", |t| {{
        t.column("id", integer()).primary_key();
        t.column("name", varchar(50)).not_null();
    }});
}}

pub fn downgrade(op: &mut Op) {{
    op.drop_table("bench{number:04}");
}}
"#
    )
}

pub(crate) fn python_migration(number: usize) -> String {
    let down = match number {
        1 => "None".to_owned(),
        _ => format!("\"m{:04}\"", number - 1),
    };
    format!(
        r#""""create bench{number:04}"""

import sqlalchemy as sa
from alembic import op

revision = "m{number:04}"
down_revision = {down}


def upgrade():
    op.create_table(
        "bench{number:04}",
        sa.Column("id", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("name", sa.String(50), nullable=False),
    )


def downgrade():
    op.drop_table("bench{number:04}")
"#
    )
}

pub(crate) fn write(path: &Path, text: &str) -> Result<(), Failure> {
    if fs::read_to_string(path).is_ok_and(|found| found == text) {
        return Ok(());
    }
    let folder = path.parent().unwrap_or(path);
    fs::create_dir_all(folder)
        .and_then(|()| fs::write(path, text))
        .map_err(|error| Failure::new(format!("cannot write {}: {error}", path.display())))
}
