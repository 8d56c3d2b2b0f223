//! Importing a framework: all of a document, or nothing of it.

use entity::{framework_version, occupation};
use sea_orm::ConnectionTrait;
use serde_json::json;
use uuid::Uuid;

use crate::{
    app::Op,
    catalog::{
        export, ids,
        import::{self, Format, Import, Limits},
        model::{Extra, FrameworkVersion},
        ops::onet,
        profile::OccupationProfile,
        rules::{
            Difference, FrozenProfile, FrozenVersion, compare_labels, differences, freeze,
            freeze_profile,
        },
        store::{self, NewVersion},
    },
    identity::{
        audit::{self, Change},
        policy::{self, Action},
    },
    kernel::{
        clock,
        digest::sha256_hex,
        errors::{Error, Problem, Result},
    },
};

/// Differences that a refusal names at most.
const NAMED_DIFFERENCES: usize = 10;

/// What an import did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// The version that the document holds, of several frameworks the first.
    pub version: Uuid,
    /// All the versions that it holds, in their order.
    pub versions: Vec<Uuid>,
    /// The occupation's code.
    pub soc: String,
    /// The occupation's title.
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
    let Document {
        import,
        frozen,
        profile,
    } = document;
    let versions: Vec<Uuid> = frozen.iter().map(|frozen| frozen.id).collect();
    let mut unchanged = true;
    if let Some((profile, frozen)) = import.profile.as_ref().zip(profile) {
        unchanged &= publish_profile(tx, op, profile, &import.version, frozen).await?;
    }
    for (version, frozen) in import.versions().zip(frozen) {
        let digest = match import.format {
            Format::FrameworkExport1_0 => import.content_digest.clone(),
            Format::FrameworkExport2_0 => sha256_hex(&frozen.bytes),
        };
        unchanged &= publish_version(tx, op, version, frozen, &digest).await?;
    }
    Ok(summary(versions, &import, unchanged))
}

/// Publishes a profile that came beside a version; whether it was there already.
async fn publish_profile(
    tx: &impl ConnectionTrait,
    op: &Op,
    profile: &OccupationProfile,
    beside: &FrameworkVersion,
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
    upsert_occupation(tx, op, beside).await?;
    store::insert_profile(tx, profile, frozen, clock::to_millis(op.now)).await?;
    audit::record(tx, op, change).await?;
    Ok(false)
}

/// Publishes a version; whether it was there already, whatever document it came in.
async fn publish_version(
    tx: &impl ConnectionTrait,
    op: &Op,
    version: &FrameworkVersion,
    frozen: FrozenVersion,
    import_digest: &str,
) -> Result<bool> {
    let key = version.framework_key();
    let framework = ids::framework(None, &key);
    if let Some(old) = store::version_by_label(tx, framework, &version.version).await? {
        if old.import_digest == import_digest || old.content_sri == frozen.digest_sri {
            return Ok(true);
        }
        return Err(refusal(tx, &old, version).await?);
    }
    upsert_occupation(tx, op, version).await?;
    let (id, sri) = (frozen.id, frozen.digest_sri.clone());
    let new = NewVersion {
        owner: None,
        version,
        frozen,
        import_digest,
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
    Ok(false)
}

fn summary(versions: Vec<Uuid>, import: &Import, unchanged: bool) -> Imported {
    let first = &import.version;
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
        soc: first.occupation.soc.to_string(),
        title: first.occupation.title.clone(),
        label: first.version.clone(),
        unchanged,
        levels: import.versions().map(|v| v.levels.len()).sum(),
        statements: import
            .versions()
            .flat_map(|v| &v.levels)
            .map(|l| l.statements.len())
            .sum(),
        unknown_members: unknown,
    }
}

async fn refusal(
    tx: &impl ConnectionTrait,
    old: &framework_version::Model,
    new: &FrameworkVersion,
) -> Result<Error> {
    let stored = store::stored_version(tx, old).await?;
    let write = match stored.is_plain() && new.is_plain() {
        true => export::v1_0::write,
        false => export::v2_0::write_one,
    };
    let mut found = differences(&write(&stored), &write(new), NAMED_DIFFERENCES);
    if stored.profile != new.profile {
        let digest = |of: &FrameworkVersion| Some(of.profile.as_ref()?.digest_sri.clone());
        found.shown.push(Difference {
            path: "/profile".to_owned(),
            old: digest(&stored),
            new: digest(new),
        });
    }
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
    let before = store::occupations_by_id(tx, &[id]).await?;
    // A source that gives no group does not take away what another gave.
    let group = facts.group.clone();
    let group = group.or_else(|| before.into_iter().next().map(|row| row.major_group));
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
        major_group: group.unwrap_or_default(),
        sector: facts.sector.clone(),
        job_zone: job_zone.map(|z| i32::from(z.number())),
        job_zone_inferred,
        updated_at: clock::to_millis(op.now),
    };
    store::upsert_occupation(tx, &row).await
}
