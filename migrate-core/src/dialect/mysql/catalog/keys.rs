//! Foreign keys and checks.

use std::collections::BTreeMap;

use super::tables::Tables;
use super::{name, note, row, unescaped};
use crate::dialect::mysql::normal::is_json_check;
use crate::dialect::{Note, Present, Unreadable};
use crate::schema::{Action, Check, Constraint, ForeignKey, Type};

/// A table without a schema is one beside the table that points to it, not one of the database that is used.
pub(super) const FOREIGN_KEYS: &str =
    "SELECT NULLIF(table_schema, DATABASE()), table_name, constraint_name, column_name,
    IF(referenced_table_schema = table_schema, NULLIF(table_schema, DATABASE()), referenced_table_schema),
    referenced_table_name, referenced_column_name
FROM information_schema.key_column_usage
WHERE table_schema {chosen} AND referenced_table_name IS NOT NULL
ORDER BY 1, 2, 3, ordinal_position";

pub(super) const RULES: &str =
    "SELECT NULLIF(constraint_schema, DATABASE()), table_name, constraint_name, delete_rule, update_rule
FROM information_schema.referential_constraints WHERE constraint_schema {chosen} ORDER BY 1, 2, 3";

/// On MariaDB each says its table, and whether it stands with a column. On MySQL its name is the schema's only one.
pub(super) const CHECKS: &str =
    "SELECT NULLIF(constraint_schema, DATABASE()), COALESCE(NULL /*M!100500 , table_name */), constraint_name,
    check_clause, IF(COALESCE(NULL /*M!100510 , level */) = 'Column', 'YES', 'NO')
FROM information_schema.check_constraints WHERE constraint_schema {chosen} ORDER BY 1, 2, 3";

pub(super) const CHECKED: &str =
    "SELECT NULLIF(table_schema, DATABASE()), table_name, constraint_name, COALESCE(NULL /*!50708 , enforced */)
FROM information_schema.table_constraints
WHERE table_schema {chosen} AND constraint_type = 'CHECK' ORDER BY 1, 2, 3";

pub(super) fn foreign_keys(
    tables: &mut Tables,
    columns: &Present,
    rules: &Present,
) -> Result<(), Unreadable> {
    let mut actions = BTreeMap::new();
    for row in row::rows(rules) {
        let [schema, table, of, on_delete, on_update] = row?;
        let of = row::required(of, "a foreign key's name")?;
        actions.insert(
            (name(schema, table)?, of),
            (action(on_delete)?, action(on_update)?),
        );
    }
    for row in row::rows(columns) {
        let [schema, table, of, column, to_schema, to, to_column] = row?;
        let table = name(schema, table)?;
        let of = row::required(of, "a foreign key's name")?;
        let column = row::required(column, "a column of a foreign key")?.to_owned();
        let to_column = row::required(to_column, "what a foreign key points to")?.to_owned();
        let Some(read) = tables.get_mut(&table) else {
            continue;
        };
        match read.table.constraints.last_mut() {
            Some(Constraint::ForeignKey(key)) if key.name == of => {
                key.columns.push(column);
                key.referent_columns.push(to_column);
            }
            Some(_) | None => {
                let (on_delete, on_update) = actions
                    .get(&(table, of))
                    .copied()
                    .ok_or_else(|| row::unreadable(format!("what the foreign key `{of}` does"), None))?;
                read.table.constraints.push(Constraint::ForeignKey(ForeignKey {
                    name: of.to_owned(),
                    columns: vec![column],
                    referent: name(to_schema, to)?,
                    referent_columns: vec![to_column],
                    on_delete,
                    on_update,
                    match_full: false,
                    deferrable: None,
                }));
            }
        }
    }
    Ok(())
}

/// `RESTRICT` and `NO ACTION` are the same, and each is what one of the servers tells where nothing was said.
fn action(value: Option<&str>) -> Result<Option<Action>, Unreadable> {
    Ok(match value {
        Some("NO ACTION" | "RESTRICT") => None,
        Some("CASCADE") => Some(Action::Cascade),
        Some("SET NULL") => Some(Action::SetNull),
        Some("SET DEFAULT") => Some(Action::SetDefault),
        other => return Err(row::unreadable("what a foreign key does", other)),
    })
}

/// MariaDB's `JSON` is a `LONGTEXT` with a check of its own, which is no check here.
pub(super) fn checks(
    tables: &mut Tables,
    is_mariadb: bool,
    checks: &Present,
    checked: &Present,
    notes: &mut Vec<Note>,
) -> Result<(), Unreadable> {
    let mut owners = BTreeMap::new();
    for row in row::rows(checked) {
        let [schema, table, of, enforced] = row?;
        let table = name(schema, table)?;
        if enforced == Some("NO") {
            let subject = format!("constraint `{}` of `{table}`", of.unwrap_or_default());
            notes.push(note(subject, "that it is NOT ENFORCED is not described"));
        }
        owners.insert((schema, of), table);
    }
    for row in row::rows(checks) {
        let [schema, table, of, condition, with_column] = row?;
        let owner = match table {
            Some(_) => Some(name(schema, table)?),
            None => owners.get(&(schema, of)).cloned(),
        };
        let of = row::required(of, "a check's name")?;
        let condition = row::required(condition, "a check's condition")?;
        let condition = unescaped(condition, is_mariadb);
        let Some(read) = owner.and_then(|owner| tables.get_mut(&owner)) else {
            continue;
        };
        let column = read.table.columns.iter_mut().find(|column| column.name == of);
        if let Some(column) = column
            && column.ty == Type::Text
            && is_json_check(&condition, of)
        {
            column.ty = Type::Json;
            column.collation = None;
            continue;
        }
        if row::flag(with_column, "whether a check stands with a column")? {
            let subject = format!("constraint `{of}` of `{}`", read.table.name);
            notes.push(note(subject, "that it stands with its column is not described"));
        }
        read.table.constraints.push(Constraint::Check(Check {
            name: of.to_owned(),
            condition,
        }));
    }
    Ok(())
}
