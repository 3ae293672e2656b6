//! It records, as `upgrade` does.

migrate_core::migrations!("ui/function/change_without_parameter");

fn main() {}
