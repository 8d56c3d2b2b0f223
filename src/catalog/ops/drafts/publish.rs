//! Publishing a draft.

use std::collections::HashSet;

use entity::framework_draft;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::{begin::stored, check_revision, lock_owner, locked, owner_of, record};
use crate::{
    app::Op,
    catalog::{
        drafts::{Frame, check},
        ids::FrameworkKey,
        model::{AnchorRef, JobZone, OccupationFacts},
        ops::publish::publish,
        profile::OccupationProfile,
        rules::{compare_labels, freeze},
        store::{self, DraftRow},
    },
    identity::policy::{self, Action},
    kernel::{
        clock,
        errors::{Error, Problem, Result},
    },
};

/// Characters of a label at most, as in what is imported.
const MAX_LABEL: usize = 300;

/// Publishes a draft of the actor's under a label, at the revision that was looked at: from then on
/// it never changes. It takes the place of the version that it was begun from.
///
/// # Errors
/// `NotFound`; `Invalid` with the code `STALE_REVISION`, `LABEL_NOT_NEWER`, or with all that bars the
/// draft from being published, at its places in the draft.
pub async fn publish_draft(op: &Op, id: Uuid, revision: i32, label: &str) -> Result<DraftRow> {
    policy::permit(&op.actor, Action::ManageFrameworks)?;
    let owner = owner_of(op);
    let tx = op.write_tx().await?;
    lock_owner(&*tx, owner).await?;
    let row = locked(&*tx, owner, id).await?;
    check_revision(&row, revision)?;
    check_label(&*tx, &row, label).await?;
    let frame = frame(&*tx, &row, label.to_owned()).await?;
    let draft = store::draft_content(&row.content)?;
    let anchors = match &frame.profile {
        Some(profile) => store::profiles(&*tx, &[profile.id]).await?.pop(),
        None => None,
    };
    let anchors = anchors.map(|content| anchors_of(&content.profile));
    let anchors = anchors.unwrap_or_default();
    let problems = check(&draft, frame.occupation.is_some(), &anchors);
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    let version = draft.version(frame);
    let frozen = freeze(owner, &version);
    let published = publish(&*tx, op, owner, &version, frozen, None).await?;
    let after = framework_draft::Model {
        state: "PUBLISHED".to_owned(),
        version_id: Some(published.id),
        updated_at: clock::to_millis(op.now),
        ..row.clone()
    };
    store::update_draft(&*tx, &after).await?;
    record(&*tx, op, "framework_draft.publish", Some(&row), &after).await?;
    tx.commit().await?;
    Ok(after.into())
}

/// The anchors that statements may name.
pub(super) fn anchors_of(profile: &OccupationProfile) -> HashSet<AnchorRef> {
    let anchors = profile.anchors.iter().map(|anchor| AnchorRef {
        kind: anchor.kind,
        ordinal: anchor.ordinal,
    });
    anchors.collect()
}

/// That a label is fit, and newer than those of the framework's versions.
async fn check_label(
    tx: &impl ConnectionTrait,
    row: &framework_draft::Model,
    label: &str,
) -> Result<()> {
    let refuse = |code, message| {
        Err(Error::Invalid(vec![Problem::new(
            "input.label",
            code,
            message,
        )]))
    };
    let invisible = label.chars().any(char::is_control) || label.trim() != label;
    let says = label.chars().any(char::is_alphanumeric);
    if !says || invisible || label.chars().nth(MAX_LABEL).is_some() {
        let message = format!("give 1 to {MAX_LABEL} characters, such as v.26.11");
        return refuse("BAD_LABEL", message);
    }
    let ids = store::framework_version_ids(tx, &[row.framework_id]).await?;
    let ids: Vec<_> = ids.into_iter().map(|(_, version)| version).collect();
    let versions = store::version_rows(tx, &ids).await?;
    let newest = versions
        .iter()
        .map(|version| version.label.as_str())
        .max_by(|a, b| compare_labels(a, b));
    match newest {
        Some(newest) if compare_labels(label, newest).is_le() => {
            let message =
                format!("the newest version is {newest}: give a label that comes after it");
            refuse("LABEL_NOT_NEWER", message)
        }
        _ => Ok(()),
    }
}

async fn frame(
    tx: &impl ConnectionTrait,
    row: &framework_draft::Model,
    label: String,
) -> Result<Frame> {
    if let Some(base) = row.base_version_id {
        let base = store::version_rows(tx, &[base]).await?.pop();
        let base = base.ok_or_else(|| Error::internal("a draft without its base"))?;
        let version = stored(tx, base.framework_id, &base.label).await?;
        return Ok(Frame::after(version, label));
    }
    let key = FrameworkKey::parse_own(&row.framework_key);
    let key = key.ok_or_else(|| Error::internal("a draft without its key"))?;
    let occupation = match row.occupation_id {
        None => None,
        Some(id) => Some(occupation(tx, id).await?),
    };
    Ok(Frame::first(occupation, key, label))
}

/// What the catalog says of an occupation now.
async fn occupation(tx: &impl ConnectionTrait, id: Uuid) -> Result<OccupationFacts> {
    let row = store::occupations_by_id(tx, &[id]).await?.pop();
    let row = row.ok_or_else(|| Error::internal("a draft without its occupation"))?;
    let zone = row.job_zone.map(|zone| JobZone::try_from(i64::from(zone)));
    Ok(OccupationFacts {
        soc: row.soc.parse().map_err(Error::internal)?,
        title: row.title,
        group: Some(row.major_group).filter(|group| !group.is_empty()),
        sector: row.sector,
        job_zone: zone.transpose().map_err(Error::internal)?,
        job_zone_label: None,
        job_zone_inferred: row.job_zone_inferred,
    })
}
