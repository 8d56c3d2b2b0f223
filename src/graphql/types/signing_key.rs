//! The keys that providers sign with.

use async_graphql::{Context, Enum, ID, Object, SimpleObject};
use entity::signing_key;

use super::scalars::DateTime;
use crate::{
    credential::{
        did::document::method_id,
        key_state,
        ops::{keys::read::public_text, providers::public_bytes},
    },
    graphql::{
        errors::{Result, told},
        loaders::{loaders, one},
    },
    kernel::ids,
};

/// Where a signing key stands in its life.
#[derive(Enum, Debug, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "key_state::KeyState")]
pub enum SigningKeyState {
    /// Published, and not signing yet: the next rotation takes it.
    Standby,
    /// Signs. A provider has at most one.
    Active,
    /// Signs nothing new; what it signed stays valid.
    Retired,
    /// In other hands: nothing that it signed is believed, whatever its date.
    Compromised,
}

/// A key that a provider signs with, or did. Its private half is nowhere in this API.
pub struct SigningKey(pub signing_key::Model);

/// A key that a provider signs with, or did. Its private half is nowhere in this API.
#[Object]
impl SigningKey {
    /// Global id.
    pub async fn id(&self) -> ID {
        ids::global("SigningKey", self.0.id).into()
    }

    /// The public key, as Multikey text (`z6Mk…`).
    async fn multikey(&self) -> Result<String> {
        public_text(&self.0).map_err(told)
    }

    /// The id of its verification method: what credentials and the issuer's document call it.
    async fn verification_method(&self, ctx: &Context<'_>) -> Result<String> {
        let did = one(&loaders(ctx)?.dids, self.0.provider_id).await?;
        let did = did.ok_or("a key without its provider")?;
        Ok(method_id(&did, &public_bytes(&self.0).map_err(told)?))
    }

    /// Where it stands.
    async fn state(&self) -> Result<SigningKeyState> {
        let state = key_state::KeyState::parse(&self.0.state);
        Ok(state.ok_or("an unknown state")?.into())
    }

    /// When it was made, or taken in.
    async fn created_at(&self) -> DateTime {
        DateTime::from_millis(self.0.created_at)
    }

    /// When it was retired.
    async fn retired_at(&self) -> Option<DateTime> {
        self.0.retired_at.map(DateTime::from_millis)
    }

    /// When it was marked compromised.
    async fn compromised_at(&self) -> Option<DateTime> {
        self.0.compromised_at.map(DateTime::from_millis)
    }

    /// Why it was marked compromised. It is not published.
    async fn compromise_reason(&self) -> Option<&str> {
        self.0.compromise_reason.as_deref()
    }
}

/// What marking a key compromised led to.
#[derive(SimpleObject)]
pub struct Compromise {
    /// The key.
    pub signing_key: SigningKey,
    /// The new key that signs in its place; empty when it was not the one that signed, and under
    /// did:key, where the key is the name and none can follow.
    pub successor: Option<SigningKey>,
    /// How many of its records can be re-issued.
    pub records: i32,
    /// Whether the provider still has a key to sign with.
    pub can_sign: bool,
}

/// What a call of `reissueCredentials` did.
#[derive(SimpleObject)]
pub struct Reissue {
    /// Records that were signed anew, under their own ids.
    pub reissued: i32,
    /// Records of the key that are left: call again until there are none.
    pub remaining: i32,
}
