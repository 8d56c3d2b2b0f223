//! Contexts have their places, and are known.

use super::*;

#[test]
fn contexts_have_their_places() {
    let unversioned = "https://purl.imsglobal.org/spec/ob/v3p0/context.json";
    for contexts in [
        json!(V2),
        json!([]),
        json!([V2]),
        json!([OB, V2]),
        json!([V2, V2]),
        json!([{"name": "https://evil.example/name"}, V2, OB]),
        json!([V2, {"name": "https://evil.example/name"}, OB]),
        json!([V2, "https://evil.example/context.json"]),
        json!([V2, OB, "https://evil.example/context.json"]),
        json!([V2, unversioned]),
        json!([V2, OB, "https ://not-a-url"]),
        json!([V2, OB, 7]),
        json!([V2, OB, null]),
        json!([V2, OB, [V2]]),
        json!([
            V2,
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.9.json"
        ]),
        json!([
            V2,
            "https://purl.imsglobal.org/spec/ob/v3p0/context-4.0.0.json"
        ]),
    ] {
        let problem = first(&with(&award(), "/@context", contexts.clone()));
        let problem = problem.unwrap_or_else(|| panic!("{contexts} was accepted"));
        assert!(problem.starts_with("/@context"), "{problem}");
    }
    for contexts in [
        json!([V2, OB]),
        json!([V2, OB, CLR]),
        json!([V2, OB, {"knack": "https://skills.example/knack"}]),
    ] {
        let changed = with(&award(), "/@context", contexts.clone());
        assert_eq!(first(&changed), None, "{contexts}");
    }
}

#[test]
fn a_context_given_by_hand_is_known_in_its_place_alone() {
    let by_hand = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.9.json";
    let known = |context: &Json| {
        [V2, by_hand, "https://skills.example/c"].contains(&context.as_str().unwrap())
    };
    let with = |contexts| read(&with(&award(), "/@context", contexts));
    let endorsed = |mut credential: Json| {
        if let Json::Object(members) = &mut credential {
            members.remove("endorsement");
        }
        credential
    };
    let fine = endorsed(with(json!([V2, by_hand, "https://skills.example/c"])));
    assert_eq!(check(&fine, &known), Findings::default());
    let moved = endorsed(with(json!([V2, "https://skills.example/c", by_hand])));
    let found = check(&moved, &known);
    assert_eq!(found.problems[0].pointer, "/@context/1");
}

#[test]
fn a_record_has_three() {
    for contexts in [json!([V2, OB, CLR]), json!([V2, CLR]), json!([V2, OB])] {
        let changed = with(&record(), "/@context", contexts.clone());
        assert!(first(&changed).is_some(), "{contexts}");
    }
}
