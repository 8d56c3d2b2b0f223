//! Inviting a learner by link, and taking up an invitation: a link that works once becomes an API
//! key of the learner's own.

use std::sync::Arc;

use entity::{api_key, invitation, learner, provider};
use serde_json::json;
use uuid::Uuid;
use zeroize::Zeroizing;

use super::{authenticate::parse_scopes, keys};
use crate::{
    app::{App, Op},
    identity::{
        actor::{Actor, SignIn},
        audit::{self, Change},
        policy::{self, Action},
        store::{self, invitations},
        tokens,
    },
    kernel::{
        checks::Checks,
        clock,
        db::{Reach, WriteTx},
        digest,
        errors::{Error, Result},
    },
};

const DAY_MILLIS: i64 = 86_400_000;
/// How long the key works that an invitation becomes, in days.
pub const KEY_DAYS: i64 = 90;

/// An invitation, and the token of its link, which is shown this once.
pub type Invited = (invitation::Model, Zeroizing<String>);

/// Invites a learner, for 1 to 60 days. What they were sent before works no more.
pub async fn invite_learner(op: &Op, learner: Uuid, days: i32) -> Result<Invited> {
    let provider = policy::permit_in_tenant(&op.actor, Action::ManageLearners)?;
    let mut checks = Checks::default();
    checks.range(days, 1, 60, "expiresInDays");
    checks.done()?;
    let tx = op.write_tx().await?;
    hold(&tx, provider, learner, "input.learnerId").await?;
    let now = clock::to_millis(op.now);
    let revoked = invitations::revoke_open(&*tx, provider, learner, now).await?;
    let token = tokens::generate_invitation(op.app.rng.as_ref());
    let row = invitation::Model {
        id: op.new_id(),
        provider_id: provider,
        learner_id: learner,
        digest: digest::sha256(token.as_bytes()).to_vec(),
        created_at: now,
        expires_at: now + i64::from(days) * DAY_MILLIS,
        accepted_at: None,
        revoked_at: None,
    };
    invitations::insert(&*tx, &row).await?;
    let change = Change {
        provider: Some(provider),
        action: "invitation.create",
        target: row.id.to_string(),
        before: None,
        after: Some(json!({
            "learner": learner, "expiresAt": row.expires_at, "revokedBefore": revoked,
        })),
    };
    audit::record(&*tx, op, change).await?;
    tx.commit().await?;
    Ok((row, token))
}

/// The invitation behind `token` that can be accepted now, and who invites. Looking changes
/// nothing: mail scanners follow links.
///
/// # Errors
/// `NotFound` for what never was an invitation; `Invalid` for one that is over, with a code that
/// says how: `EXPIRED`, `USED` or `REVOKED`.
pub async fn invitation(
    app: &Arc<App>,
    token: &str,
) -> Result<(invitation::Model, provider::Model)> {
    let missing = || Error::NotFound("this invitation".to_owned());
    let digest = tokens::invitation_digest(token).ok_or_else(missing)?;
    // Whoever holds the token is told of its invitation, whichever provider's it is.
    let db = app.db.read(Reach::System).await?;
    let row = invitations::by_digest(&db, &digest).await?;
    let row = row.ok_or_else(missing)?;
    check(&row, clock::to_millis(app.clock.now()))?;
    let provider = store::provider(&db, row.provider_id).await?;
    let provider = provider.ok_or_else(|| Error::internal("an invitation without its provider"))?;
    Ok((row, provider))
}

/// The learner, who is not erased before the transaction ends.
async fn hold(tx: &WriteTx, provider: Uuid, learner: Uuid, field: &str) -> Result<learner::Model> {
    let found = store::hold_learner(&**tx, provider, learner).await?;
    let found = found.ok_or_else(|| Error::NotFound("this learner".to_owned()))?;
    store::refuse_erased(&found, field)?;
    Ok(found)
}

fn check(row: &invitation::Model, now: i64) -> Result<()> {
    let over = |code, message: &str| Err(Error::invalid("input.token", code, message));
    if row.accepted_at.is_some() {
        return over(
            "USED",
            "this invitation was used: if you have no key from it, tell whoever sent it, and ask for another",
        );
    }
    if row.revoked_at.is_some() {
        return over(
            "REVOKED",
            "this invitation was replaced by a later one: use the newest, or ask for another",
        );
    }
    if row.expires_at <= now {
        return over(
            "EXPIRED",
            "this invitation has expired: ask whoever sent it for another",
        );
    }
    Ok(())
}

/// What an accepted invitation becomes.
pub struct Accepted {
    /// The key of the learner's own.
    pub key: api_key::Model,
    /// Its text, which is shown this once.
    pub token: Zeroizing<String>,
    /// The learner.
    pub learner: learner::Model,
    /// Their provider.
    pub provider: provider::Model,
}

/// Takes up the invitation behind `token`: it becomes an API key of the learner, good for
/// [`KEY_DAYS`], and the keys that they had before work no more. It works once, also for several
/// who try at the same time.
///
/// # Errors
/// As [`invitation`] tells.
pub async fn accept_invitation(op: &Op, token: &str) -> Result<Accepted> {
    let (row, provider) = invitation(&op.app, token).await?;
    let (key, text) = keys::of_learner(op, row.provider_id, row.learner_id, KEY_DAYS);
    // From here on it is the learner who acts, by the key that they get.
    let op = Op {
        actor: Actor::Learner {
            provider: row.provider_id,
            learner: row.learner_id,
            by: SignIn::Key(key.id),
            scopes: parse_scopes(&key.scopes),
        },
        ..op.clone()
    };
    let tx = op.write_tx().await?;
    let learner = hold(&tx, row.provider_id, row.learner_id, "input.token").await?;
    let now = clock::to_millis(op.now);
    if !invitations::accept(&*tx, row.id, now).await? {
        // Another was faster.
        return Err(Error::invalid(
            "input.token",
            "USED",
            "this invitation was used or replaced just now: ask whoever sent it for another",
        ));
    }
    // Whoever is invited anew may have lost the key from before, or somebody else may have found it.
    let revoked = invitations::revoke_keys(&*tx, row.provider_id, row.learner_id, now).await?;
    keys::insert(&tx, &op, &key).await?;
    let change = Change {
        provider: Some(row.provider_id),
        action: "invitation.accept",
        target: row.id.to_string(),
        before: Some(json!({"acceptedAt": null})),
        after: Some(json!({"acceptedAt": now, "key": key.id, "revokedKeys": revoked})),
    };
    audit::record(&*tx, &op, change).await?;
    tx.commit().await?;
    Ok(Accepted {
        key,
        token: text,
        learner,
        provider,
    })
}
