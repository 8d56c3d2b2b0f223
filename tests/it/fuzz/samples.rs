//! A made-up credential, secured in each way, and what is needed to judge it.

use attestry::credential::build::{build, claim};
use attestry::credential::custody::Seed;
use attestry::credential::did::did_key;
use attestry::credential::did::document::{PublishedKey, did_document, jwks};
use attestry::credential::mechanism::Mechanism;
use attestry::credential::prepare::prepare;
use attestry::credential::rdf::Contexts;
use attestry::credential::sign::{IssuerSigner, public_key};
use attestry::credential::status::{MINIMUM_LENGTH, Purpose, StatusList};
use attestry::credential::verify::{Materials, VerifiedList};
use serde_json::Value;
use uuid::Uuid;

const LIST: &str = "https://skills.example/status/1";
const NOW: &str = "2026-06-01T12:00:00Z";

/// What the documents are made of, and what they must not be made of.
pub(super) const WORDS: &[&str] = &[
    "@context",
    "@id",
    "@type",
    "@value",
    "@language",
    "@list",
    "@set",
    "@graph",
    "@vocab",
    "@base",
    "@reverse",
    "@included",
    "@json",
    "@none",
    "id",
    "type",
    "name",
    "issuer",
    "credentialSubject",
    "credentialStatus",
    "proof",
    "proofValue",
    "cryptosuite",
    "eddsa-jcs-2022",
    "eddsa-rdfc-2022",
    "proofPurpose",
    "authentication",
    "verificationMethod",
    "previousProof",
    "created",
    "expires",
    "validFrom",
    "validUntil",
    "achievement",
    "alignment",
    "evidence",
    "undefinedTerm",
    "DataIntegrityProof",
    "VerifiableCredential",
    "VerifiablePresentation",
    "AchievementCredential",
    "https://www.w3.org/ns/credentials/v2",
    "_:b0",
    "urn:x",
    "did:key:",
    "alg",
    "none",
    "EdDSA",
    "HS256",
    "kid",
    "crit",
    "jwk",
    "vc",
    "iss",
    "sub",
    "nbf",
    "keys",
    "2026-06-01T12:00:00Z",
    "2020-01-01T00:00:00Z",
    "u",
    "z",
    "=",
    "\u{0}",
    "\u{fffe}",
];

/// When everything is judged.
pub(super) fn now() -> jiff::Timestamp {
    NOW.parse().expect("a time")
}

fn seed() -> Seed {
    Seed::from_bytes([7; 32])
}

fn signer() -> IssuerSigner {
    IssuerSigner::new(&did(), &seed())
}

fn did() -> String {
    did_key(&public_key(&seed()))
}

/// A credential that is not secured.
pub(super) fn credential() -> Value {
    let level = |ordinal: u32, label: &str| claim::Level {
        id: Uuid::from_u128(ordinal.into()),
        ordinal,
        label: label.to_owned(),
    };
    let claim = claim::Claim {
        credential_id: Uuid::from_u128(77),
        issuer: claim::Issuer {
            id: did(),
            name: "Uferschule".to_owned(),
            url: Some("https://ufer.example".to_owned()),
        },
        subject: claim::Subject {
            id: "urn:uuid:5f3a0c1e-95f8-4a43-9a6b-0c6f9d7f5b11".to_owned(),
            email: Some(claim::EmailIdentity {
                email: "lena@example.org".to_owned(),
                salt: "salt".to_owned(),
            }),
        },
        achievement: claim::Achievement {
            statement_url: "https://skills.example/statements/7d6f".to_owned(),
            code: "49-3091.00/2/1".to_owned(),
            name: "Rim brakes".to_owned(),
            text: "Adjusts rim brakes so that each wheel locks.".to_owned(),
            criteria: "Two observations by two assessors.".to_owned(),
            framework: claim::Framework {
                url: "https://skills.example/frameworks/1.json".to_owned(),
                digest_sri: format!("sha384-{}", "A".repeat(64)),
                title: "Bicycle Repairers".to_owned(),
                family: "MASTERY".to_owned(),
                version: "v.26.05".to_owned(),
            },
            levels: vec![level(1, "Emerging"), level(2, "Developing")],
            level: Uuid::from_u128(2),
        },
        evidence: Vec::new(),
        status: claim::StatusEntry {
            list_url: LIST.to_owned(),
            index: 4_711,
            purpose: Purpose::Revocation,
        },
        valid_from: now(),
        valid_until: None,
    };
    build(&claim).expect("a whole claim")
}

fn secure(document: Value, mechanism: Mechanism) -> String {
    let signer = signer();
    let contexts = Contexts::pinned();
    let prepared = prepare(document, signer.kid(), mechanism, now(), &contexts);
    signer
        .sign(&prepared.expect("it can be signed"))
        .expect("its own key")
}

/// [`credential`], secured.
pub(super) fn secured(mechanism: Mechanism) -> String {
    secure(credential(), mechanism)
}

/// What is needed to find [`secured`] valid.
pub(super) fn materials() -> Materials {
    let list = StatusList {
        url: LIST.to_owned(),
        issuer: did(),
        purpose: Purpose::Revocation,
        length: MINIMUM_LENGTH,
        set: vec![4_710, 4_712],
        valid_from: now(),
        valid_until: "2026-06-02T12:00:00Z".parse().expect("a time"),
        ttl_ms: 300_000,
    };
    let list = list.credential().expect("a list");
    let list = secure(list, Mechanism::EddsaJcs2022);
    let mut materials = Materials::new();
    let list = VerifiedList::verify(list.as_bytes(), &materials, now());
    materials.add_verified_list(list.expect("its own list").into());
    materials
}

/// An issuer's documents.
pub(super) fn issuer_documents() -> Vec<Vec<u8>> {
    let keys = [PublishedKey {
        public: public_key(&seed()),
        compromised: None,
    }];
    let did = "did:web:ufer.example";
    [did_document(did, &keys), jwks(did, &keys)]
        .map(|document| document.to_string().into_bytes())
        .to_vec()
}
