//! What can be asked.

pub mod assessment;
pub mod attainment;
pub mod audit;
pub mod bulk;
pub mod catalog;
pub mod comparison;
pub mod correction;
pub mod credential;
pub mod dossier;
pub mod framework;
pub mod people;
pub mod search;
pub mod signing_key;
pub mod webhook;

use async_graphql::MergedObject;

/// Root of all queries.
#[derive(MergedObject, Default)]
pub struct Query(
    catalog::CatalogQuery,
    framework::FrameworkQuery,
    correction::CorrectionQuery,
    search::SearchQuery,
    comparison::ComparisonQuery,
    people::PeopleQuery,
    assessment::AssessmentQuery,
    audit::AuditQuery,
    attainment::AttainmentQuery,
    credential::CredentialQuery,
    signing_key::SigningKeyQuery,
    dossier::DossierQuery,
    webhook::WebhookQuery,
    bulk::BulkQuery,
);
