//! The edits of a draft.

use crate::catalog::model::{AnchorRef, Citation, Source};

/// What becomes of something that may be absent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Change<T> {
    /// It stays as it is.
    #[default]
    Keep,
    /// There is none.
    Clear,
    /// It is this.
    Set(T),
}

impl<T> Change<T> {
    pub(super) fn make(self, value: &mut Option<T>) {
        match self {
            Self::Keep => {}
            Self::Clear => *value = None,
            Self::Set(new) => *value = Some(new),
        }
    }
}

/// What the framework says as a whole; what is not given stays.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Texts {
    /// The framework's name.
    pub title: Change<String>,
    /// Who made it.
    pub creator: Change<String>,
    /// The description.
    pub description: Option<String>,
    /// The contexts that the statements cover.
    pub context_covered: Option<String>,
    /// Whom to name when using it.
    pub attribution: Option<String>,
}

/// One edit. Whatever is put is added if nothing has its reference, and otherwise changed in what
/// is given. `after` says behind what of its like it stands: `Clear` for nothing, that is first.
/// What is added stands last unless it is said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edit {
    /// Sets what the framework says as a whole.
    Texts(Texts),
    /// Adds or changes a level.
    Level {
        /// What edits call it.
        reference: String,
        /// Its key in exports; that of a new one is its reference unless it is given.
        key: Option<String>,
        /// Its name for people.
        label: Option<String>,
        /// A second name.
        subtitle: Change<String>,
        /// What it is, in more words.
        description: Change<String>,
        /// The level below it.
        after: Change<String>,
    },
    /// Adds or changes a domain.
    Domain {
        /// What edits call it.
        reference: String,
        /// Its key in exports; that of a new one is its reference unless it is given.
        key: Option<String>,
        /// Its name.
        title: Option<String>,
        /// What it is, in more words.
        description: Change<String>,
        /// The domain before it.
        after: Change<String>,
    },
    /// Adds, changes or moves a statement.
    Statement {
        /// What edits call it.
        reference: String,
        /// The reference of its level; a new one needs it.
        level: Option<String>,
        /// The reference of its domain.
        domain: Change<String>,
        /// The sentence; a new one needs it.
        text: Option<String>,
        /// All that it rests on, in order.
        citations: Option<Vec<Citation>>,
        /// All that it is grounded in.
        anchors: Option<Vec<AnchorRef>>,
        /// The statement of its level and domain that it stands behind.
        after: Change<String>,
    },
    /// Adds a source, or puts it in the place of the one with its key.
    Source(Source),
    /// Removes a level or a domain without statements, or a statement.
    Remove {
        /// What edits call it.
        reference: String,
    },
    /// Removes a source.
    RemoveSource {
        /// Its key.
        key: String,
    },
}

impl Edit {
    /// The edit as problems name it.
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Texts(_) => "setTexts",
            Self::Level { .. } => "putLevel",
            Self::Domain { .. } => "putDomain",
            Self::Statement { .. } => "putStatement",
            Self::Source(_) => "putSource",
            Self::Remove { .. } => "remove",
            Self::RemoveSource { .. } => "removeSource",
        }
    }
}
