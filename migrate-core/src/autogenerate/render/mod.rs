//! From operations to the Rust that records them.
//!
//! What is rendered compiles in a migration file that imports the prelude, and records the same operations again. How
//! long a line is, is rustfmt's business.

pub(super) mod column;
pub(super) mod constraint;
pub(super) mod literal;
mod object;
pub(super) mod table;

use crate::operation::Operation;

/// The statements of `fn upgrade(op: &mut Op)` that record this operation. There are none for an author's own SQL, for
/// rows and for data steps, which nobody finds by comparing.
///
/// ```
/// use migrate_core::autogenerate::render;
/// use migrate_core::prelude::*;
///
/// let mut op = Op::new();
/// op.add_column("users", "it's \"new\"", varchar(40)).not_null().server_default("a\nb");
/// let rendered = op.finish().iter().flat_map(|recorded| render(&recorded.operation)).collect::<Vec<_>>();
/// assert_eq!(
///     rendered,
///     [r#"op.add_column("users", "it's \"new\"", varchar(40)).not_null().server_default("a\nb");"#]
/// );
/// ```
#[must_use]
pub fn render(operation: &Operation) -> Vec<String> {
    let one = match operation {
        Operation::CreateSchema(create) => {
            let if_not_exists = if create.if_not_exists {
                ".if_not_exists()"
            } else {
                ""
            };
            format!(
                "op.create_schema({}){if_not_exists};",
                literal::text(&create.name)
            )
        }
        Operation::DropSchema(drop) => format!(
            "op.drop_schema({}){}{};",
            literal::text(&drop.name),
            if drop.if_exists { ".if_exists()" } else { "" },
            if drop.cascade { ".cascade()" } else { "" },
        ),
        Operation::CreateTable(create) => table::create(create),
        Operation::DropTable(drop) => table::drop(drop),
        Operation::RenameTable(rename) => table::rename(rename),
        Operation::CommentTable(comment) => table::comment(comment),
        Operation::AddColumn(add) => return column::add(add),
        Operation::DropColumn(drop) => column::drop(drop),
        Operation::AlterColumn(alter) => column::alter(alter),
        Operation::CreateIndex(create) => table::create_index(create),
        Operation::RenameIndex(rename) => table::rename_index(rename),
        Operation::DropIndex(drop) => table::drop_index(drop),
        Operation::AddConstraint(add) => constraint::add(add),
        Operation::ValidateConstraint(validate) => format!(
            "op.validate_constraint({}, {});",
            literal::text(&validate.name),
            literal::name(&validate.table)
        ),
        Operation::RenameConstraint(rename) => constraint::rename(rename),
        Operation::DropConstraint(drop) => constraint::drop(drop),
        Operation::CreateEnum(create) => {
            format!("op.create_enum({});", literal::enumeration(&create.enumeration))
        }
        Operation::AddEnumValue(add) => object::add_enum_value(add),
        Operation::RenameEnumValue(rename) => format!(
            "op.rename_enum_value({}, {}, {});",
            literal::name(&rename.name),
            literal::text(&rename.value),
            literal::text(&rename.to)
        ),
        Operation::DropEnum(drop) => object::drop("drop_enum", &literal::name(&drop.name), drop.if_exists),
        Operation::CreateSequence(create) => object::create_sequence(create),
        Operation::AlterSequence(alter) => object::alter_sequence(alter),
        Operation::DropSequence(drop) => {
            object::drop("drop_sequence", &literal::name(&drop.name), drop.if_exists)
        }
        Operation::CreateView(create) => object::create_view(create),
        Operation::DropView(drop) => object::drop_view(drop),
        Operation::CreateTrigger(create) => object::create_trigger(create),
        Operation::DropTrigger(drop) => {
            let subject = format!("{}, {}", literal::text(&drop.name), literal::name(&drop.table));
            object::drop("drop_trigger", &subject, drop.if_exists)
        }
        Operation::CreateFunction(create) => object::create_function(create),
        Operation::DropFunction(drop) => {
            let subject = format!(
                "{}, {}",
                literal::name(&drop.name),
                literal::text(&drop.arguments)
            );
            object::drop("drop_function", &subject, drop.if_exists)
        }
        Operation::CreateExtension(create) => object::create_extension(create),
        Operation::DropExtension(drop) => object::drop_extension(drop),
        Operation::Execute(_)
        | Operation::BulkInsert(_)
        | Operation::DeleteRows(_)
        | Operation::Backfill(_)
        | Operation::Run(_) => return Vec::new(),
    };
    vec![one]
}
