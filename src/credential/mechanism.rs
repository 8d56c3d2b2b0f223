//! The ways in which a credential can be secured here; the provider chooses one for each issuance.

use super::proof::Cryptosuite;

/// How a credential is secured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Mechanism {
    /// An embedded Data Integrity proof over the RDF canonical form (Data Integrity EdDSA
    /// Cryptosuites 1.0, section 3.2): what Open Badges certification and most wallets take.
    #[default]
    EddsaRdfc2022,
    /// An embedded Data Integrity proof over the JSON canonical form (the same, section 3.3).
    EddsaJcs2022,
    /// A compact JWT by the Open Badges 3.0 profile (section 8.2): `typ` is `JWT`, and claims
    /// repeat members of the credential.
    JwtOpenBadges,
    /// A compact JWT by VC-JOSE-COSE (section 3.1): `typ` is `vc+jwt`.
    VcJwt,
}

impl Mechanism {
    /// Every mechanism, the default first.
    pub const ALL: [Self; 4] = [
        Self::EddsaRdfc2022,
        Self::EddsaJcs2022,
        Self::JwtOpenBadges,
        Self::VcJwt,
    ];

    /// Its name where it is stored, and in the API.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::EddsaRdfc2022 => "EDDSA_RDFC_2022",
            Self::EddsaJcs2022 => "EDDSA_JCS_2022",
            Self::JwtOpenBadges => "JWT_OPEN_BADGES",
            Self::VcJwt => "VC_JWT",
        }
    }

    /// The mechanism of this name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|m| m.as_str() == name)
    }

    /// The cryptosuite of the proof, where it stands inside the credential.
    #[must_use]
    pub const fn cryptosuite(self) -> Option<Cryptosuite> {
        match self {
            Self::EddsaRdfc2022 => Some(Cryptosuite::EddsaRdfc2022),
            Self::EddsaJcs2022 => Some(Cryptosuite::EddsaJcs2022),
            Self::JwtOpenBadges | Self::VcJwt => None,
        }
    }

    /// Whether the proof stands inside the credential.
    #[must_use]
    pub const fn is_embedded(self) -> bool {
        self.cryptosuite().is_some()
    }
}
