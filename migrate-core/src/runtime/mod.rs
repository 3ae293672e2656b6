//! A plan meets a database, or a script.
//!
//! [`prepare`](mod@prepare) records and compiles every step before anything is sent; [`executor`] is the one loop
//! for both directions; [`live`] and [`script`] are the two targets it can run against. What stands
//! before a step, where nobody is asked, is what a [`replay`] makes [`known`], and what a [`twin`] answers. Nothing here prints: what happens is told as [`Event`]s.

mod alteration;
mod apply;
mod backfill;
mod collision;
mod event;
mod executor;
mod group;
mod hash;
mod journal;
mod known;
mod live;
mod lock;
mod message;
mod orphan;
mod prepare;
mod reflect;
mod replay;
mod resume;
mod script;
mod segment;
mod twin;
mod version_table;
mod work;

pub(crate) use alteration::{set_up, watch};
pub use apply::ApplyError;
pub(crate) use apply::Target;
pub use backfill::{Filled, NoWalk};
pub use collision::Collision;
pub use event::{Event, Observer, Started};
pub(crate) use executor::run;
pub use executor::{Applied, Report, RunError};
pub(crate) use journal::{Journal, State};
pub(crate) use known::Known;
pub use known::Unread;
pub(crate) use live::{PerMigration, Single};
pub(crate) use lock::RunLock;
pub use lock::{LockError, LockHolder};
pub use prepare::PrepareError;
pub(crate) use prepare::prepare;
pub use reflect::ReflectError;
pub(crate) use reflect::reflect;
pub(crate) use replay::{record, replay};
pub use resume::{HalfDone, HalfDoneError, Obstacle, OpenStep};
pub(crate) use resume::{Resume, half_done, resume};
pub(crate) use script::{Script, Wrap};
pub(crate) use segment::{Segment, segments};
pub(crate) use twin::Twin;
pub use version_table::DEFAULT_VERSION_TABLE;
pub(crate) use version_table::{Found, VersionTable};
pub(crate) use work::{Action, Alter, Work};
