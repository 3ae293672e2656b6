//! Constraints, as they stand in a table's definition and after `ADD`.

use crate::dialect::ddl::{ElementParts, index_element};
use crate::dialect::sql::Writer;
use crate::schema::{Action, Constraint, Deferrable, Exclude, ForeignKey};

/// A constraint as it stands in a table definition or after `ADD`.
pub(crate) fn constraint(writer: &mut Writer<'_>, constraint: &Constraint) {
    writer.raw("CONSTRAINT ").name(constraint.name());
    match constraint {
        Constraint::PrimaryKey(key) => {
            writer.raw(" PRIMARY KEY ").names(&key.columns);
            deferrable(writer, key.deferrable);
        }
        Constraint::Unique(unique) => {
            writer
                .raw(" UNIQUE ")
                .raw_if(unique.nulls_not_distinct, "NULLS NOT DISTINCT ")
                .names(&unique.columns);
            deferrable(writer, unique.deferrable);
        }
        Constraint::ForeignKey(key) => {
            writer.raw(" FOREIGN KEY ").names(&key.columns);
            references(writer, key);
        }
        Constraint::Check(check) => {
            writer.raw(" CHECK ").parenthesised(&check.condition);
        }
        Constraint::Exclude(exclude) => excluded(writer, exclude),
    }
}

/// A constraint over one column as it stands in that column's definition.
pub(crate) fn column_constraint(writer: &mut Writer<'_>, constraint: &Constraint) {
    writer.raw(" CONSTRAINT ").name(constraint.name());
    match constraint {
        Constraint::PrimaryKey(key) => {
            writer.raw(" PRIMARY KEY");
            deferrable(writer, key.deferrable);
        }
        Constraint::Unique(unique) => {
            writer
                .raw(" UNIQUE")
                .raw_if(unique.nulls_not_distinct, " NULLS NOT DISTINCT");
            deferrable(writer, unique.deferrable);
        }
        Constraint::ForeignKey(key) => references(writer, key),
        Constraint::Check(check) => {
            writer.raw(" CHECK ").parenthesised(&check.condition);
        }
        Constraint::Exclude(exclude) => excluded(writer, exclude),
    }
}

/// `EXCLUDE`, which one database alone knows; the others refuse it before they come here.
fn excluded(writer: &mut Writer<'_>, exclude: &Exclude) {
    const PARTS: ElementParts = ElementParts {
        collation: true,
        operator_class: true,
        nulls: true,
        length: false,
    };
    writer
        .raw(" EXCLUDE USING ")
        .name(exclude.method.as_deref().unwrap_or("gist"))
        .raw(" (");
    writer.list(&exclude.elements, |writer, (element, operator)| {
        index_element(writer, element, &PARTS, |writer, name| {
            writer.name(name);
        });
        writer.raw(" WITH ").raw(operator);
    });
    writer.raw(")");
    if let Some(predicate) = &exclude.predicate {
        writer.raw(" WHERE ").parenthesised(predicate);
    }
    deferrable(writer, exclude.deferrable);
}

/// Refuses what a database does not know of constraints.
pub(crate) fn refuse_rare(writer: &mut Writer<'_>, constraint: &Constraint) {
    let (deferrable, nulls) = match constraint {
        Constraint::PrimaryKey(key) => (key.deferrable, false),
        Constraint::Unique(unique) => (unique.deferrable, unique.nulls_not_distinct),
        Constraint::ForeignKey(_) | Constraint::Check(_) => (None, false),
        Constraint::Exclude(_) => {
            writer.refuse(
                "an exclusion constraint",
                "keep it to the database that has them, by `op.on(..)`",
            );
            (None, false)
        }
    };
    if deferrable.is_some() {
        writer.refuse(
            format!(
                "a deferrable constraint `{}` that is no foreign key",
                constraint.name()
            ),
            "leave `.deferrable()` out, or keep it to another database by `op.on(..)`",
        );
    }
    if nulls {
        writer.refuse(
            "`nulls_not_distinct`",
            "leave it out, or keep it to another database by `op.on(..)`",
        );
    }
}

/// When a constraint is checked.
fn deferrable(writer: &mut Writer<'_>, deferrable: Option<Deferrable>) {
    match deferrable {
        None => {}
        Some(Deferrable::InitiallyImmediate) => {
            writer.raw(" DEFERRABLE INITIALLY IMMEDIATE");
        }
        Some(Deferrable::InitiallyDeferred) => {
            writer.raw(" DEFERRABLE INITIALLY DEFERRED");
        }
    }
}

/// What a foreign key points to, and its actions.
fn references(writer: &mut Writer<'_>, key: &ForeignKey) {
    if key.columns.len() != key.referent_columns.len() {
        writer.refuse(
            format!(
                "a foreign key from {} columns to {}",
                key.columns.len(),
                key.referent_columns.len()
            ),
            "name as many columns of the other table",
        );
    }
    writer
        .raw(" REFERENCES ")
        .qualified(&key.referent)
        .raw(" ")
        .names(&key.referent_columns)
        .raw_if(key.match_full, " MATCH FULL");
    for (event, action) in [(" ON DELETE ", key.on_delete), (" ON UPDATE ", key.on_update)] {
        if let Some(action) = action {
            writer.raw(event).raw(match action {
                Action::NoAction => "NO ACTION",
                Action::Restrict => "RESTRICT",
                Action::Cascade => "CASCADE",
                Action::SetNull => "SET NULL",
                Action::SetDefault => "SET DEFAULT",
            });
        }
    }
    deferrable(writer, key.deferrable);
}
