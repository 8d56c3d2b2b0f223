//! Embedded proofs: making and verifying them (Data Integrity 1.0; Data Integrity EdDSA
//! Cryptosuites 1.0).
//!
//! A proof signs 64 bytes: the SHA-256 of its own canonical configuration, then the SHA-256 of the
//! canonical document. What is canonical depends on the cryptosuite: JSON text (RFC 8785) or RDF
//! statements (RDFC-1.0). A proof in a chain also signs the proofs that it names as previous, which
//! stand in the document while it is hashed.
//!
//! - [`ProofSet`]: the proofs of a document, read and verified one by one
//! - [`ProofOptions`]: what a new proof says; [`ProofOptions::add_to`] puts it into a document

mod chain;
mod error;
mod hash;
mod options;
mod set;
#[cfg(test)]
mod tests;
pub mod value;
mod verify;

pub use error::ProofError;
pub use hash::Intermediate;
pub use options::{ProofOptions, Unsigned};
pub use set::{Proof, ProofSet};
pub use verify::Expected;

/// The one proof type in use (Data Integrity 1.0, section 3.1).
pub const DATA_INTEGRITY_PROOF: &str = "DataIntegrityProof";
/// The most proofs that are read in one document; real ones have one or two.
pub const MAX_PROOFS: usize = 16;

/// How a document and a proof's configuration become bytes (Data Integrity EdDSA Cryptosuites 1.0).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Cryptosuite {
    /// By their canonical RDF statements (section 3.2).
    EddsaRdfc2022,
    /// By their canonical JSON text (section 3.3).
    EddsaJcs2022,
}

impl Cryptosuite {
    /// Its identifier, the value of `cryptosuite`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::EddsaRdfc2022 => "eddsa-rdfc-2022",
            Self::EddsaJcs2022 => "eddsa-jcs-2022",
        }
    }

    /// The cryptosuite of this identifier.
    #[must_use]
    pub fn parse(identifier: &str) -> Option<Self> {
        [Self::EddsaRdfc2022, Self::EddsaJcs2022]
            .into_iter()
            .find(|suite| suite.as_str() == identifier)
    }
}

/// What a proof is made for (Data Integrity 1.0, section 2.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Purpose {
    /// To assert what a credential says.
    AssertionMethod,
    /// To show who presents it.
    Authentication,
}

impl Purpose {
    /// Its name, the value of `proofPurpose`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::AssertionMethod => "assertionMethod",
            Self::Authentication => "authentication",
        }
    }
}
