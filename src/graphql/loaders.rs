//! Batched look-ups, one set for each request.

use std::{collections::HashMap, hash::Hash, sync::Arc};

use async_graphql::{
    Context,
    dataloader::{DataLoader, Loader},
};
use entity::{
    assessment, assessment_transition, correction, decision, demonstration, evidence,
    evidence_file, framework, learner, observation, occupation, plan_version, provider,
    status_change, status_list,
};
use uuid::Uuid;

use super::{
    errors::{Result, told},
    waves::{AtOnce, Waves},
};
use crate::{
    app::Op,
    assessment::{
        model::Explanation,
        ops::{
            attain::{self, Aim, Reached},
            files, outlook,
            read::{self, Plan},
            replay,
        },
    },
    catalog::{
        onet::{Sheet, Source},
        ops::{
            browse::{self, VersionContent, VersionState},
            corrections,
            drafts::{self, DraftContent, DraftRow},
            onet::{self, Wanted},
            profiles::{self, ProfileContent},
            succession::{self, Labelled},
        },
    },
    credential::ops::{issuer, read as records},
    identity::{
        model::Member,
        ops::{learners, members, providers},
    },
    kernel::errors::Error,
};

/// A loader whose failure all waiting resolvers share.
type Shared<T> = std::result::Result<T, Arc<Error>>;

/// The type of a loader's keys: ids, where it says no other.
macro_rules! key {
    () => {
        Uuid
    };
    ($key:ty) => {
        $key
    };
}

