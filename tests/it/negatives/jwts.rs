//! JWTs: headers that ask for something else, and claims that say something else.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::forge::{Issuer, with};
use super::*;

/// HMAC-SHA-256 (RFC 2104), by hand: nothing of ours can make one.
fn hmac(key: &[u8], message: &[u8]) -> Vec<u8> {
    let mut block = [0; 64];
    if key.len() > 64 {
        block[..32].copy_from_slice(&Sha256::digest(key));
    } else {
        block[..key.len()].copy_from_slice(key);
    }
    let pad = |with: u8| block.map(|byte| byte ^ with);
    let inner = Sha256::digest([pad(0x36).as_slice(), message].concat());
    Sha256::digest([pad(0x5c).as_slice(), &inner].concat()).to_vec()
}

#[tokio::test]
async fn no_other_algorithm_is_computed() {
    let issuer = Issuer::did_key(1);
    let claims = issuer.claims().to_string();
    let good = issuer.jwt(&issuer.header("JWT").to_string(), &claims);
    let plain = issuer.jwt(
        &issuer.header("vc+jwt").to_string(),
        &issuer.badge().to_string(),
    );
    let mut cases = vec![
        case("the Open Badges profile", good.clone(), Valid),
        case("vc+jwt", plain, Valid),
    ];
    for alg in [
        "none", "None", "NONE", "nOnE", "", "ES256", "RS256", "eddsa", "EdDSA ",
    ] {
        let header = with(&issuer.header("JWT"), |h| h["alg"] = json!(alg)).to_string();
        let signed = issuer.jwt(&header, &claims);
        let unsigned = signed.rsplit_once('.').expect("three parts").0.to_owned() + ".";
        cases.push(case("another alg, signed", signed, Invalid(SECURITY)));
        cases.push(case("another alg, unsigned", unsigned, Invalid(SECURITY)));
    }
    let public = issuer.key.public();
    let pem = format!(
        "-----BEGIN PUBLIC KEY-----\n{}\n-----END PUBLIC KEY-----\n",
        STANDARD.encode(
            [
                b"\x30\x2a\x30\x05\x06\x03\x2b\x65\x70\x03\x21\x00".as_slice(),
                &public
            ]
            .concat()
        )
    );
    let x = URL_SAFE_NO_PAD.encode(public);
    for secret in [
        public.as_slice(),
        x.as_bytes(),
        issuer.multikey().as_bytes(),
        pem.as_bytes(),
    ] {
        let header = with(&issuer.header("JWT"), |h| h["alg"] = json!("HS256")).to_string();
        let signed = issuer.jwt(&header, &claims);
        let input = signed.rsplit_once('.').expect("three parts").0;
        let forged = format!(
            "{input}.{}",
            URL_SAFE_NO_PAD.encode(hmac(secret, input.as_bytes()))
        );
        cases.push(case("HS256 with the public key", forged, Invalid(SECURITY)));
    }
    run(cases).await;
}

#[tokio::test]
async fn headers_bring_nothing_along() {
    let (issuer, thief) = (Issuer::did_key(1), Issuer::did_key(2));
    let claims = issuer.claims().to_string();
    let jwk =
        json!({"kty": "OKP", "crv": "Ed25519", "x": URL_SAFE_NO_PAD.encode(thief.key.public())});
    let mut cases = Vec::new();
    for (name, member, value) in [
        ("unknown crit", "crit", json!(["exp"])),
        ("empty crit", "crit", json!([])),
        ("b64", "b64", json!(false)),
        ("embedded jwk", "jwk", jwk),
        ("jku", "jku", json!("https://evil.example/jwks.json")),
        ("x5c", "x5c", json!([])),
        ("foreign typ", "typ", json!("at+jwt")),
        ("foreign cty", "cty", json!("vp")),
    ] {
        let header = with(&issuer.header("JWT"), |h| h[member] = value).to_string();
        cases.push(case(name, issuer.jwt(&header, &claims), Invalid(SECURITY)));
    }
    let foreign = issuer.jwt(&thief.header("JWT").to_string(), &claims);
    cases.push(case("foreign kid", foreign, Invalid(SECURITY)));
    let theirs = thief.jwt(&thief.header("JWT").to_string(), &claims);
    cases.push(case("foreign key", theirs, Invalid(SECURITY)));
    let wrong_key = thief.jwt(&issuer.header("JWT").to_string(), &claims);
    cases.push(case(
        "wrong key under the right kid",
        wrong_key,
        Invalid(SECURITY),
    ));
    let none = with(&issuer.header("JWT"), |h| {
        h.as_object_mut().expect("an object").remove("kid");
    });
    cases.push(case(
        "no kid",
        issuer.jwt(&none.to_string(), &claims),
        Invalid(SECURITY),
    ));
    let twice = format!(
        "{{\"alg\":\"none\",{}",
        issuer.header("JWT").to_string().trim_start_matches('{')
    );
    cases.push(case(
        "duplicate alg",
        issuer.jwt(&twice, &claims),
        Malformed(PARSING),
    ));
    run(cases).await;
}

