//! Gathers what a credential will say, from what was demonstrated.

use std::{collections::BTreeSet, sync::Arc};

use entity::{demonstration, evidence, learner, provider};
use jiff::SignedDuration;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use crate::{
    app::Op,
    assessment::{
        model::{Agreement, EvidenceKind, Explanation},
        store as assessments,
    },
    catalog::ops::browse::{self, VersionContent},
    credential::{
        build::claim::{
            Achievement, Claim, EmailIdentity, Evidence, Framework, Issuer, Level, StatusEntry,
            Subject,
        },
        status::Purpose,
    },
    identity::store as people,
    kernel::{
        clock, digest,
        errors::{Error, Result},
    },
};

/// Everything that a credential for one demonstration rests on.
#[derive(Debug, Clone)]
pub struct Basis {
    /// The issuer.
    pub provider: provider::Model,
    /// What is attested.
    pub demonstration: demonstration::Model,
    /// The learner.
    pub learner: learner::Model,
    plan: assessments::Plan,
    version: Arc<VersionContent>,
    evidence: Vec<evidence::Model>,
}

impl Basis {
    /// Reads it all; a demonstration of another tenant is not found.
    pub async fn load(op: &Op, tenant: Uuid, demonstration: Uuid) -> Result<Self> {
        let db = op.read().await?;
        let Some(demonstration) = assessments::demonstration(&db, tenant, demonstration).await?
        else {
            return Err(Error::NotFound("this demonstration".to_owned()));
        };
        let gone = |what: &str| Error::internal(format!("a demonstration without its {what}"));
        let (learner_id, statement_id) = (demonstration.learner_id, demonstration.statement_id);
        let provider = people::provider(&db, tenant).await?;
        let learner = people::learner(&db, tenant, learner_id).await?;
        let versions = [demonstration.plan_version_id];
        let plan = assessments::plan_versions(&db, tenant, &versions)
            .await?
            .pop();
        let evidence = evidence_of(&db, &demonstration).await?;
        drop(db);
        let mut versions = browse::versions_of_statements(&op.app, &[statement_id]).await?;
        Ok(Self {
            provider: provider.ok_or_else(|| gone("provider"))?,
            learner: learner.ok_or_else(|| gone("learner"))?,
            plan: plan.ok_or_else(|| gone("plan"))?,
            version: versions
                .remove(&statement_id)
                .ok_or_else(|| gone("statement"))?,
            demonstration,
            evidence,
        })
    }

    /// What a set status bit of this credential will mean.
    #[must_use]
    pub fn purpose(&self) -> Purpose {
        if self.plan.content.suspendable {
            Purpose::Suspension
        } else {
            Purpose::Revocation
        }
    }

    /// The claim, with the credential's own id and its place in a status list.
    pub fn claim(&self, op: &Op, id: Uuid, did: &str, status: StatusEntry) -> Result<Claim> {
        let valid_from = clock::whole_second(op.now);
        // Demonstrations from before plans had versions do not say how long they hold.
        let days = self.plan.content.validity_days.map(i64::from);
        let from_issuance = days.map(|d| valid_from + SignedDuration::from_hours(24 * d));
        let until = self.demonstration.valid_until.map(clock::from_millis);
        Ok(Claim {
            credential_id: id,
            issuer: Issuer {
                id: did.to_owned(),
                name: self.provider.name.clone(),
                url: Some(self.provider.url.clone()),
            },
            subject: self.subject(op),
            achievement: self.achievement(&op.app.config.public_url)?,
            evidence: self
                .evidence
                .iter()
                .map(told_evidence)
                .collect::<Result<_>>()?,
            status,
            valid_from,
            valid_until: until.map(clock::whole_second).or(from_issuance),
        })
    }

    fn subject(&self, op: &Op) -> Subject {
        let learner = &self.learner;
        Subject {
            id: learner
                .did
                .clone()
                .unwrap_or_else(|| learner.subject_urn.clone()),
            email: learner.email.as_ref().map(|email| EmailIdentity {
                email: email.clone(),
                salt: digest::hex(&op.random::<16>()),
            }),
        }
    }

