//! Two versions of one framework: what carries over, by itself and by decision.

use attestry::{catalog::samples::SAMPLES, kernel::ids};
use serde_json::{Value, json};

use super::college::{self, College, Holding, NEW, OLD, SOC, at, standings};
use crate::support::{Answer, House, audit::check_chains, on_each_database, places};

on_each_database!(
    versions_are_compared_statement_by_statement,
    anyone_is_told_what_changed_between_versions,
    the_same_text_carries_over_and_a_reworded_one_by_decision,
    what_cannot_be_decided_is_refused,
    decisions_stay_within_their_tenant,
);

async fn version(house: &House, label: &str) -> String {
    let query = "query V($soc: String!, $label: String) { occupation(soc: $soc) {
        frameworkVersions(label: $label) { id } } }";
    let variables = json!({"soc": SOC, "label": label});
    let answer = house.api.send(None, query, variables).await;
    answer.text("/occupation/frameworkVersions/0/id")
}

async fn compared(house: &House, college: &College, from: &str, to: &str) -> Answer {
    let query = "query C($from: ID!, $to: ID!) {
        carryOver(fromVersionId: $from, toVersionId: $to) {
          kind from { position level { ordinal } } to { position level { ordinal } }
          decision { accepted reason }
        } }";
    let variables = json!({"from": from, "to": to});
    let token = Some(college.tenant.admin.token.as_str());
    house.api.send(token, query, variables).await
}

/// Kind and positions of what is told of the lowest level.
fn lowest(answer: &Answer) -> Vec<(String, Value, Value)> {
    let all = answer.at("/carryOver").as_array().expect("a list").iter();
    let lowest = all.filter(|c| {
        let of = |side: &str| c[side]["level"]["ordinal"] == json!(1);
        of("from") || of("to")
    });
    let position = |c: &Value, side: &str| c[side]["position"].clone();
    let kind = |c: &Value| c["kind"].as_str().expect("a kind").to_owned();
    lowest
        .map(|c| (kind(c), position(c, "from"), position(c, "to")))
        .collect()
}

async fn versions_are_compared_statement_by_statement(house: House) {
    let platform = house.with_samples().await;
    college::import_next(&house, &platform).await;
    let college = College::found(&house, &platform, "riverside").await;
    let (old, new) = (version(&house, OLD).await, version(&house, NEW).await);
    let answer = compared(&house, &college, &old, &new).await;
    let told = |kind: &str, from: Value, to: Value| (kind.to_owned(), from, to);
    let expected = [
        told("SAME", json!(1), json!(1)),
        told("SAME", json!(2), json!(2)),
        told("REWORDED", json!(3), json!(3)),
        told("SAME", json!(5), json!(4)),
        told("REMOVED", json!(4), Value::Null),
        told("SAME", json!(6), json!(5)),
        told("ADDED", Value::Null, json!(6)),
    ];
    assert_eq!(lowest(&answer), expected);
    let all = answer.at("/carryOver").as_array().expect("a list");
    assert_eq!(all.len(), 7 + 18, "three levels stay as they are");
    // A version against itself is the same.
    let answer = compared(&house, &college, &old, &old).await;
    let all = answer.at("/carryOver").as_array().expect("a list");
    assert!(all.len() == 24 && all.iter().all(|c| c["kind"] == "SAME"));
    let other = "{ occupation(soc: \"43-4121.00\") { frameworkVersions { id } } }";
    let other = house.api.send(None, other, json!({})).await;
    let other = other.text("/occupation/frameworkVersions/0/id");
    let answer = compared(&house, &college, &old, &other).await;
    assert_eq!(answer.code(), Some("DIFFERENT_FRAMEWORKS"));
    let nobody = ids::global("FrameworkVersion", uuid::Uuid::nil());
    let answer = compared(&house, &college, &nobody, &old).await;
    assert_eq!(answer.code(), Some("NOT_FOUND"));
}

