//! Versions of frameworks that can still change: what they hold, how they are edited, what bars
//! them from being published.

mod apply;
mod check;
mod edit;
mod model;
mod stored;
#[cfg(test)]
mod tests;

pub use apply::apply;
pub use check::check;
pub use edit::{Change, Edit, Texts};
pub use model::{Draft, DraftDomain, DraftLevel, DraftStatement, Frame};