    fn achievement(&self, base: &str) -> Result<Achievement> {
        let row = &self.version.row;
        let Some((level, statement)) = self.version.statement(self.demonstration.statement_id)
        else {
            return Err(Error::internal("a version without its own statement"));
        };
        let levels = self.version.levels.iter();
        Ok(Achievement {
            statement_url: format!("{base}/statements/{}", statement.id),
            code: statement.code.clone(),
            name: statement
                .title
                .clone()
                .unwrap_or_else(|| statement.text.clone()),
            text: statement.text.clone(),
            criteria: criteria(&self.plan),
            framework: Framework {
                url: format!("{base}/frameworks/{}.json", row.id),
                digest_sri: row.content_sri.clone(),
                title: row.name()?,
                family: row.family.clone(),
                version: row.label.clone(),
            },
            levels: levels
                .map(|l| Level {
                    id: l.row.id,
                    ordinal: u32::try_from(l.row.ordinal).unwrap_or_default(),
                    label: l.row.label.clone(),
                })
                .collect(),
            level: level.row.id,
        })
    }
}

/// The evidence of the observations that the decision counted for the statement.
async fn evidence_of(
    db: &impl ConnectionTrait,
    d: &demonstration::Model,
) -> Result<Vec<evidence::Model>> {
    let decision = assessments::decision(db, d.decision_id)
        .await?
        .ok_or_else(|| Error::internal("a demonstration without its decision"))?;
    let told: Explanation = serde_json::from_str(&decision.explanation).map_err(Error::internal)?;
    let counted: BTreeSet<_> = told
        .statements
        .into_iter()
        .filter(|s| s.statement == d.statement_id)
        .flat_map(|s| s.counted)
        .collect();
    let counted: Vec<_> = counted.into_iter().collect();
    assessments::evidence(db, &counted).await
}

fn told_evidence(row: &evidence::Model) -> Result<Evidence> {
    let name = row.name.clone();
    let broken = || Error::internal("stored evidence is not as it was written");
    match EvidenceKind::parse(&row.kind).ok_or_else(broken)? {
        EvidenceKind::Url => Ok(Evidence::Url {
            url: row.value.clone(),
            name,
            narrative: None,
        }),
        EvidenceKind::Text => Ok(Evidence::Text {
            name,
            narrative: row.value.clone(),
        }),
        EvidenceKind::FileDigest | EvidenceKind::File => {
            let hex = row.value.strip_prefix("sha256:").ok_or_else(broken)?;
            let sha256 = digest::from_hex(hex).ok_or_else(broken)?;
            Ok(Evidence::Digest { name, sha256 })
        }
    }
}

/// How the statement was judged, in words for whoever reads the credential.
fn criteria(plan: &assessments::Plan) -> String {
    let content = &plan.content;
    let rule = &content.rule;
    let count = |n: i32, one: &str| match n {
        1 => format!("one {one}"),
        n => format!("{n} {one}s"),
    };
    let methods: Vec<_> = content.methods.iter().map(|m| plain(m.as_str())).collect();
    let mut told = format!(
        "Assessed by {} under the plan “{}”: at least {} by at least {}, rated {} or higher of {}",
        methods.join(" or "),
        plan.row.name,
        count(rule.min_observations, "observation"),
        count(rule.min_assessors, "assessor"),
        rule.lowest_rating,
        content.scale.highest(),
    );
    if rule.evidence_required {
        told.push_str(", each with evidence");
    }
    if !rule.evidence_kinds.is_empty() {
        let kinds = rule.evidence_kinds.iter().map(|k| plain(k.as_str()));
        let kinds: Vec<_> = kinds.collect();
        told.push_str(&format!(", with evidence by {}", kinds.join(" and by ")));
    }
    if let Some(days) = rule.window_days {
        told.push_str(&format!(", within {days} days"));
    }
    told.push_str(match rule.agreement {
        Agreement::None => "",
        Agreement::Majority => ", more than half of the assessors agreeing",
        Agreement::Unanimous => ", all assessors agreeing",
    });
    if rule.sign_off {
        told.push_str(", signed off by someone who observed nothing");
    }
    told.push('.');
    told
}

fn plain(stored: &str) -> String {
    stored.to_lowercase().replace('_', " ")
}
