//! Observations.

use async_graphql::{Context, ID, InputObject, Object};

use super::payload;
use crate::{
    assessment::{
        model::{CriterionRating, NewEvidence, NewObservation},
        ops::observe,
    },
    graphql::{
        errors::{Result, op},
        types::{
            input,
            observation::{EvidenceKind, Observation},
            plan::AssessmentMethod,
            scalars::DateTime,
        },
    },
    kernel::errors,
};

/// A piece of evidence.
#[derive(InputObject)]
pub struct EvidenceInput {
    /// What it is.
    pub kind: EvidenceKind,
    /// The address, the text, or `sha256:` and 64 hexadecimal digits; left out for an uploaded
    /// file.
    #[graphql(default)]
    pub value: String,
    /// What to call it.
    pub name: Option<String>,
    /// The uploaded file, for the kind `FILE`.
    pub file_id: Option<ID>,
}

/// How one criterion of the rubric was rated.
#[derive(InputObject)]
pub struct CriterionRatingInput {
    /// The criterion's key.
    pub key: String,
    /// From the plan's scale.
    pub rating: i32,
}

/// An observation to record.
#[derive(InputObject)]
pub struct RecordObservationInput {
    /// The assessment.
    pub assessment_id: ID,
    /// The statement that was observed.
    pub statement_id: ID,
    /// From the plan's scale, 1 the lowest; may be left out where criteria are rated: then it is
    /// the lowest of theirs.
    pub rating: Option<i32>,
    /// How each criterion of the plan's rubric was rated: all of them, or none.
    #[graphql(default)]
    pub criteria: Vec<CriterionRatingInput>,
    /// How it was looked at; may be left out where the plan has one method only.
    pub method: Option<AssessmentMethod>,
    /// An observation of the assessor's own that this one corrects. Both stay; the later counts.
    pub supersedes_id: Option<ID>,
    /// Where and how it was observed.
    #[graphql(default)]
    pub context: String,
    /// When it was observed; now, when left out.
    pub observed_at: Option<DateTime>,
    /// What it rests on, at most 20 pieces.
    #[graphql(default)]
    pub evidence: Vec<EvidenceInput>,
}

impl RecordObservationInput {
    fn read(self) -> errors::Result<NewObservation> {
        let evidence = self.evidence.into_iter().map(|e| {
            let file = e.file_id.as_ref();
            Ok(NewEvidence {
                kind: e.kind.into(),
                value: e.value,
                name: e.name,
                file: file
                    .map(|id| input::id("EvidenceFile", "this file", id))
                    .transpose()?,
            })
        });
        let criteria = self.criteria.into_iter().map(|c| CriterionRating {
            key: c.key,
            rating: c.rating,
        });
        let supersedes = self.supersedes_id.as_ref();
        Ok(NewObservation {
            assessment: input::id("Assessment", "this assessment", &self.assessment_id)?,
            statement: input::id("Statement", "this statement", &self.statement_id)?,
            rating: self.rating,
            criteria: criteria.collect(),
            method: self.method.map(Into::into),
            supersedes: supersedes
                .map(|id| input::id("Observation", "this observation", id))
                .transpose()?,
            context: self.context,
            observed_at: self.observed_at.map(|at| at.0),
            evidence: evidence.collect::<errors::Result<_>>()?,
        })
    }
}

payload! {
    /// The outcome of `recordObservation`.
    RecordObservationPayload {
        /// The observation.
        observation: Observation
    }
}

/// Mutations of observations.
#[derive(Default)]
pub struct ObservationMutation;

#[Object]
impl ObservationMutation {
    /// Records what the assessor who sends this observed, or corrects what they recorded before.
    async fn record_observation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The observation.")] input: RecordObservationInput,
    ) -> Result<RecordObservationPayload> {
        let op = op(ctx)?;
        let recorded = async { observe::record_observation(op, input.read()?).await };
        RecordObservationPayload::of(recorded.await, |(row, evidence)| Observation {
            row,
            evidence: Some(evidence),
        })
    }
}
