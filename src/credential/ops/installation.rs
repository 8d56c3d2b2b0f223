//! What an installation is bound to: the public URL in everything it signed.

use sea_orm::ConnectionTrait;

use crate::{
    app::App,
    credential::store,
    identity::store as people,
    kernel::errors::{Error, Result},
};

const PUBLIC_URL: &str = "public_url";

/// Refuses to start under another public URL than the one that issued
/// records name: their statements, status lists and issuer would be elsewhere.
pub async fn check_public_url(app: &App) -> Result<()> {
    let stored = people::setting(app.db.reader(), PUBLIC_URL).await?;
    compare(stored.as_deref(), &app.config.public_url)
}

/// The public URL that this installation is bound to, or else the configured one.
pub async fn public_url(app: &App) -> Result<String> {
    let stored = people::setting(app.db.reader(), PUBLIC_URL).await?;
    Ok(stored.unwrap_or_else(|| app.config.public_url.clone()))
}

/// Binds the installation to its public URL, at the first issuance.
pub async fn bind_public_url(tx: &impl ConnectionTrait, url: &str) -> Result<()> {
    let mut stored = people::setting(tx, PUBLIC_URL).await?;
    if stored.is_none() {
        // Another replica's first issuance may come first: then its address is the one.
        people::insert_setting_if_absent(tx, PUBLIC_URL, url).await?;
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

/// The fingerprints of the master keys that wrap what is stored: none, or one.
pub async fn master_keys(db: &crate::kernel::db::Db) -> Result<Vec<String>> {
    store::master_key_ids(db.reader()).await
}
