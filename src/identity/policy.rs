//! Who may do what: the one table of permissions. Whatever stands in no row is denied.

mod scope;
mod table;
#[cfg(test)]
mod tests;

use uuid::Uuid;

use super::actor::Actor;
use crate::kernel::errors::{Error, Result};

pub use scope::Scope;
pub use table::{Action, PUBLIC_FIELDS, RULES, Rule};

/// What somebody is: to the platform, to a provider, or to themself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Looks after the installation: providers, members, keys. No signing, no learner data.
    PlatformAdmin,
    /// Looks after the catalog that all providers share.
    Curator,
    /// Manages a provider's people, plans and keys; issues and revokes.
    ProviderAdmin,
    /// Observes learners and decides assessments.
    Assessor,
    /// Keeps the records: learners, credentials and their status.
    Registrar,
    /// Sees what is recorded about themself, agrees or objects.
    Learner,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 6] = [
        Self::PlatformAdmin,
        Self::Curator,
        Self::ProviderAdmin,
        Self::Assessor,
        Self::Registrar,
        Self::Learner,
    ];

    /// The stored form.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::PlatformAdmin => "PLATFORM_ADMIN",
            Self::Curator => "CURATOR",
            Self::ProviderAdmin => "PROVIDER_ADMIN",
            Self::Assessor => "ASSESSOR",
            Self::Registrar => "REGISTRAR",
            Self::Learner => "LEARNER",
        }
    }

    /// Reads the stored form.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|r| r.as_str() == text)
    }

    /// Whether members of a provider hold it.
    #[must_use]
    pub const fn is_members(self) -> bool {
        matches!(self, Self::ProviderAdmin | Self::Assessor | Self::Registrar)
    }

    /// Whether it is held on the platform as a whole.
    #[must_use]
    pub const fn is_platforms(self) -> bool {
        matches!(self, Self::PlatformAdmin | Self::Curator)
    }
}

fn rule_for(action: Action) -> Option<&'static Rule> {
    RULES.iter().find(|r| r.action == action)
}

/// Whether `actor` may do `action`. Fails with `Unauthenticated` or `Forbidden`.
pub fn permit(actor: &Actor, action: Action) -> Result<()> {
    let Some(rule) = rule_for(action) else {
        return Err(Error::Forbidden(format!("nobody may {action:?}")));
    };
    let scopes = match actor {
        Actor::Anonymous => {
            return Err(Error::Unauthenticated(
                "this needs an API key, or a token of an issuer that is trusted here: send it as \
                 `Authorization: Bearer …`"
                    .to_owned(),
            ));
        }
        Actor::Operator => None,
        Actor::Platform { scopes, .. }
        | Actor::Member { scopes, .. }
        | Actor::Learner { scopes, .. } => Some(scopes),
    };
    if !actor.roles().iter().any(|r| rule.roles.contains(r)) {
        return Err(Error::Forbidden(refusal(actor, rule)));
    }
    match scopes {
        Some(scopes) if !scopes.contains(&rule.scope) => Err(Error::Forbidden(format!(
            "this key lacks the scope {}: use a key that has it",
            rule.scope.as_str()
        ))),
        _ => Ok(()),
    }
}

fn refusal(actor: &Actor, rule: &Rule) -> String {
    let needed: Vec<_> = rule.roles.iter().map(|r| r.as_str()).collect();
    let needed = format!("this needs the role {}", needed.join(" or "));
    match actor {
        Actor::Operator | Actor::Platform { .. }
            if rule.roles.iter().all(|r| !r.is_platforms()) =>
        {
            "a platform key has no access to what belongs to a provider: use a member's key"
                .to_owned()
        }
        _ => needed,
    }
}

/// The tenant in which `actor` may do `action`, for actions within one provider. Refuses
/// learners, who reach their own only: see [`permit_extent`].
pub fn permit_in_tenant(actor: &Actor, action: Action) -> Result<Uuid> {
    permit(actor, action)?;
    match (actor.provider(), actor.learner()) {
        (Some(provider), None) => Ok(provider),
        _ => Err(Error::Forbidden(
            "this needs the key of a provider's member".to_owned(),
        )),
    }
}

/// What of a tenant somebody reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Extent {
    /// The tenant.
    pub provider: Uuid,
    /// The one learner whose things they reach; `None` for all of the tenant's.
    pub learner: Option<Uuid>,
}

impl Extent {
    /// Whether what belongs to `learner` is within it.
    #[must_use]
    pub fn covers(&self, learner: Uuid) -> bool {
        self.learner.is_none_or(|own| own == learner)
    }
}

/// What `actor` reaches with `action`: a member all of their provider, a learner their own.
pub fn permit_extent(actor: &Actor, action: Action) -> Result<Extent> {
    permit(actor, action)?;
    let provider = actor
        .provider()
        .ok_or_else(|| Error::Forbidden("this needs the key of a provider's member".to_owned()))?;
    Ok(Extent {
        provider,
        learner: actor.learner(),
    })
}

/// The provider within which `actor` does `action`: their own; for the person at the machine, the
/// one named.
pub fn permit_at_machine(actor: &Actor, action: Action, named: Option<Uuid>) -> Result<Uuid> {
    match (actor, named) {
        (Actor::Operator, Some(provider)) => Ok(provider),
        _ => permit_in_tenant(actor, action),
    }
}

/// Lets the person at the machine do what no key opens.
pub fn permit_operator(actor: &Actor) -> Result<()> {
    match actor {
        Actor::Operator => Ok(()),
        _ => Err(Error::Forbidden(
            "this is done at the machine, by its command line".to_owned(),
        )),
    }
}

/// The tenant for an action that platform administrators may do in any
/// provider, and members in their own. What a member names besides their own
/// provider is not found.
pub fn permit_for_provider(actor: &Actor, action: Action, named: Option<Uuid>) -> Result<Uuid> {
    permit(actor, action)?;
    match (actor.provider(), named) {
        (Some(own), None) => Ok(own),
        (Some(own), Some(named)) if own == named => Ok(own),
        (Some(_), Some(_)) => Err(Error::NotFound("this provider".to_owned())),
        (None, Some(named)) => Ok(named),
        (None, None) => Err(Error::invalid(
            "input.providerId",
            "REQUIRED",
            "a platform key belongs to no provider: name one in providerId",
        )),
    }
}

/// The scopes that a key of somebody with these roles can have.
#[must_use]
pub fn scopes_of(roles: &[Role]) -> Vec<Scope> {
    scopes_where(|rule| roles.iter().any(|r| rule.roles.contains(r)))
}

fn scopes_where(allowed: impl Fn(&Rule) -> bool) -> Vec<Scope> {
    let mut scopes: Vec<_> = RULES
        .iter()
        .filter(|r| allowed(r))
        .map(|r| r.scope)
        .collect();
    scopes.sort_unstable();
    scopes.dedup();
    scopes
}
