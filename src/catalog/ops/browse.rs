//! Reading the catalog: open to anyone.

use std::{
    collections::{HashMap, HashSet},
    hash::Hash,
    sync::Arc,
};

use entity::occupation;
use uuid::Uuid;

use crate::{
    app::App,
    catalog::{model::Soc, rules::compare_labels, store},
    kernel::{
        errors::{Error, Result},
        pages::{Page, PageRequest},
    },
};

/// An occupation as it is stored.
pub use entity::occupation::Model as OccupationRow;
/// A statement as it is stored.
pub use entity::statement::Model as StatementRow;

pub use crate::catalog::store::{
    LevelContent, Marks, OccupationFilter, Order, VersionContent, VersionState,
};

/// An occupation by SOC code.
pub async fn occupation(app: &App, soc: &str) -> Result<Option<occupation::Model>> {
    // What is no code names no occupation.
    let Ok(soc) = soc.parse::<Soc>() else {
        return Ok(None);
    };
    let found = occupations_by_soc(app, &[soc.as_str().to_owned()]).await?;
    Ok(found.into_iter().next())
}

/// Several occupations by SOC code; unknown ones are left out.
pub async fn occupations_by_soc(app: &App, codes: &[String]) -> Result<Vec<occupation::Model>> {
    let held = app.recent.held(&app.db).await?;
    let (mut out, missing) = parted(codes, |soc| held.by_soc.get(soc));
    if !missing.is_empty() {
        for row in store::occupations_by_soc(app.db.public(), &missing).await? {
            held.by_soc.insert(row.soc.clone(), row.clone());
            out.push(row);
        }
    }
    Ok(out)
}

/// Several occupations by id.
pub async fn occupations_by_id(app: &App, ids: &[Uuid]) -> Result<Vec<occupation::Model>> {
    let held = app.recent.held(&app.db).await?;
    let (mut out, missing) = parted(ids, |id| held.by_id.get(id));
    if !missing.is_empty() {
        for row in store::occupations_by_id(app.db.public(), &missing).await? {
            held.by_id.insert(row.id, row.clone());
            out.push(row);
        }
    }
    Ok(out)
}

/// What is held of these, each once, and those that are not.
pub(super) fn parted<K: Clone + Eq + Hash, T>(
    keys: &[K],
    held: impl Fn(&K) -> Option<T>,
) -> (Vec<T>, Vec<K>) {
    let (mut out, mut missing) = (Vec::with_capacity(keys.len()), Vec::new());
    let mut seen = HashSet::with_capacity(keys.len());
    for key in keys.iter().filter(|key| seen.insert(*key)) {
        match held(key) {
            Some(value) => out.push(value),
            None => missing.push(key.clone()),
        }
    }
    (out, missing)
}

/// The most characters of one text in a filter: as many as a title may have. SQLite fails
/// on patterns of 50,000 bytes.
const MAX_FILTER_CHARS: usize = 300;

/// A page of the occupations that pass `filter`. Fails with `BAD_LENGTH` on a text that is
/// longer than any title.
pub async fn occupations(
    app: &App,
    filter: &OccupationFilter,
    order: Order,
    page: &PageRequest,
) -> Result<Page<occupation::Model>> {
    let prefix = filter.soc_prefix.iter().map(|t| ("filter.socPrefix", t));
    let words = filter.title_words.iter().map(|t| ("filter.titleWords", t));
    for (field, text) in prefix.chain(words) {
        if text.chars().nth(MAX_FILTER_CHARS).is_some() {
            let message = format!("give at most {MAX_FILTER_CHARS} characters a word");
            return Err(Error::invalid(field, "BAD_LENGTH", message));
        }
    }
    store::occupations(app.db.public(), filter, order, page).await
}

/// The published versions of several frameworks, newest label first.
pub async fn versions_of_frameworks(
    app: &App,
    frameworks: &[Uuid],
) -> Result<HashMap<Uuid, Vec<Arc<VersionContent>>>> {
    let pairs = store::framework_version_ids(app.db.public(), frameworks).await?;
    grouped(app, pairs).await
}

