//! A foreign key to a field that its model does not have.

use migrate_core::Table;

#[derive(Table)]
#[table(name = "orgs")]
struct Org {
    #[column(primary_key)]
    id: i64,
}

#[derive(Table)]
#[table(name = "users")]
struct User {
    #[column(references = Org::key)]
    org_id: i64,
}

fn main() {}
