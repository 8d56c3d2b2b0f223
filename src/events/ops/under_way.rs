//! Deliveries under way, and the places that they hold.

use std::{collections::HashMap, future::Future};

use tokio::task::{Id, JoinSet};

use crate::events::places::{Place, Places};

/// Tasks that hold a place each, from their start to their end, whichever end that is.
#[derive(Default)]
pub(super) struct UnderWay {
    tasks: JoinSet<()>,
    holders: HashMap<Id, Place>,
    places: Places,
}

impl UnderWay {
    /// The places that are taken.
    pub(super) const fn places(&self) -> &Places {
        &self.places
    }

    /// Starts what holds a place.
    pub(super) fn start(&mut self, place: Place, work: impl Future<Output = ()> + Send + 'static) {
        let task = self.tasks.spawn(work);
        self.holders.insert(task.id(), place);
        self.places.take(place);
    }

    /// Waits until one ends, and takes its place back; `None` where none is under way. It may be
    /// dropped at any time.
    pub(super) async fn end_of_one(&mut self) -> Option<()> {
        let task = match self.tasks.join_next_with_id().await? {
            Ok((task, ())) => task,
            Err(error) => {
                tracing::error!(%error, "a delivery panicked");
                error.id()
            }
        };
        if let Some(place) = self.holders.remove(&task) {
            self.places.give_back(place);
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::events::places::OF_WEBHOOK;

    #[tokio::test]
    async fn whoever_panics_gives_its_own_place_back() {
        let place = |n| Place {
            provider: Uuid::from_u128(n),
            webhook: Uuid::from_u128(n),
        };
        let mut under_way = UnderWay::default();
        under_way.start(place(1), async { panic!("on the way") });
        under_way.start(place(2), std::future::pending());
        assert_eq!(under_way.places().free_for(place(1)), OF_WEBHOOK - 1);
        assert_eq!(under_way.end_of_one().await, Some(()));
        assert_eq!(under_way.places().free_for(place(1)), OF_WEBHOOK);
        assert_eq!(under_way.places().free_for(place(2)), OF_WEBHOOK - 1);
        under_way.tasks.abort_all();
        assert_eq!(under_way.end_of_one().await, Some(()));
        assert_eq!(under_way.places().free_for(place(2)), OF_WEBHOOK);
        assert_eq!(under_way.end_of_one().await, None);
        assert!(under_way.holders.is_empty());
    }
}
