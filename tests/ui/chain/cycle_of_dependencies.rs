//! A cycle through `depends_on`.

migrate_core::migrations!("ui/chain/cycle_of_dependencies");

fn main() {}
