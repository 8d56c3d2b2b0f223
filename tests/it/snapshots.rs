//! What readers see, word for word: the credential document, and the
//! verifier's report in text. Fixed inputs, so that any change shows.

use attestry::credential::{
    build::{build, claim},
    custody::Seed,
    did,
    mechanism::Mechanism,
    prepare::prepare,
    rdf::Contexts,
    sign::IssuerSigner,
    status::{MINIMUM_LENGTH, Purpose, StatusList},
    verify::{self, Materials},
};
use jiff::Timestamp;
use uuid::Uuid;

const LIST: &str = "https://skills.example/status/0192f3a0-0000-7000-8000-000000000001";
const INDEX: u64 = 4_711;

fn at(text: &str) -> Timestamp {
    text.parse().expect("a time")
}

fn seed() -> Seed {
    Seed::from_bytes([7; 32])
}

fn issuer() -> String {
    did::did_key(&attestry::credential::sign::public_key(&seed()))
}

fn level(ordinal: u32, label: &str) -> claim::Level {
    claim::Level {
        id: Uuid::from_u128(u128::from(ordinal)),
        ordinal,
        label: label.to_owned(),
    }
}

fn claim() -> claim::Claim {
    claim::Claim {
        credential_id: Uuid::from_u128(77),
        issuer: claim::Issuer {
            id: issuer(),
            name: "Riverside Training".to_owned(),
            url: Some("https://riverside.example".to_owned()),
        },
        subject: claim::Subject {
            id: "urn:uuid:5f3a0c1e-95f8-4a43-9a6b-0c6f9d7f5b11".to_owned(),
            email: Some(claim::EmailIdentity {
                email: "lee@learners.example".to_owned(),
                salt: "c0ffee".to_owned(),
            }),
        },
        achievement: claim::Achievement {
            statement_url: "https://skills.example/statements/7d6f".to_owned(),
            code: "49-3091.00/MASTERY/v.26.11/2.01".to_owned(),
            name: "Rim brakes".to_owned(),
            text: "Rim brakes — adjusts pads and cable tension so that each wheel locks."
                .to_owned(),
            criteria: "Assessed by observation: two observations by two assessors.".to_owned(),
            framework: claim::Framework {
                url: "https://skills.example/frameworks/1.json".to_owned(),
                digest_sri: format!("sha384-{}", "A".repeat(64)),
                title: "Bicycle Repairers".to_owned(),
                family: "MASTERY".to_owned(),
                version: "v.26.11".to_owned(),
            },
            levels: vec![level(1, "Emerging"), level(2, "Developing")],
            level: Uuid::from_u128(2),
        },
        evidence: vec![
            claim::Evidence::Text {
                name: Some("Assessor's note".to_owned()),
                narrative: "Both brakes, without help.".to_owned(),
            },
            claim::Evidence::Digest {
                name: None,
                sha256: [0xab; 32],
            },
        ],
        status: claim::StatusEntry {
            list_url: LIST.to_owned(),
            index: INDEX,
            purpose: Purpose::Revocation,
        },
        valid_from: at("2026-11-21T12:00:00Z"),
        valid_until: Some(at("2028-11-20T12:00:00Z")),
    }
}

fn report(set: Vec<u64>) -> String {
    let signer = IssuerSigner::new(&issuer(), &seed());
    let credential = build(&claim()).expect("a whole claim");
    let prepared = prepare(
        credential,
        signer.kid(),
        Mechanism::JwtOpenBadges,
        at("2026-11-21T12:00:00Z"),
        &Contexts::pinned(),
    )
    .expect("prepared");
    let record = signer.sign(&prepared).expect("signed");
    let list = StatusList {
        url: LIST.to_owned(),
        issuer: issuer(),
        purpose: Purpose::Revocation,
        length: MINIMUM_LENGTH,
        set,
        valid_from: at("2026-11-21T12:00:00Z"),
        valid_until: at("2026-11-22T12:00:00Z"),
        ttl_ms: 300_000,
    };
    let list = list.credential().expect("a list");
    let list = prepare(
        list,
        signer.kid(),
        Mechanism::VcJwt,
        at("2026-11-21T12:00:00Z"),
        &Contexts::pinned(),
    )
    .expect("prepared");
    let list = signer.sign(&list).expect("signed");
    let mut materials = Materials::new();
    materials
        .add_status_list(list.as_bytes())
        .expect("a status list");
    let inspected = verify::inspect(record.as_bytes()).expect("a credential");
    verify::render(&verify::verify(
        &inspected,
        &materials,
        at("2026-11-21T13:00:00Z"),
    ))
}

#[test]
fn the_credential_document() {
    insta::assert_json_snapshot!(build(&claim()).expect("a whole claim"));
}

#[test]
fn the_report_of_a_valid_record() {
    insta::assert_snapshot!(report(Vec::new()));
}

#[test]
fn the_report_of_a_revoked_record() {
    insta::assert_snapshot!(report(vec![INDEX]));
}
