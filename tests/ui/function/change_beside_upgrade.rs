//! There is one way there.

migrate_core::migrations!("ui/function/change_beside_upgrade");

fn main() {}
