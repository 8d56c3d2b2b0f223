//! Every change leaves its record, in the same transaction; what changes nothing leaves none.

mod drafting;
mod refused;
mod steps;
mod unrecorded;

use std::collections::BTreeMap;

use attestry::catalog::samples::SAMPLES;
use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value, json};

use steps::Steps;

use crate::support::{
    Answer, House, Tenant, audit::check_chains, calls::Sdl, cast, on_each_database, places,
};

on_each_database!(
    each_mutation_leaves_its_record,
    a_failed_mutation_leaves_none,
);

/// A house with a tenant, and what to send to it.
struct Scene {
    house: House,
    platform: String,
    college: Tenant,
    statement: String,
}

impl Scene {
    async fn set(house: House) -> Self {
        let platform = house.with_samples().await;
        let college = Tenant::create(&house.api, &platform, "riverside").await;
        let statement = cast::statements(&house.api, SAMPLES[0].soc, 1)
            .await
            .remove(0);
        Self {
            house,
            platform,
            college,
            statement,
        }
    }

    async fn send(&self, token: &str, name: &str, fields: &str, input: Value) -> Answer {
        self.house.api.mutate(token, name, fields, input).await
    }

    /// How many records each chain has.
    async fn records(&self) -> BTreeMap<String, i64> {
        check_chains(&self.house.app.db).await
    }

    /// How many rows all other tables have.
    async fn rows(&self) -> BTreeMap<&'static str, i64> {
        let db = self.house.db();
        let mut counts = BTreeMap::new();
        for table in [
            "provider",
            "member",
            "member_role",
            "api_key",
            "learner",
            "assessment_plan",
            "plan_statement",
            "carry_over",
            "plan_version",
            "assessment",
            "assessment_transition",
            "event",
            "observation",
            "evidence",
            "decision",
            "demonstration",
            "credential",
            "status_list",
            "status_change",
            "framework_version",
            "framework_draft",
            "correction",
            "data_key",
            "signing_key",
            "reissue",
            "setting",
        ] {
            let sql = format!("SELECT COUNT(*) AS n FROM {table}");
            let statement = Statement::from_string(db.get_database_backend(), sql);
            let row = db
                .query_one_raw(statement)
                .await
                .expect("it can be counted");
            let count = row.expect("one row").try_get("", "n").expect("a number");
            counts.insert(table, count);
        }
        counts
    }
}

