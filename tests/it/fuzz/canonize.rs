//! From JSON-LD to the canonical form.

use attestry::credential::rdf::{Contexts, canonize};
use attestry::kernel::json::{Json, ParseOptions, parse};
use serde_json::{Value, json};

use super::{Target, mutate, samples};

fn canonical(text: &[u8]) -> Result<String, String> {
    let json = parse(text, &ParseOptions::default()).map_err(|_| "no strict JSON".to_owned())?;
    canonize(&json, &Contexts::pinned()).map_err(|error| format!("{:?}", error.kind))
}

/// What is accepted has a canonical form that does not depend on how it was written, and no member
/// can be added to it that would be left out.
fn read(input: &[u8]) -> String {
    let document = match canonical(input) {
        Ok(document) => document,
        Err(kind) => return kind,
    };
    assert!(document.lines().is_sorted());
    assert!(document.is_empty() || document.ends_with(" .\n"));
    // serde_json writes the members of an object in the order of their names.
    let mut tree: Value = serde_json::from_slice(input).expect("strict JSON is JSON");
    let reordered = tree.to_string();
    assert_eq!(
        canonical(reordered.as_bytes()),
        Ok(document.clone()),
        "{reordered}"
    );
    let defines_all = reordered.contains("@vocab");
    if let Some(members) = tree.as_object_mut().filter(|_| !defines_all) {
        members.insert("aTermOfNoContext".to_owned(), json!("x"));
        let more = canonical(tree.to_string().as_bytes());
        assert_eq!(more, Err("UndefinedTerm".to_owned()), "{tree}");
    }
    format!("{} statements", document.lines().count())
}

fn seeds() -> Vec<Vec<u8>> {
    let credential = samples::credential();
    let inline = json!({
        "@context": ["https://www.w3.org/ns/credentials/v2", {
            "colour": "https://skills.example/ns#colour",
            "mixedWith": {"@id": "https://skills.example/ns#with", "@type": "@id", "@container": "@set"},
            "steps": {"@id": "https://skills.example/ns#steps", "@container": "@list"}
        }],
        "id": "urn:uuid:1",
        "type": "VerifiableCredential",
        "credentialSubject": {
            "colour": {"@value": "blau", "@language": "de"},
            "mixedWith": ["urn:a", {"colour": "rot"}, {"colour": "rot"}],
            "steps": [1, 2.5, true, "drei"]
        }
    });
    let proof = json!({
        "@context": "https://w3id.org/security/data-integrity/v2",
        "type": "DataIntegrityProof",
        "cryptosuite": "eddsa-rdfc-2022",
        "created": "2026-06-01T12:00:00Z",
        "verificationMethod": "did:key:z6MkehRgf7yJbgaGfYsdoAsKdBPE3dj2CYhowQdcjqSJgvVd#z6Mk",
        "proofPurpose": "assertionMethod"
    });
    [credential, inline, proof]
        .map(|document| document.to_string().into_bytes())
        .to_vec()
}

#[test]
fn json_ld() {
    for seed in seeds() {
        let read = canonical(&seed);
        assert!(read.is_ok(), "{read:?}: {}", String::from_utf8_lossy(&seed));
    }
    let words = Target {
        name: "JSON-LD",
        seeds: seeds(),
        change: &|dice, kept| mutate::json(dice, kept, samples::WORDS),
        read: &read,
    }
    .run();
    for end in ["UndefinedTerm", "BadValue", "statements"] {
        assert!(
            words.keys().any(|word| word.contains(end)),
            "{end}: {words:?}"
        );
    }
}

/// A context added by hand serves a document that names it, or is refused.
fn read_context(input: &[u8]) -> String {
    const URL: &str = "https://skills.example/context";
    let Ok(context) = parse(input, &ParseOptions::default()) else {
        return "no strict JSON".to_owned();
    };
    let mut contexts = Contexts::pinned();
    if let Err(error) = contexts.add(URL, &context) {
        return format!("{:?}", error.kind);
    }
    let document = json!({
        "@context": ["https://www.w3.org/ns/credentials/v2", URL],
        "id": "urn:uuid:1",
        "type": "VerifiableCredential",
        "credentialSubject": {"colour": "blau", "mixedWith": ["urn:a"], "steps": [1, 1]}
    });
    let read = canonize(&document.into(), &contexts);
    read.map_or_else(
        |error| format!("added, then {:?}", error.kind),
        |document| format!("{} statements", document.lines().count()),
    )
}

#[test]
fn contexts_added_by_hand() {
    let context = json!({"@context": {
        "@version": 1.1,
        "@protected": true,
        "ns": "https://skills.example/ns#",
        "colour": {"@id": "ns:colour", "@language": "de"},
        "mixedWith": {"@id": "ns:with", "@type": "@id", "@container": "@set"},
        "steps": {"@id": "ns:steps", "@container": "@list", "@context": {"at": "ns:at"}}
    }});
    let words = Target {
        name: "contexts added by hand",
        seeds: vec![context.to_string().into_bytes()],
        change: &|dice, kept| mutate::json(dice, kept, samples::WORDS),
        read: &read_context,
    }
    .run();
    for end in ["InvalidContext", "added, then", "statements"] {
        assert!(
            words.keys().any(|word| word.contains(end)),
            "{end}: {words:?}"
        );
    }
}

#[test]
fn what_is_no_object_has_no_canonical_form() {
    for text in ["null", "1", "\"x\"", "[]", "[[]]"] {
        assert!(canonical(text.as_bytes()).is_err(), "{text}");
    }
    assert!(matches!(
        parse(b"{}", &ParseOptions::default()),
        Ok(Json::Object(_))
    ));
}
