//! Tables that others published.

use entity::{dataset, dataset_rows};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect,
};
use uuid::Uuid;

use crate::kernel::{db::INSERT_CHUNK, errors::Result};

/// Every dataset. There are few: a dozen a release.
pub async fn datasets(c: &impl ConnectionTrait) -> Result<Vec<dataset::Model>> {
    Ok(dataset::Entity::find().all(c).await?)
}

/// The rows of some datasets that are about some things.
pub async fn dataset_rows(
    c: &impl ConnectionTrait,
    datasets: &[Uuid],
    subjects: &[String],
) -> Result<Vec<dataset_rows::Model>> {
    let select = dataset_rows::Entity::find()
        .filter(dataset_rows::Column::DatasetId.is_in(datasets.iter().copied()))
        .filter(dataset_rows::Column::Subject.is_in(subjects));
    Ok(select.all(c).await?)
}

/// All rows of a dataset, by what they are about.
pub async fn rows_of_dataset(
    c: &impl ConnectionTrait,
    dataset: Uuid,
) -> Result<Vec<dataset_rows::Model>> {
    let select = dataset_rows::Entity::find()
        .filter(dataset_rows::Column::DatasetId.eq(dataset))
        .order_by_asc(dataset_rows::Column::Subject);
    Ok(select.all(c).await?)
}

/// What the rows of some datasets are about.
pub async fn dataset_subjects(c: &impl ConnectionTrait, datasets: &[Uuid]) -> Result<Vec<String>> {
    let select = dataset_rows::Entity::find()
        .filter(dataset_rows::Column::DatasetId.is_in(datasets.iter().copied()))
        .select_only()
        .column(dataset_rows::Column::Subject)
        .distinct();
    Ok(select.into_tuple().all(c).await?)
}

/// Adds a dataset, still without rows.
pub async fn insert_dataset(c: &impl ConnectionTrait, row: dataset::Model) -> Result<()> {
    dataset::Entity::insert(row.into_active_model())
        .exec_without_returning(c)
        .await?;
    Ok(())
}

/// Adds rows to datasets.
pub async fn insert_dataset_rows(
    c: &impl ConnectionTrait,
    rows: Vec<dataset_rows::Model>,
) -> Result<()> {
    let mut rows = rows.into_iter().map(IntoActiveModel::into_active_model);
    loop {
        let chunk: Vec<dataset_rows::ActiveModel> = rows.by_ref().take(INSERT_CHUNK).collect();
        if chunk.is_empty() {
            return Ok(());
        }
        dataset_rows::Entity::insert_many(chunk)
            .exec_without_returning(c)
            .await?;
    }
}
