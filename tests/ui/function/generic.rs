//! There is one `Op`.

migrate_core::migrations!("ui/function/generic");

fn main() {}
