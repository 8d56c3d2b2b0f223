//! Suggesting a correction.

use entity::correction;
use uuid::Uuid;

use super::{super::drafts::lock_owner, check_text, owner_of, record, suggester};
use crate::{
    app::Op,
    catalog::{
        onet::{Part, view},
        ops::{browse, onet, profiles},
        profile::{Anchor, AnchorKind},
        store,
    },
    identity::policy::{self, Action},
    kernel::{
        clock,
        errors::{Error, Result},
    },
};

/// Corrections of one suggester that nobody has decided, at most.
const MAX_OPEN: u64 = 50;

/// An anchor of an occupation, as its newest profile numbers them, or, without one, the newest
/// published tables. Where those differ its words tell which of the two is meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnchorPlace {
    /// The occupation's code.
    pub soc: String,
    /// The anchor's kind.
    pub kind: AnchorKind,
    /// The anchor's place within its kind, from 1.
    pub ordinal: i32,
    /// What it says, if that was told.
    pub text: Option<String>,
}

/// A target as it is now: whose framework it is of, and its words.
struct Found {
    owner: Option<Uuid>,
    statement: Option<Uuid>,
    anchor: Option<(Uuid, AnchorKind, i32)>,
    text: String,
}

/// Suggests other words for a statement of a published version or for an anchor, one of the two, and
/// says why.
///
/// # Errors
/// `NotFound` for what is not there; `Invalid` for texts of unfit length, words that are there
/// already, and with the code `TOO_MANY_OPEN` where as many wait as one may have waiting.
pub async fn suggest_correction(
    op: &Op,
    statement_id: Option<Uuid>,
    place: Option<&AnchorPlace>,
    proposed: String,
    reason: String,
) -> Result<correction::Model> {
    policy::permit(&op.actor, Action::SuggestCorrection)?;
    check_text(&proposed, "input.proposedText")?;
    check_text(&reason, "input.reason")?;
    // The catalog is asked before the transaction begins.
    let found = match (statement_id, place) {
        (Some(id), None) => statement(op, id).await?,
        (None, Some(place)) => anchor(op, place).await?,
        _ => {
            let message = "name a statement or an anchor: one of the two";
            return Err(Error::invalid("input", "UNCLEAR", message));
        }
    };
    if found.text == proposed {
        let message = "these are its words already: suggest others";
        return Err(Error::invalid("input.proposedText", "NO_CHANGE", message));
    }
    let by = suggester(op);
    let tx = op.write_tx().await?;
    lock_owner(&*tx, owner_of(op)).await?;
    if store::count_open_corrections(&*tx, &by).await? >= MAX_OPEN {
        let message =
            format!("{MAX_OPEN} of your corrections wait: withdraw one, or wait for a decision");
        return Err(Error::invalid("input", "TOO_MANY_OPEN", message));
    }
    let row = correction::Model {
        id: op.new_id(),
        provider_id: op.actor.provider(),
        owner_id: found.owner,
        suggested_by: by,
        statement_id: found.statement,
        occupation_id: found.anchor.map(|(occupation, _, _)| occupation),
        anchor_kind: found.anchor.map(|(_, kind, _)| kind.as_str().to_owned()),
        anchor_ordinal: found.anchor.map(|(_, _, ordinal)| ordinal),
        old_text: found.text,
        proposed,
        reason,
        state: "OPEN".to_owned(),
        decision_reason: None,
        draft_id: None,
        created_at: clock::to_millis(op.now),
        decided_at: None,
    };
    store::insert_correction(&*tx, &row).await?;
    record(&*tx, op, "correction.suggest", None, &row).await?;
    tx.commit().await?;
    Ok(row)
}

async fn statement(op: &Op, id: Uuid) -> Result<Found> {
    let missing = || Error::NotFound("this statement".to_owned());
    let mut found = browse::versions_of_statements(&op.app, &[id]).await?;
    let version = found.remove(&id).ok_or_else(missing)?;
    let (_, statement) = version.statement(id).ok_or_else(missing)?;
    Ok(Found {
        owner: version.row.owner_id,
        statement: Some(id),
        anchor: None,
        text: statement.text.clone(),
    })
}

async fn anchor(op: &Op, place: &AnchorPlace) -> Result<Found> {
    let (kind, ordinal) = (place.kind, place.ordinal);
    let missing = |what: &str| Error::NotFound(what.to_owned());
    let occupation = browse::occupation(&op.app, &place.soc).await?;
    let occupation = occupation.ok_or_else(|| missing("this occupation"))?;
    let wanted =
        |anchor: &&Anchor| u32::try_from(ordinal) == Ok(anchor.ordinal) && anchor.kind == kind;
    let mut profile = profiles::newest_profiles(&op.app, &[occupation.id]).await?;
    let profile = profile.remove(&occupation.id);
    let published = profile.as_ref().and_then(|content| {
        let found = content.profile.anchors.iter().find(wanted)?;
        Some(found.text.clone())
    });
    let is_meant = |found: &String| place.text.as_ref().is_none_or(|text| text == found);
    let enough = published.as_ref().is_some_and(is_meant);
    let listed = match (enough, &profile, &place.text) {
        (true, ..) | (_, Some(_), None) => None,
        _ => {
            let part = (Part::of_anchors(kind), occupation.soc.clone());
            let sheets = onet::sheets(&op.app, std::slice::from_ref(&part)).await?;
            let anchors = sheets.get(&part).map(|sheet| view::anchors(kind, sheet));
            let anchors = anchors.unwrap_or_default();
            anchors
                .iter()
                .find(wanted)
                .map(|anchor| anchor.text.clone())
        }
    };
    let there: Vec<String> = published.into_iter().chain(listed).collect();
    if there.is_empty() {
        return Err(missing("this anchor"));
    }
    let Some(found) = there.into_iter().find(is_meant) else {
        let message = "the anchor at this place says something else: read it again, and name the place of the one that is meant";
        return Err(Error::invalid("input.anchor.text", "OTHER_TEXT", message));
    };
    Ok(Found {
        owner: None,
        statement: None,
        anchor: Some((occupation.id, kind, ordinal)),
        text: found,
    })
}
