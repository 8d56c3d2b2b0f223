use super::*;

fn form_with(change: impl Fn(&mut Value)) -> Report {
    let mut payload = payload_of(&jwt());
    change(&mut payload);
    judge(&raw(&header(), &payload.to_string()), &materials())
}

#[test]
fn required_members_are_required() {
    for pointer in [
        "/@context",
        "/id",
        "/type",
        "/issuer",
        "/validFrom",
        "/credentialSubject",
        "/issuer/id",
        "/issuer/type",
        "/credentialSubject/type",
        "/credentialSubject/achievement",
        "/credentialSubject/achievement/id",
        "/credentialSubject/achievement/type",
        "/credentialSubject/achievement/name",
        "/credentialSubject/achievement/description",
        "/credentialSubject/achievement/criteria",
        "/credentialSubject/achievement/alignment/0/targetName",
        "/credentialSubject/achievement/alignment/0/targetUrl",
        "/credentialSubject/achievement/resultDescription/0/id",
        "/credentialSubject/achievement/resultDescription/0/resultType",
        "/credentialSubject/identifier/0/hashed",
        "/credentialSubject/identifier/0/identityHash",
        "/credentialSubject/result/0/type",
        "/evidence/0/type",
        "/credentialStatus/type",
        "/relatedResource/0/id",
        "/relatedResource/0/digestSRI",
    ] {
        let report = form_with(|payload| {
            let (parent, name) = pointer.rsplit_once('/').unwrap();
            let parent = payload.pointer_mut(parent).unwrap();
            assert!(
                parent.as_object_mut().unwrap().remove(name).is_some(),
                "{pointer}"
            );
        });
        assert_eq!(
            outcome(&report, CheckName::Form),
            CheckOutcome::Fail,
            "{pointer}"
        );
        assert_eq!(report.outcome, Outcome::Invalid, "{pointer}");
    }
}

#[test]
fn contexts_are_known_and_in_place() {
    let (v2, ob) = (
        "https://www.w3.org/ns/credentials/v2",
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
    );
    for contexts in [
        json!(v2),
        json!([v2]),
        json!([ob, v2]),
        json!([v2, "https://evil.example/context.json"]),
        json!([v2, ob, "https://evil.example/context.json"]),
        json!([v2, ob, {"name": "https://evil.example/name"}]),
        json!([
            v2,
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.9.json"
        ]),
    ] {
        let report = form_with(|payload| payload["@context"] = contexts.clone());
        assert_eq!(
            outcome(&report, CheckName::Form),
            CheckOutcome::Fail,
            "{contexts}"
        );
    }
    let older = form_with(|payload| {
        payload["@context"] = json!([
            v2,
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json",
            "https://w3id.org/security/data-integrity/v2"
        ]);
    });
    assert_eq!(outcome(&older, CheckName::Form), CheckOutcome::Pass);
}

#[test]
fn formats_are_kept() {
    for (pointer, value) in [
        ("/validFrom", json!("2026-03-01")),
        ("/validFrom", json!("2026-03-01 09:30:00Z")),
        ("/validFrom", json!("2026-03-01T09:30:00")),
        ("/validFrom", json!("2026-13-01T09:30:00Z")),
        ("/validFrom", json!("2026-03-01T09:30:00.Z")),
        ("/validFrom", json!("2026-03-01T09:30:00Z[UTC]")),
        ("/validUntil", json!("soon")),
        ("/id", json!("no uri")),
        ("/type", json!("VerifiableCredential")),
        ("/credentialSubject", json!([])),
        ("/credentialSubject/id", json!("lee")),
        (
            "/credentialSubject/result/0/achievedLevel",
            json!("urn:uuid:other"),
        ),
        (
            "/credentialSubject/result/0/resultDescription",
            json!("urn:uuid:other"),
        ),
    ] {
        let report = form_with(|payload| *payload.pointer_mut(pointer).unwrap() = value.clone());
        assert_eq!(
            outcome(&report, CheckName::Form),
            CheckOutcome::Fail,
            "{pointer} {value}"
        );
    }
    let many = form_with(|payload| payload["evidence"] = json!(vec![json!({}); 20]));
    let reason = &many.check(CheckName::Form).unwrap().reason;
    assert!(reason.contains("and 15 more"), "{reason}");
    let old = form_with(|payload| payload["vc"] = json!({}));
    assert!(old.check(CheckName::Form).unwrap().reason.contains("1.1"));
}
