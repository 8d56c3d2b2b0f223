//! Who signed: what secures a document, whose key it was, and whether that key may speak.

use jiff::Timestamp;

use super::case::Asked;
use super::envelope;
use super::inspect::{Inspected, Kind, Securing, id_of};
use super::issuer;
use super::materials::Materials;
use super::proofs;
use super::report::{Check, CheckName, CheckOutcome};
use crate::credential::proof::Purpose;

/// What the signature over a document must show.
#[derive(Debug, Clone, Copy)]
pub(super) struct Expected<'a> {
    /// Whose signature is needed.
    pub(super) signer: Option<&'a str>,
    /// What their key must be good for.
    pub(super) purpose: Purpose,
    /// The challenge that must be answered.
    pub(super) challenge: Option<&'a str>,
    /// The domain that it must be meant for.
    pub(super) domain: Option<&'a str>,
}

impl<'a> Expected<'a> {
    /// A credential must be asserted by its issuer.
    pub(super) fn issuer_of(inspected: &'a Inspected) -> Self {
        Self {
            signer: inspected.issuer(),
            purpose: Purpose::AssertionMethod,
            challenge: None,
            domain: None,
        }
    }

    /// A presentation must be authenticated by its holder, where it names one.
    pub(super) fn holder_of(inspected: &'a Inspected, asked: &'a Asked) -> Self {
        let holder = inspected.document.get("holder").and_then(id_of);
        Self {
            signer: holder.or_else(|| inspected.first_controller()),
            purpose: Purpose::Authentication,
            challenge: asked.challenge.as_deref(),
            domain: asked.domain.as_deref(),
        }
    }
}

/// The checks of what secures a document.
pub(super) struct Secured {
    pub(super) checks: Vec<Check>,
}

impl Secured {
    /// Whether it is proven who signed what.
    pub(super) fn is_proven(&self) -> bool {
        self.checks
            .iter()
            .all(|check| check.outcome == CheckOutcome::Pass)
    }
}

/// Checks what secures a document.
pub(super) fn check(
    inspected: &Inspected,
    expected: &Expected<'_>,
    materials: &Materials,
    now: Timestamp,
) -> Secured {
    let document = &inspected.document;
    let mut checks = match &inspected.securing {
        Securing::Jws(jws) => {
            let header = envelope::header(jws, inspected.kind);
            let claims = match inspected.kind {
                Kind::Credential => Some(envelope::claims(jws, document)),
                Kind::Presentation => None,
            };
            let (control, key) = issuer::resolve(expected, jws.kid(), materials, now);
            let signature = issuer::signature(jws, key.as_ref());
            let checks = [Some(header), claims, Some(signature), Some(control)];
            checks.into_iter().flatten().collect()
        }
        Securing::Embedded => proofs::check(document, expected, materials, now),
        Securing::Unsecured => vec![envelope::unsecured(inspected.kind)],
    };
    if expected.purpose == Purpose::Authentication {
        for check in &mut checks {
            if check.name == CheckName::Issuer {
                check.name = CheckName::Holder;
            }
        }
    }
    Secured { checks }
}