macro_rules! loaders {
    ($($(#[$doc:meta])* $field:ident: $name:ident $([$key:ty])? => $value:ty = |$op:ident, $keys:ident| $load:expr;)*) => {
        $(
            $(#[$doc])*
            pub struct $name(Op);

            impl Loader<key!($($key)?)> for $name {
                type Value = $value;
                type Error = Arc<Error>;

                async fn load(
                    &self,
                    $keys: &[key!($($key)?)],
                ) -> Shared<HashMap<key!($($key)?), $value>> {
                    let $op = &self.0;
                    $load
                }
            }
        )*

        /// The loaders of one request.
        pub struct Loaders {
            $($(#[$doc])* pub $field: DataLoader<$name>,)*
            waves: Waves,
        }

        impl Loaders {
            /// A fresh set for an operation.
            #[must_use]
            pub fn new(op: &Op) -> Self {
                let waves = Waves::default();
                Self {
                    $($field: DataLoader::new($name(op.clone()), waves.clone(), AtOnce),)*
                    waves,
                }
            }
        }
    };
}

loaders! {
    /// Occupations by id.
    occupations: Occupations => occupation::Model = |op, keys|
        keyed(browse::occupations_by_id(&op.app, keys).await, |o| o.id);
    /// Occupations by SOC code.
    occupations_by_soc: OccupationsBySoc [String] => occupation::Model = |op, keys|
        keyed(browse::occupations_by_soc(&op.app, keys).await, |o| o.soc.clone());
    /// What the newest published tables say.
    sheets: Sheets [Wanted] => Arc<Sheet> = |op, keys|
        onet::sheets(&op.app, keys).await.map_err(Arc::new);
    /// The published tables that answer.
    sources: Sources [()] => Arc<[Arc<Source>]> = |op, _keys| {
        let sources = onet::sources(&op.app).await.map_err(Arc::new)?;
        Ok(HashMap::from([((), sources.into())]))
    };
    /// Published versions by id.
    versions_by_id: VersionsById => Arc<VersionContent> = |op, keys|
        browse::versions(&op.app, keys).await.map_err(Arc::new);
    /// Published versions by occupation, newest first.
    versions: Versions => Vec<Arc<VersionContent>> = |op, keys|
        browse::versions_of(&op.app, keys).await.map_err(Arc::new);
    /// Published versions by framework, newest first.
    versions_of_frameworks: VersionsOfFrameworks => Vec<Arc<VersionContent>> = |op, keys|
        browse::versions_of_frameworks(&op.app, keys).await.map_err(Arc::new);
    /// Published versions by framework and label.
    labelled: LabelledVersions [Labelled] => Uuid = |op, keys|
        succession::labelled(&op.app, keys).await.map_err(Arc::new);
    /// The versions that took the place of one, by framework and label.
    replacing: Replacing [Labelled] => Vec<Uuid> = |op, keys|
        succession::replacing(&op.app, keys).await.map_err(Arc::new);
    /// What statements took the place of, and what took theirs, by statement.
    lineages: Lineages => Vec<Uuid> = |op, keys|
        succession::lineages(&op.app, keys).await.map_err(Arc::new);
    /// Frameworks by id.
    frameworks: Frameworks => framework::Model = |op, keys|
        keyed(succession::frameworks_by_id(&op.app, keys).await, |f| f.id);
    /// Drafts of the tenant by id, for those who see drafts.
    draft_rows: DraftRows => DraftRow = |op, keys|
        keyed(drafts::drafts_by_id(op, keys).await, |d| d.id);
    /// Corrections of anchors that were accepted, by occupation.
    anchor_corrections: AnchorCorrections => Vec<correction::Model> = |op, keys|
        corrections::accepted_anchor_corrections(&op.app, keys).await.map_err(Arc::new);
    /// What drafts of the tenant say, by id.
    drafts: Drafts => Arc<DraftContent> = |op, keys|
        drafts::contents(op, keys).await.map_err(Arc::new);
    /// What became of published versions, by id.
    version_states: VersionStates => VersionState = |op, keys|
        keyed(browse::version_states(&op.app, keys).await, |v| v.id);
    /// Published profiles by id.
    profiles: Profiles => Arc<ProfileContent> = |op, keys|
        profiles::profiles(&op.app, keys).await.map_err(Arc::new);
    /// The newest published profile by occupation.
    newest_profiles: NewestProfiles => Arc<ProfileContent> = |op, keys|
        profiles::newest_profiles(&op.app, keys).await.map_err(Arc::new);
    /// The published version that holds a statement.
    statement_versions: StatementVersions => Arc<VersionContent> = |op, keys|
        browse::versions_of_statements(&op.app, keys).await.map_err(Arc::new);
    /// Providers by id.
    providers: Providers => provider::Model = |op, keys|
        keyed(providers::providers_by_id(op, keys).await, |p| p.id);
    /// The DIDs of providers.
    dids: Dids => String = |op, keys| issuer::dids(op, keys).await.map_err(Arc::new);
    /// Status lists of credentials that the tenant was shown.
    status_lists: StatusLists => status_list::Model = |op, keys|
        keyed(records::status_lists(op, keys).await, |l| l.id);
    /// Members of the tenant by id.
    members: Members => Member = |op, keys|
        keyed(members::assessors_by_id(op, keys).await, |m| m.id);
    /// Learners of the tenant by id.
    learners: Learners => learner::Model = |op, keys|
        keyed(learners::learners_by_id(op, keys).await, |l| l.id);
    /// Plans of the tenant by id.
    plans: Plans => Plan = |op, keys|
        keyed(read::plans_by_id(op, keys).await, |p| p.row.id);
    /// Plans of the tenant at a version, by the version's id.
    plan_versions: PlanVersions => Plan = |op, keys|
        keyed(read::plan_versions(op, keys).await, |p| p.version.id);
    /// Versions by plan, oldest first.
    versions_of_plans: VersionsOfPlans => Vec<plan_version::Model> = |op, keys|
        grouped(read::versions_of(op, keys).await, |v| v.plan_id);
    /// Assessments by id.
    assessments: Assessments => assessment::Model = |op, keys|
        keyed(read::assessments_by_id(op, keys).await, |a| a.id);
    /// Transitions by assessment, oldest first.
    transitions: Transitions => Vec<assessment_transition::Model> = |op, keys|
        grouped(read::transitions(op, keys).await, |t| t.assessment_id);
    /// What a decision would say now, by assessment.
    outlooks: Outlooks => Explanation = |op, keys|
        outlook::outlooks(op, keys).await.map_err(Arc::new);
    /// Whether a decision made again says the same, by decision.
    replays: Replays => bool = |op, keys| replay::replays(op, keys).await.map_err(Arc::new);
    /// Levels at which something counts that a learner demonstrated, by learner.
    attainments: Attainments => Vec<Reached> = |op, keys|
        attain::attainments(op, keys).await.map_err(Arc::new);
    /// How learners stand at the levels that they aim at.
    gaps: Gaps [Aim] => Reached = |op, keys| attain::gaps(op, keys).await.map_err(Arc::new);
    /// Observations by assessment, oldest first.
    observations: Observations => Vec<observation::Model> = |op, keys|
        grouped(read::observations(op, keys).await, |o| o.assessment_id);
    /// Evidence by observation.
    evidence: EvidenceOf => Vec<evidence::Model> = |op, keys|
        grouped(read::evidence(op, keys).await, |e| e.observation_id);
    /// Uploaded files by id.
    evidence_files: EvidenceFiles => evidence_file::Model = |op, keys|
        keyed(files::files_by_id(op, keys).await, |f| f.id);
    /// Decisions by assessment, oldest first.
    decisions: Decisions => Vec<decision::Model> = |op, keys|
        grouped(read::decisions(op, keys).await, |d| d.assessment_id);
    /// Demonstrations by assessment, oldest first.
    assessment_demonstrations: AssessmentDemonstrations => Vec<demonstration::Model> = |op, keys|
        grouped(read::demonstrations_of(op, keys).await, |d| d.assessment_id);
    /// Demonstrations of the tenant by id.
    demonstrations: Demonstrations => demonstration::Model = |op, keys|
        keyed(read::demonstrations_by_id(op, keys).await, |d| d.id);
    /// Revocations, suspensions and reinstatements by credential, oldest first.
    status_changes: StatusChanges => Vec<status_change::Model> = |op, keys|
        grouped(records::status_changes(op, keys).await, |c| c.credential_id);
}

impl Loaders {
    /// What runs the look-ups of these loaders.
    pub(super) fn waves(&self) -> Waves {
        self.waves.clone()
    }
}

type Fetched<T> = std::result::Result<Vec<T>, Error>;

fn keyed<K: Hash + Eq, T>(rows: Fetched<T>, key: impl Fn(&T) -> K) -> Shared<HashMap<K, T>> {
    let rows = rows.map_err(Arc::new)?;
    Ok(rows.into_iter().map(|row| (key(&row), row)).collect())
}

fn grouped<K: Hash + Eq, T>(rows: Fetched<T>, key: impl Fn(&T) -> K) -> Shared<HashMap<K, Vec<T>>> {
    let mut out: HashMap<K, Vec<T>> = HashMap::new();
    for row in rows.map_err(Arc::new)? {
        out.entry(key(&row)).or_default().push(row);
    }
    Ok(out)
}

/// The loaders of the request that a resolver runs in.
pub fn loaders<'a>(ctx: &Context<'a>) -> Result<&'a Loaders> {
    ctx.data::<Loaders>()
}

/// One value through a loader.
pub async fn one<K, L>(loader: &DataLoader<L>, key: K) -> Result<Option<L::Value>>
where
    K: Clone + Hash + Eq + Send + Sync + 'static,
    L: Loader<K, Error = Arc<Error>>,
{
    loader
        .load_one(key)
        .await
        .map_err(|e| told(Error::clone(&e)))
}

/// Several values through a loader, by their keys; those without one are left out.
pub async fn several<K, L>(loader: &DataLoader<L>, keys: &[K]) -> Result<HashMap<K, L::Value>>
where
    K: Clone + Hash + Eq + Send + Sync + 'static,
    L: Loader<K, Error = Arc<Error>>,
{
    let found = loader.load_many(keys.iter().cloned()).await;
    found.map_err(|e| told(Error::clone(&e)))
}

/// Several values through a loader, in the order of `keys`; those without one are left out.
pub async fn many<L>(loader: &DataLoader<L>, keys: &[Uuid]) -> Result<Vec<L::Value>>
where
    L: Loader<Uuid, Error = Arc<Error>>,
{
    let found = loader.load_many(keys.iter().copied()).await;
    let mut found = found.map_err(|e| told(Error::clone(&e)))?;
    Ok(keys.iter().filter_map(|k| found.remove(k)).collect())
}
