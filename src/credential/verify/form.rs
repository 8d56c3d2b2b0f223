//! Whether a document has the form of what it says that it is: the facts of [`schema`], over the
//! contexts that are understood.

use super::inspect::{Inspected, Kind, has_type};
use super::materials::Materials;
use super::report::{Check, CheckName, Problem};
use super::schema::{self, Findings};
use super::terms;
use crate::kernel::json::Json;

/// Whether a credential or presentation, and what holds it, have the form of their types.
pub(super) fn check(inspected: &Inspected, materials: &Materials) -> Check {
    let known = |context: &Json| known(context, materials);
    if let Some(envelope) = &inspected.envelope {
        let findings = schema::check_envelope(envelope, &known);
        if findings.count > 0 {
            return told(&findings);
        }
    }
    let document = &inspected.document;
    let findings = match inspected.kind {
        Kind::Credential => schema::check(document, &known),
        Kind::Presentation => schema::check_presentation(document, &known),
    };
    if findings.count > 0 {
        return told(&findings);
    }
    if let Err(error) = terms::check(inspected, &materials.contexts) {
        let reason = error.to_string();
        return Check::fail(CheckName::Form, reason, Problem::MALFORMED_VALUE_ERROR);
    }
    Check::pass(CheckName::Form, name_of(inspected))
}

/// What the document is, for people.
fn name_of(inspected: &Inspected) -> &'static str {
    let is = |kind: &str| has_type(&inspected.document, kind);
    if inspected.kind == Kind::Presentation {
        "a presentation of the VC Data Model 2.0"
    } else if is("ClrCredential") {
        "a learner record of CLR 2.0"
    } else if is("OpenBadgeCredential") || is("AchievementCredential") {
        "an Open Badges 3.0 achievement credential"
    } else if is("EndorsementCredential") {
        "an Open Badges 3.0 endorsement"
    } else if is("BitstringStatusListCredential") {
        "a status list"
    } else {
        "a credential of the VC Data Model 2.0"
    }
}

/// A context may define terms in place, or be one of those at hand; nothing is fetched.
fn known(context: &Json, materials: &Materials) -> bool {
    match context {
        Json::String(url) => materials.contexts.knows(url),
        Json::Object(_) => true,
        _ => false,
    }
}

/// What is wrong, as one check.
fn told(findings: &Findings) -> Check {
    Check::fail(
        CheckName::Form,
        findings.to_string(),
        Problem::MALFORMED_VALUE_ERROR,
    )
}
