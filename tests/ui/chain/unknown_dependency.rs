//! A `depends_on` that nobody has; labels count too.

migrate_core::migrations!("ui/chain/unknown_dependency");

fn main() {}
