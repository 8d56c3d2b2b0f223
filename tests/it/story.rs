//! The whole story over HTTP and GraphQL alone: from a framework export to a record that
//! anyone verifies, and its end.

use attestry::catalog::samples::SAMPLES;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};
use serde_json::{Value, json};

use crate::support::{Api, House, Tenant, cast, on_each_database};

on_each_database!(
    from_a_sample_to_a_revoked_record,
    a_record_is_suspended_and_reinstated,
    nobody_assesses_themself,
    only_administrators_issue,
    a_shared_export_ends_in_a_record,
);

const TOLD: &str = "complete statements { met counted statement { id }
    uncounted { reason } requirements { name met found needed text } }";
const DECISION: &str = "assessment { state } decision { complete statements { met } }
    demonstrations { id statement { id } learner { id } }";

async fn from_a_sample_to_a_revoked_record(house: House) {
    let api = &house.api;
    let platform = house.bootstrap().await;
    let document = std::str::from_utf8(SAMPLES[0].bytes).expect("samples are UTF-8");
    let imported = api.import(&platform, document).await;
    assert_eq!(imported.at("/importFramework/imported/unchanged"), false);
    let again = api.import(&platform, document).await;
    assert_eq!(again.at("/importFramework/imported/unchanged"), true);

    let college = Tenant::create(api, &platform, "riverside").await;
    let wanted = cast::statements(api, SAMPLES[0].soc, 2).await;
    let rule = json!({
        "minObservations": 2, "minAssessors": 2, "lowestRating": 3, "evidenceRequired": true,
    });
    let input = json!({
        "name": "Two pairs of eyes", "statementIds": wanted, "method": "OBSERVATION",
        "rule": rule, "validityDays": 365,
    });
    let plan = college
        .admin("createAssessmentPlan", "assessmentPlan { id }", input)
        .await
        .text("/createAssessmentPlan/assessmentPlan/id");
    let assessment = college.open(&plan, &college.learner).await;

    // Nothing was observed, and the outlook says what is missing.
    let early = outlook(&college, &assessment).await;
    assert_eq!(early.at("/assessment/state"), "OPEN");
    assert_eq!(early.at("/assessment/outlook/complete"), false);
    let outcomes = early.at("/assessment/outlook/statements");
    assert_eq!(outcomes.as_array().map(Vec::len), Some(2));
    assert_eq!(outcomes[0]["met"], false);
    let requirements = outcomes[0]["requirements"].as_array().expect("a list");
    assert!(requirements.iter().all(|r| r["met"] == false
        && r["found"] == 0
        && r["needed"] == 2
        && !r["text"].as_str().unwrap_or_default().is_empty()));
    let input = json!({"assessmentId": assessment});
    let decided = college.admin("decideAssessment", DECISION, input).await;
    assert_eq!(decided.user_errors(), ["ASSESSMENT_OPEN"]);

    // One statement is seen by both assessors; the other by one of them, without evidence.
    for (person, statement, evidence) in [
        (
            0,
            0,
            json!([{"kind": "URL", "value": "https://college.example/film/1"}]),
        ),
        (
            1,
            0,
            json!([{"kind": "TEXT", "value": "did it unaided", "name": "note"}]),
        ),
        (0, 1, json!([])),
    ] {
        let input = json!({
            "assessmentId": assessment, "statementId": wanted[statement], "rating": 4,
            "context": "on shift", "evidence": evidence,
        });
        let token = &college.assessors[person].token;
        let fields = "observation { id rating evidence { kind value } assessor { name } }";
        let seen = api.mutate(token, "recordObservation", fields, input).await;
        assert_eq!(
            seen.at("/recordObservation/observation/rating"),
            4,
            "{seen:?}"
        );
    }
    let half = outlook(&college, &assessment).await;
    let outcomes = half.at("/assessment/outlook/statements");
    assert_eq!(
        (&outcomes[0]["met"], &outcomes[1]["met"]),
        (&json!(true), &json!(false))
    );
    assert_eq!(outcomes[1]["uncounted"].as_array().map(Vec::len), Some(1));
    let half = college.decide(&assessment, DECISION).await;
    assert_eq!(half.at("/decideAssessment/assessment/state"), "DECIDED");
    assert_eq!(half.at("/decideAssessment/decision/complete"), false);
    let demonstrations = half.at("/decideAssessment/demonstrations");
    assert_eq!(demonstrations.as_array().map(Vec::len), Some(1), "{half:?}");
    assert_eq!(demonstrations[0]["statement"]["id"], wanted[0].as_str());
    assert_eq!(demonstrations[0]["learner"]["id"], college.learner.as_str());
    let demonstration = half.text("/decideAssessment/demonstrations/0/id");

    let issued = college.issue(&demonstration, "first").await;
    assert_eq!(issued.at("/issueCredential/credential/state"), "ISSUED");
    let credential = issued.text("/issueCredential/credential/id");
    let jwt = issued.text("/issueCredential/credential/jwt");
    let verdict = api.verdict(&jwt).await;
    assert_eq!(
        verdict.at("/verifyCredential/outcome"),
        "VALID",
        "{verdict:?}"
    );
    assert_eq!(
        verdict.text("/verifyCredential/statementUrl"),
        statement_url(api, &wanted[0]).await
    );
    for altered in altered(&jwt) {
        assert_eq!(api.outcome(&altered).await, "INVALID", "{altered}");
    }
    let suspended = college.change("suspendCredential", &credential).await;
    assert_eq!(suspended.user_errors(), ["NOT_SUSPENDABLE"]);
    assert_eq!(api.outcome(&jwt).await, "VALID");
    let revoked = college.change("revokeCredential", &credential).await;
    assert_eq!(revoked.at("/revokeCredential/credential/state"), "REVOKED");
    assert_eq!(api.outcome(&jwt).await, "INVALID");
    let back = college.change("reinstateCredential", &credential).await;
    assert_eq!(back.user_errors(), ["REVOKED"]);
    assert_eq!(api.outcome(&jwt).await, "INVALID");
    // It ends by itself, too.
    let second = college.issue(&demonstration, "second").await;
    let jwt = second.text("/issueCredential/credential/jwt");
    assert_eq!(api.outcome(&jwt).await, "VALID");
    house.clock.pass_days(366);
    assert_eq!(api.outcome(&jwt).await, "INVALID");
}

