//! What others publish about occupations: imported whole or not at all, and shown by fixed rules.

mod commands;
mod imported;
mod published;
mod refused;
pub(crate) mod release;
