//! The result is `()` or `Result<()>`.

migrate_core::migrations!("ui/function/wrong_result");

fn main() {}
