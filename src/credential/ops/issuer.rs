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
        custody::Slot,
        did::{
            self,
            document::{self, PublishedKey},
            resolve::IssuerDocument,
        },
        key_state::KeyState,
        sign::IssuerSigner,
        store,
    },
    identity::store as people,
    kernel::{
        checks::is_slug,
        clock,
        db::Reach,
        errors::{Error, Result},
    },
};

/// The DIDs under which providers issue.
pub async fn dids(op: &Op, providers: &[Uuid]) -> Result<HashMap<Uuid, String>> {
    let db = &op.app.db.read(Reach::System).await?;
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

/// did:web where the public URL is https; otherwise did:key of the key that signs, or, when none
/// does any more, of the first.
pub fn did_with_keys(app: &App, slug: &str, keys: &[signing_key::Model]) -> Result<String> {
    let base = Url::parse(&app.config.public_url).map_err(Error::internal)?;
    if let Ok(did) = did::did_web(&base, slug) {
        return Ok(did);
    }
    let active = keys.iter().find(|key| is(key, KeyState::Active));
    let named = active
        .or(keys.first())
        .ok_or_else(|| Error::internal("a provider without a key"))?;
    Ok(did::did_key(&public_bytes(named)?))
}

/// Whether a key is in this state.
pub fn is(key: &signing_key::Model, state: KeyState) -> bool {
    KeyState::parse(&key.state) == Some(state)
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
    let db = &app.db.read(Reach::System).await?;
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
    let mut published = keys.iter().map(published).collect::<Result<Vec<_>>>()?;
    if did.starts_with("did:key:") {
        // Such a name has one key, which it is made of.
        published.retain(|key| did == did::did_key(&key.public));
    }
    Ok(IssuerDocuments {
        did_document: document::did_document(&did, &published),
        jwks: document::jwks(&did, &published),
        did,
    })
}

fn published(key: &signing_key::Model) -> Result<PublishedKey> {
    // The moment is told for people. What the key signed before it fails just as well, because the
    // key is no longer among those for assertions: a thief dates back.
    let since = key.compromised_at.unwrap_or(key.created_at);
    Ok(PublishedKey {
        public: public_bytes(key)?,
        compromised: is(key, KeyState::Compromised).then(|| clock::from_millis(since)),
    })
}

/// The documents of those did:key names that are own keys marked compromised, which such a name
/// itself cannot tell.
pub async fn revoked_did_keys(app: &App, names: &[String]) -> Result<Vec<Value>> {
    let own = names.iter().filter_map(|name| {
        let document = IssuerDocument::of_did_key(name).ok()?;
        let public = document.keys.first()?.public.as_ref().ok()?;
        Some(*public.as_bytes())
    });
    let own: Vec<[u8; 32]> = own.collect();
    if own.is_empty() {
        return Ok(Vec::new());
    }
    let found = store::compromised(&app.db.read(Reach::System).await?, &own).await?;
    let documents = found.iter().map(|key| {
        let did = did::did_key(&public_bytes(key)?);
        Ok(document::did_document(&did, &[published(key)?]))
    });
    documents.collect()
}

/// A provider's key, opened for signing. A compromised one signs nothing more.
pub async fn signer(
    app: &App,
    c: &impl ConnectionTrait,
    did: &str,
    key: &signing_key::Model,
) -> Result<IssuerSigner> {
    if is(key, KeyState::Compromised) {
        return Err(Error::invalid(
            "input",
            "KEY_COMPROMISED",
            "the key that this was prepared for is marked compromised, and signs nothing more: re-issue that key's records, then ask again",
        ));
    }
    let data = store::data_key(c, key.provider_id)
        .await?
        .ok_or_else(|| Error::internal("a provider without a data key"))?;
    let slot = Slot {
        provider: key.provider_id,
        key: key.id,
        enrolment: &data.wrapped,
    };
    let opened = app.custody.open(&slot, &key.sealed_seed);
    let signer = IssuerSigner::with_key(did, opened.map_err(Error::internal)?);
    if signer.public().as_slice() != key.public_key {
        return Err(Error::internal(
            "custody opened another key than was asked for",
        ));
    }
    Ok(signer)
}
