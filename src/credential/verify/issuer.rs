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
    let own = |method: &String| method.split_once('#').map(|(id, _)| id) == Some(signer);
    let Some(method) = method_id_of(Some(signer), kid).filter(own) else {
        return fail(format!(
            "the key {} does not belong to {}",
            quoted(kid),
            quoted(signer)
        ));
    };
    let document = match IssuerDocument::of_self_contained(signer) {
        Some(Ok(document)) => Arc::new(document),
        Some(Err(error)) => return fail(error.to_string()),
        None => match materials.issuers.get(signer) {
            Some(document) => Arc::clone(document),
            None => {
                let why = materials.why_absent(signer);
                let reason = format!("the document of {} is not at hand ({why})", quoted(signer));
                return (Check::unknown(CheckName::Issuer, reason, None), None);
            }
        },
    };
    let Some(key) = document.key(&method) else {
        return fail(format!(
            "the document of {} does not list the key {}",
            quoted(signer),
            quoted(kid)
        ));
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
    let at_hand = materials.issuers.get(signer);
    let told = at_hand.and_then(|document| document.key(&method));
    let refusal = if key.revoked || told.is_some_and(|key| key.revoked) {
        Some("was revoked; nothing it signed can be believed, whatever its date".to_owned())
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
