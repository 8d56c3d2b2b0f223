//! A college whose learners have demonstrations, written as they are stored.

use attestry::{
    catalog::samples::SAMPLES,
    kernel::{clock, ids},
};
use entity::{assessment, assessment_plan, decision, demonstration, plan_version};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, sea_query::Expr,
};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::{Answer, House, Tenant, places};

/// SOC code of the framework.
pub(super) const SOC: &str = "49-3091.00";
/// The version that comes with the program.
pub(super) const OLD: &str = "v.26.11";
/// The version that the tests make of it.
pub(super) const NEW: &str = "v.27.05";

/// A tenant of a house.
pub(super) struct College {
    pub(super) tenant: Tenant,
    provider: Uuid,
}

/// A demonstration to write.
#[derive(Clone, Copy, Default)]
pub(super) struct Holding {
    /// Days from now until which it holds; without end, when there is none.
    pub(super) days: Option<i64>,
    /// Whether a later decision took it back.
    pub(super) withdrawn: bool,
}

impl College {
    pub(super) async fn found(house: &House, platform: &str, slug: &str) -> Self {
        let tenant = Tenant::create(&house.api, platform, slug).await;
        let (_, provider) = ids::parse_global(&tenant.provider).expect("it is an id");
        Self { tenant, provider }
    }

    /// Another learner.
    pub(super) async fn learner(&self, number: &str) -> String {
        let input = json!({
            "externalId": number, "name": "Learner of riverside",
            "email": format!("learner-{number}@riverside.example"),
        });
        self.tenant.learner(input).await
    }

    /// A plan version with a rule of attainment, or none.
    pub(super) async fn plan(&self, house: &House, attainment: Value) -> Uuid {
        let plan = assessment_plan::Model {
            id: house.app.operator().new_id(),
            provider_id: self.provider,
            name: "Practical test".to_owned(),
            newest_version: 1,
            archived_at: None,
            created_at: 0,
        };
        let mut content = json!({
            "statements": [], "methods": ["OBSERVATION"], "suspendable": false,
            "rule": {
                "minObservations": 1, "minAssessors": 1, "lowestRating": 3, "evidenceRequired": false,
            },
        });
        if !attainment.is_null() {
            content["attainment"] = attainment;
        }
        let version = plan_version::Model {
            id: house.app.operator().new_id(),
            provider_id: self.provider,
            plan_id: plan.id,
            number: 1,
            content: content.to_string(),
            digest: vec![0; 32],
            created_at: 0,
        };
        let id = version.id;
        let db = house.db();
        plan.into_active_model().insert(db).await.expect("a plan");
        version
            .into_active_model()
            .insert(db)
            .await
            .expect("a version");
        id
    }

    /// Writes an assessment of a learner under a plan version that yielded demonstrations.
    pub(super) async fn demonstrate(
        &self,
        house: &House,
        learner: &str,
        plan: Uuid,
        statements: &[Uuid],
        holding: Holding,
    ) {
        let (db, op) = (house.db(), house.app.operator());
        let (_, learner) = ids::parse_global(learner).expect("it is an id");
        let version = plan_version::Entity::find_by_id(plan).one(db).await;
        let version = version.expect("it answers").expect("it is there");
        let now = clock::to_millis(op.now);
        let assessment = assessment::Model {
            id: op.new_id(),
            provider_id: self.provider,
            plan_id: version.plan_id,
            plan_version_id: plan,
            learner_id: learner,
            state: "DECIDED".to_owned(),
            planned_for: None,
            agreed_at: None,
            created_at: now,
            decided_at: Some(now),
        };
        let decision = decision::Model {
            id: op.new_id(),
            provider_id: self.provider,
            assessment_id: assessment.id,
            plan_version_id: plan,
            decided_by: "a test".to_owned(),
            member_id: None,
            as_of: now,
            decided_at: now,
            explanation: "{}".to_owned(),
        };
        let yielded = statements.iter().map(|statement| demonstration::Model {
            id: op.new_id(),
            provider_id: self.provider,
            learner_id: learner,
            statement_id: *statement,
            assessment_id: assessment.id,
            decision_id: decision.id,
            plan_version_id: plan,
            demonstrated_at: now,
            valid_until: holding.days.map(|d| now + d * 86_400_000),
            withdrawn_at: holding.withdrawn.then_some(now),
        });
        let yielded: Vec<_> = yielded.map(IntoActiveModel::into_active_model).collect();
        assessment
            .into_active_model()
            .insert(db)
            .await
            .expect("an assessment");
        decision
            .into_active_model()
            .insert(db)
            .await
            .expect("a decision");
        let insert = demonstration::Entity::insert_many(yielded);
        insert
            .exec_without_returning(db)
            .await
            .expect("demonstrations");
    }

