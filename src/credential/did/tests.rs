use super::document::{PublishedKey, did_document, jwks, method_id, whole_seconds};
use super::resolve::{DocumentError, IssuerDocument, NoPublicKey, method_id_of};
use super::*;
use crate::credential::crypto::{BadPublicKey, Ed25519Signer, PublicKey};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use serde_json::json;

const DID: &str = "did:web:skills.example:issuers:riverside";

/// The raw public key of a seed.
fn raw(seed: u8) -> [u8; 32] {
    Ed25519Signer::new(&[seed; 32]).public()
}

fn usable(seed: u8) -> Result<PublicKey, NoPublicKey> {
    Ok(PublicKey::from_bytes(&raw(seed)).unwrap())
}

fn parse(value: &serde_json::Value) -> Result<IssuerDocument, DocumentError> {
    IssuerDocument::parse(value.to_string().as_bytes())
}

#[test]
fn did_key_round_trip() {
    let did = did_key(&raw(5));
    assert!(did.starts_with("did:key:z6Mk"));
    let document = IssuerDocument::of_did_key(&did).unwrap();
    let id = method_id(&did, &raw(5));
    assert_eq!(document.key(&id).unwrap().public, usable(5));
    assert!(document.key(&id).unwrap().asserts);
    assert!(IssuerDocument::of_did_key(DID).is_err());
}

#[test]
fn a_key_under_which_nothing_is_proven_is_none() {
    let mut identity = [0; 32];
    identity[0] = 1;
    let document = IssuerDocument::of_did_key(&did_key(&identity)).unwrap();
    assert_eq!(
        document.keys[0].public,
        Err(NoPublicKey::Bad(BadPublicKey::SmallOrder))
    );
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
            public: raw(1),
            compromised: None,
        },
        PublishedKey {
            public: raw(2),
            compromised: Some(Timestamp::UNIX_EPOCH),
        },
    ];
    let document = did_document(DID, &keys);
    assert_eq!(
        document["assertionMethod"],
        json!([method_id(DID, &raw(1))])
    );
    assert_eq!(
        document["verificationMethod"][1]["revoked"],
        "1970-01-01T00:00:00Z"
    );
    let read = parse(&document).unwrap();
    let (kept, stolen) = (&read.keys[0], &read.keys[1]);
    assert!(kept.asserts && !kept.revoked && kept.public == usable(1));
    assert!(!stolen.asserts && stolen.revoked && stolen.public == usable(2));

    let set = jwks(DID, &keys);
    assert_eq!(set["keys"].as_array().unwrap().len(), 1);
    let read = parse(&set).unwrap();
    assert_eq!(read.id, DID);
    assert_eq!(
        read.key(&method_id(DID, &raw(1))).unwrap().public,
        usable(1)
    );
}

#[test]
fn a_key_under_another_controller_asserts_nothing() {
    let keys = [PublishedKey {
        public: raw(1),
        compromised: None,
    }];
    let mut document = did_document(DID, &keys);
    document["verificationMethod"][0]["controller"] = json!("did:web:evil.example");
    assert!(!parse(&document).unwrap().keys[0].asserts);
}

