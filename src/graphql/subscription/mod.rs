//! What can be listened to.

mod events;
mod renew;

pub use events::Subscription;
pub use renew::{Renew, Subscriber};
