//! How long an issuer's keys are kept, and when they are fetched anew. An issuer that is down signs
//! nobody out for a day; one that changes its keys is followed at once; and nobody can make this
//! service ask an issuer more often than every half minute.

#[cfg(test)]
mod tests;

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use super::{Refusal, jwk::KeySet};

/// How long keys are used without asking again: a key that the issuer takes back counts no longer.
pub const FRESH: SignedDuration = SignedDuration::from_mins(10);
/// How long keys are used when asking again fails.
pub const KEPT: SignedDuration = SignedDuration::from_hours(24);
/// How long to wait after one fetch before another, whatever tokens name.
pub const PAUSE: SignedDuration = SignedDuration::from_secs(30);

/// The keys of one issuer, as far as they are known.
#[derive(Debug, Default)]
pub struct Keyring {
    held: Option<(Arc<KeySet>, Timestamp)>,
    asked: Option<Timestamp>,
}

/// What to do for a token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Verify it with these keys.
    Use(Arc<KeySet>),
    /// Fetch the keys first. Where there are some to go on with, nobody needs to wait.
    Fetch(Option<Arc<KeySet>>),
    /// Refuse it.
    Refuse(Refusal),
}

impl Keyring {
    /// What to do for a token whose header names the key `id`.
    #[must_use]
    pub fn step(&self, id: &str, now: Timestamp) -> Step {
        let held = self.held.as_ref().filter(|(_, at)| within(now, *at, KEPT));
        let is_fresh = held.is_some_and(|(_, at)| within(now, *at, FRESH));
        let fitting = held.filter(|(keys, _)| keys.has(id));
        let fitting = fitting.map(|(keys, _)| Arc::clone(keys));
        let rests = self.asked.is_some_and(|at| within(now, at, PAUSE));
        match fitting {
            Some(keys) if is_fresh || rests => Step::Use(keys),
            fitting if !rests => Step::Fetch(fitting),
            _ if held.is_some() => Step::Refuse(Refusal::UnknownKey),
            _ => Step::Refuse(Refusal::NoKeys),
        }
    }

    /// Notes that the issuer was asked, whatever came of it.
    pub fn ask(&mut self, now: Timestamp) {
        self.asked = Some(now);
    }

    /// Takes in the keys that the issuer gave. Those that it gives no longer are gone.
    pub fn hold(&mut self, keys: KeySet, now: Timestamp) {
        self.held = Some((Arc::new(keys), now));
    }
}

/// Whether two moments are less than `span` apart; also where a clock was set back between them.
fn within(now: Timestamp, then: Timestamp, span: SignedDuration) -> bool {
    now.duration_since(then).abs() < span
}
