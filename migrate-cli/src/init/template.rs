//! [`Template`]: the kinds of projects, and the files that each is made of.
//!
//! The files' text is in `templates/`, as it is written or to be rendered.

use super::render::{self, Values};

/// A kind of project.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Template {
    /// A package of its own, beside or without an application.
    Crate,
    /// Files in an application's package.
    Module,
    /// A package of its own, for two databases.
    Multidb,
}

/// A file of a template.
struct Piece {
    /// Where it goes, in the project.
    path: &'static str,
    text: &'static str,
    /// Whether its text is to be rendered.
    rendered: bool,
}

/// A file that is to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NewFile {
    /// Relative to the project, with `/`.
    pub(crate) path: String,
    pub(crate) text: String,
}

macro_rules! piece {
    ($path:literal, $source:literal) => {
        Piece {
            path: $path,
            text: include_str!(concat!("../../templates/", $source)),
            rendered: false,
        }
    };
    ($path:literal, render $source:literal) => {
        Piece {
            rendered: true,
            ..piece!($path, $source)
        }
    };
}

const CRATE: [Piece; 6] = [
    piece!("Cargo.toml", render "crate/Cargo.toml.jinja"),
    piece!("build.rs", "build.rs"),
    piece!("src/lib.rs", "crate/src/lib.rs"),
    piece!("src/main.rs", render "crate/src/main.rs.jinja"),
    piece!("migrate.toml", render "migrate.toml.jinja"),
    piece!("migrations/migration.rs.jinja", "migration.rs.jinja"),
];

const MODULE: [Piece; 5] = [
    piece!("build.rs", "build.rs"),
    piece!("src/migrations.rs", "crate/src/lib.rs"),
    piece!("src/bin/{bin}.rs", "module/src/migrate.rs"),
    piece!("migrate.toml", render "migrate.toml.jinja"),
    piece!("migrations/migration.rs.jinja", "migration.rs.jinja"),
];

const MULTIDB: [Piece; 9] = [
    piece!("Cargo.toml", render "crate/Cargo.toml.jinja"),
    piece!("build.rs", "build.rs"),
    piece!("src/lib.rs", "multidb/src/lib.rs"),
    piece!("src/main.rs", render "multidb/src/main.rs.jinja"),
    piece!("src/primary.rs", "multidb/src/primary.rs"),
    piece!("src/analytics.rs", "multidb/src/analytics.rs"),
    piece!("migrate.toml", render "multidb/migrate.toml.jinja"),
    piece!("migrations/primary/migration.rs.jinja", "migration.rs.jinja"),
    piece!("migrations/analytics/migration.rs.jinja", "migration.rs.jinja"),
];

impl Template {
    /// All of them, the default first.
    pub(crate) const ALL: [Self; 3] = [Self::Crate, Self::Module, Self::Multidb];

    /// As it is asked for.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Crate => "crate",
            Self::Module => "module",
            Self::Multidb => "multidb",
        }
    }

    /// What it makes, in a line.
    pub(crate) const fn about(self) -> &'static str {
        match self {
            Self::Crate => "a package of migrations with its own binary, alone or beside an application",
            Self::Module => "migrations and their binary inside an application's package",
            Self::Multidb => "a package for two databases, each with migrations and a history of its own",
        }
    }

    /// The one of this name.
    pub(crate) fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|template| template.name() == name)
    }

    /// Its files, in the order in which they are written.
    pub(super) fn files(self, values: &Values) -> Result<Vec<NewFile>, render::RenderError> {
        let pieces: &[Piece] = match self {
            Self::Crate => &CRATE,
            Self::Module => &MODULE,
            Self::Multidb => &MULTIDB,
        };
        let file = |piece: &Piece| {
            let path = piece.path.replace("{bin}", &values.bin);
            let text = if piece.rendered {
                render::render(piece.path, piece.text, values)?
            } else {
                piece.text.to_owned()
            };
            Ok(NewFile { path, text })
        };
        pieces.iter().map(file).collect()
    }
}

/// Adds the models of a database, and says in the library that they are there.
pub(super) fn begin_with(files: &mut Vec<NewFile>, models: &str) {
    for file in files.iter_mut().filter(|file| file.path == "src/lib.rs") {
        file.text.push_str("\npub mod models;\n");
    }
    files.push(NewFile {
        path: "src/models.rs".into(),
        text: models.to_owned(),
    });
}
