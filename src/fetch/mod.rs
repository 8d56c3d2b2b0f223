//! The one client that fetches what others publish: issuer documents, status lists, framework
//! documents, the keys of those who sign people in. Often a stranger's document chooses where it
//! leads, so it is held on a short lead: https only, public addresses only, no redirects, no proxy,
//! little time and little data.

mod addresses;
#[cfg(test)]
pub(crate) mod tests;

use std::{error::Error as _, net::IpAddr, sync::Arc, time::Duration};

use reqwest::{
    Client, StatusCode,
    dns::{Addrs, Name, Resolve, Resolving},
    header::{ACCEPT, CONTENT_ENCODING, HeaderMap, HeaderValue},
    redirect::Policy,
};
use tokio::sync::Semaphore;
use url::{Host, Url};

pub use addresses::is_public;

/// The most that is read of an answer, in bytes.
pub const MAX_ANSWER: usize = 1024 * 1024;
/// How long a fetch may take, from the first look-up to the last byte.
const TOTAL: Duration = Duration::from_secs(10);
/// How long reaching the server may take.
const CONNECT: Duration = Duration::from_secs(5);
/// Fetches under way at once: strangers may cause them, so they must not pile up.
const AT_ONCE: usize = 64;
/// The forms that are understood, the signed one first.
const FORMS: &str = "application/vc+jwt, application/did+json, application/json, */*;q=0.5";

/// Why something could not be fetched.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FetchError {
    /// The address is one that is never fetched from.
    #[error("{0}")]
    NotAllowed(String),
    /// The server cannot be reached, or did not answer in time.
    #[error("it cannot be fetched: {0}")]
    Unreachable(String),
    /// Too many fetches are under way.
    #[error("too much is being fetched at this moment; try again")]
    Busy,
    /// The server answered with something else.
    #[error("the server answered {0}")]
    Status(String),
    /// The answer is too long, or encoded.
    #[error("the server's answer is of no use: {0}")]
    Answer(String),
    /// There is no client: the machine's certificate store cannot be used, for example.
    #[error("nothing can be fetched on this machine: {0}")]
    NoClient(String),
}

/// What may be reached.
#[derive(Clone, Copy)]
struct Rules {
    https_only: bool,
    allows: fn(IpAddr) -> bool,
    /// What is told of an address that is not allowed.
    refusal: &'static str,
}

/// The public internet.
const PUBLIC: Rules = Rules {
    https_only: true,
    allows: is_public,
    refusal: NOT_PUBLIC,
};
/// This machine.
const LOOPBACK: Rules = Rules {
    https_only: false,
    allows: |address| address.is_loopback(),
    refusal: NOT_LOOPBACK,
};

/// Whether [`Fetcher::new`] would try to reach `url`, as far as that can be told without resolving
/// its name.
///
/// # Errors
/// Why not.
pub fn check_public(url: &str) -> Result<(), FetchError> {
    PUBLIC.allow(url).map(|_| ())
}

/// Whether `url` names this very machine, as `localhost` or by number, so that
/// [`Fetcher::loopback`] would reach it.
///
/// # Errors
/// Why not.
pub fn check_loopback(url: &str) -> Result<(), FetchError> {
    match LOOPBACK.allow(url)?.host() {
        Some(Host::Domain(name)) if name != "localhost" => {
            Err(FetchError::NotAllowed(NOT_LOOPBACK.to_owned()))
        }
        _ => Ok(()),
    }
}

/// The guarded client.
#[derive(Clone)]
pub struct Fetcher {
    client: Client,
    rules: Rules,
    slots: Arc<Semaphore>,
}

impl Fetcher {
    /// The client, with the machine's own list of trusted certificate authorities.
    ///
    /// # Errors
    /// When that list cannot be used.
    pub fn new() -> Result<Self, FetchError> {
        Self::with(PUBLIC)
    }

    /// A client that reaches this very machine alone, over http too: for trying things out with
    /// servers of one's own.
    ///
    /// # Errors
    /// When the machine's list of trusted certificate authorities cannot be used.
    pub fn loopback() -> Result<Self, FetchError> {
        Self::with(LOOPBACK)
    }

