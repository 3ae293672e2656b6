//! An old name that is the new one, and one that is no text.

use migrate_core::Table;

#[derive(Table)]
#[table(name = "users", renamed_from = "users")]
struct User {
    #[column(name = "full_name", renamed_from = "full_name")]
    name: String,
    #[column(renamed_from = years)]
    age: i32,
}

fn main() {}
