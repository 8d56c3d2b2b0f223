//! Who signed: the key, who controls it, and whether the signature is its.

use std::sync::Arc;

use jiff::Timestamp;

use super::inspect::{Jws, quoted};
use super::materials::Materials;
use super::report::{Check, CheckName, Problem};
use super::securing::Expected;
use crate::credential::crypto::{PublicKey, jwt};
use crate::credential::did::resolve::{IssuerDocument, method_id_of};
use crate::credential::proof::Purpose;

const INSECURE: Problem = Problem::CRYPTOGRAPHIC_SECURITY_ERROR;

/// Finds the key that `kid` names in the document of the one who must have signed, and tells
/// whether that document lets it speak. The key is answered even where it may not, so that the
/// signature can be told apart from the right to sign.
///
/// A did:key or did:jwk is its own document; another one may only tell that the key is revoked.
/// For any other name the document must be at hand: a key that only stands in the `kid` itself
/// proves nothing.
pub(super) fn resolve(
    expected: &Expected<'_>,
    kid: Option<&str>,
    materials: &Materials,
    now: Timestamp,
) -> (Check, Option<PublicKey>) {
    let fail = |reason: String| (Check::fail(CheckName::Issuer, reason, INSECURE), None);
    let (Some(signer), Some(kid)) = (expected.signer, kid) else {
        return fail("the issuer or the key is not named, so control cannot be shown".to_owned());
    };
    let unrelated = || {
        format!(
            "the key {} does not belong to {}",
            quoted(kid),
            quoted(signer)
        )
    };
    let Some(method) = method_id_of(Some(signer), kid) else {
        return fail(unrelated());
    };
    let at_hand = materials.issuers.get(signer);
    let document = match (IssuerDocument::of_self_contained(signer), at_hand) {
        (Some(Ok(document)), _) => Arc::new(document),
        (_, Some(document)) => Arc::clone(document),
        (Some(Err(error)), None) => return fail(error.to_string()),
        (None, None) => {
            let why = materials.why_absent(signer);
            let reason = format!("the document of {} is not at hand ({why})", quoted(signer));
            return (Check::unknown(CheckName::Issuer, reason, None), None);
        }
    };
    let Some(key) = document.key(&method) else {
        return fail(format!("{}: their document does not list it", unrelated()));
    };
    let public = match &key.public {
        Ok(public) => *public,
        Err(why) => return fail(format!("the key {} cannot be used: {why}", quoted(kid))),
    };
    let listed = match expected.purpose {
        Purpose::AssertionMethod => key.asserts,
        Purpose::Authentication => key.authenticates,
    };
    // The document of a did:key is made of the name and never says so itself: the issuer's own,
    // where it is at hand, may take trust away, and adds none.
    let told = at_hand.and_then(|document| document.key(&method));
    let refusal = if key.revoked || told.is_some_and(|key| key.revoked) {
        let why = "was revoked by the issuer; nothing it signed can be believed, whatever its date";
        Some(why.to_owned())
    } else if !listed {
        let purpose = expected.purpose.as_str();
        Some(format!("is not among its owner's keys for {purpose}"))
    } else if key.expires.is_some_and(|end| end <= now) {
        Some("has expired".to_owned())
    } else {
        None
    };
    let who = match expected.purpose {
        Purpose::AssertionMethod => "issuer",
        Purpose::Authentication => "holder",
    };
    let check = match refusal {
        Some(why) => Check::fail(
            CheckName::Issuer,
            format!("the key {} {why}", quoted(kid)),
            INSECURE,
        ),
        None => Check::pass(
            CheckName::Issuer,
            format!("the {who} {} controls the key", quoted(signer)),
        ),
    };
    (check, Some(public))
}

/// Whether a key is one of those that the signer expected speaks with: by its name, or because
/// their document lists it under another.
pub(super) fn is_theirs(expected: &Expected<'_>, method: &str, materials: &Materials) -> bool {
    let Some(signer) = expected.signer else {
        return false;
    };
    let by_name = method.split_once('#').map(|(controller, _)| controller) == Some(signer);
    let document = materials.issuers.get(signer);
    by_name || document.is_some_and(|document| document.key(method).is_some())
}

/// Whether the signature is that of the key.
pub(super) fn signature(jws: &Jws, key: Option<&PublicKey>) -> Check {
    let name = CheckName::Signature;
    // Nothing but EdDSA is ever computed, whatever the header asks for.
    if jws.header("alg") != Some("EdDSA") {
        return Check::fail(name, "there is no EdDSA signature", INSECURE);
    }
    let Some(key) = key else {
        return Check::unknown(name, "the issuer's key is not known", INSECURE);
    };
    match jwt::verify(jws.signing_input.as_bytes(), &jws.signature, key) {
        Ok(true) => Check::pass(name, "the signature is that of the key named"),
        Ok(false) => {
            let reason = "the signature does not fit: the credential was altered, or another key \
                          signed it";
            Check::fail(name, reason, INSECURE)
        }
        Err(_) => {
            let reason = "the signature is malformed: it is not 64 bytes in base64url";
            Check::fail(name, reason, INSECURE)
        }
    }
}
