//! The checker against documents that are whole, and against what is left of them after one change.

mod any;
mod awarded;
mod bounds;
mod contexts;
mod formats;
mod general;
mod messages;
mod records;
mod table;
mod uri;

use serde_json::{Value, json};

use super::*;
use crate::kernel::json::{ParseOptions, parse};

pub(super) const V2: &str = "https://www.w3.org/ns/credentials/v2";
pub(super) const OB: &str = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json";
pub(super) const CLR: &str = "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json";

/// The contexts at hand here, and any object.
pub(super) fn known(context: &Json) -> bool {
    context
        .as_str()
        .is_none_or(|url| [V2, OB, CLR].contains(&url))
}

pub(super) fn read(document: &Value) -> Json {
    parse(document.to_string().as_bytes(), &ParseOptions::default()).unwrap()
}

pub(super) fn findings(document: &Value) -> Findings {
    check(&read(document), &known)
}

/// The first problem, as it is told.
pub(super) fn first(document: &Value) -> Option<String> {
    findings(document).problems.first().map(ToString::to_string)
}

/// The document with the value at the pointer put in its place, or added to an object.
pub(super) fn with(document: &Value, pointer: &str, value: Value) -> Value {
    let mut changed = document.clone();
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    match changed.pointer_mut(parent).expect(pointer) {
        Value::Object(members) => {
            members.insert(name.to_owned(), value);
        }
        Value::Array(items) => items[name.parse::<usize>().unwrap()] = value,
        other => panic!("{pointer}: {other} has no members"),
    }
    changed
}

/// The document without the member at the pointer, which is there.
pub(super) fn without(document: &Value, pointer: &str) -> Value {
    let mut changed = document.clone();
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    let removed = match changed.pointer_mut(parent).expect(pointer) {
        Value::Object(members) => members.remove(name),
        Value::Array(items) => Some(items.remove(name.parse().unwrap())),
        _ => None,
    };
    assert!(removed.is_some(), "{pointer} is not there");
    changed
}

pub(super) fn profile() -> Value {
    json!({
        "id": "did:web:skills.example:issuers:riverside",
        "type": ["Profile"],
        "name": "Riverside Training",
        "url": "https://riverside.example",
        "email": "office@riverside.example",
        "image": {"id": "https://riverside.example/logo.png", "type": "Image"},
        "otherIdentifier": [
            {"type": "IdentifierEntry", "identifier": "RT-7", "identifierType": "systemId"}],
        "address": {
            "type": ["Address"], "streetAddress": "1 Weir Lane",
            "geo": {"type": "GeoCoordinates", "latitude": 52.1, "longitude": -1}},
        "parentOrg": {"id": "https://county.example", "type": "Profile"},
        "dateOfBirth": "1990-02-28",
    })
}

pub(super) fn endorsement() -> Value {
    json!({
        "@context": [V2, OB],
        "id": "urn:uuid:00000000-0000-4000-8000-0000000000e1",
        "type": ["VerifiableCredential", "EndorsementCredential"],
        "name": "Endorsed by the county",
        "issuer": "https://county.example",
        "validFrom": "2026-03-01T09:30:00Z",
        "credentialSubject": {
            "id": "did:web:skills.example:issuers:riverside", "type": ["EndorsementSubject"],
            "endorsementComment": "We have seen their workshops."},
    })
}

/// An awarded achievement with something of everything.
pub(super) fn award() -> Value {
    let alignment = json!({
        "type": ["Alignment"], "targetType": "CFItem", "targetName": "Rim brakes",
        "targetUrl": "https://skills.example/statements/7d6f"});
    json!({
        "@context": [V2, OB],
        "id": "urn:uuid:00000000-0000-4000-8000-000000000001",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": "Rim brakes",
        "issuer": profile(),
        "validFrom": "2026-03-01T09:30:00Z",
        "validUntil": "2028-03-01T09:30:00.5+01:00",
        "awardedDate": "2026-02-28T12:00:00Z",
        "credentialSubject": {
            "id": "urn:uuid:00000000-0000-4000-8000-000000000002",
            "type": ["AchievementSubject"],
            "identifier": [{
                "type": "IdentityObject", "hashed": true, "salt": "c0ffee",
                "identityHash": "sha256$00", "identityType": "emailAddress"}],
            "creditsEarned": 1.5,
            "achievement": {
                "id": "https://skills.example/statements/7d6f",
                "type": ["Achievement"],
                "achievementType": "Competency",
                "name": "Rim brakes",
                "description": {"en": "Adjusts the pads.", "de-AT": "Stellt die Beläge ein."},
                "criteria": {"narrative": "Two observations by two assessors."},
                "creator": profile(),
                "inLanguage": "en-US",
                "tag": ["bicycle"],
                "alignment": [alignment],
                "related": [{"id": "urn:x:older", "type": ["Related"], "version": "1"}],
                "resultDescription": [{
                    "id": "urn:x:description", "type": ["ResultDescription"],
                    "name": "Level", "resultType": "RubricCriterionLevel",
                    "requiredLevel": "urn:x:level:1",
                    "rubricCriterionLevel": [
                        {"id": "urn:x:level:1", "type": ["RubricCriterionLevel"], "name": "Emerging"},
                        {"id": "urn:x:level:2", "type": ["RubricCriterionLevel"], "name": "Developing"}]}],
            },
            "result": [{
                "type": ["Result"], "resultDescription": "urn:x:description",
                "achievedLevel": "urn:x:level:2", "status": "Completed"}],
        },
        "credentialStatus": {
            "id": "https://skills.example/status/1#7", "type": "BitstringStatusListEntry",
            "statusPurpose": "revocation", "statusListIndex": "7",
            "statusListCredential": "https://skills.example/status/1"},
        "credentialSchema": {"id": "https://skills.example/schema.json", "type": "JsonSchema"},
        "refreshService": {"id": "https://skills.example/refresh", "type": "Refresh"},
        "termsOfUse": [{"type": "Terms"}],
        "evidence": [{"type": ["Evidence"], "id": "https://skills.example/note", "name": "Note"}],
        "relatedResource": [{
            "id": "https://skills.example/frameworks/1.json",
            "digestSRI": format!("sha384-{}", "A".repeat(64))}],
        "endorsement": [endorsement()],
        "endorsementJwt": ["e30.e30.c2ln"],
        "proof": {"type": "DataIntegrityProof", "created": "2026-03-01T09:30:00Z"},
    })
}

/// A learner record of that award.
pub(super) fn record() -> Value {
    json!({
        "@context": [V2, CLR, OB],
        "id": "urn:uuid:00000000-0000-4000-8000-0000000000c1",
        "type": ["VerifiableCredential", "ClrCredential"],
        "name": "What Lee can do",
        "partial": true,
        "issuer": profile(),
        "validFrom": "2026-04-01T00:00:00Z",
        "credentialSubject": {
            "id": "urn:uuid:00000000-0000-4000-8000-000000000002",
            "type": ["ClrSubject"],
            "verifiableCredential": [award()],
            "association": [{
                "type": "Association", "associationType": "isPartOf",
                "sourceId": "urn:x:a", "targetId": "urn:x:b"}],
        },
    })
}

/// A credential of no class but the general one.
pub(super) fn general() -> Value {
    json!({
        "@context": [V2],
        "type": ["VerifiableCredential"],
        "issuer": {"id": "https://county.example", "name": "The county"},
        "credentialSubject": {"id": "urn:x:lee"},
    })
}

#[test]
fn whole_documents_are_accepted() {
    for document in [award(), record(), endorsement(), general()] {
        assert_eq!(first(&document), None, "{document}");
    }
}
