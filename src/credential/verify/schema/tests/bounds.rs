//! Work and words are bounded, whatever the document.

use super::*;

#[test]
fn few_problems_are_told_and_all_are_counted() {
    let found = findings(&with(&award(), "/evidence", json!(vec![json!({}); 20])));
    assert_eq!((found.problems.len(), found.count), (5, 20));
    assert!(found.to_string().ends_with("; and 15 more"), "{found}");
    assert_eq!(findings(&award()).to_string(), "");
}

#[test]
fn many_results_of_many_descriptions_are_looked_up() {
    const MANY: usize = 20_000;
    let id = |nth: usize| format!("urn:x:{nth}");
    let descriptions: Vec<Value> = (0..MANY)
        .map(|nth| {
            json!({"id": id(nth), "type": "ResultDescription", "name": "x", "resultType": "Status"})
        })
        .collect();
    let results: Vec<Value> = (0..MANY)
        .map(|nth| json!({"type": "Result", "resultDescription": id(MANY - nth)}))
        .collect();
    let changed = with(&award(), "/credentialSubject/result", json!(results));
    let at = "/credentialSubject/achievement/resultDescription";
    let found = findings(&with(&changed, at, json!(descriptions)));
    assert_eq!(found.count, 1, "{found}");
    assert_eq!(
        found.problems[0].pointer,
        "/credentialSubject/result/0/resultDescription"
    );
}

#[test]
fn deep_documents_are_walked_to_the_end() {
    let mut parent = json!({"id": "urn:x:top", "type": "Profile", "url": "no url"});
    for _ in 0..50 {
        parent = json!({"id": "urn:x:1", "type": "Profile", "parentOrg": parent});
    }
    let found = findings(&with(&award(), "/issuer", parent));
    assert_eq!(found.count, 1, "{found}");
    let pointer = &found.problems[0].pointer;
    assert!(pointer.ends_with("/parentOrg/url"), "{pointer}");
    assert_eq!(pointer.matches("parentOrg").count(), 50);
}
