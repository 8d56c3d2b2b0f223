//! Open Badges 3.0: awards and endorsements.

use super::*;

#[test]
fn required_members_are_required() {
    let (subject, achievement) = ("/credentialSubject", "/credentialSubject/achievement");
    for (parent, names) in [
        ("", "@context id type issuer validFrom credentialSubject"),
        ("/issuer", "id type"),
        ("/issuer/image", "id type"),
        (
            "/issuer/otherIdentifier/0",
            "type identifier identifierType",
        ),
        ("/issuer/address", "type"),
        ("/issuer/address/geo", "type latitude longitude"),
        ("/issuer/parentOrg", "id type"),
        (subject, "type achievement"),
        (achievement, "id type name description criteria"),
        (
            &format!("{achievement}/alignment/0"),
            "type targetName targetUrl",
        ),
        (&format!("{achievement}/related/0"), "id type"),
        (
            &format!("{achievement}/resultDescription/0"),
            "id type name resultType",
        ),
        (
            &format!("{achievement}/resultDescription/0/rubricCriterionLevel/0"),
            "id type name",
        ),
        (
            &format!("{subject}/identifier/0"),
            "type hashed identityHash identityType",
        ),
        (&format!("{subject}/result/0"), "type"),
        ("/evidence/0", "type"),
        ("/credentialStatus", "type"),
        ("/credentialSchema", "id type"),
        ("/refreshService", "id type"),
        ("/termsOfUse/0", "type"),
        ("/relatedResource/0", "id digestSRI"),
        ("/proof", "type"),
        (
            "/endorsement/0",
            "@context id type name issuer validFrom credentialSubject",
        ),
        ("/endorsement/0/credentialSubject", "id type"),
    ] {
        for name in names.split(' ') {
            let pointer = format!("{parent}/{name}");
            let problem = first(&without(&award(), &pointer)).expect(&pointer);
            assert!(
                problem.starts_with(&format!("{pointer}: is missing; give ")),
                "{problem}"
            );
        }
    }
}

#[test]
fn needed_texts_are_not_empty() {
    for pointer in [
        "/credentialSubject/achievement/name",
        "/credentialSubject/achievement/description",
        "/credentialSubject/achievement/description/en",
        "/credentialSubject/achievement/alignment/0/targetName",
        "/credentialSubject/identifier/0/identityHash",
        "/credentialStatus/type",
        "/endorsement/0/name",
    ] {
        assert!(
            first(&with(&award(), pointer, json!(""))).is_some(),
            "{pointer}"
        );
    }
    let fine = with(&award(), "/issuer/name", json!(""));
    assert_eq!(first(&fine), None);
}

#[test]
fn values_have_their_form() {
    let achievement = "/credentialSubject/achievement";
    for (pointer, value) in [
        ("/id", json!("no uri")),
        ("/id", json!({"en": "urn:x:1"})),
        ("/validFrom", json!("2026-03-01")),
        ("/validUntil", json!("soon")),
        ("/awardedDate", json!(20260301)),
        ("/name", json!({"en": "Rim brakes"})),
        ("/issuer", json!("riverside")),
        ("/issuer", json!([profile()])),
        ("/issuer/type", json!("Organization")),
        ("/issuer/email", json!("riverside.example")),
        ("/issuer/dateOfBirth", json!("1990-02-29")),
        ("/issuer/image/type", json!(["Image"])),
        ("/issuer/image/size", json!(7)),
        ("/issuer/address/geo/latitude", json!("52.1")),
        (
            "/issuer/otherIdentifier/0/identifierType",
            json!("badgeNumber"),
        ),
        ("/credentialSubject", json!([])),
        ("/credentialSubject", json!([award()["credentialSubject"]])),
        ("/credentialSubject/id", json!("lee")),
        ("/credentialSubject/creditsEarned", json!("1.5")),
        (
            "/credentialSubject/identifier/0/type",
            json!(["IdentityObject"]),
        ),
        ("/credentialSubject/identifier/0/hashed", json!("true")),
        ("/credentialSubject/identifier/0/note", json!("x")),
        ("/credentialSubject/result/0/status", json!("Passed")),
        ("/credentialStatus", json!([award()["credentialStatus"]])),
        ("/refreshService", json!([award()["refreshService"]])),
        ("/endorsementJwt", json!("e30.e30")),
        ("/evidence/0/type", json!(["Note"])),
        (
            &format!("{achievement}/achievementType"),
            json!("competency"),
        ),
        (&format!("{achievement}/inLanguage"), json!("English")),
        (
            &format!("{achievement}/criteria"),
            json!("https://skills.example/criteria"),
        ),
        (&format!("{achievement}/description"), json!({})),
        (
            &format!("{achievement}/description"),
            json!({"english": "x"}),
        ),
        (&format!("{achievement}/tag"), json!(["a", 1])),
        (
            &format!("{achievement}/alignment/0/targetUrl"),
            json!("7d6f"),
        ),
        (
            &format!("{achievement}/alignment/0/targetType"),
            json!("ext:"),
        ),
    ] {
        let problem = first(&with(&award(), pointer, value.clone()));
        let problem = problem.unwrap_or_else(|| panic!("{pointer} {value} was accepted"));
        assert!(
            problem.starts_with(pointer) && problem.contains("; "),
            "{problem}"
        );
    }
    for (pointer, value) in [
        ("/issuer", json!("https://riverside.example")),
        ("/issuer/official", json!("A. Weir")),
        ("/issuer/type", json!("Profile")),
        ("/credentialSubject/result/0/status", json!("Withdrew")),
        ("/evidence", json!({"type": "Evidence"})),
        ("/evidence", json!([])),
        (
            "/proof",
            json!([{"type": "DataIntegrityProof"}, {"type": "DataIntegrityProof"}]),
        ),
        (
            &format!("{achievement}/achievementType"),
            json!("ext:Knack"),
        ),
        (&format!("{achievement}/criteria"), json!({})),
        (&format!("{achievement}/tag"), json!("bicycle")),
    ] {
        let changed = with(&award(), pointer, value.clone());
        assert_eq!(first(&changed), None, "{pointer} {value}");
    }
}

