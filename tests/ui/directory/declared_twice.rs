//! A folder inside one that is declared already.

mod all {
    migrate_core::migrations!("ui/directory/declared_twice");
}

mod cart {
    migrate_core::migrations!("ui/directory/declared_twice/cart");
}

fn main() {}
