//! Importing a framework: all of a document, or nothing of it.

use sea_orm::ConnectionTrait;
use serde_json::json;
use uuid::Uuid;

use crate::{
    app::Op,
    catalog::{
        case::Mend,
        ids,
        import::{self, Format, Import, Limits},
        model::{Extra, FrameworkVersion, OccupationFacts},
        ops::publish::{publish, upsert_occupation},
        profile::OccupationProfile,
        rules::{FrozenProfile, FrozenVersion, freeze, freeze_profile},
        store,
    },
    identity::{
        audit::{self, Change},
        policy::{self, Action},
    },
    kernel::{
        clock,
        errors::{Error, Problem, Result},
    },
};

/// What an import did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// The version that the document holds, of several frameworks the first.
    pub version: Uuid,
    /// All the versions that it holds, in their order.
    pub versions: Vec<Uuid>,
    /// The code of the occupation that it is about, if it is about one.
    pub soc: Option<String>,
    /// What the framework is called: by its own title, or as its occupation.
    pub title: String,
    /// Version label, of several the first.
    pub label: String,
    /// Whether the catalog had exactly this content already, and nothing was changed.
    pub unchanged: bool,
    /// How many levels all its frameworks hold.
    pub levels: usize,
    /// How many statements all its frameworks hold.
    pub statements: usize,
    /// JSON Pointers of members that the format does not define; they are kept.
    pub unknown_members: Vec<String>,
    /// What the document said otherwise than its format wants it, and how it was read.
    pub mended: Vec<Mend>,
}

/// A document read and frozen: all that can be done before the catalog is asked.
#[derive(Debug, Clone)]
pub struct Document {
    import: Import,
    /// Of each framework, in their order.
    frozen: Vec<FrozenVersion>,
    profile: Option<FrozenProfile>,
}

/// Reads a document of any known format, and freezes what it holds.
pub fn read_document(bytes: &[u8]) -> Result<Document> {
    let import = import::read(bytes, &Limits::default()).map_err(|problems| {
        let told = problems.into_iter().map(|p| {
            Problem::new(
                p.path,
                "BAD_DOCUMENT",
                format!("{}: {}", p.message, p.remedy),
            )
        });
        Error::Invalid(told.collect())
    })?;
    let frozen = import.versions().map(|v| freeze(None, v)).collect();
    let profile = import.profile.as_ref().map(freeze_profile);
    Ok(Document {
        import,
        frozen,
        profile,
    })
}

/// Reads a document of any known format and publishes what it holds. A
/// published version never changes: the same content again changes nothing,
/// other content under its label is refused.
pub async fn import_framework(op: &Op, bytes: &[u8]) -> Result<Imported> {
    policy::permit(&op.actor, Action::ManageCatalog)?;
    let document = read_document(bytes)?;
    let tx = op.write_tx().await?;
    // Two imports of one document at once: the second finds what the first published.
    audit::lock_platform(&*tx).await?;
    let imported = publish_all(&*tx, op, document).await?;
    tx.commit().await?;
    Ok(imported)
}

/// Publishes several documents in one transaction, each of them whole or not
/// at all: the answer tells it for each, in order. One that is refused does
/// not stop the others.
///
/// # Errors
/// When the actor may not, or the database fails: then nothing of any of them
/// was stored.
pub async fn import_documents(op: &Op, documents: Vec<Document>) -> Result<Vec<Result<Imported>>> {
    policy::permit(&op.actor, Action::ManageCatalog)?;
    // Hardly ever is one refused, and then none has to be undone by itself. One alone may be large,
    // and need not be held twice.
    if documents.len() > 1
        && let Some(told) = all_together(op, &documents).await?
    {
        return Ok(told.into_iter().map(Ok).collect());
    }
    one_by_one(op, documents).await
}

/// Publishes documents in one transaction; where one is refused, none of them and `None`.
async fn all_together(op: &Op, documents: &[Document]) -> Result<Option<Vec<Imported>>> {
    let mut told = Vec::with_capacity(documents.len());
    let tx = op.write_tx().await?;
    audit::lock_platform(&*tx).await?;
    for document in documents {
        match publish_all(&*tx, op, document.clone()).await {
            Ok(imported) => told.push(imported),
            Err(e @ Error::Internal(_)) => return Err(e),
            Err(_) => return Ok(None),
        }
    }
    tx.commit().await?;
    Ok(Some(told))
}

