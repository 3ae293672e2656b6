//! A column's definition, and the constraints that stand in it.

use sqlparser::ast::{ColumnDef, ColumnOption, ColumnOptionDef, DataType, Expr, GeneratedAs};

use super::Reader;
use super::constraint::Named;
use crate::schema::{Column, Constraint, Counting, Expression, Generated, Identity, QualifiedName, Type};

impl Reader<'_> {
    /// The column, and what its definition says of the table.
    pub(super) fn column(
        &self,
        table: &QualifiedName,
        definition: &ColumnDef,
        named: &mut Named<'_>,
    ) -> Option<(Column, Vec<Constraint>)> {
        let mut column = Column::new(self.ident(&definition.name), Type::Text);
        let spelling = definition.data_type.to_string();
        match spelling.to_ascii_uppercase().as_str() {
            serial @ ("SERIAL" | "BIGSERIAL" | "SMALLSERIAL") if self.grammar.serial => {
                column.ty = match serial {
                    "SERIAL" => Type::Integer,
                    "BIGSERIAL" => Type::BigInt,
                    _ => Type::SmallInt,
                };
                (column.autoincrement, column.nullable) = (true, false);
            }
            _ => column.ty = self.ty(&definition.data_type),
        }
        let mut constraints = Vec::new();
        named.within = Some(column.name.clone());
        for option in &definition.options {
            constraints.extend(self.option(table, &mut column, option, named)?);
        }
        named.within = None;
        let in_key = constraints
            .iter()
            .any(|constraint| matches!(constraint, Constraint::PrimaryKey(_)));
        if in_key {
            column.nullable = false;
            column.autoincrement |= self.grammar.row_ids && spelling.eq_ignore_ascii_case("integer");
        }
        Some((column, constraints))
    }

    /// The type that a text is; one that the database knows as an enum type is that.
    pub(super) fn ty(&self, ty: &DataType) -> Type {
        let ty = (self.grammar.ty)(&ty.to_string());
        if let Type::Custom(name) = &ty {
            let plain = name.replace('"', "");
            let mut enumerations = self.known.enumerations.values();
            if let Some(found) = enumerations.find(|it| it.name.to_string() == plain) {
                return Type::Enumeration(found.as_ref().clone().existing());
            }
        }
        ty
    }

    pub(super) fn default(&self, value: &Expr, ty: &Type) -> Expression {
        (self.grammar.default)(&value.to_string(), ty)
    }

    fn option(
        &self,
        table: &QualifiedName,
        column: &mut Column,
        option: &ColumnOptionDef,
        named: &mut Named<'_>,
    ) -> Option<Option<Constraint>> {
        let name = option.name.as_ref().map(|name| self.ident(name));
        let own = std::slice::from_ref(&column.name);
        if let ColumnOption::Null = &option.option {
            column.nullable = true;
        } else if let ColumnOption::NotNull = &option.option {
            column.nullable = false;
        } else if let ColumnOption::Default(value) = &option.option {
            column.server_default = Some(self.default(value, &column.ty));
        } else if let ColumnOption::Comment(comment) = &option.option {
            column.comment = Some(comment.clone());
        } else if let ColumnOption::Collation(collation) = &option.option {
            column.collation = Some(self.name(collation)?.name);
        } else if let ColumnOption::PrimaryKey(key) = &option.option {
            return Some(Some(self.primary_key(
                table,
                own,
                name,
                key.characteristics.as_ref(),
                named,
            )?));
        } else if let ColumnOption::Unique(unique) = &option.option {
            return Some(Some(self.unique(table, own, name, unique, named)?));
        } else if let ColumnOption::ForeignKey(key) = &option.option {
            return Some(Some(self.foreign_key(table, own, name, key, named)?));
        } else if let ColumnOption::Check(check) = &option.option {
            return Some(Some(self.check(table, name, check, named)?));
        } else if let ColumnOption::Generated {
            generation_expr: Some(expression),
            generation_expr_mode,
            ..
        } = &option.option
        {
            column.generated = Some(Generated {
                expression: expression.to_string(),
                stored: *generation_expr_mode == Some(sqlparser::ast::GeneratedExpressionMode::Stored),
            });
        } else if let ColumnOption::Generated {
            generated_as: generated_as @ (GeneratedAs::Always | GeneratedAs::ByDefault),
            sequence_options: Some(options),
            generation_expr: None,
            ..
        } = &option.option
            && options.is_empty()
        {
            column.nullable = false;
            column.identity = Some(Identity {
                always: *generated_as == GeneratedAs::Always,
                counting: Counting::default(),
            });
        } else if let ColumnOption::DialectSpecific(words) = &option.option {
            let words: Vec<String> = words
                .iter()
                .map(|word| word.to_string().to_ascii_uppercase())
                .collect();
            if !matches!(words.join(" ").as_str(), "AUTO_INCREMENT" | "AUTOINCREMENT") {
                return None;
            }
            column.autoincrement = true;
        } else {
            return None;
        }
        Some(None)
    }
}
