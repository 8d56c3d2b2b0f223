//! Presentations: by whom, for whom, and in answer to what.

use attestry::credential::proof::{Cryptosuite, ProofOptions, Purpose};
use serde_json::{Value, json};

use super::forge::{Issuer, JCS, RDFC, with};
use super::*;

const CHALLENGE: &str = "c0ffee-41";
const DOMAIN: &str = "hiring.example";
const WRONG_CHALLENGE: &str = "INVALID_CHALLENGE_ERROR";
const WRONG_DOMAIN: &str = "INVALID_DOMAIN_ERROR";

fn presented(
    name: &'static str,
    presentation: impl Into<Value>,
    options: Value,
    expected: Expected,
) -> Case {
    let body = json!({"verifiablePresentation": presentation.into(), "options": options});
    Case {
        name,
        path: "/presentations/verify",
        body: body.to_string(),
        expected,
    }
}

fn asked() -> Value {
    json!({"challenge": CHALLENGE, "domain": DOMAIN})
}

/// A presentation of these credentials, not yet signed.
fn unsigned(holder: &Issuer, credentials: &[Value]) -> Value {
    json!({
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "type": ["VerifiablePresentation"],
        "holder": holder.id,
        "verifiableCredential": credentials,
    })
}

fn options(holder: &Issuer, suite: Cryptosuite) -> ProofOptions {
    ProofOptions {
        purpose: Purpose::Authentication,
        challenge: Some(CHALLENGE.to_owned()),
        domain: vec![DOMAIN.to_owned()],
        ..holder.options(suite)
    }
}

#[tokio::test]
async fn a_presentation_answers_what_was_asked() {
    let (issuer, holder, thief) = (Issuer::did_key(1), Issuer::did_key(2), Issuer::did_key(3));
    let mut cases = Vec::new();
    for suite in [RDFC, JCS] {
        let badge = with(&issuer.badge(), |c| {
            c["credentialSubject"]["id"] = json!(holder.id)
        });
        let badge = issuer.secure(&badge, suite);
        let document = unsigned(&holder, std::slice::from_ref(&badge));
        let good = holder.prove(&document, &options(&holder, suite));
        cases.push(presented("as asked", good.clone(), asked(), Valid));
        cases.push(presented("nothing asked", good.clone(), json!({}), Valid));
        let other = json!({"challenge": "another", "domain": DOMAIN});
        cases.push(presented(
            "another challenge",
            good.clone(),
            other,
            Invalid(WRONG_CHALLENGE),
        ));
        let other = json!({"challenge": CHALLENGE, "domain": "evil.example"});
        cases.push(presented(
            "another domain",
            good.clone(),
            other,
            Invalid(WRONG_DOMAIN),
        ));

        let plain = ProofOptions {
            challenge: None,
            domain: Vec::new(),
            ..options(&holder, suite)
        };
        let replayed = holder.prove(&document, &plain);
        let challenge = json!({"challenge": CHALLENGE});
        cases.push(presented(
            "no challenge",
            replayed.clone(),
            challenge,
            Invalid(WRONG_CHALLENGE),
        ));
        let domain = json!({"domain": DOMAIN});
        cases.push(presented(
            "no domain",
            replayed,
            domain,
            Invalid(WRONG_DOMAIN),
        ));

        let changed = with(&good, |p| p["proof"]["challenge"] = json!("another"));
        let other = json!({"challenge": "another"});
        cases.push(presented(
            "challenge changed after signing",
            changed,
            other,
            Invalid(PROOF),
        ));
        let stolen = thief.prove(&document, &options(&thief, suite));
        cases.push(presented(
            "signed by another than the holder",
            stolen,
            asked(),
            Invalid(SECURITY),
        ));
        let wrong_key = thief.prove(&document, &options(&holder, suite));
        cases.push(presented("wrong key", wrong_key, asked(), Invalid(PROOF)));
        let asserted = ProofOptions {
            purpose: Purpose::AssertionMethod,
            ..options(&holder, suite)
        };
        let asserted = holder.prove(&document, &asserted);
        cases.push(presented(
            "asserted, not authenticated",
            asserted,
            asked(),
            Invalid(PROOF),
        ));
        cases.push(presented(
            "unsigned",
            document.clone(),
            json!({}),
            Invalid(SECURITY),
        ));
        cases.push(presented(
            "unsigned, asked",
            document,
            asked(),
            Invalid(SECURITY),
        ));

        let altered = with(&badge, |c| c["name"] = json!("Leads any route"));
        let document = unsigned(&holder, &[badge.clone(), altered]);
        let bad = holder.prove(&document, &options(&holder, suite));
        cases.push(presented(
            "one altered credential of two",
            bad,
            asked(),
            Invalid(PROOF),
        ));
        let bare = unsigned(&holder, &[issuer.badge()]);
        let bare = holder.prove(&bare, &options(&holder, suite));
        cases.push(presented(
            "an unsigned credential",
            bare,
            asked(),
            Invalid(SECURITY),
        ));
        let none = holder.prove(&unsigned(&holder, &[]), &options(&holder, suite));
        cases.push(presented("no credential", none, asked(), Valid));
        let anonymous = with(&unsigned(&holder, &[badge]), |p| {
            p.as_object_mut().expect("an object").remove("holder");
        });
        let anonymous = holder.prove(&anonymous, &options(&holder, suite));
        cases.push(presented("no holder named", anonymous, asked(), Valid));
    }
    run(cases).await;
}

