//! Where a signing key stands in its life.

/// Where a signing key stands in its life. It only ever goes forward: what was retired or marked
/// compromised stays so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum KeyState {
    /// Published, and not signing yet: the next rotation takes it.
    Standby,
    /// Signs. A provider has at most one.
    Active,
    /// Signs nothing new; what it signed stays valid.
    Retired,
    /// In other hands: nothing that it signed is believed, whatever its date.
    Compromised,
}

impl KeyState {
    /// Every state.
    pub const ALL: [Self; 4] = [
        Self::Standby,
        Self::Active,
        Self::Retired,
        Self::Compromised,
    ];

    /// The stored form.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Standby => "STANDBY",
            Self::Active => "ACTIVE",
            Self::Retired => "RETIRED",
            Self::Compromised => "COMPROMISED",
        }
    }

    /// Reads the stored form.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }
}