async fn anyone_is_told_what_changed_between_versions(house: House) {
    let platform = house.with_samples().await;
    college::import_next(&house, &platform).await;
    let (old, new) = (version(&house, OLD).await, version(&house, NEW).await);
    let query =
        "query D($from: ID!, $to: ID!) { frameworkDiff(fromVersionId: $from, toVersionId: $to) {
        from { id } to { label } unchanged text
        changes { kind from { position text } to { position text } words { change text } } } }";
    let ask = async |from: &str, to: &str| {
        let variables = json!({"from": from, "to": to});
        house.api.send(None, query, variables).await
    };
    let answer = ask(&old, &new).await;
    assert_eq!(answer.at("/frameworkDiff/from/id"), &json!(old));
    assert_eq!(answer.at("/frameworkDiff/to/label"), NEW);
    assert_eq!(answer.at("/frameworkDiff/unchanged"), 4 + 18);
    let changes = answer.at("/frameworkDiff/changes").as_array();
    let changes = changes.expect("a list");
    let kinds: Vec<_> = changes
        .iter()
        .map(|c| {
            let position = |side: &str| c[side]["position"].as_i64();
            (c["kind"].as_str(), position("from"), position("to"))
        })
        .collect();
    let expected = [
        (Some("REWORDED"), Some(3), Some(3)),
        (Some("REMOVED"), Some(4), None),
        (Some("ADDED"), None, Some(6)),
    ];
    assert_eq!(kinds, expected, "{answer:?}");
    let sentence = |without: &str| -> String {
        let words = changes[0]["words"].as_array().expect("a list").iter();
        let kept = words.filter(|w| w["change"] != without);
        kept.filter_map(|w| w["text"].as_str()).collect()
    };
    assert_eq!(sentence("ADDED"), changes[0]["from"]["text"]);
    assert_eq!(sentence("REMOVED"), changes[0]["to"]["text"]);
    let text = answer.text("/frameworkDiff/text");
    assert!(
        text.starts_with("1 added, 1 removed, 1 reworded, 0 moved, 22 unchanged\n"),
        "{text}"
    );
    assert!(text.contains("{+") && text.contains("[-"), "{text}");
    let none = ask(&new, &new).await;
    assert_eq!(none.at("/frameworkDiff/changes"), &json!([]));
    let other = "{ occupation(soc: \"43-4121.00\") { frameworkVersions { id } } }";
    let other = house.api.send(None, other, json!({})).await;
    let other = other.text("/occupation/frameworkVersions/0/id");
    assert_eq!(ask(&old, &other).await.code(), Some("DIFFERENT_FRAMEWORKS"));
    let nobody = ids::global("FrameworkVersion", uuid::Uuid::nil());
    for id in [nobody.as_str(), "nonsense"] {
        assert_eq!(ask(&old, id).await.code(), Some("NOT_FOUND"));
    }
}

async fn the_same_text_carries_over_and_a_reworded_one_by_decision(house: House) {
    let platform = house.with_samples().await;
    let college = College::found(&house, &platform, "riverside").await;
    let rule = json!({"kind": "COUNT", "count": 3, "essentials": [at(OLD, 1, 3)]});
    let plan = college.plan(&house, rule).await;
    let learner = college.tenant.learner.clone();
    let demonstrated = [at(OLD, 1, 1), at(OLD, 1, 3), at(OLD, 1, 4), at(OLD, 1, 6)];
    college
        .demonstrate(&house, &learner, plan, &demonstrated, Holding::default())
        .await;
    college::import_next(&house, &platform).await;
    let (old, new) = (version(&house, OLD).await, version(&house, NEW).await);
    let answer = college.gap(&learner, 1, None).await;
    assert_eq!(answer.text("/learner/gap/frameworkVersion/label"), NEW);
    let carried = [
        "CARRIED_OVER",
        "MISSING",
        "MISSING",
        "MISSING",
        "CARRIED_OVER",
        "MISSING",
    ];
    assert_eq!(standings(&answer), carried);
    let waiting = answer.at("/learner/gap/statements/2/awaitingDecision/id");
    assert!(waiting.is_string(), "{answer:?}");
    let text = "2 of 6 demonstrated, 3 needed: 1 more, the essential “Tyre pressure”";
    assert_eq!(answer.text("/learner/gap/progress/text"), text);
    // The old version's level stays attained; the new version's is not, yet.
    let levels = answer.at("/learner/attainments");
    let told = |place: usize| {
        (
            levels[place]["frameworkVersion"]["label"].clone(),
            levels[place]["attained"].clone(),
        )
    };
    assert_eq!(told(0), (json!(NEW), json!(false)));
    assert_eq!(told(1), (json!(OLD), json!(true)));
    let (from, to) = (at(OLD, 1, 3), at(NEW, 1, 3));
    let decided = college.judge(from, to, true).await;
    assert_eq!(
        decided.at("/decideCarryOver/decision/accepted"),
        &json!(true)
    );
    let answer = college.gap(&learner, 1, None).await;
    assert_eq!(standings(&answer)[2], "CARRIED_OVER");
    assert_eq!(answer.at("/learner/gap/attained"), &json!(true));
    assert_eq!(answer.at("/learner/attainments/0/attained"), &json!(true));
    // Named by its label, the old version is what was demonstrated itself.
    let answer = college.gap(&learner, 1, Some(OLD)).await;
    assert_eq!(standings(&answer)[0], "DEMONSTRATED");
    // A later decision takes its place, and the table tells it.
    college.judge(from, to, false).await;
    let answer = college.gap(&learner, 1, None).await;
    assert_eq!(standings(&answer)[2], "MISSING");
    assert_eq!(
        answer.at("/learner/gap/statements/2/awaitingDecision"),
        &Value::Null
    );
    let answer = compared(&house, &college, &old, &new).await;
    let decision = answer.at("/carryOver/2/decision");
    assert_eq!(decision["accepted"], json!(false), "{answer:?}");
    assert_eq!(decision["reason"], json!("the same work in other words"));
    // A statement that moved may be accepted, too.
    college.judge(at(OLD, 1, 4), at(NEW, 1, 6), true).await;
    let answer = college.gap(&learner, 1, None).await;
    assert_eq!(standings(&answer)[5], "CARRIED_OVER");
    let answer = compared(&house, &college, &old, &new).await;
    let moved = ("REWORDED".to_owned(), json!(4), json!(6));
    assert!(lowest(&answer).contains(&moved));
    check_chains(&house.app.db).await;
}

