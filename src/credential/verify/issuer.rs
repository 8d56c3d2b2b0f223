//! Who signed: the key, who controls it, and whether the signature is its.

use std::sync::Arc;

use jiff::Timestamp;

use super::inspect::{Jws, quoted};
use super::materials::Materials;
use super::report::{Check, CheckName, CheckOutcome, Problem};
use crate::credential::crypto;
use crate::credential::did::resolve::IssuerDocument;

const INSECURE: Problem = Problem::CRYPTOGRAPHIC_SECURITY_ERROR;

/// Finds the key that `kid` names in the issuer's own document, and tells whether that document
/// lets it speak. The key is answered even where it may not, so that the signature can be told
/// apart from the right to sign.
///
/// A did:key is its own document; another one may only tell that the key is revoked. For any other DID the document must be at hand: a key that only
/// stands in the `kid` itself proves nothing.
pub(super) fn resolve(
    issuer: Option<&str>,
    kid: Option<&str>,
    materials: &Materials,
    now: Timestamp,
) -> (Check, Option<[u8; 32]>) {
    let fail = |reason: String| (Check::fail(CheckName::Issuer, reason, INSECURE), None);
    let (Some(issuer), Some(kid)) = (issuer, kid) else {
        return fail("the issuer or the key is not named, so control cannot be shown".to_owned());
    };
    if kid.split_once('#').map(|(did, _)| did) != Some(issuer) {
        return fail(format!(
            "the key {} does not belong to the issuer {}",
            quoted(kid),
            quoted(issuer)
        ));
    }
    let document = if issuer.starts_with("did:key:") {
        match IssuerDocument::of_did_key(issuer) {
            Ok(document) => Arc::new(document),
            Err(error) => return fail(error.to_string()),
        }
    } else if let Some(document) = materials.issuers.get(issuer) {
        Arc::clone(document)
    } else {
        let why = materials.why_absent(issuer);
        let reason = format!(
            "the document of the issuer {} is not at hand ({why})",
            quoted(issuer)
        );
        return (Check::unknown(CheckName::Issuer, reason, None), None);
    };
    let Some(key) = document.key(kid) else {
        return fail(format!(
            "the issuer's document does not list the key {}",
            quoted(kid)
        ));
    };
    let Some(public) = key.public else {
        return fail(format!("the key {} is not an Ed25519 key", quoted(kid)));
    };
    // A did:key document is made of the name and never says so itself: the issuer's own, where it
    // is at hand, may take trust away, and adds none.
    let at_hand = materials.issuers.get(issuer);
    let told = at_hand.and_then(|document| document.key(kid));
    let refusal = if key.revoked || told.is_some_and(|key| key.revoked) {
        Some("was revoked by the issuer; nothing it signed can be believed, whatever its date")
    } else if !key.asserts {
        Some("is not among the issuer's keys for assertions")
    } else if key.expires.is_some_and(|end| end <= now) {
        Some("has expired")
    } else {
        None
    };
    let check = match refusal {
        Some(why) => Check::fail(
            CheckName::Issuer,
            format!("the key {} {why}", quoted(kid)),
            INSECURE,
        ),
        None => Check::pass(
            CheckName::Issuer,
            format!("the issuer {} controls the key", quoted(issuer)),
        ),
    };
    (check, Some(public))
}

/// Whether the signature is that of the key.
pub(super) fn signature(jws: &Jws, key: Option<&[u8; 32]>) -> Check {
    let name = CheckName::Signature;
    // Nothing but EdDSA is ever computed, whatever the header asks for.
    if jws.header("alg") != Some("EdDSA") {
        return Check::fail(name, "there is no EdDSA signature", INSECURE);
    }
    let Some(key) = key else {
        return Check::unknown(name, "the issuer's key is not known", INSECURE);
    };
    match crypto::verify(jws.signing_input.as_bytes(), &jws.signature, key) {
        Ok(true) => Check::pass(name, "the signature is that of the key named"),
        Ok(false) => Check::fail(
            name,
            "the signature does not fit: the credential was altered, or another key signed it",
            INSECURE,
        ),
        Err(error) => Check::fail(
            name,
            format!("the signature is malformed: {error}"),
            INSECURE,
        ),
    }
}

/// Whether the checks so far prove who signed what.
pub(super) fn is_proven(checks: &[Check]) -> bool {
    [CheckName::Header, CheckName::Signature, CheckName::Issuer]
        .iter()
        .all(|name| {
            checks
                .iter()
                .any(|check| check.name == *name && check.outcome == CheckOutcome::Pass)
        })
}
