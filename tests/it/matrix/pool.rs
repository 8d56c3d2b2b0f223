//! The objects of a tenant A, one of each kind, and values for every argument.

use std::collections::BTreeMap;

use attestry::{
    bulk::{
        model::{Kind, Order},
        ops::import,
    },
    catalog::samples::SAMPLES,
    kernel::ids,
};
use sea_orm::EntityTrait;
use serde_json::{Value, json};

use crate::events;
use crate::support::{Answer, House, Tenant, calls::Place, cast};

/// The objects of tenant A that calls name.
pub(crate) struct Pool {
    /// Tenant A.
    pub(crate) a: Tenant,
    /// Another tenant.
    pub(crate) b: Tenant,
    /// The token of a platform administrator.
    pub(crate) platform: String,
    /// Another learner of A.
    pub(crate) neighbour: String,
    /// What only the neighbour, and A's members, may know.
    neighbours: Vec<String>,
    ids: BTreeMap<&'static str, String>,
}

/// The kinds that anyone may see.
const PUBLIC: [&str; 4] = ["Occupation", "FrameworkVersion", "Statement", "Provider"];

/// The kinds that every learner of a provider may see.
const PLANS: [&str; 2] = ["AssessmentPlan", "AssessmentPlanVersion"];

impl Pool {
    /// Makes them all through the API.
    pub(crate) async fn create(house: &House) -> Self {
        let platform = house.with_samples().await;
        let api = &house.api;
        let a = Tenant::create(api, &platform, "riverside").await;
        let b = Tenant::create(api, &platform, "hillside").await;
        let statement = cast::statements(api, SAMPLES[0].soc, 1).await.remove(0);
        let plan = a.plan(std::slice::from_ref(&statement), true).await;
        let query = "query P($id: ID!) { assessmentPlan(id: $id) { newestVersion { id } } }";
        let token = Some(a.admin.token.as_str());
        let version = api.send(token, query, json!({"id": plan})).await;
        let version = version.text("/assessmentPlan/newestVersion/id");
        let assessment = a.open(&plan, &a.learner).await;
        let input = json!({
            "assessmentId": assessment, "statementId": statement, "rating": 4,
            "evidence": [{"kind": "TEXT", "value": "riverside.example/evidence"}],
        });
        let fields = "observation { id evidence { id } }";
        let token = &a.assessors[0].token;
        let seen = api.mutate(token, "recordObservation", fields, input).await;
        let fields = "decision { id } demonstrations { id }";
        let decided = a.decide(&assessment, fields).await;
        let demonstration = decided.text("/decideAssessment/demonstrations/0/id");
        let issued = a.issue(&demonstration, "riverside.example/key").await;
        // One that is still open, to be observed and decided.
        let open = a.open(&plan, &a.learner).await;
        // Of somebody else, whom the first learner does not meet.
        let input = json!({
            "externalId": "2026-002", "name": "Neighbour", "email": "neighbour@next.example",
        });
        let neighbour = a.learner(input).await;
        let theirs = a.open(&plan, &neighbour).await;
        // A key that nobody uses, to be revoked.
        let input = json!({"memberId": a.admin.id, "name": "riverside.example/key"});
        let key = a.admin("createApiKey", "apiKey { id }", input).await;
        // A key that stands by, to be changed.
        let fields = "signingKey { id }";
        let standby = a.admin("generateSigningKey", fields, Value::Null).await;
        let input = json!({"url": "https://riverside.example/hook"});
        let hook = a.admin("createWebhook", "webhook { id }", input).await;
        let input = json!({"framework": {"slug": "draft", "title": "riverside.example/draft"}});
        let draft = a
            .admin("createFrameworkDraft", "frameworkDraft { id }", input)
            .await;
        let input = json!({
            "statementId": statement, "proposedText": "riverside.example/words",
            "reason": "riverside.example/reason",
        });
        let token = cast::learner_key(house, &a, &a.learner).await;
        let correction = api
            .mutate(&token, "suggestCorrection", "correction { id }", input)
            .await;
        let file = cast::evidence_file(house, &a).await;
        let catalog = "{ occupations(first: 1) { nodes { id frameworkVersions { id } } } }";
        let catalog = api.send(None, catalog, json!({})).await;
        let of = |answer: &Answer, pointer: &str| answer.text(pointer);
        let ids = BTreeMap::from([
            ("Occupation", of(&catalog, "/occupations/nodes/0/id")),
            (
                "FrameworkVersion",
                of(&catalog, "/occupations/nodes/0/frameworkVersions/0/id"),
            ),
            ("Statement", statement),
            ("Provider", a.provider.clone()),
            ("Member", a.admin.id.clone()),
            ("ApiKey", of(&key, "/createApiKey/apiKey/id")),
            ("Learner", a.learner.clone()),
            ("AssessmentPlan", plan),
            ("AssessmentPlanVersion", version),
            ("EvidenceFile", file),
            ("Assessment", open),
            (
                "Observation",
                of(&seen, "/recordObservation/observation/id"),
            ),
            (
                "Evidence",
                of(&seen, "/recordObservation/observation/evidence/0/id"),
            ),
            ("Decision", of(&decided, "/decideAssessment/decision/id")),
            ("Demonstration", demonstration),
            ("BulkJob", bulk_job(house, &a).await),
            ("Credential", of(&issued, "/issueCredential/credential/id")),
            (
                "FrameworkDraft",
                of(&draft, "/createFrameworkDraft/frameworkDraft/id"),
            ),
            (
                "Correction",
                of(&correction, "/suggestCorrection/correction/id"),
            ),
            ("Webhook", of(&hook, "/createWebhook/webhook/id")),
            ("WebhookDelivery", events::dead_letter(house, &a).await),
            (
                "SigningKey",
                of(&standby, "/generateSigningKey/signingKey/id"),
            ),
        ]);
        let neighbours = vec![neighbour.clone(), theirs, "next.example".to_owned()];
        Self {
            a,
            b,
            platform,
            neighbour,
            neighbours,
            ids,
        }
    }

