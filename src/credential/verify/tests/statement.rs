use super::*;

fn with_framework(text: &str) -> Report {
    let mut materials = materials();
    materials.add_framework(text.as_bytes());
    judge(&jwt(), &materials)
}

#[test]
fn without_a_framework_it_does_not_apply() {
    let report = judge(&jwt(), &materials());
    assert_eq!(
        outcome(&report, CheckName::Statement),
        CheckOutcome::NotApplicable
    );
    assert_eq!(report.outcome, Outcome::Valid);
}

#[test]
fn one_altered_character_of_the_framework_is_refused() {
    let text = framework().to_string();
    assert_eq!(with_framework(&text).outcome, Outcome::Valid);
    for altered in [
        text.replacen("ramp", "rump", 1),
        format!("{text} "),
        text.replacen("26.05", "26.06", 1),
    ] {
        let report = with_framework(&altered);
        assert_eq!(outcome(&report, CheckName::Statement), CheckOutcome::Fail);
        assert_eq!(report.outcome, Outcome::Invalid);
    }
}

/// The credential names the digest of this framework, but says something else about it.
fn bound_to(framework: &Value, change: impl Fn(&mut Value)) -> CheckOutcome {
    let text = framework.to_string();
    let mut payload = payload_of(&jwt());
    payload["relatedResource"][0]["digestSRI"] = json!(sri_sha384(text.as_bytes()));
    change(&mut payload);
    let mut materials = materials();
    materials.add_framework(text.as_bytes());
    let report = judge(&raw(&header(), &payload.to_string()), &materials);
    outcome(&report, CheckName::Statement)
}

#[test]
fn code_text_and_level_must_be_the_frameworks() {
    assert_eq!(bound_to(&framework(), |_| {}), CheckOutcome::Pass);
    let achievement = "/credentialSubject/achievement";
    for (pointer, value) in [
        ("/alignment/0/targetCode", "53-7051.00/2/4"),
        ("/alignment/0/targetDescription", "Keeps a load stable."),
        (
            "/alignment/0/targetUrl",
            "https://skills.example/statements/other",
        ),
        ("/humanCode", "53-7051.00/2/4"),
        ("/description", "Keeps a load stable."),
        ("/id", "https://skills.example/statements/other"),
        (
            "/resultDescription/0/rubricCriterionLevel/1/name",
            "Exceeding",
        ),
        ("/resultDescription/0/rubricCriterionLevel/1/level", "9"),
    ] {
        let outcome = bound_to(&framework(), |payload| {
            *payload
                .pointer_mut(&format!("{achievement}{pointer}"))
                .unwrap() = json!(value);
        });
        assert_eq!(outcome, CheckOutcome::Fail, "{pointer}");
    }
    let higher = bound_to(&framework(), |payload| {
        payload["credentialSubject"]["result"][0]["achievedLevel"] =
            json!("urn:uuid:00000000-0000-0000-0000-000000001003");
    });
    assert_eq!(higher, CheckOutcome::Fail);
}

#[test]
fn a_framework_with_domains_is_read_alike() {
    let mut wide = framework();
    wide["format"] = json!("attestry-framework/2");
    wide["levels"][1]["statements"][0]["domain"] = json!(1);
    assert_eq!(bound_to(&wide, |_| {}), CheckOutcome::Pass);
}

#[test]
fn frameworks_of_another_form_are_refused() {
    for (pointer, value) in [
        ("/format", json!("attestry-framework/3")),
        ("/levels", json!([])),
        ("/levels/1/statements/0/id", json!("other")),
        ("/levels/1/id", json!(7)),
    ] {
        let mut other = framework();
        *other.pointer_mut(pointer).unwrap() = value;
        assert_eq!(bound_to(&other, |_| {}), CheckOutcome::Fail, "{pointer}");
    }
    assert_eq!(bound_to(&json!("text"), |_| {}), CheckOutcome::Fail);
}

#[test]
fn the_named_digest_must_be_one() {
    let bad = bound_to(&framework(), |payload| {
        payload["relatedResource"][0]["digestSRI"] = json!("sha384-AAAA");
    });
    assert_eq!(bad, CheckOutcome::Fail);
    let two = bound_to(&framework(), |payload| {
        let one = payload["relatedResource"][0].clone();
        payload["relatedResource"] = json!([one, one]);
    });
    assert_eq!(two, CheckOutcome::Fail);
    let none = bound_to(&framework(), |payload| {
        payload.as_object_mut().unwrap().remove("relatedResource");
    });
    assert_eq!(none, CheckOutcome::Unknown);
}
