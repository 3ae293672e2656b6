//! Alterations that take a column's whole definition: `MODIFY` forgets whatever it is not told.
//!
//! What an alteration names is put in the place of what the [definition](super::definition) has, and all the rest stays
//! to the letter: character set, collation, `ON UPDATE`, `INVISIBLE`, and whatever a later version adds. Alterations of
//! one table are one statement, so that all of them are there, or none.

use crate::dialect::mysql::definition::{Definition, Kind, Named, columns, foreign_keys, named};
use crate::dialect::mysql::{MySql, ddl as own, types};
use crate::dialect::sql::{Writer, unsupported};
use crate::dialect::{Present, Statement, Unsupported, Way, ddl};
use crate::operation::{AlterColumn, DropColumn, Operation, RenameConstraint, Setting};
use crate::schema::{Constraint, Index, IndexElement, Metadata, QualifiedName, Table, Type};

/// What needs a column's definition is done together, up to one that gives a column another name: whatever follows
/// names it anew. A column that is dropped ends it too, and so does a constraint with another name, so that it can be told
/// what was done of it.
pub(super) fn way(operation: &Operation) -> Way {
    if let Operation::DropColumn(_) = operation {
        return Way::Last;
    }
    if let Operation::RenameConstraint(rename) = operation {
        return if rename.primary_key {
            Way::Direct
        } else {
            Way::Last
        };
    }
    let Operation::AlterColumn(alter) = operation else {
        return Way::Direct;
    };
    match (own::alters_alone(alter), &alter.rename) {
        (true, _) => Way::Direct,
        (false, Some(_)) => Way::Last,
        (false, None) => Way::WithPresent,
    }
}

/// See [`Dialect::refuse`](crate::dialect::Dialect::refuse). Whether a column can be computed depends on what it is.
pub(super) fn refuse(dialect: &MySql, operation: &Operation) -> Result<(), Unsupported> {
    if let Operation::RenameConstraint(rename) = operation {
        return Writer::new(dialect)
            .name(&rename.name)
            .name(&rename.to)
            .finish()
            .map(drop);
    }
    let Operation::AlterColumn(alter) = operation else {
        return own::compile(dialect, operation).map(drop);
    };
    ddl::check_alter_column(dialect, alter)?;
    let alter = AlterColumn {
        generated: None,
        ..alter.clone()
    };
    change(dialect, &alter, &mut Definition::new(&alter.column))
}

pub(super) fn query(dialect: &MySql, table: &QualifiedName) -> String {
    let mut writer = Writer::new(dialect);
    // A name that cannot be one is refused when it is altered.
    let statement = writer.raw("SHOW CREATE TABLE ").qualified(table).finish();
    statement.map(|statement| statement.sql).unwrap_or_default()
}

/// The answer to [`query`] as this tool makes the table. What an alteration leaves as it is, the script then says again.
pub(super) fn presumed(dialect: &MySql, table: &Table, metadata: &Metadata) -> Option<Present> {
    let mut writer = Writer::new(dialect);
    writer.raw("CREATE TABLE ").qualified(&table.name).raw(" (");
    for (index, column) in table.columns.iter().enumerate() {
        writer.raw_if(index > 0, ", ").name(&column.name).raw(" ");
        own::column(&mut writer, column);
    }
    let has_name = |one: &&Constraint| !matches!(one, Constraint::PrimaryKey(_));
    for constraint in table.constraints.iter().filter(has_name) {
        ddl::constraint(writer.raw(", "), constraint);
    }
    for (name, columns) in own_keys(table, metadata) {
        writer.raw(", KEY ").name(name).raw(" ").names(columns);
    }
    // What cannot be written of it was not made by this tool.
    let created = writer.raw(")").finish().ok()?;
    Some(Present {
        rows: vec![vec![Some(table.name.name.clone()), Some(created.sql)]],
    })
}

