//! A status list that can be relied on: signed by the issuer it names, whole, and long enough.

use std::sync::Arc;

use jiff::Timestamp;

use crate::credential::CREDENTIALS_CONTEXT;
use crate::credential::instant::instant;
use crate::credential::status::{Bitstring, MINIMUM_LENGTH};
use crate::credential::verify::inspect::{
    Inspected, Kind, has_type, inspect, issuer_of, one_or_many,
};
use crate::credential::verify::materials::Materials;
use crate::credential::verify::report::{CheckOutcome, Problem};
use crate::credential::verify::securing::{self, Expected};
use crate::kernel::json::Json;

/// A status list at hand.
#[derive(Debug, Clone)]
pub(in crate::credential::verify) enum ListMaterial {
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
    pub(super) issuer: String,
    pub(super) purposes: Vec<String>,
    pub(super) valid_from: Option<Timestamp>,
    pub(super) valid_until: Option<Timestamp>,
    pub(super) bits: Bitstring,
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

    pub(in crate::credential::verify) fn of(
        list: &Inspected,
        materials: &Materials,
        now: Timestamp,
    ) -> Result<Self, ListError> {
        if list.kind != Kind::Credential {
            return Err(unreliable("it is a presentation, not a credential"));
        }
        let document = &list.document;
        // Its own status is not followed: a list that could be revoked by a list has no end.
        if document.get("credentialStatus").is_some() {
            return Err(unreliable(
                "it names a status of its own, which is not followed",
            ));
        }
        let secured = securing::check(list, &Expected::issuer_of(list), materials, now);
        if let Some(check) = secured.checks.into_iter().find(|check| {
            !matches!(
                check.outcome,
                CheckOutcome::Pass | CheckOutcome::NotApplicable
            )
        }) {
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
        // A JWT's exp ends it too.
        let exp = document.get("exp").and_then(Json::as_i64);
        let exp = exp.and_then(|at| Timestamp::from_second(at).ok());
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
            valid_until: time("validUntil")?.into_iter().chain(exp).min(),
            bits,
        })
    }
}

fn unreliable(reason: impl Into<String>) -> ListError {
    ListError {
        reason: reason.into(),
        error: Problem::STATUS_VERIFICATION_ERROR,
    }
}
