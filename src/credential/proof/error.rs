//! Why a proof was not made, or does not hold.

use crate::credential::rdf::CanonizeError;

/// Why a proof was not made, or does not hold; `place` is a JSON Pointer into the document.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProofError {
    /// There is no proof to verify: the member is absent, null or empty.
    #[error("/proof: the document has no proof; ask for the signed form")]
    Absent,
    /// A proof, or the document itself, is not a JSON object.
    #[error("{place}: {found} stands where an object must; ask the issuer for a whole document")]
    NotAnObject {
        /// Where.
        place: String,
        /// What is there.
        found: &'static str,
    },
    /// There are more proofs than are read.
    #[error("/proof: {0} proofs are more than the {max} that are read", max = super::MAX_PROOFS)]
    TooMany(usize),
    /// The proof type is another one.
    #[error(
        "{place}/type: the proof type {found:?} is not accepted, only DataIntegrityProof is; ask \
         the issuer for such a proof"
    )]
    Type {
        /// Of which proof.
        place: String,
        /// The type that it has, shortened.
        found: String,
    },
    /// The cryptosuite is another one.
    #[error(
        "{place}/cryptosuite: the cryptosuite {found:?} is not known here, only eddsa-rdfc-2022 \
         and eddsa-jcs-2022 are"
    )]
    Cryptosuite {
        /// Of which proof.
        place: String,
        /// The cryptosuite that it has, shortened.
        found: String,
    },
    /// A member that a proof must have is missing.
    #[error("{place}: the proof has no {member}, which every proof must have")]
    Missing {
        /// Of which proof.
        place: String,
        /// The member.
        member: &'static str,
    },
    /// A member has a value that it cannot have.
    #[error("{place}/{member}: {why}")]
    Malformed {
        /// Of which proof.
        place: String,
        /// The member.
        member: &'static str,
        /// What it must be.
        why: &'static str,
    },
    /// The proof was made for another purpose.
    #[error("{place}/proofPurpose: the proof was made for {found:?}, not for {expected}")]
    Purpose {
        /// Of which proof.
        place: String,
        /// What it was made for, shortened.
        found: String,
        /// What it must have been made for.
        expected: &'static str,
    },
    /// The proof's time has not come, or is over.
    #[error("{place}/{member}: {why}")]
    Period {
        /// Of which proof.
        place: String,
        /// `created` or `expires`.
        member: &'static str,
        /// In which way, with the times.
        why: String,
    },
    /// The proof was made for another domain, or for any.
    #[error("{place}/domain: the proof was not made for the domain that is expected here")]
    Domain {
        /// Of which proof.
        place: String,
    },
    /// The proof answers another challenge, or none.
    #[error("{place}/challenge: the proof does not answer the challenge that was given")]
    Challenge {
        /// Of which proof.
        place: String,
    },
    /// Two different proofs have the same id.
    #[error("{place}/id: another proof has the same id, so a chain could mean either")]
    DuplicateId {
        /// The second of them.
        place: String,
    },
    /// A proof builds on one that is not there.
    #[error("{place}/previousProof: the proof {id:?} is not in the document")]
    PreviousMissing {
        /// Of which proof.
        place: String,
        /// The id that it names, shortened.
        id: String,
    },
    /// A proof builds on itself, directly or through others.
    #[error("{place}/previousProof: the chain of proofs comes back to this proof")]
    Cycle {
        /// One of the proofs in the circle.
        place: String,
    },
    /// The proof states contexts that the document does not begin with.
    #[error(
        "{place}/@context: the document's contexts do not begin with those that the proof states, \
         in the same order"
    )]
    Context {
        /// Of which proof.
        place: String,
    },
    /// The document has no canonical form.
    #[error("the document cannot be brought into canonical form: {0}")]
    Document(CanonizeError),
    /// The proof has no canonical form.
    #[error("{place}: the proof cannot be brought into canonical form: {cause}")]
    Configuration {
        /// Which proof.
        place: String,
        /// Why.
        cause: CanonizeError,
    },
    /// The signature is not that of the key.
    #[error(
        "{place}/proofValue: the signature does not fit: the document or the proof was altered, \
         or another key signed it"
    )]
    Signature {
        /// Of which proof.
        place: String,
    },
}

impl ProofError {
    /// The error's name where the specifications define it (Data Integrity 1.0, section 4.7; VC
    /// Data Model 2.0, section 7.2).
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Absent | Self::NotAnObject { .. } => "PARSING_ERROR",
            Self::Type { .. }
            | Self::Cryptosuite { .. }
            | Self::Document(_)
            | Self::Configuration { .. } => "PROOF_TRANSFORMATION_ERROR",
            Self::Domain { .. } => "INVALID_DOMAIN_ERROR",
            Self::Challenge { .. } => "INVALID_CHALLENGE_ERROR",
            Self::TooMany(_)
            | Self::Missing { .. }
            | Self::Malformed { .. }
            | Self::Purpose { .. }
            | Self::Period { .. }
            | Self::DuplicateId { .. }
            | Self::PreviousMissing { .. }
            | Self::Cycle { .. }
            | Self::Context { .. }
            | Self::Signature { .. } => "PROOF_VERIFICATION_ERROR",
        }
    }
}