/// The indexes that the server makes for foreign keys, each called as its foreign key is: for those whose columns no other
/// key or index begins with.
fn own_keys<'t>(table: &'t Table, metadata: &'t Metadata) -> Vec<(&'t str, &'t [String])> {
    let keys = table.constraints.iter().filter_map(Constraint::key_columns);
    let mut keys: Vec<Vec<&str>> = keys.map(|key| key.iter().map(String::as_str).collect()).collect();
    let over = |index: &'t Index| index.elements.iter().map_while(IndexElement::column).collect();
    keys.extend(metadata.indexes_of(&table.name).map(|index| over(index)));
    let mut own = Vec::new();
    for key in table.constraints.iter().filter_map(Constraint::foreign_key) {
        let columns: Vec<&str> = key.columns.iter().map(String::as_str).collect();
        if !keys.iter().any(|other| other.starts_with(&columns)) {
            own.push((key.name.as_str(), key.columns.as_slice()));
            keys.push(columns);
        }
    }
    own
}

/// The statements of an alteration that says all that a definition made by this tool holds: they take no knowledge of
/// it. What else a column has (a character set, `ON UPDATE`) is then gone, as with any `MODIFY`.
pub(super) fn whole(dialect: &MySql, operation: &Operation) -> Result<Option<Vec<Statement>>, Unsupported> {
    let Operation::AlterColumn(alter) = operation else {
        return Ok(None);
    };
    let said = alter.ty.is_some()
        && alter.nullable.is_some()
        && alter.server_default.is_some()
        && alter.comment.is_some();
    if !said {
        return Ok(None);
    }
    ddl::check_alter_column(dialect, alter)?;
    let mut columns = [Definition::new(&alter.column)];
    for column in &mut columns {
        change(dialect, alter, column)?;
    }
    let mut statements = together(dialect, &alter.table, &columns, &mut vec![0], None)?;
    if let Some(to) = &alter.rename {
        statements.push(ddl::rename_column(dialect, &alter.table, &alter.column, to)?);
    }
    Ok(Some(statements))
}

pub(super) fn alter(
    dialect: &MySql,
    table: &QualifiedName,
    operations: &[&Operation],
    present: &Present,
) -> Result<Vec<Statement>, Unsupported> {
    let created = present.rows.first().and_then(|row| row.get(1)?.as_deref());
    let created = created.unwrap_or_default();
    let mut columns = columns(created);
    let mut statements = Vec::new();
    // Which of them the next statement alters: one clause for each, for it may name a column once.
    let mut altered = Vec::new();
    for operation in operations {
        if let Operation::DropColumn(drop) = operation {
            statements.extend(together(dialect, table, &columns, &mut altered, None)?);
            statements.extend(drop_column(dialect, drop, created)?);
            continue;
        }
        if let Operation::RenameConstraint(rename) = operation {
            statements.extend(together(dialect, table, &columns, &mut altered, None)?);
            statements.push(rename_constraint(dialect, rename, created)?);
            continue;
        }
        let Operation::AlterColumn(alter) = operation else {
            statements.extend(together(dialect, table, &columns, &mut altered, None)?);
            statements.extend(own::compile(dialect, operation)?);
            continue;
        };
        ddl::check_alter_column(dialect, alter)?;
        let position = columns.iter().position(|column| column.is(&alter.column));
        let Some((index, column)) = position.and_then(|index| Some((index, columns.get_mut(index)?))) else {
            return Err(unsupported(
                dialect,
                format!("altering the column `{}` of `{table}`", alter.column),
                "the table has no such column",
            ));
        };
        let only_renamed = own::alters_alone(alter) && alter.server_default.is_none();
        if !only_renamed {
            change(dialect, alter, column)?;
            if !altered.contains(&index) {
                altered.push(index);
            }
        }
        if let Some(to) = &alter.rename {
            statements.extend(together(
                dialect,
                table,
                &columns,
                &mut altered,
                Some((index, to)),
            )?);
            if let Some(column) = columns.get_mut(index) {
                column.name.clone_from(to);
            }
        }
    }
    statements.extend(together(dialect, table, &columns, &mut altered, None)?);
    Ok(statements)
}

