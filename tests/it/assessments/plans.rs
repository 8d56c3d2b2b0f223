use attestry::{catalog::samples::SAMPLES, kernel::digest};
use serde_json::{Value, json};

use super::{By, Desk};
use crate::support::{House, cast, on_each_database};

on_each_database!(
    a_plan_grows_versions_and_assessments_keep_theirs,
    what_is_left_out_of_a_revision_stays,
    an_archived_plan_opens_nothing,
    all_that_is_wrong_with_a_plan_is_told,
    a_plan_takes_statements_of_several_frameworks,
    a_rubric_is_exported,
);

const VERSIONS: &str = "query P($id: ID!) { assessmentPlan(id: $id) { name archivedAt
    newestVersion { number content digest validityDays rule { minObservations windowDays }
        scale { value label } attainment { kind count } }
    versions { number digest } } }";
const KEPT: &str =
    "query A($id: ID!) { assessment(id: $id) { planVersion { number } plan { name } } }";

async fn a_plan_grows_versions_and_assessments_keep_theirs(house: House) {
    let desk = Desk::set(&house, json!({}), json!({})).await;
    let open = desk.open().await;
    let input = json!({
        "planId": desk.plan, "learnerId": desk.college.learner,
        "plannedFor": "2099-01-01T09:00:00Z",
    });
    let planned = desk
        .send(
            By::Admin,
            "planAssessment",
            "assessment { id state plannedFor }",
            input,
        )
        .await;
    assert_eq!(planned.at("/planAssessment/assessment/state"), "PLANNED");
    let planned = planned.text("/planAssessment/assessment/id");
    let input = json!({"planId": desk.plan, "rule": {"minObservations": 2}});
    let fields = "assessmentPlan { newestVersion { number } }";
    for _ in 0..2 {
        // The same again makes no third version.
        let revised = desk
            .send(By::Admin, "reviseAssessmentPlan", fields, input.clone())
            .await;
        let number = revised.at("/reviseAssessmentPlan/assessmentPlan/newestVersion/number");
        assert_eq!(number, 2, "{revised:?}");
    }
    let told = desk.ask(VERSIONS, &desk.plan).await;
    let versions = told.at("/assessmentPlan/versions").as_array().unwrap();
    assert_eq!(versions.len(), 2);
    assert_ne!(versions[0]["digest"], versions[1]["digest"]);
    let newest = told.at("/assessmentPlan/newestVersion");
    assert_eq!(newest["rule"]["minObservations"], 2);
    let content = newest["content"].as_str().unwrap();
    let digest = format!("sha256:{}", digest::sha256_hex(content.as_bytes()));
    assert_eq!(newest["digest"], digest.as_str());
    let number = async |id: &str| {
        desk.ask(KEPT, id)
            .await
            .at("/assessment/planVersion/number")
            .clone()
    };
    assert_eq!(number(&open).await, 1);
    assert_eq!(number(&planned).await, 1);
    let started = desk.make(By::First, "startAssessment", &planned).await;
    assert_eq!(started.at("/startAssessment/assessment/state"), "OPEN");
    assert_eq!(number(&planned).await, 2, "it starts under the newest");
    // One observation is enough for the first version, and not for the second.
    for (assessment, complete) in [(&open, true), (&planned, false)] {
        for statement in [0, 1] {
            desk.rate(By::First, assessment, statement, 3).await;
        }
        let decided = desk
            .college
            .decide(assessment, "decision { complete }")
            .await;
        assert_eq!(decided.at("/decideAssessment/decision/complete"), complete);
    }
}

async fn what_is_left_out_of_a_revision_stays(house: House) {
    let more = json!({
        "scale": ["No", "Nearly", "Yes"], "validityDays": 365,
        "attainment": {"kind": "COUNT", "count": 1},
    });
    let rule = json!({"lowestRating": 2, "windowDays": 30});
    let desk = Desk::set(&house, rule, more).await;
    let revise = async |input: Value| {
        let answer = desk
            .send(
                By::Admin,
                "reviseAssessmentPlan",
                "assessmentPlan { id }",
                input,
            )
            .await;
        assert!(answer.user_errors().is_empty(), "{answer:?}");
        desk.ask(VERSIONS, &desk.plan).await
    };
    let renamed = revise(json!({"planId": desk.plan, "name": "Another name"})).await;
    assert_eq!(renamed.at("/assessmentPlan/name"), "Another name");
    let newest = renamed.at("/assessmentPlan/newestVersion");
    assert_eq!(newest["number"], 1, "a name is no content");
    let endless = revise(json!({"planId": desk.plan, "validityDays": null})).await;
    let newest = endless.at("/assessmentPlan/newestVersion");
    assert_eq!(
        (&newest["number"], &newest["validityDays"]),
        (&json!(2), &Value::Null)
    );
    assert_eq!(newest["scale"][1], json!({"value": 2, "label": "Nearly"}));
    assert_eq!(newest["rule"]["windowDays"], 30);
    assert_eq!(newest["attainment"], json!({"kind": "COUNT", "count": 1}));
}

