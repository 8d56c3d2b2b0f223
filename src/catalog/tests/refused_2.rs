//! Framework exports 2.0 that must not come in.

use serde_json::{Value, json};

use super::wide::{import, sample};
use crate::catalog::import::Problem;

/// The sample with `value` at `pointer`, or without what is there if `value` is `None`.
fn changed(pointer: &str, value: Option<Value>) -> Value {
    let mut document = sample();
    let (container, name) = pointer.rsplit_once('/').unwrap();
    match (document.pointer_mut(container).unwrap(), value) {
        (Value::Array(items), Some(value)) => items[name.parse::<usize>().unwrap()] = value,
        (Value::Object(members), Some(value)) => {
            members.insert(name.to_owned(), value);
        }
        (Value::Object(members), None) => {
            members.remove(name).unwrap();
        }
        _ => panic!("{pointer}"),
    }
    document
}

/// The one problem of a document.
fn problem(document: &Value) -> Problem {
    let mut problems = import(document).unwrap_err();
    assert_eq!(problems.len(), 1, "{problems:?}");
    problems.remove(0)
}

#[test]
fn missing_parts() {
    for pointer in [
        "/occupation/sector",
        "/occupation/jobZoneInferred",
        "/sources",
        "/attribution",
        "/frameworks/0/family",
        "/frameworks/0/version",
        "/frameworks/0/description",
        "/frameworks/0/contextCovered",
        "/frameworks/0/levels",
        "/frameworks/0/levels/emerging/label",
        "/frameworks/0/levels/emerging/statements",
        "/frameworks/2/levels/emerging/statements/0/text",
        "/frameworks/2/levels/emerging/statements/0/citations/0/source",
        "/frameworks/2/levels/developing/statements/2/split/sure",
        "/frameworks/2/domains/0/number",
        "/frameworks/2/domains/0/key",
        "/frameworks/2/domains/0/title",
        "/profile/version",
        "/profile/attribution",
        "/profile/anchors/8/text",
        "/profile/sources/0/label",
        "/profile/cip/0/code",
        "/profile/relatedOccupations/0/soc",
        "/profile/evidencePack/usage/label",
        "/profile/evidencePack/usage/figures/0/kind",
        "/profile/evidencePack/usage/figures/0/number",
        "/profile/evidencePack/usage/figures/0/unit",
        "/profile/evidencePack/usage/figures/0/printed",
        "/profile/evidencePack/feasibility/topSkill",
        "/profile/evidencePack/feasibility/score",
        "/profile/evidencePack/cluster/slug",
    ] {
        let found = problem(&changed(pointer, None));
        assert_eq!(
            (found.path.as_str(), found.message.as_str()),
            (pointer, "the member is missing")
        );
        assert!(!found.remedy.is_empty());
    }
}

#[test]
fn without_an_occupation_there_is_no_profile_and_each_framework_has_a_key() {
    let found = import(&changed("/occupation", None)).unwrap_err();
    let places: Vec<_> = found.iter().map(|p| p.path.as_str()).collect();
    let keys = [
        "/frameworks/0/key",
        "/frameworks/1/key",
        "/frameworks/2/key",
    ];
    assert_eq!(places[0], "/profile");
    assert_eq!(places[1..], keys);
    assert!(found.iter().all(|p| !p.remedy.is_empty()));
}

