//! All that one version of a framework says.

use uuid::Uuid;

use super::{AnchorRef, CaseFacts, Citation, Family, OccupationFacts, Outline, Source};
use crate::{
    catalog::ids::FrameworkKey,
    kernel::json::{Json, pointer_token},
};

/// All that one version of a framework says.
#[derive(Clone, Debug, PartialEq)]
pub struct FrameworkVersion {
    /// The occupation it is about, if it is about one.
    pub occupation: Option<OccupationFacts>,
    /// The kind of its statements.
    pub family: Family,
    /// What tells the framework from the others of its owner.
    pub key: FrameworkKey,
    /// The framework's name, where it has one of its own.
    pub title: Option<String>,
    /// Who made it.
    pub creator: Option<String>,
    /// The version's label, such as `v.26.05`, never blank.
    pub version: String,
    /// The label of the version that this one took the place of, where one is named.
    pub replaces: Option<String>,
    /// A description, which may be empty.
    pub description: String,
    /// The contexts that the statements cover, which may be empty.
    pub context_covered: String,
    /// The domains by number, in a framework that has any.
    pub domains: Vec<Domain>,
    /// The levels by ordinal, at least one.
    pub levels: Vec<Level>,
    /// What its statements cite, each by its own key.
    pub cited: Vec<Source>,
    /// What it was made from: an object of any form, verbatim.
    pub sources: Json,
    /// Whom to name when using it, verbatim.
    pub attribution: String,
    /// The profile of the occupation that it was published with.
    pub profile: Option<ProfileRef>,
    /// What an imported CASE package said of it that nothing else here holds.
    pub case: Option<CaseFacts>,
    /// When the export was written, verbatim; no part of the version's content.
    pub exported_at: Option<String>,
    /// Members that the format does not define.
    pub extras: Vec<Extra>,
}

impl FrameworkVersion {
    /// Whether the key is that of an occupation's framework of its family: then it need not be
    /// told.
    #[must_use]
    pub fn has_own_key(&self) -> bool {
        let of = |facts: &OccupationFacts| FrameworkKey::of_occupation(&facts.soc, self.family);
        self.occupation.as_ref().map(of).as_ref() != Some(&self.key)
    }

    /// Whether it says no more than a framework export of schemaVersion 1.0 could.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        let told =
            |facts: &OccupationFacts| facts.group.is_some() && facts.job_zone_label.is_none();
        self.occupation.as_ref().is_some_and(told)
            && !self.has_own_key()
            && self.title.is_none()
            && self.creator.is_none()
            && self.domains.is_empty()
            && self.cited.is_empty()
            && self.profile.is_none()
            && self.replaces.is_none()
            && self.case.is_none()
            && self.levels.iter().all(Level::is_plain)
    }
}

/// A numbered group of statements that stands at every level.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Domain {
    /// Its number, from 1.
    pub number: u32,
    /// Its key in the export, unique in the version and never blank.
    pub key: String,
    /// Its name, never blank.
    pub title: String,
    /// What it is, in more words.
    pub description: Option<String>,
}

/// A published profile, by its id and the digest of its frozen document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProfileRef {
    /// The profile.
    pub id: Uuid,
    /// Its SHA-384 digest as Subresource Integrity metadata.
    pub digest_sri: String,
}

/// One level of a framework.
#[derive(Clone, Debug, PartialEq)]
pub struct Level {
    /// Its rank, from 1 for the lowest; with the family this is its identity.
    pub ordinal: u32,
    /// Its key in the export, unique in the version and never blank.
    pub key: String,
    /// Its name for people, never blank; two levels may share one.
    pub label: String,
    /// A second name, such as the role that it fits.
    pub subtitle: Option<String>,
    /// What it is, in more words.
    pub description: Option<String>,
    /// Its statements: those of no domain, then by domain; each of these by position.
    pub statements: Vec<Statement>,
}

impl Level {
    fn is_plain(&self) -> bool {
        self.subtitle.is_none()
            && self.description.is_none()
            && !self.statements.is_empty()
            && self.statements.iter().all(Statement::is_plain)
    }
}

/// One assessable sentence.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    /// The number of its domain, in a framework with domains.
    pub domain: Option<u32>,
    /// Its place in its level and domain, from 1.
    pub position: u32,
    /// The sentence verbatim, never blank.
    pub text: String,
    /// Where its title ends and its description begins.
    pub split: Split,
    /// What it rests on, in order.
    pub citations: Vec<Citation>,
    /// What in the occupation's profile it is grounded in.
    pub anchors: Vec<AnchorRef>,
    /// The statement of an older version that it took the place of.
    pub replaces: Option<Uuid>,
    /// Its place in the tree of an imported CASE package.
    pub outline: Option<Outline>,
}

impl Statement {
    /// A statement that is nothing but a sentence at a place.
    #[must_use]
    pub fn plain(position: u32, text: impl Into<String>) -> Self {
        Self {
            domain: None,
            position,
            text: text.into(),
            split: Split::Derived,
            citations: Vec::new(),
            anchors: Vec::new(),
            replaces: None,
            outline: None,
        }
    }

    /// Whether it is nothing but a sentence at a place.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        self.domain.is_none()
            && self.split == Split::Derived
            && self.citations.is_empty()
            && self.anchors.is_empty()
            && self.replaces.is_none()
            && self.outline.is_none()
    }
}

/// Where a statement's title ends and its description begins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Split {
    /// At the spaced em dash, if the text has one; see
    /// [`statement_parts`](crate::catalog::rules::statement_parts).
    #[default]
    Derived,
    /// Nobody is sure: the two are glued together.
    Unsure {
        /// How many characters probably stand before the description, where somebody guessed.
        at: Option<u32>,
    },
}

/// A member that the format does not define, kept so that it can be given back.
#[derive(Clone, Debug, PartialEq)]
pub struct Extra {
    /// The JSON Pointer (RFC 6901) of the object that contains it; empty for the document.
    pub container: String,
    /// The member's name.
    pub name: String,
    /// The member's value.
    pub value: Json,
}

impl Extra {
    /// The JSON Pointer (RFC 6901) of the member itself.
    #[must_use]
    pub fn pointer(&self) -> String {
        format!("{}{}", self.container, pointer_token(&self.name))
    }
}