async fn each_mutation_leaves_its_record(house: House) {
    let scene = Scene::set(house).await;
    let college = scene.college.clone();
    let mut steps = Steps::begin(&scene).await;
    let mut step = async |token: &str,
                          name: &'static str,
                          fields: &str,
                          input: Value,
                          platform: i64,
                          tenant: i64| {
        let added = (platform, tenant);
        steps.step(token, name, fields, input, added).await
    };
    let (platform, admin) = (scene.platform.as_str(), college.admin.token.as_str());
    let newer = String::from_utf8(SAMPLES[0].bytes.to_vec()).expect("samples are UTF-8");
    let newer = newer.replace("v.26.11", "v.26.12");
    step(
        platform,
        "importFramework",
        "imported { unchanged }",
        json!({"document": newer}),
        1,
        0,
    )
    .await;
    // The same again changes nothing.
    step(
        platform,
        "importFramework",
        "imported { unchanged }",
        json!({"document": newer}),
        0,
        0,
    )
    .await;
    let (from, to) = places::neighbours(SAMPLES[0].soc, "v.26.11", "v.26.12");
    let input = json!({
        "fromStatementId": from, "toStatementId": to, "accepted": true, "reason": "a reason",
    });
    step(
        admin,
        "decideCarryOver",
        "decision { accepted }",
        input,
        0,
        1,
    )
    .await;
    let input = json!({"slug": "hillside", "name": "Hillside", "url": "https://h.example"});
    step(platform, "createProvider", "provider { id }", input, 1, 0).await;
    let input = json!({"name": "New", "roles": ["ASSESSOR"]});
    let made = step(admin, "createMember", "member { id }", input, 0, 1).await;
    let input = json!({"memberId": made.text("/createMember/member/id"), "name": "k"});
    let made = step(admin, "createApiKey", "apiKey { id }", input, 0, 1).await;
    let input = json!({"apiKeyId": made.text("/createApiKey/apiKey/id")});
    step(admin, "revokeApiKey", "apiKey { id }", input.clone(), 0, 1).await;
    step(admin, "revokeApiKey", "apiKey { id }", input, 0, 0).await;
    let input = json!({"externalId": "9", "name": "L", "email": "l@l.example"});
    let made = step(admin, "createLearner", "learner { id }", input, 0, 1).await;
    let learner = made.text("/createLearner/learner/id");
    let input = json!({
        "name": "P", "statementIds": [scene.statement], "method": "INTERVIEW", "rule": {},
        "suspendable": true,
    });
    let made = step(
        admin,
        "createAssessmentPlan",
        "assessmentPlan { id }",
        input,
        0,
        1,
    )
    .await;
    let plan = made.text("/createAssessmentPlan/assessmentPlan/id");
    let input = json!({"planId": plan, "rule": {"minObservations": 2}});
    let fields = "assessmentPlan { id }";
    step(admin, "reviseAssessmentPlan", fields, input.clone(), 0, 1).await;
    step(admin, "reviseAssessmentPlan", fields, input, 0, 0).await;
    let input = json!({"planId": plan, "rule": {}});
    step(admin, "reviseAssessmentPlan", fields, input, 0, 1).await;
    let input = json!({"planId": plan, "learnerId": learner, "plannedFor": "2099-01-01T00:00:00Z"});
    let fields = "assessment { id }";
    let made = step(admin, "planAssessment", fields, input, 0, 1).await;
    let id = made.text("/planAssessment/assessment/id");
    for (name, input) in [
        ("startAssessment", json!({"assessmentId": id})),
        ("submitAssessment", json!({"assessmentId": id})),
        ("reopenAssessment", json!({"assessmentId": id})),
        (
            "withdrawAssessment",
            json!({"assessmentId": id, "reason": "moved away"}),
        ),
    ] {
        step(admin, name, fields, input, 0, 1).await;
    }
    let input = json!({"planId": plan, "learnerId": learner});
    let made = step(admin, "openAssessment", "assessment { id }", input, 0, 1).await;
    let assessment = made.text("/openAssessment/assessment/id");
    let decide = json!({"assessmentId": assessment});
    let input = json!({
        "assessmentId": assessment, "statementId": scene.statement, "rating": 3,
        "evidence": [{"kind": "TEXT", "value": "seen"}],
    });
    let assessor = college.assessors[0].token.as_str();
    step(
        assessor,
        "recordObservation",
        "observation { id }",
        input,
        0,
        1,
    )
    .await;
    step(
        admin,
        "submitAssessment",
        "assessment { id }",
        decide.clone(),
        0,
        1,
    )
    .await;
    let made = step(
        admin,
        "decideAssessment",
        "demonstrations { id }",
        decide.clone(),
        0,
        1,
    )
    .await;
    let own = cast::learner_key(&scene.house, &college, &learner).await;
    step(
        &own,
        "agreeToAssessment",
        "assessment { id }",
        decide.clone(),
        0,
        1,
    )
    .await;
    step(
        &own,
        "agreeToAssessment",
        "assessment { id }",
        decide.clone(),
        0,
        0,
    )
    .await;
    let appeal = json!({"assessmentId": assessment, "reason": "seen on a bad day"});
    step(&own, "appealAssessment", "assessment { id }", appeal, 0, 1).await;
    step(
        assessor,
        "decideAssessment",
        "demonstrations { id }",
        decide,
        0,
        1,
    )
    .await;
    let demonstration = made.text("/decideAssessment/demonstrations/0/id");
    // The intent before it is signed, and the result.
    let issue = json!({"demonstrationId": demonstration, "idempotencyKey": "k"});
    let made = step(
        admin,
        "issueCredential",
        "credential { id }",
        issue.clone(),
        // The first issuance binds the installation to its public URL.
        1,
        2,
    )
    .await;
    step(admin, "issueCredential", "credential { id }", issue, 0, 0).await;
    let input = json!({
        "credentialId": made.text("/issueCredential/credential/id"), "reason": "a reason",
    });
    for name in [
        "suspendCredential",
        "reinstateCredential",
        "revokeCredential",
    ] {
        step(admin, name, "credential { id }", input.clone(), 0, 1).await;
        step(admin, name, "credential { id }", input.clone(), 0, 0).await;
    }
    let key = "signingKey { id }";
    let made = step(admin, "generateSigningKey", key, Value::Null, 0, 1).await;
    let input = json!({"signingKeyId": made.text("/generateSigningKey/signingKey/id")});
    step(admin, "retireSigningKey", key, input.clone(), 0, 1).await;
    step(admin, "retireSigningKey", key, input, 0, 0).await;
    // One key goes, another comes.
    let made = step(admin, "rotateSigningKey", key, json!({}), 0, 2).await;
    let input = json!({"demonstrationId": demonstration, "idempotencyKey": "k2"});
    step(admin, "issueCredential", "credential { id }", input, 0, 2).await;
    let id = made.text("/rotateSigningKey/signingKey/id");
    let input = json!({"signingKeyId": id, "reason": "a reason"});
    let fields = "compromise { records }";
    step(admin, "markKeyCompromised", fields, input.clone(), 0, 2).await;
    step(admin, "markKeyCompromised", fields, input, 0, 0).await;
    let input = json!({"signingKeyId": id});
    let fields = "reissue { reissued remaining }";
    step(admin, "reissueCredentials", fields, input.clone(), 0, 2).await;
    step(admin, "reissueCredentials", fields, input, 0, 0).await;
    let hook = "webhook { id }";
    let input = json!({"url": "https://college.example/hook"});
    let made = step(admin, "createWebhook", hook, input, 0, 1).await;
    let webhook = json!({"webhookId": made.text("/createWebhook/webhook/id")});
    step(admin, "rotateWebhookSecret", hook, webhook.clone(), 0, 1).await;
    let delivery = crate::events::dead_letter(&scene.house, &college).await;
    let input = json!({"deliveryId": delivery});
    step(admin, "redeliverWebhook", "delivery { id }", input, 0, 1).await;
    step(admin, "disableWebhook", hook, webhook.clone(), 0, 1).await;
    step(admin, "disableWebhook", hook, webhook, 0, 0).await;
    let input = json!({"planId": plan});
    let fields = "assessmentPlan { id }";
    step(admin, "archiveAssessmentPlan", fields, input.clone(), 0, 1).await;
    step(admin, "archiveAssessmentPlan", fields, input, 0, 0).await;
    let input = json!({"externalId": "2026-777", "name": "Leaving", "email": "l@x.example"});
    let made = step(admin, "createLearner", "learner { id }", input, 0, 1).await;
    let leaving = made.text("/createLearner/learner/id");
    let input = json!({"learnerId": leaving});
    let made = step(admin, "inviteLearner", "url", input, 0, 1).await;
    let url = made.text("/inviteLearner/url");
    let (_, token) = url.rsplit_once('/').expect("it is a URL");
    let input = json!({"token": token});
    let made = step(admin, "acceptInvitation", "token", input, 0, 2).await;
    let own = made.text("/acceptInvitation/token");
    let asked = "learner { id }";
    step(&own, "requestErasure", asked, Value::Null, 0, 1).await;
    step(&own, "requestErasure", asked, Value::Null, 0, 0).await;
    let input = json!({
        "memberId": college.admin.id, "name": "eraser", "scopes": ["learners:erase"],
    });
    let made = step(admin, "createApiKey", "token", input, 0, 1).await;
    let eraser = made.text("/createApiKey/token");
    let input = json!({"learnerId": leaving, "confirm": "2026-777"});
    step(&eraser, "eraseLearner", asked, input.clone(), 0, 1).await;
    step(&eraser, "eraseLearner", asked, input, 0, 0).await;
    drafting::drafting(&mut steps).await;
    let all = Sdl::read().root_fields();
    let missed = all.iter().filter_map(|f| f.strip_prefix("Mutation."));
    let missed: Vec<_> = missed.filter(|m| !steps.seen.contains(m)).collect();
    assert!(missed.is_empty(), "add a step for {missed:?}");
}

async fn a_failed_mutation_leaves_none(house: House) {
    let scene = Scene::set(house).await;
    let (records, rows) = (scene.records().await, scene.rows().await);
    for (name, input) in refused::refused(&scene) {
        for token in [
            &scene.platform,
            &scene.college.admin.token,
            &scene.college.assessors[0].token,
        ] {
            let answer = scene.send(token, name, "__typename", input.clone()).await;
            let refused = answer.code().is_some() || !answer.user_errors().is_empty();
            assert!(refused, "{name}: {answer:?}");
        }
    }
    assert_eq!(scene.records().await, records);
    assert_eq!(scene.rows().await, rows);
}
