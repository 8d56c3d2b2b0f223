//! Importing a framework: all of a document, or nothing of it.

use entity::{framework_version, occupation};
use sea_orm::ConnectionTrait;
use serde_json::json;
use uuid::Uuid;

use crate::{
    app::Op,
    catalog::{
        export,
        ids::{self, FrameworkKey},
        import::{self, Import, Limits},
        model::FrameworkVersion,
        ops::onet,
        rules::{FrozenVersion, compare_labels, differences, freeze},
        store::{self, NewVersion},
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

/// Differences that a refusal names at most.
const NAMED_DIFFERENCES: usize = 10;

/// What an import did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// The version that the document holds.
    pub version: Uuid,
    /// The occupation's code.
    pub soc: String,
    /// The occupation's title.
    pub title: String,
    /// Version label.
    pub label: String,
    /// Whether the catalog had exactly this content already, and nothing was changed.
    pub unchanged: bool,
    /// How many levels it holds.
    pub levels: usize,
    /// How many statements it holds.
    pub statements: usize,
    /// JSON Pointers of members that the format does not define; they are kept.
    pub unknown_members: Vec<String>,
}

/// A document read and frozen: all that can be done before the catalog is asked.
#[derive(Debug, Clone)]
pub struct Document {
    import: Import,
    frozen: FrozenVersion,
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
    let frozen = freeze(None, &import.version);
    Ok(Document { import, frozen })
}

/// Reads a document of any known format and publishes what it holds. A
/// published version never changes: the same content again changes nothing,
/// other content under its label is refused.
pub async fn import_framework(op: &Op, bytes: &[u8]) -> Result<Imported> {
    policy::permit(&op.actor, Action::ManageCatalog)?;
    let document = read_document(bytes)?;
    let tx = op.write_tx().await?;
    let imported = publish(&*tx, op, document).await?;
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
    let mut told = Vec::with_capacity(documents.len());
    let tx = op.write_tx().await?;
    for document in documents {
        let part = tx.savepoint().await?;
        let outcome = publish(&*part, op, document).await;
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

/// Publishes what a document holds, in the caller's transaction.
async fn publish(tx: &impl ConnectionTrait, op: &Op, document: Document) -> Result<Imported> {
    // Two imports of one document at once: the second finds what the first published.
    audit::lock_platform(tx).await?;
    let Document { import, frozen } = document;
    let version = &import.version;
    let key = FrameworkKey::of_occupation(&version.occupation.soc, version.family);
    let framework = ids::framework(None, &key);
    if let Some(old) = store::version_by_label(tx, framework, &version.version).await? {
        if old.import_digest == import.content_digest {
            return Ok(summary(old.id, &import, true));
        }
        return Err(refusal(tx, &old, version).await?);
    }
    upsert_occupation(tx, op, version).await?;
    let (id, sri) = (frozen.id, frozen.digest_sri.clone());
    let new = NewVersion {
        owner: None,
        version,
        frozen,
        import_digest: &import.content_digest,
        published_at: clock::to_millis(op.now),
    };
    store::insert_version(tx, new).await?;
    let change = Change {
        provider: None,
        action: "framework_version.publish",
        target: id.to_string(),
        before: None,
        after: Some(json!({"framework": key.as_str(), "version": version.version, "digest": sri})),
    };
    audit::record(tx, op, change).await?;
    Ok(summary(id, &import, false))
}

fn summary(version: Uuid, import: &Import, unchanged: bool) -> Imported {
    let v = &import.version;
    Imported {
        version,
        soc: v.occupation.soc.to_string(),
        title: v.occupation.title.clone(),
        label: v.version.clone(),
        unchanged,
        levels: v.levels.len(),
        statements: v.levels.iter().map(|l| l.statements.len()).sum(),
        unknown_members: v
            .extras
            .iter()
            .map(crate::catalog::model::Extra::pointer)
            .collect(),
    }
}

async fn refusal(
    tx: &impl ConnectionTrait,
    old: &framework_version::Model,
    new: &FrameworkVersion,
) -> Result<Error> {
    let stored = store::stored_version(tx, old).await?;
    let found = differences(
        &export::v1_0::write(&stored),
        &export::v1_0::write(new),
        NAMED_DIFFERENCES,
    );
    let label = &old.label;
    let mut problems = vec![Problem::new(
        "/framework/version",
        "VERSION_PUBLISHED",
        format!(
            "{label} is published with other content, and a published version never changes: give the new content a new version label"
        ),
    )];
    let text = |side: &Option<String>| side.clone().unwrap_or_else(|| "nothing".to_owned());
    problems.extend(found.shown.iter().map(|d| {
        let message = format!(
            "published: {}; in this document: {}",
            text(&d.old),
            text(&d.new)
        );
        Problem::new(d.path.clone(), "DIFFERS", message)
    }));
    if found.more > 0 {
        let message = format!("{} more places differ", found.more);
        problems.push(Problem::new("", "DIFFERS", message));
    }
    Ok(Error::Invalid(problems))
}

/// Brings the occupation to what the newest version says of it: an older
/// version that is imported later changes nothing. A published job zone counts more than an
/// inferred one.
async fn upsert_occupation(
    tx: &impl ConnectionTrait,
    op: &Op,
    version: &FrameworkVersion,
) -> Result<()> {
    let facts = &version.occupation;
    let id = ids::occupation(&facts.soc);
    let known = store::version_ids(tx, &[id]).await?;
    let versions: Vec<_> = known.into_iter().map(|(_, v)| v).collect();
    if !versions.is_empty() {
        let rows = store::version_rows(tx, &versions).await?;
        if rows
            .iter()
            .any(|v| compare_labels(&v.label, &version.version).is_gt())
        {
            return Ok(());
        }
    }
    let (job_zone, job_zone_inferred) = match facts.job_zone {
        Some(zone) if !facts.job_zone_inferred => (Some(zone), false),
        guess => match onet::published_zone(tx, &facts.soc).await? {
            Some(zone) => (Some(zone), false),
            None => (guess, facts.job_zone_inferred),
        },
    };
    let row = occupation::Model {
        id,
        soc: facts.soc.to_string(),
        title: facts.title.clone(),
        title_folded: facts.title.to_lowercase(),
        major_group: facts.group.clone(),
        sector: facts.sector.clone(),
        job_zone: job_zone.map(|z| i32::from(z.number())),
        job_zone_inferred,
        updated_at: clock::to_millis(op.now),
    };
    store::upsert_occupation(tx, &row).await
}
