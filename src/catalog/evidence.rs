//! An occupation's AI-use figures: what was measured, and as it was printed.

use super::{decimal::Decimal, profile::kinds};

kinds! {
    /// What a figure measures.
    FigureKind {
        /// How many conversations about the occupation's tasks were observed.
        TaskObservations = "TASK_OBSERVATIONS",
        /// Which share of them augments a person's work.
        AugmentShare = "AUGMENT_SHARE",
        /// How much time is saved.
        TimeSaved = "TIME_SAVED",
        /// How much the AI decides by itself.
        Autonomy = "AUTONOMY",
        /// How feasible automation of skills is.
        FeasibilityScore = "FEASIBILITY_SCORE",
    }
    FigureKindError: "{0:?} is not a kind of figure; write TASK_OBSERVATIONS, AUGMENT_SHARE, TIME_SAVED, AUTONOMY or FEASIBILITY_SCORE"
}

kinds! {
    /// What a figure counts in, without what a score is out of.
    UnitKind {
        /// A number of things.
        Count = "COUNT",
        /// Hundredths.
        Percent = "PERCENT",
        /// Points.
        Score = "SCORE",
    }
    UnitKindError: "{0:?} is not a unit; write COUNT, PERCENT or SCORE"
}

/// What a figure counts in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unit {
    /// A number of things.
    Count,
    /// Hundredths.
    Percent,
    /// Points.
    Score {
        /// The most points there are, where a source says it.
        out_of: Option<Decimal>,
    },
}

impl Unit {
    /// The unit's kind.
    #[must_use]
    pub fn kind(&self) -> UnitKind {
        match self {
            Unit::Count => UnitKind::Count,
            Unit::Percent => UnitKind::Percent,
            Unit::Score { .. } => UnitKind::Score,
        }
    }
}

/// A number that keeps its unit and its printed form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// What it measures.
    pub kind: FigureKind,
    /// What the source calls it, verbatim.
    pub label: String,
    /// The number.
    pub number: Decimal,
    /// What it counts in.
    pub unit: Unit,
    /// How the source prints it, verbatim, with the digits of the number in it.
    pub printed: String,
}

/// How AI is used in the occupation's work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AiUsage {
    /// What the source calls it, verbatim.
    pub label: String,
    /// The figures, in order.
    pub figures: Vec<Figure>,
}

/// How feasible it is to automate the occupation's skills.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feasibility {
    /// What the source calls it, verbatim.
    pub label: String,
    /// The skill that decides, verbatim.
    pub top_skill: String,
    /// The score.
    pub score: Figure,
    /// How exact the score is, verbatim.
    pub precision: Option<String>,
}

/// The group of skills that a taxonomy puts the occupation's use of AI into.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cluster {
    /// What the source calls it, verbatim.
    pub label: String,
    /// The group's name, verbatim.
    pub name: String,
    /// The group's name for programs, verbatim.
    pub slug: String,
}

/// An occupation's AI-use figures.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EvidencePack {
    /// How AI is used.
    pub usage: Option<AiUsage>,
    /// How feasible automation is.
    pub feasibility: Option<Feasibility>,
    /// Which group of skills it falls into.
    pub cluster: Option<Cluster>,
}
