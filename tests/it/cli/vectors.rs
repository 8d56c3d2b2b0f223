//! Published vectors, judged by the program with nothing but files: where shared data is at hand.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use tempfile::tempdir;

use super::{Ended, run};
use crate::support::shared_dir;

const EXAMPLES: &str = "https://www.w3.org/ns/credentials/examples/v2";
const CITIZENSHIP: &str = "https://w3id.org/citizenship/v4rc1";
const EXTENSIONS: &str = "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json";

/// What the vectors use of contexts that are not pinned, in our own words.
fn contexts(folder: &Path) -> Vec<String> {
    let citizen = |name: &str| json!(format!("https://w3id.org/citizenship#{name}"));
    let schema = |name: &str| json!(format!("https://schema.org/{name}"));
    let dated =
        |iri: Value| json!({"@id": iri, "@type": "http://www.w3.org/2001/XMLSchema#dateTime"});
    let citizenship = json!({
        "EmploymentAuthorizationDocumentCredential": citizen("EmploymentAuthorizationDocumentCredential"),
        "EmploymentAuthorizationDocument": citizen("EmploymentAuthorizationDocument"),
        "EmployablePerson": citizen("EmployablePerson"),
        "Person": schema("Person"),
        "additionalName": schema("additionalName"),
        "birthCountry": citizen("birthCountry"),
        "birthDate": dated(schema("birthDate")),
        "employmentAuthorizationDocument": citizen("employmentAuthorizationDocument"),
        "familyName": schema("familyName"),
        "gender": schema("gender"),
        "givenName": schema("givenName"),
        "identifier": schema("identifier"),
        "image": {"@id": schema("image"), "@type": "@id"},
        "lprCategory": citizen("lprCategory"),
        "lprNumber": citizen("lprNumber"),
        "residentSince": dated(citizen("residentSince")),
    });
    let extensions = json!({
        "1EdTechJsonSchemaValidator2019":
            "https://purl.imsglobal.org/spec/vccs/v1p0/context.json#1EdTechJsonSchemaValidator2019",
    });
    let vocabulary = json!({"@vocab": "https://www.w3.org/ns/credentials/examples#"});
    let mut arguments = Vec::new();
    for (url, file, context) in [
        (EXAMPLES, "examples.json", vocabulary),
        (CITIZENSHIP, "citizenship.json", citizenship),
        (EXTENSIONS, "extensions.json", extensions),
    ] {
        let text = json!({"@context": context}).to_string();
        fs::write(folder.join(file), text).expect("it can be written");
        arguments.extend(["--context".to_owned(), format!("{url}={file}")]);
    }
    arguments
}

/// The document in which the issuer of a vector says that the key of its first proof is its own.
fn issuer_document(secured: &Value) -> Value {
    let issuer = secured["issuer"]["id"]
        .as_str()
        .or(secured["issuer"].as_str());
    let issuer = issuer.expect("an issuer");
    let proof = secured["proof"].get(0).unwrap_or(&secured["proof"]);
    let method = proof["verificationMethod"].as_str().expect("a method");
    let (_, key) = method.split_once('#').expect("a key in the fragment");
    json!({
        "id": issuer,
        "assertionMethod": [{
            "id": method,
            "type": "Multikey",
            "controller": issuer,
            "publicKeyMultibase": key,
        }],
    })
}

fn judge(shared: &Path, name: &str, change: impl Fn(&mut Value)) -> Ended {
    judge_with(shared, name, change, &[])
}

fn judge_with(shared: &Path, name: &str, change: impl Fn(&mut Value), further: &[&str]) -> Ended {
    let folder = tempdir().expect("room for a folder");
    let file = shared.join(format!("conformance/vectors/{name}.json"));
    let text = fs::read_to_string(&file).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
    let vector: Value = serde_json::from_str(&text).expect("JSON");
    let mut secured = vector["securedDocument"].clone();
    let issuer = issuer_document(&secured).to_string();
    change(&mut secured);
    fs::write(folder.path().join("issuer.json"), issuer).expect("written");
    fs::write(folder.path().join("credential.json"), secured.to_string()).expect("written");
    let contexts = contexts(folder.path());
    let mut arguments = vec![
        "verify",
        "credential.json",
        "--offline",
        "--issuer",
        "issuer.json",
        "--at",
        "2026-06-01T00:00:00Z",
    ];
    arguments.extend(contexts.iter().map(String::as_str));
    arguments.extend(further);
    run(folder.path(), &arguments)
}

