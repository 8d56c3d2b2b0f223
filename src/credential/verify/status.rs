//! Revocation and suspension, by Bitstring Status List 1.0 (section 3.2).

use std::sync::Arc;

use jiff::Timestamp;

use super::inspect::{Inspected, Securing, has_type, inspect, issuer_of, one_or_many, quoted};
use super::materials::Materials;
use super::report::{Check, CheckName, CheckOutcome, Problem};
use super::time::instant;
use super::{envelope, issuer};
use crate::credential::CREDENTIALS_CONTEXT;
use crate::credential::status::{Bitstring, MINIMUM_LENGTH, Purpose};
use crate::kernel::json::Json;

/// How many status entries of one credential are read.
pub(super) const MAX_ENTRIES: usize = 2;

const NAME: CheckName = CheckName::Status;

/// A status list at hand.
#[derive(Debug, Clone)]
pub(super) enum ListMaterial {
    /// As it came.
    Unverified(Arc<Inspected>),
    /// Verified and expanded before.
    Verified(Arc<VerifiedList>),
}

/// A status list whose signature was verified and whose bits are expanded. Verifying many
/// credentials needs this only once; make it anew when the list or its issuer's document changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifiedList {
    id: String,
    issuer: String,
    purposes: Vec<String>,
    valid_from: Option<Timestamp>,
    valid_until: Option<Timestamp>,
    bits: Bitstring,
}

/// Why a status list cannot be relied on.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the status list cannot be relied on: {reason}")]
pub struct ListError {
    /// Why, in words for a person.
    pub reason: String,
    /// The specification's problem type.
    pub error: Problem,
}

impl VerifiedList {
    /// Verifies a status list credential with the issuer documents in `materials`, and expands it.
    ///
    /// # Errors
    /// When it is not signed by the issuer it names, has another form, or is too short.
    pub fn verify(bytes: &[u8], materials: &Materials, now: Timestamp) -> Result<Self, ListError> {
        let list = inspect(bytes).map_err(|error| unreliable(error.reason))?;
        Self::of(&list, materials, now)
    }

    /// The list's URL.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Until when the list may be relied on, if it says so.
    #[must_use]
    pub fn valid_until(&self) -> Option<Timestamp> {
        self.valid_until
    }

    fn of(list: &Inspected, materials: &Materials, now: Timestamp) -> Result<Self, ListError> {
        let document = &list.credential;
        let Securing::Jws(jws) = &list.securing else {
            return Err(unreliable("it is not a signed JWT"));
        };
        let (control, key) = issuer::resolve(list.issuer(), jws.kid(), materials, now);
        let checks = [
            envelope::header(jws),
            control,
            issuer::signature(jws, key.as_ref()),
        ];
        if let Some(check) = checks.into_iter().find(|c| c.outcome != CheckOutcome::Pass) {
            return Err(unreliable(check.reason));
        }
        let text = |pointer: &str| document.pointer(pointer).and_then(Json::as_str);
        let context = one_or_many(document.get("@context"))
            .first()
            .and_then(Json::as_str);
        let subject = document.get("credentialSubject").unwrap_or(&Json::Null);
        if context != Some(CREDENTIALS_CONTEXT)
            || !has_type(document, "BitstringStatusListCredential")
            || !has_type(subject, "BitstringStatusList")
        {
            return Err(unreliable("it is not a BitstringStatusListCredential"));
        }
        let time = |member: &str| match document.get(member) {
            None => Ok(None),
            Some(value) => value
                .as_str()
                .and_then(instant)
                .map(Some)
                .ok_or_else(|| unreliable(format!("its {member} is not a date and time"))),
        };
        let bits = text("/credentialSubject/encodedList")
            .ok_or_else(|| unreliable("it has no encodedList"))
            .and_then(|text| Bitstring::decode(text).map_err(|e| unreliable(e.to_string())))?;
        if bits.len() < MINIMUM_LENGTH {
            return Err(ListError {
                reason: format!("it has {} entries, fewer than {MINIMUM_LENGTH}", bits.len()),
                error: Problem::STATUS_LIST_LENGTH_ERROR,
            });
        }
        Ok(Self {
            id: text("/id")
                .ok_or_else(|| unreliable("it has no id"))?
                .to_owned(),
            issuer: issuer_of(document).unwrap_or_default().to_owned(),
            purposes: one_or_many(subject.get("statusPurpose"))
                .iter()
                .filter_map(|purpose| Some(purpose.as_str()?.to_owned()))
                .collect(),
            valid_from: time("validFrom")?,
            valid_until: time("validUntil")?,
            bits,
        })
    }
}

