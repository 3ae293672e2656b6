//! Two revisions with one label.

migrate_core::migrations!("ui/chain/duplicate_label");

fn main() {}