/// A column goes with the foreign keys that are about it alone, as on other databases; while they stand, the server keeps
/// it.
fn drop_column(dialect: &MySql, drop: &DropColumn, created: &str) -> Result<Vec<Statement>, Unsupported> {
    let alone = own::compile(dialect, &Operation::DropColumn(drop.clone()))?;
    let keys = foreign_keys(created, &drop.column);
    if keys.is_empty() {
        return Ok(alone);
    }
    let mut writer = ddl::alter_table(dialect, &drop.table);
    for key in &keys {
        writer.raw("DROP FOREIGN KEY ").name(key).raw(", ");
    }
    Ok(vec![writer.raw("DROP COLUMN ").name(&drop.column).finish()?])
}

/// A unique constraint is its index, which gets another name. A foreign key and a check do not: they are dropped and added
/// again, to the letter, by one statement. The index that the server made for a foreign key goes on being called as it.
fn rename_constraint(
    dialect: &MySql,
    rename: &RenameConstraint,
    created: &str,
) -> Result<Statement, Unsupported> {
    let RenameConstraint { table, name, to, .. } = rename;
    let found = named(created, name);
    let has_key = found.contains(&Named::Key);
    let mut again = found.iter().filter_map(|one| match one {
        Named::ForeignKey(text) => Some(("DROP FOREIGN KEY ", text)),
        Named::Check(text) => Some(("DROP CONSTRAINT ", text)),
        Named::Key => None,
    });
    let mut writer = ddl::alter_table(dialect, table);
    match (again.next(), again.next()) {
        (Some(_), Some(_)) => {
            return Err(unsupported(
                dialect,
                format!("renaming `{name}`: `{table}` has several constraints of this name"),
                "drop the one that is meant, and create it anew",
            ));
        }
        (Some((dropped, text)), None) => {
            writer.raw(dropped).name(name);
            if has_key && dropped == "DROP FOREIGN KEY " {
                writer.raw(", RENAME INDEX ").name(name).raw(" TO ").name(to);
            }
            writer.raw(", ADD CONSTRAINT ").name(to).raw(" ").raw(text);
        }
        (None, _) if has_key => {
            writer.raw("RENAME INDEX ").name(name).raw(" TO ").name(to);
        }
        (None, _) => {
            return Err(unsupported(
                dialect,
                format!("renaming the constraint `{name}` of `{table}`"),
                "the table has no constraint of this name; say `.primary_key()` of a primary key, which has none here",
            ));
        }
    }
    writer.finish()
}

/// The statement that gives these columns their definitions, and one of them another name. A check names the column that
/// it stands with, which has that name only afterwards: then the name is given by a statement of its own.
fn together(
    dialect: &MySql,
    table: &QualifiedName,
    columns: &[Definition],
    altered: &mut Vec<usize>,
    rename: Option<(usize, &String)>,
) -> Result<Vec<Statement>, Unsupported> {
    let mut statements = Vec::new();
    let mut rename = rename.and_then(|(index, to)| Some((index, columns.get(index)?, to)));
    let mut writer = ddl::alter_table(dialect, table);
    for (done, index) in altered.iter().enumerate() {
        let Some(column) = columns.get(*index) else {
            continue;
        };
        writer.raw_if(done > 0, ", ");
        match rename.take_if(|(renamed, ..)| renamed == index && column.get(Kind::Check).is_none()) {
            Some((_, _, to)) => writer.raw("CHANGE COLUMN ").name(&column.name).raw(" ").name(to),
            None => writer.raw("MODIFY COLUMN ").name(&column.name),
        };
        writer.raw(" ").raw(&column.text());
    }
    if !altered.is_empty() {
        statements.push(writer.finish()?);
        altered.clear();
    }
    if let Some((_, column, to)) = rename {
        statements.push(ddl::rename_column(dialect, table, &column.name, to)?);
    }
    Ok(statements)
}

