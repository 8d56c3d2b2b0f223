//! Embedded proofs that others make, read here.

use attestry::credential::verify::{Asked, Materials, Outcome, Report, inspect, verify};
use jiff::Timestamp;
use serde_json::{Value, json};

use super::data_integrity::altered;
use crate::peers;

const ISSUER: &str = "issue_digitalbazaar.mjs";
const CRYPTOSUITES: [&str; 2] = ["eddsa-rdfc-2022", "eddsa-jcs-2022"];
/// A provider whose document they publish; the others are did:key.
const ELSEWHERE: &str = "did:web:elsewhere.example:issuers:north";
/// When they sign, and it is read.
const THEN: &str = "2026-03-02T08:00:00Z";

/// What others are asked to attest.
pub(super) fn attestation() -> Value {
    json!({
        "@context": [
            "https://www.w3.org/ns/credentials/v2",
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
        ],
        "id": "urn:uuid:5f0f6a52-2c1d-4c0e-9d57-3a1f7c6f0c11",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": "Reads a wiring plan",
        "issuer": {"id": ELSEWHERE, "type": ["Profile"], "name": "North Workshop"},
        "validFrom": "2026-03-01T08:00:00Z",
        "validUntil": "2027-03-01T08:00:00Z",
        "credentialSubject": {
            "id": "urn:uuid:0c8f7c41-51a0-4f8e-8a52-6a0d6f0b1a22",
            "type": ["AchievementSubject"],
            "achievement": {
                "id": "https://elsewhere.example/achievements/7",
                "type": ["Achievement"],
                "name": "Reads a wiring plan",
                "description": "Reads a wiring plan & says what \"L1\" feeds: größer als 3 kΩ.",
                "criteria": {"narrative": "Seen twice at the bench."},
                "creditsAvailable": 1.5,
            },
        },
    })
}

/// Asks for a proof on a credential or presentation.
fn request(document: (&str, Value), cryptosuite: &str, did: Option<&str>) -> Value {
    let mut request = json!({"seed": "2a".repeat(32), "cryptosuite": cryptosuite, "at": THEN});
    request[document.0] = document.1;
    if let Some(did) = did {
        request["did"] = json!(did);
    }
    request
}

/// Judges a document with what its signer publishes, where that is not the DID itself.
fn judged(document: &Value, answer: &Value, asked: &Asked) -> Report {
    let mut materials = Materials::new();
    if answer["didDocument"]["id"] == ELSEWHERE {
        let published = answer["didDocument"].to_string();
        let id = materials.add_issuer(published.as_bytes());
        assert_eq!(id.expect("it is a DID document"), ELSEWHERE);
    }
    let inspected = inspect(document.to_string().as_bytes()).expect("it can be read");
    verify(&inspected, &materials, asked.clone())
}

fn then() -> Asked {
    let then: Timestamp = THEN.parse().expect("it is RFC 3339");
    then.into()
}

#[test]
fn credentials_of_others_are_verified_and_refused_when_altered() {
    let name = "credentials_of_others_are_verified_and_refused_when_altered";
    let Some(installed) = peers::folder_with_contexts(name) else {
        return;
    };
    let of = |cryptosuite, did| request(("credential", attestation()), cryptosuite, did);
    let requests = CRYPTOSUITES.map(|suite| [of(suite, None), of(suite, Some(ELSEWHERE))]);
    for answer in peers::ask(&installed, ISSUER, requests.as_flattened()) {
        let credential = &answer["credential"];
        let report = judged(credential, &answer, &then());
        assert_eq!(report.outcome, Outcome::Valid, "{answer}: {report:?}");
        for (what, altered) in altered(credential) {
            let report = judged(&altered, &answer, &then());
            let told = format!("{what}: {altered}: {report:?}");
            assert_eq!(report.outcome, Outcome::Invalid, "{told}");
        }
    }
}

#[test]
fn all_proofs_of_a_set_made_by_others_must_hold() {
    let name = "all_proofs_of_a_set_made_by_others_must_hold";
    let Some(installed) = peers::folder_with_contexts(name) else {
        return;
    };
    let [rdfc, jcs] = CRYPTOSUITES;
    let signed = |credential: &Value, suite| {
        let request = request(("credential", credential.clone()), suite, None);
        peers::ask(&installed, ISSUER, &[request]).remove(0)
    };
    let once = signed(&attestation(), rdfc);
    let twice = signed(&once["credential"], jcs);
    let proofs = twice["credential"]["proof"].as_array().expect("two proofs");
    let suites: Vec<_> = proofs.iter().map(|p| &p["cryptosuite"]).collect();
    assert_eq!(suites, CRYPTOSUITES);
    let report = judged(&twice["credential"], &twice, &then());
    assert_eq!(report.outcome, Outcome::Valid, "{twice}: {report:?}");
    for at in [0, 1] {
        let mut broken = twice["credential"].clone();
        broken["proof"][at]["proofValue"] = broken["proof"][1 - at]["proofValue"].clone();
        let report = judged(&broken, &twice, &then());
        assert_eq!(report.outcome, Outcome::Invalid, "{at}: {report:?}");
    }
}

#[test]
fn presentations_of_others_are_bound_to_challenge_and_domain() {
    let name = "presentations_of_others_are_bound_to_challenge_and_domain";
    let Some(installed) = peers::folder_with_contexts(name) else {
        return;
    };
    let of = |suite| request(("credential", attestation()), suite, None);
    let credentials: Vec<_> = peers::ask(&installed, ISSUER, &CRYPTOSUITES.map(of))
        .into_iter()
        .map(|mut answer| answer["credential"].take())
        .collect();
    let presentation = json!({
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "type": ["VerifiablePresentation"],
        "verifiableCredential": credentials,
    });
    let (here, there) = ("employer.example", "other.example");
    let requests = CRYPTOSUITES.map(|suite| {
        let mut request = request(("presentation", presentation.clone()), suite, None);
        request["seed"] = json!("3b".repeat(32));
        request["challenge"] = json!("a1b2c3");
        request["domain"] = json!(here);
        request
    });
    for answer in peers::ask(&installed, ISSUER, &requests) {
        let signed = &answer["presentation"];
        let mut altered = signed.clone();
        altered["verifiableCredential"][0]["validUntil"] = json!("2099-03-01T08:00:00Z");
        for (what, presentation, challenge, domain) in [
            ("as signed", signed, "a1b2c3", here),
            ("replayed", signed, "d4e5f6", here),
            ("elsewhere", signed, "a1b2c3", there),
            ("altered", &altered, "a1b2c3", here),
        ] {
            let asked = Asked {
                challenge: Some(challenge.to_owned()),
                domain: Some(domain.to_owned()),
                ..then()
            };
            let report = judged(presentation, &answer, &asked);
            let outcome = match what {
                "as signed" => Outcome::Valid,
                _ => Outcome::Invalid,
            };
            let told = format!("{what}: {presentation}: {report:?}");
            assert_eq!(report.outcome, outcome, "{told}");
        }
    }
}
