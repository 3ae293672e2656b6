//! [`Format`]: for whom data is printed.

use clap::ValueEnum;

/// How data is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// Alembic's lines, for people
    Text,
    /// JSON, for programs
    Json,
}

/// What the revisions are drawn as.
#[cfg(feature = "authoring")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Picture {
    /// The lines of `history --graph`
    Text,
    /// The revisions and the links between them, for programs
    Json,
    /// A flowchart for Markdown, as GitHub and others show it
    Mermaid,
    /// The language of Graphviz
    Dot,
    /// A picture
    Svg,
    /// A page with the picture, a search and each revision's details, which needs no network
    Html,
}

/// The value of `--format`. clap hands that of a command's own option of this name to the whole command line, so all
/// have one type; which values a command takes is said where its option is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    Data(Format),
    /// `graph` has more of them.
    #[cfg(feature = "authoring")]
    Picture(Picture),
}

impl Form {
    /// How anything but the picture is printed.
    pub(crate) fn data(self) -> Format {
        match self {
            Self::Data(format) => format,
            #[cfg(feature = "authoring")]
            Self::Picture(Picture::Json) => Format::Json,
            #[cfg(feature = "authoring")]
            Self::Picture(_) => Format::Text,
        }
    }
}
