//! `#[migration]` and `migrations!`.
