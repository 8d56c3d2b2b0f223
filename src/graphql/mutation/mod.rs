//! What can be changed. Each takes one `input`, where it takes anything, and answers a payload with
//! `userErrors`: what the client can mend.

pub mod assessment;
pub mod attainment;
pub mod catalog;
pub mod correction;
pub mod credential;
pub mod dossier;
pub mod framework;
pub mod observation;
pub mod people;
pub mod plan;
pub mod signing_key;
pub mod webhook;

use async_graphql::MergedObject;

/// Root of all mutations.
#[derive(MergedObject, Default)]
pub struct Mutation(
    catalog::CatalogMutation,
    framework::FrameworkMutation,
    correction::CorrectionMutation,
    people::PeopleMutation,
    plan::PlanMutation,
    assessment::AssessmentMutation,
    attainment::AttainmentMutation,
    observation::ObservationMutation,
    credential::CredentialMutation,
    signing_key::SigningKeyMutation,
    dossier::DossierMutation,
    webhook::WebhookMutation,
);

/// Defines a payload: what was made, and what is wrong with the input.
macro_rules! payload {
    ($(#[$doc:meta])* $name:ident { $(#[$fdoc:meta])* $field:ident: $ty:ty }) => {
        $(#[$doc])*
        #[derive(async_graphql::SimpleObject)]
        pub struct $name {
            $(#[$fdoc])*
            pub $field: Option<$ty>,
            /// What is wrong with the input; empty when it was done.
            pub user_errors: Vec<$crate::graphql::errors::UserError>,
        }

        impl $name {
            /// Tells the outcome of an operation.
            fn of<T>(
                result: $crate::kernel::errors::Result<T>,
                make: impl FnOnce(T) -> $ty,
            ) -> $crate::graphql::errors::Result<Self> {
                let (value, user_errors) = $crate::graphql::errors::outcome(result)?;
                Ok(Self { $field: value.map(make), user_errors })
            }
        }
    };
}
pub(crate) use payload;