/// Puts what is asked for in the place of what is there.
fn change(dialect: &MySql, alter: &AlterColumn, column: &mut Definition) -> Result<(), Unsupported> {
    let AlterColumn {
        table: _,
        column: name,
        ty,
        using,
        nullable,
        server_default,
        identity,
        generated,
        autoincrement,
        collation,
        comment,
        rename: _,
    } = alter;
    if using.is_some() {
        return Err(unsupported(
            dialect,
            "`using` for a new type",
            "leave it out: values convert by themselves; or change them by `op.execute` before",
        ));
    }
    if identity.is_some() {
        return Err(unsupported(
            dialect,
            "changing a column's identity",
            "number it by `.autoincrement()`, or keep it to the database that has them by `op.on(Postgres, ..)`",
        ));
    }
    if let Some(ty) = ty {
        column.set(Kind::Type, Some(dialect_type(dialect, ty)?));
        if !is_text(ty) {
            column.set(Kind::CharacterSet, None);
            column.set(Kind::Collate, None);
        }
        // MariaDB's JSON is a text with a check, which its JSON brings again.
        if column
            .get(Kind::Check)
            .is_some_and(|check| check.contains("json_valid("))
        {
            column.set(Kind::Check, None);
            column.set(Kind::CharacterSet, None);
            column.set(Kind::Collate, None);
        }
    }
    if let Some(collation) = collation {
        column.set(Kind::CharacterSet, None);
        let mut writer = Writer::new(dialect);
        writer.raw("COLLATE ").name(collation);
        column.set(Kind::Collate, Some(writer.finish()?.sql));
    }
    if let Some(nullable) = nullable {
        let text = if *nullable { "NULL" } else { "NOT NULL" };
        column.set(Kind::Null, Some(text.into()));
        if !nullable && column.get(Kind::Default) == Some("DEFAULT NULL") {
            column.set(Kind::Default, None);
        }
    }
    if let Some(setting) = server_default {
        let text = match setting {
            Setting::Set(value) => {
                let unknown = Type::Custom(String::new());
                let mut writer = Writer::new(dialect);
                types::default(&mut writer, ty.as_ref().unwrap_or(&unknown), Some(value));
                Some(writer.finish()?.sql.trim_start().to_owned())
            }
            Setting::Drop => None,
        };
        column.set(Kind::Default, text);
    }
    match generated {
        Some(Setting::Set(generated)) if column.get(Kind::Generated).is_some() => {
            let mut writer = Writer::new(dialect);
            writer
                .raw("GENERATED ALWAYS AS ")
                .parenthesised(&generated.expression)
                .raw(if generated.stored { " STORED" } else { " VIRTUAL" });
            column.set(Kind::Generated, Some(writer.finish()?.sql));
        }
        Some(Setting::Set(_)) => {
            return Err(unsupported(
                dialect,
                format!("computing the column `{name}`, which holds values"),
                "add another column that is computed, and drop this one",
            ));
        }
        Some(Setting::Drop) => column.set(Kind::Generated, None),
        None => {}
    }
    if let Some(autoincrement) = autoincrement {
        let text = autoincrement.then(|| "AUTO_INCREMENT".to_owned());
        column.set(Kind::AutoIncrement, text);
    }
    match comment {
        Some(Setting::Set(comment)) => {
            let mut writer = Writer::new(dialect);
            writer.raw("COMMENT ");
            own::text(&mut writer, comment);
            column.set(Kind::Comment, Some(writer.finish()?.sql));
        }
        Some(Setting::Drop) => column.set(Kind::Comment, None),
        None => {}
    }
    Ok(())
}

fn dialect_type(dialect: &MySql, ty: &Type) -> Result<String, Unsupported> {
    Ok(Writer::new(dialect).ty(ty).finish()?.sql)
}

