//! Versions of frameworks that can still change: what they hold, how they are edited, what bars
//! them from being published.

mod check;
mod edit;
mod model;
mod stored;
#[cfg(test)]
mod tests;

pub use check::check;
pub use edit::{Change, Edit, Texts, apply};
pub use model::{Draft, DraftDomain, DraftLevel, DraftStatement, Frame};
