//! A provider with ten thousand learners, one of whom has a long record, written as it is stored.

use std::sync::Arc;

use attestry::{
    app::{App, Op},
    catalog::{
        ids::{self, FrameworkKey},
        model::Family,
        ops::import::import_framework,
        samples::SAMPLES,
    },
    kernel::clock,
};
use entity::{
    assessment, assessment_plan, decision, demonstration, learner, observation, plan_version,
};
use sea_orm::{ConnectionTrait, EntityTrait, IntoActiveModel};
use serde_json::{Value, json};
use uuid::Uuid;

/// How many frameworks the catalog has.
pub(crate) const FRAMEWORKS: usize = 16;
/// How many learners have a few demonstrations each.
const LEARNERS: usize = 10_000;
/// How many demonstrations each of them has.
const FEW: usize = 8;
/// Demonstrations of the learner with the long record, in frameworks of 40 statements.
pub(crate) const MANY: usize = 600;
/// Observations of that learner.
const OBSERVATIONS: usize = 5_000;
/// Demonstrations in one assessment of that learner.
const YIELD: usize = 12;

/// The SOC code of a framework.
pub(crate) fn soc(framework: usize) -> String {
    format!("{:02}-{:04}.00", 11 + framework, 1_000 + framework)
}

/// The provider, and the learner with the long record.
pub(crate) struct College {
    pub(crate) provider: Uuid,
    pub(crate) learner: Uuid,
}

/// An export with ten statements a level, of which a later version rewords each seventh.
fn export(framework: usize, label: &str) -> Vec<u8> {
    let level = |level: usize| {
        let statements = (1..=10).map(|n| {
            let reworded = label != "v.1" && n % 7 == 0;
            let how = if reworded { "with care" } else { "as the plan asks" };
            format!("Piece of work {level}.{n} — does it {how}, checks it against the list of the workshop, and tells a colleague what was found, in the trade of framework {framework}.")
        });
        let statements: Vec<_> = statements.collect();
        json!({"label": format!("Level {level}"), "statements": statements}).to_string()
    };
    let mut export: Value = serde_json::from_slice(SAMPLES[0].bytes).expect("a sample is JSON");
    export["occupation"]["soc"] = json!(soc(framework));
    export["occupation"]["title"] = json!(format!("Trade {framework}"));
    export["framework"]["version"] = json!(label);
    export["framework"]["levels"] = json!("levels");
    // The order of the levels is part of the text.
    let levels = format!(
        "{{\"one\":{},\"two\":{},\"three\":{},\"four\":{}}}",
        level(1),
        level(2),
        level(3),
        level(4)
    );
    export
        .to_string()
        .replace("\"levels\":\"levels\"", &format!("\"levels\":{levels}"))
        .into_bytes()
}

/// The statements of a framework's first version.
fn statements(framework: usize) -> Vec<Uuid> {
    let soc = soc(framework).parse().expect("a SOC code");
    let key = FrameworkKey::of_occupation(&soc, Family::Mastery);
    let level = |level| (1..=10).map(move |position| (level, position));
    (1..=4)
        .flat_map(level)
        .map(|(level, position)| ids::statement(None, &key, "v.1", None, level, position))
        .collect()
}

/// What is to be written.
#[derive(Default)]
struct Rows {
    plans: Vec<assessment_plan::Model>,
    versions: Vec<plan_version::Model>,
    learners: Vec<learner::Model>,
    assessments: Vec<assessment::Model>,
    decisions: Vec<decision::Model>,
    demonstrations: Vec<demonstration::Model>,
    observations: Vec<observation::Model>,
}

impl College {
    /// Imports two versions of each framework, and writes the provider's records.
    pub(crate) async fn found(app: &Arc<App>, provider: Uuid, assessor: Uuid) -> Self {
        let op = app.operator();
        for framework in 0..FRAMEWORKS {
            for label in ["v.1", "v.2"] {
                let document = export(framework, label);
                import_framework(&op, &document)
                    .await
                    .expect("it is imported");
            }
        }
        let mut rows = Rows::default();
        let plans: Vec<_> = (0..FRAMEWORKS)
            .map(|framework| rows.plan(&op, provider, framework))
            .collect();
        for number in 0..LEARNERS {
            let learner = rows.learner(&op, provider, number);
            let framework = number % FRAMEWORKS;
            let own = statements(framework);
            let few = own.get(..FEW).expect("there are forty");
            rows.assessment(&op, provider, learner, plans[framework], few);
        }
        let learner = rows.learner(&op, provider, LEARNERS);
        let many: Vec<_> = (0..FRAMEWORKS)
            .flat_map(|f| statements(f).into_iter().map(move |s| (f, s)))
            .take(MANY)
            .collect();
        for part in many.chunks(YIELD) {
            let yielded: Vec<_> = part.iter().map(|(_, s)| *s).collect();
            let plan = plans[part[0].0];
            let assessment = rows.assessment(&op, provider, learner, plan, &yielded);
            let each = OBSERVATIONS.div_ceil(MANY.div_ceil(YIELD));
            for n in 0..each {
                let statement = yielded[n % yielded.len()];
                rows.observation(&op, provider, assessment, statement, assessor);
            }
        }
        rows.write(app).await;
        Self { provider, learner }
    }
}

