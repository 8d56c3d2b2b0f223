//! Bitstring Status List 1.0: the bits, their encoding, the list credential, and when it is full.

pub mod bits;
pub mod fill;
mod list;
#[cfg(test)]
mod tests;

pub use bits::{BitsError, Bitstring, MINIMUM_LENGTH, encode};
pub use list::StatusList;

/// What a set bit means (Bitstring Status List 1.0, section 2.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Purpose {
    /// The credential is withdrawn for good.
    Revocation,
    /// The credential is withdrawn for a time.
    Suspension,
}

impl Purpose {
    /// The `statusPurpose` text.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Revocation => "revocation",
            Self::Suspension => "suspension",
        }
    }

    /// The purpose of a `statusPurpose` text, if it is one that this program understands.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Revocation, Self::Suspension]
            .into_iter()
            .find(|purpose| purpose.as_str() == text)
    }
}
