//! Two revisions that nothing joins, as after a merge in git.

migrate_core::migrations!("ui/chain/multiple_heads");

fn main() {}
