//! The kinds of frameworks.

use std::{fmt, str::FromStr};

use crate::kernel::text::excerpt;

/// The kind of statements that a framework holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Family {
    /// Doing the work of the occupation.
    Mastery,
    /// Using, directing and evaluating AI tools in the occupation.
    AiLiteracy,
    /// Durable skills, by domain.
    DurableSkills,
    /// A provider's own.
    Custom,
}

impl Family {
    /// Every family, in the order they are shown.
    pub const ALL: [Family; 4] = [
        Family::Mastery,
        Family::AiLiteracy,
        Family::DurableSkills,
        Family::Custom,
    ];

    /// The name as it is stored and sent: `MASTERY`, `AI_LITERACY`, `DURABLE_SKILLS` or `CUSTOM`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Family::Mastery => "MASTERY",
            Family::AiLiteracy => "AI_LITERACY",
            Family::DurableSkills => "DURABLE_SKILLS",
            Family::Custom => "CUSTOM",
        }
    }

    /// The name for people, in English.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Family::Mastery => "Mastery",
            Family::AiLiteracy => "AI literacy",
            Family::DurableSkills => "Durable skills",
            Family::Custom => "Custom",
        }
    }
}

impl fmt::Display for Family {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

/// A text that names no family.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a framework family; write MASTERY, AI_LITERACY, DURABLE_SKILLS or CUSTOM")]
pub struct FamilyError(pub String);

impl FromStr for Family {
    type Err = FamilyError;

    fn from_str(text: &str) -> Result<Self, FamilyError> {
        Family::ALL
            .into_iter()
            .find(|family| family.as_str() == text)
            .ok_or_else(|| FamilyError(excerpt(text, 40).into_owned()))
    }
}
