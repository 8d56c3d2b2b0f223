//! Webhooks' secrets at rest: sealed under the provider's data key, where private keys are sealed
//! too. Custody does it, reached through [`App`], so that this room, which stands below that of
//! credentials, need not know how.

use sea_orm::ConnectionTrait;
use uuid::Uuid;

use crate::{
    app::App,
    events::{
        signature::{Secret, Secrets},
        store,
    },
    kernel::{
        errors::{Error, Result},
        rng,
    },
};

/// What the box is for: a box for anything else does not open as this.
const PURPOSE: &str = "webhook secret";

/// A new secret.
pub(super) fn generate(app: &App) -> Secret {
    Secret::new(rng::bytes(app.rng.as_ref()))
}

/// The stored form of a webhook's secrets.
pub(super) async fn seal(
    c: &impl ConnectionTrait,
    app: &App,
    provider: Uuid,
    webhook: Uuid,
    secrets: &Secrets,
) -> Result<Vec<u8>> {
    let enrolment = enrolment(c, provider).await?;
    let bytes = secrets.to_bytes();
    app.seal((provider, &enrolment), webhook, PURPOSE, &bytes)
        .map_err(Error::internal)
}

/// Opens what [`seal`] made.
pub(super) async fn open(
    c: &impl ConnectionTrait,
    app: &App,
    provider: Uuid,
    webhook: Uuid,
    sealed: &[u8],
) -> Result<Secrets> {
    let enrolment = enrolment(c, provider).await?;
    let bytes = app
        .unseal((provider, &enrolment), webhook, PURPOSE, sealed)
        .map_err(Error::internal)?;
    Secrets::from_bytes(&bytes)
        .ok_or_else(|| Error::internal("a webhook's secret has a wrong form"))
}

async fn enrolment(c: &impl ConnectionTrait, provider: Uuid) -> Result<Vec<u8>> {
    let found = store::enrolment(c, provider).await?;
    found.ok_or_else(|| Error::internal("a provider without a data key"))
}
