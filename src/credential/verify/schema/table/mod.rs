//! The facts, class by class.

mod achievement;
pub(super) mod clr;
pub(super) mod endorsement;
pub(super) mod general;
pub(super) mod open_badges;
mod profile;
mod secured;
