//! The readers of short texts: keys, names of issuers, lists of status bits.

use attestry::credential::did::resolve::IssuerDocument;
use attestry::credential::did::{did_web_document_url, document_url, multikey, parse_multikey};
use attestry::credential::status::Bitstring;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::{Target, gist, mutate, samples};

fn text(input: &[u8]) -> std::borrow::Cow<'_, str> {
    String::from_utf8_lossy(input)
}

#[test]
fn public_keys() {
    let key = multikey(&[7; 32]);
    let words = Target {
        name: "public keys",
        seeds: vec![key.clone().into_bytes(), multikey(&[0; 32]).into_bytes()],
        change: &|dice, kept| mutate::bytes(dice, kept, &["z", "6Mk", "1", "0", "u", "m", " "]),
        read: &|input| match parse_multikey(&text(input)) {
            // There is one way to write a key.
            Ok(key) => {
                assert_eq!(multikey(&key), text(input));
                "a key".to_owned()
            }
            Err(error) => gist(&error),
        },
    }
    .run();
    assert!(words["a key"] >= 2, "{words:?}");
}

#[test]
fn names_of_issuers() {
    let seeds = [
        "did:web:example.org",
        "did:web:example.org%3A8443:base:issuers:slug",
        "https://example.org/issuers/1",
        "did:key:z6MkehRgf7yJbgaGfYsdoAsKdBPE3dj2CYhowQdcjqSJgvVd",
        "did:jwk:eyJrdHkiOiJPS1AiLCJjcnYiOiJFZDI1NTE5IiwieCI6IkJ3Y0hCd2NIQndjSEJ3Y0hCd2NIQndjSEJ3Y0hCd2NIQndjSEJ3Y0hCd2MifQ",
    ];
    const WORDS: &[&str] = &[
        "did:web:",
        "did:key:",
        "did:jwk:",
        "https://",
        "%3A",
        "%2F",
        "%",
        "..",
        ":",
        "/",
        "@",
        "#",
        "?",
        "[::1]",
        "127.0.0.1",
        "localhost",
        "xn--",
    ];
    let words = Target {
        name: "names of issuers",
        seeds: seeds.map(|seed| seed.as_bytes().to_vec()).to_vec(),
        change: &|dice, kept| mutate::bytes(dice, kept, WORDS),
        read: &|input| {
            let name = text(input);
            let web = did_web_document_url(&name);
            if let Ok(url) = &web {
                assert_eq!(url.scheme(), "https", "{name}");
                assert!(
                    url.username().is_empty() && url.password().is_none(),
                    "{name}"
                );
                assert!(url.query().is_none() && url.fragment().is_none(), "{name}");
                assert!(url.path().ends_with("did.json"), "{name}");
            }
            let known = IssuerDocument::of_self_contained(&name).map(|document| {
                document.map_or_else(|error| gist(&error), |_| "a document".to_owned())
            });
            let address = document_url(&name).map(|url| assert_eq!(url.scheme(), "https"));
            format!("{} {} {known:?}", web.is_ok(), address.is_ok())
        },
    }
    .run();
    assert!(
        words.keys().any(|word| word.starts_with("true")),
        "{words:?}"
    );
}

#[test]
fn documents_of_issuers() {
    let words = Target {
        name: "documents of issuers",
        seeds: samples::issuer_documents(),
        change: &|dice, kept| mutate::json(dice, kept, samples::WORDS),
        read: &|input| match IssuerDocument::parse(input) {
            Ok(document) => {
                assert!(!document.id.is_empty());
                "a document".to_owned()
            }
            Err(error) => gist(&error),
        },
    }
    .run();
    assert!(words["a document"] >= 2, "{words:?}");
}

/// A list comes back from what is written of it, and has no bit beyond its end.
fn status_list(encoded: &str) -> String {
    match Bitstring::decode(encoded) {
        Ok(list) => {
            assert_eq!(list.get(list.len()), None);
            let again = Bitstring::decode(&list.encode()).expect("its own form is read");
            assert_eq!(again.len(), list.len());
            let bits = |list: &Bitstring| (0..64).map(|n| list.get(n)).collect::<Vec<_>>();
            assert_eq!(bits(&again), bits(&list));
            format!("a list of about 2^{}", list.len().max(1).ilog2())
        }
        Err(error) => gist(&error),
    }
}

#[test]
fn status_lists() {
    let list = Bitstring::of(&[0, 5, 131_071], 131_072)
        .expect("a list")
        .encode();
    let words = Target {
        name: "status lists",
        seeds: vec![list.clone().into_bytes()],
        change: &|dice, kept| mutate::bytes(dice, kept, &["u", "H4sI", "=", "z", "-", "_", "AAAA"]),
        read: &|input| status_list(&text(input)),
    }
    .run();
    assert!(words.len() > 2, "{words:?}");
    let zipped = list.strip_prefix('u').expect("it is base64url");
    let zipped = URL_SAFE_NO_PAD.decode(zipped).expect("it is base64url");
    let words = Target {
        name: "status lists as gzip",
        seeds: vec![zipped],
        change: &|dice, kept| mutate::bytes(dice, kept, &["\u{1f}", "\0\0\0\0", "\u{8}"]),
        read: &|input| status_list(&format!("u{}", URL_SAFE_NO_PAD.encode(input))),
    }
    .run();
    assert!(words.len() > 1, "{words:?}");
}
