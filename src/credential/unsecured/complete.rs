//! What only the issuer can say of a credential.

use jiff::Timestamp;
use uuid::Uuid;

use super::{Fault, Unsecured, items, mentions::is_below, url};
use crate::credential::{
    build::{claim::StatusEntry, status_entry},
    did::document::whole_seconds,
};
use crate::kernel::{
    clock,
    json::{Json, Object},
    text::excerpt,
};

/// Where this service publishes documents of its own.
const PUBLISHED: [&str; 5] = [
    "/status/",
    "/issuers/",
    "/frameworks/",
    "/statements/",
    "/occupations/",
];

/// What the issuer gives.
#[derive(Debug, Clone)]
pub struct Given<'a> {
    /// The issuer's DID.
    pub did: &'a str,
    /// The issuer's name, for the profile that badges want.
    pub name: &'a str,
    /// The id that is taken where the credential has none.
    pub id: Uuid,
    /// The moment of issuance.
    pub now: Timestamp,
    /// Where its status bit is.
    pub status: &'a StatusEntry,
    /// Where every status list of this installation is: what their URLs begin with.
    pub status_base: &'a str,
}

/// A credential that lacks nothing but its securing.
#[derive(Debug, Clone, PartialEq)]
pub struct Completed {
    /// The document.
    pub document: Json,
    /// Its `id`.
    pub id: String,
    /// Its `validFrom`.
    pub valid_from: Timestamp,
    /// Its `validUntil`.
    pub valid_until: Option<Timestamp>,
}

impl Unsecured {
    /// Adds the id and `validFrom` where they are absent, the issuer, and the status entry. What
    /// the client wrote stays as it is.
    ///
    /// # Errors
    /// When it names another issuer, or a status that is ours to give.
    pub fn complete(&self, given: &Given<'_>) -> Result<Completed, Fault> {
        let mut document = self.0.clone();
        document.insert("issuer", self.issuer(given)?);
        let id = match self.0.get("id") {
            Some(id) => {
                let id = url(id, "/id")?;
                let base = given.status_base.trim_end_matches("/status/");
                if PUBLISHED
                    .iter()
                    .any(|path| is_below(id, &format!("{base}{path}")))
                {
                    let reason = "this is the address of a document that this service publishes: choose another id, or leave it out";
                    return Err(Fault::new("/id", reason));
                }
                id.to_owned()
            }
            None => given.id.urn().to_string(),
        };
        document.insert("id", id.as_str());
        let valid_until = self.time("validUntil")?;
        let valid_from = match self.time("validFrom")? {
            Some(from) => from,
            None => {
                let from = clock::whole_second(given.now);
                document.insert("validFrom", whole_seconds(from));
                from
            }
        };
        if valid_until.is_some_and(|until| until < valid_from) {
            let reason = "this lies before the present, from which the credential would hold: give a later end, or a validFrom before it";
            return Err(Fault::new("/validUntil", reason));
        }
        document.insert("credentialStatus", self.status(given)?);
        Ok(Completed {
            document: Json::Object(document),
            id,
            valid_from,
            valid_until,
        })
    }

    /// The issuer: the provider, in the form that the client chose, or the type wants.
    fn issuer(&self, given: &Given<'_>) -> Result<Json, Fault> {
        let other = |place: &str, id: &str| {
            let reason = format!(
                "the issuer {:?} is not this provider: leave it out, or name {}",
                excerpt(id, 120),
                given.did
            );
            Fault::new(place, reason)
        };
        match self.0.get("issuer") {
            None if self.is_badge() => {
                let mut profile = Object::new();
                profile.insert("id", given.did);
                profile.insert("type", vec![Json::from("Profile")]);
                profile.insert("name", given.name);
                Ok(Json::Object(profile))
            }
            None => Ok(given.did.into()),
            Some(Json::String(id)) if id == given.did => Ok(id.as_str().into()),
            Some(Json::String(id)) => Err(other("/issuer", id)),
            Some(Json::Object(profile)) => {
                let mut profile = profile.clone();
                match profile.get("id") {
                    None => profile.insert("id", given.did),
                    Some(id) if id.as_str() == Some(given.did) => {}
                    Some(id) => {
                        let id = id.as_str().unwrap_or(id.kind());
                        return Err(other("/issuer/id", id));
                    }
                }
                Ok(Json::Object(profile))
            }
            Some(wrong) => Err(other("/issuer", wrong.kind())),
        }
    }

    /// The status: our entry, after those that the client wrote.
    fn status(&self, given: &Given<'_>) -> Result<Json, Fault> {
        let ours = Json::from(status_entry(given.status));
        let place = "/credentialStatus";
        let Some(member) = self.0.get("credentialStatus") else {
            return Ok(ours);
        };
        if self.is_badge() {
            let reason =
                "a badge or learner record has one status, which is added here: leave this one out";
            return Err(Fault::new(place, reason));
        }
        let entries = items(Some(member));
        if entries.len() > 1 {
            let reason = "beside the entry that is added here one more can be verified: leave the others out";
            return Err(Fault::new(place, reason));
        }
        for entry in entries {
            let object = entry.as_object();
            let kind = object.and_then(|e| e.get("type")).map(|t| items(Some(t)));
            let is_typed =
                kind.is_some_and(|t| !t.is_empty() && t.iter().all(|name| name.as_str().is_some()));
            if !is_typed {
                let reason = "a status is an object with its type as text: name the type";
                return Err(Fault::new(place, reason));
            }
            if let Some(id) = entry.get("id") {
                url(id, "/credentialStatus/id")?;
            }
            let list = entry.get("statusListCredential").and_then(Json::as_str);
            if list.is_some_and(|list| is_below(list, given.status_base)) {
                let reason = "places in this service's status lists are given, not chosen: leave the entry out, one is added";
                return Err(Fault::new(place, reason));
            }
        }
        Ok(Json::Array(entries.iter().cloned().chain([ours]).collect()))
    }
}
