//! The one table of permissions: who may do what, and what that opens.

use super::{Role, Scope};

/// Something that needs permission.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Import frameworks.
    ManageCatalog,
    /// Draft, publish and deprecate versions of one's own frameworks; curators, of the shared ones.
    ManageFrameworks,
    /// See drafts of these.
    ViewDrafts,
    /// Suggest a correction, withdraw it.
    SuggestCorrection,
    /// See corrections that were suggested: one's own, and those one decides.
    ViewCorrections,
    /// Accept and decline corrections.
    DecideCorrection,
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
    /// Create a learner, invite one to sign in.
    ManageLearners,
    /// See learners; a learner, themself.
    ViewLearners,
    /// Export all that is stored about a learner.
    ExportLearner,
    /// Erase a learner.
    EraseLearner,
    /// Create, revise and archive assessment plans.
    ManagePlans,
    /// See plans.
    ViewPlans,
    /// See assessments, demonstrations and attainments.
    ViewAssessments,
    /// Plan, open, submit, reopen and withdraw an assessment.
    ConductAssessment,
    /// Record an observation.
    Observe,
    /// Upload a file that evidence rests on.
    UploadEvidence,
    /// Decide an assessment.
    Decide,
    /// Appeal against a decision, on the learner's behalf or one's own.
    Appeal,
    /// Agree to a decision about oneself, ask to be erased.
    SpeakForOneself,
    /// Decide whether a reworded statement's demonstrations carry over.
    DecideCarryOver,
    /// Import many learners.
    ManageBulk,
    /// Import many results, which are observations.
    ImportResults,
    /// See imports of many rows, export them.
    ViewBulk,
    /// Follow events as they happen.
    FollowEvents,
    /// Create, change and disable webhooks.
    ManageWebhooks,
    /// See webhooks and their deliveries.
    ViewWebhooks,
    /// Read the audit log.
    ViewAudit,
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
    /// Which roles may. A learner reaches what is their own only.
    pub roles: &'static [Role],
    /// The scope that the key needs besides.
    pub scope: Scope,
    /// The root fields of the GraphQL schema that ask for this action; none where another
    /// endpoint does.
    pub fields: &'static [&'static str],
}

const PLATFORM: &[Role] = &[Role::PlatformAdmin];
const CATALOG: &[Role] = &[Role::PlatformAdmin, Role::Curator];
const PEOPLE: &[Role] = &[Role::PlatformAdmin, Role::ProviderAdmin];
const ADMIN: &[Role] = &[Role::ProviderAdmin];
const ASSESSOR: &[Role] = &[Role::Assessor];
const RECORDS: &[Role] = &[Role::ProviderAdmin, Role::Registrar];
const CONDUCT: &[Role] = &[Role::ProviderAdmin, Role::Assessor];
const LEARNER: &[Role] = &[Role::Learner];
const FRAMEWORKS: &[Role] = &[Role::PlatformAdmin, Role::Curator, Role::ProviderAdmin];
const ANYONE: &[Role] = &Role::ALL;
const STAFF_AND_SELF: &[Role] = &[
    Role::ProviderAdmin,
    Role::Assessor,
    Role::Registrar,
    Role::Learner,
];
const RECORDS_AND_SELF: &[Role] = &[Role::ProviderAdmin, Role::Registrar, Role::Learner];

