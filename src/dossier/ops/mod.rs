//! Exporting and erasing a learner.

pub mod erase;
pub mod export;
mod gather;
