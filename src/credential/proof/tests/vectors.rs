//! The published vectors, where they are at hand: the folder named by `ATTESTRY_SHARED_DIR`.

use super::*;
use crate::credential::did::parse_multikey;
use crate::kernel::digest::{from_hex, hex};
use crate::kernel::json::{ParseOptions, parse};
use crate::kernel::shared_data::shared_dir;

fn vector(name: &str) -> Option<Value> {
    let path = shared_dir("no published vector was read")?
        .join(format!("conformance/vectors/{name}.json"));
    let bytes = std::fs::read(&path).unwrap_or_else(|error| panic!("{path:?}: {error}"));
    let json = parse(&bytes, &ParseOptions::default()).unwrap_or_else(|e| panic!("{name}: {e}"));
    Some(Value::from(json))
}

/// The pinned contexts, and what the vectors use of others.
fn contexts() -> Contexts {
    let schema = "https://schema.org/";
    let citizen = "https://w3id.org/citizenship#";
    let date = "http://www.w3.org/2001/XMLSchema#dateTime";
    let mut terms = serde_json::Map::new();
    for name in [
        "Person",
        "givenName",
        "additionalName",
        "familyName",
        "gender",
        "identifier",
    ] {
        terms.insert(name.to_owned(), json!(format!("{schema}{name}")));
    }
    for name in [
        "EmploymentAuthorizationDocumentCredential",
        "EmploymentAuthorizationDocument",
        "EmployablePerson",
        "birthCountry",
        "employmentAuthorizationDocument",
        "lprCategory",
        "lprNumber",
    ] {
        terms.insert(name.to_owned(), json!(format!("{citizen}{name}")));
    }
    for (name, base, kind) in [
        ("image", schema, "@id"),
        ("birthDate", schema, date),
        ("residentSince", citizen, date),
    ] {
        let term = json!({"@id": format!("{base}{name}"), "@type": kind});
        terms.insert(name.to_owned(), term);
    }
    let validator = "1EdTechJsonSchemaValidator2019";
    let vccs = "https://purl.imsglobal.org/spec/vccs/v1p0/context.json";
    let mut contexts = Contexts::pinned();
    for (url, context) in [
        (
            "https://www.w3.org/ns/credentials/examples/v2",
            json!({"@vocab": "https://www.w3.org/ns/credentials/examples#"}),
        ),
        ("https://w3id.org/citizenship/v4rc1", json!(terms)),
        (
            "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json",
            json!({validator: format!("{vccs}#{validator}")}),
        ),
    ] {
        let file = Json::from(json!({"@context": context}));
        contexts.add(url, &file).unwrap();
    }
    contexts
}

fn text<'a>(value: &'a Value, member: &str) -> &'a str {
    value[member]
        .as_str()
        .unwrap_or_else(|| panic!("no {member}"))
}

/// The options that make a proof of this configuration.
fn options_of(config: &Value) -> ProofOptions {
    let time = |member: &str| config[member].as_str().map(|text| text.parse().unwrap());
    let previous = match &config["previousProof"] {
        Value::String(one) => vec![one.clone()],
        Value::Array(many) => many
            .iter()
            .map(|id| id.as_str().unwrap().to_owned())
            .collect(),
        _ => Vec::new(),
    };
    ProofOptions {
        created: time("created"),
        expires: time("expires"),
        id: config["id"].as_str().map(str::to_owned),
        previous_proof: previous,
        ..ProofOptions::assertion(
            Cryptosuite::parse(text(config, "cryptosuite")).unwrap(),
            text(config, "verificationMethod"),
            now(),
        )
    }
}

/// The key in the fragment of a verification method: all these vectors have it there.
fn key_of(proof: &Proof<'_>) -> PublicKey {
    let (_, fragment) = proof
        .verification_method()
        .unwrap()
        .split_once('#')
        .unwrap();
    PublicKey::from_bytes(&parse_multikey(fragment).unwrap()).unwrap()
}

