//! A made-up provider with its people, all made through the API.

use attestry::{
    identity::{policy, tokens},
    kernel::{digest, ids},
};
use entity::{api_key, evidence_file};
use sea_orm::{ActiveModelTrait, IntoActiveModel};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{Answer, Api, House};

/// A provider, an administrator, two assessors and a learner.
#[derive(Clone)]
pub(crate) struct Tenant {
    /// How it is reached.
    pub(crate) api: Api,
    /// Global id of the provider.
    pub(crate) provider: String,
    /// The administrator's member id and token.
    pub(crate) admin: Person,
    /// The assessors' member ids and tokens.
    pub(crate) assessors: [Person; 2],
    /// Global id of a learner.
    pub(crate) learner: String,
}

/// A member with a key.
#[derive(Clone)]
pub(crate) struct Person {
    /// Global id of the member.
    pub(crate) id: String,
    /// The text of their key.
    pub(crate) token: String,
}

impl Tenant {
    /// Makes them all, with the token of a platform administrator.
    pub(crate) async fn create(api: &Api, platform: &str, slug: &str) -> Self {
        let input = json!({
            "slug": slug, "name": format!("The {slug} college"), "url": "https://college.example",
        });
        let created = api
            .mutate(platform, "createProvider", "provider { id }", input)
            .await;
        let provider = created.text("/createProvider/provider/id");
        let person = async |by: &str, name: &str, role: &str| {
            let input = json!({
                "providerId": provider, "name": format!("{name} of {slug}"),
                "email": format!("{name}@{slug}.example"), "roles": [role],
            });
            let made = api.mutate(by, "createMember", "member { id }", input).await;
            let id = made.text("/createMember/member/id");
            let token = key(api, by, json!({"memberId": id, "name": "work"})).await;
            Person { id, token }
        };
        let admin = person(platform, "admin", "PROVIDER_ADMIN").await;
        let assessors = [
            person(&admin.token, "first", "ASSESSOR").await,
            person(&admin.token, "second", "ASSESSOR").await,
        ];
        let mut tenant = Self {
            api: api.clone(),
            provider,
            admin,
            assessors,
            learner: String::new(),
        };
        let input = json!({
            "externalId": "2026-001", "name": format!("Learner of {slug}"),
            "email": format!("learner@{slug}.example"),
        });
        tenant.learner = tenant.learner(input).await;
        tenant
    }

    /// Makes a learner.
    pub(crate) async fn learner(&self, input: Value) -> String {
        let made = self.admin("createLearner", "learner { id }", input).await;
        made.text("/createLearner/learner/id")
    }

    /// Sends a mutation as the administrator.
    pub(crate) async fn admin(&self, name: &str, fields: &str, input: Value) -> Answer {
        self.api
            .mutate(&self.admin.token, name, fields, input)
            .await
    }

    /// Makes a plan over statements: one observation each, without evidence.
    pub(crate) async fn plan(&self, statements: &[String], suspendable: bool) -> String {
        let input = json!({
            "name": "Practical test", "statementIds": statements, "method": "OBSERVATION",
            "rule": {"lowestRating": 3}, "suspendable": suspendable,
        });
        let made = self
            .admin("createAssessmentPlan", "assessmentPlan { id }", input)
            .await;
        made.text("/createAssessmentPlan/assessmentPlan/id")
    }

    /// Opens an assessment of a learner.
    pub(crate) async fn open(&self, plan: &str, learner: &str) -> String {
        let input = json!({"planId": plan, "learnerId": learner});
        let made = self
            .admin("openAssessment", "assessment { id }", input)
            .await;
        made.text("/openAssessment/assessment/id")
    }

    /// Takes the learner from a plan to a demonstration of one statement.
    pub(crate) async fn demonstration(&self, statement: &str, suspendable: bool) -> String {
        let plan = self.plan(&[statement.to_owned()], suspendable).await;
        let assessment = self.open(&plan, &self.learner).await;
        let input = json!({
            "assessmentId": assessment, "statementId": statement, "rating": 3,
            "context": "at the desk",
        });
        let assessor = &self.assessors[0].token;
        let seen = self
            .api
            .mutate(assessor, "recordObservation", "observation { id }", input)
            .await;
        seen.text("/recordObservation/observation/id");
        let decided = self.decide(&assessment, "demonstrations { id }").await;
        decided.text("/decideAssessment/demonstrations/0/id")
    }

