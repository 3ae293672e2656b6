//! The macros of `migrate-core`, which re-exports them: use them from there.
//!
//! This file holds the entry points and their documentation only. [`migrations!`] reads a folder and checks the
//! whole chain, once per build; what it finds wrong in a file is kept for the [`macro@migration`] of that file,
//! which reports it on its own tokens. No macro here writes a file or talks to anything but the file system.

mod arguments;
mod chain;
mod enumeration;
mod errors;
mod migration;
mod migrations;
mod registry;
mod rename;
mod site;
mod table;

use proc_macro::TokenStream;

use crate::site::Site;

/// Makes `fn upgrade(op: &mut Op)` a migration.
///
/// ```text
/// //! add full_name to users
///
/// use migrate_core::prelude::*;
///
/// #[migration(revision = "1f3c5b7d9e2a", down_revision = "0a2b4c6d8e1f")]
/// pub fn upgrade(op: &mut Op) {
///     op.add_column("users", "full_name", varchar(255));
/// }
///
/// pub fn downgrade(op: &mut Op) {
///     op.drop_column("users", "full_name");
/// }
/// ```
///
/// | key | value | |
/// |---|---|---|
/// | `revision` | `"ID"` | required: 1 to 32 ASCII letters, digits, `_` and `.` |
/// | `down_revision` | `None`, `"ID"`, `["ID", "ID"]` | required: what it follows, `None` for a first revision, several for a merge |
/// | `branch_labels` | `["LABEL"]` | names for its line of revisions |
/// | `depends_on` | `["ID or label"]` | what must be applied before it without being its line |
/// | `message` | `"..."` | the default is the first line of the file's `//!` text |
/// | `transaction` | `true`, `false` | the default is `true` |
/// | `irreversible` | `"why"` | there is no way back: a downgrade stops here with this reason |
/// | `reversible` | none | the function is `change`, and its downgrade is made of it |
///
/// Values are literals. The function may return `()` or `Result<()>`, and is not async: it records, and an
/// async step is recorded by name with `op.run`. Its pair is a `fn downgrade` in the same file; only
/// `irreversible` makes one unnecessary, and when both are there the reason wins.
///
/// With `reversible` there is one function for both directions:
///
/// ```text
/// #[migration(revision = "2a4c6e8f0b1d", down_revision = "1f3c5b7d9e2a", reversible)]
/// pub fn change(op: &mut Op) {
///     op.drop_column("users", "full_name");
///     op.execute("UPDATE users SET name = trim(name)").reverse("");
/// }
/// ```
///
/// Its downgrade does the reverse of each operation, the last first. What an operation takes away is looked up in what
/// the migrations before it recorded: the column comes back as it was, with its constraints and indexes (its values do
/// not). An `op.execute` or `op.run` says by `.reverse(..)` what undoes it, `""` if nothing has to. What cannot be
/// reversed (a value of an enum type, what `if_exists` may not have done, what only SQL made) is refused by `downgrade`
/// and `downgrade --sql` before anything is sent, with the place and the reason.
///
/// A file holds one migration, at its root and in every build (not behind `cfg`), and a `migrations!` call names
/// its folder. Whatever is wrong with the attribute, the function or the file's place in the chain is a compile error
/// on the literal at fault.
#[proc_macro_attribute]
pub fn migration(arguments: TokenStream, item: TokenStream) -> TokenStream {
    migration::expand(arguments.into(), &item.into(), &Site::here()).into()
}

