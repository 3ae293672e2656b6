//! MySQL's indexes.

use crate::dialect::ddl::ElementParts;
use crate::dialect::mysql::{MySql, ddl::refuse_clause};
use crate::dialect::sql::{Writer, unsupported};
use crate::dialect::{Statement, Unsupported, ddl};
use crate::operation::{CreateIndex, DropIndex, RenameIndex};

const PARTS: ElementParts = ElementParts {
    collation: false,
    operator_class: false,
    nulls: false,
    length: true,
};

/// What makes the server refuse where it would keep writers off the table.
const ONLINE: &str = " ALGORITHM=INPLACE LOCK=NONE";

pub(super) fn create_index(dialect: &MySql, create: &CreateIndex) -> Result<Statement, Unsupported> {
    let index = &create.index;
    refuse_clause(dialect, create.if_not_exists, "`if_not_exists` for an index")?;
    if index.predicate.is_some() {
        return Err(unsupported(
            dialect,
            "an index over a part of the rows",
            "leave `.where_(..)` out, or index a generated column that is NULL for the other rows",
        ));
    }
    if !index.include.is_empty() {
        return Err(unsupported(
            dialect,
            "columns that an index only stores",
            "add them to its columns, or leave `.include(..)` out",
        ));
    }
    if index.nulls_not_distinct {
        return Err(unsupported(
            dialect,
            "`nulls_not_distinct`",
            "make the index over a generated column that is never NULL",
        ));
    }
    let method = index.method.as_deref().map(str::to_ascii_uppercase);
    let (kind, using) = match method.as_deref() {
        None => ("", None),
        Some(kind @ ("FULLTEXT" | "SPATIAL")) if !index.unique => (kind, None),
        Some(method @ ("BTREE" | "HASH")) => ("", Some(method)),
        Some(_) => {
            return Err(unsupported(
                dialect,
                format!("an index by `{}`", index.method.as_deref().unwrap_or_default()),
                "use `btree`, `hash`, `fulltext` or `spatial`, of which the last two are not unique",
            ));
        }
    };
    let mut writer = Writer::new(dialect);
    writer
        .raw("CREATE ")
        .raw_if(index.unique, "UNIQUE ")
        .raw(kind)
        .raw_if(!kind.is_empty(), " ")
        .raw("INDEX ")
        .name(&index.name);
    if let Some(using) = using {
        writer.raw(" USING ").raw(using);
    }
    writer.raw(" ON ").qualified(&index.table).raw(" ");
    ddl::index_elements(&mut writer, &index.elements, &PARTS, |writer, column| {
        writer.name(column);
    });
    ddl::options(&mut writer, &index.options);
    writer.raw_if(create.concurrently, ONLINE).finish()
}

pub(super) fn rename_index(dialect: &MySql, rename: &RenameIndex) -> Result<Statement, Unsupported> {
    ddl::alter_table(dialect, &rename.table)
        .raw("RENAME INDEX ")
        .name(&rename.name)
        .raw(" TO ")
        .name(&rename.to)
        .finish()
}

pub(super) fn drop_index(dialect: &MySql, drop: &DropIndex) -> Result<Statement, Unsupported> {
    refuse_clause(dialect, drop.if_exists, "`if_exists` for an index")?;
    if drop.concurrently {
        // MariaDB's `DROP INDEX` takes no word about how it is done.
        return ddl::alter_table(dialect, &drop.table)
            .raw("DROP INDEX ")
            .name(&drop.name)
            .raw(", ALGORITHM=INPLACE, LOCK=NONE")
            .finish();
    }
    Writer::new(dialect)
        .raw("DROP INDEX ")
        .name(&drop.name)
        .raw(" ON ")
        .qualified(&drop.table)
        .finish()
}
