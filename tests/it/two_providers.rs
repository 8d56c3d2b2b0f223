//! Two providers, three assessors and forty learners on one installation, told through the API
//! alone: from a framework of the field to attainments, an appeal, a record, and an erasure.

mod class;
mod college;

use serde_json::{Value, json};

use crate::support::{House, audit::check_chains, on_each_database};
use class::{Class, Ratings};
use college::College;

on_each_database!(two_providers_three_assessors_forty_learners);

/// The framework of the story: an export of the field, with four levels of mastery.
const SOC: &str = "31-9011.00";
/// Where its export stands among shared data.
const EXPORT: &str = "seeds/003_6e28fa463755f6b8.txt";

async fn two_providers_three_assessors_forty_learners(house: House) {
    let name = "two_providers_three_assessors_forty_learners";
    let Some(shared) = crate::support::shared_dir(name) else {
        return;
    };
    let export = std::fs::read_to_string(shared.join(EXPORT)).expect("the export is there");
    let platform = house.bootstrap().await;
    house.api.import(&platform, &export).await;
    let statements = emerging(&house).await;

    let riverside = College::open(&house, &platform, "riverside", 2).await;
    let hillside = College::open(&house, &platform, "hillside", 1).await;
    // Two at Riverside see every statement, and someone who saw none signs; at Hillside one does.
    let riverside_plan = json!({
        "name": "Table practice", "statementIds": statements, "method": "OBSERVATION",
        "rule": {"minObservations": 2, "minAssessors": 2, "lowestRating": 3, "windowDays": 365,
            "signOff": true, "agreement": "MAJORITY"},
        "validityDays": 730,
        "attainment": {"kind": "COUNT", "count": 6, "essentialIds": [statements[0]]},
    });
    let hillside_plan = json!({
        "name": "First steps", "statementIds": statements, "method": "SIMULATION",
        "rule": {"lowestRating": 3}, "attainment": {"kind": "SHARE", "percent": 90},
    });
    let river = Class::of(25, Ratings::new(statements.len(), 2));
    let hill = Class::of(15, Ratings::new(statements.len(), 1));
    let river_plan = riverside.plan(riverside_plan).await;
    let hill_plan = hillside.plan(hillside_plan).await;

    for (college, class, plan) in [
        (&riverside, &river, &river_plan),
        (&hillside, &hill, &hill_plan),
    ] {
        college.enrol(class).await;
        college.record(class, plan, &statements).await;
        college.decide_all().await;
    }
    attained_as_reckoned(&riverside, &river, 6, true).await;
    let needed = (statements.len() * 90).div_ceil(100);
    attained_as_reckoned(&hillside, &hill, needed, false).await;

    apart(&riverside, &hillside).await;
    let record = an_appeal(&riverside, &river, &statements).await;
    an_erasure(&house, &riverside, &record).await;
    check_chains(&house.app.db).await;
}

/// The statements of the lowest level, in order.
async fn emerging(house: &House) -> Vec<String> {
    let query = "query($soc: String!) { occupation(soc: $soc) { frameworkVersions {
        levels(ordinal: 1) { statements { id } } } } }";
    let found = house.api.send(None, query, json!({"soc": SOC})).await;
    let found = found.at("/occupation/frameworkVersions/0/levels/0/statements");
    let ids = found.as_array().expect("the level has statements").iter();
    ids.map(|s| s["id"].as_str().expect("an id").to_owned())
        .collect()
}

/// What the API says of each learner's first level is what their ratings come to.
async fn attained_as_reckoned(college: &College, class: &Class, needed: usize, essential: bool) {
    let query = "query($after: String) { learners(first: 100, after: $after) { nodes { externalId
        attainments { level { ordinal } attained progress { found } } } } }";
    let told = college.ask(query, json!({})).await;
    let told = told
        .at("/learners/nodes")
        .as_array()
        .expect("a list")
        .clone();
    assert_eq!(told.len(), class.size());
    let (mut reached, mut short) = (0, 0);
    for learner in &told {
        let name = learner["externalId"].as_str().expect("text");
        let met = class.met(name);
        let count = met.iter().filter(|met| **met).count();
        let expected = count >= needed && (!essential || met[0]);
        let levels = learner["attainments"].as_array().expect("a list");
        let first = levels.iter().find(|l| l["level"]["ordinal"] == 1);
        let Some(first) = first else {
            assert_eq!(count, 0, "{name} demonstrated something: {learner}");
            continue;
        };
        assert_eq!(first["progress"]["found"], count, "{name}: {first}");
        assert_eq!(first["attained"], expected, "{name}: {first}");
        if expected { reached += 1 } else { short += 1 }
    }
    // A class in which all end alike would prove little.
    assert!(
        reached > 0 && short > 0,
        "{reached} reached it, {short} did not"
    );
}