/// Declares the migrations of a folder, given relative to the crate's Cargo.toml.
///
/// ```text
/// // src/migrations.rs, declared in main.rs or lib.rs by `mod migrations;`
/// migrate_core::migrations!("migrations");
///
/// // Elsewhere: the chain is only whole together with that of another crate.
/// migrate_core::migrations!("migrations", with = [cart::migrations]);
///
/// // Several lines of revisions that nothing joins are meant.
/// migrate_core::migrations!("migrations", allow_multiple_heads);
/// ```
///
/// It declares one `pub mod` for every `.rs` file in the folder and its sub-folders, and
/// `pub fn migrator() -> Migrator`, made from the explicit list of them. Several heads are an error, unless
/// `allow_multiple_heads` says that they are meant. `with` names modules that hold a `migrator()` of their own:
/// `migrator()` is then the union, and ids that this folder lacks are looked for when it starts.
///
/// - A module is named after its file: `users.rs` is `users`, `2026-11-20_add users.rs` is
///   `m_2026_11_20_add_users`, `cart/001.rs` is `m_cart_001`. When that name is taken, a number follows.
/// - A file without `#[migration]` is a module like any other, for what several migrations share: a migration
///   reaches `shared.rs` as `super::shared`. It is no revision.
/// - A `mod.rs` is passed over: it is where Rust keeps a folder's own module, so it may hold this call.
/// - Hidden files and what editors leave behind are passed over. A symbolic link to a folder, or out of this one,
///   is an error; so is a folder that is named like a file, `x.rs`.
/// - An empty folder compiles, so that a new project does. To start its migrator is an error.
///
/// The call stands at the root of a file. Cargo sees a new file with this line in the crate's build.rs:
/// `println!("cargo::rerun-if-changed=migrations");`
#[proc_macro]
pub fn migrations(input: TokenStream) -> TokenStream {
    migrations::expand(input.into(), &Site::here()).into()
}

/// Makes a struct the description of a table, for autogenerate.
///
/// ```text
/// #[derive(Table, sqlx::FromRow)]
/// #[table(name = "users", unique(["org_id", "email"]))]
/// struct User {
///     #[column(primary_key)]
///     id: Uuid,
///     #[column(length = 255, index)]
///     email: String,
///     #[column(references = Org::id, on_delete = Cascade)]
///     org_id: Option<Uuid>,
///     #[column(server_default = now())]
///     created_at: DateTime<Utc>,
/// }
/// ```
///
/// A field is a column of its name and type; `Option` may hold `NULL`. What else there is to say of a table and of a
/// column is said in the words of `op.create_table`:
///
/// | `#[table(..)]` | |
/// |---|---|
/// | `name = ".."` | required |
/// | `schema = ".."`, `comment = ".."` | |
/// | `renamed_from = ".."` | its old name: where that is there and the new one is not, autogenerate renames it; it may stay for ever |
/// | `primary_key([..])`, `unique([..])`, `check("..")`, `foreign_key([..], "table", [..])` | as in `op.create_table`, and refined like there: `unique([..]).name("..")` |
/// | `index([..])`, `index("name", [..])` | as `op.create_index`: `index(["at"]).unique()` |
/// | `option(Sqlite, "STRICT")` | what one database alone knows |
///
/// | `#[column(..)]` | |
/// |---|---|
/// | `primary_key`, `unique`, `autoincrement`, `index` | |
/// | `name = ".."` | else as sqlx reads it: `#[sqlx(rename = "..")]`, `#[sqlx(rename_all = "..")]`, or the field's name |
/// | `ty = varchar(80)`, `length = 80` | else as sqlx maps the Rust type |
/// | `server_default = ..`, `check = ".."`, `comment = ".."`, `collate = ".."`, `generated_stored = ".."` | |
/// | `references = Org::id` | the column of that field, which has to be there; or by names, `"orgs.id"` |
/// | `renamed_from = ".."` | the column's old name, as for a table |
/// | `on_delete = Cascade`, `on_update = ..`, `match_full`, `deferrable`, `initially_deferred` | of that foreign key |
/// | `foreign_key = ".."` | its name, where it is not the conventional one |
/// | `identity()`, `identity_always().start(5)` | numbered by a sequence, as `t.column(..)` says it |
/// | `skip` | it is no column; `#[sqlx(skip)]` says so too |
#[proc_macro_derive(Table, attributes(table, column, sqlx))]
pub fn table(input: TokenStream) -> TokenStream {
    table::expand(input.into()).into()
}

/// Makes an enum the type of a column, beside `sqlx::Type`, whose attributes say what the values are.
///
/// ```text
/// #[derive(sqlx::Type, Enumeration)]
/// #[sqlx(type_name = "plan", rename_all = "lowercase")]
/// enum Plan {
///     Free,
///     Pro,
/// }
/// ```
///
/// It is an enum type of that name where the database has such, and a number when the enum has a `#[repr(i32)]`. A type
/// in a schema, or of a name that SQL has to quote, says so besides: `#[enumeration(schema = "auth", name = "Plan")]`.
#[proc_macro_derive(Enumeration, attributes(enumeration, sqlx))]
pub fn enumeration(input: TokenStream) -> TokenStream {
    enumeration::expand(input.into()).into()
}
