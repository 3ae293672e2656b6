//! An author's own SQL, as operations: what `op.execute("ALTER TABLE ..")` does to tables.
//!
//! sqlparser reads the text; what is made of it is the business of the files here, one for each kind of thing. A
//! statement is understood altogether or not at all: an option that no operation has makes it one that is not.

mod column;
mod constraint;
mod index;
mod object;
mod table;

use sqlparser::ast::{Ident, ObjectName, ObjectNamePart, Statement};
use sqlparser::parser::Parser;

use crate::operation::Operation;
use crate::schema::{ConstraintKind, Expression, Metadata, QualifiedName, Type};

/// What is different from database to database.
pub(crate) struct Grammar {
    /// The language.
    pub(crate) language: &'static dyn sqlparser::dialect::Dialect,
    /// What an unquoted name means.
    pub(crate) unquoted: fn(&str) -> String,
    /// The type that a spelling is.
    pub(crate) ty: fn(&str) -> Type,
    /// The default that a text is in a column of a type.
    pub(crate) default: fn(&str, &Type) -> Expression,
    /// What a constraint is called that is given no name.
    pub(crate) unnamed: fn(&Unnamed<'_>) -> String,
    /// Whether `SERIAL` is a type.
    pub(crate) serial: bool,
    /// Whether a key of the type `INTEGER` numbers the rows.
    pub(crate) row_ids: bool,
}

/// A constraint that is given no name.
pub(crate) struct Unnamed<'a> {
    pub(crate) table: &'a str,
    pub(crate) kind: ConstraintKind,
    pub(crate) columns: &'a [String],
    /// The table that a foreign key points to.
    pub(crate) referent: &'a str,
    /// The column in whose definition it stands.
    pub(crate) within: Option<&'a str>,
    /// How many checks the table has before it.
    pub(crate) checks: usize,
    /// How many others are called the same but for a number.
    pub(crate) before: usize,
}

/// What one statement does to what models describe: nothing, for one about rows, rights or views. `None` where it is not
/// understood.
pub(crate) fn operations(grammar: &Grammar, sql: &str, known: &Metadata) -> Option<Vec<Operation>> {
    let mut statements = Parser::parse_sql(grammar.language, sql).ok()?;
    let reader = Reader { grammar, known };
    let statement = statements.pop()?;
    if statements.is_empty() {
        reader.statement(&statement)
    } else {
        None
    }
}

/// Reads statements.
struct Reader<'a> {
    grammar: &'a Grammar,
    /// What there is before them.
    known: &'a Metadata,
}

impl Reader<'_> {
    fn statement(&self, statement: &Statement) -> Option<Vec<Operation>> {
        if let Statement::CreateTable(create) = statement {
            self.create_table(create)
        } else if let Statement::AlterTable(alter) = statement {
            self.alter_table(alter)
        } else if let Statement::CreateIndex(create) = statement {
            Some(vec![self.create_index(create)?])
        } else if let Statement::CreateType { name, representation } = statement {
            self.create_type(name, representation.as_ref())
        } else if let Statement::AlterType(alter) = statement {
            Some(vec![self.alter_type(alter)?])
        } else if let Statement::Drop { .. } = statement {
            self.drop(statement)
        } else if let Statement::Comment { .. } = statement {
            self.comment(statement)
        } else {
            leaves_tables_alone(statement).then(Vec::new)
        }
    }

    /// A name of one word.
    fn ident(&self, ident: &Ident) -> String {
        if ident.quote_style.is_some() {
            ident.value.clone()
        } else {
            (self.grammar.unquoted)(&ident.value)
        }
    }

    fn idents(&self, idents: &[Ident]) -> Vec<String> {
        idents.iter().map(|ident| self.ident(ident)).collect()
    }

    fn parts(&self, name: &ObjectName) -> Option<Vec<String>> {
        let part = |part: &ObjectNamePart| match part {
            ObjectNamePart::Identifier(ident) => Some(self.ident(ident)),
            ObjectNamePart::Function(_) => None,
        };
        name.0.iter().map(part).collect()
    }

    /// A name that may stand in a schema.
    fn name(&self, name: &ObjectName) -> Option<QualifiedName> {
        match self.parts(name)?.as_slice() {
            [name] => Some(name.as_str().into()),
            [schema, name] => Some(crate::schema::qualified(schema, name)),
            _ => None,
        }
    }
}

/// Whether a statement is about rows, rights, settings, or what models need not describe.
fn leaves_tables_alone(statement: &Statement) -> bool {
    matches!(
        statement,
        Statement::Insert(_)
            | Statement::Update(_)
            | Statement::Delete(_)
            | Statement::Query(_)
            | Statement::Truncate(_)
            | Statement::Analyze(_)
            | Statement::Vacuum(_)
            | Statement::Set(_)
            | Statement::Pragma { .. }
            | Statement::Grant(_)
            | Statement::Revoke(_)
            | Statement::CreateView(_)
            | Statement::CreateTrigger(_)
            | Statement::DropTrigger(_)
            | Statement::CreateFunction(_)
            | Statement::DropFunction(_)
            | Statement::CreateExtension(_)
            | Statement::DropExtension(_)
            | Statement::CreateSequence { .. }
            | Statement::CreateSchema { .. }
            | Statement::CreateRole(_)
            | Statement::CreatePolicy(_)
            | Statement::DropPolicy(_)
    )
}
