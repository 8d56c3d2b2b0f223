//! A learner's rows in every room: all of them, for reading whole and for erasing.

pub(super) mod erase;
pub(super) mod read;

use entity::{assessment, correction, credential, observation};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect, sea_query::SelectStatement,
};
use uuid::Uuid;

/// A learner of a provider: whose rows are meant.
#[derive(Debug, Clone, Copy)]
pub(super) struct Of {
    /// The tenant.
    pub(super) provider: Uuid,
    /// The learner.
    pub(super) learner: Uuid,
}

impl Of {
    /// That a correction is one that they suggested.
    fn suggested(self) -> Condition {
        Condition::all()
            .add(correction::Column::ProviderId.eq(self.provider))
            .add(correction::Column::SuggestedBy.eq(format!("learner {}", self.learner)))
    }

    /// The ids of their assessments.
    fn assessments(self) -> SelectStatement {
        let select = assessment::Entity::find()
            .select_only()
            .column(assessment::Column::Id)
            .filter(assessment::Column::ProviderId.eq(self.provider))
            .filter(assessment::Column::LearnerId.eq(self.learner));
        sea_orm::QueryTrait::into_query(select)
    }

    /// The ids of the observations in them.
    fn observations(self) -> SelectStatement {
        let select = observation::Entity::find()
            .select_only()
            .column(observation::Column::Id)
            .filter(observation::Column::AssessmentId.in_subquery(self.assessments()));
        sea_orm::QueryTrait::into_query(select)
    }

    /// The ids of the credentials about them.
    fn credentials(self) -> SelectStatement {
        let select = credential::Entity::find()
            .select_only()
            .column(credential::Column::Id)
            .filter(credential::Column::ProviderId.eq(self.provider))
            .filter(credential::Column::LearnerId.eq(self.learner));
        sea_orm::QueryTrait::into_query(select)
    }
}
