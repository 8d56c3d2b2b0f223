//! Revocation and suspension, by Bitstring Status List 1.0 (section 3.2).

mod list;

use super::case::Case;
use super::inspect::{has_type, issuer_of, one_or_many, quoted};
use super::report::{Check, CheckName, CheckOutcome, Problem};
use crate::credential::status::Purpose;
use crate::kernel::json::Json;

pub use list::{ListError, VerifiedList};

pub(super) use list::ListMaterial;

/// How many status entries of one credential are read.
pub(super) const MAX_ENTRIES: usize = 2;

const NAME: CheckName = CheckName::Status;

/// What is said of a record whose learner was erased: not why, which is nobody's business.
const WITHDRAWN: &str = "the issuer has withdrawn this credential for good, and keeps no copy";

/// Whether the credential is revoked or suspended. What cannot be told is unknown, never fine.
pub(super) fn check(credential: &Json, case: &Case<'_>) -> Check {
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
        let check = entry_check(entry, issuer_of(credential), case);
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

fn entry_check(entry: &Json, issuer: Option<&str>, case: &Case<'_>) -> Check {
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
    let list = match case.list(url) {
        Some(Ok(list)) => list,
        Some(Err(error)) => return unknown(error.to_string(), error.error),
        None => {
            let why = case.materials.why_absent(url);
            let reason = format!("the status list {} is not at hand ({why})", quoted(url));
            return unknown(reason, Problem::STATUS_RETRIEVAL_ERROR);
        }
    };
    if let Some(reason) = unusable(&list, issuer, purpose, case) {
        return unknown(reason, unproven);
    }
    match (list.bits.get(index), meaning) {
        (None, _) => unknown(
            format!("the status index {index} lies outside the list"),
            Problem::RANGE_ERROR,
        ),
        (Some(false), _) => Check::pass(NAME, ""),
        (Some(true), _) if case.materials.is_withdrawn(url, index) => {
            Check::fail(NAME, WITHDRAWN, None)
        }
        // No specification names an error for a bit that says what it is there to say.
        (Some(true), Purpose::Revocation) => {
            Check::fail(NAME, "the issuer revoked this credential", None)
        }
        (Some(true), Purpose::Suspension) => {
            Check::fail(NAME, "the issuer suspended this credential", None)
        }
    }
}

/// Why this list says nothing about a credential of this issuer now.
fn unusable(
    list: &VerifiedList,
    issuer: Option<&str>,
    purpose: &str,
    case: &Case<'_>,
) -> Option<String> {
    let now = case.asked.at;
    let own = Some(list.issuer.as_str()) == issuer;
    if !own && !issuer.is_some_and(|issuer| case.materials.speaks_for(&list.issuer, issuer)) {
        Some(format!(
            "the status list was issued by someone else, {}; if the issuer has it kept there, say \
             so in the trust list",
            quoted(&list.issuer)
        ))
    } else if !list.purposes.iter().any(|given| given == purpose) {
        Some(format!("the status list is not one for {purpose}"))
    } else if list.valid_from.is_some_and(|from| now < from) {
        Some("the status list is not valid yet".to_owned())
    } else if list.valid_until.is_some_and(|end| now >= end) {
        Some("the status list has expired; fetch it again".to_owned())
    } else {
        None
    }
}
