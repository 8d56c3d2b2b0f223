//! A provider with its people, as its administrator works.

use std::time::Duration;

use attestry::web::router::router;
use axum::{
    Router,
    body::{Body, to_bytes},
    http::{Request, StatusCode, header},
};
use serde_json::{Value, json};
use tower::ServiceExt;

use super::class::{Class, Ratings};
use crate::support::{Answer, Api, House, cast};

/// A provider.
pub(super) struct College {
    pub(super) api: Api,
    router: Router,
    initial: char,
    slug: String,
    admin: (String, String),
    /// The token of a second administrator.
    pub(super) second: String,
    /// The token of the registrar.
    pub(super) registrar: String,
    /// The assessors' e-mail addresses and tokens.
    assessors: Vec<(String, String)>,
}

impl College {
    pub(super) async fn open(house: &House, platform: &str, slug: &str, assessors: usize) -> Self {
        let api = house.api.clone();
        let input = json!({"slug": slug, "name": format!("The {slug} school of massage"),
            "url": "https://college.example"});
        let made = api
            .mutate(platform, "createProvider", "provider { id }", input)
            .await;
        let provider = made.text("/createProvider/provider/id");
        let person = async |by: &str, name: String, role: &str| {
            let email = format!("{name}@{slug}.example");
            let input = json!({"providerId": provider, "name": name, "email": email,
                "roles": [role]});
            let made = api.mutate(by, "createMember", "member { id }", input).await;
            let id = made.text("/createMember/member/id");
            let input = json!({"memberId": id, "name": "work"});
            (id, email, cast::key(&api, by, input).await)
        };
        let (id, _, token) = person(platform, "ada".to_owned(), "PROVIDER_ADMIN").await;
        let mut eyes = Vec::new();
        for n in 0..assessors {
            let (_, email, token) = person(&token, format!("assessor{n}"), "ASSESSOR").await;
            eyes.push((email, token));
        }
        Self {
            second: person(&token, "ben".to_owned(), "PROVIDER_ADMIN").await.2,
            registrar: person(&token, "rita".to_owned(), "REGISTRAR").await.2,
            router: router(&house.app),
            initial: slug.chars().next().expect("a name").to_ascii_uppercase(),
            slug: slug.to_owned(),
            admin: (id, token),
            assessors: eyes,
            api,
        }
    }

    pub(super) async fn ask(&self, query: &str, variables: Value) -> Answer {
        self.ask_as(&self.admin.1, query, variables).await
    }

    pub(super) async fn ask_as(&self, token: &str, query: &str, variables: Value) -> Answer {
        self.api.send(Some(token), query, variables).await
    }

    pub(super) async fn mutate(&self, name: &str, fields: &str, input: Value) -> Answer {
        self.mutate_as(&self.admin.1, name, fields, input).await
    }

    pub(super) async fn mutate_as(
        &self,
        token: &str,
        name: &str,
        fields: &str,
        input: Value,
    ) -> Answer {
        self.api.mutate(token, name, fields, input).await
    }

    /// A key of the administrator with just these scopes.
    pub(super) async fn key(&self, scopes: &[&str]) -> String {
        let input = json!({"memberId": self.admin.0, "name": "for this", "scopes": scopes});
        cast::key(&self.api, &self.admin.1, input).await
    }

    pub(super) async fn plan(&self, input: Value) -> String {
        let made = self
            .mutate("createAssessmentPlan", "assessmentPlan { id }", input)
            .await;
        made.text("/createAssessmentPlan/assessmentPlan/id")
    }

    /// Enrols a class from a table, by the registrar.
    pub(super) async fn enrol(&self, class: &Class) {
        let mut table = "external_id,name,email\n".to_owned();
        for n in 0..class.size() {
            let (initial, slug) = (self.initial, &self.slug);
            table += &format!("{initial}-{n:03},Learner {n},l{n}@{slug}.example\n");
        }
        let job = self.import(&self.registrar, "/bulk/learners", table).await;
        assert_eq!(job, json!([class.size(), class.size(), 0]));
    }

    /// Records every assessor's rating of every statement for every learner: first tried, then done.
    pub(super) async fn record(&self, class: &Class, plan: &str, statements: &[String]) {
        let mut table = "learner,statement,rating,assessor,time,evidence_url\n".to_owned();
        let mut rows = 0;
        for learner in 0..class.size() {
            for (s, statement) in statements.iter().enumerate() {
                for (a, (email, _)) in self.assessors.iter().enumerate() {
                    let rating = Ratings::of(learner, s, a);
                    let initial = self.initial;
                    table += &format!(
                        "{initial}-{learner:03},{statement},{rating},{email},2026-01-{:02}T09:{a:02}:00Z,https://films.example/{learner}/{s}\n",
                        s % 28 + 1,
                    );
                    rows += 1;
                }
            }
        }
        let path = format!("/bulk/results?plan={plan}");
        let tried = self
            .import(&self.admin.1, &format!("{path}&dryRun=true"), table.clone())
            .await;
        assert_eq!(tried, json!([rows, rows, 0]));
        let query = "{ assessments { nodes { id } } }";
        let none = self.ask(query, json!({})).await;
        assert_eq!(
            none.at("/assessments/nodes"),
            &json!([]),
            "a trial writes nothing"
        );
        let done = self.import(&self.admin.1, &path, table.clone()).await;
        assert_eq!(done, json!([rows, rows, 0]));
        // Sent again by mistake, nothing is recorded twice.
        let again = self.import(&self.admin.1, &path, table).await;
        assert_eq!(again, json!([rows, 0, rows]));
    }

