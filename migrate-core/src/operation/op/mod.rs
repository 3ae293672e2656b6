//! [`Op`]: what `upgrade` and `downgrade` receive.
//!
//! It records and does nothing else: no SQL is written here and no database is asked. Its directives stand in one
//! file for each kind of thing that they are about.

mod batch;
mod column;
mod constraint;
mod enumeration;
mod index;
mod object;
mod row;
mod table;

pub use batch::Batch;

use crate::operation::{Arguments, Operation, Place, Recorded};
use crate::schema::{Backend, QualifiedName};

/// Records what a migration does.
///
/// Each method is a directive, named as in Alembic. It records an operation at once, with the file and line
/// that called it, and returns a handle that refines what it recorded. Nothing reaches a database before the
/// whole migration is recorded. A table is given by name, or by [`qualified`](crate::schema::qualified) name
/// with its schema.
#[derive(Debug, Default)]
pub struct Op {
    recorded: Vec<Recorded>,
    arguments: Arguments,
}

/// Records an operation and gives its payload. That the operation is that variant is plain from the macro's
/// own text, which is why it may say `unreachable`.
macro_rules! record {
    ($op:ident, $variant:ident($payload:expr)) => {{
        $op.recorded.push($crate::operation::Recorded {
            operation: $crate::operation::Operation::$variant($payload),
            place: $crate::operation::Place::caller(),
            only: Vec::new(),
            autocommit: false,
        });
        match $op.recorded.last_mut() {
            Some($crate::operation::Recorded {
                operation: $crate::operation::Operation::$variant(payload),
                ..
            }) => payload,
            _ => unreachable!("the list ends in what was just recorded"),
        }
    }};
}
use record;

impl Op {
    /// Nothing recorded yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Nothing recorded yet, by somebody who was told these.
    ///
    /// ```
    /// use migrate_core::{operation::Arguments, prelude::*};
    ///
    /// let op = Op::told(Arguments::from_iter([("tenant", "acme")]));
    /// assert_eq!(op.argument("tenant"), Some("acme"));
    /// ```
    #[must_use]
    pub fn told(arguments: Arguments) -> Self {
        Self {
            arguments,
            ..Self::default()
        }
    }

    /// What was recorded, in order.
    #[must_use]
    pub fn finish(self) -> Vec<Recorded> {
        self.recorded
    }
}

/// Operations that were made elsewhere, as by a comparison, recorded as they are.
///
/// ```
/// use migrate_core::autogenerate::compare;
/// use migrate_core::{dialect::for_scheme, prelude::*, schema::Metadata};
///
/// let mut wanted = Metadata::default();
/// wanted.schemas.insert("audit".into());
/// let mut op = Op::new();
/// op.extend(compare(&Metadata::default(), &wanted).operations);
/// let script = for_scheme("postgres").unwrap().script(&op.finish()).unwrap();
/// assert_eq!(script, r#"CREATE SCHEMA "audit";"#);
/// ```
impl Extend<Operation> for Op {
    #[track_caller]
    fn extend<T: IntoIterator<Item = Operation>>(&mut self, operations: T) {
        let place = Place::caller();
        let recorded = operations.into_iter().map(|operation| Recorded {
            operation,
            place,
            only: Vec::new(),
            autocommit: false,
        });
        self.recorded.extend(recorded);
    }
}

/// What is known while it records.
impl Op {
    /// What whoever started this run says under a name: `-x NAME=VALUE` on the command line,
    /// [`Migrator::argument`](crate::Migrator::argument) in Rust. It is empty for `-x NAME`, and `None` where nobody says so.
    ///
    /// It is what `context.get_x_argument(as_dictionary=True)` gives in Alembic. A migration is asked again what it does when
    /// it is taken back by its reverse, when a history is compared with models without a database, and when a run goes on
    /// that was cut off: those have to be told the same.
    ///
    /// ```
    /// # use migrate_core::{operation::Arguments, prelude::*};
    /// fn upgrade(op: &mut Op) -> Result {
    ///     let tenant = op.argument("tenant").ok_or("say which tenant is meant: -x tenant=NAME")?.to_owned();
    ///     op.create_table(qualified(&tenant, "users"), |t| {
    ///         t.column("id", integer()).primary_key();
    ///     });
    ///     Ok(())
    /// }
    /// # let mut op = Op::told(Arguments::from_iter([("tenant", "acme")]));
    /// # upgrade(&mut op).unwrap();
    /// # assert_eq!(op.finish().len(), 1);
    /// # assert!(upgrade(&mut Op::new()).is_err());
    /// ```
    #[must_use]
    pub fn argument(&self, name: &str) -> Option<&str> {
        self.arguments.get(name)
    }
}