async fn outlook(college: &Tenant, assessment: &str) -> crate::support::Answer {
    let query =
        format!("query A($id: ID!) {{ assessment(id: $id) {{ state outlook {{ {TOLD} }} }} }}");
    let token = Some(college.admin.token.as_str());
    college
        .api
        .send(token, &query, json!({"id": assessment}))
        .await
}

async fn statement_url(api: &Api, id: &str) -> String {
    let query = "query S($id: ID!) { statement(id: $id) { url } }";
    let answer = api.send(None, query, json!({"id": id})).await;
    answer.text("/statement/url")
}

/// Copies of a JWT: with another claim, and with another signature.
pub(crate) fn altered(jwt: &str) -> [String; 2] {
    let parts: Vec<_> = jwt.split('.').collect();
    let [header, payload, signature] = parts[..] else {
        panic!("{jwt} is no compact JWT");
    };
    let claims = BASE64.decode(payload).expect("it is base64url");
    let mut claims: Value = serde_json::from_slice(&claims).expect("it is JSON");
    claims["validUntil"] = json!("2099-01-01T00:00:00Z");
    let mut other = BASE64.decode(signature).expect("it is base64url");
    other[7] ^= 1;
    [
        format!("{header}.{}.{signature}", BASE64.encode(claims.to_string())),
        format!("{header}.{payload}.{}", BASE64.encode(other)),
    ]
}

async fn a_record_is_suspended_and_reinstated(house: House) {
    let platform = house.with_samples().await;
    let api = &house.api;
    let college = Tenant::create(api, &platform, "riverside").await;
    let statement = &cast::statements(api, SAMPLES[1].soc, 1).await[0];
    let demonstration = college.demonstration(statement, true).await;
    let issued = college.issue(&demonstration, "k").await;
    let entry = issued.at("/issueCredential/credential/statusEntry");
    assert_eq!(entry["purpose"], "SUSPENSION");
    let id = issued.text("/issueCredential/credential/id");
    let jwt = issued.text("/issueCredential/credential/jwt");
    for (change, outcome, state) in [
        ("suspendCredential", "INVALID", "SUSPENDED"),
        ("reinstateCredential", "VALID", "ISSUED"),
        ("suspendCredential", "INVALID", "SUSPENDED"),
        ("revokeCredential", "INVALID", "REVOKED"),
    ] {
        let changed = college.change(change, &id).await;
        assert_eq!(changed.at(&format!("/{change}/credential/state")), state);
        assert_eq!(api.outcome(&jwt).await, outcome, "after {change}");
    }
    for change in ["reinstateCredential", "suspendCredential"] {
        assert_eq!(college.change(change, &id).await.user_errors(), ["REVOKED"]);
    }
    assert_eq!(api.outcome(&jwt).await, "INVALID");
    let query = "query C($id: ID!) { credential(id: $id) { statusChanges { kind reason } } }";
    let told = api
        .send(Some(&college.admin.token), query, json!({"id": id}))
        .await;
    let kinds: Vec<_> = told
        .at("/credential/statusChanges")
        .as_array()
        .expect("a list")
        .iter()
        .map(|c| c["kind"].as_str().unwrap_or_default())
        .collect();
    assert_eq!(kinds, ["SUSPENDED", "REINSTATED", "SUSPENDED", "REVOKED"]);
}

