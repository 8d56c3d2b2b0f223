//! VC Data Model 2.0: credentials and presentations of any kind.

use super::*;

fn refused(document: &Value, pointer: &str, value: Value) {
    let problem = first(&with(document, pointer, value.clone()));
    let problem = problem.unwrap_or_else(|| panic!("{pointer} {value} was accepted"));
    assert!(problem.starts_with(pointer), "{problem}");
}

fn accepted(document: &Value, pointer: &str, value: Value) {
    let changed = with(document, pointer, value);
    assert_eq!(first(&changed), None, "{changed}");
}

#[test]
fn required_members_are_required() {
    for name in [
        "@context",
        "type",
        "issuer",
        "credentialSubject",
        "issuer/id",
    ] {
        let problem = first(&without(&general(), &format!("/{name}"))).expect(name);
        assert!(
            problem.starts_with(&format!("/{name}: is missing")),
            "{problem}"
        );
    }
}

#[test]
fn identifiers_are_single_urls() {
    let two = json!(["urn:x:1", "urn:x:2"]);
    for pointer in ["/id", "/issuer", "/issuer/id", "/credentialSubject/id"] {
        for value in [
            json!(null),
            json!("https ://no-url.example/1"),
            json!("plain"),
            two.clone(),
        ] {
            refused(&general(), pointer, value);
        }
    }
    accepted(&general(), "/id", json!("urn:x:1"));
    accepted(&general(), "/issuer", json!("did:web:skills.example"));
}

#[test]
fn types_are_names() {
    for value in [
        json!([]),
        json!(["Other"]),
        json!(7),
        json!(["VerifiableCredential", 7]),
        json!(["VerifiableCredential", ""]),
    ] {
        refused(&general(), "/type", value);
    }
    accepted(&general(), "/type", json!("VerifiableCredential"));
    accepted(
        &general(),
        "/type",
        json!(["https://skills.example/Knack", "VerifiableCredential"]),
    );
}

#[test]
fn names_are_texts_in_languages() {
    let value = json!({"@value": "Bremsen", "@language": "de", "@direction": "ltr"});
    for pointer in [
        "/name",
        "/description",
        "/issuer/name",
        "/issuer/description",
    ] {
        accepted(&general(), pointer, json!("Brakes"));
        accepted(&general(), pointer, value.clone());
        accepted(
            &general(),
            pointer,
            json!([value, {"@value": "Brakes", "@language": "en"}]),
        );
        for wrong in [
            json!(7),
            json!(null),
            json!({"@language": "de"}),
            json!({"en": "Brakes"}),
            json!({"@value": 7}),
            json!({"@value": "Brakes", "@language": "not a tag"}),
            json!({"@value": "Brakes", "@direction": "up"}),
            json!({"@value": "Brakes", "@language": "en", "url": "urn:x:1"}),
            json!([["Brakes"]]),
        ] {
            refused(&general(), pointer, wrong);
        }
    }
}

#[test]
fn subjects_claim_something() {
    accepted(
        &general(),
        "/credentialSubject",
        json!([{"id": "urn:x:1"}, {"knack": true}]),
    );
    for value in [
        json!({}),
        json!([{"id": "urn:x:1"}, {}]),
        json!([]),
        json!("urn:x:1"),
    ] {
        refused(&general(), "/credentialSubject", value);
    }
}

#[test]
fn the_period_is_of_timestamps_in_order() {
    let (early, late) = (
        json!("2026-03-01T09:30:00.250Z"),
        json!("2026-03-01T09:30:00-05:00"),
    );
    for name in ["/validFrom", "/validUntil"] {
        accepted(&general(), name, early.clone());
        accepted(&general(), name, late.clone());
        for wrong in [
            "Sun 1 Mar 2026 09:30:00 AM CET",
            "Sun, 01 Mar 2026 09:30:00 +0000",
            "2026-03-01T09:30:00+14:01",
        ] {
            refused(&general(), name, json!(wrong));
        }
    }
    let from = with(&general(), "/validFrom", late);
    accepted(&from, "/validUntil", json!("2026-03-01T15:30:00+01:00"));
    refused(&from, "/validUntil", early);
}

#[test]
fn further_objects_say_their_type() {
    for name in [
        "credentialStatus",
        "termsOfUse",
        "evidence",
        "refreshService",
        "proof",
    ] {
        let pointer = format!("/{name}");
        accepted(&general(), &pointer, json!({"type": "Knack"}));
        accepted(
            &general(),
            &pointer,
            json!([{"type": "Knack", "id": "urn:x:1"}, {"type": "Knack"}]),
        );
        for wrong in [
            json!({}),
            json!({"id": "urn:x:1"}),
            json!({"type": 2}),
            json!({"type": ""}),
            json!("urn:x:1"),
            json!(null),
        ] {
            refused(&general(), &pointer, wrong);
        }
    }
    for name in [
        "credentialStatus",
        "termsOfUse",
        "evidence",
        "refreshService",
    ] {
        for id in [
            json!("https ://no-url.example"),
            json!(["urn:x:1", "urn:x:2"]),
        ] {
            refused(
                &general(),
                &format!("/{name}"),
                json!({"type": "Knack", "id": id}),
            );
        }
    }
    accepted(
        &general(),
        "/credentialSchema",
        json!({"id": "urn:x:1", "type": "Knack"}),
    );
    for wrong in [
        json!({"type": "Knack"}),
        json!({"id": "urn:x:1"}),
        json!({"id": "no url", "type": "Knack"}),
    ] {
        refused(&general(), "/credentialSchema", wrong);
    }
}

