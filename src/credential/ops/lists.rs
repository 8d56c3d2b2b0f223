//! Status lists as they are served: signed, in each form, and fresh.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use super::issuer::{did_with_keys, is, signer};
use crate::{
    app::App,
    credential::{
        cache::SignedList,
        key_state::KeyState,
        mechanism::Mechanism,
        prepare::prepare,
        status::{Purpose, StatusList},
        store,
    },
    identity::store as people,
    kernel::{
        clock,
        db::Reach,
        errors::{Error, Result},
    },
};

/// How long a reader may keep a list, in seconds: what `ttl` and the cache headers say.
pub const LIFETIME_SECONDS: i64 = 300;
/// How long a signed list is served before it is signed anew, in seconds.
const REFRESH_SECONDS: i64 = 60;
/// How far a list's `validFrom` lies back, in seconds: a reader's clock, or the moment a
/// request came in, may be a little behind the signing.
const BACKDATED_SECONDS: i64 = 300;
/// How long a list that was saved can be relied on, in seconds: its `validUntil`.
const VALIDITY_SECONDS: i64 = 86_400;

/// The URL of a status list; what all their URLs begin with, for an empty id.
#[must_use]
pub fn list_url(public_url: &str, id: impl std::fmt::Display) -> String {
    format!("{public_url}/status/{id}")
}

/// When a list that is served at `now` was last modified, in whole seconds. Not in the second in
/// which it was signed: it may be signed again within that, and then the time would not tell one
/// from the other (RFC 9110, section 8.8.2.2).
#[must_use]
pub fn last_modified(list: &SignedList, now: Timestamp) -> Option<Timestamp> {
    let signed = clock::whole_second(list.signed_at);
    (signed < clock::whole_second(now)).then_some(signed)
}

/// The list as it stands now, signed by its provider; `None` where there is none, or nobody who
/// could sign it: the provider's only key, which is its name, is compromised.
pub async fn signed_list(app: &App, id: Uuid) -> Result<Option<Arc<SignedList>>> {
    let db = &app.db.read(Reach::System).await?;
    let Some(row) = store::list(db, id).await? else {
        return Ok(None);
    };
    let now = app.clock.now();
    if let Some(held) = app.lists.get(id) {
        let age = now.duration_since(held.signed_at);
        let fresh = SignedDuration::ZERO <= age && age.as_secs() < REFRESH_SECONDS;
        if held.revision == row.revision && fresh {
            return Ok(Some(held));
        }
    }
    let gone = |what: &str| Error::internal(format!("a status list without its {what}"));
    let provider = people::provider(db, row.provider_id)
        .await?
        .ok_or_else(|| gone("provider"))?;
    let keys = store::keys(db, provider.id).await?;
    let did = did_with_keys(app, &provider.slug, &keys)?;
    let Some(key) = keys.iter().find(|key| is(key, KeyState::Active)) else {
        return Ok(None);
    };
    let bits = indexes(store::set_bits(db, id).await?)?;
    let withdrawn = indexes(store::withdrawn_bits(db, id).await?)?;
    let list = StatusList {
        url: list_url(&app.config.public_url, id),
        issuer: did.clone(),
        purpose: Purpose::parse(&row.purpose).ok_or_else(|| gone("purpose"))?,
        length: u64::try_from(row.length).map_err(Error::internal)?,
        set: bits,
        valid_from: now - SignedDuration::from_secs(BACKDATED_SECONDS),
        valid_until: now + SignedDuration::from_secs(VALIDITY_SECONDS),
        ttl_ms: u64::try_from(LIFETIME_SECONDS * 1_000).map_err(Error::internal)?,
    };
    let signer = signer(app, db, &did, key).await?;
    let credential = list.credential().map_err(Error::internal)?;
    let secured = |mechanism| {
        let prepared = prepare(
            credential.clone(),
            signer.kid(),
            mechanism,
            // As far back as validFrom, for the same readers.
            list.valid_from,
            &app.config.contexts,
        );
        let prepared = prepared.map_err(Error::internal)?;
        signer.sign(&prepared).map_err(Error::internal)
    };
    let signed = Arc::new(SignedList {
        revision: row.revision,
        signed_at: now,
        document: secured(Mechanism::EddsaRdfc2022)?,
        jwt: secured(Mechanism::VcJwt)?,
        withdrawn,
    });
    app.lists.insert(id, &signed);
    Ok(Some(signed))
}

fn indexes(stored: Vec<i32>) -> Result<Vec<u64>> {
    let indexes = stored.into_iter().map(u64::try_from);
    indexes.collect::<Result<_, _>>().map_err(Error::internal)
}