const VECTORS: [&str; 9] = [
    "1edtech-clr2-eddsa-rdfc-2022",
    "1edtech-ob3-eddsa-rdfc-2022",
    "eddsa-jcs-2022-alumni",
    "eddsa-rdfc-2022-alumni",
    "eddsa-rdfc-2022-employment",
    "proof-chain-1",
    "proof-chain-2",
    "proof-set-1",
    "proof-set-2",
];

#[test]
fn published_vectors_hold_and_altered_ones_do_not() {
    let Some(shared) = shared_dir("published_vectors_hold_and_altered_ones_do_not") else {
        return;
    };
    for name in VECTORS {
        let ended = judge(&shared, name, |_| {});
        assert!(
            ended.out.contains("PASS           signature")
                && ended.out.contains("PASS           issuer"),
            "{name}: {}{}",
            ended.out,
            ended.err
        );
        let ended = judge(&shared, name, |c| {
            c["validFrom"] = json!("2011-01-01T00:00:00Z")
        });
        assert_eq!(ended.code, Some(1), "{name}: {}{}", ended.out, ended.err);
        assert!(
            ended.out.contains("FAIL           signature"),
            "{name}: {}",
            ended.out
        );
    }
}

/// Which of them are valid in every respect; the others lack what their types demand today.
#[test]
fn published_vectors_are_judged_as_a_whole() {
    let Some(shared) = shared_dir("published_vectors_are_judged_as_a_whole") else {
        return;
    };
    let verdicts: Vec<String> = VECTORS
        .iter()
        .map(|name| {
            let ended = judge(&shared, name, |_| {});
            let against = ended
                .out
                .lines()
                .find(|line| line.contains("FAIL") || line.contains("UNKNOWN"));
            format!(
                "{name}: {:?} {}",
                ended.code,
                against.unwrap_or_default().trim()
            )
        })
        .collect();
    assert!(
        verdicts.iter().all(|verdict| verdict.contains("Some(0)")),
        "{verdicts:#?}"
    );
}

/// The hashes on the way to the signature are those that the vectors state.
#[test]
fn intermediate_forms_are_told_on_request() {
    let Some(shared) = shared_dir("intermediate_forms_are_told_on_request") else {
        return;
    };
    for name in ["1edtech-ob3-eddsa-rdfc-2022", "eddsa-jcs-2022-alumni"] {
        let file = shared.join(format!("conformance/vectors/{name}.json"));
        let text = fs::read_to_string(file).expect("a vector");
        let vector: Value = serde_json::from_str(&text).expect("JSON");
        let plain = judge_with(&shared, name, |_| {}, &[]);
        let told = judge_with(&shared, name, |_| {}, &["--intermediate"]);
        for member in ["canonicalDocumentSha256", "proofConfigSha256", "hashData"] {
            let hash = vector[member].as_str().expect("a hash");
            assert!(told.out.contains(hash), "{name} {member}: {}", told.out);
            assert!(!plain.out.contains(hash), "{name} {member}: {}", plain.out);
        }
        let told = judge_with(
            &shared,
            name,
            |_| {},
            &["--intermediate", "--format", "json"],
        );
        let report: Value = serde_json::from_str(&told.out).expect("JSON");
        let form = &report["intermediate"][0];
        assert_eq!(
            form["canonicalDocument"], vector["canonicalDocument"],
            "{name}"
        );
        assert_eq!(
            form["canonicalProof"], vector["canonicalProofConfig"],
            "{name}"
        );
    }
}

#[test]
fn an_older_suite_is_refused_by_name() {
    let Some(shared) = shared_dir("an_older_suite_is_refused_by_name") else {
        return;
    };
    let ended = judge(&shared, "ed25519signature2020-alumni", |_| {});
    assert_eq!(ended.code, Some(1), "{}{}", ended.out, ended.err);
    assert!(ended.out.contains("Ed25519Signature2020"), "{}", ended.out);
    assert!(
        ended.out.contains("PROOF_TRANSFORMATION_ERROR"),
        "{}",
        ended.out
    );
}