#[tokio::test]
async fn a_presentation_as_a_jwt_does_so_too() {
    let (issuer, holder, thief) = (Issuer::did_key(1), Issuer::did_key(2), Issuer::did_key(3));
    let badge = issuer.jwt(
        &issuer.header("vc+jwt").to_string(),
        &issuer.badge().to_string(),
    );
    let enveloped = json!({
        "@context": "https://www.w3.org/ns/credentials/v2",
        "id": format!("data:application/vc+jwt,{badge}"),
        "type": "EnvelopedVerifiableCredential",
    });
    let claims = with(&unsigned(&holder, &[enveloped]), |p| {
        p["nonce"] = json!(CHALLENGE);
        p["aud"] = json!([DOMAIN]);
    });
    let sign =
        |claims: &Value| holder.jwt(&holder.header("vp+jwt").to_string(), &claims.to_string());
    let mut cases = vec![presented("as asked", sign(&claims), asked(), Valid)];
    for (name, member, value, expected) in [
        (
            "another challenge",
            "nonce",
            json!("another"),
            Invalid(WRONG_CHALLENGE),
        ),
        (
            "another domain",
            "aud",
            json!("evil.example"),
            Invalid(WRONG_DOMAIN),
        ),
        (
            "a proof inside",
            "proof",
            json!({"type": "Anything"}),
            Invalid(VALUE),
        ),
        ("expired", "exp", json!(1_700_000_000), Invalid(RANGE)),
        (
            "not valid yet",
            "nbf",
            json!(32_000_000_000_u64),
            Invalid(RANGE),
        ),
    ] {
        let changed = with(&claims, |c| c[member] = value);
        cases.push(presented(name, sign(&changed), asked(), expected));
    }
    let stolen = thief.jwt(&thief.header("vp+jwt").to_string(), &claims.to_string());
    cases.push(presented(
        "signed by another",
        stolen,
        asked(),
        Invalid(SECURITY),
    ));
    let as_credential = holder.jwt(&holder.header("vc+jwt").to_string(), &claims.to_string());
    cases.push(presented(
        "typ of a credential",
        as_credential,
        asked(),
        Invalid(SECURITY),
    ));
    let envelope = json!({
        "@context": "https://www.w3.org/ns/credentials/v2",
        "id": format!("data:application/vp+jwt,{}", sign(&claims)),
        "type": "EnvelopedVerifiablePresentation",
    });
    cases.push(presented("enveloped", envelope, asked(), Valid));
    cases.push(presented(
        "a credential",
        issuer.secure(&issuer.badge(), RDFC),
        json!({}),
        Malformed(VALUE),
    ));
    cases.push(case(
        "a presentation as a credential",
        sign(&claims),
        Malformed(VALUE),
    ));
    run(cases).await;
}

/// A learner record holds credentials, and a badge endorsements: each counts.
#[tokio::test]
async fn what_a_credential_holds_counts() {
    let (issuer, endorser) = (Issuer::did_key(1), Issuer::did_key(2));
    let endorsement = endorser.endorsement();
    let mut cases = Vec::new();
    for suite in [RDFC, JCS] {
        let signed = endorser.secure(&endorsement, suite);
        let holding = |part: &Value| {
            issuer.secure(
                &with(&issuer.badge(), |c| c["endorsement"] = json!([part])),
                suite,
            )
        };
        cases.push(case("an endorsed badge", holding(&signed), Valid));
        let altered = with(&signed, |e| {
            e["credentialSubject"]["endorsementComment"] = json!("Never.")
        });
        cases.push(case(
            "an altered endorsement",
            holding(&altered),
            Invalid(PROOF),
        ));
        let ended = with(&endorsement, |e| {
            e["validUntil"] = json!("2026-02-01T00:00:00Z")
        });
        let ended = endorser.secure(&ended, suite);
        cases.push(case(
            "an expired endorsement",
            holding(&ended),
            Invalid(RANGE),
        ));
        let forged = issuer.secure(&endorsement, suite);
        cases.push(case(
            "an endorsement signed by the badge's issuer",
            holding(&forged),
            Invalid(SECURITY),
        ));
        let mut nested = signed;
        for _ in 0..6 {
            nested = endorser.secure(
                &with(&endorsement, |e| e["endorsement"] = json!([nested])),
                JCS,
            );
        }
        cases.push(case("endorsements without end", nested, Invalid(PARSING)));
    }
    run(cases).await;
}
