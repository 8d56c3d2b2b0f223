//! Webhooks: where a provider wants to be told of what happens.

use entity::webhook;
use serde_json::{Value, json};
use uuid::Uuid;
use zeroize::Zeroizing;

use super::secret;
use crate::{
    app::Op,
    events::{
        model::{EventKind, join_kinds},
        signature::{self, Secrets},
        store,
    },
    fetch::{check_loopback, check_public},
    identity::{
        audit::{self, Change},
        policy::{self, Action},
    },
    kernel::{
        clock,
        db::WriteTx,
        errors::{Error, Result},
        pages::{Page, PageRequest},
    },
};

/// Webhooks that a provider may have enabled at once.
const MOST: u64 = 20;

/// A webhook's row, and its secret's text, which is shown this once.
pub type WithSecret = (webhook::Model, Zeroizing<String>);

/// Tells `url` of events of these kinds from now on; of all, where none is named.
///
/// # Errors
/// When the address is one that nothing is sent to, or the provider has as many as it may.
pub async fn create_webhook(op: &Op, url: String, kinds: &[EventKind]) -> Result<WithSecret> {
    let provider = policy::permit_in_tenant(&op.actor, Action::ManageWebhooks)?;
    check(op, &url)?;
    let tx = op.write_tx().await?;
    if store::count_enabled_webhooks(&*tx, provider).await? >= MOST {
        let why = format!("a provider has {MOST} webhooks at most: disable one that is not needed");
        return Err(Error::invalid("input", "TOO_MANY_WEBHOOKS", why));
    }
    let id = op.new_id();
    let secrets = Secrets {
        current: secret::generate(&op.app),
        previous: None,
    };
    let row = webhook::Model {
        id,
        provider_id: provider,
        url,
        sealed_secret: secret::seal(&*tx, &op.app, provider, id, &secrets).await?,
        kinds: join_kinds(kinds),
        created_at: clock::to_millis(op.now),
        disabled_at: None,
    };
    store::insert_webhook(&*tx, &row).await?;
    record(&tx, op, "webhook.create", None, &row).await?;
    tx.commit().await?;
    Ok((row, signature::show(&secrets.current)))
}

fn check(op: &Op, url: &str) -> Result<()> {
    let bad = |why: String| Err(Error::invalid("input.url", "BAD_URL", why));
    if url.len() > 2_000 {
        return bad("give an address of at most 2000 characters".to_owned());
    }
    let is_near = op.app.config.webhooks_allow_http_loopback && check_loopback(url).is_ok();
    match check_public(url) {
        _ if is_near => Ok(()),
        Ok(()) => Ok(()),
        Err(e) => bad(format!(
            "{e}: give an https address that is reachable from the internet"
        )),
    }
}

/// Tells a webhook nothing any more. What waits for it is given up.
pub async fn disable_webhook(op: &Op, id: Uuid) -> Result<webhook::Model> {
    let provider = policy::permit_in_tenant(&op.actor, Action::ManageWebhooks)?;
    let tx = op.write_tx().await?;
    let row = locked(&tx, provider, id).await?;
    let row = disable(&tx, op, row, "the webhook was disabled").await?;
    tx.commit().await?;
    Ok(row)
}

/// Disables a webhook within a transaction. One that is disabled stays as it is.
pub(super) async fn disable(
    tx: &WriteTx,
    op: &Op,
    before: webhook::Model,
    why: &str,
) -> Result<webhook::Model> {
    if before.disabled_at.is_some() {
        return Ok(before);
    }
    let after = webhook::Model {
        disabled_at: Some(clock::to_millis(op.now)),
        ..before.clone()
    };
    store::update_webhook(&**tx, &after).await?;
    store::give_up(&**tx, after.id, why).await?;
    record(tx, op, "webhook.disable", Some(&before), &after).await?;
    Ok(after)
}

/// Gives a webhook another secret, shown this once. For a day messages are signed with the one
/// before it too.
pub async fn rotate_webhook_secret(op: &Op, id: Uuid) -> Result<WithSecret> {
    let provider = policy::permit_in_tenant(&op.actor, Action::ManageWebhooks)?;
    let tx = op.write_tx().await?;
    let before = locked(&tx, provider, id).await?;
    require_enabled(&before)?;
    let secrets = secret::open(&*tx, &op.app, provider, id, &before.sealed_secret).await?;
    let next = secret::generate(&op.app);
    let secrets = secrets.rotated(next, clock::to_millis(op.now));
    let after = webhook::Model {
        sealed_secret: secret::seal(&*tx, &op.app, provider, id, &secrets).await?,
        ..before.clone()
    };
    store::update_webhook(&*tx, &after).await?;
    record(&tx, op, "webhook.rotate_secret", Some(&before), &after).await?;
    tx.commit().await?;
    Ok((after, signature::show(&secrets.current)))
}

/// A page of the tenant's webhooks, oldest first; never their secrets.
pub async fn webhooks(op: &Op, page: &PageRequest) -> Result<Page<webhook::Model>> {
    let provider = policy::permit_in_tenant(&op.actor, Action::ViewWebhooks)?;
    let db = op.read().await?;
    store::webhooks(&db, provider, page).await
}

async fn locked(tx: &WriteTx, provider: Uuid, id: Uuid) -> Result<webhook::Model> {
    let found = store::lock_webhook(&**tx, provider, id).await?;
    found.ok_or_else(|| Error::NotFound("this webhook".to_owned()))
}

/// Refuses what makes no sense for a webhook that is told nothing.
pub(super) fn require_enabled(row: &webhook::Model) -> Result<()> {
    match row.disabled_at {
        None => Ok(()),
        Some(_) => Err(Error::invalid(
            "input",
            "WEBHOOK_DISABLED",
            "this webhook is disabled: create another for the same address",
        )),
    }
}

/// What audit records tell of a webhook: nothing secret.
fn told(row: &webhook::Model) -> Value {
    json!({"url": row.url, "kinds": row.kinds, "disabledAt": row.disabled_at})
}

async fn record(
    tx: &WriteTx,
    op: &Op,
    action: &str,
    before: Option<&webhook::Model>,
    after: &webhook::Model,
) -> Result<()> {
    let change = Change {
        provider: Some(after.provider_id),
        action,
        target: after.id.to_string(),
        before: before.map(told),
        after: Some(told(after)),
    };
    audit::record(&**tx, op, change).await
}
