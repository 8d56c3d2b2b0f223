//! What is to be attested, in types.

use jiff::Timestamp;
use uuid::Uuid;

use crate::credential::status::Purpose;

/// One demonstrated statement of one learner, ready to be written as a credential.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// The credential's identity, written as `urn:uuid`.
    pub credential_id: Uuid,
    /// Who attests.
    pub issuer: Issuer,
    /// Whom it is about.
    pub subject: Subject,
    /// What was demonstrated.
    pub achievement: Achievement,
    /// What the judgement rests on.
    pub evidence: Vec<Evidence>,
    /// Where its status bit is.
    pub status: StatusEntry,
    /// From when it holds; written in whole seconds.
    pub valid_from: Timestamp,
    /// Until when it holds, if it ends; written in whole seconds.
    pub valid_until: Option<Timestamp>,
}

/// The provider as Open Badges `Profile`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issuer {
    /// The provider's DID.
    pub id: String,
    /// The provider's name.
    pub name: String,
    /// The provider's home page.
    pub url: Option<String>,
}

/// The learner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// The learner's DID, or a random `urn:uuid` that is stable for one provider.
    pub id: String,
    /// The learner's e-mail address; only its salted hash is written.
    pub email: Option<EmailIdentity>,
}

/// An e-mail address and the salt to hash it with.
#[derive(Clone, PartialEq, Eq)]
pub struct EmailIdentity {
    /// The address in clear.
    pub email: String,
    /// Random text, fresh for each credential, so that two credentials cannot be linked by it.
    pub salt: String,
}

impl std::fmt::Debug for EmailIdentity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("EmailIdentity([redacted])")
    }
}

/// The demonstrated statement as Open Badges `Achievement`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Achievement {
    /// The statement's canonical URL, `{public-url}/statements/{id}`.
    pub statement_url: String,
    /// The statement's code.
    pub code: String,
    /// The statement's derived title, or its text where it has none.
    pub name: String,
    /// The statement's text, verbatim.
    pub text: String,
    /// How it was judged: Open Badges `criteria.narrative`.
    pub criteria: String,
    /// The framework version that the statement belongs to.
    pub framework: Framework,
    /// All levels of the framework, in order.
    pub levels: Vec<Level>,
    /// The id of the level that the statement is at.
    pub level: Uuid,
}

/// The published framework version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Framework {
    /// Where its frozen bytes are: `{public-url}/frameworks/{id}.json`.
    pub url: String,
    /// The digest of those bytes as Subresource Integrity metadata, `sha384-…`.
    pub digest_sri: String,
    /// The framework's title: the occupation's.
    pub title: String,
    /// The family's name.
    pub family: String,
    /// The version's label.
    pub version: String,
}

impl Framework {
    /// The name shown to readers: `title, family version`.
    #[must_use]
    pub fn display_name(&self) -> String {
        format!("{}, {} {}", self.title, self.family, self.version)
    }
}

/// One level of the framework.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Level {
    /// The level's id, written as `urn:uuid`.
    pub id: Uuid,
    /// Its place, which with the family is its identity.
    pub ordinal: u32,
    /// Its label.
    pub label: String,
}

/// Something the judgement rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Evidence {
    /// Something on the web.
    Url {
        /// Where it is.
        url: String,
        /// What it is called.
        name: Option<String>,
        /// What it shows.
        narrative: Option<String>,
    },
    /// A description in words.
    Text {
        /// What it is called.
        name: Option<String>,
        /// The words.
        narrative: String,
    },
    /// A file that is kept elsewhere, known by its digest.
    Digest {
        /// What it is called.
        name: Option<String>,
        /// The SHA-256 digest of its bytes.
        sha256: [u8; 32],
    },
}

/// The credential's place in a Bitstring Status List.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusEntry {
    /// The list's URL.
    pub list_url: String,
    /// The credential's index in the list.
    pub index: u64,
    /// What a set bit means.
    pub purpose: Purpose,
}
