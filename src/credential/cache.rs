//! Signed status lists in memory, by revision.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use jiff::Timestamp;
use uuid::Uuid;

/// A status list as it is served.
#[derive(Debug, Clone)]
pub struct SignedList {
    /// How many changes of its bits it holds.
    pub revision: i64,
    /// When it was signed.
    pub signed_at: Timestamp,
    /// The list credential with its Data Integrity proof, as JSON.
    pub document: String,
    /// The same list credential as a compact `vc+jwt`.
    pub jwt: String,
    /// The indexes of credentials that were withdrawn because their learner was erased: no reader
    /// of the list can tell them from the revoked.
    pub withdrawn: Vec<u64>,
}

/// The newest signed form of each list that was asked for.
#[derive(Default)]
pub struct ListCache(Mutex<HashMap<Uuid, Arc<SignedList>>>);

impl ListCache {
    /// The list as it was last signed.
    #[must_use]
    pub fn get(&self, id: Uuid) -> Option<Arc<SignedList>> {
        let lists = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        lists.get(&id).cloned()
    }

    /// Keeps a signed list in place of the one before.
    pub fn insert(&self, id: Uuid, list: &Arc<SignedList>) {
        let mut lists = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        lists.insert(id, Arc::clone(list));
    }
}
