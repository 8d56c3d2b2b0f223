//! What the members of a credential must be: the facts of the JSON Schemas of Open Badges 3.0 and
//! CLR 2.0, of VC Data Model 2.0 (sections 4 and 5), and what the prose of these adds.
//!
//! The facts stand in `table`, one class after the other; `checker` walks a document along
//! them. The class is chosen by the document's `type`, or by that of its subject, so that leaving
//! a type out never loosens a check.
//!
//! A credential inside another is held here only to what the outer one's class says of it; it is
//! to be judged for itself as well.

mod checker;
mod class;
mod facts;
mod formats;
mod path;
mod pinned;
mod table;
#[cfg(test)]
mod tests;
mod uri;

use std::fmt;

use checker::Checker;
use class::Class;
use path::Path;

use super::inspect::{has_type, one_or_many};
use crate::kernel::json::Json;

/// What is wrong with a value, and how to put it right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SchemaProblem {
    /// The value's place, as a JSON Pointer (RFC 6901).
    pub pointer: String,
    /// What is wrong, and the remedy.
    pub message: String,
}

impl fmt::Display for SchemaProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.pointer.as_str() {
            "" => write!(f, "the document {}", self.message),
            pointer => write!(f, "{pointer}: {}", self.message),
        }
    }
}

/// What a check found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Findings {
    /// The first problems, at most five.
    pub problems: Vec<SchemaProblem>,
    /// How many problems there are in all; none if the document has the form.
    pub count: usize,
}

/// The problems told, on one line, and how many more there are.
impl fmt::Display for Findings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (nth, problem) in self.problems.iter().enumerate() {
            f.write_str(if nth == 0 { "" } else { "; " })?;
            problem.fmt(f)?;
        }
        match self.count.saturating_sub(self.problems.len()) {
            0 => Ok(()),
            more => write!(f, "; and {more} more"),
        }
    }
}

/// The classes that a credential's own type or that of its subject names.
const CLASSES: [(&[&str], &str, &Class); 3] = [
    (
        &["AchievementCredential", "OpenBadgeCredential"],
        "AchievementSubject",
        &table::open_badges::ACHIEVEMENT_CREDENTIAL,
    ),
    (
        &["ClrCredential"],
        "ClrSubject",
        &table::clr::CLR_CREDENTIAL,
    ),
    (
        &["EndorsementCredential"],
        "EndorsementSubject",
        &table::endorsement::ENDORSEMENT_CREDENTIAL,
    ),
];

/// Checks a credential against the facts of its class: Open Badges 3.0 `AchievementCredential`
/// and `EndorsementCredential`, CLR 2.0 `ClrCredential`, or else VC Data Model 2.0
/// `VerifiableCredential`.
///
/// `known` tells whether a context may be used: one of those that the reader has at hand, or an
/// object that defines terms in the document itself.
#[must_use]
pub fn check(credential: &Json, known: &dyn Fn(&Json) -> bool) -> Findings {
    let mut checker = Checker::new(known);
    let subjects = one_or_many(credential.get("credentialSubject"));
    let mut special = false;
    for (types, subject_type, class) in CLASSES {
        let named = types.iter().any(|name| has_type(credential, name))
            || subjects
                .iter()
                .any(|subject| has_type(subject, subject_type));
        if named {
            special = true;
            checker.object(class, credential, &Path::Root);
        }
    }
    if !special {
        checker.object(
            &table::general::VERIFIABLE_CREDENTIAL,
            credential,
            &Path::Root,
        );
    }
    checker.finish()
}

/// Checks a presentation against the facts of VC Data Model 2.0, section 4.13. The credentials in
/// it are to be judged each for itself.
///
/// `known` is as for [`check`].
#[must_use]
pub fn check_presentation(presentation: &Json, known: &dyn Fn(&Json) -> bool) -> Findings {
    let mut checker = Checker::new(known);
    let class = &table::general::VERIFIABLE_PRESENTATION;
    checker.object(class, presentation, &Path::Root);
    checker.finish()
}

/// Checks an object that stands for a secured document by holding it in its `id`: an
/// `EnvelopedVerifiableCredential` or `EnvelopedVerifiablePresentation` (VC Data Model 2.0,
/// sections 4.13.1 and 4.13.2).
///
/// `known` is as for [`check`].
#[must_use]
pub fn check_envelope(envelope: &Json, known: &dyn Fn(&Json) -> bool) -> Findings {
    let mut checker = Checker::new(known);
    checker.object(&table::general::ENVELOPE, envelope, &Path::Root);
    checker.finish()
}
