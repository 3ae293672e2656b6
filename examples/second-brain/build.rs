//! Makes cargo see a new migration: `migrations!` reads the folder while it compiles.

fn main() {
    println!("cargo::rerun-if-changed=migrations");
}