    fn with(rules: Rules) -> Result<Self, FetchError> {
        use rustls::crypto::{CryptoProvider, ring};
        if CryptoProvider::get_default().is_none()
            && ring::default_provider().install_default().is_err()
        {
            tracing::debug!("another thread installed the TLS cryptography first");
        }
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT, HeaderValue::from_static(FORMS));
        let client = Client::builder()
            .user_agent(concat!("attestry/", env!("CARGO_PKG_VERSION")))
            .default_headers(headers)
            .https_only(rules.https_only)
            .no_proxy()
            .redirect(Policy::none())
            .referer(false)
            .timeout(TOTAL)
            .connect_timeout(CONNECT)
            .dns_resolver(Arc::new(Guard(rules)))
            .build()
            .map_err(|e| FetchError::NoClient(cause(&e)))?;
        Ok(Self {
            client,
            rules,
            slots: Arc::new(Semaphore::new(AT_ONCE)),
        })
    }

    /// Fetches what stands at `url`.
    ///
    /// # Errors
    /// When the address is not allowed, cannot be reached, does not answer 200 in time, or answers
    /// more than [`MAX_ANSWER`]; when too many fetches are under way.
    pub async fn get(&self, url: &str) -> Result<Vec<u8>, FetchError> {
        let url = self.rules.allow(url)?;
        let _slot = self.slots.try_acquire().map_err(|_| FetchError::Busy)?;
        let unreachable = |e: reqwest::Error| FetchError::Unreachable(cause(&e));
        let mut answer = self.client.get(url).send().await.map_err(unreachable)?;
        match answer.status() {
            StatusCode::OK => {}
            status if status.is_redirection() => {
                let told = format!("{status}: redirects are not followed");
                return Err(FetchError::Status(told));
            }
            status => return Err(FetchError::Status(status.to_string())),
        }
        if answer
            .headers()
            .get(CONTENT_ENCODING)
            .is_some_and(|encoding| encoding != "identity")
        {
            let told = "it is encoded, which was not asked for".to_owned();
            return Err(FetchError::Answer(told));
        }
        let too_long = || FetchError::Answer(format!("it is longer than {MAX_ANSWER} bytes"));
        if answer
            .content_length()
            .is_some_and(|n| n > MAX_ANSWER as u64)
        {
            return Err(too_long());
        }
        let mut bytes = Vec::new();
        while let Some(chunk) = answer.chunk().await.map_err(unreachable)? {
            if bytes.len() + chunk.len() > MAX_ANSWER {
                return Err(too_long());
            }
            bytes.extend_from_slice(&chunk);
        }
        Ok(bytes)
    }

    /// Posts `body` to `url`, with these headers. The status of the answer, whose body is not read.
    ///
    /// # Errors
    /// When the address is not allowed, cannot be reached, or does not answer in time; when too much
    /// is under way.
    pub async fn post(
        &self,
        url: &str,
        headers: &[(&'static str, String)],
        body: Vec<u8>,
    ) -> Result<u16, FetchError> {
        let url = self.rules.allow(url)?;
        let _slot = self.slots.try_acquire().map_err(|_| FetchError::Busy)?;
        let request = headers
            .iter()
            .fold(self.client.post(url), |r, (name, value)| {
                r.header(*name, value)
            });
        let unreachable = |e: reqwest::Error| FetchError::Unreachable(cause(&e));
        let answer = request.body(body).send().await.map_err(unreachable)?;
        Ok(answer.status().as_u16())
    }
}

impl Rules {
    /// The URL, if its form allows it to be fetched. Addresses behind names are looked at when they
    /// are resolved; those written as numbers are resolved by nobody, so they are looked at here.
    fn allow(&self, text: &str) -> Result<Url, FetchError> {
        let refuse = |why: &str| FetchError::NotAllowed(why.to_owned());
        let url = Url::parse(text).map_err(|e| refuse(&format!("this is no URL: {e}")))?;
        match url.scheme() {
            "https" => {}
            "http" if !self.https_only => {}
            _ => return Err(refuse("only https addresses are fetched")),
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(refuse(
                "addresses with a user name or password are not fetched",
            ));
        }
        let address: Option<IpAddr> = match url.host() {
            Some(Host::Ipv4(address)) => Some(address.into()),
            Some(Host::Ipv6(address)) => Some(address.into()),
            Some(Host::Domain(_)) => None,
            None => return Err(refuse("the address has no host")),
        };
        if address.is_some_and(|address| !(self.allows)(address)) {
            return Err(refuse(self.refusal));
        }
        Ok(url)
    }
}

const NOT_PUBLIC: &str = "only public addresses are fetched from, and this one is not";
const NOT_LOOPBACK: &str = "only addresses of this machine are fetched from, and this one is not";

/// Resolves names to those of their addresses that are allowed. The connection is made to exactly
/// these, so that a name cannot answer otherwise the second time.
struct Guard(Rules);

impl Resolve for Guard {
    fn resolve(&self, name: Name) -> Resolving {
        let rules = self.0;
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let allowed: Vec<_> = found.filter(|a| (rules.allows)(a.ip())).collect();
            if allowed.is_empty() {
                return Err(rules.refusal.into());
            }
            Ok(Box::new(allowed.into_iter()) as Addrs)
        })
    }
}

/// The innermost reason of a failure: the outer ones only say that there was one.
fn cause(error: &reqwest::Error) -> String {
    if error.is_timeout() {
        return "it took too long".to_owned();
    }
    let mut told = error.to_string();
    let mut next = error.source();
    while let Some(inner) = next {
        told = inner.to_string();
        next = inner.source();
    }
    told
}
