//! What a key may be used for.

macro_rules! scopes {
    ($($(#[$doc:meta])* $name:ident = $text:literal,)*) => {
        /// What an API key may be used for, whatever its holder's roles allow.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Scope { $($(#[$doc])* $name,)* }

        impl Scope {
            /// Every scope.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The name that clients use.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text,)* }
            }
        }
    };
}

scopes! {
    /// Change the catalog.
    CatalogWrite = "catalog:write",
    /// See drafts of frameworks.
    FrameworksRead = "frameworks:read",
    /// Draft, publish and deprecate versions of frameworks.
    FrameworksWrite = "frameworks:write",
    /// See corrections that were suggested.
    CorrectionsRead = "corrections:read",
    /// Suggest corrections.
    CorrectionsWrite = "corrections:write",
    /// Accept and decline corrections.
    CorrectionsDecide = "corrections:decide",
    /// Create providers.
    ProvidersWrite = "providers:write",
    /// See members.
    MembersRead = "members:read",
    /// Create members.
    MembersWrite = "members:write",
    /// See API keys, never their text.
    KeysRead = "keys:read",
    /// Create and revoke API keys.
    KeysWrite = "keys:write",
    /// See learners.
    LearnersRead = "learners:read",
    /// Create and invite learners.
    LearnersWrite = "learners:write",
    /// Erase learners.
    LearnersErase = "learners:erase",
    /// See plans, assessments and demonstrations.
    AssessmentsRead = "assessments:read",
    /// Create plans, open and decide assessments.
    AssessmentsWrite = "assessments:write",
    /// Record observations, upload their evidence.
    ObservationsWrite = "observations:write",
    /// Agree or object to one's own assessments, ask to be erased.
    OwnWrite = "own:write",
    /// See imports of many rows, and export.
    BulkRead = "bulk:read",
    /// Import many rows.
    BulkWrite = "bulk:write",
    /// See webhooks and their deliveries, follow events.
    EventsRead = "events:read",
    /// Create, change and disable webhooks.
    WebhooksWrite = "webhooks:write",
    /// Read the audit log.
    AuditRead = "audit:read",
    /// See credentials.
    CredentialsRead = "credentials:read",
    /// Issue credentials.
    CredentialsIssue = "credentials:issue",
    /// Issue credentials that the client writes itself.
    CredentialsIssueRaw = "credentials:issue-raw",
    /// Revoke, suspend and reinstate credentials.
    CredentialsStatus = "credentials:status",
    /// See signing keys: their public halves, and what became of them.
    SigningKeysRead = "signing-keys:read",
    /// Generate, rotate and retire signing keys, mark them compromised, re-issue their records.
    SigningKeysWrite = "signing-keys:write",
}

impl Scope {
    /// Reads a scope's name.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|s| s.as_str() == text)
    }

    /// Whether a key has it only where it is asked for by name.
    #[must_use]
    pub const fn is_by_name_only(self) -> bool {
        matches!(self, Self::CredentialsIssueRaw | Self::LearnersErase)
    }
}
