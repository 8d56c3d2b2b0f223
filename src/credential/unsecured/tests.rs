use super::complete::Given;
use super::mentions::{Mention, Statements};
use super::*;
use crate::credential::build::claim::StatusEntry;
use crate::credential::status::Purpose;
use crate::kernel::json::{ParseOptions, parse};
use proptest::prelude::*;
use uuid::Uuid;

const DID: &str = "did:web:skills.example:issuers:riverside";
const STATEMENT: &str = "https://skills.example/statements/7d6f0c1e-95f8-4a43-9a6b-0c6f9d7f5b11";

fn json(text: &str) -> Json {
    parse(text.as_bytes(), &ParseOptions::default()).expect(text)
}

/// A whole credential with some members set, or taken out where the value is `null`.
fn with(members: &str) -> Json {
    let mut whole = json(
        r#"{"@context":["https://www.w3.org/ns/credentials/v2"],"type":["VerifiableCredential"],
            "credentialSubject":{"id":"did:example:ada","name":"Ada"}}"#,
    );
    let Json::Object(whole_members) = &mut whole else {
        panic!("an object");
    };
    let Json::Object(changes) = json(members) else {
        panic!("an object");
    };
    for (name, value) in changes {
        if value.is_null() {
            whole_members.remove(&name);
        } else {
            whole_members.insert(name, value);
        }
    }
    whole
}

fn status() -> StatusEntry {
    StatusEntry {
        list_url: "https://skills.example/status/1".to_owned(),
        index: 4_711,
        purpose: Purpose::Revocation,
    }
}

fn completed(members: &str) -> Result<complete::Completed, Fault> {
    let status = status();
    Unsecured::read(with(members))?.complete(&Given {
        did: DID,
        name: "Riverside",
        id: Uuid::from_u128(7),
        now: "2026-03-01T09:30:00.5Z".parse().unwrap(),
        status: &status,
        status_base: "https://skills.example/status/",
    })
}

#[test]
fn what_is_absent_is_added_and_what_is_there_stays() {
    let done = completed(r#"{"extra":"1"}"#).unwrap();
    assert_eq!(done.id, Uuid::from_u128(7).urn().to_string());
    let get = |name: &str| done.document.get(name).and_then(Json::as_str);
    assert_eq!(get("id"), Some(done.id.as_str()));
    assert_eq!(get("issuer"), Some(DID));
    assert_eq!(get("validFrom"), Some("2026-03-01T09:30:00Z"));
    assert_eq!(get("extra"), Some("1"));
    let index = done.document.pointer("/credentialStatus/statusListIndex");
    assert_eq!(index.and_then(Json::as_str), Some("4711"));
    let kept = r#"{"id":"https://college.example/1","validFrom":"2020-01-01T00:00:00-05:00",
        "validUntil":"2020-01-01T05:00:00Z","issuer":{"name":"The college"}}"#;
    let done = completed(kept).unwrap();
    assert_eq!(done.id, "https://college.example/1");
    let from = done.document.get("validFrom").and_then(Json::as_str);
    assert_eq!(from, Some("2020-01-01T00:00:00-05:00"));
    assert_eq!(Some(done.valid_from), done.valid_until);
    let issuer = done.document.get("issuer").unwrap();
    assert_eq!(issuer.get("id").and_then(Json::as_str), Some(DID));
    let name = issuer.get("name").and_then(Json::as_str);
    assert_eq!(name, Some("The college"));
}

