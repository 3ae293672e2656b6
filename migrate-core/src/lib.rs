//! Typed database migrations.
