//! Places for tables that are on their way in: each takes disk until it is here.

use std::sync::{Arc, Mutex, PoisonError};

use uuid::Uuid;

/// Uploads of one provider that are under way at once at most.
pub(super) const OF_ONE: usize = 2;
/// Uploads of all providers.
pub(super) const OF_ALL: usize = 16;

/// The providers of the uploads that are under way, each as often as it has one.
#[derive(Clone, Default)]
pub(super) struct Places(Arc<Mutex<Vec<Uuid>>>);

/// Why there is no place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(super) enum Full {
    /// The provider has its own.
    #[error(
        "{OF_ONE} tables of yours are on their way in. Send this one when one of them is here."
    )]
    OfOne,
    /// All are taken.
    #[error("{OF_ALL} tables are on their way in. Send this one again in a while.")]
    OfAll,
}

impl Places {
    /// Takes a place for an upload of `provider`.
    pub(super) fn take(&self, provider: Uuid) -> Result<Place, Full> {
        let mut taken = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if taken.iter().filter(|p| **p == provider).count() >= OF_ONE {
            return Err(Full::OfOne);
        }
        if taken.len() >= OF_ALL {
            return Err(Full::OfAll);
        }
        taken.push(provider);
        let places = self.clone();
        Ok(Place { places, provider })
    }
}

/// A place, given back when it is dropped.
pub(super) struct Place {
    places: Places,
    provider: Uuid,
}

impl Drop for Place {
    fn drop(&mut self) {
        let taken = &self.places.0;
        let mut taken = taken.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(at) = taken.iter().position(|p| *p == self.provider) {
            taken.swap_remove(at);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_bounded_and_given_back() {
        let places = Places::default();
        let take = |n: usize| places.take(Uuid::from_u128(n as u128));
        let first = take(0).ok();
        let second = take(0).ok();
        assert!(first.is_some() && second.is_some());
        assert_eq!(take(0).err(), Some(Full::OfOne));
        let others: Vec<_> = (OF_ONE..OF_ALL).filter_map(|n| take(n).ok()).collect();
        assert_eq!(others.len(), OF_ALL - OF_ONE);
        assert_eq!(take(99).err(), Some(Full::OfAll));
        drop(first);
        assert!(take(0).is_ok(), "and given back at once");
        let late = take(99).ok();
        assert!(late.is_some());
        assert_eq!(take(0).err(), Some(Full::OfAll));
        drop((second, others, late));
        assert!(places.0.lock().unwrap().is_empty());
    }
}