/// The published versions of the shared frameworks of several occupations: by family, newest
/// label first.
pub async fn versions_of(
    app: &App,
    occupations: &[Uuid],
) -> Result<HashMap<Uuid, Vec<Arc<VersionContent>>>> {
    let held = app.recent.held(&app.db).await?;
    let known = |id: &Uuid| Some((*id, held.versions.get(id)?));
    let (mut lists, missing) = parted(occupations, known);
    if !missing.is_empty() {
        let mut read: HashMap<Uuid, Vec<Uuid>> = HashMap::new();
        for (occupation, version) in store::version_ids(app.db.public(), &missing).await? {
            read.entry(occupation).or_default().push(version);
        }
        for id in missing {
            let versions: Arc<[Uuid]> = read.remove(&id).unwrap_or_default().into();
            held.versions.insert(id, Arc::clone(&versions));
            lists.push((id, versions));
        }
    }
    let pairs = lists.iter();
    let pairs = pairs.flat_map(|(id, versions)| versions.iter().map(|v| (*id, *v)));
    grouped(app, pairs.collect()).await
}

/// The versions of pairs, by the first of each pair; in order of family and label.
async fn grouped(
    app: &App,
    pairs: Vec<(Uuid, Uuid)>,
) -> Result<HashMap<Uuid, Vec<Arc<VersionContent>>>> {
    let ids: Vec<_> = pairs.iter().map(|(_, version)| *version).collect();
    let versions = versions(app, &ids).await?;
    let mut out: HashMap<Uuid, Vec<_>> = HashMap::new();
    for (occupation, version) in pairs {
        if let Some(version) = versions.get(&version) {
            out.entry(occupation).or_default().push(Arc::clone(version));
        }
    }
    for versions in out.values_mut() {
        versions.sort_by(|a: &Arc<VersionContent>, b| {
            let by_family = a.row.family.cmp(&b.row.family);
            by_family.then_with(|| compare_labels(&b.row.label, &a.row.label))
        });
    }
    Ok(out)
}

/// Published versions by id, with levels and statements.
pub async fn versions(app: &App, ids: &[Uuid]) -> Result<HashMap<Uuid, Arc<VersionContent>>> {
    let mut out = HashMap::with_capacity(ids.len());
    let mut missing = Vec::new();
    for id in ids {
        match app.versions.get(*id) {
            Some(version) => {
                out.insert(*id, version);
            }
            None => missing.push(*id),
        }
    }
    if !missing.is_empty() {
        for version in store::versions_with_statements(app.db.public(), &missing).await? {
            let version = Arc::new(version);
            app.versions.insert(&version);
            out.insert(version.row.id, version);
        }
    }
    Ok(out)
}

/// What became of published versions, by id.
pub async fn version_states(app: &App, ids: &[Uuid]) -> Result<Vec<VersionState>> {
    store::version_states(app.db.public(), ids).await
}

/// The versions that hold these statements, by statement; unknown ones are left out.
pub async fn versions_of_statements(
    app: &App,
    statements: &[Uuid],
) -> Result<HashMap<Uuid, Arc<VersionContent>>> {
    let pairs = store::statement_versions(app.db.public(), statements).await?;
    let ids: Vec<_> = pairs.iter().map(|(_, version)| *version).collect();
    let versions = versions(app, &ids).await?;
    let held = pairs.into_iter();
    Ok(held
        .filter_map(|(statement, v)| Some((statement, Arc::clone(versions.get(&v)?))))
        .collect())
}

/// The frozen document of a published version, byte for byte, and its SHA-384
/// in Subresource Integrity form.
pub async fn frozen_document(app: &App, id: Uuid) -> Result<Option<(Vec<u8>, String)>> {
    store::content(app.db.public(), id).await
}
