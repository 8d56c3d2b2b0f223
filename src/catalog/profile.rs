//! What is known of an occupation besides its frameworks: what it is anchored in, what it is also
//! called, how one learns it, and what its use of AI looks like.

use super::{
    decimal::Decimal,
    evidence::EvidencePack,
    model::{Extra, OccupationFacts, Soc, Source},
};

macro_rules! kinds {
    ($(#[$doc:meta])* $type:ident { $($(#[$each:meta])* $name:ident = $text:literal,)* } $error:ident: $message:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $type { $($(#[$each])* $name,)* }

        impl $type {
            /// Every one, in the order they are shown.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The name as it is stored and sent.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text,)* }
            }
        }

        impl std::fmt::Display for $type {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str(self.as_str())
            }
        }

        #[doc = concat!("A text that names no `", stringify!($type), "`.")]
        #[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
        #[error($message)]
        pub struct $error(pub String);

        impl std::str::FromStr for $type {
            type Err = $error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                let found = Self::ALL.iter().find(|one| one.as_str() == text);
                found.copied().ok_or_else(|| $error(crate::kernel::text::excerpt(text, 40).into_owned()))
            }
        }
    };
}

pub(super) use kinds;

kinds! {
    /// What kind of thing an occupation is anchored in (the O*NET content model).
    AnchorKind {
        /// A skill.
        Skill = "SKILL",
        /// A field of knowledge.
        Knowledge = "KNOWLEDGE",
        /// An ability.
        Ability = "ABILITY",
        /// A work style.
        WorkStyle = "WORK_STYLE",
        /// A kind of technology.
        Technology = "TECHNOLOGY",
        /// A task.
        Task = "TASK",
    }
    AnchorKindError: "{0:?} is not a kind of anchor; write SKILL, KNOWLEDGE, ABILITY, WORK_STYLE, TECHNOLOGY or TASK"
}

kinds! {
    /// How close a related occupation is (O*NET, Related Occupations).
    Tier {
        /// Among the five closest.
        PrimaryShort = "PRIMARY_SHORT",
        /// Among the ten closest.
        PrimaryLong = "PRIMARY_LONG",
        /// Further off.
        Supplemental = "SUPPLEMENTAL",
    }
    TierError: "{0:?} is not a tier; write PRIMARY_SHORT, PRIMARY_LONG or SUPPLEMENTAL"
}

/// Something that an occupation is anchored in.
#[derive(Clone, Debug, PartialEq)]
pub struct Anchor {
    /// What kind of thing.
    pub kind: AnchorKind,
    /// Its place within its kind, from 1.
    pub ordinal: u32,
    /// Its name, or the task, verbatim.
    pub text: String,
    /// Its id in the O*NET content model, or the task's or commodity's number there.
    pub element: Option<String>,
    /// How important it is to the occupation, by the scale of its kind.
    pub importance: Option<Decimal>,
}

/// An apprenticeship (the Registered Apprenticeship Partners Information Database System).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Apprenticeship {
    /// Its RAPIDS code.
    pub code: String,
    /// Its title.
    pub title: Option<String>,
}

/// A field of study (Classification of Instructional Programs).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CipCode {
    /// Its code, such as `51.2306`.
    pub code: String,
    /// Its title, verbatim.
    pub title: Option<String>,
}

/// An occupation that is like another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RelatedOccupation {
    /// Its place, from 1 for the closest.
    pub ordinal: u32,
    /// Which one.
    pub soc: Soc,
    /// Its title.
    pub title: Option<String>,
    /// How close it is.
    pub tier: Option<Tier>,
}

/// What a source tells of an occupation, under a label. Once published it never changes, and the
/// framework versions that were published with it name it by its digest.
#[derive(Clone, Debug, PartialEq)]
pub struct OccupationProfile {
    /// The occupation.
    pub occupation: OccupationFacts,
    /// The profile's label, such as `v.26.05`, never blank.
    pub version: String,
    /// What the occupation is anchored in: by kind, each kind by ordinal.
    pub anchors: Vec<Anchor>,
    /// Who chose the anchors, verbatim.
    pub anchor_provider: Option<String>,
    /// What the occupation is also called, in order.
    pub related_titles: Vec<String>,
    /// Apprenticeships; none at all is as valid as any, `None` means that it is not known.
    pub rapids: Option<Vec<Apprenticeship>>,
    /// Fields of study that lead to it.
    pub cip: Vec<CipCode>,
    /// Occupations like it, closest first.
    pub related: Vec<RelatedOccupation>,
    /// Its AI-use figures.
    pub evidence: Option<EvidencePack>,
    /// What all this was taken from.
    pub sources: Vec<Source>,
    /// What the source says besides, verbatim.
    pub notes: Vec<String>,
    /// Whom to name when using it, verbatim.
    pub attribution: String,
    /// Members that the format does not define.
    pub extras: Vec<Extra>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_back() {
        for kind in AnchorKind::ALL {
            assert_eq!(kind.as_str().parse(), Ok(*kind));
        }
        for tier in Tier::ALL {
            assert_eq!(tier.as_str().parse(), Ok(*tier));
        }
        assert!("Skill".parse::<AnchorKind>().is_err());
        assert!("".parse::<Tier>().is_err());
    }
}
