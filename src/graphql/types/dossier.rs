//! Invitations, and the export of everything about a learner.

use async_graphql::{ID, Object, SimpleObject};
use entity::invitation;

use super::scalars::DateTime;
use crate::kernel::ids;

/// An invitation of a learner, without its link, which is not kept.
pub struct Invitation(pub invitation::Model);

/// An invitation of a learner, without its link, which is not kept.
#[Object]
impl Invitation {
    /// Global id.
    pub async fn id(&self) -> ID {
        ids::global("Invitation", self.0.id).into()
    }

    /// When it was made.
    async fn created_at(&self) -> DateTime {
        DateTime::from_millis(self.0.created_at)
    }

    /// Until when it can be accepted.
    async fn expires_at(&self) -> DateTime {
        DateTime::from_millis(self.0.expires_at)
    }
}

/// Everything that is stored about a learner.
#[derive(SimpleObject)]
pub struct LearnerExport {
    /// One JSON document, as text. Its members `format` and `version` say which shape it has.
    pub document: String,
}
