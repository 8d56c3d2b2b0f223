//! CLR 2.0: learner records.

use super::*;

#[test]
fn required_members_are_required() {
    let inner = "/credentialSubject/verifiableCredential/0";
    for (parent, names) in [
        (
            "",
            "@context id type name issuer validFrom credentialSubject",
        ),
        ("/credentialSubject", "type verifiableCredential"),
        (inner, "@context type issuer validFrom credentialSubject"),
        (
            "/credentialSubject/association/0",
            "type associationType sourceId targetId",
        ),
    ] {
        for name in names.split(' ') {
            let pointer = format!("{parent}/{name}");
            let problem = first(&without(&record(), &pointer)).expect(&pointer);
            assert!(
                problem.starts_with(&format!("{pointer}: is missing; give ")),
                "{problem}"
            );
        }
    }
    assert_eq!(first(&without(&record(), &format!("{inner}/id"))), None);
}

#[test]
fn values_have_their_form() {
    for (pointer, value) in [
        ("/partial", json!("true")),
        ("/credentialSubject/verifiableCredential", json!([])),
        (
            "/credentialSubject/verifiableCredential",
            json!(["e30.e30.c2ln"]),
        ),
        (
            "/credentialSubject/verifiableCredential/0/type",
            json!(["OpenBadgeCredential"]),
        ),
        (
            "/credentialSubject/verifiableCredential/0/credentialSubject",
            json!({}),
        ),
        (
            "/credentialSubject/association/0/associationType",
            json!("isAbout"),
        ),
        ("/credentialSubject/association/0/note", json!("x")),
        ("/credentialSubject/achievement", json!({"id": "urn:x:1"})),
    ] {
        let problem = first(&with(&record(), pointer, value.clone()));
        let problem = problem.unwrap_or_else(|| panic!("{pointer} {value} was accepted"));
        assert!(problem.starts_with(pointer), "{problem}");
    }
    let one = with(
        &record(),
        "/credentialSubject/verifiableCredential",
        award(),
    );
    assert_eq!(first(&one), None);
}

#[test]
fn what_is_inside_is_judged_for_itself() {
    let inner = "/credentialSubject/verifiableCredential/0/credentialSubject/achievement";
    let changed = without(&record(), inner);
    assert_eq!(first(&changed), None);
    let alone = changed
        .pointer("/credentialSubject/verifiableCredential/0")
        .unwrap();
    assert!(
        first(alone)
            .unwrap()
            .contains("/credentialSubject/achievement: is missing")
    );
}

#[test]
fn the_subject_is_identified() {
    let nobody = without(&record(), "/credentialSubject/id");
    assert!(
        first(&nobody)
            .unwrap()
            .contains("give it, or an identifier")
    );
}
