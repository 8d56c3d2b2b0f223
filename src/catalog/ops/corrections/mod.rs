//! Corrections: anyone who is signed in suggests other words for a statement or an anchor; whoever
//! looks after it accepts or declines; who suggested it sees what became of it.

mod decide;
mod suggest;

use std::collections::HashMap;

use entity::correction;
use sea_orm::ConnectionTrait;
use serde_json::json;
use uuid::Uuid;

use super::drafts::owner_of;
use crate::{
    app::{App, Op},
    catalog::store::{self, Seen},
    identity::{
        actor::{Actor, SignIn},
        audit::{self, Change},
        policy::{self, Action},
    },
    kernel::{
        db::Reach,
        errors::{Error, Result},
        pages::{Page, PageRequest},
    },
};

pub use decide::{accept_correction, decline_correction, withdraw_correction};
pub use suggest::{AnchorPlace, suggest_correction};

pub use crate::catalog::store::CorrectionFilter;

/// Characters of what is proposed, and of a reason, at most.
const MAX_CHARS: usize = 2_000;

/// Whoever acts, by what stays of them from one key to the next.
fn suggester(op: &Op) -> String {
    match &op.actor {
        Actor::Member { member, .. } => format!("member {member}"),
        Actor::Learner { learner, .. } => format!("learner {learner}"),
        Actor::Platform { by, .. } => match by {
            SignIn::Key(_) => format!("platform {by}"),
            SignIn::Issuer { subject, .. } => format!("platform {subject:?} {by}"),
        },
        Actor::Anonymous | Actor::Operator => op.actor.to_string(),
    }
}

/// Whether whoever acts suggested it.
#[must_use]
pub fn is_own(op: &Op, row: &correction::Model) -> bool {
    row.suggested_by == suggester(op)
}

fn missing() -> Error {
    Error::NotFound("this correction".to_owned())
}

/// A text of 1 to 2,000 characters.
fn check_text(text: &str, field: &str) -> Result<()> {
    if !text.trim().is_empty() && text.chars().nth(MAX_CHARS).is_none() {
        return Ok(());
    }
    let message = format!("give 1 to {MAX_CHARS} characters");
    Err(Error::invalid(field, "BAD_LENGTH", message))
}

/// Corrections that the actor suggested, and those that they decide, oldest first.
pub async fn corrections(
    op: &Op,
    filter: &CorrectionFilter,
    page: &PageRequest,
) -> Result<Page<correction::Model>> {
    policy::permit(&op.actor, Action::ViewCorrections)?;
    let decides = policy::permit(&op.actor, Action::DecideCorrection).is_ok();
    let seen = Seen {
        by: suggester(op),
        decides: decides.then(|| owner_of(op)),
    };
    store::corrections(&op.read().await?, &seen, filter, page).await
}

/// The corrections of anchors that curators accepted, by occupation. Open to anyone: of these rows
/// clients are shown what was decided, and nothing of who suggested it.
pub async fn accepted_anchor_corrections(
    app: &App,
    occupations: &[Uuid],
) -> Result<HashMap<Uuid, Vec<correction::Model>>> {
    let all = app.db.read(Reach::System).await?;
    store::accepted_anchor_corrections(&all, occupations).await
}

/// Appends the record of what became of a correction. It tells none of its words, so that nothing
/// can be guessed of those once who wrote them is erased.
async fn record(
    tx: &impl ConnectionTrait,
    op: &Op,
    action: &str,
    before: Option<&correction::Model>,
    after: &correction::Model,
) -> Result<()> {
    let state = |row: &correction::Model| {
        json!({
            "statement": row.statement_id, "occupation": row.occupation_id,
            "anchor": [&row.anchor_kind, &row.anchor_ordinal.map(|n| n.to_string())],
            "state": row.state, "draft": row.draft_id,
        })
    };
    let change = Change {
        provider: op.actor.provider(),
        action,
        target: after.id.to_string(),
        before: before.map(state),
        after: Some(state(after)),
    };
    audit::record(tx, op, change).await
}
