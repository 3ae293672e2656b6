//! What a migration file imports: `use migrate_core::prelude::*;`.
//!
//! Only names that migrations write. `Db` and the error of data steps come from the connection, types of
//! columns are functions named as in SQL.

pub use crate::connection::{Db, StepError};
pub use crate::operation::{Batch, NewTable, Op};
pub use crate::schema::Action::{Cascade, NoAction, Restrict, SetDefault, SetNull};
pub use crate::schema::Backend::*;
pub use crate::schema::Event::{Delete, Insert, Update, UpdateOf};
pub use crate::schema::Timing::{After, Before, InsteadOf};
pub use crate::schema::types::{
    array_of, bigint, boolean, bytes, char, custom, date, double, enumeration, integer, json, jsonb, numeric,
    real, smallint, text, time, timestamp, timestamptz, uuid, varchar,
};
pub use crate::schema::{key, now, qualified, sql};
pub use migrate_macros::migration;

/// What a data step, or an `upgrade` that can fail, returns: any error converts by `?`.
pub type Result<T = (), E = StepError> = std::result::Result<T, E>;