/// Where and how what is recorded is done.
impl Op {
    /// What is recorded in the closure is for one database, or for a list of them; others leave it out.
    ///
    /// ```
    /// # use migrate_core::{dialect::for_scheme, prelude::*};
    /// # let mut op = Op::new();
    /// op.on(Postgres, |op| {
    ///     op.create_extension("citext").if_not_exists();
    /// });
    /// op.on([Sqlite, MySql], |op| {
    ///     op.execute("UPDATE users SET email = lower(email)");
    /// });
    /// # let recorded = op.finish();
    /// # let [postgres, sqlite] = ["postgres", "sqlite"].map(|scheme| for_scheme(scheme).unwrap().script(&recorded));
    /// assert_eq!(postgres.unwrap(), r#"CREATE EXTENSION IF NOT EXISTS "citext";"#);
    /// assert_eq!(sqlite.unwrap(), "UPDATE users SET email = lower(email);");
    /// ```
    pub fn on(&mut self, backends: impl IntoIterator<Item = Backend>, record: impl FnOnce(&mut Self)) {
        let backends: Vec<Backend> = backends.into_iter().collect();
        let before = self.recorded.len();
        record(self);
        for mut recorded in self.recorded.split_off(before) {
            if recorded.only.is_empty() {
                recorded.only.clone_from(&backends);
            } else {
                recorded.only.retain(|backend| backends.contains(backend));
            }
            // What is for no database is for none, and not for all of them.
            if !recorded.only.is_empty() {
                self.recorded.push(recorded);
            }
        }
    }

    /// What is recorded in the closure stands outside of the migration's transaction, each operation as a step of its
    /// own, for what refuses one: `VACUUM`, `ALTER SYSTEM`. What stands before it is committed first, and stays when it
    /// fails; the next run goes on there.
    ///
    /// ```
    /// # use migrate_core::prelude::*;
    /// # let mut op = Op::new();
    /// op.autocommit(|op| {
    ///     op.execute("VACUUM ANALYZE users");
    /// });
    /// # assert!(op.finish()[0].autocommit);
    /// ```
    pub fn autocommit(&mut self, record: impl FnOnce(&mut Self)) {
        let before = self.recorded.len();
        record(self);
        for recorded in self.recorded.iter_mut().skip(before) {
            recorded.autocommit = true;
        }
    }

    /// What is recorded in the closure alters one table. Where the database has to build the table anew (`SQLite`), it
    /// does so once for all of it; elsewhere it is the same as without.
    ///
    /// ```
    /// # use migrate_core::{dialect::for_scheme, prelude::*};
    /// # let mut op = Op::new();
    /// op.batch("users", |b| {
    ///     b.add_column("nickname", varchar(40));
    ///     b.alter_column("email").not_null();
    ///     b.drop_constraint("ck_users_age");
    /// });
    /// # let script = for_scheme("postgres").unwrap().script(&op.finish()).unwrap();
    /// assert_eq!(script, r#"ALTER TABLE "users" ADD COLUMN "nickname" VARCHAR(40);
    /// ALTER TABLE "users" ALTER COLUMN "email" SET NOT NULL;
    /// ALTER TABLE "users" DROP CONSTRAINT "ck_users_age";"#);
    /// ```
    pub fn batch(&mut self, table: impl Into<QualifiedName>, record: impl FnOnce(&mut Batch<'_>)) {
        record(&mut Batch {
            op: self,
            table: table.into(),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::prelude::*;

    #[test]
    fn what_is_for_no_database_is_not_for_all_of_them() {
        let mut op = Op::new();
        op.on([Postgres, Sqlite], |op| {
            op.on([Sqlite, MySql], |op| {
                op.execute("SELECT 'sqlite'");
            });
            op.on(MySql, |op| {
                op.execute("SELECT 'none'");
            });
        });
        op.on([], |op| {
            op.execute("SELECT 'none'");
        });
        let recorded = op.finish();
        let only: Vec<&[Backend]> = recorded.iter().map(|one| one.only.as_slice()).collect();
        assert_eq!(only, [[Sqlite]]);
    }
}