#[test]
fn wrong_values() {
    let wrong: &[(&str, &[Value])] = &[
        (
            "/frameworks",
            &[json!([]), json!({}), json!("x"), json!(null)],
        ),
        ("/frameworks/1", &[json!([]), json!("x"), json!(null)]),
        (
            "/frameworks/1/family",
            &[json!("Mastery"), json!(""), json!(1), json!(null)],
        ),
        (
            "/frameworks/1/key",
            &[json!("custom/mine"), json!(""), json!(2)],
        ),
        ("/frameworks/1/title", &[json!(""), json!(2), json!(null)]),
        ("/frameworks/1/digestSRI", &[json!("sha384-AAAA"), json!(2)]),
        ("/frameworks/1/sources", &[json!([]), json!(null)]),
        ("/frameworks/1/levels", &[json!({}), json!([])]),
        (
            "/frameworks/1/levels/emerging/ordinal",
            &[json!(0), json!(-1), json!(1.5), json!("1"), json!(null)],
        ),
        (
            "/frameworks/1/levels/emerging/subtitle",
            &[json!(""), json!(1)],
        ),
        (
            "/frameworks/1/levels/emerging/statements",
            &[json!({}), json!("x"), json!(null)],
        ),
        (
            "/frameworks/1/levels/emerging/statements/0",
            &[json!(1), json!(""), json!(null), json!([])],
        ),
        (
            "/frameworks/1/levels/emerging/statements/0/text",
            &[json!(""), json!(1)],
        ),
        (
            "/frameworks/1/levels/emerging/statements/0/domain",
            &[json!(1), json!(0), json!("x")],
        ),
        (
            "/frameworks/2/levels/emerging/statements/0/domain",
            &[json!(4), json!(4_294_967_296_u64)],
        ),
        (
            "/frameworks/1/levels/emerging/statements/0/citations",
            &[json!({}), json!("x"), json!(null)],
        ),
        (
            "/frameworks/1/levels/emerging/statements/0/citations/0",
            &[json!("counter-survey")],
        ),
        (
            "/frameworks/1/levels/emerging/statements/0/citations/0/source",
            &[json!("durable-list"), json!(""), json!(1)],
        ),
        (
            "/frameworks/0/levels/emerging/statements/0/anchors/0",
            &[json!({"kind": "TASK", "ordinal": 4})],
        ),
        (
            "/frameworks/0/levels/emerging/statements/0/anchors/0/kind",
            &[json!("Task"), json!(1)],
        ),
        (
            "/frameworks/2/levels/developing/statements/2/split",
            &[json!(true), json!(null)],
        ),
        (
            "/frameworks/2/levels/developing/statements/2/split/sure",
            &[json!(true), json!("no")],
        ),
        (
            "/frameworks/2/levels/developing/statements/2/split/at",
            &[json!(0), json!(62), json!("x")],
        ),
        (
            "/frameworks/2/domains/1/number",
            &[json!(1), json!(3), json!("2")],
        ),
        (
            "/frameworks/2/domains/1/key",
            &[json!("listening"), json!("")],
        ),
        (
            "/frameworks/2/citedSources/1/key",
            &[json!("counter-survey"), json!("")],
        ),
        ("/profile", &[json!([]), json!(null)]),
        (
            "/profile/anchors/1",
            &[json!({"kind": "SKILL", "ordinal": 3, "text": "x"})],
        ),
        ("/profile/anchors/1/kind", &[json!("SKILLS"), json!(1)]),
        (
            "/profile/anchors/1/importance",
            &[json!("four"), json!(true), json!(1e300)],
        ),
        ("/profile/relatedTitles/0", &[json!(""), json!(1)]),
        ("/profile/rapids", &[json!(null), json!({})]),
        (
            "/profile/relatedOccupations/0/soc",
            &[json!("35-3023"), json!(1)],
        ),
        (
            "/profile/relatedOccupations/0/tier",
            &[json!("NEAR"), json!(1)],
        ),
        (
            "/profile/evidencePack/usage/figures/0/kind",
            &[json!("WORDS")],
        ),
        (
            "/profile/evidencePack/usage/figures/0/unit",
            &[json!("PER_MILLE"), json!(1)],
        ),
        ("/profile/evidencePack/usage/figures/0/outOf", &[json!(5)]),
        (
            "/profile/evidencePack/usage/figures/0/printed",
            &[json!("1,205"), json!("")],
        ),
        (
            "/profile/evidencePack/feasibility/score",
            &[json!(31.5), json!([])],
        ),
        ("/otherMembers", &[json!([]), json!(null)]),
    ];
    for (pointer, values) in wrong {
        for value in *values {
            let found = problem(&changed(pointer, Some(value.clone())));
            assert_eq!(&found.path, pointer, "{value}");
            assert!(!found.remedy.is_empty() && !found.message.is_empty());
        }
    }
}

#[test]
fn one_framework_or_several() {
    let mut both = sample();
    both["framework"] = both["frameworks"][0].clone();
    assert_eq!(problem(&both).path, "/framework");
    let mut none = sample();
    none.as_object_mut().unwrap().remove("frameworks");
    assert_eq!(problem(&none).path, "/framework");
    let mut twice = sample();
    twice["frameworks"][1] = twice["frameworks"][0].clone();
    let found = problem(&twice);
    assert_eq!(found.path, "/frameworks/1");
    assert_eq!(found.message, "35-3023.01/MASTERY v.26.11 is there twice");
}

#[test]
fn ordinals_that_are_no_count() {
    for (one, other) in [
        (json!(2), json!(2)),
        (json!(1), json!(5)),
        (json!(2), json!(3)),
    ] {
        let mut document = changed("/frameworks/0/levels/emerging/ordinal", Some(one));
        document["frameworks"][0]["levels"]["developing"]["ordinal"] = other;
        assert_eq!(problem(&document).path, "/frameworks/0/levels");
    }
    let some = changed("/frameworks/0/levels/emerging/ordinal", None);
    assert_eq!(problem(&some).path, "/frameworks/0/levels");
}

#[test]
fn anchors_need_a_profile() {
    let found = import(&changed("/profile", None)).unwrap_err();
    assert_eq!(found.len(), 7);
    let first = "/frameworks/0/levels/emerging/statements/0/anchors/0";
    let first = found.iter().find(|p| p.path == first).unwrap();
    assert_eq!(first.message, "the profile has no TASK 1");
}

#[test]
fn members_apart_that_belong_in_place() {
    for place in [
        "",
        "colour",
        "/colour",
        "/framework/colour",
        "/frameworks/3/title",
        "/framework/title",
        "/occupation/a~2",
        "/profile/version",
        "/frameworks/0/levels/emerging/colour",
    ] {
        let document = changed("/otherMembers", Some(json!({place: 1})));
        let token = place.replace('~', "~0").replace('/', "~1");
        assert_eq!(
            problem(&document).path,
            format!("/otherMembers/{token}"),
            "{place}"
        );
    }
}

#[test]
fn all_problems_are_told_at_once() {
    let mut document = sample();
    document["occupation"]["soc"] = json!("x");
    document["frameworks"][1]["family"] = json!("AI");
    document["frameworks"][2]["levels"]["emerging"]["statements"][0]["domain"] = json!(9);
    document["frameworks"][2]["levels"]["emerging"]["statements"][1]["citations"][0]["source"] =
        json!("nowhere");
    let paths = |document: &Value| -> Vec<String> {
        import(document)
            .unwrap_err()
            .into_iter()
            .map(|p| p.path)
            .collect()
    };
    assert_eq!(
        paths(&document),
        [
            "/occupation/soc",
            "/frameworks/1/family",
            "/frameworks/2/levels/emerging/statements/0/domain",
            "/frameworks/2/levels/emerging/statements/1/citations/0/source",
        ]
    );
}
