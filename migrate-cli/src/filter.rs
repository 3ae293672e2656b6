//! [`FilterArgs`]: which part of the database a command compares with the models.

#[cfg(feature = "authoring")]
use std::ffi::OsString;

use clap::Args;
use migrate_core::model::{Filter, Models};

use crate::config::Comparing;
use crate::context::Context;

/// What a command line says of it, instead of what the configuration says.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct FilterArgs {
    /// Compare the tables of this name alone; `*` is any text
    #[arg(long, value_name = "PATTERN")]
    include: Vec<String>,

    /// Leave the tables of this name alone
    #[arg(long, value_name = "PATTERN")]
    exclude: Vec<String>,

    /// Of other schemas compare this one alone
    #[arg(long, value_name = "NAME")]
    schema: Vec<String>,

    /// Also compare tables that neither a model nor a migration knows: they would go
    #[arg(long)]
    unknown_tables: bool,
}

impl FilterArgs {
    /// The models that are linked into the program, and which part of the database they are compared with.
    pub(crate) fn models(&self, context: &Context) -> Models {
        let Comparing {
            include,
            exclude,
            schemas,
        } = context.comparing();
        let said = |flags: &[String], configured: &[String]| {
            if flags.is_empty() { configured } else { flags }.to_vec()
        };
        let mut filter = Filter::new();
        for pattern in said(&self.include, include) {
            filter = filter.include(pattern);
        }
        for pattern in said(&self.exclude, exclude) {
            filter = filter.exclude(pattern);
        }
        for name in said(&self.schema, schemas) {
            filter = filter.schema(name);
        }
        if self.unknown_tables {
            filter = filter.unknown_tables();
        }
        Models::linked().only(filter)
    }

    /// The same as a command line has it.
    #[cfg(feature = "authoring")]
    pub(crate) fn arguments(&self) -> impl Iterator<Item = OsString> {
        let Self {
            include,
            exclude,
            schema,
            unknown_tables,
        } = self;
        let lists = [("include", include), ("exclude", exclude), ("schema", schema)];
        let values = lists
            .into_iter()
            .flat_map(|(option, values)| values.iter().map(move |value| format!("--{option}={value}")));
        let unknown_tables = unknown_tables.then(|| "--unknown-tables".to_owned());
        values.chain(unknown_tables).map(OsString::from)
    }
}
