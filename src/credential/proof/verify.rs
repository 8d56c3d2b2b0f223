//! What one proof says, and whether it may say so.

use jiff::{SignedDuration, Timestamp};

use super::set::Proof;
use super::{Cryptosuite, DATA_INTEGRITY_PROOF, ProofError, Purpose, value};
use crate::credential::crypto::SIGNATURE_LENGTH;
use crate::credential::instant::instant;
use crate::kernel::json::{Json, Object};
use crate::kernel::text::excerpt;

/// How far the clock of the signer may be ahead of ours, in seconds.
const CLOCK_SKEW: i64 = 60;

/// What a proof must have been made for, and when it is looked at.
#[derive(Debug, Clone, Copy)]
pub struct Expected<'a> {
    /// Its purpose.
    pub purpose: Purpose,
    /// The challenge that was given to its maker, if any was.
    pub challenge: Option<&'a str>,
    /// The domains that it must have been made for, all of them and no others; empty: any.
    pub domain: &'a [String],
    /// The time of interest.
    pub now: Timestamp,
}

impl<'a> Expected<'a> {
    /// An assertion, looked at now.
    #[must_use]
    pub fn assertion(now: Timestamp) -> Self {
        Self {
            purpose: Purpose::AssertionMethod,
            challenge: None,
            domain: &[],
            now,
        }
    }
}

impl<'a> Proof<'a> {
    /// Where it stands in the document, as a JSON Pointer.
    #[must_use]
    pub fn place(&self) -> &str {
        &self.place
    }

