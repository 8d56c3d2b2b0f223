//! Many rows with few statements.

use entity::{assessment, evidence, learner, observation};
use sea_orm::{ActiveModelTrait, ConnectionTrait, EntityTrait, IntoActiveModel};

use crate::kernel::{db::INSERT_CHUNK, errors::Result};

async fn insert_all<E>(c: &impl ConnectionTrait, rows: Vec<E::Model>) -> Result<()>
where
    E: EntityTrait,
    E::Model: IntoActiveModel<E::ActiveModel>,
    E::ActiveModel: ActiveModelTrait<Entity = E> + Send,
{
    let mut rows = rows.into_iter().peekable();
    while rows.peek().is_some() {
        let part = rows
            .by_ref()
            .take(INSERT_CHUNK)
            .map(IntoActiveModel::into_active_model);
        E::insert_many(part.collect::<Vec<_>>())
            .exec_without_returning(c)
            .await?;
    }
    Ok(())
}

/// Adds learners.
pub async fn insert_learners(c: &impl ConnectionTrait, rows: Vec<learner::Model>) -> Result<()> {
    insert_all::<learner::Entity>(c, rows).await
}

/// Adds assessments.
pub async fn insert_assessments(
    c: &impl ConnectionTrait,
    rows: Vec<assessment::Model>,
) -> Result<()> {
    insert_all::<assessment::Entity>(c, rows).await
}

/// Adds observations with their evidence.
pub async fn insert_observations(
    c: &impl ConnectionTrait,
    rows: Vec<observation::Model>,
    rests_on: Vec<evidence::Model>,
) -> Result<()> {
    insert_all::<observation::Entity>(c, rows).await?;
    insert_all::<evidence::Entity>(c, rests_on).await
}
