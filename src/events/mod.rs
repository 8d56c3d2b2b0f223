//! What happens in a provider, told to whoever wants to know: webhooks, signed and tried until they
//! are taken, and subscribers.

pub mod backoff;
pub mod hub;
pub mod model;
pub mod ops;
pub mod outbox;
pub mod places;
pub mod progress;
pub mod signature;
pub mod store;