#[test]
fn a_badge_gets_its_issuers_profile_and_one_status() {
    let types = r#""type":["VerifiableCredential","OpenBadgeCredential"]"#;
    let done = completed(&format!("{{{types}}}")).unwrap();
    let profile = json(&format!(
        r#"{{"id":"{DID}","type":["Profile"],"name":"Riverside"}}"#
    ));
    assert_eq!(done.document.get("issuer"), Some(&profile));
    let two = format!(r#"{{{types},"credentialStatus":{{"type":"Other"}}}}"#);
    assert_eq!(completed(&two).unwrap_err().place, "/credentialStatus");
}

#[test]
fn other_statuses_stay_before_ours() {
    let done = completed(r#"{"credentialStatus":{"id":"did:example:s","type":"Other"}}"#).unwrap();
    let types = |at| {
        let place = format!("/credentialStatus/{at}/type");
        let kind = done.document.pointer(&place).and_then(Json::as_str);
        kind.map(str::to_owned)
    };
    assert_eq!(types(0).as_deref(), Some("Other"));
    assert_eq!(types(1).as_deref(), Some("BitstringStatusListEntry"));
}

#[test]
fn what_is_malformed_is_refused_with_its_place() {
    for (members, place) in [
        (r#"{"@context":null}"#, "/@context"),
        (r#"{"@context":[{"a":"https://a.example/"}]}"#, "/@context"),
        (
            r#"{"@context":["https://www.w3.org/2018/credentials/v1"]}"#,
            "/@context",
        ),
        (r#"{"type":null}"#, "/type"),
        (r#"{"type":["Other"]}"#, "/type"),
        (r#"{"type":["VerifiableCredential",2]}"#, "/type"),
        (r#"{"id":["urn:a:b","urn:a:c"]}"#, "/id"),
        (r#"{"id":"not a URL"}"#, "/id"),
        (r#"{"credentialSubject":null}"#, "/credentialSubject"),
        (r#"{"credentialSubject":[]}"#, "/credentialSubject"),
        (
            r#"{"credentialSubject":"did:example:a"}"#,
            "/credentialSubject",
        ),
        (
            r#"{"credentialSubject":[{"id":"urn:a:b"},{}]}"#,
            "/credentialSubject/1",
        ),
        (r#"{"credentialSubject":{"id":7}}"#, "/credentialSubject/id"),
        (r#"{"validFrom":"2026-03-01"}"#, "/validFrom"),
        (r#"{"validUntil":"soon"}"#, "/validUntil"),
        (
            r#"{"validFrom":"2026-03-01T09:30:01Z","validUntil":"2026-03-01T09:30:00Z"}"#,
            "/validUntil",
        ),
        (r#"{"validUntil":"2026-03-01T09:29:59Z"}"#, "/validUntil"),
        (r#"{"issuer":"did:web:other.example"}"#, "/issuer"),
        (r#"{"issuer":["did:web:other.example"]}"#, "/issuer"),
        (r#"{"issuer":{"id":"did:web:other.example"}}"#, "/issuer/id"),
        (r#"{"issuer":{"id":7}}"#, "/issuer/id"),
        (
            r#"{"credentialStatus":{"id":"urn:a:b"}}"#,
            "/credentialStatus",
        ),
        (r#"{"credentialStatus":{"type":2}}"#, "/credentialStatus"),
        (
            r#"{"credentialStatus":{"type":"X","id":["urn:a:b"]}}"#,
            "/credentialStatus/id",
        ),
        (
            r#"{"credentialStatus":{"type":"BitstringStatusListEntry",
                "statusListCredential":"https://skills.example/status/1"}}"#,
            "/credentialStatus",
        ),
    ] {
        assert_eq!(completed(members).unwrap_err().place, place, "{members}");
    }
    let null = Json::Object(Object::from_iter([("issuer".to_owned(), Json::Null)]));
    assert!(Unsecured::read(null).is_err());
    assert_eq!(Unsecured::read(Json::Null).unwrap_err().place, "");
    let mut nobody = with("{}");
    if let Json::Object(members) = &mut nobody {
        members.insert("issuer", Json::Null);
    }
    let nobody = Unsecured::read(nobody).unwrap();
    let status = status();
    let given = Given {
        did: DID,
        name: "Riverside",
        id: Uuid::nil(),
        now: Timestamp::UNIX_EPOCH,
        status: &status,
        status_base: "https://skills.example/status/",
    };
    assert_eq!(nobody.complete(&given).unwrap_err().place, "/issuer");
}

#[test]
fn subjects_are_told_in_order() {
    let two = r#"{"credentialSubject":[{"id":"urn:a:b"},{"name":"Nobody known"}]}"#;
    let read = Unsecured::read(with(two)).unwrap();
    assert_eq!(read.subjects(), [Some("urn:a:b"), None]);
}

#[test]
fn a_statement_is_found_however_its_address_is_written() {
    let statements = Statements::of("https://skills.example").unwrap();
    let id = Uuid::try_parse("7d6f0c1e-95f8-4a43-9a6b-0c6f9d7f5b11").unwrap();
    for written in [
        STATEMENT,
        "https://skills.example/statements/7d6f0c1e-95f8-4a43-9a6b-0c6f9d7f5b11#level",
        "https://skills.example/statements/7d6f0c1e-95f8-4a43-9a6b-0c6f9d7f5b11?a=b",
        "HTTPS://Skills.Example:443/statements/7D6F0C1E-95F8-4A43-9A6B-0C6F9D7F5B11",
        "http://skills.example/statements/7d6f0c1e-95f8-4a43-9a6b-0c6f9d7f5b11",
        "https://skills.example./x/../%73tatements/7d6f0c1e-95f8-4a43-9a6b-0c6f9d7f5b11/",
        "https://someone@skills.example/statements/7d6f0c1e-95f8-4a43-9a6b-0c6f9d7f5b1%31",
    ] {
        assert_eq!(statements.named_by(written), Some(Some(id)), "{written}");
    }
    assert_eq!(
        statements.named_by("https://skills.example/statements/unknown"),
        Some(None)
    );
    for other in [
        "https://skills.example/statements",
        "https://skills.example/frameworks/1",
        "https://skills.example:8443/statements/7d6f0c1e-95f8-4a43-9a6b-0c6f9d7f5b11",
        "https://other.example/statements/7d6f0c1e-95f8-4a43-9a6b-0c6f9d7f5b11",
        "see https://skills.example/statements/7d6f0c1e-95f8-4a43-9a6b-0c6f9d7f5b11",
        "statements/7d6f0c1e-95f8-4a43-9a6b-0c6f9d7f5b11",
        "",
    ] {
        assert_eq!(statements.named_by(other), None, "{other}");
    }
    let below = Statements::of("https://college.example/skills/").unwrap();
    let there = "https://college.example/skills/statements/7d6f0c1e-95f8-4a43-9a6b-0c6f9d7f5b11";
    assert_eq!(below.named_by(there), Some(Some(id)));
    assert_eq!(below.named_by("https://college.example/statements/1"), None);
}

#[test]
fn every_place_is_looked_at() {
    let document = json(&format!(
        r#"{{"a":[{{"b/c":"{STATEMENT}"}}],"{STATEMENT}":1,"d":"https://skills.example/"}}"#
    ));
    let statements = Statements::of("https://skills.example").unwrap();
    let places: Vec<_> = statements
        .mentioned_in(&document)
        .into_iter()
        .map(|Mention { place, .. }| place)
        .collect();
    let name = crate::kernel::json::pointer_token(STATEMENT);
    assert_eq!(places, ["/a/0/b~1c".to_owned(), name]);
}

proptest! {
    #[test]
    fn no_other_host_has_our_statements(text in "(https?://[a-z.]{1,20}/statements/)?[ -~é]{0,60}") {
        let statements = Statements::of("https://skills.example").unwrap();
        if statements.named_by(&text).is_some() {
            prop_assert!(text.to_lowercase().contains("skills.example"));
        }
    }
}
