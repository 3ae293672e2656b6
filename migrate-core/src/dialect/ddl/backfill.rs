//! A backfill: all rows in one statement, or a walk along a key, batch by batch.
//!
//! A batch is what lies between two keys: which rows there were when it was looked for does not matter, and no row is in
//! two of them. Columns of the key are named with their table, so that no name of an answer's column is meant.

use crate::dialect::sql::Writer;
use crate::dialect::{Dialect, Statement, Unsupported, authored};
use crate::operation::Backfill;
use crate::schema::Expression;

/// All rows in one statement.
pub(crate) fn backfill(dialect: &dyn Dialect, backfill: &Backfill) -> Result<Statement, Unsupported> {
    let mut writer = update(dialect, backfill);
    filtered(&mut writer, backfill, &[]);
    writer.finish()
}

/// A walk along a key of its table.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Walk<'b> {
    /// What is filled.
    pub(crate) backfill: &'b Backfill,
    /// The columns of the key; at least one.
    pub(crate) key: &'b [String],
}

impl Walk<'_> {
    /// A query for how many rows there are to fill, and how many of them hold something in each column of the key.
    pub(crate) fn count(&self, dialect: &dyn Dialect) -> Result<Statement, Unsupported> {
        let mut writer = Writer::new(dialect);
        writer.raw("SELECT count(*)");
        for column in self.columns(dialect) {
            writer.raw(", count(").raw(&column).raw(")");
        }
        writer.raw(" FROM ").qualified(&self.backfill.table);
        filtered(&mut writer, self.backfill, &[]);
        writer.finish()
    }

    /// A query for the key that ends a batch of this many rows behind a key, or at the beginning; no row where there are
    /// fewer.
    pub(crate) fn end(
        &self,
        dialect: &dyn Dialect,
        after: Option<&[Expression]>,
    ) -> Result<Statement, Unsupported> {
        let columns = self.columns(dialect);
        let conditions = self.between(dialect, after, None)?;
        let mut writer = Writer::new(dialect);
        writer
            .raw("SELECT ")
            .list(&columns, |writer, column| {
                writer.raw(&dialect.key_value(column));
            })
            .raw(" FROM ")
            .qualified(&self.backfill.table);
        filtered(&mut writer, self.backfill, &conditions);
        writer.raw(" ORDER BY ").raw(&columns.join(", "));
        let before_it = self.backfill.batch.saturating_sub(1);
        writer.raw(&format!(" LIMIT 1 OFFSET {before_it}")).finish()
    }

    /// The statement that fills what lies behind a key, or at the beginning, up to another one, or to the end.
    pub(crate) fn batch(
        &self,
        dialect: &dyn Dialect,
        after: Option<&[Expression]>,
        up_to: Option<&[Expression]>,
    ) -> Result<Statement, Unsupported> {
        let conditions = self.between(dialect, after, up_to)?;
        let mut writer = update(dialect, self.backfill);
        filtered(&mut writer, self.backfill, &conditions);
        writer.finish()
    }

    /// The columns of the key, quoted.
    fn columns(&self, dialect: &dyn Dialect) -> Vec<String> {
        let table = dialect.identifier(&self.backfill.table.name);
        let columns = self.key.iter();
        columns
            .map(|column| format!("{table}.{}", dialect.identifier(column)))
            .collect()
    }

    fn between(
        &self,
        dialect: &dyn Dialect,
        after: Option<&[Expression]>,
        up_to: Option<&[Expression]>,
    ) -> Result<Vec<String>, Unsupported> {
        let columns = self.columns(dialect);
        let mut conditions = Vec::new();
        if let Some(key) = after {
            conditions.push(dialect.key_after(&columns, &literals(dialect, key)?));
        }
        if let Some(key) = up_to {
            conditions.push(dialect.key_up_to(&columns, &literals(dialect, key)?));
        }
        Ok(conditions)
    }
}

/// What a database told of a key, as literals: whatever stands in there, it ends where it should.
fn literals(dialect: &dyn Dialect, key: &[Expression]) -> Result<Vec<String>, Unsupported> {
    let literal = |value: &Expression| {
        let mut writer = Writer::new(dialect);
        writer.expression(value).finish().map(|statement| statement.sql)
    };
    key.iter().map(literal).collect()
}

