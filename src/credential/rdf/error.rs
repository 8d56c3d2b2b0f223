//! Why a document has no canonical form.

use std::fmt;

/// Why [`dataset`](super::dataset) or [`canonize`](super::canonize) refused a document.
///
/// Shown as one sentence: the place, what is wrong there, and the remedy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CanonizeError {
    /// What kind of problem it is; stable, for programs.
    pub kind: CanonizeErrorKind,
    /// Where it is: a JSON Pointer (RFC 6901) into the document; empty for the whole of it.
    pub pointer: String,
    /// What is wrong and what to do about it, in plain words.
    pub message: String,
}

/// The kinds of [`CanonizeError`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CanonizeErrorKind {
    /// A member name that no context defines: what it says would be left unsigned.
    UndefinedTerm,
    /// A type that no context defines.
    UndefinedType,
    /// A context that is neither pinned nor given by hand.
    UnknownContext,
    /// A context that gives a term another meaning, or that would make defined terms void.
    Redefinition,
    /// A context that breaks the rules of JSON-LD, or uses a part of it that is not supported.
    InvalidContext,
    /// An identifier that is not an absolute IRI.
    RelativeIri,
    /// A value that RDF cannot express, or that JSON-LD would leave out.
    BadValue,
    /// More work than a document of real use can need.
    TooComplex,
}

impl fmt::Display for CanonizeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.pointer.as_str() {
            "" => write!(f, "at the top of the document: {}", self.message),
            pointer => write!(f, "at {pointer}: {}", self.message),
        }
    }
}

impl std::error::Error for CanonizeError {}

/// A problem whose full place is known only to who called: `at` is the rest of the pointer.
#[derive(Debug)]
pub(super) struct Fault {
    pub(super) kind: CanonizeErrorKind,
    pub(super) at: String,
    pub(super) message: String,
}

impl Fault {
    pub(super) fn new(kind: CanonizeErrorKind, message: impl Into<String>) -> Self {
        Fault {
            kind,
            at: String::new(),
            message: message.into(),
        }
    }

    /// The same problem, whose place lies outside of the document.
    pub(super) fn here(mut self) -> Self {
        self.at.clear();
        self
    }

    /// The same problem, seen from one level further up.
    pub(super) fn within(mut self, token: &str) -> Self {
        self.at = crate::kernel::json::pointer_token(token) + &self.at;
        self
    }
}
