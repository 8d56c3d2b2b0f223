//! The one verification engine: pure, bounded, and never valid by default.
//!
//! It works in two steps, so that whoever calls it decides what is fetched, and how.
//! [`inspect`] reads the bytes and says what is [needed](Inspected::needs) to judge them;
//! [`verify`] judges them with the [`Materials`] at hand, as the reader [asked](Asked).
//!
//! Any failed check makes the document invalid. What would have to be known and is not makes it
//! indeterminate. Only the trust line stands apart: that an issuer is on nobody's list says
//! nothing against what it signed. Credentials inside a document (those of a learner record or a
//! presentation, and endorsements) are judged each for itself, and count for the whole.

mod case;
mod envelope;
mod form;
mod hidden;
mod inspect;
mod intermediates;
mod issuer;
mod materials;
mod parts;
mod presentation;
mod proofs;
mod report;
pub mod schema;
mod securing;
mod statement;
mod status;
mod summary;
mod terms;
#[cfg(test)]
mod tests;
mod text;
mod time;
mod trust;

use crate::credential::rdf::Contexts;
use crate::kernel::json::Json;
use case::Case;
use securing::Expected;

pub use case::Asked;
pub use inspect::{Inspected, Kind, MAX_INPUT, Needs, NotACredential, Source, inspect};
pub use intermediates::{Intermediate, intermediates};
pub use materials::{MaterialError, Materials};
pub use report::{Check, CheckName, CheckOutcome, Outcome, Part, Problem, Report};
pub use status::{ListError, VerifiedList};
pub use summary::Summary;
pub use text::render;

/// Judges an inspected document with the materials at hand, as asked: at least, as of when.
#[must_use]
pub fn verify(inspected: &Inspected, materials: &Materials, asked: impl Into<Asked>) -> Report {
    let asked = asked.into();
    judge(inspected, &Case::new(materials, &asked))
}

/// Whether all that a document says stands under the names by which readers look for it: nothing
/// under keywords, other names for known terms, or in other nodes of the same id.
///
/// # Errors
/// What stands elsewhere, or has no meaning.
pub fn check_names(document: &Json, contexts: &Contexts) -> Result<(), String> {
    inspect::check_names(document).map_err(|error| error.reason)?;
    match hidden::first(document, contexts) {
        Err(error) => Err(error.to_string()),
        Ok(Some(name)) => Err(format!(
            "it says more of its {name} than stands under that name: write it as {name}, once"
        )),
        Ok(None) => Ok(()),
    }
}

fn judge(inspected: &Inspected, case: &Case<'_>) -> Report {
    match inspected.kind {
        Kind::Credential => credential(inspected, case),
        Kind::Presentation => presentation::judge(inspected, case),
    }
}

fn credential(inspected: &Inspected, case: &Case<'_>) -> Report {
    let (credential, materials) = (&inspected.document, case.materials);
    let mut checks = vec![form::check(inspected, materials)];
    let expected = Expected::issuer_of(inspected);
    let secured = securing::check(inspected, &expected, materials, case.asked.at);
    let proven = secured.is_proven();
    checks.extend(secured.checks);
    checks.push(time::check(credential, case.asked.at));
    checks.push(status::check(credential, case));
    checks.push(statement::check(credential, materials));
    let parts = parts::judge(inspected, case);
    checks.extend(parts::check(&parts));
    checks.push(trust::check(inspected.issuer(), proven, materials));
    Report::new(checks, Summary::of(credential), parts)
}
