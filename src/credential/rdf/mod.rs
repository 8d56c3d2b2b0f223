//! What a JSON-LD document says, as RDF, in its one canonical form.
//!
//! - [`Contexts`]: the contexts that are known, worked out ahead of time; none is ever fetched
//! - [`dataset`]: from a document to statements; whatever would be left out is an error
//! - [`canon`]: from statements to the canonical form; [`canonize`]: all the way

pub mod canon;
mod context;
mod error;
mod expand;
mod iri;
mod keyword;
pub mod quad;
mod terms;
#[cfg(test)]
mod tests;

pub use context::Contexts;
pub use error::{CanonizeError, CanonizeErrorKind};

use crate::kernel::json::Json;
use quad::Dataset;

/// The statements that a JSON-LD document makes.
///
/// # Errors
/// The first part of the document that RDF would not hold, or that is not supported.
pub fn dataset<'a>(
    document: &'a Json,
    contexts: &'a Contexts,
) -> Result<Dataset<'a>, CanonizeError> {
    expand::expand(document, contexts)
}

/// The canonical N-Quads of a JSON-LD document (RDFC-1.0, with SHA-256).
///
/// # Errors
/// As for [`dataset`]; [`CanonizeErrorKind::TooComplex`] also if the blank nodes look so much alike
/// that naming them takes too long.
pub fn canonize(document: &Json, contexts: &Contexts) -> Result<String, CanonizeError> {
    let dataset = dataset(document, contexts)?;
    canon::canonical(&dataset).map_err(|too_complex| CanonizeError {
        kind: CanonizeErrorKind::TooComplex,
        pointer: String::new(),
        message: too_complex.to_string(),
    })
}
