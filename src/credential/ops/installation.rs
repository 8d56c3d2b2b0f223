//! What an installation is bound to: the public URL in everything it signed.

use sea_orm::ConnectionTrait;
use serde_json::json;

use crate::{
    app::{App, Op},
    identity::{
        audit::{self, Change},
        store as people,
    },
    kernel::{
        db::{Db, Reach, WriteTx},
        errors::{Error, Result},
    },
};

const PUBLIC_URL: &str = "public_url";
const MASTER_KEY_ID: &str = "master_key_id";

/// Refuses to start under another public URL than the one that issued
/// records name: their statements, status lists and issuer would be elsewhere.
pub async fn check_public_url(app: &App) -> Result<()> {
    let stored = people::setting(app.db.public(), PUBLIC_URL).await?;
    compare(stored.as_deref(), &app.config.public_url)
}

/// The public URL that this installation is bound to, or else the configured one.
pub async fn public_url(app: &App) -> Result<String> {
    let stored = people::setting(app.db.public(), PUBLIC_URL).await?;
    Ok(stored.unwrap_or_else(|| app.config.public_url.clone()))
}

/// Binds the installation to its public URL, at the first issuance.
pub async fn bind_public_url(tx: &impl ConnectionTrait, op: &Op) -> Result<()> {
    let url = op.app.config.public_url.as_str();
    let mut stored = people::setting(tx, PUBLIC_URL).await?;
    if stored.is_none() {
        // Another replica's first issuance may come first: then its address is the one.
        let bound = people::insert_setting_if_absent(tx, PUBLIC_URL, url).await?;
        if bound {
            let change = Change {
                provider: None,
                action: "installation.bind_public_url",
                target: PUBLIC_URL.to_owned(),
                before: None,
                after: Some(json!({"url": url})),
            };
            audit::record(tx, op, change).await?;
        }
        stored = people::setting(tx, PUBLIC_URL).await?;
    }
    compare(stored.as_deref(), url)
}

fn compare(stored: Option<&str>, given: &str) -> Result<()> {
    match stored {
        Some(stored) if stored != given => Err(Error::invalid(
            "public-url",
            "PUBLIC_URL_CHANGED",
            format!(
                "records were issued under {stored}, and they name it for good; this start asks for {given}: start with --public-url {stored}, or use another data directory for another address"
            ),
        )),
        _ => Ok(()),
    }
}

/// The fingerprint of the master key that this installation was first started with, which wraps
/// what is stored; `None` before the first start.
pub async fn master_key_id(db: &Db) -> Result<Option<String>> {
    people::setting(db.public(), MASTER_KEY_ID).await
}

/// Holds the installation to its master key until the transaction ends, and refuses to store
/// anything under another: a process that started before a rewrap still has the key of then.
pub async fn require_bound_custody(tx: &WriteTx, op: &Op) -> Result<()> {
    // Whoever rewraps takes the same lock first.
    audit::lock_platform(&**tx).await?;
    let own = op.app.custody.name();
    match people::setting(&**tx, MASTER_KEY_ID).await? {
        Some(bound) if bound != own => Err(Error::internal(format!(
            "this process has master key {own}, and what is stored was rewrapped under {bound}: start it anew with that key"
        ))),
        _ => Ok(()),
    }
}

/// Binds the installation to another master key. Call it in the transaction that rewraps what is
/// stored.
pub async fn rebind_master_key(tx: &WriteTx, op: &Op, from: &str, to: &str) -> Result<()> {
    people::put_setting(&**tx, MASTER_KEY_ID, to).await?;
    let change = Change {
        provider: None,
        action: "installation.rewrap",
        target: MASTER_KEY_ID.to_owned(),
        before: Some(json!({"fingerprint": from})),
        after: Some(json!({"fingerprint": to})),
    };
    audit::record(&**tx, op, change).await
}

/// Binds the installation to its master key, at its first start. The fingerprint that it is
/// bound to then: another replica's, where that came first.
pub async fn bind_master_key(op: &Op, id: &str) -> Result<String> {
    let db = &op.app.db;
    let tx = db.write_tx(Reach::System).await?;
    if people::insert_setting_if_absent(&*tx, MASTER_KEY_ID, id).await? {
        let change = Change {
            provider: None,
            action: "installation.bind_master_key",
            target: MASTER_KEY_ID.to_owned(),
            before: None,
            after: Some(json!({"fingerprint": id})),
        };
        audit::record(&*tx, op, change).await?;
    }
    tx.commit().await?;
    let bound = master_key_id(db).await?;
    bound.ok_or_else(|| Error::internal("a setting is gone"))
}