/// Neither sees anything of the other's.
async fn apart(riverside: &College, hillside: &College) {
    let theirs = riverside.learner_id("R-000").await;
    let query = "query($id: ID!) { learner(id: $id) { name } }";
    let answer = hillside.ask(query, json!({"id": theirs})).await;
    assert_eq!(answer.code(), Some("NOT_FOUND"), "{answer:?}");
    let query = "{ assessments(first: 100) { nodes { learner { externalId } } } }";
    let own = hillside.ask(query, json!({})).await;
    let own = own
        .at("/assessments/nodes")
        .as_array()
        .expect("a list")
        .clone();
    assert_eq!(own.len(), 15);
    let of_hillside = |a: &Value| {
        let name = a["learner"]["externalId"].as_str().expect("text");
        name.starts_with("H-")
    };
    assert!(own.iter().all(of_hillside), "{own:?}");
}

/// A learner whose assessors differ on a statement objects; one assessor looks again and corrects
/// their rating; someone else decides anew; and the record for it verifies.
async fn an_appeal(college: &College, class: &Class, statements: &[String]) -> Value {
    let (learner, at) = class.one_who_was_rated_differently();
    let token = college.invited(&learner).await;
    let me = "{ me { id externalId } assessments { nodes { id state } } }";
    let me = college.ask_as(&token, me, json!({})).await;
    assert_eq!(me.at("/me/externalId"), learner.as_str(), "{me:?}");
    assert_eq!(
        me.at("/assessments/nodes").as_array().map(Vec::len),
        Some(1)
    );
    assert_eq!(me.at("/assessments/nodes/0/state"), "DECIDED");
    let assessment = me.text("/assessments/nodes/0/id");

    let input = json!({"assessmentId": assessment, "reason": "I did that without help."});
    let state = "assessment { state }";
    let appealed = college
        .mutate_as(&token, "appealAssessment", state, input)
        .await;
    assert_eq!(
        appealed.at("/appealAssessment/assessment/state"),
        "APPEALED"
    );

    let (assessor, observation) = college.low_rating(&assessment, &statements[at]).await;
    let input = json!({
        "assessmentId": assessment, "statementId": statements[at], "rating": 4,
        "context": "looked again", "supersedesId": observation,
    });
    let corrected = college
        .mutate_as(&assessor, "recordObservation", "observation { id }", input)
        .await;
    assert!(corrected.user_errors().is_empty(), "{corrected:?}");

    // Whoever decided does not decide about the appeal.
    let input = json!({"assessmentId": assessment});
    let fields = "assessment { state } decision { statements { met statement { id } } }
        demonstrations { id statement { id } }";
    let first = college
        .mutate("decideAssessment", fields, input.clone())
        .await;
    assert!(!first.user_errors().is_empty(), "{first:?}");
    let second = college
        .mutate_as(&college.second, "decideAssessment", fields, input)
        .await;
    let state = second.at("/decideAssessment/assessment/state");
    assert_eq!(state, "RE_DECIDED", "{second:?}");
    let now = second.at("/decideAssessment/demonstrations");
    let now = now.as_array().expect("a list").iter();
    let demonstration = now
        .filter(|d| d["statement"]["id"] == statements[at].as_str())
        .map(|d| d["id"].clone())
        .next()
        .expect("it is demonstrated now");

    let input = json!({"demonstrationId": demonstration, "idempotencyKey": "after the appeal"});
    let issued = college
        .mutate_as(
            &college.registrar,
            "issueCredential",
            "credential { id secured }",
            input,
        )
        .await;
    let record = issued.text("/issueCredential/credential/secured");
    assert_eq!(college.api.outcome(&record).await, "VALID");
    json!({"learner": me.text("/me/id"), "externalId": learner, "record": record})
}

/// What names the learner goes; that the record was withdrawn stays.
async fn an_erasure(house: &House, college: &College, kept: &Value) {
    let token = college.key(&["learners:erase"]).await;
    let input = json!({"learnerId": kept["learner"], "confirm": kept["externalId"]});
    let erased = college
        .mutate_as(&token, "eraseLearner", "learner { externalId name }", input)
        .await;
    assert!(erased.user_errors().is_empty(), "{erased:?}");
    let record = kept["record"].as_str().expect("text");
    let verdict = house.api.verdict(record).await;
    assert_eq!(verdict.at("/verifyCredential/outcome"), "INVALID");
    assert!(
        verdict.body.to_string().contains("withdrawn"),
        "{verdict:?}"
    );
    let query = "{ learners(first: 100) { nodes { externalId } } }";
    let left = college.ask(query, json!({})).await;
    let name = kept["externalId"].as_str().expect("text");
    assert!(!left.body.to_string().contains(name), "{left:?}");
}
