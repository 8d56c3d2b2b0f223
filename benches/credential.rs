//! Issuing and verifying one Open Badges credential as VC-JWT, from a claim to
//! the signed text and from bytes to the report, beside floors of the same
//! run: the bare JWT library over the same payload, and Ed25519 alone.

mod cpu;

use std::hint::black_box;

use attestry::credential::{
    build::{build, claim},
    crypto,
    custody::Seed,
    did,
    prepare::{Convention, prepare},
    sign::IssuerSigner,
    status::{MINIMUM_LENGTH, Purpose, StatusList},
    verify::{self, Materials, VerifiedList},
};
use cpu::CpuTime;
use criterion::{Criterion, criterion_group, criterion_main};
use ed25519_dalek::{Signer, SigningKey};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
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

fn issue_and_verify(c: &mut Criterion<CpuTime>) {
    crypto::install().expect("the only provider");
    let seed = Seed::from_bytes([7; 32]);
    let key = SigningKey::from_bytes(seed.expose());
    let did = did::did_key(&key.verifying_key().to_bytes());
    let signer = IssuerSigner::new(&did, &seed);
    let claim = claim(&did);
    let issue = || {
        let credential = build(&claim).expect("a whole claim");
        let prepared = prepare(credential, signer.kid(), Convention::OpenBadges);
        signer
            .sign(&prepared.expect("a whole credential"))
            .expect("signed")
    };
    let jwt = issue();
    let payload = build(&claim).expect("a whole claim");
    println!(
        "credential: {} bytes of JSON, {} of JWT",
        payload.to_string().len(),
        jwt.len()
    );

    let mut group = c.benchmark_group("issue");
    group.throughput(cpu::each(1));
    group.bench_function("VC-JWT, from the claim", |b| b.iter(|| black_box(issue())));
    let encoding = EncodingKey::from_ed_der(seed.expose());
    let header = Header::new(Algorithm::EdDSA);
    group.bench_function("floor: the bare JWT library", |b| {
        b.iter(|| jsonwebtoken::encode(&header, black_box(&payload), &encoding).expect("signed"));
    });
    group.bench_function("floor: Ed25519 alone", |b| {
        b.iter(|| key.sign(black_box(jwt.as_bytes())));
    });
    group.finish();

    let now = NOW.parse().expect("a time");
    let mut materials = Materials::new();
    let list = StatusList {
        url: LIST.to_owned(),
        issuer: did.clone(),
        purpose: Purpose::Revocation,
        length: MINIMUM_LENGTH,
        set: (0..1_000).map(|n| n * 131).collect(),
        valid_from: now,
        valid_until: "2026-11-22T12:00:00Z".parse().expect("a time"),
        ttl_ms: 300_000,
    };
    let list = prepare(
        list.credential().expect("a list"),
        signer.kid(),
        Convention::VcJose,
    );
    let list = signer.sign(&list.expect("a list")).expect("signed");
    let held = VerifiedList::verify(list.as_bytes(), &materials, now).expect("our own list");
    materials.add_verified_list(held.into());
    let check = || {
        let inspected = verify::inspect(jwt.as_bytes()).expect("a credential");
        verify::verify(&inspected, &materials, now)
    };
    assert_eq!(check().outcome, verify::Outcome::Valid, "{:?}", check());

    let mut group = c.benchmark_group("verify");
    group.throughput(cpu::each(1));
    group.bench_function("VC-JWT, from bytes to the report", |b| {
        b.iter(|| black_box(check()))
    });
    let (message, signature) = jwt.rsplit_once('.').expect("a JWT");
    let public = key.verifying_key().to_bytes();
    group.bench_function("floor: the signature alone", |b| {
        b.iter(|| crypto::verify(black_box(message.as_bytes()), signature, &public));
    });
    group.finish();
}

criterion_group! {
    name = benches;
    config = Criterion::default().with_measurement(CpuTime);
    targets = issue_and_verify
}
criterion_main!(benches);
