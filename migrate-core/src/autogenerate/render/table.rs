//! Tables and their indexes.

use super::literal::{elements, name, say, text, texts, ty};
use super::{column, constraint};
use crate::operation::{
    CommentTable, CreateIndex, CreateTable, DropIndex, DropTable, RenameIndex, RenameTable,
};
use crate::schema::{Constraint, Index, naming};

pub(super) fn create(create: &CreateTable) -> String {
    let table = &create.table;
    let mut out = format!("op.create_table({}, |t| {{\n", name(&table.name));
    let mut said: Vec<&Constraint> = Vec::new();
    for described in &table.columns {
        let left = table.constraints.iter().filter(|one| !said.contains(one));
        let (refinements, more) = column::refined(&table.name, described, left);
        said.extend(more);
        let (name, ty) = (text(&described.name), ty(&described.ty));
        out.extend(["    t.column(", &name, ", ", &ty, ")", &refinements, ";\n"]);
    }
    let mut checks = 0;
    for one in &table.constraints {
        checks += usize::from(matches!(one, Constraint::Check(_)));
        if !said.contains(&one) {
            out.extend(["    ", &constraint::clause(&table.name, one, checks), "\n"]);
        }
    }
    out.push_str("})");
    if create.if_not_exists {
        out.push_str(".if_not_exists()");
    }
    if let Some(comment) = &table.comment {
        say(&mut out, "comment", &text(comment));
    }
    for (of, sql) in &table.options {
        say(&mut out, "option", &format!("{of:?}, {}", text(sql)));
    }
    out.push(';');
    out
}

pub(super) fn drop(drop: &DropTable) -> String {
    format!(
        "op.drop_table({}){}{};",
        name(&drop.table),
        if drop.if_exists { ".if_exists()" } else { "" },
        if drop.cascade { ".cascade()" } else { "" },
    )
}

pub(super) fn rename(rename: &RenameTable) -> String {
    format!("op.rename_table({}, {});", name(&rename.table), text(&rename.to))
}

pub(super) fn comment(comment: &CommentTable) -> String {
    let table = name(&comment.table);
    match &comment.comment {
        Some(comment) => format!("op.create_table_comment({table}, {});", text(comment)),
        None => format!("op.drop_table_comment({table});"),
    }
}

pub(super) fn create_index(create: &CreateIndex) -> String {
    let Index {
        name: own,
        table,
        elements: over,
        unique,
        nulls_not_distinct,
        method,
        include,
        predicate,
        options,
    } = &create.index;
    let called = if *own == naming::index(&table.name, over) {
        "None".to_owned()
    } else {
        text(own)
    };
    let mut out = format!("op.create_index({called}, {}, {})", name(table), elements(over));
    for (said, refinement) in [
        (*unique, ".unique()"),
        (*nulls_not_distinct, ".nulls_not_distinct()"),
        (create.concurrently, ".concurrently()"),
        (create.if_not_exists, ".if_not_exists()"),
    ] {
        if said {
            out.push_str(refinement);
        }
    }
    if let Some(method) = method {
        say(&mut out, "using", &text(method));
    }
    if !include.is_empty() {
        say(&mut out, "include", &texts(include));
    }
    if let Some(condition) = predicate {
        say(&mut out, "where_", &text(condition));
    }
    for (of, sql) in options {
        say(&mut out, "option", &format!("{of:?}, {}", text(sql)));
    }
    out.push(';');
    out
}

pub(super) fn rename_index(rename: &RenameIndex) -> String {
    format!(
        "op.rename_index({}, {}, {});",
        name(&rename.table),
        text(&rename.name),
        text(&rename.to)
    )
}

pub(super) fn drop_index(drop: &DropIndex) -> String {
    format!(
        "op.drop_index({}, {}){}{};",
        text(&drop.name),
        name(&drop.table),
        if drop.if_exists { ".if_exists()" } else { "" },
        if drop.concurrently { ".concurrently()" } else { "" },
    )
}
