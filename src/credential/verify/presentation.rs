//! Presentations: who holds out the credentials, for whom, and in answer to what
//! (VC Data Model 2.0, section 4.13; Data Integrity 1.0, section 4.4; VC-JOSE-COSE, section 3.1.2).

use super::case::{Asked, Case};
use super::form;
use super::inspect::{Inspected, Securing, id_of, one_or_many, quoted};
use super::parts;
use super::report::{Check, CheckName, CheckOutcome, Part, Problem, Report};
use super::securing::{self, Expected};
use super::summary::Summary;
use super::time;
use crate::kernel::json::Json;

/// Judges a presentation and the credentials in it.
pub(super) fn judge(inspected: &Inspected, case: &Case<'_>) -> Report {
    let presentation = &inspected.document;
    let mut checks = vec![form::check(inspected, case.materials)];
    let holder = presentation.get("holder").and_then(id_of);
    let expected = Expected::holder_of(inspected, case.asked);
    let secured = securing::check(inspected, &expected, case.materials, case.asked.at);
    let proven = secured.is_proven();
    checks.extend(secured.checks);
    if let Securing::Jws(_) = inspected.securing {
        checks.push(addressed(presentation, case.asked));
        checks.push(time::check_claims(presentation, case.asked.at));
    }
    let parts = parts::judge(inspected, case);
    checks.extend(parts::check(&parts));
    if proven {
        checks.push(bound(holder, &parts));
    }
    Report::new(checks, Summary::of_presentation(presentation), parts)
}

/// Whether a JWT presentation answers the challenge (`nonce`) and is meant for the domain (`aud`).
fn addressed(presentation: &Json, asked: &Asked) -> Check {
    let name = CheckName::Proof;
    if presentation.get("proof").is_some() {
        let reason = "a JWT has a signature of its own, and no proof inside";
        return Check::fail(name, reason, Problem::MALFORMED_VALUE_ERROR);
    }
    if let Some(challenge) = &asked.challenge
        && presentation.get("nonce").and_then(Json::as_str) != Some(challenge)
    {
        let reason = "its nonce is not the challenge that was asked";
        return Check::fail(name, reason, Problem::INVALID_CHALLENGE_ERROR);
    }
    if let Some(domain) = &asked.domain
        && !one_or_many(presentation.get("aud"))
            .iter()
            .any(|audience| audience.as_str() == Some(domain))
    {
        let reason = "it is not meant for the domain that was asked (aud)";
        return Check::fail(name, reason, Problem::INVALID_DOMAIN_ERROR);
    }
    Check::pass(name, "it answers what was asked")
}

/// Whether the holder is the learner whom the credentials are about. Someone else may present them
/// with good reason, but not as their own.
fn bound(holder: Option<&str>, parts: &[Part]) -> Check {
    let name = CheckName::Binding;
    let Some(holder) = holder else {
        let reason = "the presentation names no holder to compare with the learner";
        return Check::not_applicable(name, reason);
    };
    if parts.is_empty() {
        let reason = "the presentation holds no credential whose learner could be the holder";
        return Check::not_applicable(name, reason);
    }
    let stranger = parts
        .iter()
        .find(|part| part.report.summary.subject_id.as_deref() != Some(holder));
    match stranger {
        None => Check::pass(
            name,
            "the holder is the learner whom the credentials are about",
        ),
        Some(part) => Check {
            outcome: CheckOutcome::Unknown,
            ..Check::pass(
                name,
                format!(
                    "the credential at {} is not about the holder {}: that they are its learner \
                     is not shown",
                    part.pointer,
                    quoted(holder)
                ),
            )
        },
    }
}
