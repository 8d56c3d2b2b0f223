//! Tells webhooks what happened, in the background of a service.
//!
//! A delivery is taken by putting its due time a minute off, on condition that nobody has put it
//! off meanwhile: so of several replicas one makes the try, and where that one dies, another makes
//! it a minute later. A receiver may thus hear of an event twice, under the same `webhook-id`.

use std::{collections::HashMap, sync::Arc, time::Duration};

use futures_util::future::join_all;
use tokio::task::JoinSet;
use uuid::Uuid;

use super::errand::{self, Errand};
use crate::{
    app::App,
    fetch::{FetchError, Fetcher, check_loopback},
    kernel::errors::Result,
};

/// Deliveries under way at once.
const AT_ONCE: usize = 16;
/// Deliveries under way to one webhook at once, so that a slow one does not hold up the others.
const EACH: usize = 4;
/// How often due deliveries are looked for when nothing happens in this process.
const PERIOD: Duration = Duration::from_secs(1);
/// The pause between two looks, so that many changes in a row cost few.
const BREATH: Duration = Duration::from_millis(20);

/// Whoever carries deliveries to webhooks.
pub struct Courier {
    app: Arc<App>,
    clients: Clients,
}

/// The ways to receivers.
#[derive(Clone)]
pub(super) struct Clients {
    public: Fetcher,
    /// To servers of one's own on this machine, where the settings allow it.
    near: Option<Fetcher>,
}

impl Clients {
    /// The client for an address.
    pub(super) fn of(&self, url: &str) -> &Fetcher {
        match &self.near {
            Some(near) if check_loopback(url).is_ok() => near,
            _ => &self.public,
        }
    }
}

impl Courier {
    /// A courier of an installation.
    ///
    /// # Errors
    /// When this machine cannot make requests.
    pub fn new(app: &Arc<App>) -> Result<Self, FetchError> {
        let near = app.config.webhooks_allow_http_loopback;
        let clients = Clients {
            public: Fetcher::new()?,
            near: near.then(Fetcher::loopback).transpose()?,
        };
        Ok(Self {
            app: Arc::clone(app),
            clients,
        })
    }

    /// Carries whatever is due at this moment, once each. How many tries were made.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn round(&self) -> Result<usize> {
        let mut tried = 0;
        loop {
            let errands = errand::take(&self.app, AT_ONCE, AT_ONCE, |_| 0).await?;
            if errands.is_empty() {
                return Ok(tried);
            }
            tried += errands.len();
            let tries = errands.into_iter().map(|e| e.run(&self.app, &self.clients));
            join_all(tries)
                .await
                .into_iter()
                .collect::<Result<Vec<()>>>()?;
        }
    }

    /// Carries what is due until the service stops, and then ends what is under way.
    pub async fn run(self) {
        let stopping = self.app.stopping();
        tokio::pin!(stopping);
        let mut commits = self.app.db.commits();
        let mut under_way = JoinSet::new();
        let mut busy: HashMap<Uuid, usize> = HashMap::new();
        loop {
            let free = AT_ONCE - under_way.len();
            if free > 0 {
                for errand in self.take(free, &busy).await {
                    *busy.entry(errand.webhook()).or_default() += 1;
                    let (app, clients) = (Arc::clone(&self.app), self.clients.clone());
                    under_way.spawn(carry(errand, app, clients));
                }
            }
            tokio::select! {
                () = &mut stopping => break,
                Some(ended) = under_way.join_next() => forget(&mut busy, ended),
                _ = commits.changed() => tokio::time::sleep(BREATH).await,
                () = tokio::time::sleep(PERIOD) => {}
            }
        }
        while let Some(ended) = under_way.join_next().await {
            forget(&mut busy, ended);
        }
    }

    async fn take(&self, free: usize, busy: &HashMap<Uuid, usize>) -> Vec<Errand> {
        let under_way = |webhook| busy.get(&webhook).copied().unwrap_or(0);
        match errand::take(&self.app, free, EACH, under_way).await {
            Ok(errands) => errands,
            Err(error) => {
                tracing::warn!(%error, "due deliveries could not be read: trying again");
                Vec::new()
            }
        }
    }
}

async fn carry(errand: Errand, app: Arc<App>, clients: Clients) -> Uuid {
    let webhook = errand.webhook();
    if let Err(error) = errand.run(&app, &clients).await {
        // Its lease runs out, and it is tried again.
        tracing::warn!(%error, %webhook, "the outcome of a delivery could not be written down");
    }
    webhook
}

fn forget(
    busy: &mut HashMap<Uuid, usize>,
    ended: std::result::Result<Uuid, tokio::task::JoinError>,
) {
    match ended {
        Ok(webhook) => {
            if let Some(count) = busy.get_mut(&webhook) {
                *count = count.saturating_sub(1);
            }
            busy.retain(|_, count| *count > 0);
        }
        Err(error) => {
            // Its webhook is unknown; a little more at once for the others does no harm.
            tracing::error!(%error, "a delivery panicked");
            busy.clear();
        }
    }
}
