//! Issuing and verifying one Open Badges credential by each mechanism: from unsigned JSON bytes to
//! signed bytes, and from bytes to the whole report. Beside them, in the same run, the floor,
//! SHA-256 over as many bytes and Ed25519 alone; and bare libraries at the same work: the JWT
//! library, and serde_json with a JSON canonicalizer.

mod cpu;

use std::hint::black_box;

use attestry::credential::{
    build::{build, claim},
    crypto::{self, Ed25519Signer, PublicKey},
    custody::Seed,
    did,
    mechanism::Mechanism,
    prepare::{check_terms, prepare},
    rdf::{Contexts, canonize},
    sign::IssuerSigner,
    status::{MINIMUM_LENGTH, Purpose, StatusList},
    verify::{self, Materials, VerifiedList},
};
use attestry::kernel::digest::sha256;
use attestry::kernel::json::{Json, ParseOptions, parse};
use cpu::CpuTime;
use criterion::{Criterion, criterion_group, criterion_main};
use jiff::Timestamp;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde_json::Value;
use uuid::Uuid;

const LIST: &str = "https://skills.example/status/0192f3a0-0000-7000-8000-000000000001";
const NOW: &str = "2026-11-21T12:00:00Z";

fn claim(did: &str) -> claim::Claim {
    let level = |n: u32, label: &str| claim::Level {
        id: Uuid::from_u128(u128::from(n)),
        ordinal: n,
        label: label.to_owned(),
    };
    claim::Claim {
        credential_id: Uuid::from_u128(77),
        issuer: claim::Issuer {
            id: did.to_owned(),
            name: "Riverside Training".to_owned(),
            url: Some("https://riverside.example".to_owned()),
        },
        subject: claim::Subject {
            id: "urn:uuid:5f3a0c1e-95f8-4a43-9a6b-0c6f9d7f5b11".to_owned(),
            email: None,
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
        evidence: Vec::new(),
        status: claim::StatusEntry {
            list_url: LIST.to_owned(),
            index: 4_711,
            purpose: Purpose::Revocation,
        },
        valid_from: NOW.parse().expect("a time"),
        valid_until: None,
    }
}

const SEED: [u8; 32] = [7; 32];

fn now() -> Timestamp {
    NOW.parse().expect("a time")
}

fn read(bytes: &[u8]) -> Json {
    parse(bytes, &ParseOptions::default()).expect("strict JSON")
}

/// The issuer, the credential that it signs, and how.
struct Bench {
    signer: IssuerSigner,
    bare: Ed25519Signer,
    contexts: Contexts,
    unsigned: String,
}

impl Bench {
    fn new() -> Self {
        crypto::jwt::install().expect("the only provider");
        let bare = Ed25519Signer::new(&SEED);
        let did = did::did_key(&bare.public());
        Self {
            signer: IssuerSigner::new(&did, &Seed::from_bytes(SEED)),
            bare,
            contexts: Contexts::pinned(),
            unsigned: build(&claim(&did)).expect("a whole claim").to_string(),
        }
    }

    fn sign(&self, document: Json, mechanism: Mechanism) -> String {
        let kid = self.signer.kid();
        let prepared = prepare(document, kid, mechanism, now(), &self.contexts);
        let prepared = prepared.expect("a whole credential");
        self.signer.sign(&prepared).expect("signed")
    }

    fn issue(&self, mechanism: Mechanism) -> String {
        self.sign(read(black_box(self.unsigned.as_bytes())), mechanism)
    }

    /// The hash of the document and that of a proof configuration of usual size.
    fn hashes(&self) -> [[u8; 32]; 2] {
        [
            sha256(black_box(self.unsigned.as_bytes())),
            sha256(&[0; 300]),
        ]
    }

    /// The issuer's status list at hand, verified once, as whoever verifies many has it.
    fn materials(&self) -> Materials {
        let mut materials = Materials::new();
        let did = self.signer.kid().split('#').next().unwrap_or_default();
        let list = StatusList {
            url: LIST.to_owned(),
            issuer: did.to_owned(),
            purpose: Purpose::Revocation,
            length: MINIMUM_LENGTH,
            set: (0..1_000).map(|n| n * 131).collect(),
            valid_from: now(),
            valid_until: "2026-11-22T12:00:00Z".parse().expect("a time"),
            ttl_ms: 300_000,
        };
        let list = list.credential().expect("a list");
        let list = self.sign(list.into(), Mechanism::EddsaRdfc2022);
        let held = VerifiedList::verify(list.as_bytes(), &materials, now());
        materials.add_verified_list(held.expect("our own list").into());
        materials
    }
}

fn issue(c: &mut Criterion<CpuTime>) {
    let bench = Bench::new();
    println!("unsigned: {} bytes of JSON", bench.unsigned.len());
    let mut group = c.benchmark_group("issue");
    group.throughput(cpu::each(1));
    for mechanism in Mechanism::ALL {
        group.bench_function(mechanism.as_str(), |b| b.iter(|| bench.issue(mechanism)));
    }
    group.bench_function("floor: SHA-256 and Ed25519", |b| {
        b.iter(|| bench.bare.sign(bench.hashes().as_flattened()));
    });
    let encoding = EncodingKey::from_ed_der(&SEED);
    let header = Header::new(Algorithm::EdDSA);
    group.bench_function("bare: serde_json and jsonwebtoken", |b| {
        b.iter(|| {
            let value: Value = serde_json::from_str(black_box(&bench.unsigned)).expect("JSON");
            jsonwebtoken::encode(&header, &value, &encoding).expect("signed")
        });
    });
    group.bench_function("bare: serde_json, canonicalizer, Ed25519", |b| {
        b.iter(|| {
            let value: Value = serde_json::from_str(black_box(&bench.unsigned)).expect("JSON");
            let canonical = serde_json_canonicalizer::to_vec(&value).expect("canonical");
            let hashes = [sha256(&canonical), sha256(&[0; 300])];
            let signature = bench.bare.sign(hashes.as_flattened());
            let proof = bs58::encode(signature).into_string();
            (serde_json::to_string(&value), proof)
        });
    });
    let document = read(bench.unsigned.as_bytes());
    group.bench_function("part: the terms of what is not signed over RDF", |b| {
        b.iter(|| check_terms(black_box(&document), &bench.contexts).expect("all defined"));
    });
    group.bench_function("part: RDF canonical form", |b| {
        b.iter(|| canonize(black_box(&document), &bench.contexts).expect("all defined"));
    });
    group.finish();
}

fn verify(c: &mut Criterion<CpuTime>) {
    let bench = Bench::new();
    let materials = bench.materials();
    let mut group = c.benchmark_group("verify");
    group.throughput(cpu::each(1));
    for mechanism in Mechanism::ALL {
        let signed = bench.issue(mechanism);
        println!("{}: {} bytes", mechanism.as_str(), signed.len());
        let check = || {
            let inspected = verify::inspect(black_box(signed.as_bytes())).expect("a credential");
            verify::verify(&inspected, &materials, now())
        };
        assert_eq!(check().outcome, verify::Outcome::Valid, "{:?}", check());
        group.bench_function(mechanism.as_str(), |b| b.iter(check));
    }
    let public = bench.bare.public();
    let signature = bench.bare.sign(bench.hashes().as_flattened());
    group.bench_function("floor: SHA-256 and Ed25519", |b| {
        b.iter(|| {
            let key = PublicKey::from_bytes(black_box(&public)).expect("a key");
            assert!(key.verify(bench.hashes().as_flattened(), &signature));
        });
    });
    let jwt = bench.issue(Mechanism::VcJwt);
    let decoding = DecodingKey::from_ed_der(&public);
    let mut validation = Validation::new(Algorithm::EdDSA);
    validation.required_spec_claims.clear();
    validation.validate_exp = false;
    group.bench_function("bare: jsonwebtoken", |b| {
        b.iter(|| {
            let decoded = jsonwebtoken::decode::<Value>(black_box(&jwt), &decoding, &validation);
            decoded.expect("it holds").claims
        });
    });
    let jcs = bench.issue(Mechanism::EddsaJcs2022);
    group.bench_function("bare: serde_json, canonicalizer, Ed25519", |b| {
        b.iter(|| bare_jcs(black_box(&jcs), &public));
    });
    group.finish();
}

/// What must be done at least to verify a proof over JSON.
fn bare_jcs(text: &str, public: &[u8; 32]) {
    let mut document: Value = serde_json::from_str(text).expect("JSON");
    let members = document.as_object_mut().expect("an object");
    let mut proof = members.remove("proof").expect("a proof");
    let value = proof.as_object_mut().and_then(|p| p.remove("proofValue"));
    let value = value.expect("a value");
    let digits = value
        .as_str()
        .and_then(|v| v.strip_prefix('z'))
        .expect("base58");
    let bytes = bs58::decode(digits).into_vec().expect("base58");
    let canonical = |value: &Value| serde_json_canonicalizer::to_vec(value).expect("canonical");
    let hashes = [sha256(&canonical(&proof)), sha256(&canonical(&document))];
    let key = PublicKey::from_bytes(public).expect("a key");
    let signature = bytes.as_slice().try_into().expect("64 bytes");
    assert!(key.verify(hashes.as_flattened(), signature));
}

criterion_group! {
    name = benches;
    config = Criterion::default().with_measurement(CpuTime);
    targets = issue, verify
}
criterion_main!(benches);
