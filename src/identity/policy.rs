//! Who may do what: the one table of permissions. Whatever stands in no row is denied.

#[cfg(test)]
mod tests;

use uuid::Uuid;

use super::actor::Actor;
use crate::kernel::errors::{Error, Result};

/// What a member is to their provider.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Manages people and plans; issues and revokes.
    ProviderAdmin,
    /// Observes learners and decides assessments.
    Assessor,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 2] = [Self::ProviderAdmin, Self::Assessor];

    /// The stored form.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ProviderAdmin => "PROVIDER_ADMIN",
            Self::Assessor => "ASSESSOR",
        }
    }

    /// Reads the stored form.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|r| r.as_str() == text)
    }
}

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
    /// Create learners.
    LearnersWrite = "learners:write",
    /// See plans, assessments and demonstrations.
    AssessmentsRead = "assessments:read",
    /// Create plans, open and decide assessments.
    AssessmentsWrite = "assessments:write",
    /// Record observations.
    ObservationsWrite = "observations:write",
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
        matches!(self, Self::CredentialsIssueRaw)
    }
}

/// Something that needs permission.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Import frameworks.
    ManageCatalog,
    /// Create a provider.
    CreateProvider,
    /// Create a member.
    ManageMembers,
    /// See members.
    ViewMembers,
    /// Create and revoke API keys.
    ManageKeys,
    /// See API keys.
    ViewKeys,
    /// Create a learner.
    ManageLearners,
    /// See learners.
    ViewLearners,
    /// Create an assessment plan.
    ManagePlans,
    /// See plans, assessments and demonstrations.
    ViewAssessments,
    /// Open an assessment.
    OpenAssessment,
    /// Record an observation.
    Observe,
    /// Decide an assessment.
    Decide,
    /// See issued credentials.
    ViewCredentials,
    /// Issue the credential of a demonstration.
    Issue,
    /// Issue a credential that the client wrote.
    IssueRaw,
    /// Revoke, suspend or reinstate a credential.
    ChangeStatus,
    /// See signing keys.
    ViewSigningKeys,
    /// Change signing keys, and re-issue what a compromised one signed.
    ManageSigningKeys,
}

/// One row of the table: who may do the action, and what it opens in the API.
#[derive(Debug)]
pub struct Rule {
    /// The action.
    pub action: Action,
    /// Whether platform administrators, and the operator at the machine, may.
    pub platform: bool,
    /// Which roles of a provider's members may.
    pub roles: &'static [Role],
    /// The scope that the key needs besides.
    pub scope: Scope,
    /// The root fields of the GraphQL schema that ask for this action; none where another
    /// endpoint does.
    pub fields: &'static [&'static str],
}

const ADMIN: &[Role] = &[Role::ProviderAdmin];
const ASSESSOR: &[Role] = &[Role::Assessor];
const STAFF: &[Role] = &[Role::ProviderAdmin, Role::Assessor];

const fn rule(
    action: Action,
    platform: bool,
    roles: &'static [Role],
    scope: Scope,
    fields: &'static [&'static str],
) -> Rule {
    Rule {
        action,
        platform,
        roles,
        scope,
        fields,
    }
}

/// Root fields that anyone may ask for, with or without a key.
pub const PUBLIC_FIELDS: &[&str] = &[
    "Query.viewer",
    "Query.node",
    "Query.resource",
    "Query.occupations",
    "Query.occupation",
    "Query.frameworkVersion",
    "Query.statement",
    "Query.provider",
    "Query.providers",
    "Query.verifyCredential",
];

