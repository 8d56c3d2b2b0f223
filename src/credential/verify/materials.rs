//! What is at hand for judging: documents fetched or given as files.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::inspect::{Needs, inspect};
use super::statement::FrameworkDocument;
use super::status::{ListMaterial, VerifiedList};
use super::trust::Trusted;
use crate::credential::did::resolve::{DocumentError, IssuerDocument};
use crate::credential::rdf::Contexts;
use crate::kernel::json::{Json, ParseOptions, parse};

/// Why a given document is of no use.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MaterialError {
    /// An issuer's document.
    #[error("{0}")]
    Issuer(#[from] DocumentError),
    /// A status list.
    #[error("the status list cannot be read: {0}")]
    StatusList(String),
    /// A status list that was fetched for one URL and carries another.
    #[error("the list fetched for {wanted:?} is that of {found:?}; it is not used")]
    OtherName {
        /// The name that it was fetched for.
        wanted: String,
        /// The name that it carries.
        found: String,
    },
    /// A JSON-LD context.
    #[error("the context {0} cannot be used: {1}")]
    Context(String, String),
    /// A trust list.
    #[error(
        "the trust list cannot be read: {0}; it must look like \
         {{\"issuers\":[{{\"id\":\"did:…\",\"name\":\"…\"}}]}}"
    )]
    Trust(String),
}

/// Everything at hand for judging credentials. One set serves many credentials.
#[derive(Debug, Clone, Default)]
pub struct Materials {
    pub(super) issuers: HashMap<String, Arc<IssuerDocument>>,
    pub(super) lists: HashMap<String, ListMaterial>,
    pub(super) frameworks: Vec<FrameworkDocument>,
    pub(super) trusted: Option<HashMap<String, Trusted>>,
    pub(super) contexts: Contexts,
    absent: HashMap<String, String>,
    withdrawn: HashMap<String, HashSet<u64>>,
}

impl Materials {
    /// Nothing at hand: enough only for credentials that need nothing.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds an issuer's document (a DID document or a JWK Set) that the reader has as a file, under
    /// the DID that it speaks for, which is answered. Whoever adds it vouches for where it is from.
    ///
    /// # Errors
    /// When it is no such document.
    pub fn add_issuer(&mut self, bytes: &[u8]) -> Result<String, MaterialError> {
        let document = IssuerDocument::parse(bytes)?;
        let id = document.id.clone();
        self.issuers.insert(id.clone(), Arc::new(document));
        Ok(id)
    }

    /// Adds the document that was fetched for this DID or https issuer.
    ///
    /// # Errors
    /// When it is no such document, or speaks for another DID: a server may only tell the keys of
    /// the names that lead to it.
    pub fn add_fetched_issuer(&mut self, id: &str, bytes: &[u8]) -> Result<(), MaterialError> {
        let document = IssuerDocument::parse_of(bytes, id)?;
        self.issuers.insert(id.to_owned(), Arc::new(document));
        Ok(())
    }

    /// Adds an issuer's document that was read before.
    pub fn add_issuer_document(&mut self, document: Arc<IssuerDocument>) {
        self.issuers.insert(document.id.clone(), document);
    }

    /// Adds a status list, not yet verified, under its own id, which is answered.
    ///
    /// # Errors
    /// When it is no credential, or has no id.
    pub fn add_status_list(&mut self, bytes: &[u8]) -> Result<String, MaterialError> {
        let list = inspect(bytes).map_err(|error| MaterialError::StatusList(error.reason))?;
        let id = list
            .document
            .get("id")
            .and_then(Json::as_str)
            .ok_or_else(|| MaterialError::StatusList("it has no id".to_owned()))?
            .to_owned();
        self.lists
            .insert(id.clone(), ListMaterial::Unverified(Arc::new(list)));
        Ok(id)
    }

    /// Adds the status list that was fetched from this URL, not yet verified.
    ///
    /// # Errors
    /// When it is no credential, or its id is another URL.
    pub fn add_fetched_list(&mut self, url: &str, bytes: &[u8]) -> Result<(), MaterialError> {
        let mut other = Self::new();
        let found = other.add_status_list(bytes)?;
        if found != url {
            return Err(MaterialError::OtherName {
                wanted: url.to_owned(),
                found,
            });
        }
        self.lists.extend(other.lists);
        Ok(())
    }

