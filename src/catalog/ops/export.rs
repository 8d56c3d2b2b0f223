//! Writing published versions as documents that can be imported again.

use std::{collections::HashMap, fmt};

use uuid::Uuid;

use crate::{
    app::App,
    catalog::{
        export::{v1_0, v2_0},
        ids,
        model::{Family, FrameworkVersion, Soc},
        rules::compare_labels,
        store::{self, VersionRow},
    },
    kernel::{
        errors::{Error, Result},
        json::{Json, Object},
    },
};

/// A format that frameworks can be written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExportFormat {
    /// Framework export, schemaVersion 1.0: one framework, of the family MASTERY.
    V1_0,
    /// Framework export, schemaVersion 2.0: any frameworks, with the occupation's profile.
    V2_0,
}

/// What to export something of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// The shared frameworks of an occupation.
    Occupation(Soc),
    /// A framework, or one version of a framework, by its id.
    Framework(Uuid),
}

impl fmt::Display for Subject {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Subject::Occupation(soc) => soc.fmt(formatter),
            Subject::Framework(id) => id.fmt(formatter),
        }
    }
}

/// A published version with all that it says.
#[derive(Clone, Debug)]
pub struct WholeVersion {
    /// The provider whose framework it is, `None` for a shared one.
    pub owner: Option<Uuid>,
    /// What it says.
    pub version: FrameworkVersion,
}

/// What to export.
#[derive(Clone, Debug)]
pub struct ExportRequest {
    /// Of what.
    pub of: Subject,
    /// Which family; without one, each that fits the format.
    pub family: Option<Family>,
    /// The version with this label; without one the newest.
    pub label: Option<String>,
    /// The format; without one 1.0 where it can say all, and otherwise 2.0.
    pub format: Option<ExportFormat>,
}

/// Writes published versions of an occupation's frameworks, of each framework the newest or the
/// one with the label.
///
/// # Errors
/// `NotFound` when there is none; `Invalid` when the format cannot say all of it.
pub async fn export(app: &App, request: &ExportRequest) -> Result<Json> {
    match request.format {
        Some(ExportFormat::V1_0) => {
            let version = stored(app, &one(app, request).await?).await?;
            let beyond = v1_0::beyond(&version);
            if !beyond.is_empty() {
                let message = format!(
                    "an export 1.0 cannot say {}: export it as 2.0",
                    beyond.join(", ")
                );
                return Err(Error::invalid("format", "BEYOND_FORMAT", message));
            }
            Ok(v1_0::write(&version).into())
        }
        Some(ExportFormat::V2_0) => Ok(wide(app, request).await?.into()),
        None => match one(app, request).await {
            Ok(row) => {
                let version = stored(app, &row).await?;
                match v1_0::beyond(&version).is_empty() {
                    true => Ok(v1_0::write(&version).into()),
                    false => Ok(wide(app, request).await?.into()),
                }
            }
            Err(Error::NotFound(_)) => Ok(wide(app, request).await?.into()),
            Err(other) => Err(other),
        },
    }
}

/// The one version that is asked for: of an occupation that of a family, MASTERY if none is named.
pub(super) async fn one(app: &App, request: &ExportRequest) -> Result<VersionRow> {
    let family = match request.of {
        Subject::Occupation(_) => Some(request.family.unwrap_or(Family::Mastery)),
        Subject::Framework(_) => request.family,
    };
    let rows = rows(app, request, family).await?;
    let first = rows.into_iter().next();
    first.ok_or_else(|| missing(request, family))
}

/// All that was asked for, as 2.0.
async fn wide(app: &App, request: &ExportRequest) -> Result<Object> {
    let rows = rows(app, request, request.family).await?;
    let mut versions = Vec::with_capacity(rows.len());
    for row in &rows {
        versions.push(stored(app, row).await?);
    }
    let first = versions
        .first()
        .ok_or_else(|| missing(request, request.family))?;
    let id = first.profile.as_ref().map(|profile| profile.id);
    let profiles = store::profiles(app.db.public(), id.as_slice()).await?;
    let profile = profiles.first().map(|found| &found.profile);
    // What is asked for is one provider's framework, or all of it is shared.
    let owner = rows.first().and_then(|row| row.owner_id);
    v2_0::write_sealed(owner, &versions, profile).map_err(|apart| {
        let message = format!("{apart}, so one document cannot hold them: choose one family");
        Error::invalid("family", "APART", message)
    })
}

/// The newest rows, one a framework: by family and key.
async fn rows(
    app: &App,
    request: &ExportRequest,
    family: Option<Family>,
) -> Result<Vec<VersionRow>> {
    let db = app.db.public();
    let ids: Vec<Uuid> = match &request.of {
        Subject::Occupation(soc) => {
            let pairs = store::version_ids(db, &[ids::occupation(soc)]).await?;
            pairs.into_iter().map(|(_, version)| version).collect()
        }
        Subject::Framework(id) => {
            let pairs = store::framework_version_ids(db, &[*id]).await?;
            let of_framework = pairs.into_iter().map(|(_, version)| version);
            of_framework.chain([*id]).collect()
        }
    };
    let rows = store::version_rows(db, &ids).await?;
    let label = request.label.as_deref();
    let wanted = rows
        .into_iter()
        .filter(|v| family.is_none_or(|family| v.family == family.as_str()))
        .filter(|v| label.is_none_or(|label| v.label == label));
    let mut newest: HashMap<_, VersionRow> = HashMap::new();
    for row in wanted {
        let known = newest.get(&row.framework_id);
        if known.is_none_or(|known| compare_labels(&row.label, &known.label).is_gt()) {
            newest.insert(row.framework_id, row);
        }
    }
    let mut rows: Vec<_> = newest.into_values().collect();
    let place = |row: &VersionRow| {
        let family = Family::ALL.iter().position(|f| f.as_str() == row.family);
        (family, row.framework_id)
    };
    rows.sort_by_key(place);
    Ok(rows)
}

/// A published version with all that it says, and the provider whose framework it is.
///
/// # Errors
/// When the database fails.
pub async fn whole_version(app: &App, id: Uuid) -> Result<Option<WholeVersion>> {
    let rows = store::version_rows(app.db.public(), &[id]).await?;
    let Some(row) = rows.first() else {
        return Ok(None);
    };
    Ok(Some(WholeVersion {
        owner: row.owner_id,
        version: stored(app, row).await?,
    }))
}

async fn stored(app: &App, row: &VersionRow) -> Result<FrameworkVersion> {
    let db = app.db.public();
    let found = store::version_by_label(db, row.framework_id, &row.label).await?;
    let found = found.ok_or_else(|| Error::NotFound(format!("version {}", row.label)))?;
    store::stored_version(db, &found).await
}

fn missing(request: &ExportRequest, family: Option<Family>) -> Error {
    let of = &request.of;
    let family = family.map_or("framework".to_owned(), |family| family.to_string());
    let label = request.label.as_ref();
    let label = label.map_or_else(String::new, |label| format!(" {label}"));
    Error::NotFound(format!("a published {family} version{label} of {of}"))
}
