//! Creating a provider, together with the keys it will sign with.

use entity::{data_key, provider, signing_key};
use serde_json::json;

use super::installation::require_bound_custody;
use crate::{
    app::Op,
    credential::{
        custody::{CustodyError, Seed, Slot},
        did::multikey,
        key_state::KeyState,
        sign, store,
    },
    identity::{
        audit::{self, Change},
        model::NewProvider,
        policy::{self, Action},
        store as people,
    },
    kernel::{
        checks::{Checks, is_slug},
        clock,
        db::{Reach, is_unique_violation},
        errors::{Error, Result},
    },
};

/// Creates a provider, its data key and its first signing key.
pub async fn create_provider(op: &Op, new: NewProvider) -> Result<provider::Model> {
    policy::permit(&op.actor, Action::CreateProvider)?;
    let mut checks = Checks::default();
    checks.require(
        is_slug(&new.slug),
        "slug",
        "BAD_SLUG",
        "give 2 to 40 lower-case letters, digits or hyphens, such as riverside-college",
    );
    checks.text(&new.name, 200, "name");
    checks.web_url(&new.url, "url");
    checks.done()?;
    let row = provider::Model {
        id: op.new_id(),
        slug: new.slug,
        name: new.name,
        url: new.url,
        created_at: clock::to_millis(op.now),
    };
    let (data, signing) = generate(op, &row).map_err(Error::internal)?;
    let public = multikey(&public_bytes(&signing)?);
    // The new provider's keys belong to no tenant that the actor is of.
    let tx = op.app.db.write_tx(Reach::System).await?;
    require_bound_custody(&tx, op).await?;
    match people::insert_provider(&*tx, &row).await {
        Err(e) if is_unique_violation(&e) => {
            return Err(Error::invalid(
                "input.slug",
                "TAKEN",
                "a provider with this slug exists already: choose another",
            ));
        }
        other => other?,
    }
    store::insert_keys(&*tx, data, signing).await?;
    for chain in [None, Some(row.id)] {
        let change = Change {
            provider: chain,
            action: "provider.create",
            target: row.id.to_string(),
            before: None,
            after: Some(json!({
                "slug": row.slug, "name": row.name, "url": row.url, "key": public,
            })),
        };
        audit::record(&*tx, op, change).await?;
    }
    tx.commit().await?;
    Ok(row)
}

fn generate(
    op: &Op,
    provider: &provider::Model,
) -> std::result::Result<(data_key::Model, signing_key::Model), CustodyError> {
    let (custody, rng) = (op.app.custody.as_ref(), op.app.rng.as_ref());
    let data = data_key::Model {
        provider_id: provider.id,
        wrapped: custody.enroll(provider.id, rng)?,
        master_key_id: custody.name(),
    };
    let signing = new_key(op, &data, KeyState::Active, None)?;
    Ok((data, signing))
}

/// A new key of a provider, made here or, with `seed`, elsewhere.
pub(super) fn new_key(
    op: &Op,
    data: &data_key::Model,
    state: KeyState,
    seed: Option<&Seed>,
) -> std::result::Result<signing_key::Model, CustodyError> {
    let (custody, rng) = (op.app.custody.as_ref(), op.app.rng.as_ref());
    let id = op.new_id();
    let slot = Slot {
        provider: data.provider_id,
        key: id,
        enrolment: &data.wrapped,
    };
    let (public, kept) = match seed {
        None => custody.generate(&slot, rng)?,
        Some(seed) => (sign::public_key(seed), custody.import(&slot, seed, rng)?),
    };
    Ok(signing_key::Model {
        id,
        provider_id: data.provider_id,
        public_key: public.to_vec(),
        sealed_seed: kept,
        state: state.as_str().to_owned(),
        created_at: clock::to_millis(op.now),
        retired_at: None,
        compromised_at: None,
        compromise_reason: None,
    })
}

/// The 32 bytes of a stored public key.
pub fn public_bytes(key: &signing_key::Model) -> Result<[u8; 32]> {
    key.public_key
        .as_slice()
        .try_into()
        .map_err(|_| Error::internal("a stored public key is not 32 bytes long"))
}
