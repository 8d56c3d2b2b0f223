//! The catalog as CASE 1.1: open to anyone.

use std::collections::{HashMap, HashSet};

use uuid::Uuid;

use crate::{
    app::App,
    catalog::{
        case::{
            self, CaseContext, DocumentFacts, Successors, Writer,
            query::{Filter, Sort},
        },
        ids,
        model::FrameworkVersion,
        ops::export::{ExportRequest, one},
        profile::OccupationProfile,
        store::{self, VersionRow},
    },
    kernel::{
        clock,
        errors::{Error, Result},
        json::Object,
    },
};

/// Versions that are read at a time where all are looked at.
const AT_ONCE: usize = 2_000;

/// A published version with all that its package is written from.
#[derive(Debug)]
pub struct Case {
    version: FrameworkVersion,
    profile: Option<OccupationProfile>,
    owner: Option<Uuid>,
    published_at: i64,
    deprecated_at: Option<i64>,
    replaced_by: Successors,
}

impl Case {
    /// Writes it, or some of it. `base` is the public address of the service.
    pub fn write<T>(&self, base: &str, with: impl FnOnce(&Writer<'_>) -> T) -> T {
        let context = CaseContext {
            base,
            owner: self.owner,
            published_at: clock::from_millis(self.published_at),
            deprecated_at: self.deprecated_at.map(clock::from_millis),
            replaced_by: &self.replaced_by,
            profile: self.profile.as_ref(),
        };
        with(&Writer::new(&self.version, &context))
    }
}

/// The newest version that is, or was imported from, the document with this identifier.
pub async fn of_document(app: &App, id: Uuid) -> Result<Option<Case>> {
    match store::document_version(app.db.public(), id).await? {
        Some(version) => load(app, version).await,
        None => Ok(None),
    }
}

/// A published version.
pub async fn of_version(app: &App, id: Uuid) -> Result<Option<Case>> {
    load(app, id).await
}

/// The newest version that holds something with this identifier: an item or its id here, an
/// association, a definition or a rubric.
pub async fn holding(app: &App, id: Uuid) -> Result<Option<Case>> {
    let (origin, _) = ids::association_origin(id);
    match store::holder(app.db.public(), &[id, origin]).await? {
        Some(version) => load(app, version).await,
        None => Ok(None),
    }
}

/// Writes the package of the one version that is asked for.
///
/// # Errors
/// `NotFound` when there is none.
pub async fn export(app: &App, request: &ExportRequest, base: &str) -> Result<Object> {
    let row = one(app, request).await?;
    let found = load(app, row.id).await?;
    let found = found.ok_or_else(|| Error::NotFound(format!("version {}", row.label)))?;
    Ok(found.write(base, |writer| writer.package()))
}

async fn load(app: &App, id: Uuid) -> Result<Option<Case>> {
    let db = app.db.public();
    let Some(row) = store::published(db, id).await? else {
        return Ok(None);
    };
    let rows = store::version_rows(db, &[id]).await?;
    let version = store::stored_version(db, &row).await?;
    let profiles = store::profiles(db, row.profile_id.as_slice()).await?;
    let document = match store::successor(db, &row).await? {
        Some(new) => Some((new.case_id.unwrap_or(new.id), new.name()?)),
        None => None,
    };
    let mut statements = HashMap::new();
    for (old, new, imported) in store::statement_successors(db, id).await? {
        if let Some(old) = old {
            statements.entry(old).or_insert(imported.unwrap_or(new));
        }
    }
    Ok(Some(Case {
        version,
        profile: profiles.into_iter().next().map(|found| found.profile),
        owner: rows.first().and_then(|row| row.owner_id),
        published_at: row.published_at.unwrap_or_default(),
        deprecated_at: row.deprecated_at,
        replaced_by: Successors {
            document,
            statements,
        },
    }))
}

/// Which documents to list.
#[derive(Clone, Debug, Default)]
pub struct Listing {
    /// Only those that it takes.
    pub filter: Option<Filter>,
    /// Their order; without one that of their ids.
    pub sort: Option<Sort>,
    /// How many to leave out.
    pub offset: usize,
    /// How many to give at most.
    pub limit: usize,
}

/// A page of the documents, and how many there are in all. Of a document that was imported in
/// several versions only the newest is listed.
pub async fn documents(app: &App, base: &str, listing: &Listing) -> Result<(Vec<Object>, usize)> {
    let db = app.db.public();
    let (mut seen, mut older) = (HashSet::new(), HashSet::new());
    for (version, document) in store::imported_documents(db).await? {
        if !seen.insert(document) {
            older.insert(version);
        }
    }
    let all = store::documents(db).await?.into_iter();
    let all: Vec<Uuid> = all.filter(|id| !older.contains(id)).collect();
    let page = |from: usize| from..from.saturating_add(listing.limit);
    if listing.filter.is_none() && listing.sort.is_none() {
        let wanted = page(listing.offset);
        let wanted = all.get(wanted.start.min(all.len())..wanted.end.min(all.len()));
        let found = documents_of(app, base, wanted.unwrap_or_default()).await?;
        return Ok((found, all.len()));
    }
    let mut found = Vec::new();
    for some in all.chunks(AT_ONCE) {
        let mut documents = documents_of(app, base, some).await?;
        if let Some(filter) = &listing.filter {
            documents.retain(|document| filter.takes(document));
        }
        found.append(&mut documents);
    }
    if let Some(sort) = &listing.sort {
        sort.apply(&mut found);
    }
    let total = found.len();
    let found = found.into_iter().skip(listing.offset).take(listing.limit);
    Ok((found.collect(), total))
}

/// The document of a version, by its identifier.
pub async fn document(app: &App, base: &str, id: Uuid) -> Result<Option<Object>> {
    match store::document_version(app.db.public(), id).await? {
        Some(version) => Ok(documents_of(app, base, &[version]).await?.pop()),
        None => Ok(None),
    }
}

/// The documents of versions, in the order of their ids.
pub async fn documents_of(app: &App, base: &str, ids: &[Uuid]) -> Result<Vec<Object>> {
    let db = app.db.public();
    let mut rows = store::version_rows(db, ids).await?;
    rows.sort_by_key(|row| row.id);
    let states = store::version_states(db, ids).await?;
    let deprecated: HashMap<Uuid, Option<i64>> = states
        .into_iter()
        .map(|state| (state.id, state.deprecated_at))
        .collect();
    let imported = rows.iter().filter(|row| row.case_id.is_some());
    let imported: Vec<Uuid> = imported.map(|row| row.id).collect();
    let facts = store::case_facts(db, &imported).await?;
    let write = |row: &VersionRow| {
        let occupation = row.occupation_facts()?;
        let context = CaseContext {
            base,
            owner: row.owner_id,
            published_at: clock::from_millis(row.published_at.unwrap_or_default()),
            deprecated_at: deprecated
                .get(&row.id)
                .copied()
                .flatten()
                .map(clock::from_millis),
            replaced_by: &Successors::default(),
            profile: None,
        };
        let told = DocumentFacts {
            id: row.id,
            framework_id: row.framework_id,
            family: row.family.parse().map_err(Error::internal)?,
            occupation: occupation.as_ref(),
            title: row.title.as_deref(),
            key: &row.key,
            creator: row.creator.as_deref(),
            label: &row.label,
            description: &row.description,
            attribution: &row.attribution,
            case: facts.get(&row.id),
        };
        Ok(case::standalone(&told, &context))
    };
    rows.iter().map(write).collect()
}
