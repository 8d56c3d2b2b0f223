//! Who is acting.

use std::fmt;

use uuid::Uuid;

use super::policy::{Role, Scope};

/// The one on whose behalf an operation runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actor {
    /// Nobody known: no key was given.
    Anonymous,
    /// Whoever runs the program on the machine itself.
    Operator,
    /// A platform administrator or curator. No learner data, no signing.
    Platform {
        /// The API key.
        key: Uuid,
        /// What they are to the platform.
        role: Role,
        /// What the key may be used for.
        scopes: Vec<Scope>,
    },
    /// A provider's member, through one of their keys.
    Member {
        /// The tenant: it comes from the key, never from an argument.
        provider: Uuid,
        /// The member.
        member: Uuid,
        /// The API key.
        key: Uuid,
        /// The roles that the member holds now.
        roles: Vec<Role>,
        /// What the key may be used for.
        scopes: Vec<Scope>,
    },
    /// A learner, through a key of their own. They reach what is theirs.
    Learner {
        /// The tenant: it comes from the key, never from an argument.
        provider: Uuid,
        /// The learner.
        learner: Uuid,
        /// The API key.
        key: Uuid,
        /// What the key may be used for.
        scopes: Vec<Scope>,
    },
}

impl Actor {
    /// The tenant that the actor belongs to.
    #[must_use]
    pub fn provider(&self) -> Option<Uuid> {
        match self {
            Self::Member { provider, .. } | Self::Learner { provider, .. } => Some(*provider),
            Self::Anonymous | Self::Operator | Self::Platform { .. } => None,
        }
    }

    /// The member that acts.
    #[must_use]
    pub fn member(&self) -> Option<Uuid> {
        match self {
            Self::Member { member, .. } => Some(*member),
            Self::Anonymous | Self::Operator | Self::Platform { .. } | Self::Learner { .. } => None,
        }
    }

    /// The learner that acts.
    #[must_use]
    pub fn learner(&self) -> Option<Uuid> {
        match self {
            Self::Learner { learner, .. } => Some(*learner),
            Self::Anonymous | Self::Operator | Self::Platform { .. } | Self::Member { .. } => None,
        }
    }

    /// The roles that the actor holds.
    #[must_use]
    pub fn roles(&self) -> &[Role] {
        match self {
            Self::Anonymous => &[],
            Self::Operator => &[Role::PlatformAdmin],
            Self::Platform { role, .. } => std::slice::from_ref(role),
            Self::Member { roles, .. } => roles,
            Self::Learner { .. } => &[Role::Learner],
        }
    }
}

impl fmt::Display for Actor {
    /// The form that audit records keep.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Anonymous => f.write_str("anonymous"),
            Self::Operator => f.write_str("operator"),
            Self::Platform { key, .. } => write!(f, "platform key {key}"),
            Self::Member { member, key, .. } => write!(f, "member {member} key {key}"),
            Self::Learner { learner, key, .. } => write!(f, "learner {learner} key {key}"),
        }
    }
}
