//! Here for `links` in Cargo.toml alone, which needs a build script: cargo then refuses two versions of this
//! crate in one build, where each would hold half of the migrations.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
}
