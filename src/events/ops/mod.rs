//! Operations on webhooks and their deliveries, and listening to events.

pub mod courier;
pub mod deliveries;
mod errand;
pub mod listen;
pub mod retention;
mod secret;
mod under_way;
pub mod webhooks;
