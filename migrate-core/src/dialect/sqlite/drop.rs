//! Dropping a column, and finding out what mentions it.
//!
//! `DROP COLUMN` looks into no trigger of another table, and a view that says `"a"` means the text `a` once there is no
//! such column. But SQLite knows what means the column when it gives it another name: so it does that first, and where
//! the new name then stands, the column was needed.

use crate::dialect::Statement;
use crate::dialect::sql::{identifier, literal};
use crate::dialect::sqlite::facts::{Bystander, Facts, PREFIX};
use crate::dialect::sqlite::tokens::{Span, mentions, tokens};

/// The statements. They fail where a view or a trigger needs the column, and name it.
pub(super) fn column(facts: &Facts, column: &str) -> Vec<Statement> {
    let table = format!("{}.{}", identifier(&facts.schema), identifier(&facts.name));
    let drop = |column: &str| format!("ALTER TABLE {table} DROP COLUMN {}", identifier(column));
    let suspects: Vec<_> = facts
        .bystanders
        .iter()
        .filter(|bystander| may_mean(&bystander.sql, column))
        .collect();
    if suspects.is_empty() {
        return vec![Statement::new(drop(column))];
    }
    let name = format!("{PREFIX}dropped_{column}");
    let guard = format!("temp.{}", identifier(&facts.free_name(&format!("{PREFIX}drop"))));
    let reasons = suspects.iter().enumerate().map(|(number, bystander)| {
        let reason = format!(
            "the {} `{}` needs the column `{column}` of `{}`",
            bystander.kind, bystander.name, facts.name
        );
        format!("c{number} CONSTRAINT {} CHECK (c{number})", identifier(&reason))
    });
    let reasons: Vec<String> = reasons.collect();
    let mut texts = vec![
        format!("CREATE TABLE {guard} ({})", reasons.join(", ")),
        format!(
            "ALTER TABLE {table} RENAME COLUMN {} TO {}",
            identifier(column),
            identifier(&name)
        ),
    ];
    texts.extend(suspects.iter().enumerate().map(|(number, bystander)| {
        let others = views_with(facts, bystander, &name);
        format!(
            "INSERT INTO {guard} (c{number}) SELECT instr(sql, {}) = 0{others} FROM {}.sqlite_schema \
             WHERE type = {} AND name = {}",
            literal(&name),
            identifier(&bystander.schema),
            literal(&bystander.kind),
            literal(&bystander.name),
        )
    }));
    texts.push(drop(&name));
    texts.push(format!("DROP TABLE {guard}"));
    texts.into_iter().map(Statement::new).collect()
}

/// ` AND ..`: no view that is mentioned has this column. One that selects `*` hands the column on under its own name, and
/// what selects from that view is given no new name for it.
fn views_with(facts: &Facts, bystander: &Bystander, column: &str) -> String {
    let views = facts
        .bystanders
        .iter()
        .filter(|other| other.kind == "view" && *other != bystander && may_mean(&bystander.sql, &other.name));
    let views: Vec<String> = views
        .map(|view| format!("({}, {})", literal(&view.name), literal(&view.schema)))
        .collect();
    if views.is_empty() {
        return String::new();
    }
    format!(
        " AND NOT EXISTS (SELECT 1 FROM (VALUES {}) v, pragma_table_info(v.column1, v.column2) c WHERE c.name = {})",
        views.join(", "),
        literal(column)
    )
}

/// Whether a text has a word that is this name. One that cannot be read may have.
fn may_mean(sql: &str, name: &str) -> bool {
    let all = Span {
        start: 0,
        end: sql.len(),
    };
    tokens(sql).map_or(true, |tokens| mentions(sql, &tokens, all, name))
}