    /// Sends a table and waits for its job: its counts of rows, of accepted and of refused ones.
    async fn import(&self, token: &str, path: &str, table: String) -> Value {
        let request = Request::post(path)
            .header(header::CONTENT_TYPE, "text/csv")
            .header(header::AUTHORIZATION, format!("Bearer {token}"))
            .body(Body::from(table))
            .expect("it is well-formed");
        let Ok(response) = self.router.clone().oneshot(request).await;
        let status = response.status();
        let bytes = to_bytes(response.into_body(), usize::MAX).await;
        let body: Value = serde_json::from_slice(&bytes.expect("a body")).expect("JSON");
        assert_eq!(status, StatusCode::ACCEPTED, "{body}");
        let query = "query($id: ID!) { bulkJob(id: $id) { state rows accepted refused
            problems(first: 3) { nodes { line column code message } } } }";
        loop {
            let told = self.ask_as(token, query, json!({"id": body["job"]})).await;
            let job = told.at("/bulkJob");
            match job["state"].as_str().expect("a state") {
                "WAITING" | "RUNNING" => tokio::time::sleep(Duration::from_millis(20)).await,
                "DONE" | "REFUSED" => {
                    return json!([job["rows"], job["accepted"], job["refused"]]);
                }
                other => panic!("{other}: {told:?}"),
            }
        }
    }

    /// Submits and decides every assessment.
    pub(super) async fn decide_all(&self) {
        let query = "{ assessments(first: 100) { nodes { id } } }";
        let all = self.ask(query, json!({})).await;
        for assessment in all.at("/assessments/nodes").as_array().expect("a list") {
            let input = json!({"assessmentId": assessment["id"]});
            let (assessor, _) = (&self.assessors[0].1, ());
            let submitted = self
                .mutate_as(
                    assessor,
                    "submitAssessment",
                    "assessment { state }",
                    input.clone(),
                )
                .await;
            let state = submitted.at("/submitAssessment/assessment/state");
            assert_eq!(state, "SUBMITTED", "{submitted:?}");
            let decided = self
                .mutate("decideAssessment", "assessment { state }", input)
                .await;
            let state = decided.at("/decideAssessment/assessment/state");
            assert_eq!(state, "DECIDED", "{decided:?}");
        }
    }

    /// The global id of a learner.
    pub(super) async fn learner_id(&self, external_id: &str) -> String {
        let query = "query($id: String!) { learners(externalId: $id) { nodes { id } } }";
        let found = self.ask(query, json!({"id": external_id})).await;
        found.text("/learners/nodes/0/id")
    }

    /// Invites a learner, who follows the link: the token of their key.
    pub(super) async fn invited(&self, external_id: &str) -> String {
        let input = json!({"learnerId": self.learner_id(external_id).await});
        let invited = self
            .mutate_as(&self.registrar, "inviteLearner", "url", input)
            .await;
        let url = invited.text("/inviteLearner/url");
        let (_, token) = url.rsplit_once('/').expect("a URL");
        let query = "mutation($input: AcceptInvitationInput!) { acceptInvitation(input: $input) {
            token userErrors { code message } } }";
        let input = json!({"input": {"token": token}});
        let accepted = self.api.send(None, query, input).await;
        accepted.text("/acceptInvitation/token")
    }

    /// The assessor who rated a statement below 3, and the observation.
    pub(super) async fn low_rating(&self, assessment: &str, statement: &str) -> (String, String) {
        let query = "query($id: ID!) { assessment(id: $id) { observations {
            id rating statement { id } assessor { name } } } }";
        let told = self.ask(query, json!({"id": assessment})).await;
        let all = told
            .at("/assessment/observations")
            .as_array()
            .expect("a list");
        let low = all
            .iter()
            .find(|o| o["statement"]["id"] == statement && o["rating"].as_i64() < Some(3))
            .expect("one is low");
        let name = low["assessor"]["name"].as_str().expect("a name");
        let of = |(email, _): &&(String, String)| email.starts_with(name);
        let (_, token) = self.assessors.iter().find(of).expect("an assessor");
        (token.clone(), low["id"].as_str().expect("an id").to_owned())
    }
}
