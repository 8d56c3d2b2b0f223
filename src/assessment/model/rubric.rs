//! The scale of ratings, and the rubric: criteria, each described at each rating.

use serde::{Deserialize, Serialize};

/// One rating that an assessor can give.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ScaleRating {
    /// The number: 1 for the lowest, the next one for each above it.
    pub value: i32,
    /// What it is called.
    pub label: String,
}

/// The ratings of a plan, from the lowest up, without gaps from 1.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Scale {
    /// Each rating, lowest first.
    pub ratings: Vec<ScaleRating>,
}

impl Scale {
    /// The scale with these labels, lowest first.
    #[must_use]
    pub fn of(labels: &[&str]) -> Self {
        let ratings = (1..).zip(labels).map(|(value, label)| ScaleRating {
            value,
            label: (*label).to_owned(),
        });
        Self {
            ratings: ratings.collect(),
        }
    }

    /// The highest rating; 0 for a scale without ratings, which no plan has.
    #[must_use]
    pub fn highest(&self) -> i32 {
        self.ratings.iter().map(|r| r.value).max().unwrap_or(0)
    }

    /// Whether an assessor can give this rating.
    #[must_use]
    pub fn has(&self, rating: i32) -> bool {
        self.ratings.iter().any(|r| r.value == rating)
    }
}

impl Default for Scale {
    fn default() -> Self {
        Self::of(&["Not yet", "With support", "Independently", "Expertly"])
    }
}

/// What a rating of a criterion looks like.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Descriptor {
    /// The rating, from the plan's scale.
    pub rating: i32,
    /// What is seen at this rating.
    pub text: String,
}

/// One line of a rubric.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Criterion {
    /// Its name for machines: lower-case letters, digits and hyphens, once in a plan.
    pub key: String,
    /// What it is about, for people.
    pub name: String,
    /// What the ratings look like, at most one text for each.
    #[serde(default)]
    pub descriptors: Vec<Descriptor>,
}