impl Rows {
    fn plan(&mut self, op: &Op, provider: Uuid, framework: usize) -> (Uuid, Uuid) {
        let plan = assessment_plan::Model {
            id: op.new_id(),
            provider_id: provider,
            name: format!("Practical test {framework}"),
            newest_version: 1,
            archived_at: None,
            created_at: 0,
        };
        let content = json!({
            "statements": statements(framework), "methods": ["OBSERVATION"], "suspendable": false,
            "rule": {
                "minObservations": 2, "minAssessors": 2, "lowestRating": 3, "evidenceRequired": false,
            },
            "attainment": {
                "kind": "COUNT", "count": 8, "essentials": statements(framework).get(..1),
            },
        });
        let version = plan_version::Model {
            id: op.new_id(),
            provider_id: provider,
            plan_id: plan.id,
            number: 1,
            content: content.to_string(),
            digest: vec![0; 32],
            created_at: 0,
        };
        let ids = (plan.id, version.id);
        self.plans.push(plan);
        self.versions.push(version);
        ids
    }

    fn learner(&mut self, op: &Op, provider: Uuid, number: usize) -> Uuid {
        let id = op.new_id();
        self.learners.push(learner::Model {
            id,
            provider_id: provider,
            external_id: format!("{number}"),
            name: format!("Learner {number}"),
            email: None,
            did: Some(format!("did:example:{number}")),
            subject_urn: format!("urn:uuid:{id}"),
            member_id: None,
            created_at: 0,
            erased_at: None,
            erasure_requested_at: None,
        });
        id
    }

    fn assessment(
        &mut self,
        op: &Op,
        provider: Uuid,
        learner: Uuid,
        (plan, version): (Uuid, Uuid),
        yielded: &[Uuid],
    ) -> Uuid {
        let (id, now) = (op.new_id(), clock::to_millis(op.now));
        self.assessments.push(assessment::Model {
            id,
            provider_id: provider,
            plan_id: plan,
            plan_version_id: version,
            learner_id: learner,
            state: "DECIDED".to_owned(),
            planned_for: None,
            agreed_at: None,
            created_at: now,
            decided_at: Some(now),
        });
        let decision = op.new_id();
        self.decisions.push(decision::Model {
            id: decision,
            provider_id: provider,
            assessment_id: id,
            plan_version_id: version,
            decided_by: "a member".to_owned(),
            member_id: None,
            as_of: now,
            decided_at: now,
            explanation: "{}".to_owned(),
        });
        let own = yielded.iter().map(|statement| demonstration::Model {
            id: op.new_id(),
            provider_id: provider,
            learner_id: learner,
            statement_id: *statement,
            assessment_id: id,
            decision_id: decision,
            plan_version_id: version,
            demonstrated_at: now,
            valid_until: Some(now + 400 * 86_400_000),
            withdrawn_at: None,
        });
        self.demonstrations.extend(own);
        id
    }

    fn observation(
        &mut self,
        op: &Op,
        provider: Uuid,
        assessment: Uuid,
        statement: Uuid,
        assessor: Uuid,
    ) {
        self.observations.push(observation::Model {
            id: op.new_id(),
            provider_id: provider,
            assessment_id: assessment,
            statement_id: statement,
            assessor_id: assessor,
            rating: 3,
            criteria: None,
            method: Some("OBSERVATION".to_owned()),
            context: "in the workshop".to_owned(),
            supersedes_id: None,
            observed_at: 0,
            recorded_at: 0,
        });
    }

    async fn write(self, app: &Arc<App>) {
        let db = app.db.public();
        insert::<assessment_plan::Entity, _, _>(db, self.plans).await;
        insert::<plan_version::Entity, _, _>(db, self.versions).await;
        insert::<learner::Entity, _, _>(db, self.learners).await;
        insert::<assessment::Entity, _, _>(db, self.assessments).await;
        insert::<decision::Entity, _, _>(db, self.decisions).await;
        insert::<demonstration::Entity, _, _>(db, self.demonstrations).await;
        insert::<observation::Entity, _, _>(db, self.observations).await;
    }
}

async fn insert<E, A, M>(db: &impl ConnectionTrait, rows: Vec<M>)
where
    E: EntityTrait<Model = M>,
    A: sea_orm::ActiveModelTrait<Entity = E>,
    M: IntoActiveModel<A> + Clone,
{
    for chunk in rows.chunks(1_000) {
        let chunk = chunk
            .iter()
            .cloned()
            .map(IntoActiveModel::into_active_model);
        let inserted = E::insert_many(chunk).exec_without_returning(db).await;
        inserted.expect("the rows fit");
    }
}
