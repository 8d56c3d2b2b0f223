//! Learners who asked to be erased, and what stays of their credentials.

use sea_orm_migration::{prelude::*, schema::*};

use crate::{
    alter::{add_columns, drop_columns},
    index,
};

/// Makes room for a request to be erased and for the digest of a record that is gone, and finds
/// audit records by what they tell of.
#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let asked = vec![big_integer_null("erasure_requested_at")];
        add_columns(manager, "learner", asked).await?;
        add_columns(manager, "credential", vec![blob_null("secured_digest")]).await?;
        index(manager, "audit_record", &["chain", "target"], false).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut drop = Index::drop();
        drop.name("ix_audit_record_chain_target")
            .table("audit_record");
        manager.drop_index(drop).await?;
        drop_columns(manager, "credential", &["secured_digest"]).await?;
        drop_columns(manager, "learner", &["erasure_requested_at"]).await
    }
}
