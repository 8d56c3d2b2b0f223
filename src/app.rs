//! What an operation stands on: the program's parts, and who asks for what, when.

use std::sync::{Arc, OnceLock};

use jiff::Timestamp;
use sea_orm::DatabaseExecutor;
use tokio::sync::{RwLock, Semaphore, watch};
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::{
    catalog::cache::{KeptCache, ProfileCache, Recent, TitleWords, VersionCache},
    config::Config,
    credential::{
        cache::ListCache,
        custody::{Custody, CustodyError, Slot},
    },
    events::{hub::Hub, progress::Board},
    fetch::{FetchError, Fetcher},
    identity::{actor::Actor, fetch::Issuers},
    kernel::{
        clock::Clock,
        db::{Db, Reach, WriteTx},
        errors::Result,
        ids,
        rng::{self, Rng},
    },
};

/// The parts of a running installation.
pub struct App {
    /// The database.
    pub db: Db,
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
    /// Source of ids, keys and tokens.
    pub rng: Arc<dyn Rng>,
    /// Where providers' private keys are kept.
    pub custody: Arc<dyn Custody>,
    /// Settings, validated.
    pub config: Config,
    /// Published framework versions, which never change.
    pub versions: VersionCache,
    /// Which statements of theirs are kept from one to the next.
    pub kept: KeptCache,
    /// What of the catalog can change, as long as it did not.
    pub recent: Recent,
    /// The words of the catalog's titles.
    pub title_words: TitleWords,
    /// Published profiles of occupations, which never change either.
    pub profiles: ProfileCache,
    /// Each change of state that runs holds it for reading; who waits to write waits for all.
    pub changes: Arc<RwLock<()>>,
    /// Signed status lists, by revision.
    pub lists: ListCache,
    /// The client that fetches what others published, made when it is first wanted.
    pub fetcher: OnceLock<Result<Fetcher, FetchError>>,
    /// Where subscribers hear of what happens.
    pub hub: Hub,
    /// The issuers whose tokens sign people in, and their keys.
    pub issuers: Issuers,
    /// How far the long jobs of this process are.
    pub progress: Board,
    /// A place for each WebSocket that is open.
    pub sockets: Arc<Semaphore>,
    /// A place for each record that is judged at a time: one a processor, because judging is all
    /// computing, and what only waits must not wait for it.
    pub judging: Arc<Semaphore>,
    stopping: watch::Sender<bool>,
}

impl App {
    /// Puts the parts together.
    #[must_use]
    pub fn new(
        db: Db,
        clock: Arc<dyn Clock>,
        rng: Arc<dyn Rng>,
        custody: impl Custody + 'static,
        config: Config,
    ) -> Arc<Self> {
        let places = config.http.sockets.connections;
        Arc::new(Self {
            db,
            clock,
            rng,
            custody: Arc::new(custody),
            issuers: Issuers::new(&config.oidc),
            config,
            versions: VersionCache::default(),
            kept: KeptCache::default(),
            recent: Recent::default(),
            title_words: TitleWords::default(),
            profiles: ProfileCache::default(),
            changes: Arc::default(),
            lists: ListCache::default(),
            fetcher: OnceLock::new(),
            hub: Hub::default(),
            progress: Board::default(),
            sockets: Arc::new(Semaphore::new(places)),
            judging: Arc::new(Semaphore::new(processors())),
            stopping: watch::Sender::new(false),
        })
    }

    /// An operation of `actor`, at the present moment.
    #[must_use]
    pub fn op(self: &Arc<Self>, actor: Actor, request_id: impl Into<String>) -> Op {
        Op {
            app: Arc::clone(self),
            actor,
            now: self.clock.now(),
            request_id: request_id.into(),
        }
    }

    /// Tells what lasts, sockets and work in the background, that the service stops.
    pub fn stop(&self) {
        self.stopping.send_replace(true);
    }

    /// Waits until the service stops.
    pub fn stopping(&self) -> impl Future<Output = ()> + Send + use<> {
        let mut stopping = self.stopping.subscribe();
        async move {
            // An error means that the application is gone, which is a stop too.
            if stopping.wait_for(|stops| *stops).await.is_err() {
                tracing::debug!("the application ended before it was stopped");
            }
        }
    }

    /// Seals a secret of a provider that the program itself needs in clear, in the way of
    /// [`Custody::seal`]: `id` is its row's, `purpose` what it is, `enrolment` the provider's
    /// wrapped data key. Rooms below that of credentials keep their secrets through this.
    ///
    /// # Errors
    /// When the enrolment is not of this installation's custody.
    pub fn seal(
        &self,
        (provider, enrolment): (Uuid, &[u8]),
        id: Uuid,
        purpose: &str,
        secret: &[u8],
    ) -> Result<Vec<u8>, CustodyError> {
        let slot = Slot {
            provider,
            key: id,
            enrolment,
        };
        self.custody.seal(&slot, purpose, secret, self.rng.as_ref())
    }

    /// Opens what [`App::seal`] made.
    ///
    /// # Errors
    /// When it was altered, or belongs to another row, purpose or provider.
    pub fn unseal(
        &self,
        (provider, enrolment): (Uuid, &[u8]),
        id: Uuid,
        purpose: &str,
        sealed: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, CustodyError> {
        let slot = Slot {
            provider,
            key: id,
            enrolment,
        };
        self.custody.unseal(&slot, purpose, sealed)
    }

    /// An operation of the person at the machine.
    #[must_use]
    pub fn operator(self: &Arc<Self>) -> Op {
        let id = ids::v4(self.rng.as_ref());
        self.op(Actor::Operator, format!("operator-{}", id.simple()))
    }
}

fn processors() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// One operation: who asks, when, and under which request id.
#[derive(Clone)]
pub struct Op {
    /// The installation.
    pub app: Arc<App>,
    /// Who asks.
    pub actor: Actor,
    /// The moment that everything in this operation is dated with.
    pub now: Timestamp,
    /// The request that log lines and audit records name.
    pub request_id: String,
}

impl Op {
    /// Whose rows the actor may touch.
    #[must_use]
    pub fn reach(&self) -> Reach {
        match &self.actor {
            Actor::Anonymous => Reach::Nobody,
            Actor::Operator => Reach::System,
            Actor::Platform { .. } => Reach::Platform,
            Actor::Member { provider, .. } | Actor::Learner { provider, .. } => {
                Reach::One(*provider)
            }
        }
    }

    /// For reads of what the actor may touch.
    pub async fn read(&self) -> Result<DatabaseExecutor<'_>> {
        self.app.db.read(self.reach()).await
    }

    /// Starts a transaction that writes what the actor may touch. It rolls back unless it is
    /// committed.
    pub async fn write_tx(&self) -> Result<WriteTx> {
        self.app.db.write_tx(self.reach()).await
    }

    /// A new row id, ordered by time.
    #[must_use]
    pub fn new_id(&self) -> uuid::Uuid {
        ids::v7(self.now, self.app.rng.as_ref())
    }

    /// `count` new row ids in rising order, so that rows keep the order they were given in.
    #[must_use]
    pub fn new_ids(&self, count: usize) -> Vec<uuid::Uuid> {
        let mut ids: Vec<_> = (0..count).map(|_| self.new_id()).collect();
        ids.sort_unstable();
        ids
    }

    /// `N` random bytes.
    #[must_use]
    pub fn random<const N: usize>(&self) -> [u8; N] {
        rng::bytes(self.app.rng.as_ref())
    }
}
