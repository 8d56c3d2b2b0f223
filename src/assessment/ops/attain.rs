//! Where learners stand: the levels they attained, and the gap towards a target. Derived anew
//! each time, with a number of SQL statements that does not grow with learners or frameworks.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::Arc,
};

use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::lineage::{Framework, frameworks, judged};
use crate::{
    app::Op,
    assessment::{
        attainment::{Attainment, AttainmentRule, Held},
        store::attainment::{self as store, HeldRow},
    },
    catalog::{
        ids::{self, FrameworkKey},
        model::Family,
        ops::browse::{self, VersionContent},
    },
    identity::policy::{self, Action, Extent},
    kernel::{clock, errors::Result},
};

/// How a learner stands at a level of a framework version.
#[derive(Debug, Clone)]
pub struct Reached {
    /// The version.
    pub version: Arc<VersionContent>,
    /// The level and how the learner stands at it.
    pub attainment: Arc<Attainment>,
}

/// A level that a learner aims at.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Aim {
    /// The learner.
    pub learner: Uuid,
    /// SOC code of the occupation.
    pub soc: String,
    /// Family of the framework.
    pub family: Family,
    /// Ordinal of the level, from 1.
    pub level: i32,
    /// Label of the version; the newest, when it is left out.
    pub label: Option<String>,
}

/// The levels at which something counts, or once counted, that several learners demonstrated: in
/// the versions in which they did, and in the newest of each such framework. By occupation,
/// family, version (newest first) and level.
pub async fn attainments(op: &Op, learners: &[Uuid]) -> Result<HashMap<Uuid, Vec<Reached>>> {
    let extent = policy::permit_extent(&op.actor, Action::ViewAssessments)?;
    let learners = within(extent, learners.iter().copied());
    let facts = {
        let db = op.read().await?;
        Facts::read(&db, extent.provider, &learners, None).await?
    };
    let direct: BTreeSet<_> = facts.held.iter().map(|h| h.framework_version_id).collect();
    let direct: Vec<_> = direct.into_iter().collect();
    let direct = browse::versions(&op.app, &direct).await?;
    let ids: BTreeSet<_> = direct.values().map(|v| v.row.framework_id).collect();
    let frameworks = frameworks(&op.app, &ids.into_iter().collect::<Vec<_>>()).await?;
    let judged = {
        let db = op.read().await?;
        judged(&db, extent.provider, &frameworks).await?
    };
    let mut out: HashMap<_, Vec<_>> = HashMap::new();
    for framework in &frameworks {
        let held = facts.by_learner(framework);
        let lineage = framework.lineage(&judged);
        for (place, version) in framework.versions.iter().enumerate() {
            let (id, newest) = (version.row.id, place == 0);
            let Some(target) = lineage
                .target(id)
                .filter(|_| newest || direct.contains_key(&id))
            else {
                continue;
            };
            for (learner, (held, versions)) in &held {
                if newest || versions.contains(&id) {
                    let found = target.attainments(held, &facts.rules, op.now);
                    let reached = found.into_iter().map(|attainment| Reached {
                        version: Arc::clone(version),
                        attainment: Arc::new(attainment),
                    });
                    out.entry(*learner).or_default().extend(reached);
                }
            }
        }
    }
    Ok(out)
}

/// How learners stand at the levels that they aim at. Aims at what the catalog does not have, and
/// those of learners whom the actor may not see, are left out.
pub async fn gaps(op: &Op, aims: &[Aim]) -> Result<HashMap<Aim, Reached>> {
    let extent = policy::permit_extent(&op.actor, Action::ViewAssessments)?;
    let framework = |aim: &Aim| {
        let key = FrameworkKey::of_occupation(&aim.soc.parse().ok()?, aim.family);
        Some(ids::framework(None, &key))
    };
    let mut wanted: BTreeMap<Uuid, Vec<&Aim>> = BTreeMap::new();
    for aim in aims.iter().filter(|a| extent.covers(a.learner)) {
        if let Some(framework) = framework(aim) {
            wanted.entry(framework).or_default().push(aim);
        }
    }
    let ids: Vec<_> = wanted.keys().copied().collect();
    let frameworks = frameworks(&op.app, &ids).await?;
    let learners = within(extent, wanted.values().flatten().map(|a| a.learner));
    let versions = frameworks.iter().flat_map(|f| &f.versions);
    let versions: Vec<_> = versions.map(|v| v.row.id).collect();
    let (facts, judged) = {
        let db = op.read().await?;
        let facts = Facts::read(&db, extent.provider, &learners, Some(&versions)).await?;
        (facts, judged(&db, extent.provider, &frameworks).await?)
    };
    let mut out = HashMap::new();
    for framework in &frameworks {
        let held = facts.by_learner(framework);
        let lineage = framework.lineage(&judged);
        let mut targets = HashMap::new();
        let aims = framework.id().and_then(|id| wanted.get(&id));
        for aim in aims.into_iter().flatten() {
            let Some(version) = framework.version(aim.label.as_deref()) else {
                continue;
            };
            let target = targets
                .entry(version.row.id)
                .or_insert_with(|| lineage.target(version.row.id));
            let held = held.get(&aim.learner).map_or(&[][..], |(held, _)| held);
            let found = target
                .as_ref()
                .and_then(|t| t.attainment(aim.level, held, &facts.rules, op.now));
            if let Some(attainment) = found {
                let reached = Reached {
                    version: Arc::clone(version),
                    attainment: Arc::new(attainment),
                };
                out.insert((*aim).clone(), reached);
            }
        }
    }
    Ok(out)
}

fn within(extent: Extent, learners: impl Iterator<Item = Uuid>) -> Vec<Uuid> {
    let seen: BTreeSet<_> = learners.filter(|l| extent.covers(*l)).collect();
    seen.into_iter().collect()
}

/// What learners demonstrated, and the rules of the plans under which they did.
struct Facts {
    held: Vec<HeldRow>,
    rules: HashMap<Uuid, AttainmentRule>,
}

impl Facts {
    async fn read(
        db: &impl ConnectionTrait,
        provider: Uuid,
        learners: &[Uuid],
        versions: Option<&[Uuid]>,
    ) -> Result<Self> {
        let held = store::held(db, provider, learners, versions).await?;
        let plans: BTreeSet<_> = held.iter().map(|h| h.plan_version_id).collect();
        let plans: Vec<_> = plans.into_iter().collect();
        let rules = store::attainment_rules(db, provider, &plans).await?;
        Ok(Self { held, rules })
    }

    /// Each learner's demonstrations of a framework's statements, and the versions that these are
    /// of.
    fn by_learner(&self, framework: &Framework) -> HashMap<Uuid, (Vec<Held>, BTreeSet<Uuid>)> {
        let versions: BTreeSet<_> = framework.versions.iter().map(|v| v.row.id).collect();
        let mut out: HashMap<_, (Vec<_>, BTreeSet<_>)> = HashMap::new();
        let own = self.held.iter();
        for row in own.filter(|h| versions.contains(&h.framework_version_id)) {
            let (held, versions) = out.entry(row.learner_id).or_default();
            versions.insert(row.framework_version_id);
            held.push(Held {
                id: row.id,
                statement: row.statement_id,
                plan_version: row.plan_version_id,
                valid_until: row.valid_until.map(clock::from_millis),
            });
        }
        out
    }
}
