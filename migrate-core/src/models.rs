//! `models!`: what no struct describes, described in code.

/// Describes in code what no struct does: tables, and indexes, constraints, sequences, views, triggers and functions, of
/// any table. It counts as the structs do, whichever crate it stands in, and is compared with the database like them: what
/// models need not describe is compared once they do.
///
/// The function records with the directives of a migration, all of which are in scope there. It runs whenever models are
/// put together, after all tables are there.
///
/// ```
/// use migrate_core::model::Models;
///
/// migrate_core::models! {
///     /// What stands beside the users.
///     fn beside(op: &mut Op) {
///         op.create_table("events", |t| {
///             t.column("id", bigint()).primary_key();
///             t.column("at", timestamptz()).not_null().server_default(now());
///         });
///         op.create_index(None, "events", [key("at").desc()]);
///         op.create_view("latest", "SELECT max(at) AS at FROM events");
///     }
/// }
///
/// let metadata = Models::linked().metadata().unwrap();
/// assert!(metadata.tables.contains_key(&"events".into()));
/// assert!(metadata.views.contains_key(&"latest".into()));
/// ```
#[macro_export]
macro_rules! models {
    ($($(#[$attribute:meta])* $visible:vis fn $name:ident($op:ident: &mut Op) $body:block)+) => {
        $(
            $(#[$attribute])*
            $visible fn $name($op: &mut $crate::__private::Op) {
                #[allow(unused_imports, reason = "not every one needs its words")]
                use $crate::__private::prelude::*;
                $body
            }

            $crate::__private::inventory::submit! {
                $crate::__private::model::ModelSet {
                    package: ::core::env!("CARGO_PKG_NAME"),
                    name: ::core::stringify!($name),
                    place: $crate::__private::Place {
                        file: ::core::file!(),
                        line: ::core::line!(),
                    },
                    describe: $name,
                    renames: ::std::vec::Vec::new,
                }
            }
        )+
    };
}
