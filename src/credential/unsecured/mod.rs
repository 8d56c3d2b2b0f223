//! A credential as a client wrote it, before it is secured (VC Data Model 2.0): what it must not
//! say for itself is refused, and what only the issuer can say is added.
//!
//! - [`Unsecured`]: the credential, read and checked
//! - [`complete`]: id, issuer, time and status are added
//! - [`mentions`]: which statements of an installation it speaks of

pub mod complete;
pub mod mentions;
#[cfg(test)]
mod tests;

use jiff::Timestamp;

use super::{CREDENTIALS_CONTEXT, instant::instant};
use crate::kernel::{
    json::{Json, Object, pointer_token},
    text::excerpt,
};

/// What is wrong with a credential, and the remedy.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {reason}")]
pub struct Fault {
    /// Where: a JSON Pointer (RFC 6901) into the credential.
    pub place: String,
    /// What is wrong there, and what to do about it.
    pub reason: String,
}

impl Fault {
    pub(super) fn new(place: impl Into<String>, reason: impl Into<String>) -> Self {
        Self {
            place: place.into(),
            reason: reason.into(),
        }
    }
}

/// The types whose schemas allow one `credentialStatus` only (Open Badges 3.0, section B.1.1;
/// CLR 2.0, section B.1.1), and want the issuer as a profile.
const BADGES: [&str; 4] = [
    "OpenBadgeCredential",
    "AchievementCredential",
    "EndorsementCredential",
    "ClrCredential",
];

/// A credential as a client wrote it, of a form that can be completed.
#[derive(Debug, Clone, PartialEq)]
pub struct Unsecured(Object);

impl Unsecured {
    /// Reads a credential, and checks the members that completing it rests on.
    ///
    /// # Errors
    /// The first of them that is malformed, or that only the issuer may say.
    pub fn read(credential: Json) -> Result<Self, Fault> {
        let Json::Object(members) = credential else {
            let found = credential.kind();
            return Err(Fault::new(
                "",
                format!("a credential is an object, not {found}: give the whole credential"),
            ));
        };
        let read = Self(members);
        read.check_context()?;
        read.check_types()?;
        read.check_id()?;
        read.check_subjects()?;
        let (from, until) = (read.time("validFrom")?, read.time("validUntil")?);
        if let (Some(from), Some(until)) = (from, until)
            && until < from
        {
            let reason = "this lies before validFrom: choose a later end";
            return Err(Fault::new("/validUntil", reason));
        }
        Ok(read)
    }

    /// The members.
    #[must_use]
    pub fn members(&self) -> &Object {
        &self.0
    }

    /// Whether it has proofs already.
    #[must_use]
    pub fn is_proven(&self) -> bool {
        self.0.get("proof").is_some()
    }

    /// Whom it is about, as far as they are named, in order.
    #[must_use]
    pub fn subjects(&self) -> Vec<Option<&str>> {
        let subjects = items(self.0.get("credentialSubject"));
        let id = |subject| Json::get(subject, "id").and_then(Json::as_str);
        subjects.iter().map(id).collect()
    }

    fn is_badge(&self) -> bool {
        let mut types = items(self.0.get("type")).iter().filter_map(Json::as_str);
        types.any(|t| BADGES.contains(&t))
    }

    fn check_context(&self) -> Result<(), Fault> {
        let place = "/@context";
        let first = items(self.0.get("@context")).first().and_then(Json::as_str);
        match first {
            Some(CREDENTIALS_CONTEXT) => Ok(()),
            Some(other) => Err(Fault::new(
                place,
                format!(
                    "the first context is {:?}: credentials are issued by version 2.0 of the data model, whose context {CREDENTIALS_CONTEXT} comes first",
                    excerpt(other, 120)
                ),
            )),
            None => Err(Fault::new(
                place,
                format!("give an array of contexts that begins with {CREDENTIALS_CONTEXT}"),
            )),
        }
    }

    fn check_types(&self) -> Result<(), Fault> {
        let types = items(self.0.get("type"));
        let is_text = !types.is_empty() && types.iter().all(|t| t.as_str().is_some());
        if is_text
            && types
                .iter()
                .any(|t| t.as_str() == Some("VerifiableCredential"))
        {
            return Ok(());
        }
        let reason = "give the types as texts, VerifiableCredential among them";
        Err(Fault::new("/type", reason))
    }

    fn check_id(&self) -> Result<(), Fault> {
        match self.0.get("id") {
            None => Ok(()),
            Some(id) => url(id, "/id").map(drop),
        }
    }

    fn check_subjects(&self) -> Result<(), Fault> {
        let place = "/credentialSubject";
        let member = self.0.get("credentialSubject");
        let subjects = items(member);
        if subjects.is_empty() {
            let reason = "say whom and what the credential is about: give one subject or several";
            return Err(Fault::new(place, reason));
        }
        for (at, subject) in subjects.iter().enumerate() {
            let place = match member {
                Some(Json::Array(_)) => format!("{place}/{at}"),
                _ => place.to_owned(),
            };
            match subject.as_object() {
                Some(claims) if !claims.is_empty() => {}
                _ => {
                    let reason = "a subject is an object that says something: add a claim";
                    return Err(Fault::new(place, reason));
                }
            }
            if let Some(id) = subject.get("id") {
                url(id, &format!("{place}/id"))?;
            }
        }
        Ok(())
    }

    /// The time in a member, if it is there (XML Schema 1.1, `dateTimeStamp`).
    fn time(&self, name: &str) -> Result<Option<Timestamp>, Fault> {
        let Some(value) = self.0.get(name) else {
            return Ok(None);
        };
        let time = value.as_str().and_then(instant);
        let reason = "give a time with its zone, such as 2026-03-01T09:30:00Z";
        time.map(Some)
            .ok_or_else(|| Fault::new(pointer_token(name), reason))
    }
}

/// The items of a member that is one or several; none where it is absent.
fn items(member: Option<&Json>) -> &[Json] {
    match member {
        None => &[],
        Some(Json::Array(items)) => items,
        Some(one) => std::slice::from_ref(one),
    }
}

/// The one URL at a place.
fn url<'a>(value: &'a Json, place: &str) -> Result<&'a str, Fault> {
    let text = value.as_str().filter(|text| url::Url::parse(text).is_ok());
    let reason = "give one URL, such as urn:uuid:… or https://…, or leave the member out";
    text.ok_or_else(|| Fault::new(place, reason))
}
