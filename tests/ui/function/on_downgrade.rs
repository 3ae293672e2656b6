//! Only `upgrade` carries the attribute.

migrate_core::migrations!("ui/function/on_downgrade");

fn main() {}