/// The permission table.
#[rustfmt::skip]
pub const RULES: &[Rule] = &[
    //   action                   platform roles     scope                      root fields
    rule(Action::ManageCatalog,   true,    &[],      Scope::CatalogWrite,       &["Mutation.importFramework"]),
    rule(Action::CreateProvider,  true,    &[],      Scope::ProvidersWrite,     &["Mutation.createProvider"]),
    rule(Action::ManageMembers,   true,    ADMIN,    Scope::MembersWrite,       &["Mutation.createMember"]),
    rule(Action::ViewMembers,     true,    ADMIN,    Scope::MembersRead,        &["Query.members"]),
    rule(Action::ManageKeys,      true,    ADMIN,    Scope::KeysWrite,          &["Mutation.createApiKey", "Mutation.revokeApiKey"]),
    rule(Action::ViewKeys,        true,    ADMIN,    Scope::KeysRead,           &["Query.apiKeys"]),
    rule(Action::ManageLearners,  false,   ADMIN,    Scope::LearnersWrite,      &["Mutation.createLearner"]),
    rule(Action::ViewLearners,    false,   STAFF,    Scope::LearnersRead,       &["Query.learners", "Query.learner"]),
    rule(Action::ManagePlans,     false,   ADMIN,    Scope::AssessmentsWrite,   &["Mutation.createAssessmentPlan"]),
    rule(Action::ViewAssessments, false,   STAFF,    Scope::AssessmentsRead,    &["Query.assessmentPlans", "Query.assessmentPlan", "Query.assessments", "Query.assessment", "Query.demonstrations"]),
    rule(Action::OpenAssessment,  false,   STAFF,    Scope::AssessmentsWrite,   &["Mutation.openAssessment"]),
    rule(Action::Observe,         false,   ASSESSOR, Scope::ObservationsWrite,  &["Mutation.recordObservation"]),
    rule(Action::Decide,          false,   STAFF,    Scope::AssessmentsWrite,   &["Mutation.decideAssessment"]),
    rule(Action::ViewCredentials, false,   ADMIN,    Scope::CredentialsRead,    &["Query.credentials", "Query.credential"]),
    rule(Action::Issue,           false,   ADMIN,    Scope::CredentialsIssue,   &["Mutation.issueCredential"]),
    rule(Action::IssueRaw,        false,   ADMIN,    Scope::CredentialsIssueRaw, &[]),
    rule(Action::ChangeStatus,    false,   ADMIN,    Scope::CredentialsStatus,  &["Mutation.revokeCredential", "Mutation.suspendCredential", "Mutation.reinstateCredential"]),
    rule(Action::ViewSigningKeys, false,   ADMIN,    Scope::SigningKeysRead,    &["Query.signingKeys"]),
    rule(Action::ManageSigningKeys, false, ADMIN,    Scope::SigningKeysWrite,   &["Mutation.generateSigningKey", "Mutation.rotateSigningKey", "Mutation.retireSigningKey", "Mutation.markKeyCompromised", "Mutation.reissueCredentials"]),
];

fn rule_for(action: Action) -> Option<&'static Rule> {
    RULES.iter().find(|r| r.action == action)
}

/// Whether `actor` may do `action`. Fails with `Unauthenticated` or `Forbidden`.
pub fn permit(actor: &Actor, action: Action) -> Result<()> {
    let Some(rule) = rule_for(action) else {
        return Err(Error::Forbidden(format!("nobody may {action:?}")));
    };
    let scoped = |scopes: &[Scope]| {
        if scopes.contains(&rule.scope) {
            return Ok(());
        }
        Err(Error::Forbidden(format!(
            "this key lacks the scope {}: use a key that has it",
            rule.scope.as_str()
        )))
    };
    match actor {
        Actor::Anonymous => Err(Error::Unauthenticated(
            "this needs an API key: send it as `Authorization: Bearer …`".to_owned(),
        )),
        Actor::Operator if rule.platform => Ok(()),
        Actor::Platform { scopes, .. } if rule.platform => scoped(scopes),
        Actor::Operator | Actor::Platform { .. } => Err(Error::Forbidden(
            "a platform key has no access to what belongs to a provider: use a member's key"
                .to_owned(),
        )),
        Actor::Member { roles, scopes, .. } => {
            if !roles.iter().any(|r| rule.roles.contains(r)) {
                let needed: Vec<_> = rule.roles.iter().map(|r| r.as_str()).collect();
                let needed = if needed.is_empty() {
                    "a platform administrator".to_owned()
                } else {
                    format!("the role {}", needed.join(" or "))
                };
                return Err(Error::Forbidden(format!("this needs {needed}")));
            }
            scoped(scopes)
        }
    }
}

/// The tenant in which `actor` may do `action`, for actions within one provider.
pub fn permit_in_tenant(actor: &Actor, action: Action) -> Result<Uuid> {
    permit(actor, action)?;
    actor
        .provider()
        .ok_or_else(|| Error::Forbidden("this needs the key of a provider's member".to_owned()))
}

/// The provider whose signing keys `actor` may change: a member's own; for the person at the
/// machine, who has the master key and the database in their hands, the one named. A platform
/// administrator's key opens none.
pub fn permit_signing_keys(actor: &Actor, named: Option<Uuid>) -> Result<Uuid> {
    match (actor, named) {
        (Actor::Operator, Some(provider)) => Ok(provider),
        _ => permit_in_tenant(actor, Action::ManageSigningKeys),
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

/// The scopes that a key of a member with these roles can have.
#[must_use]
pub fn scopes_of(roles: &[Role]) -> Vec<Scope> {
    scopes_where(|rule| roles.iter().any(|r| rule.roles.contains(r)))
}

/// The scopes that a platform key can have.
#[must_use]
pub fn platform_scopes() -> Vec<Scope> {
    scopes_where(|rule| rule.platform)
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
