use super::document::{PublishedKey, did_document, jwks, method_id, whole_seconds};
use super::resolve::{DocumentError, IssuerDocument};
use super::*;
use jiff::Timestamp;
use serde_json::json;

const DID: &str = "did:web:skills.example:issuers:riverside";

fn parse(value: &serde_json::Value) -> Result<IssuerDocument, DocumentError> {
    IssuerDocument::parse(value.to_string().as_bytes())
}

#[test]
fn did_key_round_trip() {
    let did = did_key(&[5; 32]);
    assert!(did.starts_with("did:key:z6Mk"));
    let document = IssuerDocument::of_did_key(&did).unwrap();
    let id = method_id(&did, &[5; 32]);
    assert_eq!(document.key(&id).unwrap().public, Some([5; 32]));
    assert!(document.key(&id).unwrap().asserts);
    assert!(IssuerDocument::of_did_key(DID).is_err());
}

#[test]
fn multikeys_of_other_kinds_are_refused() {
    let good = multikey(&[5; 32]);
    let x25519 = format!(
        "z{}",
        bs58::encode([&[0xec, 0x01], [5; 32].as_slice()].concat()).into_string()
    );
    let short = format!(
        "z{}",
        bs58::encode([&[0xed, 0x01], [5; 31].as_slice()].concat()).into_string()
    );
    let long = format!(
        "z{}",
        bs58::encode([&[0xed, 0x01], [5; 33].as_slice()].concat()).into_string()
    );
    let huge = format!("z{}", "1".repeat(100_000));
    for bad in [
        "",
        "z",
        good.trim_start_matches('z'),
        &format!("u{}", good.trim_start_matches('z')),
        &x25519,
        &short,
        &long,
        &huge,
        "zé",
    ] {
        assert!(parse_multikey(bad).is_err(), "{bad}");
    }
}

#[test]
fn did_web_names_and_addresses() {
    let name = |url: &str| did_web(&Url::parse(url).unwrap(), "riverside");
    assert_eq!(name("https://skills.example").unwrap(), DID);
    assert_eq!(
        name("https://skills.example:8443/a/b/").unwrap(),
        "did:web:skills.example%3A8443:a:b:issuers:riverside"
    );
    for bad in [
        "http://skills.example",
        "https://127.0.0.1",
        "https://[::1]",
        "https://u@skills.example",
        "https://skills.example/?q",
        "https://skills.example/#f",
    ] {
        assert!(
            matches!(name(bad), Err(DidError::NoWebName { .. })),
            "{bad}"
        );
    }
    let url = Url::parse("https://skills.example").unwrap();
    for slug in ["", "a:b", "a/b", "A", ".."] {
        assert!(matches!(did_web(&url, slug), Err(DidError::Slug(_))));
    }
    let address = |did: &str| did_web_document_url(did).map(String::from);
    assert_eq!(
        address(DID).unwrap(),
        "https://skills.example/issuers/riverside/did.json"
    );
    assert_eq!(
        address("did:web:skills.example%3A8443:a").unwrap(),
        "https://skills.example:8443/a/did.json"
    );
    assert_eq!(
        address("did:web:skills.example").unwrap(),
        "https://skills.example/.well-known/did.json"
    );
    for bad in [
        "did:web:",
        "did:key:z6Mk",
        "did:web:user%40evil.example",
        "did:web:skills.example/x",
        "did:web:skills.example:..:a",
        "did:web:skills.example:%2e%2e:a",
        "did:web:skills.example:a%2Fb",
        "did:web:skills.example::a",
        "did:web:127.0.0.1",
        "did:web:2130706433",
    ] {
        assert!(address(bad).is_err(), "{bad}");
    }
}

#[test]
fn a_replaced_key_stays_and_a_compromised_one_leaves() {
    let keys = [
        PublishedKey {
            public: [1; 32],
            compromised: None,
        },
        PublishedKey {
            public: [2; 32],
            compromised: Some(Timestamp::UNIX_EPOCH),
        },
    ];
    let document = did_document(DID, &keys);
    assert_eq!(
        document["assertionMethod"],
        json!([method_id(DID, &[1; 32])])
    );
    assert_eq!(
        document["verificationMethod"][1]["revoked"],
        "1970-01-01T00:00:00Z"
    );
    let read = parse(&document).unwrap();
    let (kept, stolen) = (&read.keys[0], &read.keys[1]);
    assert!(kept.asserts && !kept.revoked && kept.public == Some([1; 32]));
    assert!(!stolen.asserts && stolen.revoked && stolen.public == Some([2; 32]));

    let set = jwks(DID, &keys);
    assert_eq!(set["keys"].as_array().unwrap().len(), 1);
    let read = parse(&set).unwrap();
    assert_eq!(read.id, DID);
    assert_eq!(
        read.key(&method_id(DID, &[1; 32])).unwrap().public,
        Some([1; 32])
    );
}

#[test]
fn a_key_under_another_controller_asserts_nothing() {
    let keys = [PublishedKey {
        public: [1; 32],
        compromised: None,
    }];
    let mut document = did_document(DID, &keys);
    document["verificationMethod"][0]["controller"] = json!("did:web:evil.example");
    assert!(!parse(&document).unwrap().keys[0].asserts);
}

#[test]
fn malformed_documents_are_refused() {
    let id = method_id(DID, &[1; 32]);
    let method = json!({"id": id, "type": "Multikey", "controller": DID, "publicKeyMultibase": multikey(&[1; 32])});
    for bad in [
        json!({}),
        json!([]),
        json!({"id": "https://skills.example"}),
        json!({"keys": []}),
        json!({"keys": [{"kty": "OKP", "crv": "Ed25519", "x": "AA"}]}),
        json!({"keys": [{"kid": id, "kty": "OKP", "crv": "Ed25519", "x": "AA"}]}),
        json!({"keys": [{"kid": id, "kty": "OKP", "crv": "Ed25519", "x": "AA", "d": "AA"}]}),
        json!({"keys": [{"kid": id, "kty": "RSA"}, {"kid": "did:web:other#k", "kty": "RSA"}]}),
        json!({"id": DID, "verificationMethod": [method, method]}),
        json!({"id": DID, "verificationMethod": [{"type": "Multikey"}]}),
        json!({"id": DID, "verificationMethod": vec![json!({"id": "#k"}); 300]}),
    ] {
        assert!(parse(&bad).is_err(), "{bad}");
    }
    assert!(matches!(
        IssuerDocument::parse(b"{\"id\":\"did:web:a\",\"id\":\"did:web:b\"}"),
        Err(DocumentError::Json(_))
    ));
}

#[test]
fn whole_seconds_drops_the_fraction() {
    let at: Timestamp = "2026-03-01T09:30:59.999Z".parse().unwrap();
    assert_eq!(whole_seconds(at), "2026-03-01T09:30:59Z");
}