async fn an_archived_plan_opens_nothing(house: House) {
    let desk = Desk::set(&house, json!({}), json!({})).await;
    let going_on = desk.open().await;
    let input = json!({"planId": desk.plan});
    let fields = "assessmentPlan { archivedAt }";
    let archived = desk
        .send(By::Admin, "archiveAssessmentPlan", fields, input)
        .await;
    assert!(
        archived
            .at("/archiveAssessmentPlan/assessmentPlan/archivedAt")
            .is_string()
    );
    let input = json!({"planId": desk.plan, "learnerId": desk.college.learner});
    let opened = desk
        .send(By::Admin, "openAssessment", "assessment { id }", input)
        .await;
    assert_eq!(opened.user_errors(), ["PLAN_ARCHIVED"]);
    let input = json!({"planId": desk.plan, "suspendable": true});
    let revised = desk
        .send(
            By::Admin,
            "reviseAssessmentPlan",
            "assessmentPlan { id }",
            input,
        )
        .await;
    assert_eq!(revised.user_errors(), ["PLAN_ARCHIVED"]);
    desk.rate(By::First, &going_on, 0, 3).await;
}

async fn all_that_is_wrong_with_a_plan_is_told(house: House) {
    let desk = Desk::set(&house, json!({}), json!({})).await;
    let input = json!({
        "name": " ", "statementIds": [desk.statements[0], desk.statements[0]],
        "rule": {"lowestRating": 5, "windowDays": 0},
        "criteria": [{"key": "A key", "name": "n", "descriptors": [{"rating": 7, "text": "t"}]}],
        "attainment": {"kind": "SHARE", "essentialIds": [desk.statements[1]]},
    });
    let fields = "assessmentPlan { id }";
    let made = desk
        .send(By::Admin, "createAssessmentPlan", fields, input)
        .await;
    let told: Vec<_> = made
        .at("/createAssessmentPlan/userErrors")
        .as_array()
        .unwrap()
        .iter()
        .map(|e| e["field"].as_str().unwrap())
        .collect();
    assert_eq!(
        told,
        [
            "input.name",
            "input.statementIds",
            "input.methods",
            "input.criteria.0.key",
            "input.criteria.0.descriptors.0.rating",
            "input.rule.lowestRating",
            "input.rule.windowDays",
            "input.attainment.percent",
            "input.attainment.essentialIds",
        ]
    );
}

async fn a_plan_takes_statements_of_several_frameworks(house: House) {
    let desk = Desk::set(&house, json!({}), json!({})).await;
    let api = &desk.college.api;
    let mut both = cast::statements(api, SAMPLES[0].soc, 1).await;
    both.extend(cast::statements(api, SAMPLES[1].soc, 1).await);
    let input = json!({
        "name": "Two trades", "statementIds": both, "method": "INTERVIEW",
        "methods": ["PORTFOLIO", "INTERVIEW"], "rule": {},
    });
    let fields = "assessmentPlan { newestVersion { methods statements { id }
        frameworkVersions { id } } }";
    let made = desk
        .send(By::Admin, "createAssessmentPlan", fields, input)
        .await;
    let version = made.at("/createAssessmentPlan/assessmentPlan/newestVersion");
    assert_eq!(version["frameworkVersions"].as_array().unwrap().len(), 2);
    assert_eq!(version["methods"], json!(["PORTFOLIO", "INTERVIEW"]));
    let ids = version["statements"].as_array().unwrap().iter();
    assert_eq!(
        ids.map(|s| s["id"].as_str().unwrap()).collect::<Vec<_>>(),
        both
    );
}

async fn a_rubric_is_exported(house: House) {
    let more = json!({"criteria": [
        {"key": "draping", "name": "Draping", "descriptors": [{"rating": 4, "text": "Unasked."}]},
        {"key": "pace", "name": "Pace"},
    ]});
    let desk = Desk::set(&house, json!({}), more).await;
    let query = "query P($id: ID!) { assessmentPlan(id: $id) { newestVersion { caseRubric } } }";
    let told = desk.ask(query, &desk.plan).await;
    let rubric: Value =
        serde_json::from_str(&told.text("/assessmentPlan/newestVersion/caseRubric")).unwrap();
    let uri = rubric["uri"].as_str().unwrap();
    assert!(uri.starts_with("https://skills.example/"), "{uri}");
    assert_eq!(rubric["title"], "Practical test");
    let criteria = rubric["CFRubricCriteria"].as_array().unwrap();
    assert_eq!(criteria.len(), 2);
    let best = &criteria[0]["CFRubricCriterionLevels"][3];
    assert_eq!(
        (&best["score"], &best["description"]),
        (&json!(4), &json!("Unasked."))
    );
    // A plan without criteria has no rubric.
    let plan = desk.college.plan(&desk.statements, false).await;
    let told = desk.ask(query, &plan).await;
    assert_eq!(
        told.at("/assessmentPlan/newestVersion/caseRubric"),
        &Value::Null
    );
}