    /// The URL of the verification method that it names, if it names one.
    #[must_use]
    pub fn verification_method(&self) -> Option<&'a str> {
        self.members.get("verificationMethod")?.as_str()
    }

    /// The contexts that it states by itself. Under JCS they are what it signs: the document means
    /// what it means under these, and not under others that it has besides.
    #[must_use]
    pub fn context(&self) -> Option<&'a Json> {
        self.members.get("@context")
    }

    /// Its cryptosuite.
    ///
    /// # Errors
    /// When its type is not `DataIntegrityProof`, or the cryptosuite is not known here.
    pub fn cryptosuite(&self) -> Result<Cryptosuite, ProofError> {
        let (place, short) = (
            || self.place.clone(),
            |text| excerpt(text, 120).into_owned(),
        );
        match self.required("type")? {
            DATA_INTEGRITY_PROOF => {}
            found => {
                return Err(ProofError::Type {
                    place: place(),
                    found: short(found),
                });
            }
        }
        let found = self.required("cryptosuite")?;
        Cryptosuite::parse(found).ok_or_else(|| ProofError::Cryptosuite {
            place: place(),
            found: short(found),
        })
    }

    /// Whether its members are well formed and it was made for what is expected, at a time that
    /// has come and is not over (Data Integrity 1.0, sections 2.1 and 4.4). Says nothing about the
    /// signature.
    ///
    /// # Errors
    /// The first rule that it breaks.
    pub fn check(&self, expected: &Expected<'_>) -> Result<(), ProofError> {
        self.cryptosuite()?;
        if !is_url(self.required("verificationMethod")?) {
            return Err(self.malformed("verificationMethod", "it must be a URL"));
        }
        let purpose = self.required("proofPurpose")?;
        if purpose != expected.purpose.as_str() {
            return Err(ProofError::Purpose {
                place: self.place.clone(),
                found: excerpt(purpose, 120).into_owned(),
                expected: expected.purpose.as_str(),
            });
        }
        self.text("nonce")?;
        let domain = self.texts("domain")?;
        if !expected.domain.is_empty() && !same(&domain, expected.domain) {
            return Err(ProofError::Domain {
                place: self.place.clone(),
            });
        }
        let challenge = self.text("challenge")?;
        if expected.challenge.is_some() && challenge != expected.challenge {
            return Err(ProofError::Challenge {
                place: self.place.clone(),
            });
        }
        self.signature()?;
        self.check_period(expected.now)
    }

    /// The signature in its `proofValue`.
    pub(super) fn signature(&self) -> Result<[u8; SIGNATURE_LENGTH], ProofError> {
        value::decode(self.required("proofValue")?).map_err(|why| self.malformed("proofValue", why))
    }

    /// Its id, which must be a URL.
    pub(super) fn id(&self) -> Result<Option<&'a str>, ProofError> {
        match self.text("id")? {
            Some(id) if !is_url(id) => Err(self.malformed("id", "it must be a URL")),
            id => Ok(id),
        }
    }

    /// The ids of the proofs on which it builds.
    pub(super) fn previous_ids(&self) -> Result<Vec<&'a str>, ProofError> {
        self.texts("previousProof")
    }

    /// Whether the document's contexts begin with those that the proof states, where it states any.
    ///
    /// Under JCS more may have been added: what is verified is the document without them (Data
    /// Integrity EdDSA Cryptosuites 1.0, section 3.3.2). Over RDF the document's contexts count and
    /// the proof's own are left aside (section 3.2.5), so they may not say anything else.
    pub(super) fn check_context(&self, document: &Object) -> Result<(), ProofError> {
        let Some(stated) = self.context() else {
            return Ok(());
        };
        let there = document.get("@context").map(contexts).unwrap_or_default();
        let stated = contexts(stated);
        let begins = stated.len() <= there.len()
            && stated
                .iter()
                .zip(there)
                .all(|(one, other)| one == other || one.canonical() == other.canonical());
        if begins {
            Ok(())
        } else {
            Err(ProofError::Context {
                place: self.place.clone(),
            })
        }
    }

    fn check_period(&self, now: Timestamp) -> Result<(), ProofError> {
        let (created, expires) = (self.time("created")?, self.time("expires")?);
        let period = |member, why| {
            Err(ProofError::Period {
                place: self.place.clone(),
                member,
                why,
            })
        };
        match (created, expires) {
            (Some(from), Some(until)) if until <= from => period(
                "expires",
                format!("the proof ends at {until}, before it was made at {from}"),
            ),
            (_, Some(until)) if until <= now => {
                period("expires", format!("the proof expired at {until}"))
            }
            (Some(from), _) if from.duration_since(now) > SignedDuration::from_secs(CLOCK_SKEW) => {
                period(
                    "created",
                    format!("the proof was made at {from}, which is still to come"),
                )
            }
            _ => Ok(()),
        }
    }

    fn time(&self, member: &'static str) -> Result<Option<Timestamp>, ProofError> {
        let why = "it must be a date and time with a time zone, such as 2026-01-31T12:00:00Z";
        match self.text(member)? {
            None => Ok(None),
            Some(text) => instant(text)
                .map(Some)
                .ok_or_else(|| self.malformed(member, why)),
        }
    }

    fn required(&self, member: &'static str) -> Result<&'a str, ProofError> {
        self.text(member)?.ok_or_else(|| ProofError::Missing {
            place: self.place.clone(),
            member,
        })
    }

    fn text(&self, member: &'static str) -> Result<Option<&'a str>, ProofError> {
        match self.members.get(member) {
            None => Ok(None),
            Some(Json::String(text)) => Ok(Some(text)),
            Some(_) => Err(self.malformed(member, "it must be a text")),
        }
    }

    fn texts(&self, member: &'static str) -> Result<Vec<&'a str>, ProofError> {
        let value = self.members.get(member);
        let items = match value {
            None => return Ok(Vec::new()),
            Some(Json::Array(items)) => items.as_slice(),
            Some(one) => std::slice::from_ref(one),
        };
        items
            .iter()
            .map(|item| item.as_str())
            .collect::<Option<_>>()
            .ok_or_else(|| self.malformed(member, "it must be a text, or a list of texts"))
    }

    fn malformed(&self, member: &'static str, why: &'static str) -> ProofError {
        ProofError::Malformed {
            place: self.place.clone(),
            member,
            why,
        }
    }
}

fn is_url(text: &str) -> bool {
    url::Url::parse(text).is_ok()
}

/// Whether both hold the same texts, in whatever order and however often.
fn same(given: &[&str], expected: &[String]) -> bool {
    given.iter().all(|one| expected.iter().any(|e| e == one))
        && expected.iter().all(|one| given.contains(&one.as_str()))
}

fn contexts(value: &Json) -> &[Json] {
    match value {
        Json::Array(items) => items,
        one => std::slice::from_ref(one),
    }
}
