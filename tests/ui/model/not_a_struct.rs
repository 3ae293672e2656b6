//! What is no table: a tuple, a generic struct, an enum.

use migrate_core::{Enumeration, Table};

#[derive(Table)]
struct Pair(i64, i64);

#[derive(Table)]
#[table(name = "wrappers")]
struct Wrapper<T> {
    value: T,
}

#[derive(Table)]
enum Choice {
    One,
}

#[derive(Enumeration)]
enum Shape {
    Circle(f64),
}

fn main() {}
