//! Corrections that people suggest.

use async_graphql::{Context, Enum, ID, InputObject, Object};
use entity::correction;

use super::{
    catalog::{Occupation, Statement},
    draft::FrameworkDraft,
    onet::AnchorKind,
    people::{Provider, provider},
    scalars::DateTime,
};
use crate::{
    catalog::{ops::corrections, profile},
    graphql::{
        errors::{Result, op},
        loaders::{loaders, one},
    },
    kernel::ids,
};

/// What became of a correction.
#[derive(Enum, Debug, Copy, Clone, PartialEq, Eq)]
pub enum CorrectionState {
    /// Nobody has decided it.
    Open,
    /// It goes into the next version.
    Accepted,
    /// It does not.
    Declined,
    /// Who suggested it took it back.
    Withdrawn,
}

impl CorrectionState {
    const ALL: [Self; 4] = [Self::Open, Self::Accepted, Self::Declined, Self::Withdrawn];

    /// The state's stored name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "OPEN",
            Self::Accepted => "ACCEPTED",
            Self::Declined => "DECLINED",
            Self::Withdrawn => "WITHDRAWN",
        }
    }
}

/// Which corrections a list holds. Every condition given must hold.
#[derive(InputObject, Default)]
pub struct CorrectionFilterInput {
    /// In this state.
    pub state: Option<CorrectionState>,
    /// About this statement.
    pub statement_id: Option<ID>,
    /// About an anchor of the occupation with this code.
    pub soc: Option<String>,
    /// Only those that whoever asks suggested.
    #[graphql(default)]
    pub own: bool,
}

/// Other words that somebody suggests for a statement or an anchor.
pub struct Correction(pub correction::Model);

/// Other words that somebody suggests for a statement or an anchor.
#[Object]
impl Correction {
    /// Global id.
    async fn id(&self) -> ID {
        ids::global("Correction", self.0.id).into()
    }

    /// What became of it.
    async fn state(&self) -> Result<CorrectionState> {
        let mut all = CorrectionState::ALL.into_iter();
        let found = all.find(|state| state.as_str() == self.0.state);
        found.ok_or_else(|| "a stored state that is none".into())
    }

    /// The statement that it is about, if it is about one.
    async fn statement(&self, ctx: &Context<'_>) -> Result<Option<Statement>> {
        let Some(id) = self.0.statement_id else {
            return Ok(None);
        };
        let version = one(&loaders(ctx)?.statement_versions, id).await?;
        Ok(version.and_then(|version| Statement::find(&version, id)))
    }

    /// The occupation whose anchor it is about, if it is about one.
    async fn occupation(&self, ctx: &Context<'_>) -> Result<Option<Occupation>> {
        match self.0.occupation_id {
            Some(id) => Ok(one(&loaders(ctx)?.occupations, id).await?.map(Occupation)),
            None => Ok(None),
        }
    }

    /// The anchor's kind.
    async fn anchor_kind(&self) -> Result<Option<AnchorKind>> {
        kind(&self.0)
    }

    /// The anchor's place within its kind, from 1.
    async fn anchor_ordinal(&self) -> Option<i32> {
        self.0.anchor_ordinal
    }

    /// What it said when the correction was suggested.
    async fn old_text(&self) -> &str {
        &self.0.old_text
    }

    /// What it should say.
    async fn proposed_text(&self) -> &str {
        &self.0.proposed
    }

    /// Why.
    async fn reason(&self) -> &str {
        &self.0.reason
    }

    /// Whether whoever asks suggested it.
    async fn is_own(&self, ctx: &Context<'_>) -> Result<bool> {
        Ok(corrections::is_own(op(ctx)?, &self.0))
    }

    /// The provider of who suggested it; none for somebody of the platform.
    async fn provider(&self, ctx: &Context<'_>) -> Result<Option<Provider>> {
        provider(ctx, self.0.provider_id).await
    }

    /// Why it was accepted or declined.
    async fn decision_reason(&self) -> Option<&str> {
        self.0.decision_reason.as_deref()
    }

    /// The draft that it went into, for those who see the draft.
    async fn framework_draft(&self, ctx: &Context<'_>) -> Result<Option<FrameworkDraft>> {
        match self.0.draft_id {
            Some(id) => {
                let found = one(&loaders(ctx)?.draft_rows, id).await?;
                Ok(found.map(FrameworkDraft))
            }
            None => Ok(None),
        }
    }

    /// When it was suggested.
    async fn created_at(&self) -> DateTime {
        DateTime::from_millis(self.0.created_at)
    }

    /// When it was accepted, declined or withdrawn.
    async fn decided_at(&self) -> Option<DateTime> {
        self.0.decided_at.map(DateTime::from_millis)
    }
}

fn kind(row: &correction::Model) -> Result<Option<AnchorKind>> {
    let kind = row
        .anchor_kind
        .as_deref()
        .map(str::parse::<profile::AnchorKind>);
    Ok(kind.transpose()?.map(Into::into))
}

/// A correction of an anchor that a curator accepted. The anchor says it once the next profile of
/// the occupation is imported.
pub struct AnchorCorrection(pub correction::Model);

/// A correction of an anchor that a curator accepted. The anchor says it once the next profile of
/// the occupation is imported.
#[Object]
impl AnchorCorrection {
    /// The anchor's kind.
    async fn kind(&self) -> Result<AnchorKind> {
        let kind = kind(&self.0)?;
        kind.ok_or_else(|| "an anchor of no kind".into())
    }

    /// The anchor's place within its kind, from 1, when the correction was suggested.
    async fn ordinal(&self) -> i32 {
        self.0.anchor_ordinal.unwrap_or_default()
    }

    /// What it said when the correction was suggested.
    async fn old_text(&self) -> &str {
        &self.0.old_text
    }

    /// What it should say.
    async fn text(&self) -> &str {
        &self.0.proposed
    }

    /// When it was accepted.
    async fn accepted_at(&self) -> Option<DateTime> {
        self.0.decided_at.map(DateTime::from_millis)
    }
}