#[test]
fn related_resources_have_an_id_each_and_a_digest() {
    let sri = format!("sha384-{}", "A".repeat(64));
    let resource =
        json!({"id": "https://skills.example/1", "mediaType": "text/plain", "digestSRI": sri});
    let multibase = json!({"id": "https://skills.example/2", "digestMultibase": "uEiA"});
    accepted(&general(), "/relatedResource", resource.clone());
    accepted(&general(), "/relatedResource", json!([resource, multibase]));
    for wrong in [
        json!("https://skills.example/1"),
        json!(["https://skills.example/1"]),
        json!({"digestSRI": sri}),
        json!({"id": "https://skills.example/1"}),
        json!({"id": "https://skills.example/1", "digestSRI": "sha384-AAAA"}),
        json!({"id": "https://skills.example/1", "digestSRI": "md5-AAAAAAAAAAAAAAAAAAAAAA=="}),
        json!([resource, resource]),
    ] {
        refused(&general(), "/relatedResource", wrong);
    }
}

#[test]
fn version_1_1_is_refused() {
    let old = with(&general(), "/vc", json!({}));
    assert!(first(&old).unwrap().contains("version 1.1"));
    for value in [json!("text"), json!(null), json!([])] {
        assert!(findings(&value).count > 0, "{value}");
    }
}

fn presentation() -> Value {
    json!({
        "@context": [V2],
        "id": "urn:x:p",
        "type": ["VerifiablePresentation"],
        "holder": "did:web:lee.example",
        "verifiableCredential": [general(), {
            "@context": V2,
            "id": "data:application/vc+jwt,e30.e30.c2ln",
            "type": "EnvelopedVerifiableCredential"}],
    })
}

#[test]
fn presentations_have_their_form() {
    let problem = |document: &Value| {
        let found = check_presentation(&read(document), &known);
        found.problems.first().map(ToString::to_string)
    };
    assert_eq!(problem(&presentation()), None);
    assert_eq!(
        problem(&json!({"@context": [V2], "type": "VerifiablePresentation"})),
        None
    );
    for (pointer, value) in [
        ("/holder", json!({"id": "urn:x:1", "name": "Lee"})),
        ("/verifiableCredential", general()),
        ("/verifiableCredential", json!([])),
    ] {
        assert_eq!(problem(&with(&presentation(), pointer, value)), None);
    }
    for (pointer, value) in [
        ("/@context", json!([])),
        ("/@context", json!([{"knack": "urn:x:1"}, V2])),
        ("/@context", json!(["https://skills.example/c"])),
        ("/@context", json!([V2, "https://skills.example/c"])),
        ("/@context", json!([V2, 7])),
        ("/id", json!(null)),
        ("/type", json!([])),
        ("/type", json!(["VerifiableCredential"])),
        ("/holder", json!("lee")),
        ("/holder", json!({"name": "Lee"})),
        ("/holder", json!({"id": "lee"})),
        ("/verifiableCredential", json!("e30.e30.c2ln")),
        ("/verifiableCredential/0", json!("urn:x:1")),
        ("/verifiableCredential/0/type", json!([])),
        ("/verifiableCredential/1/type", json!("Other")),
        ("/verifiableCredential/1/id", json!("urn:x:1")),
        (
            "/verifiableCredential/1/id",
            json!("data:application/vc+jwt"),
        ),
        ("/verifiableCredential/1/@context", json!([])),
    ] {
        let told = problem(&with(&presentation(), pointer, value.clone()));
        let told = told.unwrap_or_else(|| panic!("{pointer} {value} was accepted"));
        assert!(told.starts_with(pointer), "{told}");
    }
    for pointer in [
        "/@context",
        "/type",
        "/verifiableCredential/0/type",
        "/verifiableCredential/1/id",
    ] {
        assert!(
            problem(&without(&presentation(), pointer)).is_some(),
            "{pointer}"
        );
    }
}

#[test]
fn envelopes_have_their_form() {
    let envelope = presentation()["verifiableCredential"][1].clone();
    let count = |document: &Value| check_envelope(&read(document), &known).count;
    assert_eq!(count(&envelope), 0);
    for name in ["@context", "id", "type"] {
        assert_eq!(count(&without(&envelope, &format!("/{name}"))), 1, "{name}");
    }
    let other = with(&envelope, "/type", json!("EnvelopedVerifiablePresentation"));
    assert_eq!(count(&other), 0);
}
