//! Who may do what: the one table of permissions. Whatever stands in no row is denied.

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

#[cfg(test)]
mod tests {
    use super::*;

    fn member(roles: &[Role], scopes: &[Scope]) -> Actor {
        Actor::Member {
            provider: Uuid::from_u128(1),
            member: Uuid::from_u128(2),
            key: Uuid::from_u128(3),
            roles: roles.to_vec(),
            scopes: scopes.to_vec(),
        }
    }

    #[test]
    fn each_action_has_exactly_one_row_and_each_field_one_place() {
        let mut fields: Vec<_> = RULES
            .iter()
            .flat_map(|r| r.fields)
            .chain(PUBLIC_FIELDS)
            .collect();
        let count = fields.len();
        fields.sort_unstable();
        fields.dedup();
        assert_eq!(fields.len(), count);
        for (i, rule) in RULES.iter().enumerate() {
            assert!(RULES.iter().skip(i + 1).all(|r| r.action != rule.action));
        }
    }

    #[test]
    fn nobody_without_a_key_may_do_anything() {
        for rule in RULES {
            assert!(matches!(
                permit(&Actor::Anonymous, rule.action),
                Err(Error::Unauthenticated(_))
            ));
        }
    }

    #[test]
    fn role_and_scope_are_both_needed() {
        let issue = Action::Issue;
        assert!(permit(&member(ADMIN, &[Scope::CredentialsIssue]), issue).is_ok());
        assert!(permit(&member(ADMIN, &[Scope::CredentialsRead]), issue).is_err());
        assert!(permit(&member(ASSESSOR, &[Scope::CredentialsIssue]), issue).is_err());
        let platform = Actor::Platform {
            key: Uuid::from_u128(9),
            scopes: Scope::ALL.to_vec(),
        };
        assert!(permit(&platform, issue).is_err());
        assert!(permit(&platform, Action::CreateProvider).is_ok());
    }

    #[test]
    fn another_tenant_is_not_found() {
        let admin = member(ADMIN, Scope::ALL);
        let named = |n| permit_for_provider(&admin, Action::ManageMembers, n);
        assert_eq!(named(None).unwrap(), Uuid::from_u128(1));
        assert_eq!(named(Some(Uuid::from_u128(1))).unwrap(), Uuid::from_u128(1));
        assert!(matches!(
            named(Some(Uuid::from_u128(8))),
            Err(Error::NotFound(_))
        ));
    }
}