fn update<'d>(dialect: &'d dyn Dialect, backfill: &Backfill) -> Writer<'d> {
    let mut writer = Writer::new(dialect);
    if backfill.set.is_empty() {
        writer.refuse("a backfill of no column", "name the column, and what fills it");
    }
    if backfill.batch == 0 {
        writer.refuse(
            "batches of no rows",
            "say how many by `.batch(..)`, or leave that out",
        );
    }
    for (position, (column, _)) in backfill.set.iter().enumerate() {
        if backfill.by.contains(column) {
            writer.refuse(
                format!("a backfill of `{column}` along `{column}`"),
                "name a key by `.by(..)` that the backfill leaves as it is",
            );
        }
        if backfill.set[..position].iter().any(|(other, _)| other == column) {
            writer.refuse(format!("filling `{column}` twice"), "say once what fills it");
        }
    }
    writer.raw("UPDATE ").qualified(&backfill.table).raw(" SET ");
    writer.list(&backfill.set, |writer, (column, value)| {
        writer.name(column).raw(" = ").expression(value);
    });
    writer
}

/// The condition of the backfill, and others.
fn filtered(writer: &mut Writer<'_>, backfill: &Backfill, conditions: &[String]) {
    let mut word = " WHERE ";
    for condition in conditions {
        writer.raw(word).raw(condition);
        word = " AND ";
    }
    if let Some(filter) = &backfill.filter {
        if authored::is_unterminated(writer.dialect.syntax(), filter) {
            writer.refuse(
                "a condition that ends inside of quotes or a comment",
                "close what is open, or it swallows what follows",
            );
        }
        writer.raw(word).parenthesised(filter);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dialect::for_scheme;
    use crate::operation::{Op, Operation};
    use crate::prelude::{qualified, sql};

    fn recorded(record: impl FnOnce(&mut Op)) -> Backfill {
        let mut op = Op::new();
        record(&mut op);
        match op.finish().pop().map(|recorded| recorded.operation) {
            Some(Operation::Backfill(backfill)) => backfill,
            other => panic!("{other:?}"),
        }
    }

    /// The statements of a walk that has come to `after`, and whose batch ends at `up_to`.
    fn walked(backfill: &Backfill, key: &[&str], after: &[Expression], up_to: &[Expression]) -> String {
        let key: Vec<String> = key.iter().map(ToString::to_string).collect();
        let walk = Walk { backfill, key: &key };
        let lines = ["postgres", "sqlite", "mysql"].map(|scheme| {
            let dialect = for_scheme(scheme).unwrap();
            let statements = [
                walk.count(dialect),
                walk.end(dialect, None),
                walk.batch(dialect, None, Some(up_to)),
                walk.end(dialect, Some(after)),
                walk.batch(dialect, Some(after), Some(up_to)),
                walk.batch(dialect, Some(after), None),
            ];
            let lines = statements.map(|statement| {
                let told = statement.map_or_else(|refused| refused.to_string(), |statement| statement.sql);
                assert!(dialect.is_single(&told), "{told}");
                told
            });
            format!("-- {scheme}\n{}\n", lines.join("\n"))
        });
        lines.concat()
    }

    #[test]
    fn a_walk_goes_from_key_to_key() {
        let backfill = recorded(|op| {
            op.backfill("users", "full_name", sql("first_name || last_name"))
                .set("plan", "free")
                .where_("full_name IS NULL")
                .batch(500);
        });
        let (after, up_to) = ([Expression::Integer(-7)], [Expression::Integer(500)]);
        insta::assert_snapshot!(walked(&backfill, &["id"], &after, &up_to), @r#"
        -- postgres
        SELECT count(*), count("users"."id") FROM "users" WHERE (full_name IS NULL)
        SELECT "users"."id"::text FROM "users" WHERE (full_name IS NULL) ORDER BY "users"."id" LIMIT 1 OFFSET 499
        UPDATE "users" SET "full_name" = (first_name || last_name), "plan" = 'free' WHERE "users"."id" <= 500 AND (full_name IS NULL)
        SELECT "users"."id"::text FROM "users" WHERE "users"."id" > -7 AND (full_name IS NULL) ORDER BY "users"."id" LIMIT 1 OFFSET 499
        UPDATE "users" SET "full_name" = (first_name || last_name), "plan" = 'free' WHERE "users"."id" > -7 AND "users"."id" <= 500 AND (full_name IS NULL)
        UPDATE "users" SET "full_name" = (first_name || last_name), "plan" = 'free' WHERE "users"."id" > -7 AND (full_name IS NULL)
        -- sqlite
        SELECT count(*), count("users"."id") FROM "users" WHERE (full_name IS NULL)
        SELECT "users"."id" FROM "users" WHERE (full_name IS NULL) ORDER BY "users"."id" LIMIT 1 OFFSET 499
        UPDATE "users" SET "full_name" = (first_name || last_name), "plan" = 'free' WHERE "users"."id" <= 500 AND (full_name IS NULL)
        SELECT "users"."id" FROM "users" WHERE "users"."id" > -7 AND (full_name IS NULL) ORDER BY "users"."id" LIMIT 1 OFFSET 499
        UPDATE "users" SET "full_name" = (first_name || last_name), "plan" = 'free' WHERE "users"."id" > -7 AND "users"."id" <= 500 AND (full_name IS NULL)
        UPDATE "users" SET "full_name" = (first_name || last_name), "plan" = 'free' WHERE "users"."id" > -7 AND (full_name IS NULL)
        -- mysql
        SELECT count(*), count(`users`.`id`) FROM `users` WHERE (full_name IS NULL)
        SELECT `users`.`id` FROM `users` WHERE (full_name IS NULL) ORDER BY `users`.`id` LIMIT 1 OFFSET 499
        UPDATE `users` SET `full_name` = (first_name || last_name), `plan` = 'free' WHERE `users`.`id` <= 500 AND (full_name IS NULL)
        SELECT `users`.`id` FROM `users` WHERE `users`.`id` > -7 AND (full_name IS NULL) ORDER BY `users`.`id` LIMIT 1 OFFSET 499
        UPDATE `users` SET `full_name` = (first_name || last_name), `plan` = 'free' WHERE `users`.`id` > -7 AND `users`.`id` <= 500 AND (full_name IS NULL)
        UPDATE `users` SET `full_name` = (first_name || last_name), `plan` = 'free' WHERE `users`.`id` > -7 AND (full_name IS NULL)
        "#);
    }

    #[test]
    fn a_key_of_several_columns_is_compared_by_what_an_index_serves() {
        let backfill = recorded(|op| {
            op.backfill(qualified("shop", "orders"), "total", 0);
        });
        let (after, up_to) = (
            [
                Expression::Text("7".into()),
                Expression::Integer(1),
                Expression::Integer(2),
            ],
            [
                Expression::Text("8".into()),
                Expression::Integer(3),
                Expression::Integer(4),
            ],
        );
        insta::assert_snapshot!(walked(&backfill, &["tenant", "day", "no"], &after, &up_to), @r#"
        -- postgres
        SELECT count(*), count("orders"."tenant"), count("orders"."day"), count("orders"."no") FROM "shop"."orders"
        SELECT "orders"."tenant"::text, "orders"."day"::text, "orders"."no"::text FROM "shop"."orders" ORDER BY "orders"."tenant", "orders"."day", "orders"."no" LIMIT 1 OFFSET 999
        UPDATE "shop"."orders" SET "total" = 0 WHERE ("orders"."tenant", "orders"."day", "orders"."no") <= ('8', 3, 4)
        SELECT "orders"."tenant"::text, "orders"."day"::text, "orders"."no"::text FROM "shop"."orders" WHERE ("orders"."tenant", "orders"."day", "orders"."no") > ('7', 1, 2) ORDER BY "orders"."tenant", "orders"."day", "orders"."no" LIMIT 1 OFFSET 999
        UPDATE "shop"."orders" SET "total" = 0 WHERE ("orders"."tenant", "orders"."day", "orders"."no") > ('7', 1, 2) AND ("orders"."tenant", "orders"."day", "orders"."no") <= ('8', 3, 4)
        UPDATE "shop"."orders" SET "total" = 0 WHERE ("orders"."tenant", "orders"."day", "orders"."no") > ('7', 1, 2)
        -- sqlite
        SELECT count(*), count("orders"."tenant"), count("orders"."day"), count("orders"."no") FROM "shop"."orders"
        SELECT "orders"."tenant", "orders"."day", "orders"."no" FROM "shop"."orders" ORDER BY "orders"."tenant", "orders"."day", "orders"."no" LIMIT 1 OFFSET 999
        UPDATE "shop"."orders" SET "total" = 0 WHERE ("orders"."tenant", "orders"."day", "orders"."no") <= ('8', 3, 4)
        SELECT "orders"."tenant", "orders"."day", "orders"."no" FROM "shop"."orders" WHERE ("orders"."tenant", "orders"."day", "orders"."no") > ('7', 1, 2) ORDER BY "orders"."tenant", "orders"."day", "orders"."no" LIMIT 1 OFFSET 999
        UPDATE "shop"."orders" SET "total" = 0 WHERE ("orders"."tenant", "orders"."day", "orders"."no") > ('7', 1, 2) AND ("orders"."tenant", "orders"."day", "orders"."no") <= ('8', 3, 4)
        UPDATE "shop"."orders" SET "total" = 0 WHERE ("orders"."tenant", "orders"."day", "orders"."no") > ('7', 1, 2)
        -- mysql
        SELECT count(*), count(`orders`.`tenant`), count(`orders`.`day`), count(`orders`.`no`) FROM `shop`.`orders`
        SELECT `orders`.`tenant`, `orders`.`day`, `orders`.`no` FROM `shop`.`orders` ORDER BY `orders`.`tenant`, `orders`.`day`, `orders`.`no` LIMIT 1 OFFSET 999
        UPDATE `shop`.`orders` SET `total` = 0 WHERE `orders`.`tenant` <= '8' AND (`orders`.`tenant` < '8' OR (`orders`.`tenant` = '8' AND (`orders`.`day` < 3 OR (`orders`.`day` = 3 AND `orders`.`no` <= 4))))
        SELECT `orders`.`tenant`, `orders`.`day`, `orders`.`no` FROM `shop`.`orders` WHERE `orders`.`tenant` >= '7' AND (`orders`.`tenant` > '7' OR (`orders`.`tenant` = '7' AND (`orders`.`day` > 1 OR (`orders`.`day` = 1 AND `orders`.`no` > 2)))) ORDER BY `orders`.`tenant`, `orders`.`day`, `orders`.`no` LIMIT 1 OFFSET 999
        UPDATE `shop`.`orders` SET `total` = 0 WHERE `orders`.`tenant` >= '7' AND (`orders`.`tenant` > '7' OR (`orders`.`tenant` = '7' AND (`orders`.`day` > 1 OR (`orders`.`day` = 1 AND `orders`.`no` > 2)))) AND `orders`.`tenant` <= '8' AND (`orders`.`tenant` < '8' OR (`orders`.`tenant` = '8' AND (`orders`.`day` < 3 OR (`orders`.`day` = 3 AND `orders`.`no` <= 4))))
        UPDATE `shop`.`orders` SET `total` = 0 WHERE `orders`.`tenant` >= '7' AND (`orders`.`tenant` > '7' OR (`orders`.`tenant` = '7' AND (`orders`.`day` > 1 OR (`orders`.`day` = 1 AND `orders`.`no` > 2))))
        "#);
    }

    #[test]
    fn what_a_database_says_of_a_key_is_a_literal_whatever_it_is() {
        let backfill = recorded(|op| {
            op.backfill("a\"b`c", "x", 1).by(["k\"`"]);
        });
        let hostile = Expression::Text("'; DROP TABLE users; -- \\' \" ` $$ \r\n :a ?".into());
        insta::assert_snapshot!(walked(&backfill, &["k\"`"], &[hostile], &[Expression::Bytes(vec![0, 39])]), @r#"
        -- postgres
        SELECT count(*), count("a""b`c"."k""`") FROM "a""b`c"
        SELECT "a""b`c"."k""`"::text FROM "a""b`c" ORDER BY "a""b`c"."k""`" LIMIT 1 OFFSET 999
        UPDATE "a""b`c" SET "x" = 1 WHERE "a""b`c"."k""`" <= decode('0027', 'hex')
        SELECT "a""b`c"."k""`"::text FROM "a""b`c" WHERE "a""b`c"."k""`" > E'''; DROP TABLE users; -- \\'' " ` $$ 
         :a ?' ORDER BY "a""b`c"."k""`" LIMIT 1 OFFSET 999
        UPDATE "a""b`c" SET "x" = 1 WHERE "a""b`c"."k""`" > E'''; DROP TABLE users; -- \\'' " ` $$ 
         :a ?' AND "a""b`c"."k""`" <= decode('0027', 'hex')
        UPDATE "a""b`c" SET "x" = 1 WHERE "a""b`c"."k""`" > E'''; DROP TABLE users; -- \\'' " ` $$ 
         :a ?'
        -- sqlite
        SELECT count(*), count("a""b`c"."k""`") FROM "a""b`c"
        SELECT "a""b`c"."k""`" FROM "a""b`c" ORDER BY "a""b`c"."k""`" LIMIT 1 OFFSET 999
        UPDATE "a""b`c" SET "x" = 1 WHERE "a""b`c"."k""`" <= X'0027'
        SELECT "a""b`c"."k""`" FROM "a""b`c" WHERE "a""b`c"."k""`" > (CAST(X'273b2044524f50205441424c452075736572733b202d2d205c2720222060202424200d0a203a61203f' AS TEXT)) ORDER BY "a""b`c"."k""`" LIMIT 1 OFFSET 999
        UPDATE "a""b`c" SET "x" = 1 WHERE "a""b`c"."k""`" > (CAST(X'273b2044524f50205441424c452075736572733b202d2d205c2720222060202424200d0a203a61203f' AS TEXT)) AND "a""b`c"."k""`" <= X'0027'
        UPDATE "a""b`c" SET "x" = 1 WHERE "a""b`c"."k""`" > (CAST(X'273b2044524f50205441424c452075736572733b202d2d205c2720222060202424200d0a203a61203f' AS TEXT))
        -- mysql
        SELECT count(*), count(`a"b``c`.`k"```) FROM `a"b``c`
        SELECT `a"b``c`.`k"``` FROM `a"b``c` ORDER BY `a"b``c`.`k"``` LIMIT 1 OFFSET 999
        UPDATE `a"b``c` SET `x` = 1 WHERE `a"b``c`.`k"``` <= x'0027'
        SELECT `a"b``c`.`k"``` FROM `a"b``c` WHERE `a"b``c`.`k"``` > _utf8mb4 0x273b2044524f50205441424c452075736572733b202d2d205c2720222060202424200d0a203a61203f ORDER BY `a"b``c`.`k"``` LIMIT 1 OFFSET 999
        UPDATE `a"b``c` SET `x` = 1 WHERE `a"b``c`.`k"``` > _utf8mb4 0x273b2044524f50205441424c452075736572733b202d2d205c2720222060202424200d0a203a61203f AND `a"b``c`.`k"``` <= x'0027'
        UPDATE `a"b``c` SET `x` = 1 WHERE `a"b``c`.`k"``` > _utf8mb4 0x273b2044524f50205441424c452075736572733b202d2d205c2720222060202424200d0a203a61203f
        "#);
        let key = ["k".to_owned()];
        let walk = Walk {
            backfill: &backfill,
            key: &key,
        };
        for scheme in ["postgres", "sqlite", "mysql"] {
            let nul = [Expression::Text("\0".into())];
            assert!(walk.batch(for_scheme(scheme).unwrap(), Some(&nul), None).is_err());
        }
    }

    #[test]
    fn what_cannot_be_walked_is_refused() {
        let refused = |backfill: &Backfill| {
            let sqlite = for_scheme("sqlite").unwrap();
            super::backfill(sqlite, backfill).unwrap_err().operation
        };
        let mut backfills = vec![
            recorded(|op| {
                op.backfill("users", "id", 1).by(["id"]);
            }),
            recorded(|op| {
                op.backfill("users", "name", 1).set("name", 2);
            }),
            recorded(|op| {
                op.backfill("users", "name", 1).batch(0);
            }),
            recorded(|op| {
                op.backfill("users", "name", 1).where_("name = 'a");
            }),
        ];
        backfills.push(Backfill {
            set: Vec::new(),
            ..backfills[1].clone()
        });
        let refused: Vec<String> = backfills.iter().map(refused).collect();
        insta::assert_snapshot!(refused.join("\n"), @"
        a backfill of `id` along `id`
        filling `name` twice
        batches of no rows
        a condition that ends inside of quotes or a comment
        a backfill of no column
        ");
    }
}
