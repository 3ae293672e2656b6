//! Data steps: named async functions on the live connection.
//!
//! A step is opaque: offline mode, plans and simulation see its name and its place, and nothing of what it does.

use std::future::Future;
use std::pin::Pin;

use crate::connection::{Db, StepError};

/// A data step, ready to be run: what a named `async fn(db: &mut Db<'_>) -> Result` is.
pub trait DataStep: Send + Sync {
    /// Runs it inside the migration's transaction.
    fn run<'a>(
        &'a self,
        db: &'a mut Db<'a>,
    ) -> Pin<Box<dyn Future<Output = Result<(), StepError>> + Send + 'a>>;
}

/// A function that makes a step's future for one lifetime. An `async fn` that takes `&mut Db<'_>` is one for every
/// lifetime, which is what `op.run` asks for.
pub trait StepFn<'a>: Send + Sync {
    /// The future that the function gives.
    type Future: Future<Output = Result<(), StepError>> + Send + 'a;

    /// Calls the function.
    fn call(&self, db: &'a mut Db<'a>) -> Self::Future;
}

impl<'a, F, O> StepFn<'a> for F
where
    F: Fn(&'a mut Db<'a>) -> O + Send + Sync,
    O: Future<Output = Result<(), StepError>> + Send + 'a,
{
    type Future = O;

    fn call(&self, db: &'a mut Db<'a>) -> O {
        self(db)
    }
}

impl<F> DataStep for F
where
    F: for<'a> StepFn<'a>,
{
    fn run<'a>(
        &'a self,
        db: &'a mut Db<'a>,
    ) -> Pin<Box<dyn Future<Output = Result<(), StepError>> + Send + 'a>> {
        Box::pin(self.call(db))
    }
}
