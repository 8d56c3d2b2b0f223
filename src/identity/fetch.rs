//! The keys of those who sign people in: fetched from where they publish them (OpenID Connect
//! Discovery 1.0), and kept.

#[cfg(test)]
mod tests;

use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use jiff::Timestamp;
use tokio::sync::{Mutex as Turn, OwnedMutexGuard};

use super::oidc::{
    Issuer, Refusal,
    jwk::{KeySet, NoKeySet},
    jwks::{Keyring, Step},
};
use crate::{
    fetch::{FetchError, Fetcher},
    kernel::json::{Json, ParseOptions, parse},
};

/// Where an issuer tells about itself, below its identifier (section 4 of the specification).
const DISCOVERY: &str = "/.well-known/openid-configuration";

/// The issuers that are trusted here, with what is known of their keys.
#[derive(Default)]
pub struct Issuers(Vec<Arc<Source>>);

/// One issuer.
struct Source {
    issuer: Issuer,
    ring: Mutex<Keyring>,
    /// Held while its keys are fetched: once, however many wait for them.
    turn: Arc<Turn<()>>,
    /// Made when it is first wanted.
    client: OnceLock<Result<Fetcher, FetchError>>,
}

/// Why keys could not be fetched.
#[derive(Debug, thiserror::Error)]
enum NoKeys {
    #[error("{url}: {error}")]
    Fetch { url: String, error: FetchError },
    #[error("{url}: it is no strict JSON document of the issuer {issuer}, with a jwks_uri")]
    Discovery { url: String, issuer: String },
    #[error("{url}: {error}")]
    Keys { url: String, error: NoKeySet },
}

impl Issuers {
    /// These issuers, of whose keys nothing is known yet.
    #[must_use]
    pub fn new(issuers: &[Issuer]) -> Self {
        let source = |issuer: &Issuer| {
            Arc::new(Source {
                issuer: issuer.clone(),
                ring: Mutex::default(),
                turn: Arc::default(),
                client: OnceLock::new(),
            })
        };
        Self(issuers.iter().map(source).collect())
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The issuer whose identifier this is, character for character.
    #[must_use]
    pub fn named(&self, identifier: &str) -> Option<&Issuer> {
        Some(&self.source(identifier)?.issuer)
    }

    fn source(&self, identifier: &str) -> Option<&Arc<Source>> {
        self.0.iter().find(|s| s.issuer.issuer == identifier)
    }

    /// The keys of `issuer`, for a token whose header names the key `id`: those at hand, or those
    /// that the issuer publishes now.
    ///
    /// # Errors
    /// When it publishes no such key, or its keys cannot be had.
    pub async fn keys(
        &self,
        issuer: &Issuer,
        id: &str,
        now: Timestamp,
    ) -> Result<Arc<KeySet>, Refusal> {
        let source = self.source(&issuer.issuer).ok_or(Refusal::Issuer)?;
        source.keys(id, now).await
    }
}

impl Source {
    async fn keys(self: &Arc<Self>, id: &str, now: Timestamp) -> Result<Arc<KeySet>, Refusal> {
        let turn = match self.step(id, now) {
            Step::Use(keys) => return Ok(keys),
            Step::Refuse(why) => return Err(why),
            Step::Fetch(None) => Arc::clone(&self.turn).lock_owned().await,
            // Only one needs to wait when there are keys to go on with.
            Step::Fetch(Some(keys)) => match Arc::clone(&self.turn).try_lock_owned() {
                Ok(turn) => turn,
                Err(_) => return Ok(keys),
            },
        };
        // Whoever waited for the turn finds what was fetched meanwhile.
        let meanwhile = match self.step(id, now) {
            Step::Use(keys) => return Ok(keys),
            Step::Refuse(why) => return Err(why),
            Step::Fetch(meanwhile) => meanwhile,
        };
        // In a task of its own: a client that hangs up must not take what others wait for along.
        let fetching = tokio::spawn(Arc::clone(self).refresh(now, turn));
        if let Err(e) = fetching.await {
            tracing::error!(issuer = self.issuer.issuer, error = %e, "fetching keys broke off");
        }
        match self.step(id, now) {
            Step::Use(keys) => Ok(keys),
            Step::Refuse(why) => Err(why),
            Step::Fetch(held) => held.or(meanwhile).ok_or(Refusal::NoKeys),
        }
    }

    fn step(&self, id: &str, now: Timestamp) -> Step {
        self.ring(|ring| ring.step(id, now))
    }

    fn ring<T>(&self, see: impl FnOnce(&mut Keyring) -> T) -> T {
        // Nothing in there panics halfway through a change.
        see(&mut self.ring.lock().unwrap_or_else(PoisonError::into_inner))
    }

    async fn refresh(self: Arc<Self>, now: Timestamp, turn: OwnedMutexGuard<()>) {
        let issuer = &self.issuer.issuer;
        let fetched = self.fetch().await;
        // Only now: whoever comes while it is under way waits for it.
        self.ring(|ring| ring.ask(now));
        match fetched {
            Ok(keys) => {
                tracing::debug!(issuer, "fetched the issuer's keys");
                self.ring(|ring| ring.hold(keys, now));
            }
            Err(e) => tracing::warn!(issuer, error = %e, "the issuer's keys cannot be had"),
        }
        drop(turn);
    }

    async fn fetch(&self) -> Result<KeySet, NoKeys> {
        let issuer = &self.issuer.issuer;
        let about = format!("{}{DISCOVERY}", issuer.strip_suffix('/').unwrap_or(issuer));
        let document = self.get(&about).await?;
        let Some(url) = keys_url(&document, issuer) else {
            let issuer = issuer.clone();
            return Err(NoKeys::Discovery { url: about, issuer });
        };
        let keys = self.get(&url).await?;
        KeySet::read(&keys).map_err(|error| NoKeys::Keys { url, error })
    }

    async fn get(&self, url: &str) -> Result<Vec<u8>, NoKeys> {
        let make = || match self.issuer.is_local {
            true => Fetcher::loopback(),
            false => Fetcher::new(),
        };
        let failed = |error| NoKeys::Fetch {
            url: url.to_owned(),
            error,
        };
        let client = self.client.get_or_init(make);
        let client = client.as_ref().map_err(|e| failed(e.clone()))?;
        client.get(url).await.map_err(failed)
    }
}

/// Where the keys are, by a document that must be the issuer's own (section 4.3 of the
/// specification).
fn keys_url(document: &[u8], issuer: &str) -> Option<String> {
    let document = parse(document, &ParseOptions::default()).ok()?;
    let text = |member| document.get(member).and_then(Json::as_str);
    let is_its_own = text("issuer") == Some(issuer);
    text("jwks_uri").filter(|_| is_its_own).map(str::to_owned)
}