#[tokio::test]
async fn claims_repeat_the_credential() {
    let issuer = Issuer::did_key(1);
    let header = issuer.header("JWT").to_string();
    let mut cases = Vec::new();
    for (name, claim, value) in [
        ("iss", "iss", json!("did:example:other")),
        ("sub", "sub", json!("did:example:other")),
        (
            "jti",
            "jti",
            json!("urn:uuid:6d5b1c0e-7a4e-4b5a-9f40-0c62a4a3dfff"),
        ),
        ("nbf", "nbf", json!(0)),
        ("nbf as text", "nbf", json!("2026-01-15T08:00:00Z")),
        ("nbf with a fraction", "nbf", json!(0.5)),
    ] {
        let wrong = with(&issuer.claims(), |c| c[claim] = value);
        cases.push(case(
            name,
            issuer.jwt(&header, &wrong.to_string()),
            Invalid(VALUE),
        ));
        let missing = with(&issuer.claims(), |c| {
            c.as_object_mut().expect("an object").remove(claim);
        });
        cases.push(case(
            name,
            issuer.jwt(&header, &missing.to_string()),
            Invalid(VALUE),
        ));
    }
    let ended = with(&issuer.claims(), |c| c["exp"] = json!(1_700_000_000));
    cases.push(case(
        "exp in the past",
        issuer.jwt(&header, &ended.to_string()),
        Invalid(RANGE),
    ));
    let header = issuer.header("vc+jwt").to_string();
    let wrapped = json!({"vc": issuer.badge(), "iss": issuer.id});
    cases.push(case(
        "nothing but a vc claim under vc+jwt",
        issuer.jwt(&header, &wrapped.to_string()),
        Invalid(VALUE),
    ));
    let both = with(&issuer.badge(), |c| c["vc"] = issuer.badge());
    cases.push(case(
        "vc claim under vc+jwt",
        issuer.jwt(&header, &both.to_string()),
        Invalid(VALUE),
    ));
    run(cases).await;
}

#[tokio::test]
async fn a_jwt_has_one_text() {
    let issuer = Issuer::did_key(1);
    let good = issuer.jwt(
        &issuer.header("vc+jwt").to_string(),
        &issuer.badge().to_string(),
    );
    let [header, payload, signature]: [&str; 3] = good
        .split('.')
        .collect::<Vec<_>>()
        .try_into()
        .expect("three");
    // The last of 86 characters holds two bits that mean nothing.
    let spare = |c: char| {
        char::from(
            *b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
                .iter()
                .cycle()
                .skip_while(|b| char::from(**b) != c)
                .nth(1)
                .expect("a cycle"),
        )
    };
    let last = signature.chars().last().expect("not empty");
    let other = format!(
        "{}{}",
        signature.strip_suffix(last).expect("its last"),
        spare(last)
    );
    let swapped = format!(
        "{}.{payload}.{signature}",
        header.replace('-', "+").replace('_', "/")
    );
    let mut cases = vec![
        case(
            "non-canonical base64",
            format!("{header}.{payload}.{other}"),
            Invalid(SECURITY),
        ),
        case(
            "padded signature",
            format!("{header}.{payload}.{signature}=="),
            Invalid(SECURITY),
        ),
        case(
            "padded payload",
            format!("{header}.{payload}=.{signature}"),
            Malformed(PARSING),
        ),
        case("extra segment", format!("{good}.e30"), Malformed(PARSING)),
        case(
            "one segment less",
            format!("{header}.{payload}"),
            Malformed(PARSING),
        ),
        case(
            "a space inside",
            format!("{header}. {payload}.{signature}"),
            Malformed(PARSING),
        ),
        case(
            "empty signature",
            format!("{header}.{payload}."),
            Invalid(SECURITY),
        ),
    ];
    if swapped != good {
        cases.push(case(
            "the other base64 alphabet",
            swapped,
            Malformed(PARSING),
        ));
    }
    let envelope = |id: Value, kind: Value, context: Value| json!({"@context": context, "id": id, "type": kind});
    let vc = json!(["https://www.w3.org/ns/credentials/v2"]);
    let id = json!(format!("data:application/vc+jwt,{good}"));
    let kind = json!("EnvelopedVerifiableCredential");
    cases.push(case(
        "enveloped",
        envelope(id.clone(), kind.clone(), vc.clone()),
        Valid,
    ));
    cases.push(case(
        "envelope without its context",
        envelope(id.clone(), kind.clone(), json!([])),
        Invalid(VALUE),
    ));
    cases.push(case(
        "envelope of another type",
        envelope(id.clone(), json!("VerifiableCredential"), vc.clone()),
        Invalid(SECURITY),
    ));
    cases.push(case(
        "envelope without data:",
        envelope(json!(good), kind, vc),
        Malformed(PARSING),
    ));
    run(cases).await;
}
