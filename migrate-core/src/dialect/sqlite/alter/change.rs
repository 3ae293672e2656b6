//! A column that changes: its type, what it may hold, where its values come from, its name.

use super::Draft;
use crate::dialect::sql::Writer;
use crate::dialect::sqlite::definition::{Definition, Rule};
use crate::dialect::sqlite::{Sqlite, ddl as own, rebuild};
use crate::dialect::{Unsupported, ddl};
use crate::operation::{AlterColumn, Setting};
use crate::schema::Type;

/// What no column can get, and what cannot be written.
pub(super) fn check(dialect: &Sqlite, alter: &AlterColumn) -> Result<(), Unsupported> {
    ddl::check_alter_column(dialect, alter)?;
    if alter.comment.is_some() {
        return Err(own::no_comments(dialect, "a column's comment"));
    }
    let mut writer = Writer::new(dialect);
    if alter.identity.is_some() {
        own::refuse_identity(&mut writer, &alter.column);
    }
    if let Some(ty) = &alter.ty {
        writer.ty(ty);
    }
    if let Some(Setting::Set(default)) = &alter.server_default {
        writer.expression(default);
    }
    for name in [&alter.collation, &alter.rename].into_iter().flatten() {
        writer.name(name);
    }
    writer.finish().map(drop)
}

impl Draft<'_> {
    pub(super) fn alter_column(&mut self, alter: &AlterColumn) -> Result<(), Unsupported> {
        check(self.dialect, alter)?;
        let AlterColumn {
            table: _,
            column,
            ty,
            using,
            nullable,
            server_default,
            identity: _,
            generated,
            autoincrement,
            collation,
            comment: _,
            rename,
        } = alter;
        self.check_column(column)?;
        let mut writer = Writer::new(self.dialect);
        let mut definition = self.definition.clone();
        if let Some(ty) = ty {
            let row_id = *autoincrement != Some(false);
            definition = self.with_type(&definition, column, ty, row_id)?;
        }
        if let Some(autoincrement) = autoincrement {
            definition = self.with_autoincrement(&definition, column, *autoincrement)?;
            self.numbering.retain(|other| !other.eq_ignore_ascii_case(column));
            if *autoincrement {
                self.numbering.push(column.clone());
            }
        }
        if let Some(collation) = collation {
            writer.raw("COLLATE ").name(collation);
            let text = writer.finish()?.sql;
            definition = self.with_only(&definition, column, &text, |rule| {
                matches!(rule, Rule::Collate(_))
            })?;
        }
        if let Some(setting) = generated {
            if let Setting::Set(generated) = setting {
                own::generated_always(&mut writer, generated);
            }
            let text = writer.finish()?.sql;
            definition = self.with_only(&definition, column, &text, |rule| {
                matches!(rule, Rule::Generated(..))
            })?;
        }
        if let Some(setting) = server_default {
            if let Setting::Set(default) = setting {
                writer.raw("DEFAULT ").expression(default);
            }
            let text = writer.finish()?.sql;
            definition = self.with_only(&definition, column, &text, |rule| {
                matches!(rule, Rule::Default(_))
            })?;
        }
        if let Some(nullable) = nullable {
            definition = self.with_nullability(&definition, column, *nullable)?;
        }
        if let Some(expression) = using {
            self.check_using(column)?;
            self.using.push((column.clone(), expression.clone()));
        }
        self.rebuild |= definition != self.definition || using.is_some();
        self.definition = definition;
        if let Some(to) = rename {
            let statement = ddl::rename_column(self.dialect, &self.home(), column, to)?;
            self.native.push(statement.clone());
            self.after.push(statement);
            self.renamed = Some(column.clone());
        }
        Ok(())
    }

    /// With this text in a column's definition, if there is any, in the place of what was there of its kind.
    fn with_only(
        &self,
        definition: &Definition,
        column: &str,
        text: &str,
        kind: impl Fn(&Rule) -> bool,
    ) -> Result<Definition, Unsupported> {
        let edited = self.understood(definition.without_clauses(column, |clause| kind(&clause.rule)))?;
        if text.is_empty() {
            return Ok(edited);
        }
        self.understood(edited.with_clause(column, text))
    }

    /// The row id numbers the rows by itself, and so does what is made one; `AUTOINCREMENT` only keeps it from giving
    /// a number twice.
    fn with_autoincrement(
        &self,
        definition: &Definition,
        column: &str,
        autoincrement: bool,
    ) -> Result<Definition, Unsupported> {
        let is_row_id = definition
            .row_id()
            .is_some_and(|row_id| row_id.name.eq_ignore_ascii_case(column));
        match (autoincrement, is_row_id) {
            (true, true) | (false, false) => Ok(definition.clone()),
            (false, true) => Err(self.refused(
                format!("`drop_autoincrement` for `{column}`, which is the row id"),
                "give it another type as well, as `.set_type(bigint())`: an INTEGER that is the primary key is the row id",
            )),
            // Whether it becomes the row id is known when all is done: its key may come only now.
            (true, false) => self.understood(definition.with_type(column, "INTEGER")),
        }
    }

    /// The row id is an `INTEGER`, whatever its size. An enumeration is text that a check keeps to its values, and
    /// which comes and goes with the type.
    fn with_type(
        &self,
        definition: &Definition,
        column: &str,
        ty: &Type,
        keep_row_id: bool,
    ) -> Result<Definition, Unsupported> {
        let is_row_id = definition
            .row_id()
            .is_some_and(|row_id| row_id.name.eq_ignore_ascii_case(column));
        if keep_row_id && is_row_id && matches!(ty, Type::SmallInt | Type::Integer | Type::BigInt) {
            return Ok(definition.clone());
        }
        let before = definition.column(column);
        let edited = self.understood(definition.without_clauses(column, |clause| {
            before.is_some_and(|column| definition.enumerated(column, clause).is_some())
        }))?;
        let text = Writer::new(self.dialect).ty(ty).finish()?.sql;
        let edited = self.understood(edited.with_type(column, &text))?;
        let mut writer = Writer::new(self.dialect);
        own::enumeration_check(&mut writer, self.table, column, ty);
        match writer.finish()?.sql.trim() {
            "" => Ok(edited),
            check => self.understood(edited.with_clause(column, check)),
        }
    }

    fn with_nullability(
        &self,
        definition: &Definition,
        column: &str,
        nullable: bool,
    ) -> Result<Definition, Unsupported> {
        let has = |definition: &Definition| {
            let column = definition.column(column);
            column.is_some_and(|column| column.clauses.iter().any(|clause| clause.rule == Rule::NotNull))
        };
        let unwanted = if nullable { Rule::NotNull } else { Rule::Null };
        let edited = self.understood(definition.without_clauses(column, |clause| clause.rule == unwanted))?;
        if nullable || has(&edited) {
            return Ok(edited);
        }
        self.understood(edited.with_clause(column, "NOT NULL"))
    }

    fn check_using(&self, column: &str) -> Result<(), Unsupported> {
        let generated = self.definition.column(column).is_some_and(rebuild::is_generated);
        let twice = self.using.iter().any(|(of, _)| of.eq_ignore_ascii_case(column));
        if generated {
            return Err(self.refused(
                format!("`using` for the generated column `{column}`"),
                "leave it out: its values come from its expression",
            ));
        }
        if twice {
            return Err(self.refused(
                format!("`using` twice for the column `{column}`"),
                "say in one expression what becomes of its values",
            ));
        }
        Ok(())
    }
}