fn all_hold(document: &Value) {
    let document = Json::from(document.clone());
    let set = ProofSet::read(&document).unwrap();
    let (expected, contexts) = (Expected::assertion(now()), contexts());
    for proof in set.iter() {
        let verdict = set.verify(proof, &key_of(proof), &expected, &contexts);
        assert_eq!(verdict, Ok(()), "{}", proof.place());
    }
}

#[test]
fn single_proofs_reproduce_step_by_step() {
    for name in [
        "eddsa-rdfc-2022-alumni",
        "eddsa-rdfc-2022-employment",
        "eddsa-jcs-2022-alumni",
        "1edtech-ob3-eddsa-rdfc-2022",
        "1edtech-clr2-eddsa-rdfc-2022",
    ] {
        let Some(vector) = vector(name) else { return };
        let contexts = contexts();
        let document = Json::from(vector["securedDocument"].clone());
        let set = ProofSet::read(&document).unwrap();
        let proof = set.iter().next().unwrap();
        let steps = set.intermediate(proof, &contexts).unwrap();
        assert_eq!(
            steps.canonical_document,
            text(&vector, "canonicalDocument"),
            "{name}"
        );
        assert_eq!(
            steps.canonical_proof,
            text(&vector, "canonicalProofConfig"),
            "{name}"
        );
        assert_eq!(
            steps.document_sha256(),
            text(&vector, "canonicalDocumentSha256")
        );
        assert_eq!(steps.proof_sha256(), text(&vector, "proofConfigSha256"));
        assert_eq!(hex(&steps.hash_data()), text(&vector, "hashData"));
        all_hold(&vector["securedDocument"]);

        let seed = match vector["keyPair"]["seedHex"].as_str() {
            Some(seed) => seed,
            None => text(&vector, "secretKeyHex64").get(..64).unwrap(),
        };
        let signer = Ed25519Signer::new(&from_hex(seed).unwrap());
        let unsecured = object(vector["unsecuredDocument"].clone());
        let secured = &vector["securedDocument"]["proof"];
        let options = options_of(secured.get(0).unwrap_or(secured));
        let made = options.add_to(unsecured, &contexts).unwrap();
        let signature = signer.sign(&made.hash_data);
        assert_eq!(hex(&signature), text(&vector, "signatureHex"), "{name}");
        assert_eq!(value::encode(&signature), text(&vector, "proofValue"));
    }
}

#[test]
fn sets_and_chains_reproduce() {
    for (name, pair, before) in [
        ("proof-set-1", "keyPair1", None),
        ("proof-set-2", "keyPair2", Some("proof-set-1")),
        ("proof-chain-1", "keyPair3", Some("proof-set-2")),
        ("proof-chain-2", "keyPair4", Some("proof-chain-1")),
    ] {
        let Some(given) = vector(name) else { return };
        let document = match before {
            Some(before) => vector(before).unwrap()["securedDocument"].clone(),
            None => given["unsecuredDocument"].clone(),
        };
        let secret = text(&given["keyPairs"][pair], "privateKeyMultibase");
        let secret = bs58::decode(secret.trim_start_matches('z'))
            .into_vec()
            .unwrap();
        let signer = Ed25519Signer::new(secret[2..].try_into().unwrap());
        let made = options_of(&given["proofConfig"])
            .add_to(object(document), &contexts())
            .unwrap();
        let value = value::encode(&signer.sign(&made.hash_data));
        assert_eq!(value, text(&given["signedProof"], "proofValue"), "{name}");
        all_hold(&given["securedDocument"]);
    }
}

#[test]
fn the_older_proof_type_is_refused_by_name() {
    let Some(vector) = vector("ed25519signature2020-alumni") else {
        return;
    };
    let document = Json::from(vector["securedDocument"].clone());
    let set = ProofSet::read(&document).unwrap();
    let proof = set.iter().next().unwrap();
    let error = set
        .verify(
            proof,
            &key_of(proof),
            &Expected::assertion(now()),
            &contexts(),
        )
        .unwrap_err();
    assert!(
        error.to_string().contains("Ed25519Signature2020"),
        "{error}"
    );
}
