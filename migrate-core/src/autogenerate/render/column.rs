//! Columns, in a new table and in one that there is.

use super::constraint;
use super::literal::{expression, name, say, text, ty};
use crate::operation::{AddColumn, AlterColumn, DropColumn, Setting};
use crate::schema::{Column, Constraint, Counting, Generated, Identity, QualifiedName};

/// What a column says, and the constraints that it says too; the others are left.
pub(super) fn refined<'c>(
    table: &QualifiedName,
    column: &Column,
    constraints: impl IntoIterator<Item = &'c Constraint>,
) -> (String, Vec<&'c Constraint>) {
    let Column {
        name: _,
        ty: _,
        nullable,
        server_default,
        autoincrement,
        identity,
        generated,
        collation,
        comment,
    } = column;
    let mut keys = String::new();
    let mut said = Vec::new();
    let mut last = None;
    let mut in_key = false;
    for one in constraints {
        if let Some(refinement) = constraint::refinement(table, column, one) {
            in_key |= matches!(one, Constraint::PrimaryKey(_));
            keys.push_str(&refinement);
            said.push(one);
        } else if let Some(key) = one.foreign_key().filter(|_| last.is_none() && identity.is_none())
            && let Some(reference) = constraint::reference(table, column, key)
        {
            last = Some(reference);
            said.push(one);
        }
    }
    let not_null = if *nullable || in_key { "" } else { ".not_null()" };
    let mut out = format!("{not_null}{keys}");
    if let Some(default) = server_default {
        say(&mut out, "server_default", &expression(default));
    }
    if *autoincrement && identity.is_none() {
        out.push_str(".autoincrement()");
    }
    if let Some(generated) = generated {
        out.push_str(&self::generated(generated));
    }
    if let Some(collation) = collation {
        say(&mut out, "collate", &text(collation));
    }
    if let Some(comment) = comment {
        say(&mut out, "comment", &text(comment));
    }
    if let Some(identity) = identity {
        out.push_str(&self::identity(identity));
    }
    out.push_str(&last.unwrap_or_default());
    (out, said)
}

/// The column with its constraints; those that it cannot say stand after it.
pub(super) fn add(add: &AddColumn) -> Vec<String> {
    let AddColumn {
        table,
        column,
        constraints,
        if_not_exists,
    } = add;
    let (refinements, said) = refined(table, column, constraints);
    let left = constraints.iter().filter(|one| !said.contains(one));
    let left = left.map(|one| {
        constraint::add(&crate::operation::AddConstraint {
            table: table.clone(),
            constraint: one.clone(),
            not_valid: false,
        })
    });
    let first = format!(
        "op.add_column({}, {}, {}){}{refinements};",
        name(table),
        text(&column.name),
        ty(&column.ty),
        if *if_not_exists { ".if_not_exists()" } else { "" },
    );
    std::iter::once(first).chain(left).collect()
}

pub(super) fn drop(drop: &DropColumn) -> String {
    format!(
        "op.drop_column({}, {}){}{};",
        name(&drop.table),
        text(&drop.column),
        if drop.if_exists { ".if_exists()" } else { "" },
        if drop.cascade { ".cascade()" } else { "" },
    )
}

pub(super) fn alter(alter: &AlterColumn) -> String {
    let AlterColumn {
        table,
        column,
        ty: new_type,
        using,
        nullable,
        server_default,
        identity,
        generated,
        autoincrement,
        collation,
        comment,
        rename,
    } = alter;
    let mut out = format!("op.alter_column({}, {})", name(table), text(column));
    if let Some(new_type) = new_type {
        say(&mut out, "set_type", &ty(new_type));
    }
    if let Some(using) = using {
        say(&mut out, "using", &text(using));
    }
    out.push_str(match nullable {
        Some(true) => ".nullable()",
        Some(false) => ".not_null()",
        None => "",
    });
    match server_default {
        Some(Setting::Set(default)) => say(&mut out, "server_default", &expression(default)),
        Some(Setting::Drop) => out.push_str(".drop_server_default()"),
        None => {}
    }
    match generated {
        Some(Setting::Set(generated)) => out.push_str(&self::generated(generated)),
        Some(Setting::Drop) => out.push_str(".drop_generated()"),
        None => {}
    }
    if *identity == Some(Setting::Drop) {
        out.push_str(".drop_identity()");
    }
    out.push_str(match autoincrement {
        Some(true) => ".autoincrement()",
        Some(false) => ".drop_autoincrement()",
        None => "",
    });
    if let Some(collation) = collation {
        say(&mut out, "collate", &text(collation));
    }
    match comment {
        Some(Setting::Set(comment)) => say(&mut out, "comment", &text(comment)),
        Some(Setting::Drop) => out.push_str(".drop_comment()"),
        None => {}
    }
    if let Some(to) = rename {
        say(&mut out, "rename", &text(to));
    }
    if let Some(Setting::Set(identity)) = identity {
        out.push_str(&self::identity(identity));
    }
    out.push(';');
    out
}

fn generated(generated: &Generated) -> String {
    let method = if generated.stored {
        "generated_stored"
    } else {
        "generated_virtual"
    };
    format!(".{method}({})", text(&generated.expression))
}

pub(in crate::autogenerate) fn identity(identity: &Identity) -> String {
    let method = if identity.always {
        "identity_always"
    } else {
        "identity"
    };
    format!(".{method}(){}", counting(&identity.counting))
}

/// How a sequence counts.
pub(super) fn counting(counting: &Counting) -> String {
    let Counting {
        start,
        increment,
        min,
        max,
        cache,
        cycle,
    } = counting;
    let values = [
        ("start", start),
        ("increment", increment),
        ("min", min),
        ("max", max),
        ("cache", cache),
    ];
    let mut out = String::new();
    for (method, value) in values {
        if let Some(value) = value {
            say(&mut out, method, &value.to_string());
        }
    }
    if *cycle {
        out.push_str(".cycle()");
    }
    out
}