/// Publishes documents in one transaction, each in a part that is undone where it is refused. That
/// costs: SQLite writes its index of words anew at the start of each part.
async fn one_by_one(op: &Op, documents: Vec<Document>) -> Result<Vec<Result<Imported>>> {
    let mut told = Vec::with_capacity(documents.len());
    let tx = op.write_tx().await?;
    audit::lock_platform(&*tx).await?;
    for document in documents {
        let part = tx.savepoint().await?;
        let outcome = publish_all(&*part, op, document).await;
        match &outcome {
            Ok(_) => part.keep().await?,
            Err(Error::Internal(_)) => return outcome.map(|_| Vec::new()),
            Err(_) => part.undo().await?,
        }
        told.push(outcome);
    }
    tx.commit().await?;
    Ok(told)
}

/// Publishes what a document holds, in the caller's transaction, which has locked the audit log.
async fn publish_all(tx: &impl ConnectionTrait, op: &Op, document: Document) -> Result<Imported> {
    let Document {
        import,
        frozen,
        profile,
    } = document;
    let mut versions = Vec::with_capacity(frozen.len());
    let mut unchanged = true;
    if let Some((profile, frozen)) = import.profile.as_ref().zip(profile) {
        unchanged &= publish_profile(tx, op, profile, &import.version.version, frozen).await?;
    }
    for ((version, frozen), owner) in import.versions().zip(frozen).zip(&import.owners) {
        if let Some(known) = published_by(tx, *owner, version).await? {
            versions.push(known);
            continue;
        }
        versions.push(frozen.id);
        let digest = match import.format {
            Format::FrameworkExport1_0 => Some(import.content_digest.as_str()),
            Format::FrameworkExport2_0 | Format::CasePackage => None,
        };
        unchanged &= publish(tx, op, None, version, frozen, digest)
            .await?
            .unchanged;
    }
    Ok(summary(versions, &import, unchanged))
}

/// The version that a provider here has published, if it is the one that a document holds; what is
/// no provider's here is published as a shared framework.
async fn published_by(
    tx: &impl ConnectionTrait,
    owner: Option<Uuid>,
    version: &FrameworkVersion,
) -> Result<Option<Uuid>> {
    if owner.is_none() {
        return Ok(None);
    }
    let framework = ids::framework(owner, &version.key);
    let found = store::version_by_label(tx, framework, &version.version).await?;
    let same = found.filter(|old| old.content_sri == freeze(owner, version).digest_sri);
    Ok(same.map(|old| old.id))
}

/// Publishes a profile that came beside a version with this label; whether it was there already.
async fn publish_profile(
    tx: &impl ConnectionTrait,
    op: &Op,
    profile: &OccupationProfile,
    label: &str,
    frozen: FrozenProfile,
) -> Result<bool> {
    if let Some(old) = store::profile_digest(tx, frozen.id).await? {
        if old == frozen.digest_sri {
            return Ok(true);
        }
        let message = format!(
            "the profile {} is published with other content, and a published profile never changes: give the new content a new version label",
            profile.version
        );
        return Err(Error::invalid(
            "/profile/version",
            "PROFILE_PUBLISHED",
            message,
        ));
    }
    let change = Change {
        provider: None,
        action: "occupation_profile.publish",
        target: frozen.id.to_string(),
        before: None,
        after: Some(json!({
            "occupation": profile.occupation.soc.as_str(),
            "version": profile.version,
            "digest": frozen.digest_sri,
        })),
    };
    upsert_occupation(tx, op, &profile.occupation, label).await?;
    store::insert_profile(tx, profile, frozen, clock::to_millis(op.now)).await?;
    audit::record(tx, op, change).await?;
    Ok(false)
}

fn summary(versions: Vec<Uuid>, import: &Import, unchanged: bool) -> Imported {
    let first = &import.version;
    let about = first.occupation.as_ref();
    let occupation_title = || about.map(|facts: &OccupationFacts| facts.title.clone());
    let mut unknown: Vec<String> = import
        .versions()
        .flat_map(|v| v.extras.iter().map(Extra::pointer))
        .chain(
            import
                .profile
                .iter()
                .flat_map(|p| p.extras.iter().map(Extra::pointer)),
        )
        .collect();
    if !import.others.is_empty() {
        // What stands beside the frameworks is told of each of them.
        unknown.sort();
        unknown.dedup();
    }
    Imported {
        version: versions.first().copied().unwrap_or_default(),
        versions,
        soc: about.map(|facts| facts.soc.to_string()),
        title: first
            .title
            .clone()
            .or_else(occupation_title)
            .unwrap_or_else(|| first.key.as_str().to_owned()),
        label: first.version.clone(),
        unchanged,
        levels: import.versions().map(|v| v.levels.len()).sum(),
        statements: import
            .versions()
            .flat_map(|v| &v.levels)
            .map(|l| l.statements.len())
            .sum(),
        unknown_members: unknown,
        mended: import.mended.clone(),
    }
}