async fn what_cannot_be_decided_is_refused(house: House) {
    let platform = house.with_samples().await;
    college::import_next(&house, &platform).await;
    let college = College::found(&house, &platform, "riverside").await;
    let elsewhere = places::statement_at(SAMPLES[0].soc, "v.26.11", 1, 1);
    for (to, code) in [
        (at(NEW, 1, 1), "SAME_TEXT"),
        (at(NEW, 2, 1), "DIFFERENT_LEVELS"),
        (at(OLD, 1, 2), "SAME_VERSION"),
        (elsewhere, "DIFFERENT_FRAMEWORKS"),
    ] {
        let answer = college.judge(at(OLD, 1, 1), to, true).await;
        assert_eq!(answer.user_errors(), [code]);
    }
    let answer = college.judge(at(OLD, 1, 1), uuid::Uuid::nil(), true).await;
    assert_eq!(answer.code(), Some("NOT_FOUND"));
    let input = json!({
        "fromStatementId": ids::global("Statement", at(OLD, 1, 3)),
        "toStatementId": ids::global("Statement", at(NEW, 1, 3)),
        "accepted": true, "reason": "  ",
    });
    let tenant = &college.tenant;
    let answer = tenant
        .admin("decideCarryOver", "decision { reason }", input.clone())
        .await;
    assert_eq!(answer.user_errors(), ["BAD_LENGTH"]);
    let token = &tenant.assessors[0].token;
    let answer = house
        .api
        .mutate(token, "decideCarryOver", "decision { reason }", input)
        .await;
    assert_eq!(answer.code(), Some("FORBIDDEN"));
}

async fn decisions_stay_within_their_tenant(house: House) {
    let platform = house.with_samples().await;
    college::import_next(&house, &platform).await;
    let college = College::found(&house, &platform, "riverside").await;
    let other = College::found(&house, &platform, "hillside").await;
    other.judge(at(OLD, 1, 3), at(NEW, 1, 3), true).await;
    let plan = college.plan(&house, json!({"kind": "ALL"})).await;
    let learner = college.tenant.learner.clone();
    let holding = Holding::default();
    college
        .demonstrate(&house, &learner, plan, &[at(OLD, 1, 3)], holding)
        .await;
    let answer = college.gap(&learner, 1, None).await;
    assert_eq!(standings(&answer)[2], "MISSING");
    assert!(
        answer
            .at("/learner/gap/statements/2/awaitingDecision/id")
            .is_string()
    );
    let (old, new) = (version(&house, OLD).await, version(&house, NEW).await);
    let told = compared(&house, &college, &old, &new).await;
    assert_eq!(told.at("/carryOver/2/decision"), &Value::Null);
    let told = compared(&house, &other, &old, &new).await;
    assert_eq!(told.at("/carryOver/2/decision/accepted"), &json!(true));
}
