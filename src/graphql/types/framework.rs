//! What framework versions say besides levels and statements.

use async_graphql::{Enum, SimpleObject};

use super::onet::AnchorKind;
use crate::catalog::model as domain;

/// What became of a framework version.
#[derive(Enum, Debug, Copy, Clone, PartialEq, Eq)]
pub enum FrameworkVersionState {
    /// It can still change, and nobody else sees it.
    Draft,
    /// It holds, and never changes.
    Published,
    /// It holds for what it was used for, and should not be used for anything new.
    Deprecated,
}

impl FrameworkVersionState {
    /// The state by its stored name.
    pub(super) fn of(stored: &str) -> crate::graphql::errors::Result<Self> {
        match stored {
            "DRAFT" => Ok(Self::Draft),
            "PUBLISHED" => Ok(Self::Published),
            "DEPRECATED" => Ok(Self::Deprecated),
            _ => Err("a stored state that is none".into()),
        }
    }
}

/// A numbered group of statements that stands at every level.
#[derive(SimpleObject, Clone)]
pub struct Domain {
    /// Number, from 1.
    pub number: u32,
    /// Key in exports, unique in the version.
    pub key: String,
    /// Name, verbatim.
    pub title: String,
    /// What it is, in more words.
    pub description: Option<String>,
}

impl Domain {
    /// A domain as clients see it.
    pub(super) fn of(domain: &domain::Domain) -> Self {
        Self {
            number: domain.number,
            key: domain.key.clone(),
            title: domain.title.clone(),
            description: domain.description.clone(),
        }
    }
}

/// Something that statements rest on.
#[derive(SimpleObject, Clone)]
pub struct Source {
    /// Key by which it is cited.
    pub key: String,
    /// Short name, verbatim.
    pub label: String,
    /// Full name, verbatim.
    pub title: Option<String>,
    /// Which release of it, verbatim.
    pub release: Option<String>,
    /// When it was published, verbatim.
    pub date: Option<String>,
    /// Under which licence, verbatim.
    pub licence: Option<String>,
    /// Where it is found.
    pub url: Option<String>,
}

impl Source {
    /// A source as clients see it.
    pub(super) fn of(source: &domain::Source) -> Self {
        Self {
            key: source.key.clone(),
            label: source.label.clone(),
            title: source.title.clone(),
            release: source.release.clone(),
            date: source.date.clone(),
            licence: source.licence.clone(),
            url: source.url.clone(),
        }
    }
}

/// That a statement rests on a source.
#[derive(SimpleObject)]
pub struct Citation {
    /// The source.
    pub source: Source,
    /// Where in the source, verbatim.
    pub locator: Option<String>,
}

/// Where a statement's title ends and its description begins.
#[derive(SimpleObject)]
pub struct StatementSplit {
    /// Whether the text itself tells it, by a spaced em dash, or has no title. Otherwise the two
    /// are glued together, and statements give neither.
    pub is_sure: bool,
    /// How many characters probably stand before the description, where somebody guessed.
    pub at: Option<u32>,
}

impl StatementSplit {
    /// A split as clients see it.
    pub(super) fn of(split: domain::Split) -> Self {
        match split {
            domain::Split::Derived => Self {
                is_sure: true,
                at: None,
            },
            domain::Split::Unsure { at } => Self { is_sure: false, at },
        }
    }
}

/// An anchor of the occupation that a statement is grounded in.
#[derive(SimpleObject)]
pub struct AnchorReference {
    /// What kind of thing.
    pub kind: AnchorKind,
    /// The anchor's place within its kind in the version's profile, from 1.
    pub ordinal: u32,
}