async fn nobody_assesses_themself(house: House) {
    let platform = house.with_samples().await;
    let api = &house.api;
    let college = Tenant::create(api, &platform, "riverside").await;
    let statement = &cast::statements(api, SAMPLES[0].soc, 1).await[0];
    let plan = college.plan(std::slice::from_ref(statement), false).await;
    let by_link = json!({
        "externalId": "a", "name": "First", "did": "did:web:people.example:first",
        "memberId": college.assessors[0].id,
    });
    let by_email = json!({
        "externalId": "b", "name": "First", "email": "FIRST@riverside.example",
    });
    for input in [by_link, by_email] {
        let learner = college.learner(input).await;
        let assessment = college.open(&plan, &learner).await;
        let input = json!({"assessmentId": assessment, "statementId": statement, "rating": 4});
        let [own, other] = &college.assessors;
        let observe = async |token: &str| {
            api.mutate(
                token,
                "recordObservation",
                "observation { id }",
                input.clone(),
            )
            .await
        };
        assert_eq!(observe(&own.token).await.user_errors(), ["SELF_ASSESSMENT"]);
        let decide = json!({"assessmentId": assessment});
        let decided = api
            .mutate(&own.token, "decideAssessment", DECISION, decide)
            .await;
        assert_eq!(decided.user_errors(), ["SELF_ASSESSMENT"]);
        let opens = json!({"planId": plan, "learnerId": learner});
        let opened = api
            .mutate(&own.token, "openAssessment", "assessment { id }", opens)
            .await;
        assert_eq!(opened.user_errors(), ["SELF_ASSESSMENT"]);
        assert!(observe(&other.token).await.user_errors().is_empty());
    }
}

async fn only_administrators_issue(house: House) {
    let platform = house.with_samples().await;
    let api = &house.api;
    let college = Tenant::create(api, &platform, "riverside").await;
    let statement = &cast::statements(api, SAMPLES[0].soc, 1).await[0];
    let demonstration = college.demonstration(statement, false).await;
    let input = json!({"demonstrationId": demonstration, "idempotencyKey": "k"});
    for token in [&college.assessors[0].token, &platform] {
        let answer = api
            .mutate(token, "issueCredential", cast::CREDENTIAL, input.clone())
            .await;
        assert_eq!(answer.code(), Some("FORBIDDEN"), "{answer:?}");
    }
    let listed = api
        .send(
            Some(&college.admin.token),
            "{ credentials { nodes { id } } }",
            json!({}),
        )
        .await;
    assert_eq!(listed.at("/credentials/nodes"), &json!([]));
}

async fn a_shared_export_ends_in_a_record(house: House) {
    let Some(shared) = crate::support::shared_dir("a_shared_export_ends_in_a_record") else {
        return;
    };
    let path = shared.join("seeds/003_6e28fa463755f6b8.txt");
    let document = std::fs::read_to_string(&path).expect("the shared export");
    let platform = house.bootstrap().await;
    let api = &house.api;
    let imported = api.import(&platform, &document).await;
    let soc = imported.text("/importFramework/imported/frameworkVersion/occupation/soc");
    let college = Tenant::create(api, &platform, "riverside").await;
    let count = imported.at("/importFramework/imported/statements").as_u64();
    let count = usize::try_from(count.expect("a number")).expect("it is small");
    let last = cast::statements(api, &soc, count).await.pop().expect("one");
    let demonstration = college.demonstration(&last, false).await;
    let issued = college.issue(&demonstration, "k").await;
    let jwt = issued.text("/issueCredential/credential/jwt");
    let verdict = api.verdict(&jwt).await;
    assert_eq!(
        verdict.at("/verifyCredential/outcome"),
        "VALID",
        "{verdict:?}"
    );
    assert_eq!(
        verdict.text("/verifyCredential/statementUrl"),
        statement_url(api, &last).await
    );
}
