//! The envelope: the JWS header, and the claims that repeat the credential.

use super::inspect::{Jws, Kind, issuer_of, quoted};
use super::report::{Check, CheckName, Problem};
use crate::credential::instant::instant;
use crate::kernel::json::Json;

const INSECURE: Problem = Problem::CRYPTOGRAPHIC_SECURITY_ERROR;

/// The header may hold `alg`, `typ`, `cty` and `kid`, and nothing else: a key brought along
/// (`jwk`, `x5c`) proves nothing, and an extension (`crit`, `b64`) is not understood
/// (Open Badges 3.0, section 8.2.4.1; RFC 7515, section 4.1.11).
pub(super) fn header(jws: &Jws, kind: Kind) -> Check {
    let fail = |reason: String| Check::fail(CheckName::Header, reason, INSECURE);
    let members = jws
        .header
        .as_object()
        .into_iter()
        .flat_map(|header| header.iter());
    for (name, _) in members {
        if !matches!(name, "alg" | "typ" | "cty" | "kid") {
            return fail(format!(
                "the header has the member {}, which is not allowed",
                quoted(name)
            ));
        }
    }
    match jws.header("alg") {
        Some("EdDSA") => {}
        Some(other) => {
            return fail(format!(
                "the algorithm {} is not accepted, only EdDSA is",
                quoted(other)
            ));
        }
        None => return fail("the header names no algorithm".to_owned()),
    }
    let (own_type, content) = match kind {
        Kind::Credential => ("vc+jwt", "vc"),
        Kind::Presentation => ("vp+jwt", "vp"),
    };
    if !matches!(text(jws, "typ"), Ok(typ) if typ.is_none_or(|typ| typ == "JWT" || typ == own_type))
    {
        return fail(format!("the header's typ is neither JWT nor {own_type}"));
    }
    if !matches!(text(jws, "cty"), Ok(cty) if cty.is_none_or(|cty| cty == content)) {
        return fail(format!("the header's cty is not {content}"));
    }
    if jws.kid().is_none() {
        return fail("the header names no key (kid)".to_owned());
    }
    Check::pass(
        CheckName::Header,
        "EdDSA, with nothing that is not understood",
    )
}

/// A header member that must be text: absent, the text, or something else.
fn text<'a>(jws: &'a Jws, name: &str) -> Result<Option<&'a str>, ()> {
    match jws.header.get(name) {
        None => Ok(None),
        Some(Json::String(text)) => Ok(Some(text)),
        Some(_) => Err(()),
    }
}

/// The claims `iss`, `sub`, `jti`, `nbf` and `exp` must equal what they repeat. A `JWT` must have
/// them (Open Badges 3.0, section 8.2.4.2), a `vc+jwt` may (VC-JOSE-COSE, section 3.1.3).
pub(super) fn claims(jws: &Jws, credential: &Json) -> Check {
    let required = jws.header("typ") != Some("vc+jwt");
    let text = |pointer: &str| credential.pointer(pointer).and_then(Json::as_str);
    let mut wrong = Vec::new();
    if credential.get("proof").is_some() {
        wrong.push("a JWT has a signature of its own, and no proof inside".to_owned());
    }
    for (claim, member, value) in [
        ("iss", "issuer.id", issuer_of(credential)),
        ("sub", "credentialSubject.id", text("/credentialSubject/id")),
        ("jti", "id", text("/id")),
    ] {
        match credential.get(claim) {
            None if required => wrong.push(format!("{claim} is missing")),
            None => {}
            Some(given) if given.as_str().is_some() && given.as_str() == value => {}
            Some(_) => wrong.push(format!("{claim} is not the credential's {member}")),
        }
    }
    for (claim, member, needed) in [
        ("nbf", "validFrom", required),
        (
            "exp",
            "validUntil",
            required && credential.get("validUntil").is_some(),
        ),
    ] {
        let value = text(&format!("/{member}")).and_then(instant);
        match credential.get(claim) {
            None if needed => wrong.push(format!("{claim} is missing")),
            None => {}
            // An exp without validUntil sets the end itself; the time check heeds it.
            Some(given) if given.as_i64().is_some() => {
                let same = given.as_i64() == value.map(|at| at.as_second());
                let sets_the_end = claim == "exp" && credential.get("validUntil").is_none();
                if !same && !sets_the_end {
                    wrong.push(format!("{claim} is not the credential's {member}"));
                }
            }
            Some(_) => wrong.push(format!("{claim} is not a whole number of seconds")),
        }
    }
    if wrong.is_empty() {
        Check::pass(CheckName::Claims, "the JWT claims repeat the credential")
    } else {
        Check::fail(
            CheckName::Claims,
            wrong.join("; "),
            Problem::MALFORMED_VALUE_ERROR,
        )
    }
}

pub(super) fn unsecured(kind: Kind) -> Check {
    let reason = match kind {
        Kind::Credential => "the credential is not signed; ask for the signed form",
        Kind::Presentation => "the presentation is not signed; ask for one signed by its holder",
    };
    Check::fail(CheckName::Signature, reason, INSECURE)
}
