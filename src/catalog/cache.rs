//! What of the catalog is held in memory: published framework versions, which never change, the
//! words of its titles, which are held beside what they were read from, and what can change, for as
//! long as it did not. So what is cached stays right, on any number of
//! replicas; a change of another replica is seen within a second.

mod recent;

use std::sync::{Arc, Mutex, PoisonError};

use quick_cache::{Weighter, sync::Cache};
use uuid::Uuid;

use super::{
    search::Vocabulary,
    store::{ProfileContent, VersionContent},
};

pub use recent::{Held, Recent};

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
            .map(|s| {
                let lists = s.citations.len() + s.anchors.len();
                2 * s.text.len() + s.code.len() + 3 * lists + 384
            })
            .sum();
        let row = &version.row;
        let sources: usize = version.cited.iter().map(|s| s.label.len() + 512).sum();
        let own = row.sources.len() + row.occupation.len() + row.context_covered.len() + 512;
        let own = own + 2 * sources + 256 * version.domains.len();
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

/// The words of all titles, as of the newest title that they were read with.
#[derive(Debug, Default)]
pub struct TitleWords(Mutex<(Option<i64>, Arc<Vocabulary>)>);

impl TitleWords {
    /// The words, if `newest` is the newest title that they were read with.
    #[must_use]
    pub fn get(&self, newest: i64) -> Option<Arc<Vocabulary>> {
        let held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        (held.0 == Some(newest)).then(|| Arc::clone(&held.1))
    }

    /// Keeps the words of all titles up to `newest`.
    pub fn keep(&self, newest: i64, words: &Arc<Vocabulary>) {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *held = (Some(newest), Arc::clone(words));
    }
}

/// Bytes of frozen documents that the cache of profiles stands for at most.
const PROFILES: u64 = 8 << 20;

/// Weighs a profile by its frozen document, in bytes; what is made of it takes about twice that.
#[derive(Clone)]
struct ByDocument;

impl Weighter<Uuid, Arc<ProfileContent>> for ByDocument {
    fn weight(&self, _: &Uuid, profile: &Arc<ProfileContent>) -> u64 {
        u64::try_from(2 * profile.size + 512).unwrap_or(u64::MAX)
    }
}

/// Published profiles, by id; bounded by the size of their documents.
pub struct ProfileCache(Cache<Uuid, Arc<ProfileContent>, ByDocument>);

impl Default for ProfileCache {
    fn default() -> Self {
        Self(Cache::with_weighter(EXPECTED / 4, PROFILES, ByDocument))
    }
}

impl ProfileCache {
    /// The profile, if it is held.
    #[must_use]
    pub fn get(&self, id: Uuid) -> Option<Arc<ProfileContent>> {
        self.0.get(&id)
    }

    /// Keeps a published profile.
    pub fn insert(&self, profile: &Arc<ProfileContent>) {
        self.0.insert(profile.id, Arc::clone(profile));
    }
}

/// Bytes of pairs that the cache of kept statements holds at most.
const KEPT: u64 = 8 << 20;

/// A statement of a newer version, and the one of an older version that it is.
pub type Pairs = Arc<[(Uuid, Uuid)]>;

#[derive(Clone)]
struct ByLength;

impl Weighter<(Uuid, Uuid), Pairs> for ByLength {
    fn weight(&self, _: &(Uuid, Uuid), pairs: &Pairs) -> u64 {
        u64::try_from(size_of_val(&**pairs) + 128).unwrap_or(u64::MAX)
    }
}

/// Which statements two published versions have in common, by the older and the newer; bounded by
/// their number.
pub struct KeptCache(Cache<(Uuid, Uuid), Pairs, ByLength>);

impl Default for KeptCache {
    fn default() -> Self {
        Self(Cache::with_weighter(EXPECTED / 4, KEPT, ByLength))
    }
}

impl KeptCache {
    /// The pairs, if they are held.
    #[must_use]
    pub fn get(&self, versions: (Uuid, Uuid)) -> Option<Pairs> {
        self.0.get(&versions)
    }

    /// Keeps the pairs of two published versions.
    pub fn insert(&self, versions: (Uuid, Uuid), pairs: &Pairs) {
        self.0.insert(versions, Arc::clone(pairs));
    }
}