/// Whether the credential is revoked or suspended. What cannot be told is unknown, never fine.
pub(super) fn check(credential: &Json, materials: &Materials, now: Timestamp) -> Check {
    let entries = one_or_many(credential.get("credentialStatus"));
    if entries.is_empty() {
        return Check::not_applicable(NAME, "the credential names no status: it cannot be revoked");
    }
    if entries.len() > MAX_ENTRIES {
        let reason = format!("it has more than {MAX_ENTRIES} status entries");
        return Check::fail(NAME, reason, Problem::MALFORMED_VALUE_ERROR);
    }
    let mut answer = Check::pass(NAME, "it is neither revoked nor suspended");
    for entry in entries {
        let check = entry_check(entry, issuer_of(credential), materials, now);
        match check.outcome {
            CheckOutcome::Fail => return check,
            CheckOutcome::Unknown => answer = check,
            _ => {}
        }
    }
    if answer.outcome == CheckOutcome::Pass && entries.len() == 1 {
        answer.reason = entry_reason(entries.first());
    }
    answer
}

fn entry_reason(entry: Option<&Json>) -> String {
    let purpose = entry
        .and_then(|entry| entry.get("statusPurpose"))
        .and_then(Json::as_str);
    match purpose.and_then(Purpose::parse) {
        Some(Purpose::Suspension) => "it is not suspended".to_owned(),
        _ => "it is not revoked".to_owned(),
    }
}

fn entry_check(entry: &Json, issuer: Option<&str>, materials: &Materials, now: Timestamp) -> Check {
    let unknown = |reason: String, error: Problem| Check::unknown(NAME, reason, error);
    let unproven = Problem::STATUS_VERIFICATION_ERROR;
    if !has_type(entry, "BitstringStatusListEntry") {
        return unknown("the status type is not known here".to_owned(), unproven);
    }
    let text = |name: &str| entry.get(name).and_then(Json::as_str);
    let index = text("statusListIndex")
        .filter(|digits| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()))
        .and_then(|digits| digits.parse::<u64>().ok());
    let (Some(index), Some(url), Some(purpose)) =
        (index, text("statusListCredential"), text("statusPurpose"))
    else {
        let reason = "the status entry lacks a proper statusListIndex, statusListCredential or \
                      statusPurpose";
        return Check::fail(NAME, reason, Problem::MALFORMED_VALUE_ERROR);
    };
    let Some(meaning) = Purpose::parse(purpose) else {
        let reason = format!("the status purpose {} is not known here", quoted(purpose));
        return unknown(reason, unproven);
    };
    if entry
        .get("statusSize")
        .is_some_and(|size| size.as_u64() != Some(1))
    {
        return unknown(
            "status values of several bits are not known here".to_owned(),
            unproven,
        );
    }
    let list = match materials.lists.get(url) {
        None => {
            let why = materials.why_absent(url);
            let reason = format!("the status list {} is not at hand ({why})", quoted(url));
            return unknown(reason, Problem::STATUS_RETRIEVAL_ERROR);
        }
        Some(ListMaterial::Verified(list)) => Ok(Arc::clone(list)),
        Some(ListMaterial::Unverified(list)) => {
            VerifiedList::of(list, materials, now).map(Arc::new)
        }
    };
    let list = match list {
        Ok(list) => list,
        Err(error) => return unknown(error.to_string(), error.error),
    };
    let unusable = if Some(list.issuer.as_str()) != issuer {
        Some("the status list was issued by someone else".to_owned())
    } else if !list.purposes.iter().any(|given| given == purpose) {
        Some(format!("the status list is not one for {purpose}"))
    } else if list.valid_from.is_some_and(|from| now < from) {
        Some("the status list is not valid yet".to_owned())
    } else if list.valid_until.is_some_and(|end| now >= end) {
        Some("the status list has expired; fetch it again".to_owned())
    } else {
        None
    };
    if let Some(reason) = unusable {
        return unknown(reason, unproven);
    }
    match (list.bits.get(index), meaning) {
        (None, _) => unknown(
            format!("the status index {index} lies outside the list"),
            Problem::RANGE_ERROR,
        ),
        (Some(false), _) => Check::pass(NAME, ""),
        // No specification names an error for a bit that says what it is there to say.
        (Some(true), Purpose::Revocation) => {
            Check::fail(NAME, "the issuer revoked this credential", None)
        }
        (Some(true), Purpose::Suspension) => {
            Check::fail(NAME, "the issuer suspended this credential", None)
        }
    }
}

fn unreliable(reason: impl Into<String>) -> ListError {
    ListError {
        reason: reason.into(),
        error: Problem::STATUS_VERIFICATION_ERROR,
    }
}
