//! Alterations that take a column's whole definition: `MODIFY` forgets whatever it is not told.
//!
//! The definition is the text of `SHOW CREATE TABLE`, cut into clauses; what an alteration names is put in the place
//! of what is there, and all the rest stays to the letter: character set, collation, `ON UPDATE`, `INVISIBLE`, and
//! whatever a later version adds.

use crate::dialect::mysql::{MySql, ddl as own, types};
use crate::dialect::sql::{Writer, unsupported};
use crate::dialect::{Present, Statement, Unsupported, Way, ddl};
use crate::operation::{AlterColumn, Operation, Setting};
use crate::schema::{QualifiedName, Type};

pub(super) fn way(operation: &Operation) -> Way {
    if let Operation::AlterColumn(alter) = operation
        && !own::alters_alone(alter)
    {
        Way::WithPresent
    } else {
        Way::Direct
    }
}

pub(super) fn query(dialect: &MySql, table: &QualifiedName) -> String {
    let mut writer = Writer::new(dialect);
    // A name that cannot be one is refused when it is altered.
    let statement = writer.raw("SHOW CREATE TABLE ").qualified(table).finish();
    statement.map(|statement| statement.sql).unwrap_or_default()
}

pub(super) fn alter(
    dialect: &MySql,
    table: &QualifiedName,
    operations: &[&Operation],
    present: &Present,
) -> Result<Vec<Statement>, Unsupported> {
    let created = present.rows.first().and_then(|row| row.get(1)?.as_deref());
    let mut columns = columns(created.unwrap_or_default());
    let mut statements = Vec::new();
    for operation in operations {
        let Operation::AlterColumn(alter) = operation else {
            statements.extend(own::compile(dialect, operation)?);
            continue;
        };
        let Some(column) = columns.iter_mut().find(|column| column.is(&alter.column)) else {
            return Err(unsupported(
                dialect,
                format!("altering the column `{}` of `{table}`", alter.column),
                "the table has no such column",
            ));
        };
        statements.extend(alter_column(dialect, alter, column)?);
    }
    Ok(statements)
}

/// A column as `SHOW CREATE TABLE` tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Definition {
    name: String,
    /// What stands after the name, in its order.
    clauses: Vec<Clause>,
}

/// A part of a definition, with the word that it begins with.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Clause {
    kind: Kind,
    text: String,
}

/// What a part of a definition is about, in the order in which both servers take them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Type,
    CharacterSet,
    Collate,
    Generated,
    Null,
    Default,
    OnUpdate,
    AutoIncrement,
    /// `INVISIBLE`, and what is not known here.
    Other,
    Comment,
    Check,
}

impl Kind {
    /// The kind that this word begins, outside of parentheses and quotes. Both servers write these words in capitals,
    /// and the words of expressions in small letters.
    fn begun_by(word: &str) -> Option<Self> {
        Some(match word {
            "CHARACTER" | "CHARSET" => Self::CharacterSet,
            "COLLATE" => Self::Collate,
            "GENERATED" | "AS" => Self::Generated,
            "NOT" | "NULL" => Self::Null,
            "DEFAULT" => Self::Default,
            "ON" => Self::OnUpdate,
            "AUTO_INCREMENT" => Self::AutoIncrement,
            "COMMENT" => Self::Comment,
            "CHECK" => Self::Check,
            "INVISIBLE" | "COMPRESSED" | "WITHOUT" | "WITH" => Self::Other,
            _ if word.starts_with("/*!") || word.starts_with("/*M!") => Self::Other,
            _ => return None,
        })
    }
}

impl Definition {
    /// Names of columns are the same whatever their case.
    fn is(&self, name: &str) -> bool {
        self.name.to_lowercase() == name.to_lowercase()
    }

    fn get(&self, kind: Kind) -> Option<&str> {
        let clause = self.clauses.iter().find(|clause| clause.kind == kind);
        clause.map(|clause| clause.text.as_str())
    }

    /// Puts a clause in the place of those of its kind; `None` takes them away.
    fn set(&mut self, kind: Kind, text: Option<String>) {
        self.clauses.retain(|clause| clause.kind != kind);
        if let Some(text) = text {
            let at = self.clauses.iter().position(|clause| clause.kind > kind);
            let at = at.unwrap_or(self.clauses.len());
            self.clauses.insert(at, Clause { kind, text });
        }
    }

    fn text(&self) -> String {
        let texts: Vec<&str> = self.clauses.iter().map(|clause| clause.text.as_str()).collect();
        texts.join(" ")
    }
}

