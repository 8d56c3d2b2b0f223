//! Tells webhooks what happened, in the background of a service.
//!
//! A delivery is taken by putting its due time a minute off, on condition that nobody has put it
//! off meanwhile: so of several replicas one makes the try, and where that one dies, another makes
//! it a minute later. A receiver may thus hear of an event twice, under the same `webhook-id`.

use std::{sync::Arc, time::Duration};

use futures_util::future::join_all;

use super::{
    errand::{self, Errand},
    under_way::UnderWay,
};
use crate::{
    app::App,
    events::places::Places,
    fetch::{FetchError, Fetcher, check_loopback},
    kernel::errors::Result,
};

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
            let errands = errand::take(&self.app, &Places::default()).await?;
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
        let mut under_way = UnderWay::default();
        loop {
            self.set_out(&mut under_way).await;
            tokio::select! {
                () = &mut stopping => break,
                Some(()) = under_way.end_of_one() => {}
                _ = commits.changed() => tokio::time::sleep(BREATH).await,
                () = tokio::time::sleep(PERIOD) => {}
            }
        }
        while under_way.end_of_one().await.is_some() {}
    }

    /// Sets out with whatever is due and finds a place.
    async fn set_out(&self, under_way: &mut UnderWay) {
        while !under_way.places().is_full() {
            let errands = match errand::take(&self.app, under_way.places()).await {
                Ok(errands) => errands,
                Err(error) => {
                    tracing::warn!(%error, "due deliveries could not be read: trying again");
                    return;
                }
            };
            if errands.is_empty() {
                return;
            }
            for errand in errands {
                let (app, clients) = (Arc::clone(&self.app), self.clients.clone());
                under_way.start(errand.place(), carry(errand, app, clients));
            }
        }
    }
}

async fn carry(errand: Errand, app: Arc<App>, clients: Clients) {
    let webhook = errand.place().webhook;
    if let Err(error) = errand.run(&app, &clients).await {
        // Its lease runs out, and it is tried again.
        tracing::warn!(%error, %webhook, "the outcome of a delivery could not be written down");
    }
}
