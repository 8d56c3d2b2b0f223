//! Problems are told with their place and their remedy.

use super::*;

#[test]
fn problems_say_where_and_what_to_give() {
    let award = award();
    for (changed, told) in [
        (
            without(&award, "/credentialSubject/achievement/criteria"),
            "/credentialSubject/achievement/criteria: is missing; give an object with id or narrative",
        ),
        (
            with(&award, "/validFrom", json!("soon")),
            "/validFrom: is \"soon\"; give a date and time with a time zone, such as 2026-03-01T09:30:00Z",
        ),
        (
            with(
                &award,
                "/credentialSubject/result/0/status",
                json!("Passed"),
            ),
            "/credentialSubject/result/0/status: is \"Passed\"; give one of Completed, Enrolled, Failed, InProgress, OnHold, Provisional, Withdrew",
        ),
        (
            with(&award, "/credentialStatus", json!([])),
            "/credentialStatus: is an empty list; give one object with type, not in a list",
        ),
        (
            with(&award, "/issuer/type", json!(["Organization"])),
            "/issuer/type: lacks the type Profile; add it",
        ),
        (
            with(&award, "/type", json!(["VerifiableCredential"])),
            "/type: lacks the type VerifiableCredential and OpenBadgeCredential or AchievementCredential; add it",
        ),
        (
            with(&award, "/issuer/image/a~1b", json!(1)),
            "/issuer/image/a~01b: is not a member of an Image with id; leave it out",
        ),
        (
            with(&award, "/@context/1", json!("https://skills.example/c")),
            "/@context/1: is \"https://skills.example/c\"; give https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json in this place",
        ),
    ] {
        assert_eq!(first(&changed).as_deref(), Some(told));
    }
    let nothing = first(&json!("text")).unwrap();
    assert_eq!(
        nothing,
        "the document is \"text\"; give a VerifiableCredential"
    );
}

#[test]
fn strangers_texts_are_short_and_tame() {
    let long = "x".repeat(10_000);
    let changed = with(&award(), "/validFrom", json!(format!("\u{1b}[2J{long}")));
    let changed = with(&changed, &format!("/issuer/image/{long}"), json!(1));
    let found = findings(&changed);
    assert_eq!(found.count, 2);
    let told = found.to_string();
    assert!(told.len() < 1000 && !told.contains('\u{1b}'), "{told}");
}