fn alter_column(
    dialect: &MySql,
    alter: &AlterColumn,
    column: &mut Definition,
) -> Result<Vec<Statement>, Unsupported> {
    ddl::check_alter_column(dialect, alter)?;
    if own::alters_alone(alter) && alter.server_default.is_none() {
        column.name = alter.rename.clone().unwrap_or_default();
        return own::compile(dialect, &Operation::AlterColumn(alter.clone()));
    }
    change(dialect, alter, column)?;
    let mut statements = Vec::new();
    let mut writer = ddl::alter_table(dialect, &alter.table);
    // A check names the column that it stands with, which has that name only afterwards.
    let renamed = alter
        .rename
        .as_ref()
        .filter(|_| column.get(Kind::Check).is_none());
    match renamed {
        Some(to) => writer.raw("CHANGE COLUMN ").name(&alter.column).raw(" ").name(to),
        None => writer.raw("MODIFY COLUMN ").name(&alter.column),
    };
    statements.push(writer.raw(" ").raw(&column.text()).finish()?);
    if let Some(to) = &alter.rename {
        if renamed.is_none() {
            statements.push(ddl::rename_column(dialect, &alter.table, &alter.column, to)?);
        }
        column.name.clone_from(to);
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
            "number it by `.autoincrement(..)`, or keep it to the database that has them by `op.on(Postgres, ..)`",
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

/// The columns of a `CREATE TABLE` as the server writes it: what begins with a name in quotes is a column.
fn columns(created: &str) -> Vec<Definition> {
    let Some((_, body)) = created.split_once('(') else {
        return Vec::new();
    };
    let mut columns = Vec::new();
    let mut rest = body;
    loop {
        let words = words(&mut rest);
        let ended = rest.is_empty() || rest.starts_with(')');
        if let Some(column) = definition(&words) {
            columns.push(column);
        }
        match rest.strip_prefix(',') {
            Some(next) if !ended => rest = next,
            Some(_) | None => return columns,
        }
    }
}

fn definition(words: &[&str]) -> Option<Definition> {
    let (first, rest) = words.split_first()?;
    let quote = first.chars().next().filter(|first| ['`', '"'].contains(first))?;
    let inner = first.get(1..first.len().checked_sub(1)?)?;
    let name = inner.replace(&format!("{quote}{quote}"), &quote.to_string());
    let mut clauses: Vec<Clause> = Vec::new();
    for (at, word) in rest.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| rest.get(at)).copied();
        // `NOT NULL` is one, and so are `DEFAULT NULL` and `GENERATED ALWAYS AS`.
        let goes_on = matches!(
            (before, *word),
            (Some("NOT" | "DEFAULT"), "NULL") | (Some("ALWAYS"), "AS")
        );
        let kind = Kind::begun_by(word).filter(|_| !goes_on);
        match (kind, clauses.last_mut()) {
            (None, Some(last)) => {
                last.text.push(' ');
                last.text.push_str(word);
            }
            (kind, _) => clauses.push(Clause {
                kind: kind.unwrap_or(Kind::Type),
                text: (*word).to_owned(),
            }),
        }
    }
    Some(Definition { name, clauses })
}

/// Takes words up to a comma or parenthesis that ends the definition. A word goes on through quotes, parentheses and
/// comments.
fn words<'t>(rest: &mut &'t str) -> Vec<&'t str> {
    let mut words = Vec::new();
    loop {
        *rest = rest.trim_start();
        let length = word(rest);
        if length == 0 {
            return words;
        }
        let (word, after) = rest.split_at(length);
        words.push(word);
        *rest = after;
    }
}

fn word(text: &str) -> usize {
    if text.starts_with("/*") {
        return text.find("*/").map_or(text.len(), |end| end + 2);
    }
    let mut depth = 0_usize;
    let mut characters = text.char_indices();
    while let Some((at, character)) = characters.next() {
        match character {
            '\'' | '"' | '`' => {
                // Twice the quote is two texts next to each other, and ends where one does.
                while let Some((_, inner)) = characters.next() {
                    if inner == '\\' && character != '`' {
                        characters.next();
                    } else if inner == character {
                        break;
                    }
                }
            }
            '(' => depth += 1,
            ')' if depth == 0 => return at,
            ')' => depth -= 1,
            ',' if depth == 0 => return at,
            _ if character.is_whitespace() && depth == 0 => return at,
            _ => {}
        }
    }
    text.len()
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
        MODIFY COLUMN `A,B` VARCHAR(99) CHARACTER SET latin1 COLLATE latin1_bin NULL DEFAULT 'it''s, (' COMMENT 'a \\'', DEFAULT'
        CHANGE COLUMN `a,b` `c` BIGINT NULL COMMENT 'a \\'', DEFAULT'
        MODIFY COLUMN `c` BIGINT NULL
        MODIFY COLUMN `j` longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL CHECK (json_valid(`j`))
        CHANGE COLUMN `j` `k` VARCHAR(9) NOT NULL
        MODIFY COLUMN `at` datetime(6) NOT NULL DEFAULT current_timestamp(6) ON UPDATE current_timestamp(6)
        MODIFY COLUMN `i` decimal(10,2) unsigned COLLATE `utf8mb4_bin` NOT NULL DEFAULT 0.00 /*!80023 INVISIBLE */
        MODIFY COLUMN `id` BIGINT NOT NULL AUTO_INCREMENT
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
