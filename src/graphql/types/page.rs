//! Pages of lists, as Relay's connections tell them.

use async_graphql::{InputObject, Object, SimpleObject};

use super::{
    assessment::Assessment,
    audit::AuditRecord,
    bulk::{BulkJob, BulkProblem},
    catalog::Occupation,
    correction::Correction,
    credential::Credential,
    decision::Demonstration,
    draft::FrameworkDraft,
    onet::CipCode,
    onet_rows::{OccupationRating, OccupationTask, OccupationTechnology, OccupationTitle},
    owned::Framework,
    people::{ApiKey, Learner, Member, Provider},
    plan::AssessmentPlan,
    signing_key::SigningKey,
    webhook::{Webhook, WebhookDelivery},
};
use crate::{
    graphql::errors::{Result, told},
    kernel::pages::{Page, PageRequest},
};

/// Reads Relay's four arguments.
pub fn request(
    first: Option<i32>,
    after: Option<String>,
    last: Option<i32>,
    before: Option<String>,
) -> Result<PageRequest> {
    PageRequest::from_relay(first, after.as_deref(), last, before.as_deref()).map_err(told)
}

/// Where a page stands in its list.
#[derive(SimpleObject)]
pub struct PageInfo {
    /// Whether rows follow after this page.
    pub has_next_page: bool,
    /// Whether rows stand before this page.
    pub has_previous_page: bool,
    /// Cursor of the first row.
    pub start_cursor: Option<String>,
    /// Cursor of the last row.
    pub end_cursor: Option<String>,
}

macro_rules! connection {
    ($(#[$doc:meta])* $list:ident, $(#[$edge_doc:meta])* $edge:ident, $node:ident) => {
        $(#[$edge_doc])*
        #[derive(SimpleObject)]
        pub struct $edge {
            /// Where it stands in the list.
            pub cursor: String,
            /// The row itself.
            pub node: $node,
        }

        $(#[$doc])*
        pub struct $list {
            edges: Vec<$edge>,
            has_next: bool,
            has_previous: bool,
        }

        impl $list {
            /// A page as a connection.
            pub fn of<R>(page: Page<R>, mut make: impl FnMut(R) -> $node) -> Self {
                let rows = page.rows.into_iter();
                Self {
                    has_next: page.has_next,
                    has_previous: page.has_previous,
                    edges: rows
                        .map(|(cursor, row)| $edge { cursor: cursor.encode(), node: make(row) })
                        .collect(),
                }
            }
        }

        $(#[$doc])*
        #[Object]
        impl $list {
            /// The rows, each with its cursor.
            async fn edges(&self) -> &[$edge] {
                &self.edges
            }

            /// The rows themselves.
            async fn nodes(&self) -> Vec<&$node> {
                self.edges.iter().map(|edge| &edge.node).collect()
            }

            /// Where this page stands in the list.
            async fn page_info(&self) -> PageInfo {
                PageInfo {
                    has_next_page: self.has_next,
                    has_previous_page: self.has_previous,
                    start_cursor: self.edges.first().map(|edge| edge.cursor.clone()),
                    end_cursor: self.edges.last().map(|edge| edge.cursor.clone()),
                }
            }
        }
    };
}

connection!(
    /// A page of occupations.
    OccupationConnection,
    /// An occupation in a list.
    OccupationEdge,
    Occupation
);
connection!(
    /// A page of providers.
    ProviderConnection,
    /// A provider in a list.
    ProviderEdge,
    Provider
);
connection!(
    /// A page of members.
    MemberConnection,
    /// A member in a list.
    MemberEdge,
    Member
);
connection!(
    /// A page of API keys.
    ApiKeyConnection,
    /// An API key in a list.
    ApiKeyEdge,
    ApiKey
);
connection!(
    /// A page of learners.
    LearnerConnection,
    /// A learner in a list.
    LearnerEdge,
    Learner
);
connection!(
    /// A page of assessment plans.
    AssessmentPlanConnection,
    /// An assessment plan in a list.
    AssessmentPlanEdge,
    AssessmentPlan
);
connection!(
    /// A page of assessments.
    AssessmentConnection,
    /// An assessment in a list.
    AssessmentEdge,
    Assessment
);
connection!(
    /// A page of demonstrations.
    DemonstrationConnection,
    /// A demonstration in a list.
    DemonstrationEdge,
    Demonstration
);
connection!(
    /// A page of frameworks.
    FrameworkConnection,
    /// A framework in a list.
    FrameworkEdge,
    Framework
);
connection!(
    /// A page of drafts.
    FrameworkDraftConnection,
    /// A draft in a list.
    FrameworkDraftEdge,
    FrameworkDraft
);
connection!(
    /// A page of corrections.
    CorrectionConnection,
    /// A correction in a list.
    CorrectionEdge,
    Correction
);
connection!(
    /// A page of credentials.
    CredentialConnection,
    /// A credential in a list.
    CredentialEdge,
    Credential
);

connection!(
    /// A page of signing keys.
    SigningKeyConnection,
    /// A signing key in a list.
    SigningKeyEdge,
    SigningKey
);

connection!(
    /// A page of audit records.
    AuditRecordConnection,
    /// An audit record in a list.
    AuditRecordEdge,
    AuditRecord
);
connection!(
    /// A page of webhooks.
    WebhookConnection,
    /// A webhook in a list.
    WebhookEdge,
    Webhook
);
connection!(
    /// A page of deliveries.
    WebhookDeliveryConnection,
    /// A delivery in a list.
    WebhookDeliveryEdge,
    WebhookDelivery
);

connection!(
    /// A page of imports.
    BulkJobConnection,
    /// An import in a list.
    BulkJobEdge,
    BulkJob
);
connection!(
    /// A page of what is wrong in a table.
    BulkProblemConnection,
    /// A problem in a list.
    BulkProblemEdge,
    BulkProblem
);

connection!(
    /// A page of fields of study.
    CipCodeConnection,
    /// A field of study in a list.
    CipCodeEdge,
    CipCode
);
connection!(
    /// A page of ratings.
    OccupationRatingConnection,
    /// A rating in a list.
    OccupationRatingEdge,
    OccupationRating
);
connection!(
    /// A page of tasks.
    OccupationTaskConnection,
    /// A task in a list.
    OccupationTaskEdge,
    OccupationTask
);
connection!(
    /// A page of technology.
    OccupationTechnologyConnection,
    /// Technology in a list.
    OccupationTechnologyEdge,
    OccupationTechnology
);
connection!(
    /// A page of titles.
    OccupationTitleConnection,
    /// A title in a list.
    OccupationTitleEdge,
    OccupationTitle
);

/// Which occupations a list holds. Every condition given must hold.
#[derive(InputObject, Debug, Default)]
pub struct OccupationFilterInput {
    /// The code starts with this, such as `29-11`.
    pub soc_prefix: Option<String>,
    /// The title holds each of these words; the start of a word is enough.
    pub title_words: Option<String>,
    /// The O*NET job zone, 1 to 5.
    pub job_zone: Option<i32>,
}