const fn rule(
    action: Action,
    roles: &'static [Role],
    scope: Scope,
    fields: &'static [&'static str],
) -> Rule {
    Rule {
        action,
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
    "Query.search",
    "Query.frameworkVersion",
    "Query.frameworks",
    "Query.frameworkDiff",
    "Query.compareOccupations",
    "Query.statement",
    "Query.provider",
    "Query.providers",
    "Query.verifyCredential",
    "Query.me",
    "Mutation.acceptInvitation",
];

/// The permission table.
#[rustfmt::skip]
pub const RULES: &[Rule] = &[
    //   action                     roles             scope                       root fields
    rule(Action::ManageCatalog,     CATALOG,          Scope::CatalogWrite,        &["Mutation.importFramework"]),
    rule(Action::ManageFrameworks,  FRAMEWORKS,       Scope::FrameworksWrite,     &["Mutation.createFrameworkDraft", "Mutation.editFrameworkDraft", "Mutation.publishFrameworkDraft", "Mutation.discardFrameworkDraft", "Mutation.deprecateFrameworkVersion"]),
    rule(Action::ViewDrafts,        FRAMEWORKS,       Scope::FrameworksRead,      &["Query.frameworkDraft", "Query.frameworkDrafts"]),
    rule(Action::SuggestCorrection, ANYONE,           Scope::CorrectionsWrite,    &["Mutation.suggestCorrection", "Mutation.withdrawCorrection"]),
    rule(Action::ViewCorrections,   ANYONE,           Scope::CorrectionsRead,     &["Query.corrections"]),
    rule(Action::DecideCorrection,  FRAMEWORKS,       Scope::CorrectionsDecide,   &["Mutation.acceptCorrection", "Mutation.declineCorrection"]),
    rule(Action::CreateProvider,    PLATFORM,         Scope::ProvidersWrite,      &["Mutation.createProvider"]),
    rule(Action::ManageMembers,     PEOPLE,           Scope::MembersWrite,        &["Mutation.createMember"]),
    rule(Action::ViewMembers,       PEOPLE,           Scope::MembersRead,         &["Query.members"]),
    rule(Action::ManageKeys,        PEOPLE,           Scope::KeysWrite,           &["Mutation.createApiKey", "Mutation.revokeApiKey"]),
    rule(Action::ViewKeys,          PEOPLE,           Scope::KeysRead,            &["Query.apiKeys"]),
    rule(Action::ManageLearners,    RECORDS,          Scope::LearnersWrite,       &["Mutation.createLearner", "Mutation.inviteLearner"]),
    rule(Action::ViewLearners,      STAFF_AND_SELF,   Scope::LearnersRead,        &["Query.learners", "Query.learner"]),
    rule(Action::ExportLearner,     RECORDS_AND_SELF, Scope::LearnersRead,        &["Query.exportLearner"]),
    rule(Action::EraseLearner,      ADMIN,            Scope::LearnersErase,       &["Mutation.eraseLearner"]),
    rule(Action::ManagePlans,       ADMIN,            Scope::AssessmentsWrite,    &["Mutation.createAssessmentPlan", "Mutation.reviseAssessmentPlan", "Mutation.archiveAssessmentPlan"]),
    rule(Action::ViewPlans,         STAFF_AND_SELF,   Scope::AssessmentsRead,     &["Query.assessmentPlans", "Query.assessmentPlan"]),
    rule(Action::ViewAssessments,   STAFF_AND_SELF,   Scope::AssessmentsRead,     &["Query.assessments", "Query.assessment", "Query.demonstrations", "Query.carryOver"]),
    rule(Action::ConductAssessment, CONDUCT,          Scope::AssessmentsWrite,    &["Mutation.openAssessment", "Mutation.planAssessment", "Mutation.startAssessment", "Mutation.submitAssessment", "Mutation.reopenAssessment", "Mutation.withdrawAssessment"]),
    rule(Action::Observe,           ASSESSOR,         Scope::ObservationsWrite,   &["Mutation.recordObservation"]),
    rule(Action::UploadEvidence,    CONDUCT,          Scope::ObservationsWrite,   &[]),
    rule(Action::Decide,            CONDUCT,          Scope::AssessmentsWrite,    &["Mutation.decideAssessment"]),
    rule(Action::Appeal,            RECORDS_AND_SELF, Scope::OwnWrite,            &["Mutation.appealAssessment"]),
    rule(Action::SpeakForOneself,   LEARNER,          Scope::OwnWrite,            &["Mutation.agreeToAssessment", "Mutation.requestErasure"]),
    rule(Action::DecideCarryOver,   ADMIN,            Scope::AssessmentsWrite,    &["Mutation.decideCarryOver"]),
    rule(Action::ManageBulk,        RECORDS,          Scope::BulkWrite,           &[]),
    rule(Action::ViewBulk,          RECORDS,          Scope::BulkRead,            &["Query.bulkJob", "Query.bulkJobs", "Subscription.bulkProgress"]),
    rule(Action::FollowEvents,      STAFF_AND_SELF,   Scope::EventsRead,          &["Subscription.assessmentDecided", "Subscription.events"]),
    rule(Action::ManageWebhooks,    ADMIN,            Scope::WebhooksWrite,       &["Mutation.createWebhook", "Mutation.disableWebhook", "Mutation.rotateWebhookSecret", "Mutation.redeliverWebhook"]),
    rule(Action::ViewWebhooks,      ADMIN,            Scope::EventsRead,          &["Query.webhooks", "Query.webhookDeliveries"]),
    rule(Action::ViewAudit,         PEOPLE,           Scope::AuditRead,           &["Query.auditRecords", "Query.auditHead"]),
    rule(Action::ImportResults,     ADMIN,            Scope::BulkWrite,           &[]),
    rule(Action::ViewCredentials,   RECORDS_AND_SELF, Scope::CredentialsRead,     &["Query.credentials", "Query.credential"]),
    rule(Action::Issue,             RECORDS,          Scope::CredentialsIssue,    &["Mutation.issueCredential"]),
    rule(Action::IssueRaw,          RECORDS,          Scope::CredentialsIssueRaw, &[]),
    rule(Action::ChangeStatus,      RECORDS,          Scope::CredentialsStatus,   &["Mutation.revokeCredential", "Mutation.suspendCredential", "Mutation.reinstateCredential"]),
    rule(Action::ViewSigningKeys,   ADMIN,            Scope::SigningKeysRead,     &["Query.signingKeys"]),
    rule(Action::ManageSigningKeys, ADMIN,            Scope::SigningKeysWrite,    &["Mutation.generateSigningKey", "Mutation.rotateSigningKey", "Mutation.retireSigningKey", "Mutation.markKeyCompromised", "Mutation.reissueCredentials"]),
];