#[test]
fn a_type_left_out_loosens_nothing() {
    for kind in [
        json!(["VerifiableCredential"]),
        json!("VerifiableCredential"),
        json!([]),
    ] {
        let problem = first(&with(&award(), "/type", kind)).unwrap();
        assert!(problem.starts_with("/type: "), "{problem}");
    }
    let both = json!([
        "VerifiableCredential",
        "OpenBadgeCredential",
        "ClrCredential"
    ]);
    assert!(first(&with(&award(), "/type", both)).is_some());
    let other_name = json!(["AchievementCredential", "VerifiableCredential"]);
    assert_eq!(first(&with(&award(), "/type", other_name)), None);
}

#[test]
fn the_subject_is_identified() {
    let nameless = without(&award(), "/credentialSubject/id");
    assert_eq!(first(&nameless), None);
    for identifiers in [json!([]), json!(null)] {
        let nobody = with(&nameless, "/credentialSubject/identifier", identifiers);
        assert!(first(&nobody).is_some(), "{nobody}");
    }
    let nobody = without(&nameless, "/credentialSubject/identifier");
    let problem = first(&nobody).unwrap();
    assert_eq!(
        problem,
        "/credentialSubject/id: is missing; give it, or an identifier"
    );
}

#[test]
fn results_refer_to_what_is_described() {
    let result = "/credentialSubject/result/0";
    for name in ["resultDescription", "achievedLevel"] {
        let pointer = format!("{result}/{name}");
        let problem = first(&with(&award(), &pointer, json!("urn:x:other"))).unwrap();
        assert!(problem.starts_with(&pointer), "{problem}");
        assert_eq!(first(&without(&award(), &pointer)), None, "{pointer}");
    }
    let one = with(
        &award(),
        "/credentialSubject/result",
        award().pointer(result).unwrap().clone(),
    );
    assert_eq!(first(&one), None);
    let one = with(
        &one,
        "/credentialSubject/result/achievedLevel",
        json!("urn:x:other"),
    );
    assert!(
        first(&one)
            .unwrap()
            .starts_with("/credentialSubject/result/achievedLevel: ")
    );
    let required = "/credentialSubject/achievement/resultDescription/0/requiredLevel";
    let problem = first(&with(&award(), required, json!("urn:x:other"))).unwrap();
    assert!(problem.starts_with(required), "{problem}");
    let bare = with(
        &award(),
        "/credentialSubject/achievement/resultDescription",
        json!([]),
    );
    assert!(first(&bare).is_some());
}

#[test]
fn an_endorsement_stands_for_itself_too() {
    let problem = first(&without(&endorsement(), "/credentialSubject/id")).unwrap();
    assert!(
        problem.starts_with("/credentialSubject/id: is missing"),
        "{problem}"
    );
    let untyped = with(&endorsement(), "/type", json!(["VerifiableCredential"]));
    assert!(first(&untyped).unwrap().contains("EndorsementCredential"));
}
