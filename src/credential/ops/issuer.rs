//! Who a provider is as an issuer: its DID, its documents, its signer.

use std::collections::HashMap;

use entity::{provider, signing_key};
use sea_orm::ConnectionTrait;
use serde_json::Value;
use url::Url;
use uuid::Uuid;

use super::providers::public_bytes;
use crate::{
    app::{App, Op},
    credential::{
        did::{
            self,
            document::{self, PublishedKey},
        },
        sign::IssuerSigner,
        store,
    },
    identity::store as people,
    kernel::{
        checks::is_slug,
        clock,
        errors::{Error, Result},
    },
};

/// The DIDs under which providers issue.
pub async fn dids(op: &Op, providers: &[Uuid]) -> Result<HashMap<Uuid, String>> {
    let db = op.app.db.reader();
    let rows = people::providers_by_id(db, providers).await?;
    let mut keys: HashMap<Uuid, Vec<signing_key::Model>> = HashMap::new();
    for key in store::keys_of(db, providers).await? {
        keys.entry(key.provider_id).or_default().push(key);
    }
    let did = |p: provider::Model| {
        let keys = keys.get(&p.id).map(Vec::as_slice).unwrap_or_default();
        Ok((p.id, did_with_keys(&op.app, &p.slug, keys)?))
    };
    rows.into_iter().map(did).collect()
}

/// did:web where the public URL is https, did:key of the first key otherwise.
pub fn did_with_keys(app: &App, slug: &str, keys: &[signing_key::Model]) -> Result<String> {
    let base = Url::parse(&app.config.public_url).map_err(Error::internal)?;
    if let Ok(did) = did::did_web(&base, slug) {
        return Ok(did);
    }
    let first = keys
        .first()
        .ok_or_else(|| Error::internal("a provider without a key"))?;
    Ok(did::did_key(&public_bytes(first)?))
}

/// The public documents of an issuer.
#[derive(Debug, Clone)]
pub struct IssuerDocuments {
    /// Its DID.
    pub did: String,
    /// Its DID document.
    pub did_document: Value,
    /// Its keys as a JWK Set.
    pub jwks: Value,
}

/// The documents of the provider with this slug.
pub async fn documents(app: &App, slug: &str) -> Result<Option<IssuerDocuments>> {
    // From a URL or a record: any text, of which no database needs to be asked.
    if !is_slug(slug) {
        return Ok(None);
    }
    let db = app.db.reader();
    let Some(provider) = people::provider_by_slug(db, slug).await? else {
        return Ok(None);
    };
    let keys = store::keys(db, provider.id).await?;
    documents_with_keys(app, slug, &keys).map(Some)
}

/// The documents of a provider with these keys.
pub fn documents_with_keys(
    app: &App,
    slug: &str,
    keys: &[signing_key::Model],
) -> Result<IssuerDocuments> {
    let did = did_with_keys(app, slug, keys)?;
    let published = keys
        .iter()
        .map(|key| {
            Ok(PublishedKey {
                public: public_bytes(key)?,
                // A compromised key counts as such from its first day: a thief dates back.
                compromised: (key.state == "COMPROMISED")
                    .then(|| clock::from_millis(key.created_at)),
            })
        })
        .collect::<Result<Vec<_>>>()?;
    Ok(IssuerDocuments {
        did_document: document::did_document(&did, &published),
        jwks: document::jwks(&did, &published),
        did,
    })
}

/// A provider's key, opened for signing.
pub async fn signer(
    app: &App,
    c: &impl ConnectionTrait,
    did: &str,
    key: &signing_key::Model,
) -> Result<IssuerSigner> {
    let data = store::data_key(c, key.provider_id)
        .await?
        .ok_or_else(|| Error::internal("a provider without a data key"))?;
    let seed = app
        .master_key
        .unwrap(key.provider_id, &data.wrapped)
        .and_then(|data| data.open(key.provider_id, key.id, &key.sealed_seed))
        .map_err(Error::internal)?;
    Ok(IssuerSigner::new(did, &seed))
}
