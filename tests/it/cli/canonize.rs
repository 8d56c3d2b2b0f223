//! `attestry canonize`.

use std::fs;

use tempfile::tempdir;

use super::run;

const DOCUMENT: &str = r#"{
    "@context": ["https://www.w3.org/ns/credentials/v2"],
    "id": "urn:uuid:6d5b1c0e-7a4e-4b5a-9f40-0c62a4a3d001",
    "type": "VerifiableCredential",
    "issuer": "did:example:issuer",
    "credentialSubject": {"id": "did:example:learner", "name": "Kim"}
}"#;

#[test]
fn a_document_is_printed_as_its_statements() {
    let folder = tempdir().expect("room for a folder");
    fs::write(folder.path().join("a.json"), DOCUMENT).expect("written");
    let ended = run(folder.path(), &["canonize", "a.json"]);
    assert_eq!(ended.code, Some(0), "{}", ended.err);
    let lines: Vec<&str> = ended.out.lines().collect();
    assert_eq!(lines.len(), 4, "{}", ended.out);
    assert_eq!(
        lines.first(),
        Some(&"<did:example:learner> <https://schema.org/name> \"Kim\" .")
    );
}

#[test]
fn what_has_no_canonical_form_is_told_with_its_place() {
    let folder = tempdir().expect("room for a folder");
    let own = "https://school.example/v1";
    for (change, told) in [
        (
            DOCUMENT.replace("\"name\"", "\"nmae\""),
            "/credentialSubject/nmae",
        ),
        (
            DOCUMENT.replace("ns/credentials/v2", "ns/credentials/v9"),
            "/@context/0",
        ),
        (DOCUMENT.replace("\"urn:uuid:", "\""), "/id"),
        (DOCUMENT.replace('{', "[{"), "a.json"),
        (format!("{DOCUMENT}{DOCUMENT}"), "a.json"),
    ] {
        fs::write(folder.path().join("a.json"), &change).expect("written");
        let ended = run(folder.path(), &["canonize", "a.json"]);
        assert_eq!(ended.code, Some(1), "{}{}", ended.out, ended.err);
        assert!(
            ended.out.is_empty() && ended.err.contains(told),
            "{told}: {}",
            ended.err
        );
    }
    let ended = run(folder.path(), &["canonize", "nowhere.json"]);
    assert_eq!(ended.code, Some(2), "{}", ended.err);

    // A context that is given by hand is known; a pinned one keeps its meaning.
    let document = DOCUMENT
        .replace(
            "credentials/v2\"]",
            &format!("credentials/v2\", \"{own}\"]"),
        )
        .replace("\"name\"", "\"grade\"");
    fs::write(folder.path().join("a.json"), document).expect("written");
    let context = r#"{"@context": {"grade": "https://school.example/#grade"}}"#;
    fs::write(folder.path().join("own.json"), context).expect("written");
    let given = format!("{own}=own.json");
    let ended = run(folder.path(), &["canonize", "a.json", "--context", &given]);
    assert_eq!(ended.code, Some(0), "{}", ended.err);
    assert!(ended.out.contains("<https://school.example/#grade>"));
    let pinned = "https://www.w3.org/ns/credentials/v2=own.json";
    let ended = run(folder.path(), &["canonize", "a.json", "--context", pinned]);
    assert_eq!(ended.code, Some(2), "{}", ended.err);
}
