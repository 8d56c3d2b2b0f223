//! AI-use figures of an occupation.

use async_graphql::{Enum, SimpleObject};

use crate::{
    catalog::{
        decimal::Decimal,
        evidence::{self as domain, Unit},
    },
    graphql::errors::Result,
};

/// What a figure measures.
#[derive(Enum, Debug, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "domain::FigureKind")]
pub enum FigureKind {
    /// How many conversations about the occupation's tasks were observed.
    TaskObservations,
    /// Which share of them augments a person's work.
    AugmentShare,
    /// How much time is saved.
    TimeSaved,
    /// How much the AI decides by itself.
    Autonomy,
    /// How feasible automation of skills is.
    FeasibilityScore,
}

/// What a figure counts in.
#[derive(Enum, Debug, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "domain::UnitKind")]
pub enum FigureUnit {
    /// A number of things.
    Count,
    /// Hundredths.
    Percent,
    /// Points.
    Score,
}

/// A number that keeps its unit and its printed form.
#[derive(SimpleObject)]
pub struct Figure {
    /// What it measures.
    pub kind: FigureKind,
    /// What the source calls it, verbatim.
    pub label: String,
    /// The number.
    pub number: f64,
    /// What it counts in.
    pub unit: FigureUnit,
    /// The most points that there are, where the source says it of a score.
    pub out_of: Option<f64>,
    /// How the source prints it, verbatim.
    pub printed: String,
}

/// How AI is used in the occupation's work.
#[derive(SimpleObject)]
pub struct AiUsage {
    /// What the source calls it, verbatim.
    pub label: String,
    /// The figures, in order.
    pub figures: Vec<Figure>,
}

/// How feasible it is to automate the occupation's skills.
#[derive(SimpleObject)]
pub struct AutomationFeasibility {
    /// What the source calls it, verbatim.
    pub label: String,
    /// The skill that decides.
    pub top_skill: String,
    /// The score.
    pub score: Figure,
    /// How exact the score is, verbatim.
    pub precision: Option<String>,
}

/// The group of skills that a taxonomy puts the occupation's use of AI into.
#[derive(SimpleObject)]
pub struct SkillCluster {
    /// What the source calls it, verbatim.
    pub label: String,
    /// The group's name.
    pub name: String,
    /// The group's name for programs.
    pub slug: String,
}

/// An occupation's AI-use figures.
#[derive(SimpleObject)]
pub struct EvidencePack {
    /// How AI is used.
    pub usage: Option<AiUsage>,
    /// How feasible automation is.
    pub feasibility: Option<AutomationFeasibility>,
    /// Which group of skills it falls into.
    pub cluster: Option<SkillCluster>,
}

impl EvidencePack {
    /// The figures as clients see them.
    pub(super) fn of(pack: &domain::EvidencePack) -> Result<Self> {
        let usage = pack.usage.as_ref().map(|usage| {
            let figures = usage.figures.iter().map(figure).collect::<Result<_>>()?;
            let label = usage.label.clone();
            Ok::<_, async_graphql::Error>(AiUsage { label, figures })
        });
        let feasibility = pack.feasibility.as_ref().map(|feasibility| {
            Ok::<_, async_graphql::Error>(AutomationFeasibility {
                label: feasibility.label.clone(),
                top_skill: feasibility.top_skill.clone(),
                score: figure(&feasibility.score)?,
                precision: feasibility.precision.clone(),
            })
        });
        let cluster = pack.cluster.as_ref().map(|cluster| SkillCluster {
            label: cluster.label.clone(),
            name: cluster.name.clone(),
            slug: cluster.slug.clone(),
        });
        Ok(Self {
            usage: usage.transpose()?,
            feasibility: feasibility.transpose()?,
            cluster,
        })
    }
}

fn figure(figure: &domain::Figure) -> Result<Figure> {
    let number = |decimal: &Decimal| decimal.as_str().parse::<f64>();
    let out_of = match &figure.unit {
        Unit::Score { out_of } => out_of.as_ref().map(number).transpose()?,
        Unit::Count | Unit::Percent => None,
    };
    Ok(Figure {
        kind: figure.kind.into(),
        label: figure.label.clone(),
        number: number(&figure.number)?,
        unit: figure.unit.kind().into(),
        out_of,
        printed: figure.printed.clone(),
    })
}
