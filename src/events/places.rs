//! How many deliveries are under way at once, so that receivers who are slow hold up nobody else:
//! neither the other webhooks of their provider nor, above all, other providers.

use std::collections::HashMap;

use uuid::Uuid;

/// Deliveries under way at once.
pub const IN_ALL: usize = 64;
/// Deliveries of a provider under way at once.
pub const OF_PROVIDER: usize = 8;
/// Deliveries to a webhook under way at once.
pub const OF_WEBHOOK: usize = 4;

/// For whom a place is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The provider.
    pub provider: Uuid,
    /// The webhook, one of the provider's.
    pub webhook: Uuid,
}

/// The places that are taken.
#[derive(Debug, Clone, Default)]
pub struct Places {
    all: usize,
    providers: HashMap<Uuid, usize>,
    webhooks: HashMap<Uuid, usize>,
}

impl Places {
    /// How many more may be taken for this one.
    #[must_use]
    pub fn free_for(&self, place: Place) -> usize {
        let left = |most: usize, taken: usize| most.saturating_sub(taken);
        left(IN_ALL, self.all)
            .min(left(OF_PROVIDER, count(&self.providers, place.provider)))
            .min(left(OF_WEBHOOK, count(&self.webhooks, place.webhook)))
    }

    /// Whether nobody may take one.
    #[must_use]
    pub const fn is_full(&self) -> bool {
        self.all >= IN_ALL
    }

    /// Providers that may take no more.
    #[must_use]
    pub fn full_providers(&self) -> Vec<Uuid> {
        full(&self.providers, OF_PROVIDER)
    }

    /// Webhooks that may take no more.
    #[must_use]
    pub fn full_webhooks(&self) -> Vec<Uuid> {
        full(&self.webhooks, OF_WEBHOOK)
    }

    /// Takes one, of those that [are free](Self::free_for).
    pub fn take(&mut self, place: Place) {
        self.all += 1;
        *self.providers.entry(place.provider).or_default() += 1;
        *self.webhooks.entry(place.webhook).or_default() += 1;
    }

    /// Gives one back that was taken.
    pub fn give_back(&mut self, place: Place) {
        self.all = self.all.saturating_sub(1);
        lessen(&mut self.providers, place.provider);
        lessen(&mut self.webhooks, place.webhook);
    }
}

fn count(taken: &HashMap<Uuid, usize>, id: Uuid) -> usize {
    taken.get(&id).copied().unwrap_or(0)
}

fn full(taken: &HashMap<Uuid, usize>, most: usize) -> Vec<Uuid> {
    let full = taken.iter().filter(|(_, taken)| **taken >= most);
    full.map(|(id, _)| *id).collect()
}

/// Forgets who has none any more: others come, and the map would grow with all that ever were.
fn lessen(taken: &mut HashMap<Uuid, usize>, id: Uuid) {
    if let Some(count) = taken.get_mut(&id) {
        *count = count.saturating_sub(1);
        if *count == 0 {
            taken.remove(&id);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn place(provider: u128, webhook: u128) -> Place {
        let (provider, webhook) = (
            Uuid::from_u128(provider),
            Uuid::from_u128(provider * 100 + webhook),
        );
        Place { provider, webhook }
    }

    /// Takes as many as there are for it.
    fn fill(places: &mut Places, place: Place) -> usize {
        let free = places.free_for(place);
        (0..free).for_each(|_| places.take(place));
        free
    }

    #[test]
    fn a_webhook_leaves_room_for_the_others_and_a_provider_for_other_providers() {
        let mut places = Places::default();
        assert_eq!(fill(&mut places, place(1, 1)), OF_WEBHOOK);
        assert_eq!(places.full_webhooks(), [place(1, 1).webhook]);
        assert!(places.full_providers().is_empty());
        assert_eq!(fill(&mut places, place(1, 2)), OF_PROVIDER - OF_WEBHOOK);
        assert_eq!(places.full_providers(), [place(1, 1).provider]);
        assert_eq!(
            places.free_for(place(1, 3)),
            0,
            "the provider has its share"
        );
        for provider in 2..=8 {
            assert_eq!(fill(&mut places, place(provider, 1)), OF_WEBHOOK);
            assert!(!places.is_full());
            assert_eq!(fill(&mut places, place(provider, 2)), OF_WEBHOOK);
        }
        assert!(places.is_full());
        assert_eq!(places.free_for(place(9, 1)), 0);
        places.give_back(place(3, 1));
        assert_eq!(places.free_for(place(9, 1)), 1);
        assert_eq!(places.free_for(place(4, 3)), 0);
    }

    proptest! {
        #[test]
        fn no_bound_is_passed_and_what_is_given_back_is_free_again(
            steps in prop::collection::vec((1_u128..12, 0_u128..4, any::<bool>()), 0..400)
        ) {
            let mut places = Places::default();
            let mut taken = Vec::new();
            for (provider, webhook, is_end) in steps {
                let wanted = place(provider, webhook);
                if is_end && !taken.is_empty() {
                    places.give_back(taken.swap_remove(provider as usize % taken.len()));
                } else if places.free_for(wanted) > 0 {
                    places.take(wanted);
                    taken.push(wanted);
                }
                let of = |is: &dyn Fn(&Place) -> bool| taken.iter().filter(|p| is(p)).count();
                let provider = of(&|p| p.provider == wanted.provider);
                let webhook = of(&|p| p.webhook == wanted.webhook);
                let left = (IN_ALL - taken.len())
                    .min(OF_PROVIDER - provider)
                    .min(OF_WEBHOOK - webhook);
                prop_assert_eq!(places.free_for(wanted), left);
                prop_assert_eq!(places.is_full(), taken.len() == IN_ALL);
                let is_full = places.full_providers().contains(&wanted.provider);
                prop_assert_eq!(is_full, provider == OF_PROVIDER);
                let is_full = places.full_webhooks().contains(&wanted.webhook);
                prop_assert_eq!(is_full, webhook == OF_WEBHOOK);
            }
            taken.into_iter().for_each(|place| places.give_back(place));
            prop_assert!(places.providers.is_empty() && places.webhooks.is_empty());
            prop_assert_eq!(places.all, 0);
        }
    }
}
