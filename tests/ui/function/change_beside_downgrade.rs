//! There is one way back.

migrate_core::migrations!("ui/function/change_beside_downgrade");

fn main() {}
