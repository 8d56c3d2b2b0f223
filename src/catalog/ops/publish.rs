//! Publishing a version of a framework: the only way that one comes into the catalog.

use entity::{framework_version, occupation};
use sea_orm::ConnectionTrait;
use serde_json::json;
use uuid::Uuid;

use crate::{
    app::Op,
    catalog::{
        case, export, ids,
        model::{FrameworkVersion, OccupationFacts},
        ops::onet,
        rules::{Difference, Differences, FrozenVersion, compare_labels, differences},
        store::{self, NewVersion},
    },
    identity::audit::{self, Change},
    kernel::{
        clock,
        digest::sha256_hex,
        errors::{Error, Problem, Result},
    },
};

/// Differences that a refusal names at most.
const NAMED_DIFFERENCES: usize = 10;

/// A version that is published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Published {
    /// The version.
    pub(super) id: Uuid,
    /// SHA-384 of its frozen document, in Subresource Integrity form.
    pub(super) digest_sri: String,
    /// Whether the catalog had exactly this content already, and nothing was changed.
    pub(super) unchanged: bool,
}

/// Publishes a version of a framework of `owner`, in the caller's transaction, which has locked
/// the audit log that the change is written to. A published version never changes: the same
/// content again, whatever document it came in, changes nothing. `frozen` is what the version
/// freezes to; `import_digest` is what recognises a second import of the same document, where its
/// form has one of its own.
///
/// # Errors
/// `VERSION_PUBLISHED`, with the differences, if other content stands under the label.
pub(super) async fn publish(
    tx: &impl ConnectionTrait,
    op: &Op,
    owner: Option<Uuid>,
    version: &FrameworkVersion,
    frozen: FrozenVersion,
    import_digest: Option<&str>,
) -> Result<Published> {
    let key = &version.key;
    let framework = ids::framework(owner, key);
    let own = sha256_hex(&frozen.bytes);
    let import_digest = import_digest.unwrap_or(&own);
    let (id, digest_sri) = (frozen.id, frozen.digest_sri.clone());
    let published = |unchanged| Published {
        id,
        digest_sri: digest_sri.clone(),
        unchanged,
    };
    if let Some(old) = store::version_by_label(tx, framework, &version.version).await? {
        if old.import_digest == import_digest || old.content_sri == frozen.digest_sri {
            return Ok(published(true));
        }
        return Err(refusal(tx, &old, version).await?);
    }
    if owner.is_none()
        && let Some(facts) = &version.occupation
    {
        upsert_occupation(tx, op, facts, &version.version).await?;
    }
    let new = NewVersion {
        owner,
        version,
        frozen,
        import_digest,
        published_at: clock::to_millis(op.now),
    };
    store::insert_version(tx, new).await?;
    let change = Change {
        provider: owner,
        action: "framework_version.publish",
        target: id.to_string(),
        before: None,
        after: Some(
            json!({"framework": key.as_str(), "version": version.version, "digest": &digest_sri}),
        ),
    };
    audit::record(tx, op, change).await?;
    Ok(published(false))
}

async fn refusal(
    tx: &impl ConnectionTrait,
    old: &framework_version::Model,
    new: &FrameworkVersion,
) -> Result<Error> {
    let stored = store::stored_version(tx, old).await?;
    let packages = case::side_by_side([&stored, new]);
    let (place, label_of) = match packages {
        Some(_) => (
            "/CFDocument/version",
            "version, or, where it has none, a new lastChangeDateTime",
        ),
        None => ("/framework/version", "version label"),
    };
    let mut found = Differences::default();
    if let Some([before, after]) = packages {
        found = differences(&before, &after, NAMED_DIFFERENCES);
    }
    // The order of what a package does not number is told by no place in it.
    if found.shown.is_empty() {
        let write = match stored.is_plain() && new.is_plain() {
            true => export::v1_0::write,
            false => export::v2_0::write_one,
        };
        found = differences(&write(&stored), &write(new), NAMED_DIFFERENCES);
    }
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
        place,
        "VERSION_PUBLISHED",
        format!(
            "{label} is published with other content, and a published version never changes: give the new content a new {label_of}"
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

/// Brings the occupation to what its newest shared version says of it, this one having `label`:
/// an older version that is imported later changes nothing. A published job zone counts more than an
/// inferred one.
pub(super) async fn upsert_occupation(
    tx: &impl ConnectionTrait,
    op: &Op,
    facts: &OccupationFacts,
    label: &str,
) -> Result<()> {
    let id = ids::occupation(&facts.soc);
    let known = store::version_ids(tx, &[id]).await?;
    let before = store::occupations_by_id(tx, &[id]).await?;
    let before = before.into_iter().next();
    // A source that gives no group does not take away what another gave.
    let group = facts.group.clone();
    let group = group.or_else(|| before.as_ref().map(|row| row.major_group.clone()));
    let versions: Vec<_> = known.into_iter().map(|(_, v)| v).collect();
    if !versions.is_empty() {
        let rows = store::version_rows(tx, &versions).await?;
        if rows.iter().any(|v| compare_labels(&v.label, label).is_gt()) {
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
    store::put_occupation(tx, before.as_ref(), row).await
}