    /// The kinds of which there is an object.
    pub(crate) fn kinds(&self) -> impl Iterator<Item = &'static str> {
        self.ids.keys().copied()
    }

    /// The object of a kind.
    pub(crate) fn id(&self, kind: &str) -> &str {
        let id = self.ids.get(kind);
        id.unwrap_or_else(|| panic!("the pool has no {kind}: make one"))
    }

    /// A value for an argument: ids of A's objects wherever an id can stand, and
    /// otherwise what is needed only.
    pub(crate) fn value(&self, place: &Place<'_>) -> Option<Value> {
        match (place.scalar, place.name) {
            ("ID", name) => Some(json!(self.id(kind(name, place.output)))),
            // Small pages, so that everything in them can be asked for.
            ("Int", "first") => Some(json!(2)),
            ("String", "email") => Some(json!("somebody@matrix.example")),
            _ if !place.required => None,
            ("String", "slug") => Some(json!("matrix-college")),
            ("String", "url") => Some(json!("https://college.example")),
            ("String", "soc" | "a" | "b") => Some(json!(SAMPLES[0].soc)),
            ("String", _) => Some(json!("text")),
            ("Int", _) => Some(json!(3)),
            ("Boolean", _) => Some(json!(true)),
            ("DateTime", _) => Some(json!("2099-01-01T00:00:00Z")),
            (scalar, name) => panic!("{name} is a {scalar}: say what to give"),
        }
    }

    fn private(&self) -> impl Iterator<Item = &str> {
        let ids = self.ids.iter().filter(|(kind, _)| !PUBLIC.contains(kind));
        ids.map(|(_, id)| id.as_str())
    }

    /// Whether variables name an object that belongs to A.
    pub(crate) fn is_private(&self, variables: &Value) -> bool {
        let text = variables.to_string();
        let provider = self.a.provider.as_str();
        self.private().chain([provider]).any(|id| text.contains(id))
    }

    /// Whether an answer tells anything that is only A's to know.
    pub(crate) fn leaks(&self, answer: &Value) -> bool {
        let text = answer.to_string();
        let named = ["riverside.example", "of riverside"];
        self.private().chain(named).any(|own| text.contains(own)) || self.tells_neighbours(answer)
    }

    /// Whether variables name an object that is about A's learner, or for A's members only.
    pub(crate) fn is_another_learners(&self, variables: &Value) -> bool {
        let text = variables.to_string();
        self.personal().any(|id| text.contains(id))
    }

    /// Whether an answer tells anything that is only for A's learner, or for A's members.
    pub(crate) fn tells_learners(&self, answer: &Value) -> bool {
        let text = answer.to_string();
        let named = ["learner@riverside.example", "Learner of riverside"];
        self.personal().chain(named).any(|own| text.contains(own))
    }

    /// Whether an answer tells anything about A's other learner.
    pub(crate) fn tells_neighbours(&self, answer: &Value) -> bool {
        let text = answer.to_string();
        self.neighbours.iter().any(|own| text.contains(own))
    }

    /// What not every learner of A may see: all but the plans.
    fn personal(&self) -> impl Iterator<Item = &str> {
        let shared = |kind: &str| PUBLIC.contains(&kind) || PLANS.contains(&kind);
        let ids = self.ids.iter().filter(move |(kind, _)| !shared(kind));
        ids.map(|(_, id)| id.as_str())
    }
}

/// The kind of object that an argument of this name is the id of.
fn kind<'a>(name: &'a str, output: &'a str) -> &'a str {
    match name {
        // `node` takes any: here one that is private.
        "id" if output == "Node" => "Learner",
        "id" => output,
        "providerId" => "Provider",
        "memberId" => "Member",
        "supersedesId" => "Observation",
        "fileId" => "EvidenceFile",
        "apiKeyId" => "ApiKey",
        "learnerId" => "Learner",
        "planId" => "AssessmentPlan",
        "assessmentId" => "Assessment",
        "statementId" | "statementIds" | "essentialIds" | "fromStatementId" | "toStatementId" => {
            "Statement"
        }
        "fromVersionId" | "toVersionId" | "baseVersionId" | "frameworkVersionId" => {
            "FrameworkVersion"
        }
        "draftId" => "FrameworkDraft",
        "correctionId" => "Correction",
        "jobId" => "BulkJob",
        "demonstrationId" => "Demonstration",
        "credentialId" => "Credential",
        "signingKeyId" => "SigningKey",
        "webhookId" => "Webhook",
        "deliveryId" => "WebhookDelivery",
        other => panic!("{other} is a new name of an id: say here of what kind"),
    }
}

/// An import of a tenant that has ended, with a problem.
async fn bulk_job(house: &House, tenant: &Tenant) -> String {
    let order = Order {
        kind: Kind::Learners,
        dry_run: false,
        skip_bad_lines: false,
    };
    let provider = ids::parse_global(&tenant.provider).map(|(_, id)| id);
    let table = Box::new("external_id,name\nL-1,Ada\n".as_bytes());
    let report = import(&house.app.operator(), provider, &order, table, &|_| {}).await;
    assert_eq!(report.expect("the database works").refused, 1);
    let job = entity::bulk_job::Entity::find().one(house.db()).await;
    let job = job.expect("the database works").expect("it was stored");
    ids::global("BulkJob", job.id)
}
