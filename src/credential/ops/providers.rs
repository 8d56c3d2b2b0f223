//! Creating a provider, together with the keys it will sign with.

use entity::{data_key, provider, signing_key};
use serde_json::json;

use crate::{
    app::Op,
    credential::{
        custody::{CustodyError, DataKey, Seed},
        did::multikey,
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
        db::is_unique_violation,
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
    let tx = op.app.db.write_tx().await?;
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
    let master = &op.app.master_key;
    let data = DataKey::from_bytes(op.random());
    let seed = Seed::from_bytes(op.random());
    let id = op.new_id();
    let signing = signing_key::Model {
        id,
        provider_id: provider.id,
        public_key: sign::public_key(&seed).to_vec(),
        sealed_seed: data.seal(provider.id, id, &seed, op.random())?,
        state: "ACTIVE".to_owned(),
        created_at: clock::to_millis(op.now),
    };
    let data = data_key::Model {
        provider_id: provider.id,
        wrapped: master.wrap(provider.id, &data, op.random())?,
        master_key_id: master.id(),
    };
    Ok((data, signing))
}

/// The 32 bytes of a stored public key.
pub fn public_bytes(key: &signing_key::Model) -> Result<[u8; 32]> {
    key.public_key
        .as_slice()
        .try_into()
        .map_err(|_| Error::internal("a stored public key is not 32 bytes long"))
}