#[test]
fn malformed_documents_are_refused() {
    let id = method_id(DID, &raw(1));
    let method = json!({"id": id, "type": "Multikey", "controller": DID, "publicKeyMultibase": multikey(&raw(1))});
    for bad in [
        json!({}),
        json!([]),
        json!({"id": "http://skills.example"}),
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

fn jwk(seed: u8) -> serde_json::Value {
    json!({"kty": "OKP", "crv": "Ed25519", "x": URL_SAFE_NO_PAD.encode(raw(seed))})
}

fn did_jwk(jwk: &serde_json::Value) -> String {
    format!("did:jwk:{}", URL_SAFE_NO_PAD.encode(jwk.to_string()))
}

#[test]
fn did_jwk_names_carry_their_key() {
    let mut plain = jwk(5);
    for (member, value) in [
        ("use", json!("sig")),
        ("alg", json!("EdDSA")),
        ("key_ops", json!(["verify"])),
    ] {
        plain[member] = value;
        let did = did_jwk(&plain);
        let document = IssuerDocument::of_did_jwk(&did).unwrap();
        let key = document.key(&format!("{did}#0")).unwrap();
        assert_eq!(key.public, usable(5));
        assert!(key.asserts && !key.revoked);
    }
}

#[test]
fn did_jwk_names_of_other_keys_are_refused() {
    let with = |member: &str, value: serde_json::Value| {
        let mut jwk = jwk(5);
        jwk[member] = value;
        did_jwk(&jwk)
    };
    let good = did_jwk(&jwk(5));
    for bad in [
        with("d", json!(URL_SAFE_NO_PAD.encode([5; 32]))),
        with("kty", json!("EC")),
        with("crv", json!("X25519")),
        with("use", json!("enc")),
        with("alg", json!("ES256")),
        with("key_ops", json!(["sign"])),
        with("x", json!("AA")),
        with("x", json!(format!("{}=", URL_SAFE_NO_PAD.encode(raw(5))))),
        format!("{good}="),
        format!("{good}#0"),
        format!(
            "did:jwk:{}",
            URL_SAFE_NO_PAD.encode(r#"{"kty":"OKP","kty":"OKP"}"#)
        ),
        format!("did:jwk:{}", "A".repeat(1_000_000)),
        "did:jwk:".to_owned(),
        did_key(&raw(5)),
    ] {
        assert!(
            matches!(IssuerDocument::of_did_jwk(&bad), Err(DidError::Jwk { .. })),
            "{bad}"
        );
    }
}

const HTTPS: &str = "https://college.example/issuers/7";

#[test]
fn an_https_issuer_has_a_controlled_identifier_document() {
    let document = did_document(
        HTTPS,
        &[PublishedKey {
            public: raw(1),
            compromised: None,
        }],
    );
    let bytes = document.to_string();
    let read = IssuerDocument::parse(bytes.as_bytes()).unwrap();
    assert_eq!(read.id, HTTPS);
    assert!(read.key(&method_id(HTTPS, &raw(1))).unwrap().asserts);
    assert_eq!(IssuerDocument::parse_of(bytes.as_bytes(), HTTPS), Ok(read));
    assert!(matches!(
        IssuerDocument::parse_of(bytes.as_bytes(), "https://college.example/issuers/8"),
        Err(DocumentError::Shape(_))
    ));
}

#[test]
fn the_jwks_of_an_https_issuer_may_have_short_kids() {
    let set = |kids: &[&str]| {
        let keys: Vec<_> = kids
            .iter()
            .map(|kid| {
                let mut jwk = jwk(5);
                jwk["kid"] = json!(kid);
                jwk
            })
            .collect();
        json!({ "keys": keys }).to_string()
    };
    let whole = format!("{HTTPS}#two");
    let bytes = set(&["one", &whole, "#three"]);
    let read = IssuerDocument::parse_of(bytes.as_bytes(), HTTPS).unwrap();
    assert_eq!(read.id, HTTPS);
    for name in ["one", "two", "three"] {
        let key = read.key(&format!("{HTTPS}#{name}")).unwrap();
        assert_eq!(key.public, usable(5));
    }
    assert!(IssuerDocument::parse(bytes.as_bytes()).is_err());
    assert!(IssuerDocument::parse(set(&[&whole]).as_bytes()).is_ok());
    for bad in [
        &["one", "#one"][..],
        &["https://other.example#one"],
        &["one", "https://other.example#two"],
        &[""],
        &["#"],
        &["a b"],
        &["https://college.example/issuers/7"],
    ] {
        assert!(
            IssuerDocument::parse_of(set(bad).as_bytes(), HTTPS).is_err(),
            "{bad:?}"
        );
    }
}

#[test]
fn what_a_kid_means() {
    let of = |kid: &str| method_id_of(Some(HTTPS), kid);
    assert_eq!(of("k-1"), Some(format!("{HTTPS}#k-1")));
    assert_eq!(of("#k-1"), Some(format!("{HTTPS}#k-1")));
    assert_eq!(
        of("did:web:a.example#k"),
        Some("did:web:a.example#k".to_owned())
    );
    assert_eq!(method_id_of(None, "k-1"), None);
    for bad in [
        "",
        "#",
        "a#b#c",
        "##b",
        "did:web:a#",
        "http://a.example#k",
        "../k",
        "k?x",
    ] {
        assert_eq!(of(bad), None, "{bad}");
    }
}