    /// Takes back what a learner demonstrated of a statement.
    pub(super) async fn withdraw(&self, house: &House, statement: Uuid) {
        let update = demonstration::Entity::update_many()
            .col_expr(demonstration::Column::WithdrawnAt, Expr::value(Some(1i64)))
            .filter(demonstration::Column::StatementId.eq(statement));
        update.exec(house.db()).await.expect("it is withdrawn");
    }

    /// Asks for the gap of a learner towards a level of the framework.
    pub(super) async fn gap(&self, learner: &str, level: i32, label: Option<&str>) -> Answer {
        let query = "query G($id: ID!, $soc: String!, $level: Int!, $label: String) {
            learner(id: $id) {
              gap(soc: $soc, family: MASTERY, ordinal: $level, versionLabel: $label) {
                attained occupation { soc } frameworkVersion { label } level { ordinal label }
                rule { kind count percent text planVersion { number } essentials { position } }
                progress { total needed found more text missingEssentials { position } }
                statements {
                  standing validUntil statement { position text }
                  demonstration { id } awaitingDecision { id }
                }
              }
              attainments { attained level { ordinal } frameworkVersion { label } progress { text } }
            } }";
        let variables = json!({"id": learner, "soc": SOC, "level": level, "label": label});
        let token = Some(self.tenant.admin.token.as_str());
        self.tenant.api.send(token, query, variables).await
    }

    /// Decides on a statement of the old version and one of the new, both at one level.
    pub(super) async fn judge(&self, from: Uuid, to: Uuid, accepted: bool) -> Answer {
        let input = json!({
            "fromStatementId": ids::global("Statement", from),
            "toStatementId": ids::global("Statement", to),
            "accepted": accepted, "reason": "the same work in other words",
        });
        let fields = "decision { accepted reason decidedAt from { text } to { text } }";
        self.tenant.admin("decideCarryOver", fields, input).await
    }
}

/// The statement at a place of a version of the framework.
pub(super) fn at(version: &str, level: u32, position: u32) -> Uuid {
    places::statement_at(SOC, version, level, position)
}

/// Imports the framework's next version. At its lowest level the first two statements stay, the
/// third is reworded, the fourth goes, so that the others move up, and a new one comes last.
pub(super) async fn import_next(house: &House, platform: &str) {
    let sample = SAMPLES.iter().find(|s| s.soc == SOC).expect("it is there");
    let export: Value = serde_json::from_slice(sample.bytes).expect("a sample is JSON");
    let texts = &export["framework"]["levels"]["emerging"]["statements"];
    let literal = |place: usize| texts[place].to_string();
    // Edited as text: the order of the levels is part of it.
    let next = String::from_utf8(sample.bytes.to_vec()).expect("samples are UTF-8");
    let reworded = "\"Tyre pressure — sets with a gauge that was checked that week.\"";
    let added = "\"Battery pack — takes out, charges and stores on a metal shelf.\"";
    let next = next
        .replace(OLD, NEW)
        .replace(&literal(2), reworded)
        .replace(&format!("{},", literal(3)), "")
        .replace(&literal(5), &format!("{}, {added}", literal(5)));
    house.api.import(platform, &next).await;
}

/// How each statement of a gap stands, in order.
pub(super) fn standings(answer: &Answer) -> Vec<String> {
    let all = answer.at("/learner/gap/statements").as_array();
    let all = all.unwrap_or_else(|| panic!("{answer:?}")).iter();
    let standing = |s: &Value| s["standing"].as_str().expect("a standing").to_owned();
    all.map(standing).collect()
}
