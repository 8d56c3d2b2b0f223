//! Deliveries by their event.

use sea_orm_migration::prelude::*;

use crate::index;

/// Finds the deliveries of an event without reading all, whenever an old one is to be removed.
#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        index(manager, "webhook_delivery", &["event_id"], false).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let drop = Index::drop()
            .name("ix_webhook_delivery_event_id")
            .table("webhook_delivery")
            .to_owned();
        manager.drop_index(drop).await
    }
}
