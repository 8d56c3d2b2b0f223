//! `POST /issuers/{slug}/credentials/issue`: credentials that a client wrote.

mod allowed;
mod refused;
mod secured;

use attestry::{catalog::samples::SAMPLES, credential::mechanism::Mechanism, kernel::ids};
use axum::http::StatusCode;
use entity::{credential, status_list};
use futures_util::future::join_all;
use sea_orm::{EntityTrait, PaginatorTrait};
use serde_json::{Value, json};

use crate::support::{
    Answer, Api, House, Tenant, audit::check_chains, cast, on_each_database, proofs,
};

const PATH: &str = "/issuers/riverside/credentials/issue";
const DID: &str = "did:web:skills.example:issuers:riverside";

/// A college whose administrator has a key for writing credentials.
struct Scene {
    house: House,
    platform: String,
    college: Tenant,
    token: String,
}

impl Scene {
    async fn create(house: House) -> Self {
        let platform = house.with_samples().await;
        let college = Tenant::create(&house.api, &platform, "riverside").await;
        let token = writer(&house.api, &college).await;
        Self {
            house,
            platform,
            college,
            token,
        }
    }

    async fn post(&self, path: &str, token: Option<&str>, body: &Value) -> Answer {
        let body = body.to_string().into_bytes();
        let sent = self.house.api.post(path, token, &[], body).await;
        sent.expect("it is in this process")
    }

    async fn issue(&self, body: &Value) -> Answer {
        self.post(PATH, Some(&self.token), body).await
    }

    async fn rows(&self) -> Vec<credential::Model> {
        let db = self.house.db();
        let rows = credential::Entity::find().all(db).await;
        rows.expect("they can be read")
    }

    /// How one check of a record ends.
    async fn check(&self, record: &str, name: &str) -> String {
        let verdict = self.house.api.verdict(record).await;
        let checks = verdict.at("/verifyCredential/checks").as_array();
        let check = checks.into_iter().flatten().find(|c| c["name"] == name);
        let outcome = check.and_then(|c| c["outcome"].as_str());
        outcome.unwrap_or_else(|| panic!("{verdict:?}")).to_owned()
    }

    /// The learner's `urn:uuid`, as records name them.
    async fn subject(&self) -> String {
        let (_, id) = ids::parse_global(&self.college.learner).expect("a global id");
        let db = self.house.db();
        let row = entity::learner::Entity::find_by_id(id).one(db).await;
        row.expect("it can be read")
            .expect("it is there")
            .subject_urn
    }
}

/// A key of a college's administrator for writing credentials.
async fn writer(api: &Api, college: &Tenant) -> String {
    let input = json!({
        "memberId": college.admin.id, "name": "writer", "scopes": ["credentials:issue-raw"],
    });
    cast::key(api, &college.admin.token, input).await
}

fn written() -> Value {
    json!({
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "type": ["VerifiableCredential"],
        "credentialSubject": {"id": "did:example:ada", "name": "Ada"},
    })
}

/// The request for a written credential with a member set.
fn with(member: &str, value: Value) -> Value {
    let mut credential = written();
    credential[member] = value;
    json!({"credential": credential})
}

/// The problem in an answer, by its title, and what is said of it.
fn problem(answer: &Answer) -> (&str, &str) {
    let text = |name| answer.body["problemDetails"][0][name].as_str();
    let problem = text("title").zip(text("detail"));
    problem.unwrap_or_else(|| panic!("no problem: {answer:?}"))
}

/// The secured credential as text, ready to be judged.
fn record(answer: &Answer) -> String {
    assert_eq!(answer.status, StatusCode::CREATED, "{answer:?}");
    answer.body["verifiableCredential"].to_string()
}

/// The credential within, whatever secures it.
fn claims(answer: &Answer) -> Value {
    let document = &answer.body["verifiableCredential"];
    if document["proof"].is_object() {
        return document.clone();
    }
    let inspected = attestry::credential::verify::inspect(record(answer).as_bytes());
    inspected.expect("a credential").document().clone().into()
}
