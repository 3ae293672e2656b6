//! Words that mean nothing, all told at once.

use migrate_core::Table;

#[derive(Table)]
#[table(named = "users")]
struct User {
    #[column(primary, lenght = 3)]
    id: i64,
    #[column(references = 3)]
    org_id: i64,
    #[column(unique, unique)]
    name: String,
}

fn main() {}
