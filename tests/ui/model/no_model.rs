//! A foreign key to a struct that is no table.

use migrate_core::Table;

struct Org {
    id: i64,
}

#[derive(Table)]
#[table(name = "users")]
struct User {
    #[column(references = Org::id)]
    org_id: i64,
}

fn main() {}
