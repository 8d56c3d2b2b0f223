//! Published framework versions in memory. They never change, so what is
//! cached stays right, on any number of replicas.

use std::sync::Arc;

use quick_cache::{Weighter, sync::Cache};
use uuid::Uuid;

use super::store::VersionContent;

/// Bytes of text that the cache holds at most.
const CAPACITY: u64 = 48 << 20;
/// How many versions it makes room for at first.
const EXPECTED: usize = 4_096;

/// Weighs a version by its texts and rows, in bytes.
#[derive(Clone)]
struct ByText;

impl Weighter<Uuid, Arc<VersionContent>> for ByText {
    fn weight(&self, _: &Uuid, version: &Arc<VersionContent>) -> u64 {
        let statements = version.levels.iter().flat_map(|l| &l.statements);
        let texts: usize = statements
            .map(|s| 2 * s.text.len() + s.code.len() + 256)
            .sum();
        let row = &version.row;
        let own = row.sources.len() + row.occupation.len() + row.context_covered.len() + 512;
        u64::try_from(texts + own).unwrap_or(u64::MAX)
    }
}

/// Published versions, by id; bounded by the size of their texts.
pub struct VersionCache(Cache<Uuid, Arc<VersionContent>, ByText>);

impl Default for VersionCache {
    fn default() -> Self {
        Self(Cache::with_weighter(EXPECTED, CAPACITY, ByText))
    }
}

impl VersionCache {
    /// The version, if it is held.
    #[must_use]
    pub fn get(&self, id: Uuid) -> Option<Arc<VersionContent>> {
        self.0.get(&id)
    }

    /// Keeps a published version.
    pub fn insert(&self, version: &Arc<VersionContent>) {
        self.0.insert(version.row.id, Arc::clone(version));
    }
}
