//! The engine against what issuers make, and against what forgers make of it.

mod envelope;
mod form;
mod issuer;
mod statement;
mod status;
mod tamper;
mod text;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::*;
use crate::credential::build::claim::Claim;
use crate::credential::build::{build, tests::claim};
use crate::credential::crypto;
use crate::credential::custody::Seed;
use crate::credential::did::document::{PublishedKey, did_document};
use crate::credential::mechanism::Mechanism;
use crate::credential::prepare::prepare;
use crate::credential::rdf::Contexts;
use crate::credential::sign::IssuerSigner;
use crate::credential::status::{MINIMUM_LENGTH, Purpose, StatusList};
use crate::kernel::digest::sri_sha384;

pub(super) const LIST: &str = "https://skills.example/status/1";

pub(super) fn now() -> Timestamp {
    "2026-06-01T12:00:00Z".parse().unwrap()
}

pub(super) fn signer() -> IssuerSigner {
    signer_of(&claim().issuer.id, 9)
}

pub(super) fn signer_of(did: &str, seed: u8) -> IssuerSigner {
    IssuerSigner::new(did, &Seed::from_bytes([seed; 32]))
}

pub(super) fn framework() -> Value {
    json!({
        "format": "attestry-framework/1",
        "id": "00000000-0000-5000-8000-0000000000ff",
        "family": "MASTERY",
        "version": "v.26.05",
        "levels": [
            {"id": "00000000-0000-0000-0000-000000001001", "ordinal": 1, "key": "emerging",
             "label": "Emerging", "statements": []},
            {"id": "00000000-0000-0000-0000-000000001002", "ordinal": 2, "key": "developing",
             "label": "Developing", "statements": [{
                "id": "00000000-0000-5000-8000-0000000000aa", "position": 3,
                "code": "53-7051.00/2/3",
                "text": "Keeps a mixed load stable while turning on a ramp."}]},
        ],
    })
}

pub(super) fn bound_claim() -> Claim {
    let mut claim = claim();
    claim.achievement.framework.digest_sri = sri_sha384(framework().to_string().as_bytes());
    claim
}

pub(super) fn secure(credential: &Value, signer: &IssuerSigner, mechanism: Mechanism) -> String {
    let prepared = prepare(
        credential.clone(),
        signer.kid(),
        mechanism,
        now(),
        &Contexts::pinned(),
    )
    .unwrap();
    signer.sign(&prepared).unwrap()
}

pub(super) fn jwt() -> String {
    secure(
        &build(&bound_claim()).unwrap(),
        &signer(),
        Mechanism::JwtOpenBadges,
    )
}

/// Signs any header and payload, as a forger with the issuer's own key could.
pub(super) fn raw(header: &Value, payload: &str) -> String {
    let input = format!(
        "{}.{}",
        URL_SAFE_NO_PAD.encode(header.to_string()),
        URL_SAFE_NO_PAD.encode(payload)
    );
    let key = crypto::Ed25519Signer::new(&[9; 32]);
    let signature = URL_SAFE_NO_PAD.encode(key.sign(input.as_bytes()));
    format!("{input}.{signature}")
}

pub(super) fn payload_of(jwt: &str) -> Value {
    let payload = jwt.split('.').nth(1).unwrap();
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(payload).unwrap()).unwrap()
}

pub(super) fn header() -> Value {
    json!({"alg": "EdDSA", "typ": "JWT", "kid": signer().kid()})
}

pub(super) fn list(purpose: Purpose, set: &[u64]) -> StatusList {
    StatusList {
        url: LIST.to_owned(),
        issuer: claim().issuer.id,
        purpose,
        length: MINIMUM_LENGTH,
        set: set.to_vec(),
        valid_from: "2026-06-01T00:00:00Z".parse().unwrap(),
        valid_until: "2026-06-02T00:00:00Z".parse().unwrap(),
        ttl_ms: 300_000,
    }
}

pub(super) fn list_jwt(list: &StatusList, signer: &IssuerSigner) -> String {
    secure(&list.credential().unwrap(), signer, Mechanism::VcJwt)
}

pub(super) fn did_json() -> Value {
    let public = *signer().public();
    did_document(
        &claim().issuer.id,
        &[PublishedKey {
            public,
            compromised: None,
        }],
    )
}

/// Issuer document and list, but no framework and no trust list.
pub(super) fn materials() -> Materials {
    materials_with(&list(Purpose::Revocation, &[1, 2, 3]))
}

pub(super) fn materials_with(list: &StatusList) -> Materials {
    let mut materials = Materials::new();
    materials
        .add_issuer(did_json().to_string().as_bytes())
        .unwrap();
    materials
        .add_status_list(list_jwt(list, &signer()).as_bytes())
        .unwrap();
    materials
}

pub(super) fn judge(text: &str, materials: &Materials) -> Report {
    verify(&inspect(text.as_bytes()).unwrap(), materials, now())
}

pub(super) fn outcome(report: &Report, name: CheckName) -> CheckOutcome {
    report.check(name).unwrap().outcome
}

