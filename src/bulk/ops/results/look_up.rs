//! What a chunk's rows name, looked up together.

use std::collections::{HashMap, HashSet};

use entity::{assessment, learner, plan_version};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::judge::Key;
use crate::{
    assessment::model::{PlanContent, State},
    bulk::{
        ops::source::Line,
        results::{AssessorName, ResultRow},
        statements::Statements,
        store,
    },
    identity::model::Member,
    kernel::errors::{Error, Result},
};

/// A version of the plan, which an assessment keeps from its start.
pub(super) struct Version {
    pub(super) content: PlanContent,
    /// Its statements, by name.
    pub(super) statements: Statements,
}

/// The plan under which results are recorded.
pub(in crate::bulk::ops) struct Plan {
    pub(super) id: Uuid,
    /// The version under which assessments are opened.
    pub(super) newest: plan_version::Model,
    versions: HashMap<Uuid, Version>,
    /// The members that rows have named so far.
    assessors: HashMap<AssessorName, Member>,
}

impl Plan {
    /// A plan of `provider` with all its versions.
    pub(in crate::bulk::ops) async fn read(
        c: &impl ConnectionTrait,
        provider: Uuid,
        id: Uuid,
    ) -> Result<Self> {
        let Some(plan) = store::plan(c, provider, id).await? else {
            return Err(Error::NotFound("this assessment plan".to_owned()));
        };
        if plan.archived_at.is_some() {
            return Err(Error::invalid(
                "plan",
                "PLAN_ARCHIVED",
                "this plan is archived: name one that is in use",
            ));
        }
        let rows = store::plan_versions(c, provider, id).await?;
        let newest = rows.iter().find(|v| v.number == plan.newest_version);
        let newest = newest.cloned();
        let newest = newest.ok_or_else(|| Error::internal("a plan without its newest version"))?;
        let mut versions = HashMap::new();
        for row in rows {
            let content: PlanContent =
                serde_json::from_str(&row.content).map_err(Error::internal)?;
            let codes = store::statement_codes(c, &content.statements).await?;
            let named = codes.iter().map(|(id, code)| (*id, code.as_str()));
            let statements = Statements::new(named);
            versions.insert(
                row.id,
                Version {
                    content,
                    statements,
                },
            );
        }
        Ok(Self {
            id,
            newest,
            versions,
            assessors: HashMap::new(),
        })
    }

    /// The version under which an assessment runs, or would be opened.
    pub(super) fn version(&self, assessment: Option<&assessment::Model>) -> Option<&Version> {
        let id = assessment.map_or(self.newest.id, |a| a.plan_version_id);
        self.versions.get(&id)
    }

    pub(super) fn assessor(&self, name: &AssessorName) -> Option<&Member> {
        self.assessors.get(name)
    }

    /// Looks up the members whom rows name for the first time.
    async fn learn_assessors(
        &mut self,
        c: &impl ConnectionTrait,
        provider: Uuid,
        names: impl Iterator<Item = &AssessorName>,
    ) -> Result<()> {
        let new = names.filter(|name| !self.assessors.contains_key(*name));
        let (mut emails, mut ids) = (HashSet::new(), HashSet::new());
        for name in new {
            match name {
                AssessorName::Email(email) => drop(emails.insert(email.as_str())),
                AssessorName::Member(id) => drop(ids.insert(*id)),
            }
        }
        if emails.is_empty() && ids.is_empty() {
            return Ok(());
        }
        for member in store::members(c, provider, &emails, &ids).await? {
            if let Some(email) = &member.email {
                let name = AssessorName::Email(email.clone());
                self.assessors.insert(name, member.clone());
            }
            self.assessors
                .insert(AssessorName::Member(member.id), member);
        }
        Ok(())
    }
}

/// The people and assessments that a chunk's rows name.
pub(super) struct Known {
    pub(super) learners: HashMap<String, learner::Model>,
    /// The newest open assessment of each learner under the plan.
    pub(super) open: HashMap<Uuid, assessment::Model>,
    /// How many observations each of those has.
    pub(super) counts: HashMap<Uuid, u64>,
    /// Every assessment of each learner under the plan.
    assessments: HashMap<Uuid, Vec<Uuid>>,
}

impl Known {
    /// Looks everything up, and locks the assessments until the transaction ends.
    pub(super) async fn read(
        tx: &impl ConnectionTrait,
        provider: Uuid,
        plan: &mut Plan,
        chunk: &[Line<ResultRow>],
    ) -> Result<Self> {
        let rows = || chunk.iter().flatten();
        plan.learn_assessors(tx, provider, rows().map(|r| &r.assessor))
            .await?;
        let names = rows().map(|r| r.learner.as_str());
        let learners = store::learners(tx, provider, names).await?;
        let ids: Vec<_> = learners.iter().map(|l| l.id).collect();
        let all = store::lock_assessments(tx, provider, plan.id, &ids).await?;
        let mut assessments: HashMap<_, Vec<_>> = HashMap::new();
        let mut open = HashMap::new();
        for row in all {
            assessments.entry(row.learner_id).or_default().push(row.id);
            if row.state == State::Open.as_str() {
                open.insert(row.learner_id, row);
            }
        }
        let ids: Vec<_> = open.values().map(|a| a.id).collect();
        Ok(Self {
            counts: store::observation_counts(tx, provider, &ids).await?,
            learners: learners
                .into_iter()
                .map(|l| (l.external_id.clone(), l))
                .collect(),
            open,
            assessments,
        })
    }

    /// Those of the keys that observations have already, whichever assessment of the learner
    /// under the plan they stand in.
    pub(super) async fn recorded(
        &self,
        c: &impl ConnectionTrait,
        provider: Uuid,
        keys: impl Iterator<Item = Key>,
    ) -> Result<HashSet<Key>> {
        let (mut within, mut statements, mut times) =
            (HashMap::new(), HashSet::new(), HashSet::new());
        for key in keys {
            let of_learner = self.assessments.get(&key.learner).into_iter().flatten();
            within.extend(of_learner.map(|id| (*id, key.learner)));
            statements.insert(key.statement);
            times.insert(key.observed_at);
        }
        let found =
            store::same_observations(c, provider, within.keys(), &statements, &times).await?;
        let key = |o: store::Same| {
            Some(Key {
                learner: *within.get(&o.assessment_id)?,
                statement: o.statement_id,
                assessor: o.assessor_id,
                rating: o.rating,
                observed_at: o.observed_at,
            })
        };
        Ok(found.into_iter().filter_map(key).collect())
    }
}
