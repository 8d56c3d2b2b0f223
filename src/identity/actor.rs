//! Who is acting.

use std::{fmt, sync::Arc};

use uuid::Uuid;

use super::policy::{Role, Scope};

/// How somebody showed who they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SignIn {
    /// By an API key.
    Key(Uuid),
    /// By a token that an issuer signed (OpenID Connect).
    Issuer {
        /// The issuer's identifier.
        issuer: Arc<str>,
        /// Its name for them: all that is known of those who have no row here.
        subject: Arc<str>,
    },
}

impl fmt::Display for SignIn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Key(key) => write!(f, "key {key}"),
            Self::Issuer { issuer, .. } => write!(f, "via {issuer}"),
        }
    }
}

/// The one on whose behalf an operation runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actor {
    /// Nobody known: neither key nor token was given.
    Anonymous,
    /// Whoever runs the program on the machine itself.
    Operator,
    /// A platform administrator or curator. No learner data, no signing.
    Platform {
        /// How they signed in.
        by: SignIn,
        /// What they are to the platform.
        role: Role,
        /// What this sign-in may be used for.
        scopes: Vec<Scope>,
    },
    /// A provider's member.
    Member {
        /// The tenant: it comes from the key or token, never from an argument.
        provider: Uuid,
        /// The member.
        member: Uuid,
        /// How they signed in.
        by: SignIn,
        /// The roles that the member holds now.
        roles: Vec<Role>,
        /// What this sign-in may be used for.
        scopes: Vec<Scope>,
    },
    /// A learner. They reach what is theirs.
    Learner {
        /// The tenant: it comes from the key or token, never from an argument.
        provider: Uuid,
        /// The learner.
        learner: Uuid,
        /// How they signed in.
        by: SignIn,
        /// What this sign-in may be used for.
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
            Self::Platform { by, .. } => match by {
                SignIn::Key(_) => write!(f, "platform {by}"),
                // Quoted, so that what the issuer calls them is not taken for more.
                SignIn::Issuer { subject, .. } => write!(f, "platform {subject:?} {by}"),
            },
            Self::Member { member, by, .. } => write!(f, "member {member} {by}"),
            Self::Learner { learner, by, .. } => write!(f, "learner {learner} {by}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_audit_log_tells_keys_and_issuers_apart() {
        let (id, key) = (Uuid::from_u128(1), SignIn::Key(Uuid::from_u128(2)));
        let issuer = SignIn::Issuer {
            issuer: "https://login.example".into(),
            subject: "u1 via https://other.example".into(),
        };
        let of = |by: &SignIn| {
            let (by, roles, scopes) = (by.clone(), Vec::new(), Vec::new());
            let member = Actor::Member {
                provider: id,
                member: id,
                by: by.clone(),
                roles,
                scopes: scopes.clone(),
            };
            let learner = Actor::Learner {
                provider: id,
                learner: id,
                by: by.clone(),
                scopes: scopes.clone(),
            };
            let role = Role::Curator;
            let platform = Actor::Platform { by, role, scopes };
            [platform, member, learner].map(|actor| actor.to_string())
        };
        let key_form = "key 00000000-0000-0000-0000-000000000002";
        let id = id.to_string();
        assert_eq!(
            of(&key),
            [
                format!("platform {key_form}"),
                format!("member {id} {key_form}"),
                format!("learner {id} {key_form}"),
            ]
        );
        let via = "via https://login.example";
        assert_eq!(
            of(&issuer),
            [
                format!("platform \"u1 via https://other.example\" {via}"),
                format!("member {id} {via}"),
                format!("learner {id} {via}"),
            ]
        );
    }
}