#[test]
fn what_we_issue_is_valid() {
    let mut materials = materials();
    materials.add_framework(framework().to_string().as_bytes());
    materials
        .set_trust_list(
            format!("{{\"issuers\":[{{\"id\":\"{}\"}}]}}", claim().issuer.id).as_bytes(),
        )
        .unwrap();
    let report = judge(&jwt(), &materials);
    assert_eq!(report.outcome, Outcome::Valid, "{report:#?}");
    assert!(
        report
            .checks
            .iter()
            .all(|check| check.outcome == CheckOutcome::Pass),
        "{report:#?}"
    );
    assert_eq!(report.checks.len(), 9);
    let summary = &report.summary;
    assert_eq!(summary.statement_code.as_deref(), Some("53-7051.00/2/3"));
    assert_eq!(summary.level.as_deref(), Some("Developing"));
    assert_eq!(
        summary.framework.as_deref(),
        Some("Lift Truck Operators, Mastery v.26.05")
    );
    let shown = serde_json::to_value(&report).unwrap();
    assert_eq!(shown["outcome"], "VALID");
    assert_eq!(shown["checks"][0]["name"], "FORM");
    assert_eq!(shown["summary"]["issuerName"], "Riverside Training");
}

#[test]
fn every_wrapping_is_read() {
    let jwt = jwt();
    let enveloped = json!({
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "type": "EnvelopedVerifiableCredential",
        "id": format!("data:application/vc+jwt,{jwt}"),
    });
    for text in [
        format!(" \n{jwt}\r\n"),
        json!(jwt).to_string(),
        enveloped.to_string(),
        secure(&build(&bound_claim()).unwrap(), &signer(), Mechanism::VcJwt),
    ] {
        assert_eq!(judge(&text, &materials()).outcome, Outcome::Valid, "{text}");
    }
}

#[test]
fn what_is_no_credential_is_said_to_be_none() {
    let long = " ".repeat(MAX_INPUT + 1);
    for bad in [
        "", "hello", "a.b", "a.b.c", "a.b.c.d", "{}", "[]", "{", "\"x\"", "e30.W10.", &long,
    ] {
        let error = inspect(bad.as_bytes()).unwrap_err();
        assert_eq!(error.error, Problem::PARSING_ERROR);
        assert!(!error.reason.is_empty());
    }
    assert!(inspect(&[0xff, 0xfe]).is_err());
}

#[test]
fn needs_name_what_to_fetch() {
    let needs = inspect(jwt().as_bytes()).unwrap().needs();
    let [issuer] = needs.issuers.as_slice() else {
        panic!("{needs:?}");
    };
    assert_eq!(issuer.id, "did:web:skills.example:issuers:riverside");
    assert_eq!(
        issuer.url.as_deref(),
        Some("https://skills.example/issuers/riverside/did.json")
    );
    assert_eq!(needs.status_lists, [LIST]);
    assert_eq!(
        needs.frameworks,
        ["https://skills.example/frameworks/00000000-0000-5000-8000-0000000000ff.json"]
    );
}

#[test]
fn nothing_at_hand_is_indeterminate() {
    let mut materials = Materials::new();
    let report = judge(&jwt(), &materials);
    assert_eq!(report.outcome, Outcome::Indeterminate);
    assert_eq!(outcome(&report, CheckName::Issuer), CheckOutcome::Unknown);
    assert_eq!(
        outcome(&report, CheckName::Signature),
        CheckOutcome::Unknown
    );
    assert_eq!(outcome(&report, CheckName::Status), CheckOutcome::Unknown);
    materials.note_absent(claim().issuer.id, "unreachable");
    let report = judge(&jwt(), &materials);
    assert!(
        report
            .check(CheckName::Issuer)
            .unwrap()
            .reason
            .contains("unreachable")
    );
}

#[test]
fn the_period_is_kept() {
    let inspected = inspect(jwt().as_bytes()).unwrap();
    let at = |time: &str| {
        let report = verify(&inspected, &materials(), time.parse::<Timestamp>().unwrap());
        outcome(&report, CheckName::Time)
    };
    assert_eq!(at("2026-03-01T09:29:59Z"), CheckOutcome::Fail);
    assert_eq!(at("2026-03-01T09:30:00Z"), CheckOutcome::Pass);
    assert_eq!(at("2029-03-01T09:29:59Z"), CheckOutcome::Pass);
    assert_eq!(at("2029-03-01T09:30:00Z"), CheckOutcome::Fail);
    let report = verify(
        &inspected,
        &materials(),
        "2030-01-01T00:00:00Z".parse::<Timestamp>().unwrap(),
    );
    assert_eq!(report.outcome, Outcome::Invalid);
}

#[test]
fn trust_is_a_line_of_its_own() {
    let mut materials = materials();
    assert_eq!(
        outcome(&judge(&jwt(), &materials), CheckName::Trust),
        CheckOutcome::NotApplicable
    );
    materials.set_trust_list(b"{\"issuers\":[]}").unwrap();
    let report = judge(&jwt(), &materials);
    assert_eq!(outcome(&report, CheckName::Trust), CheckOutcome::Unknown);
    assert_eq!(report.outcome, Outcome::Valid);
    for bad in [
        "",
        "{}",
        "[]",
        "{\"issuers\":{}}",
        "{\"issuers\":[{\"name\":\"x\"}]}",
    ] {
        assert!(materials.set_trust_list(bad.as_bytes()).is_err());
    }
    let forged = jwt().replacen("ey", "eY", 1);
    assert!(inspect(forged.as_bytes()).map_or(true, |forged| {
        verify(&forged, &materials, now())
            .check(CheckName::Trust)
            .unwrap()
            .outcome
            != CheckOutcome::Pass
    }));
}