/// Whether a type has a character set.
fn is_text(ty: &Type) -> bool {
    matches!(
        ty,
        Type::Text | Type::Varchar(_) | Type::Char(_) | Type::Uuid | Type::Enumeration(_)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operation::Op;
    use crate::schema::types::{bigint, varchar};

    const TABLE: &str = "CREATE TABLE `t``x` (\n  `id` int(11) NOT NULL AUTO_INCREMENT,\n  \
        `a,b` varchar(80) CHARACTER SET latin1 COLLATE latin1_bin NOT NULL DEFAULT 'it''s, (' COMMENT 'a \\\\'', DEFAULT',\n  \
        `at` datetime(6) DEFAULT current_timestamp(6) ON UPDATE current_timestamp(6),\n  \
        `j` longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_bin DEFAULT NULL CHECK (json_valid(`j`)),\n  \
        `g` int(11) GENERATED ALWAYS AS (`id` + 1) VIRTUAL,\n  \
        `i` decimal(10,2) unsigned NOT NULL DEFAULT 0.00 /*!80023 INVISIBLE */,\n  \
        PRIMARY KEY (`id`),\n  CONSTRAINT `c` CHECK (`id` > 0)\n) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4";

    fn altered(record: impl FnOnce(&mut Op)) -> Vec<String> {
        let mut op = Op::new();
        record(&mut op);
        let recorded = op.finish();
        let operations: Vec<&Operation> = recorded.iter().map(|recorded| &recorded.operation).collect();
        let present = Present {
            rows: vec![vec![Some("t`x".into()), Some(TABLE.into())]],
        };
        match alter(&MySql, &"t`x".into(), &operations, &present) {
            Ok(statements) => statements
                .iter()
                .map(|statement| statement.sql.replace("ALTER TABLE `t``x` ", ""))
                .collect(),
            Err(unsupported) => vec![unsupported.to_string()],
        }
    }

    #[test]
    fn what_is_not_named_stays_to_the_letter() {
        for column in columns(TABLE) {
            let changed = altered(|op| {
                op.alter_column("t`x", &column.name).comment("new");
            });
            let mut expected = column.clone();
            expected.set(Kind::Comment, Some("COMMENT 'new'".into()));
            assert!(TABLE.contains(&column.text()), "{}", column.text());
            assert_eq!(
                changed,
                [format!("MODIFY COLUMN `{}` {}", column.name, expected.text())]
            );
        }
        assert_eq!(columns(TABLE).len(), 6);
    }

    #[test]
    fn what_is_named_takes_the_place_of_what_is_there() {
        insta::assert_snapshot!(
            altered(|op| {
                op.alter_column("t`x", "A,B").set_type(varchar(99)).nullable();
                op.alter_column("t`x", "a,b").set_type(bigint()).drop_server_default().rename("c");
                op.alter_column("t`x", "c").drop_comment();
                op.alter_column("t`x", "j").not_null();
                op.alter_column("t`x", "j").set_type(varchar(9)).rename("k");
                op.alter_column("t`x", "at").not_null();
                op.alter_column("t`x", "i").collate("utf8mb4_bin");
                op.alter_column("t`x", "id").set_type(bigint());
            })
            .join("\n"),
            @r"
        CHANGE COLUMN `a,b` `c` BIGINT NULL COMMENT 'a \\'', DEFAULT'
        MODIFY COLUMN `c` BIGINT NULL, CHANGE COLUMN `j` `k` VARCHAR(9) NOT NULL
        MODIFY COLUMN `at` datetime(6) NOT NULL DEFAULT current_timestamp(6) ON UPDATE current_timestamp(6), MODIFY COLUMN `i` decimal(10,2) unsigned COLLATE `utf8mb4_bin` NOT NULL DEFAULT 0.00 /*!80023 INVISIBLE */, MODIFY COLUMN `id` BIGINT NOT NULL AUTO_INCREMENT
        "
        );
        insta::assert_snapshot!(
            altered(|op| {
                op.alter_column("t`x", "j").not_null();
                op.alter_column("t`x", "j").comment("new").rename("k");
            })
            .join("\n"),
            @r"
        MODIFY COLUMN `j` longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL COMMENT 'new' CHECK (json_valid(`j`))
        RENAME COLUMN `j` TO `k`
        "
        );
        insta::assert_snapshot!(
            altered(|op| {
                op.alter_column("t`x", "nothing").not_null();
            })
            .join("\n"),
            @"
        mysql does not support altering the column `nothing` of `t`x`: the table has no such column
        "
        );
    }
}
