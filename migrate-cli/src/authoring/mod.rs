//! How a revision is written: its id, its file's name and text, the writing itself, and what runs after it.
//!
//! Each piece takes what it needs as values and knows neither the project nor the graph; `commands` puts them
//! together.

mod attribute;
pub(crate) mod body;
pub(crate) mod editor;
mod error;
pub(crate) mod file_name;
pub(crate) mod hooks;
pub(crate) mod id;
pub(crate) mod moment;
pub(crate) mod new_migration;
pub(crate) mod slug;
pub(crate) mod template;
pub(crate) mod write;