    /// Submits an assessment and decides it, as the administrator.
    pub(crate) async fn decide(&self, assessment: &str, fields: &str) -> Answer {
        let input = json!({"assessmentId": assessment});
        let submitted = self
            .admin("submitAssessment", "assessment { state }", input.clone())
            .await;
        assert_eq!(
            submitted.at("/submitAssessment/assessment/state"),
            "SUBMITTED",
            "{submitted:?}"
        );
        self.admin("decideAssessment", fields, input).await
    }

    /// Issues a JWT for a demonstration under an idempotency key.
    pub(crate) async fn issue(&self, demonstration: &str, key: &str) -> Answer {
        self.issue_as("JWT_OPEN_BADGES", demonstration, key).await
    }

    /// Issues for a demonstration under an idempotency key, secured by a mechanism.
    pub(crate) async fn issue_as(&self, mechanism: &str, demonstration: &str, key: &str) -> Answer {
        let input = json!({
            "demonstrationId": demonstration, "idempotencyKey": key, "mechanism": mechanism,
        });
        self.admin("issueCredential", CREDENTIAL, input).await
    }

    /// Changes the status of a credential.
    pub(crate) async fn change(&self, mutation: &str, credential: &str) -> Answer {
        let input = json!({"credentialId": credential, "reason": "a reason"});
        self.admin(mutation, CREDENTIAL, input).await
    }
}

/// What tests ask of a credential.
pub(crate) const CREDENTIAL: &str =
    "credential { id urn mechanism secured jwt state statusEntry { listUrl index purpose set } }";

/// Makes an API key; its text.
pub(crate) async fn key(api: &Api, token: &str, input: Value) -> String {
    let made = api
        .mutate(token, "createApiKey", "apiKey { id } token", input)
        .await;
    made.text("/createApiKey/token")
}

/// The row id in a global id.
pub(crate) fn row_id(global: &str) -> Uuid {
    ids::parse_global(global).expect("it is an id").1
}

/// A key with which a learner of a tenant acts; its text.
pub(crate) async fn learner_key(house: &House, tenant: &Tenant, learner: &str) -> String {
    let op = house.app.operator();
    let token = tokens::generate(op.app.rng.as_ref());
    let scopes = policy::scopes_of(&[policy::Role::Learner]);
    let scopes: Vec<_> = scopes.iter().map(|s| s.as_str()).collect();
    let row = api_key::Model {
        id: op.new_id(),
        provider_id: Some(row_id(&tenant.provider)),
        member_id: None,
        learner_id: Some(row_id(learner)),
        platform_role: None,
        name: "a learner's".to_owned(),
        digest: digest::sha256(token.as_bytes()).to_vec(),
        scopes: scopes.join(" "),
        created_at: 0,
        expires_at: i64::MAX,
        revoked_at: None,
    };
    let inserted = row.into_active_model().insert(house.db()).await;
    inserted.expect("it can be inserted");
    token.as_str().to_owned()
}

/// A file that a tenant is as if it had uploaded; its global id.
pub(crate) async fn evidence_file(house: &House, tenant: &Tenant) -> String {
    let id = house.app.operator().new_id();
    let row = evidence_file::Model {
        id,
        provider_id: row_id(&tenant.provider),
        digest: digest::sha256(b"a scanned sheet").to_vec(),
        media_type: "application/pdf".to_owned(),
        size: 15,
        name: "sheet.pdf".to_owned(),
        uploaded_by: "nobody".to_owned(),
        created_at: 0,
    };
    let inserted = row.into_active_model().insert(house.db()).await;
    inserted.expect("it can be inserted");
    ids::global("EvidenceFile", id)
}

/// Global ids of the first `count` statements of an occupation, lowest level first.
pub(crate) async fn statements(api: &Api, soc: &str, count: usize) -> Vec<String> {
    let query = "query S($soc: String!) { occupation(soc: $soc) {
        frameworkVersions { levels { statements { id } } } } }";
    let answer = api.send(None, query, json!({"soc": soc})).await;
    let levels = answer.at("/occupation/frameworkVersions/0/levels");
    let levels = levels.as_array().unwrap_or_else(|| panic!("{answer:?}"));
    let all = levels.iter().filter_map(|l| l["statements"].as_array());
    let ids: Vec<_> = all
        .flatten()
        .filter_map(|s| s["id"].as_str().map(str::to_owned))
        .take(count)
        .collect();
    assert_eq!(ids.len(), count, "{answer:?}");
    ids
}