    /// Adds a status list that was verified before, so that it is not expanded again. It is still
    /// compared with the credential, and with the time.
    pub fn add_verified_list(&mut self, list: Arc<VerifiedList>) {
        self.lists
            .insert(list.id().to_owned(), ListMaterial::Verified(list));
    }

    /// Adds a JSON-LD context by hand: documents that name this URL are then understood. Whoever
    /// adds it vouches for what its terms mean.
    ///
    /// # Errors
    /// When it is no context, or would change one that is pinned.
    pub fn add_context(&mut self, url: &str, bytes: &[u8]) -> Result<(), MaterialError> {
        let refuse = |why: String| MaterialError::Context(url.to_owned(), why);
        let json = parse(bytes, &ParseOptions::default()).map_err(|e| refuse(e.to_string()))?;
        self.contexts
            .add(url, &json)
            .map_err(|e| refuse(e.to_string()))
    }

    /// Sets the contexts that are understood.
    pub fn set_contexts(&mut self, contexts: Contexts) {
        self.contexts = contexts;
    }

    /// Adds the bytes of a framework document. Give only those that are meant for the credential:
    /// if none of them is the one that it names, the statement check fails.
    pub fn add_framework(&mut self, bytes: &[u8]) {
        self.frameworks.push(FrameworkDocument::new(bytes));
    }

    /// Sets the list of issuers that the reader trusts.
    ///
    /// # Errors
    /// When it is not such a list.
    pub fn set_trust_list(&mut self, bytes: &[u8]) -> Result<(), MaterialError> {
        let refuse = |why: String| MaterialError::Trust(why);
        let json = parse(bytes, &ParseOptions::default()).map_err(|e| refuse(e.to_string()))?;
        let issuers = json
            .get("issuers")
            .and_then(Json::as_array)
            .ok_or_else(|| refuse("it has no array named issuers".to_owned()))?;
        let mut trusted = HashMap::new();
        for (at, issuer) in issuers.iter().enumerate() {
            let entry = Trusted::read(issuer).map_err(|why| refuse(format!("entry {at} {why}")))?;
            trusted.insert(entry.id.clone(), entry);
        }
        self.trusted = Some(trusted);
        Ok(())
    }

    /// Those of `needs` that are not at hand. Where any framework document was given, no other is
    /// needed.
    #[must_use]
    pub fn lacking(&self, needs: &Needs) -> Needs {
        let mut lacking = needs.clone();
        lacking
            .issuers
            .retain(|source| !self.issuers.contains_key(&source.id));
        lacking
            .status_lists
            .retain(|url| !self.lists.contains_key(url));
        if !self.frameworks.is_empty() {
            lacking.frameworks.clear();
        }
        lacking
    }

    /// What the status lists at hand need in their turn: their issuers' documents.
    #[must_use]
    pub fn needs_of_lists(&self) -> Needs {
        let mut needs = Needs::default();
        for list in self.lists.values() {
            if let ListMaterial::Unverified(list) = list {
                needs.merge(list.needs());
            }
        }
        needs.status_lists.clear();
        needs
    }

    /// Whether the trust list says that `list_issuer` keeps the status lists of `issuer`.
    pub(super) fn speaks_for(&self, list_issuer: &str, issuer: &str) -> bool {
        self.trusted
            .as_ref()
            .and_then(|trusted| trusted.get(issuer))
            .is_some_and(|entry| entry.status_lists.iter().any(|id| id == list_issuer))
    }

    /// Records why something that was needed (a DID, or a URL) is not at hand, for the report.
    pub fn note_absent(&mut self, what: impl Into<String>, why: impl Into<String>) {
        self.absent.insert(what.into(), why.into());
    }

    /// Records which set bits of a status list (its URL, and their indexes) mean that the issuer
    /// withdrew the credential and keeps no copy: what only the issuer's own records can tell.
    pub fn note_withdrawn(
        &mut self,
        list: impl Into<String>,
        indexes: impl IntoIterator<Item = u64>,
    ) {
        self.withdrawn
            .entry(list.into())
            .or_default()
            .extend(indexes);
    }

    /// Whether the set bit at `index` of a status list is known to mean so.
    pub(super) fn is_withdrawn(&self, list: &str, index: u64) -> bool {
        self.withdrawn
            .get(list)
            .is_some_and(|indexes| indexes.contains(&index))
    }

    /// Why something that was needed is not at hand.
    #[must_use]
    pub fn why_absent(&self, what: &str) -> &str {
        self.absent
            .get(what)
            .map_or("it was not given", String::as_str)
    }
}
