//! Assessments over GraphQL: plans in versions, states, observations, decisions, learners.

mod decisions;
mod learners;
mod observations;
mod plans;
mod states;
mod withdrawn;

use attestry::catalog::samples::SAMPLES;
use serde_json::{Value, json};

use crate::support::{Answer, House, Tenant, cast};

/// A college with a plan, and the statements of the plan.
struct Desk {
    platform: String,
    college: Tenant,
    statements: Vec<String>,
    plan: String,
}

/// Who sends something.
#[derive(Clone, Copy)]
enum By {
    Admin,
    First,
    Second,
}

impl Desk {
    /// With a plan of two statements under `rule`; `more` goes into the plan's input.
    async fn set(house: &House, rule: Value, more: Value) -> Self {
        let platform = house.with_samples().await;
        let college = Tenant::create(&house.api, &platform, "riverside").await;
        let statements = cast::statements(&house.api, SAMPLES[0].soc, 2).await;
        let mut input = json!({
            "name": "Practical test", "statementIds": statements, "methods": ["OBSERVATION"],
            "rule": rule,
        });
        let members = input.as_object_mut().expect("it is an object");
        members.extend(more.as_object().cloned().unwrap_or_default());
        let made = college
            .admin("createAssessmentPlan", "assessmentPlan { id }", input)
            .await;
        Self {
            plan: made.text("/createAssessmentPlan/assessmentPlan/id"),
            platform,
            college,
            statements,
        }
    }

    async fn open(&self) -> String {
        self.college.open(&self.plan, &self.college.learner).await
    }

    async fn send(&self, by: By, name: &str, fields: &str, input: Value) -> Answer {
        let token = match by {
            By::Admin => &self.college.admin.token,
            By::First => &self.college.assessors[0].token,
            By::Second => &self.college.assessors[1].token,
        };
        self.college.api.mutate(token, name, fields, input).await
    }

    /// Sends a move of an assessment, with a reason where it takes one.
    async fn make(&self, by: By, name: &str, assessment: &str) -> Answer {
        let mut input = json!({"assessmentId": assessment});
        if matches!(name, "withdrawAssessment" | "appealAssessment") {
            input["reason"] = json!("a reason");
        }
        self.send(by, name, "assessment { id state }", input).await
    }

    /// Records an observation of the statement with this index; its id.
    async fn observe(&self, by: By, assessment: &str, statement: usize, more: Value) -> Answer {
        let mut input = json!({
            "assessmentId": assessment, "statementId": self.statements[statement],
        });
        let members = input.as_object_mut().expect("it is an object");
        members.extend(more.as_object().cloned().unwrap_or_default());
        let fields = "observation { id rating method criteria { key rating } supersedesId
            evidence { kind value fileId } }";
        self.send(by, "recordObservation", fields, input).await
    }

    /// Records an observation with this rating, which must go well.
    async fn rate(&self, by: By, assessment: &str, statement: usize, rating: i32) -> String {
        let seen = self
            .observe(by, assessment, statement, json!({"rating": rating}))
            .await;
        seen.text("/recordObservation/observation/id")
    }

    async fn ask(&self, query: &str, id: &str) -> Answer {
        let token = Some(self.college.admin.token.as_str());
        self.college.api.send(token, query, json!({"id": id})).await
    }
}
