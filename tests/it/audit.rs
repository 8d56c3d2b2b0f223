//! Every change leaves its record, in the same transaction; what changes nothing leaves none.

mod refused;

use std::collections::{BTreeMap, BTreeSet};

use attestry::{catalog::samples::SAMPLES, kernel::ids};
use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value, json};

use crate::support::{
    Answer, House, Tenant, audit::check_chains, calls::Sdl, cast, on_each_database,
};

on_each_database!(
    each_mutation_leaves_its_record,
    a_failed_mutation_leaves_none,
    without_a_record_there_is_no_change,
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
            "assessment",
            "observation",
            "evidence",
            "decision",
            "demonstration",
            "credential",
            "status_list",
            "status_change",
            "framework_version",
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
    let (_, provider) = ids::parse_global(&college.provider).expect("it is an id");
    let own = provider.to_string();
    let mut seen = BTreeSet::new();
    let mut before = scene.records().await;
    // Sends a mutation that must do something, and holds the chains against what it should add.
    let mut step = async |token: &str,
                          name: &'static str,
                          fields: &str,
                          input: Value,
                          platform: i64,
                          tenant: i64| {
        let answer = scene.send(token, name, fields, input).await;
        assert!(
            answer.code().is_none() && answer.user_errors().is_empty(),
            "{answer:?}"
        );
        seen.insert(name);
        let after = scene.records().await;
        let added = |chain: &str| after[chain] - before.get(chain).copied().unwrap_or(0);
        assert_eq!(
            (added("platform"), added(&own)),
            (platform, tenant),
            "{name}"
        );
        let total = |chains: &BTreeMap<String, i64>| chains.values().sum::<i64>();
        let elsewhere = total(&after) - total(&before) - platform - tenant;
        // A new provider's chain starts with its creation.
        assert_eq!(elsewhere, i64::from(name == "createProvider"), "{name}");
        before = after;
        answer
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
    let input = json!({"planId": plan, "learnerId": learner});
    let made = step(admin, "openAssessment", "assessment { id }", input, 0, 1).await;
    let assessment = made.text("/openAssessment/assessment/id");
    let decide = json!({"assessmentId": assessment});
    step(
        admin,
        "decideAssessment",
        "demonstrations { id }",
        decide.clone(),
        0,
        1,
    )
    .await;
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
    let made = step(
        admin,
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
    let all = Sdl::read().root_fields();
    let missed = all.iter().filter_map(|f| f.strip_prefix("Mutation."));
    let missed: Vec<_> = missed.filter(|m| !seen.contains(m)).collect();
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

async fn without_a_record_there_is_no_change(house: House) {
    let scene = Scene::set(house).await;
    let college = &scene.college;
    let demonstration = college.demonstration(&scene.statement, false).await;
    let issued = college.issue(&demonstration, "first").await;
    let credential = issued.text("/issueCredential/credential/id");
    let keys = "{ signingKeys { nodes { id } } }";
    let token = Some(college.admin.token.as_str());
    let keys = college.api.send(token, keys, json!({})).await;
    let key = keys.text("/signingKeys/nodes/0/id");
    let rename = async |from: &str, to: &str| {
        let sql = format!("ALTER TABLE {from} RENAME TO {to}");
        let db = scene.house.db();
        db.execute_unprepared(&sql)
            .await
            .expect("it can be renamed");
    };
    let rows = scene.rows().await;
    rename("audit_record", "audit_record_away").await;
    let newer = String::from_utf8(SAMPLES[1].bytes.to_vec()).expect("samples are UTF-8");
    let (platform, admin) = (&scene.platform, &college.admin.token);
    for (token, name, input) in [
        (
            platform,
            "importFramework",
            json!({"document": newer.replace("v.26.11", "v.26.12")}),
        ),
        (
            platform,
            "createProvider",
            json!({"slug": "h-2", "name": "H", "url": "https://h.example"}),
        ),
        (
            admin,
            "createMember",
            json!({"name": "New", "roles": ["ASSESSOR"]}),
        ),
        (
            admin,
            "createApiKey",
            json!({"memberId": college.admin.id, "name": "k"}),
        ),
        (
            admin,
            "createLearner",
            json!({"externalId": "9", "name": "L", "email": "l@l.example"}),
        ),
        (
            admin,
            "issueCredential",
            json!({"demonstrationId": demonstration, "idempotencyKey": "k2"}),
        ),
        (
            admin,
            "revokeCredential",
            json!({"credentialId": credential, "reason": "a reason"}),
        ),
        (admin, "generateSigningKey", Value::Null),
        (admin, "rotateSigningKey", json!({})),
        (
            admin,
            "markKeyCompromised",
            json!({"signingKeyId": key, "reason": "a reason"}),
        ),
    ] {
        let answer = scene.send(token, name, "__typename", input).await;
        assert_eq!(answer.code(), Some("INTERNAL"), "{name}: {answer:?}");
    }
    rename("audit_record_away", "audit_record").await;
    assert_eq!(scene.rows().await, rows);
    scene.records().await;
    let jwt = issued.text("/issueCredential/credential/jwt");
    assert_eq!(scene.house.api.outcome(&jwt).await, "VALID");
}
