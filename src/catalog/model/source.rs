//! What statements rest on.

use crate::catalog::profile::AnchorKind;

/// Something that statements and figures rest on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Its key, by which it is cited: unique among its like and never blank.
    pub key: String,
    /// Its short name, verbatim.
    pub label: String,
    /// Its full name, verbatim.
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

/// That a statement rests on a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citation {
    /// The source's key.
    pub source: String,
    /// Where in the source, verbatim.
    pub locator: Option<String>,
}

/// That a statement is grounded in an anchor of its occupation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct AnchorRef {
    /// What kind of thing.
    pub kind: AnchorKind,
    /// The anchor's place within its kind, from 1.
    pub ordinal: u32,
}
