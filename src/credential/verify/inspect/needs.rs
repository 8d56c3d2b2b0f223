//! What must be at hand to judge a document.

use super::{Inspected, Kind, Securing, id_of, one_or_many};
use crate::credential::did::document_url;
use crate::credential::verify::statement::framework_resources;
use crate::credential::verify::status::MAX_ENTRIES;
use crate::kernel::json::Json;

/// How many documents of one kind are asked for; no record needs more.
const MAX_SOURCES: usize = 32;

/// What must be at hand to judge a credential or presentation, with all that it holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Needs {
    /// The issuers, holders and other controllers of keys whose documents are needed; a did:key
    /// or did:jwk needs none.
    pub issuers: Vec<Source>,
    /// The names that are made of a key, and need no document. Whoever published documents of
    /// their own may know more of such a key, as that it was stolen.
    pub key_names: Vec<String>,
    /// The URLs of the status lists.
    pub status_lists: Vec<String>,
    /// The URLs of the framework documents, of use for the statement check.
    pub frameworks: Vec<String>,
}

/// Someone whose document is needed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The DID or https URL that names them.
    pub id: String,
    /// Where their document is, if the name says so.
    pub url: Option<String>,
}

impl Needs {
    /// Whether nothing is needed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.issuers.is_empty() && self.status_lists.is_empty() && self.frameworks.is_empty()
    }

    /// Adds what another document needs.
    pub(in crate::credential::verify) fn merge(&mut self, other: Self) {
        for source in other.issuers {
            self.add_issuer(&source.id);
        }
        for name in other.key_names {
            self.add_key_name(&name);
        }
        for url in other.status_lists {
            Self::add(&mut self.status_lists, &url);
        }
        for url in other.frameworks {
            Self::add(&mut self.frameworks, &url);
        }
    }

    fn add_issuer(&mut self, id: &str) {
        if id.starts_with("did:key:") || id.starts_with("did:jwk:") {
            return self.add_key_name(id);
        }
        let known = self.issuers.iter().any(|source| source.id == id);
        if !known && self.issuers.len() < MAX_SOURCES {
            self.issuers.push(Source {
                id: id.to_owned(),
                url: document_url(id).ok().map(String::from),
            });
        }
    }

    /// All of them: one that was left out could be the stolen one, and nobody would notice.
    fn add_key_name(&mut self, name: &str) {
        if !self.key_names.iter().any(|known| known == name) {
            self.key_names.push(name.to_owned());
        }
    }

    fn add(names: &mut Vec<String>, name: &str) {
        if names.len() < MAX_SOURCES && !names.iter().any(|known| known == name) {
            names.push(name.to_owned());
        }
    }
}

impl Inspected {
    /// What must be at hand to judge this document and what it holds.
    #[must_use]
    pub fn needs(&self) -> Needs {
        let mut needs = Needs::default();
        self.add_needs(&mut needs);
        needs
    }

    fn add_needs(&self, needs: &mut Needs) {
        let name = match self.kind {
            Kind::Credential => "issuer",
            Kind::Presentation => "holder",
        };
        if let Some(id) = self.document.get(name).and_then(id_of) {
            needs.add_issuer(id);
        }
        for method in self.methods() {
            if let Some((controller, _)) = method.split_once('#') {
                needs.add_issuer(controller);
            }
        }
        for entry in one_or_many(self.document.get("credentialStatus"))
            .iter()
            .take(MAX_ENTRIES)
        {
            if let Some(url) = entry.get("statusListCredential").and_then(Json::as_str) {
                Needs::add(&mut needs.status_lists, url);
            }
        }
        let framework = framework_resources(&self.document)
            .find_map(|resource| resource.get("id").and_then(Json::as_str));
        if let Some(url) = framework {
            Needs::add(&mut needs.frameworks, url);
        }
        for part in self.parts.iter().filter_map(|part| part.read.as_ref().ok()) {
            part.add_needs(needs);
        }
    }

    /// Who controls the first key named, by the document's own word.
    pub(in crate::credential::verify) fn first_controller(&self) -> Option<&str> {
        let (controller, _) = self.methods().next()?.split_once('#')?;
        Some(controller)
    }

    /// The verification methods that the proofs name.
    fn methods(&self) -> impl Iterator<Item = &str> {
        let proofs = match self.securing {
            Securing::Embedded => one_or_many(self.document.get("proof")),
            _ => &[],
        };
        let kid = match &self.securing {
            Securing::Jws(jws) => jws.kid(),
            _ => None,
        };
        proofs
            .iter()
            .filter_map(|proof| proof.get("verificationMethod")?.as_str())
            .chain(kid)
    }
}
