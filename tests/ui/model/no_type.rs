//! A Rust type that is no column's.

use migrate_core::Table;

struct Money(i64);

#[derive(Table)]
#[table(name = "users")]
struct User {
    balance: Money,
}

fn main() {}
