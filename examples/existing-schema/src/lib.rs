//! An application whose database was there before its migrations: it was made by `sql/schema.sql`.
//!
//! The models and the first migration, the baseline, were generated from such a database:
//!
//! ```sh
//! createdb shop && psql shop -f sql/schema.sql
//! cargo migrate init --from-database base --database-url postgres://localhost/shop
//! ```
//!
//! A database that `schema.sql` made is told once that it is there already, and a new one is made by the migrations:
//!
//! ```sh
//! existing-schema migrate stamp head        # a deployment that exists
//! existing-schema migrate upgrade head      # a new one; and every one, from then on
//! ```
//!
//! `.github/workflows/migrations-ci.yml` makes sure that both ways lead to the same, and that the models say it.

pub mod migrations;
#[expect(missing_docs, reason = "they were generated from the database")]
pub mod models;
pub mod queue;
