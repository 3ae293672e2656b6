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
    for clause in constraint::clauses(table, &said) {
        out.extend(["    t.", &clause, ";\n"]);
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
    let index = &create.index;
    let also = [
        (create.concurrently, ".concurrently()"),
        (create.if_not_exists, ".if_not_exists()"),
    ];
    format!(
        "op.create_index({}, {}, {}){};",
        own_name(index).unwrap_or_else(|| "None".into()),
        name(&index.table),
        elements(&index.elements),
        index_rest(index, &also),
    )
}

/// What an index is called, where that is not its conventional name.
pub(in crate::autogenerate) fn own_name(index: &Index) -> Option<String> {
    let convention = naming::index(&index.table.name, &index.elements);
    (index.name != convention).then(|| text(&index.name))
}

/// What refines an index, and what is said besides where it is created.
pub(in crate::autogenerate) fn index_rest(index: &Index, also: &[(bool, &str)]) -> String {
    let Index {
        name: _,
        table: _,
        elements: _,
        unique,
        nulls_not_distinct,
        method,
        include,
        predicate,
        options,
    } = index;
    let mut out = String::new();
    let flags = [
        (*unique, ".unique()"),
        (*nulls_not_distinct, ".nulls_not_distinct()"),
    ];
    for (said, refinement) in flags.iter().chain(also) {
        if *said {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operation::{Op, Operation};
    use crate::schema::types::integer;

    #[test]
    fn a_check_is_named_where_its_number_would_not_name_it() {
        let mut op = Op::new();
        op.create_table("t", |t| {
            t.check("id > 1");
            t.column("id", integer()).check("id > 2");
        });
        let recorded = op.finish();
        let created = recorded.iter().find_map(|one| {
            if let Operation::CreateTable(of) = &one.operation {
                Some(create(of))
            } else {
                None
            }
        });
        insta::assert_snapshot!(created.unwrap_or_default(), @r#"
        op.create_table("t", |t| {
            t.column("id", integer()).check("id > 2");
            t.check("id > 1").name("ck_t_1");
        });
        "#);
    }
}
