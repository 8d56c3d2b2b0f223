//! What is signed: the canonical form of a document, by this implementation and by others.

use std::path::Path;

use attestry::{
    credential::rdf::{Contexts, canonize},
    kernel::json::{ParseOptions, parse},
};
use serde_json::{Value, json};

use super::{
    data_integrity::{Place, remove},
    theirs::attestation,
};
use crate::peers;

const PEERS: [&str; 2] = ["canonize_jsonld.mjs", "canonize_pyld.py"];

#[tokio::test]
async fn others_find_the_same_canonical_form() {
    let name = "others_find_the_same_canonical_form";
    let Some(installed) = peers::folder_with_contexts(name) else {
        return;
    };
    let place = Place::create().await;
    let (_, issued) = place.issue("EDDSA_RDFC_2022").await;
    let mut documents = vec![
        attestation(),
        issued["credential"].clone(),
        issued["documents"][1].clone(),
    ];
    for mut document in documents.clone() {
        if document.get("proof").is_some() {
            remove(&mut document, "proof");
            documents.push(document);
        }
    }
    compare(&installed, &documents);
}

#[test]
fn others_find_the_same_form_of_texts_in_several_languages() {
    let name = "others_find_the_same_form_of_texts_in_several_languages";
    let Some(installed) = peers::folder_with_contexts(name) else {
        return;
    };
    let told = |name: Value| {
        json!({
            "@context": ["https://www.w3.org/ns/credentials/v2"],
            "type": ["VerifiableCredential"],
            "issuer": "did:web:elsewhere.example:issuers:north",
            "name": name,
            "credentialSubject": {"id": "urn:uuid:0c8f7c41-51a0-4f8e-8a52-6a0d6f0b1a22"},
        })
    };
    let documents = [
        told(json!([
            {"@value": "Reads a plan", "@language": "en"},
            {"@value": "Liest einen Plan", "@language": "de-AT"},
        ])),
        told(json!({"@value": "قراءة المخطط", "@language": "ar", "@direction": "rtl"})),
        told(json!({"@value": "Reads a plan", "@direction": "ltr"})),
    ];
    compare(&installed, &documents);
}

fn compare(installed: &Path, documents: &[Value]) {
    let requests: Vec<_> = documents.iter().map(|d| json!({"document": d})).collect();
    for peer in PEERS {
        let answers = peers::ask(installed, peer, &requests);
        for (document, answer) in documents.iter().zip(answers) {
            let text = document.to_string();
            let json = parse(text.as_bytes(), &ParseOptions::default()).expect("it is JSON");
            let ours = canonize(&json, &Contexts::pinned());
            let ours = ours.unwrap_or_else(|e| panic!("{e}: {text}"));
            assert_eq!(
                answer["nquads"].as_str(),
                Some(ours.as_str()),
                "{peer}: {answer}"
            );
        }
    }
}
